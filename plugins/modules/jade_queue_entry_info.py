#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/calls.py
# - dev/examples/jade_queue_entry_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_entry_info
short_description: List queue entries of Jade
version_added: 0.1.0
description:
  - The callers who wait in queues now.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  unique_id:
    description:
      - Return only the queue entry with this unique_id.
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
  - module: telephony.pbx.jade_queue_entry
"""

EXAMPLES = r"""
- name: List all callers who wait
  telephony.pbx.jade_queue_entry_info:
  register: waiting

- name: Show how many wait in a queue
  ansible.builtin.debug:
    msg: "{{ waiting.queue_entries | selectattr('queue_name', 'equalto', 'sales_1') | length }} wait"

- name: Find one
  telephony.pbx.jade_queue_entry_info:
    unique_id: "1513556618.4"

- name: Who is next in each queue?
  telephony.pbx.jade_queue_entry_info:
    query: "[?position==`1`].[queue_name, caller_id_num, channel]"
"""

RETURN = r"""
queue_entries:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_queue_entry_info")


if __name__ == "__main__":
    main()
