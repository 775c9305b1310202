#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/chat_message.py
# - dev/examples/jade_chat_message.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat_message
short_description: Say something in a chat
version_added: 0.1.0
description:
  - Sends a message to a chat of the account that the task is logged in with.
  - 'What has been said can''t be changed or taken back: Jade''s API has no call for it.'
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - V(state=sent) sends each time. V(state=present) doesn't send what is among the account's own O(recent)
        messages.
options:
  chat:
    description:
      - ID of the chat, one's own account's; M(telephony.pbx.jade_chat_info) lists them.
    type: str
    required: true
  content:
    description:
      - 'What to say: a text, a list or a dictionary. Numbers and switches are sent as text, as which
        Jade keeps them.'
      - A text that is a list or a dictionary in JSON is sent as such, since Jade gives it back as such.
      - A text can't hold a single quote, which Jade fails to store; one within a list or a dictionary
        can.
    type: raw
    required: true
  state:
    description:
      - V(present) makes sure that the account has said it, and sends it unless it is among the newest
        messages.
      - V(sent) sends it, even if it has been said already.
    type: str
    choices:
      - present
      - sent
    default: present
  recent:
    description:
      - How many of the chat's newest messages, whoever has sent them, O(state=present) looks through.
      - What was said before these is said again.
    type: int
    default: 30
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Needs the permission C(user).
seealso:
  - module: telephony.pbx.jade_chat_message_info
"""

EXAMPLES = r"""
- name: Tell it once, however often the play runs
  telephony.pbx.jade_chat_message:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    content: The new dial plan is in force since Monday

- name: Tell it each time
  telephony.pbx.jade_chat_message:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    content: "The play has run on {{ inventory_hostname }}"
    state: sent

- name: Say it in the form that a client of one's own reads
  telephony.pbx.jade_chat_message:
    chat: 15130428-6f27-456d-b744-6156e3a4b7a8
    content:
      message: Trunk provider is down, isn't it?
      severity: high
    recent: 100

- name: Find a chat by its name
  telephony.pbx.jade_chat_info:
    query: "[?name=='test chat name'] | [0].uuid"
  register: found

- name: Say something there
  telephony.pbx.jade_chat_message:
    chat: "{{ found.query_result }}"
    content: Good night
"""

RETURN = r"""
chat_message:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
    run_module("jade_chat_message")


if __name__ == "__main__":
    main()
