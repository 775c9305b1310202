#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat
short_description: Manage one's own chats
version_added: 0.1.0
description:
  - Creates, changes and removes chats of the account that the task is logged in with.
  - A chat is known by those who take part and its type, of which Jade keeps one; or by its ID.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - urllib3
options:
  uuid:
    description:
      - ID of a chat that exists. Either this or O(members) has to be given.
    type: str
  members:
    description:
      - IDs of the accounts that take part. One's own account always does, and needn't be named.
    type: list
    elements: str
  type:
    description:
      - Kind of the chat.
    type: int
    default: 1
  name:
    description:
      - Name that one's own account gives to the chat.
    type: str
  detail:
    description:
      - Anything else about it.
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
  - Jade ignores the name of a new chat, so that the module sets it afterwards.
  - Jade can't store a single quote in any of the values; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_chat_info
"""

EXAMPLES = r"""
- name: Example
  telephony.pbx.jade_chat:
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
        - Name that one's own account gives to the chat.
      type: str
      returned: success
      sample: Night shift
    detail:
      description:
        - Anything else about it.
      type: str
      returned: success
      sample: Who takes which night
    members:
      description:
        - IDs of the accounts that take part.
      type: list
      elements: str
      returned: success
      sample:
        - 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
        - 980404a2-f509-4140-9c92-96a018d1b61c
    type:
      description:
        - Kind of the chat, a number that Jade doesn't explain.
      type: int
      returned: success
      sample: 1
    room_uuid:
      description:
        - ID of the room, which all members share.
      type: str
      returned: success
      sample: 57b8706a
    creator_uuid:
      description:
        - ID of the account that made it.
      type: str
      returned: success
      sample: 59e3a7d5
    owner_uuid:
      description:
        - ID of the account that owns it.
      type: str
      returned: success
      sample: 59e3a7d5
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_chat")


if __name__ == "__main__":
    main()
