#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_chat_message_info
short_description: List chat messages of Jade
version_added: 0.1.0
description:
  - The messages of a chat, newest first.
  - Those of the account that the task is logged in with, which needs the permission C(user).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - urllib3
  - jmespath, for O(query)
options:
  chat:
    description:
      - ID of the chat; M(telephony.pbx.jade_chat_info) lists them.
    type: str
    required: true
  uuid:
    description:
      - Return only the message with this uuid.
    type: str
  before:
    description:
      - Only messages from before this time. UTC, as Jade writes it.
    type: str
  limit:
    description:
      - At most this many; Jade gives 30 if it isn't said.
    type: int
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
  - module: telephony.pbx.jade_chat_message
"""

EXAMPLES = r"""
- name: List all
  telephony.pbx.jade_chat_message_info:
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_chat_message_info")


if __name__ == "__main__":
    main()
