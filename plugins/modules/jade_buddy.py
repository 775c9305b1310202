#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/me.py
# - dev/examples/jade_buddy.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_buddy
short_description: Manage one's own buddies
version_added: 0.1.0
description:
  - Creates, changes and removes buddies of the account that the task is logged in with.
  - An account can be one's buddy once.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  username:
    description:
      - Name of the buddy's account. Either this or O(user_uuid) has to be given.
    type: str
  user_uuid:
    description:
      - ID of the buddy's account, in the place of O(username).
    type: str
  name:
    description:
      - Name that one's own account gives to the buddy.
    type: str
  detail:
    description:
      - Anything else about the buddy.
    type: str
  state:
    description:
      - V(present) makes the buddy exist with the settings that are given; others stay as they are.
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
  - Jade can't store a single quote in any of the values; such values are refused up front.
  - Old servers, and Jade's API document, know no call to change or remove a buddy, and none to find an
    account by name.
  - A buddy whose account has been removed is still there, but can only be found by O(user_uuid).
seealso:
  - module: telephony.pbx.jade_buddy_info
"""

EXAMPLES = r"""
- name: Add a colleague
  telephony.pbx.jade_buddy:
    username: test1
    name: Test One
    detail: Second floor

- name: Add an account by its ID
  telephony.pbx.jade_buddy:
    user_uuid: 65abf0b4-9cd5-4bff-8ec9-c03c1aea22d4

- name: Remove somebody who has left
  telephony.pbx.jade_buddy:
    username: trainee
    state: absent
"""

RETURN = r"""
buddy:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the buddy, not that of its account.
      type: str
      returned: success
      sample: 611f9902-00c9-4765-9775-20fbaf8261b0
    user_uuid:
      description:
        - ID of the buddy's account.
      type: str
      returned: success
      sample: 980404a2-f509-4140-9c92-96a018d1b61c
    name:
      description:
        - Name that one's own account gives to the buddy.
      type: str
      returned: success
      sample: Bob
    detail:
      description:
        - Anything else about the buddy.
      type: str
      returned: success
      sample: Second floor
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
    run_module("jade_buddy")


if __name__ == "__main__":
    main()
