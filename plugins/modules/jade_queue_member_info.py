#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/queue.py
# - dev/examples/jade_queue_member_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_member_info
short_description: List queue members of Jade
version_added: 0.1.0
description:
  - The members of the queues that run in Asterisk now.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the queue member with this id.
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
  - module: telephony.pbx.jade_queue_member
"""

EXAMPLES = r"""
- name: List the members of one queue
  telephony.pbx.jade_queue_member_info:
    query: "[?queue_name=='sales_1'].{name: name, paused: paused, calls: calls_taken}"
  register: sales

- name: Find one member
  telephony.pbx.jade_queue_member_info:
    id: Agent/10001@sales_1

- name: Who takes a break, and why?
  telephony.pbx.jade_queue_member_info:
    query: "[?paused].[queue_name, name, paused_reason]"
"""

RETURN = r"""
queue_members:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - Name and queue, as V(PJSIP/100@sales_1).
      type: str
      returned: success
      sample: PJSIP/100@sales_1
    name:
      description:
        - Name of the member in the queue; by default its interface.
      type: str
      returned: success
      sample: PJSIP/100
    queue_name:
      description:
        - Name of the queue.
      type: str
      returned: success
      sample: sales_1
    state_interface:
      description:
        - Interface that is called, and whose state is watched. When a member is added it is C(name) by
          default.
        - It can't be changed later on.
      type: str
      returned: success
      sample: PJSIP/100
    location:
      description:
        - Interface that is called.
      type: str
      returned: success
      sample: PJSIP/100
    membership:
      description:
        - V(static) members come from a file, V(dynamic) ones were added.
      type: str
      returned: success
      sample: dynamic
    status:
      description:
        - 'State of the device: 0 unknown, 1 not in use, 2 in use, 3 busy, 4 invalid, 5 unavailable, 6
          ringing, 7 ringing while in use, 8 on hold.'
      type: int
      returned: success
      sample: 1
    penalty:
      description:
        - Members with a higher penalty are called later.
      type: int
      returned: success
      sample: 0
    paused:
      description:
        - Whether the member gets no calls for now.
      type: bool
      returned: success
      sample: false
    paused_reason:
      description:
        - Why it is paused.
      type: str
      returned: success
      sample: lunch
    calls_taken:
      description:
        - Calls that the member has answered.
      type: int
      returned: success
      sample: 3
    in_call:
      description:
        - Whether the member is in a call of the queue.
      type: bool
      returned: success
      sample: false
    last_call:
      description:
        - When it last had a call. UTC, ISO 8601.
      type: str
      returned: success
      sample: '2026-11-23T09:14:02Z'
    last_pause:
      description:
        - When it was last paused. UTC, ISO 8601.
      type: str
      returned: success
      sample: '2026-11-23T09:14:02Z'
    ring_inuse:
      description:
        - Whether it is called while in use; C(null) where the queue decides.
      type: bool
      returned: success
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
    run_module("jade_queue_member_info")


if __name__ == "__main__":
    main()
