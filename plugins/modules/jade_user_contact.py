#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_contact
short_description: Manage contacts of accounts
version_added: 0.1.0
description:
  - Changes and removes the contacts that link accounts with their phones, and creates them where the
    server can.
  - An account made with M(telephony.pbx.jade_manager_user) has one contact already, with its phone.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - urllib3
options:
  username:
    description:
      - Name of the account.
    type: str
    required: true
  target:
    description:
      - 'The phone: name of its PJSIP endpoint.'
    type: str
  name:
    description:
      - Name of the contact.
    type: str
  detail:
    description:
      - What it is for.
    type: str
  state:
    description:
      - V(present) makes the contact exist with the settings that are given; others stay as they are.
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
  - The newest published Jade takes the call that creates a contact for one that creates an account, and
    refuses it. There a contact can only be made together with its account, by M(telephony.pbx.jade_manager_user).
  - Jade can't store a single quote in any of the values; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_user_contact_info
"""

EXAMPLES = r"""
- name: Example
  telephony.pbx.jade_user_contact:
"""

RETURN = r"""
user_contact:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    username:
      description:
        - Name of the account.
      type: str
      returned: success
      sample: alice
    uuid:
      description:
        - Jade's own ID of the contact.
      type: str
      returned: success
      sample: 62a78a12-34ba-4b4f-b9ea-e52e4bac6459
    user_uuid:
      description:
        - ID of the account.
      type: str
      returned: success
      sample: 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
    type:
      description:
        - Kind of the target; C(null) on newer servers.
      type: str
      returned: success
      sample: pjsip_endpoint
    target:
      description:
        - 'The phone: name of its PJSIP endpoint.'
      type: str
      returned: success
      sample: '199'
    name:
      description:
        - Name of the contact.
      type: str
      returned: success
      sample: Desk
    detail:
      description:
        - What it is for.
      type: str
      returned: success
      sample: First floor
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
    run_module("jade_user_contact")


if __name__ == "__main__":
    main()
