#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat_message
short_description: Say something in a chat
version_added: 0.1.0
description:
  - Sends a message to a chat of the account that the task is logged in with.
  - Messages can't be changed or removed over the API.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - V(state=sent) sends each time. V(state=present) doesn't send what has been said recently.
requirements:
  - urllib3
options:
  chat:
    description:
      - ID of the chat; M(telephony.pbx.jade_chat_info) lists them.
    type: str
    required: true
  message:
    description:
      - 'What to say: a text, or anything else that JSON can hold.'
    type: raw
    required: true
  state:
    description:
      - V(present) makes sure that the account has said it, and looks at the newest messages for that.
      - V(sent) says it, again if need be.
    type: str
    choices:
      - present
      - sent
    default: present
  recent:
    description:
      - How many of the newest messages V(present) looks through. Jade itself shows 30 if not told otherwise.
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
- name: Example
  telephony.pbx.jade_chat_message:
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
    message:
      description:
        - 'The message: a text, or anything else that JSON can hold.'
      type: raw
      returned: success
      sample: Good night
    owner_uuid:
      description:
        - ID of the account that said it.
      type: str
      returned: success
      sample: 59e3a7d5
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_chat_message")


if __name__ == "__main__":
    main()
