#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/user.py
# - dev/examples/jade_manager_user.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_manager_user
short_description: Manage accounts of Jade together with their permissions and phone
version_added: 0.1.0
description:
  - Creates, changes and removes accounts that may log in to Jade, with their permissions and a PJSIP
    phone of their own.
  - Jade replaces an account as a whole. The module reads it first and sends it back with the change,
    so that the password, name, permissions and context that aren't given stay.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  username:
    description:
      - Name to log in with; unique.
      - 'Jade can''t change it later on: another name is another account.'
    type: str
    required: true
  password:
    description:
      - Password of the account.
    type: str
  name:
    description:
      - Name of the person.
    type: str
  permissions:
    description:
      - What the account may do. Jade itself knows V(admin), for everything under C(/admin) and C(/manager),
        and V(user), for everything under C(/me); it keeps any other text too.
      - 'The list is the whole truth: permissions that aren''t in it are taken away. Their order doesn''t
        count.'
    type: list
    elements: str
  context:
    description:
      - Dialplan context of the account's phone, in which its calls begin.
      - As Asterisk runs it. Empty for accounts that have no phone, such as those of M(telephony.pbx.jade_user).
    type: str
  state:
    description:
      - V(present) makes the user exist with the settings that are given; others stay as they are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
  update_password:
    description:
      - V(always) sets the password wherever it differs.
      - V(on_create) sets it on new objects only, and leaves the password of those that exist alone.
    type: str
    choices:
      - always
      - on_create
    default: always
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - 'Accounts without a phone, such as the first C(admin), can''t be changed or removed here: use M(telephony.pbx.jade_user).'
  - Jade changes an account step by step and doesn't take a step back. When it fails in between, the module
    tells which fields were changed, which weren't, and which got lost.
  - Each time that Jade fails to create an account, it leaves PJSIP sections for a phone behind that no
    call removes. Such phones are PJSIP endpoints that no contact names; M(telephony.pbx.jade_user_contact_info)
    has an example that finds them.
  - Jade can't store a single quote in any of the values; such values are refused up front.
  - Jade reloads Asterisk's PJSIP by itself after each change.
seealso:
  - module: telephony.pbx.jade_manager_user_info
"""

EXAMPLES = r"""
- name: Make an account with a phone
  telephony.pbx.jade_manager_user:
    username: alice
    password: "{{ vault_alice_password | default('Eight-Words-Are-Better') }}"
    name: Alice Smith
    context: demo
    permissions:
      - user

- name: Let her administer Jade too, and keep all else, the password too
  telephony.pbx.jade_manager_user:
    username: alice
    permissions:
      - user
      - admin

- name: Have her phone call from another context
  telephony.pbx.jade_manager_user:
    username: alice
    context: internal

- name: Make an account if it lacks, but leave alone a password that was changed since
  telephony.pbx.jade_manager_user:
    username: bob
    password: "{{ vault_bob_password | default('Eight-Words-Are-Better') }}"
    update_password: on_create
    name: Bob Baker
    context: demo
    permissions:
      - user

- name: Remove accounts with their phones
  telephony.pbx.jade_manager_user:
    username: "{{ item }}"
    state: absent
  loop:
    - alice
    - bob
"""

RETURN = r"""
manager_user:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the account.
      type: str
      returned: success
      sample: 303f1faa-c5ac-49f3-965e-a0316e39a0ac
    username:
      description:
        - Name to log in with; unique.
        - 'Jade can''t change it later on: another name is another account.'
      type: str
      returned: success
      sample: alice
    password:
      description:
        - Password of the account.
        - Always masked.
      type: str
      returned: success
      sample: '********'
    name:
      description:
        - Name of the person.
      type: str
      returned: success
      sample: Alice Smith
    permissions:
      description:
        - What the account may do. Jade itself knows V(admin), for everything under C(/admin) and C(/manager),
          and V(user), for everything under C(/me); it keeps any other text too.
        - 'The list is the whole truth: permissions that aren''t in it are taken away. Their order doesn''t
          count.'
      type: list
      elements: str
      returned: success
      sample:
        - user
    context:
      description:
        - Dialplan context of the account's phone, in which its calls begin.
        - As Asterisk runs it. Empty for accounts that have no phone, such as those of M(telephony.pbx.jade_user).
      type: str
      returned: success
      sample: demo
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
    run_module("jade_manager_user")


if __name__ == "__main__":
    main()
