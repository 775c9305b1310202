#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_channel_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_channel_info
short_description: List channels of Jade
version_added: 0.1.0
description:
  - 'The channels that Asterisk has now: each leg of each call.'
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  unique_id:
    description:
      - Return only the channel with this unique_id.
    type: str
  channel:
    description:
      - Return only the channel with this channel.
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
  - module: telephony.pbx.jade_channel
"""

EXAMPLES = r"""
- name: List all channels
  telephony.pbx.jade_channel_info:
  register: all_channels

- name: Show how many legs of calls there are
  ansible.builtin.debug:
    msg: "{{ all_channels.count }} channels, {{ all_channels.channels | map(attribute='linked_id') | unique | length }} calls"

- name: Find a channel by its ID
  telephony.pbx.jade_channel_info:
    unique_id: "1513946896.7"

- name: Find a channel by its name
  telephony.pbx.jade_channel_info:
    channel: PJSIP/pjagent-01-00000007

- name: Which channels does a phone have, and what do they do?
  telephony.pbx.jade_channel_info:
    query: "[?starts_with(channel, 'PJSIP/pjagent-01-')].[channel, channel_state_desc, application, connected_line_num]"
"""

RETURN = r"""
channels:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_channel_info")


if __name__ == "__main__":
    main()
