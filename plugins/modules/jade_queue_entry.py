#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_queue_entry.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_entry
short_description: Hang up a caller who waits in a queue
version_added: 0.1.0
description:
  - Hangs up one caller who waits in a queue.
  - A caller who has been put through meanwhile isn't in the queue any more, and the call goes on.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  unique_id:
    description:
      - Asterisk's ID of the caller's channel (C(UNIQUEID)).
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
  - M(telephony.pbx.jade_queue_entry_info) finds the IDs.
  - Jade's document has only the reading of entries; servers from before 2018 may not hang up by this
    call. M(telephony.pbx.jade_channel) with the same ID does.
seealso:
  - module: telephony.pbx.jade_queue_entry_info
"""

EXAMPLES = r"""
- name: Hang up one caller
  telephony.pbx.jade_queue_entry:
    unique_id: "1513557067.6"
    state: absent

- name: Find the callers of a queue that is to be closed
  telephony.pbx.jade_queue_entry_info:
    query: "[?queue_name=='sales_1'].unique_id"
  register: closing

- name: Hang them up, one by one
  telephony.pbx.jade_queue_entry:
    unique_id: "{{ item }}"
    state: absent
  loop: "{{ closing.query_result }}"
"""

RETURN = r"""
queue_entry:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    unique_id:
      description:
        - Asterisk's ID of the caller's channel (C(UNIQUEID)).
        - 'In tasks put it in quotes: as a number V(1513946896.70) becomes V(1513946896.7), which is another
          call.'
      type: str
      returned: success
      sample: '1513556618.4'
    queue_name:
      description:
        - Queue that the caller waits in.
      type: str
      returned: success
      sample: sales_1
    channel:
      description:
        - Name of the caller's channel.
      type: str
      returned: success
      sample: PJSIP/pjagent-01-00000002
    caller_id_name:
      description:
        - Name in the caller's caller ID.
      type: str
      returned: success
      sample: Alice
    caller_id_num:
      description:
        - Number in the caller's caller ID.
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
    position:
      description:
        - Place in the queue, from 1.
      type: int
      returned: success
      sample: 1
    wait:
      description:
        - Seconds of waiting, as of C(tm_update); C(null) where Asterisk hasn't told.
      type: int
      returned: success
      sample: 12
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
    run_module("jade_queue_entry")


if __name__ == "__main__":
    main()
