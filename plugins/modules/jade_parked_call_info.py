#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_parked_call_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_parked_call_info
short_description: List parked calls of Jade
version_added: 0.1.0
description:
  - The calls that are parked now.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  parkee_unique_id:
    description:
      - Return only the parked call with this parkee_unique_id.
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
seealso:
  - module: telephony.pbx.jade_parked_call
"""

EXAMPLES = r"""
- name: List all parked calls
  telephony.pbx.jade_parked_call_info:

- name: Find one
  telephony.pbx.jade_parked_call_info:
    parkee_unique_id: "1514423807.111"

- name: Who is parked in the lot default, and where?
  telephony.pbx.jade_parked_call_info:
    query: "[?parking_lot=='default'].[parking_space, parkee_caller_id_num, parker_dial_string]"
"""

RETURN = r"""
parked_calls:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_parked_call_info")


if __name__ == "__main__":
    main()
