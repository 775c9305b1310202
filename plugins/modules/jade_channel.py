#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_channel.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_channel
short_description: Hang up a channel
version_added: 0.1.0
description:
  - Hangs up one channel of Asterisk, that is, one leg of a call. The other leg mostly ends with it.
  - Calls can't be started this way; Jade has no call for that.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  unique_id:
    description:
      - Asterisk's ID of the channel (C(UNIQUEID)).
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
  - M(telephony.pbx.jade_channel_info) finds the IDs.
seealso:
  - module: telephony.pbx.jade_channel_info
"""

EXAMPLES = r"""
- name: Hang up one channel
  telephony.pbx.jade_channel:
    unique_id: "1513550354.0"
    state: absent

- name: Find the channels of a phone that has been stolen
  telephony.pbx.jade_channel_info:
    query: "[?starts_with(channel, 'PJSIP/pjagent-01-')].unique_id"
  register: stolen

- name: Hang them up, one by one
  telephony.pbx.jade_channel:
    unique_id: "{{ item }}"
    state: absent
  loop: "{{ stolen.query_result }}"
"""

RETURN = r"""
channel:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    unique_id:
      description:
        - Asterisk's ID of the channel (C(UNIQUEID)).
        - 'In tasks put it in quotes: as a number V(1513946896.70) becomes V(1513946896.7), which is another
          call.'
      type: str
      returned: success
      sample: '1513946896.7'
    linked_id:
      description:
        - ID of the channel with which the call began.
      type: str
      returned: success
      sample: '1513946896.7'
    channel:
      description:
        - 'Name of the channel: technology, device, and a number.'
      type: str
      returned: success
      sample: PJSIP/pjagent-01-00000007
    channel_state:
      description:
        - 'State as a number: 4 it waits for an answer, 5 it rings, 6 it is up.'
      type: int
      returned: success
      sample: 4
    channel_state_desc:
      description:
        - State in words.
      type: str
      returned: success
      sample: Ring
    context:
      description:
        - Dialplan context it is in.
      type: str
      returned: success
      sample: queue_sales
    exten:
      description:
        - Extension it is at.
      type: str
      returned: success
      sample: s
    priority:
      description:
        - Priority it is at.
      type: str
      returned: success
      sample: '2'
    caller_id_name:
      description:
        - Name in the channel's caller ID.
      type: str
      returned: success
      sample: Alice
    caller_id_num:
      description:
        - Number in the channel's caller ID.
      type: str
      returned: success
      sample: '100'
    connected_line_name:
      description:
        - Name of the party at the other end.
      type: str
      returned: success
      sample: <unknown>
    connected_line_num:
      description:
        - Number of the party at the other end.
      type: str
      returned: success
      sample: <unknown>
    account_code:
      description:
        - Account code, for billing.
      type: str
      returned: success
      sample: ''
    language:
      description:
        - Language of the announcements that are heard on it.
      type: str
      returned: success
      sample: en
    application:
      description:
        - Application of the dialplan that runs now.
      type: str
      returned: success
      sample: Queue
    application_data:
      description:
        - Arguments of that application.
      type: str
      returned: success
      sample: ''
    bridge_id:
      description:
        - ID of the bridge that joins it with others; C(null) or empty where there is none.
      type: str
      returned: success
      sample: 6f7b0a4e-0d37-4a54-a3a5-0a3e2b7a9d3c
    duration:
      description:
        - How long it has existed, as Asterisk tells it; C(null) before it has.
      type: str
      returned: success
      sample: 00:01:12
    hangup_cause:
      description:
        - Why it ends, as a number of Q.850; C(null) before it does.
      type: int
      returned: success
      sample: 16
    hangup_cause_desc:
      description:
        - The same in words.
      type: str
      returned: success
      sample: Normal Clearing
    variables:
      description:
        - Channel variables that Asterisk has told of.
      type: dict
      returned: success
      sample:
        CAMPAIGN: spring
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
    run_module("jade_channel")


if __name__ == "__main__":
    main()
