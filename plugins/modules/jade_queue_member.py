#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/queue.py
# - dev/examples/jade_queue_member.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_member
short_description: Manage members of running queues
version_added: 0.1.0
description:
  - Adds members to the queues that run in Asterisk now, pauses them, changes their penalty, and takes
    them out again.
  - Such members are gone when Asterisk restarts, unless it keeps them (C(persistentmembers)).
  - Jade reports success even where Asterisk refuses. So the member is read back until it shows the change.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  queue_name:
    description:
      - Name of the queue.
    type: str
    required: true
  name:
    description:
      - Name of the member in the queue; by default its interface.
    type: str
    required: true
  state_interface:
    description:
      - Interface that is called, and whose state is watched. When a member is added it is C(name) by
        default.
      - It can't be changed later on.
    type: str
  penalty:
    description:
      - Members with a higher penalty are called later.
    type: int
  paused:
    description:
      - Whether the member gets no calls for now.
    type: bool
  paused_reason:
    description:
      - Why it is paused.
    type: str
  state:
    description:
      - V(present) makes the queue member exist with the settings that are given; others stay as they
        are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - For members that are set in the queue's file see O(telephony.pbx.jade_queue#module:members).
seealso:
  - module: telephony.pbx.jade_queue_member_info
"""

EXAMPLES = r"""
- name: Add a phone to a queue
  telephony.pbx.jade_queue_member:
    queue_name: sales_1
    name: Alice
    state_interface: PJSIP/100
    penalty: 1

- name: Give her a break
  telephony.pbx.jade_queue_member:
    queue_name: sales_1
    name: Alice
    paused: true
    paused_reason: lunch

- name: Call her again
  telephony.pbx.jade_queue_member:
    queue_name: sales_1
    name: Alice
    paused: false

- name: Take her out of the queue
  telephony.pbx.jade_queue_member:
    queue_name: sales_1
    name: Alice
    state: absent
"""

RETURN = r"""
queue_member:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
    run_module("jade_queue_member")


if __name__ == "__main__":
    main()
