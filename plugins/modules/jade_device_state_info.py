#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/legacy.py
# - dev/examples/jade_device_state_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_device_state_info
short_description: List device states of Jade
version_added: 0.1.0
description:
  - 'The state of each device that Asterisk knows: whether it is free, rings, is in use, or isn''t there.'
  - Jade shows this to everybody who can reach it, so the module asks without logging in.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  device:
    description:
      - Return only the device state with this device.
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
  - Jade lists names only. What it knows of each is one more call, several of them at once (O(api_concurrency)).
"""

EXAMPLES = r"""
- name: List the states of all devices
  telephony.pbx.jade_device_state_info:

- name: Look at one device
  telephony.pbx.jade_device_state_info:
    device: Agent:1001
  register: agent

- name: Say so where the device can't be called
  ansible.builtin.debug:
    msg: "{{ agent.device_states[0].device }} is {{ agent.device_states[0].state }}"
  when: agent.device_states | selectattr('state', 'in', ['UNAVAILABLE', 'INVALID', 'UNKNOWN']) | length > 0

- name: Which devices can't be reached?
  telephony.pbx.jade_device_state_info:
    query: "[?state=='UNAVAILABLE'].device"
"""

RETURN = r"""
device_states:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    device:
      description:
        - Name of the device, as C(DEVICE_STATE) of the dialplan takes it.
      type: str
      returned: success
      sample: Agent:1001
    state:
      description:
        - 'State as Asterisk names it: V(NOT_INUSE), V(INUSE), V(BUSY), V(RINGING), V(RINGINUSE), V(ONHOLD),
          V(UNAVAILABLE), V(INVALID) or V(UNKNOWN).'
      type: str
      returned: success
      sample: UNAVAILABLE
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
    run_module("jade_device_state_info")


if __name__ == "__main__":
    main()
