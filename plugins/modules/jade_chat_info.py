#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/chat.py
# - dev/examples/jade_chat_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat_info
short_description: List chats of Jade
version_added: 0.1.0
description:
  - The chats of one's own account.
  - Those of the account that the task is logged in with, which needs the permission C(user).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the chat with this uuid.
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
  - module: telephony.pbx.jade_chat
"""

EXAMPLES = r"""
- name: List the chats of the account that the task logs in with
  telephony.pbx.jade_chat_info:

- name: Look at one
  telephony.pbx.jade_chat_info:
    uuid: 15130428-6f27-456d-b744-6156e3a4b7a8

- name: Find the chats in which an account takes part
  telephony.pbx.jade_chat_info:
    query: "[?contains(members, '980404a2-f509-4140-9c92-96a018d1b61c')].{name: name, uuid: uuid}"
  register: shared
"""

RETURN = r"""
chats:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the chat.
      type: str
      returned: success
      sample: 15130428-6f27-456d-b744-6156e3a4b7a8
    name:
      description:
        - Name that one's own account gives to the chat; the other members don't see it.
        - Jade calls a new chat C(Chatting with) and the others' names.
      type: str
      returned: success
      sample: Night shift
    detail:
      description:
        - Anything else about the chat, for one's own account alone.
      type: str
      returned: success
      sample: Who takes which night
    members:
      description:
        - IDs of the accounts that take part, one's own among them.
        - Newer servers leave out accounts that have been removed.
      type: list
      elements: str
      returned: success
      sample:
        - 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
        - 980404a2-f509-4140-9c92-96a018d1b61c
    type:
      description:
        - Kind of the chat. Jade's own clients use V(1) for one between two accounts, and V(2) for one
          of a group.
      type: int
      returned: success
      sample: 1
    room_uuid:
      description:
        - ID of the room, which is the same for all members; each has a chat of its own.
      type: str
      returned: success
      sample: 57b8706a-67e7-4c3a-a070-b164a08562ab
    creator_uuid:
      description:
        - ID of the account that made it.
      type: str
      returned: success
      sample: 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
    owner_uuid:
      description:
        - ID of the account that owns it.
      type: str
      returned: success
      sample: 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
    room_tm_create:
      description:
        - When it was created. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-04-28T05:03:36.560694725Z'
    room_tm_update:
      description:
        - When Jade last saw it change. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-05-22T13:24:14.979704248Z'
    tm_create:
      description:
        - When it was created. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-04-28T05:03:36.560694725Z'
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
    run_module("jade_chat_info")


if __name__ == "__main__":
    main()
