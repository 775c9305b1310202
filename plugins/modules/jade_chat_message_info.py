#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/chat_message.py
# - dev/examples/jade_chat_message_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat_message_info
short_description: List chat messages of Jade
version_added: 0.1.0
description:
  - The messages of a chat, newest first.
  - The chat is one of the account that the task is logged in with, which needs the permission C(user).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  chat:
    description:
      - ID of the chat, one's own account's; M(telephony.pbx.jade_chat_info) lists them.
    type: str
    required: true
  uuid:
    description:
      - Return only the message with this uuid.
    type: str
  before:
    description:
      - Only messages from before this time, in UTC, such as V(2018-03-27T10:26:14Z).
      - The RV(chat_messages[].tm_create) of the oldest message gives the ones before it.
    type: str
  limit:
    description:
      - At most this many messages, the newest ones.
      - O(uuid) and O(query) look among these alone.
    type: int
    default: 30
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
notes:
  - Jade can't tell which of two messages of the same second is the newer one; the module puts them into
    order.
seealso:
  - module: telephony.pbx.jade_chat_message
"""

EXAMPLES = r"""
- name: Read the newest messages of a chat
  telephony.pbx.jade_chat_message_info:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
  register: newest

- name: Read the ones before them
  telephony.pbx.jade_chat_message_info:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    before: "{{ newest.chat_messages[-1].tm_create }}"
    limit: 100
  when: newest.count > 0

- name: See what was said before a day, and by whom
  telephony.pbx.jade_chat_message_info:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    before: "2018-04-01T00:00:00Z"
    query: "[].{who: owner_uuid, what: content}"

- name: See when something was said last
  telephony.pbx.jade_chat_message_info:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    limit: 500
    query: "[?content.message=='test message'].tm_create | [0]"
"""

RETURN = r"""
chat_messages:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the message.
      type: str
      returned: success
      sample: 1800fcee-1077-47f0-9d7c-3c7cde768e93
    chat:
      description:
        - ID of the chat.
      type: str
      returned: success
      sample: 15130428-6f27-456d-b744-6156e3a4b7a8
    content:
      description:
        - 'What the message says: a text, a list or a dictionary.'
        - Jade's API calls it C(message), which Ansible doesn't allow as an option.
      type: raw
      returned: success
      sample: Good night
    owner_uuid:
      description:
        - ID of the account that said it.
      type: str
      returned: success
      sample: 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
    tm_create:
      description:
        - When it was said. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-04-28T05:03:36.560694725Z'
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
    run_module("jade_chat_message_info")


if __name__ == "__main__":
    main()
