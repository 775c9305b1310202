#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/contact.py
# - dev/examples/jade_user_contact.yml
# - dev/generator/templates/plugins/modules/state.py.j2

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
options:
  username:
    description:
      - Name of the account that the contact belongs to.
      - Either this or O(uuid) is needed.
    type: str
  uuid:
    description:
      - ID of the contact, instead of O(username). The only way to name one whose account is gone; see
        M(telephony.pbx.jade_user_contact_info).
    type: str
  target:
    description:
      - 'The phone: name of its PJSIP endpoint.'
      - Needed where the account has several contacts, and to create one. Without it the only contact
        of the account is meant.
      - 'It can''t be changed: a contact with another target is another contact.'
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
  - 'The newest published Jade makes an account where it is asked for a contact. There the module refuses
    to create one: a contact comes only together with its account, by M(telephony.pbx.jade_manager_user).'
  - An account whose last contact is removed loses its phone, which stays behind, and can't be changed
    or removed by M(telephony.pbx.jade_manager_user) any more.
  - Jade can't store a single quote in any of the values; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_user_contact_info
"""

EXAMPLES = r"""
# An account made here has a phone, and with it a contact.
- name: Make an account with a phone
  telephony.pbx.jade_manager_user:
    username: reception
    password: "{{ vault_reception_password | default('Eight-Words-Are-Better') }}"
    name: Reception
    context: demo
    permissions:
      - user

- name: Say where the phone of that account is
  telephony.pbx.jade_user_contact:
    username: reception
    name: Front desk
    detail: Ground floor, next to the entrance

# Works on servers that make contacts; the newest published Jade doesn't.
- name: Let the account have a second phone, which Asterisk's own files configure
  telephony.pbx.jade_user_contact:
    username: reception
    target: door-phone
    name: Door

- name: Remove that phone from the account
  telephony.pbx.jade_user_contact:
    username: reception
    target: door-phone
    state: absent

# This removes the phone and the contact too.
- name: Remove the account
  telephony.pbx.jade_manager_user:
    username: reception
    state: absent

# jade_user_contact_info finds those without an account.
- name: Remove a contact whose account is gone
  telephony.pbx.jade_user_contact:
    uuid: 0d4b4b0c-6a4e-4f61-9c53-9a2f0d7f7c11
    state: absent
"""

RETURN = r"""
user_contact:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
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
    username:
      description:
        - Name of the account; C(null) if there is none of that ID.
      type: str
      returned: success
      sample: alice
    type:
      description:
        - Kind of the target; C(null) on newer servers.
      type: str
      returned: success
      sample: pjsip_endpoint
    target:
      description:
        - 'The phone: name of its PJSIP endpoint. That of a phone which Jade has made is a UUID.'
      type: str
      returned: success
      sample: 0c0f0f3e-5b1f-4f4c-8d4a-6f0f3c1f2a10
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
    effect: none
    message: user name or password is wrong
    status: 401
"""

from ..module_utils._faces.module import run_module


def main():
    run_module("jade_user_contact")


if __name__ == "__main__":
    main()
