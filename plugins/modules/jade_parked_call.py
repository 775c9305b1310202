#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_parked_call.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_parked_call
short_description: Hang up a parked call
version_added: 0.1.0
description:
  - Hangs up one call that is parked.
  - A call that has been taken from its parking space meanwhile isn't parked any more, and goes on.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  parkee_unique_id:
    description:
      - Asterisk's ID of the channel that is parked (C(UNIQUEID)).
      - 'In tasks put it in quotes: as a number V(1513946896.70) becomes V(1513946896.7), which is another
        call.'
    type: raw
    required: true
  state:
    description:
      - V(absent) hangs up. A call that has ended already, or that never was, is no error.
    type: str
    choices:
      - absent
    default: absent
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - M(telephony.pbx.jade_parked_call_info) finds the IDs.
seealso:
  - module: telephony.pbx.jade_parked_call_info
"""

EXAMPLES = r"""
- name: Hang up one parked call
  telephony.pbx.jade_parked_call:
    parkee_unique_id: "1515019232.8"
    state: absent

- name: Find the calls that are parked in a lot that is to be closed
  telephony.pbx.jade_parked_call_info:
    query: "[?parking_lot=='default'].parkee_unique_id"
  register: closing

- name: Hang them up, one by one
  telephony.pbx.jade_parked_call:
    parkee_unique_id: "{{ item }}"
    state: absent
  loop: "{{ closing.query_result }}"
"""

RETURN = r"""
parked_call:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    parkee_unique_id:
      description:
        - Asterisk's ID of the channel that is parked (C(UNIQUEID)).
        - 'In tasks put it in quotes: as a number V(1513946896.70) becomes V(1513946896.7), which is another
          call.'
      type: str
      returned: success
      sample: '1514423807.111'
    parkee_linked_id:
      description:
        - ID of the channel with which the call began.
      type: str
      returned: success
      sample: '1514423807.111'
    parkee_channel:
      description:
        - Name of the channel that is parked.
      type: str
      returned: success
      sample: PJSIP/pjagent-01-00000044
    parkee_channel_state:
      description:
        - State as a number; 6 is up.
      type: int
      returned: success
      sample: 6
    parkee_channel_state_desc:
      description:
        - State in words.
      type: str
      returned: success
      sample: Up
    parkee_caller_id_name:
      description:
        - Name in the parked channel's caller ID.
      type: str
      returned: success
      sample: Alice
    parkee_caller_id_num:
      description:
        - Number in the parked channel's caller ID.
      type: str
      returned: success
      sample: '100'
    parkee_connected_line_name:
      description:
        - Name of the party at the other end.
      type: str
      returned: success
      sample: <unknown>
    parkee_connected_line_num:
      description:
        - Number of the party at the other end.
      type: str
      returned: success
      sample: <unknown>
    parkee_account_code:
      description:
        - Account code, for billing.
      type: str
      returned: success
      sample: ''
    parkee_context:
      description:
        - Dialplan context it is in.
      type: str
      returned: success
      sample: queue_sales
    parkee_exten:
      description:
        - Extension it is at.
      type: str
      returned: success
      sample: s
    parkee_priority:
      description:
        - Priority it is at.
      type: str
      returned: success
      sample: '2'
    parker_dial_string:
      description:
        - Who parked the call, and is called back when time is up.
      type: str
      returned: success
      sample: PJSIP/pjagent-01
    parking_lot:
      description:
        - Parking lot that it is in.
      type: str
      returned: success
      sample: default
    parking_space:
      description:
        - 'Parking space that it is in: the extension to dial to take the call.'
      type: str
      returned: success
      sample: '701'
    parking_duration:
      description:
        - Seconds for which it had been parked, as of C(tm_update).
      type: int
      returned: success
      sample: 0
    parking_timeout:
      description:
        - Seconds that were left before it goes back, as of C(tm_update).
      type: int
      returned: success
      sample: 45
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
    run_module("jade_parked_call")


if __name__ == "__main__":
    main()
