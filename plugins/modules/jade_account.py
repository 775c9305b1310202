#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/account.py
# - dev/examples/jade_account.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_account
short_description: Change the account that one is logged in with
version_added: 0.1.0
description:
  - Changes the name and the password of the account that the task is logged in with.
  - For other accounts see M(telephony.pbx.jade_user) and M(telephony.pbx.jade_manager_user).
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  area:
    description:
      - Which of Jade's views of the account to use. They show the same account.
      - V(me) needs the permission C(user); the others take any login, but old servers don't have V(manager).
    type: str
    choices:
      - admin
      - manager
      - me
    default: admin
  name:
    description:
      - Name of the person.
    type: str
  password:
    description:
      - Password that the account is to have.
      - Jade doesn't show the one that it has, so the module finds out by logging in with this one, which
        it logs out again.
    type: str
  state:
    description:
      - V(present) makes the account have the values that are given; others stay as they are.
    type: str
    choices:
      - present
    default: present
  update_password:
    description:
      - V(always) sets the password if logging in with it fails.
      - V(on_create) leaves it alone, since the account always exists.
    type: str
    choices:
      - always
      - on_create
    default: always
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Tokens stay good when the password changes. So the tasks of this run that follow go on with the old
    O(api_password); later runs, and tasks that don't run in the controller, need the new one.
  - Jade can't store a single quote; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_account_info
"""

EXAMPLES = r"""
- name: Name the account that the tasks log in with
  telephony.pbx.jade_account:
    name: Automation

- name: Change its password, which later runs have to log in with
  telephony.pbx.jade_account:
    password: "{{ vault_new_jade_password | default(omit) }}"

- name: Change one's own name without any permission
  telephony.pbx.jade_account:
    api_username: "{{ vault_person_username | default(omit) }}"
    api_password: "{{ vault_person_password | default(omit) }}"
    area: manager
    name: Automation
"""

RETURN = r"""
account:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    area:
      description:
        - Which of Jade's views of the account to use. They show the same account.
        - V(me) needs the permission C(user); the others take any login, but old servers don't have V(manager).
      type: str
      returned: success
      sample: admin
    uuid:
      description:
        - Jade's own ID of the account.
      type: str
      returned: success
      sample: ed629979-802b-40f0-9098-b30b2988f9b6
    username:
      description:
        - Name to log in with.
      type: str
      returned: success
      sample: admin
    name:
      description:
        - Name of the person.
      type: str
      returned: success
      sample: Test Administrator
    chats:
      description:
        - Chats of the account; shown by V(me) on older servers.
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
            - Kind of the chat. Jade's own clients use V(1) for one between two accounts, and V(2) for
              one of a group.
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
    contacts:
      description:
        - Contacts of the account; shown by V(me) on older servers.
      type: list
      elements: dict
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
        info:
          description:
            - What the phone needs to log in.
          type: dict
          returned: success
          contains:
            realm:
              description:
                - Realm of the authentication.
              type: str
              returned: success
              sample: localhost
            id:
              description:
                - Name to log in with.
              type: str
              returned: success
              sample: '199'
            password:
              description:
                - Password to log in with.
                - Always masked.
              type: str
              returned: success
              sample: '********'
            public_url:
              description:
                - SIP URI of the phone.
              type: str
              returned: success
              sample: sip:199@192.168.200.10
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
    password:
      description:
        - Password that the account is to have.
        - Jade doesn't show the one that it has, so the module finds out by logging in with this one,
          which it logs out again.
        - Always masked.
      type: str
      returned: success
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
    run_module("jade_account")


if __name__ == "__main__":
    main()
