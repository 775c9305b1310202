#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/park.py
# - dev/examples/jade_parking_lot_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_parking_lot_info
short_description: List parking lots of Jade
version_added: 0.1.0
description:
  - The parking lots that run in Asterisk now, with their parking spaces.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the parking lot with this name.
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
  - For the settings behind a parking lot see M(telephony.pbx.jade_parking_lot_config_info).
"""

EXAMPLES = r"""
- name: List the parking lots that run now
  telephony.pbx.jade_parking_lot_info:
  register: running

- name: Find one of them
  telephony.pbx.jade_parking_lot_info:
    name: default
"""

RETURN = r"""
parking_lots:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the parking lot.
      type: str
      returned: success
      sample: default
    start_space:
      description:
        - First parking space.
      type: str
      returned: success
      sample: '701'
    stop_space:
      description:
        - Last parking space.
      type: str
      returned: success
      sample: '720'
    timeout:
      description:
        - Seconds that a call stays parked.
      type: int
      returned: success
      sample: 45
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
    run_module("jade_parking_lot_info")


if __name__ == "__main__":
    main()
