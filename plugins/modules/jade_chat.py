#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/chat.py
# - dev/examples/jade_chat.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat
short_description: Manage one's own chats
version_added: 0.1.0
description:
  - Creates, names and removes chats of the account that the task is logged in with.
  - A chat is known by its members and its type, of which Jade keeps one; or by its ID. Neither can be
    changed.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  uuid:
    description:
      - ID of a chat that exists. Either this or O(members) has to be given.
    type: str
  members:
    description:
      - IDs of the accounts that take part. One's own account always does, and needn't be named.
      - M(telephony.pbx.jade_buddy_info) and M(telephony.pbx.jade_user_info) tell the IDs.
    type: list
    elements: str
  type:
    description:
      - Kind of the chat. Jade's own clients use V(1) for one between two accounts, and V(2) for one of
        a group.
      - Ignored with O(uuid).
    type: int
    default: 1
  name:
    description:
      - Name that one's own account gives to the chat; the other members don't see it.
      - Jade calls a new chat C(Chatting with) and the others' names.
    type: str
  detail:
    description:
      - Anything else about the chat, for one's own account alone.
    type: str
  state:
    description:
      - V(present) makes the chat exist with the settings that are given; others stay as they are.
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
  - Needs the permission C(user).
  - Jade ignores the name and detail of a new chat. The module sets them by a second call, once the chat
    is there.
  - O(state=absent) removes the chat from one's own account. The other members keep theirs with what was
    said, and Jade may then refuse to make it again for the same members and type.
  - Jade can't store a single quote in a name or a detail; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_chat_info
"""

EXAMPLES = r"""
- name: Open a chat with a colleague
  telephony.pbx.jade_chat:
    members:
      - 65abf0b4-9cd5-4bff-8ec9-c03c1aea22d4
    name: Night shift
    detail: Who takes which night

- name: List the buddies
  telephony.pbx.jade_buddy_info:
  register: mine

- name: Open a chat of a group with all of them
  telephony.pbx.jade_chat:
    members: "{{ mine.buddies | map(attribute='user_uuid') | list }}"
    type: 2
    name: All of us
  register: group

- name: Give it another name
  telephony.pbx.jade_chat:
    uuid: "{{ group.chat.uuid }}"
    name: The whole shift
  when: not ansible_check_mode

- name: Leave it
  telephony.pbx.jade_chat:
    members: "{{ mine.buddies | map(attribute='user_uuid') | list }}"
    type: 2
    state: absent
"""

RETURN = r"""
chat:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
    run_module("jade_chat")


if __name__ == "__main__":
    main()
