#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/asterisk.py
# - dev/examples/jade_module.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_module
short_description: Load, reload and unload modules of Asterisk
version_added: 0.1.0
description:
  - Loads, reloads and unloads modules of Asterisk through Jade.
  - Jade reports success even where Asterisk refuses. So the state is read back, and a module that could
    not be loaded or unloaded fails the task.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - V(state=reloaded) reloads each time. All else is idempotent.
options:
  name:
    description:
      - The module's name, with or without C(.so).
      - Results show the name as the server lists it.
    type: str
    required: true
  state:
    description:
      - V(loaded) loads the module if it isn't loaded.
      - V(reloaded) makes it read its configuration again, and loads it first if need be.
      - V(unloaded) unloads it.
    type: str
    choices:
      - loaded
      - reloaded
      - unloaded
    default: loaded
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Unloading a module that is in use may hang up calls, or is refused by Asterisk.
seealso:
  - module: telephony.pbx.jade_module_info
"""

EXAMPLES = r"""
- name: Load the modules that a call center needs
  telephony.pbx.jade_module:
    name: "{{ item }}"
    state: loaded
  loop:
    - app_queue.so
    - res_parking.so

- name: Make the parking module read its configuration again
  telephony.pbx.jade_module:
    name: res_parking.so
    state: reloaded
"""

RETURN = r"""
module:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
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
    run_module("jade_module")


if __name__ == "__main__":
    main()
