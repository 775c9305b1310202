#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/asterisk.py
# - dev/examples/jade_module_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_module_info
short_description: List modules of Jade
version_added: 0.1.0
description:
  - 'The modules of Asterisk: what lies in its module directory, and what is loaded.'
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the module with this name.
    type: str
  query:
    description:
      - JMESPath expression that is applied to the result, which then comes as RV(query_result).
      - Needs the Python library C(jmespath).
    type: str
  raw:
    description:
      - Whether to return what the server sent as well, as RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.info
notes:
  - Old servers list names without C(.so), newer ones with it; both spellings work as O(name).
seealso:
  - module: telephony.pbx.jade_module
"""

EXAMPLES = r"""
- name: List the modules that are not loaded
  telephony.pbx.jade_module_info:
    query: "[?load=='unloaded'].name"
  register: modules

- name: Is the queue module loaded?
  telephony.pbx.jade_module_info:
    name: app_queue.so
  register: queue_module
"""

RETURN = r"""
modules:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - The module's name, with or without C(.so).
        - Results show the name as the server lists it.
      type: str
      returned: success
      sample: app_queue.so
    load:
      description:
        - V(loaded) or V(unloaded).
        - V(unknown) where the server has not looked yet, as older ones do until a module is first addressed.
      type: str
      returned: success
      sample: loaded
    size:
      description:
        - Size of its file in bytes.
      type: int
      returned: success
      sample: 219000
    version:
      description:
        - Version, where the server tells it.
      type: str
      returned: success
      sample: ''
    tm_update:
      description:
        - When Jade last saw it change. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-05-22T13:24:14.979704248Z'
count:
  description:
    - How many.
  type: int
  returned: success
  sample: 1
query_result:
  description:
    - What O(query) makes of the list.
  type: raw
  returned: when O(query) is given
raw:
  description:
    - The same objects as the server sent them.
  type: list
  elements: dict
  returned: when O(raw) is true
error:
  description:
    - What went wrong, for programs, with the parts that M(telephony.pbx.api) describes.
    - RV(ignore:msg) says the same in one line.
  type: dict
  returned: failure
  sample:
    kind: authentication
    effect: none
    message: user name or password is wrong
    status: 401
"""

from ..module_utils._faces.module import run_module


def main():
    run_module("jade_module_info")


if __name__ == "__main__":
    main()
