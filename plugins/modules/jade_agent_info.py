#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/legacy.py
# - dev/examples/jade_agent_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_agent_info
short_description: List agents of Jade
version_added: 0.1.0
description:
  - The agents of Asterisk (C(app_agent_pool)), and what they do now.
  - Where agents are asked for has changed over time. The module finds out which way the server takes,
    once per run.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the agent with this id.
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
"""

EXAMPLES = r"""
- name: List all agents
  telephony.pbx.jade_agent_info:
  register: all_agents

- name: Show who is logged in, and since when
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.status }} since {{ item.logged_in_time }}"
  loop: "{{ all_agents.agents | rejectattr('status', 'equalto', 'AGENT_LOGGEDOFF') }}"
  loop_control:
    label: "{{ item.id }}"

- name: Find one agent
  telephony.pbx.jade_agent_info:
    id: "1001"

- name: Who is free to take a call?
  telephony.pbx.jade_agent_info:
    query: "[?status=='AGENT_IDLE'].id"
"""

RETURN = r"""
agents:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - The agent's ID.
      type: str
      returned: success
      sample: '1001'
    name:
      description:
        - Name of the agent.
      type: str
      returned: success
      sample: Agent 1001
    status:
      description:
        - 'State of the agent: V(AGENT_LOGGEDOFF), V(AGENT_IDLE) or V(AGENT_ONCALL).'
      type: str
      returned: success
      sample: AGENT_IDLE
    logged_in_time:
      description:
        - When the agent logged in. UTC, ISO 8601. C(null) for one who hasn't.
      type: str
      returned: success
      sample: '2017-03-13T16:48:36Z'
    channel_name:
      description:
        - Channel by which the agent is logged in; empty for one who isn't.
      type: str
      returned: success
      sample: SIP/300-00000425
    channel_state:
      description:
        - State of that channel as a number; 6 is up.
      type: int
      returned: success
      sample: 6
    channel_state_desc:
      description:
        - State of that channel in words.
      type: str
      returned: success
      sample: Up
    caller_id_name:
      description:
        - Name in the channel's caller ID.
      type: str
      returned: success
      sample: '300'
    caller_id_num:
      description:
        - Number in the channel's caller ID.
      type: str
      returned: success
      sample: '300'
    connected_line_name:
      description:
        - Name of the party that the agent talks to.
      type: str
      returned: success
      sample: <unknown>
    connected_line_num:
      description:
        - Number of the party that the agent talks to.
      type: str
      returned: success
      sample: <unknown>
    context:
      description:
        - Dialplan context that the channel is in.
      type: str
      returned: success
      sample: sample_agent_login
    exten:
      description:
        - Extension that it is at.
      type: str
      returned: success
      sample: s
    priority:
      description:
        - Priority that it is at.
      type: str
      returned: success
      sample: '2'
    account_code:
      description:
        - Account code of the channel, for billing.
      type: str
      returned: success
      sample: ''
    language:
      description:
        - Language of the announcements that the agent hears.
      type: str
      returned: success
      sample: en
    unique_id:
      description:
        - Asterisk's ID of the channel.
      type: str
      returned: success
      sample: '1489423716.2037'
    linked_id:
      description:
        - ID of the channel with which the call began.
      type: str
      returned: success
      sample: '1489423716.2037'
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
    run_module("jade_agent_info")


if __name__ == "__main__":
    main()
