#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/permission.py
# - dev/examples/jade_user_permission.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_permission
short_description: Give permissions to accounts, and take them away
version_added: 0.1.0
description:
  - Gives an account a permission, or takes it away. Its other permissions stay.
  - 'Where Jade''s own call for permissions is wired wrongly, as on the newest published version, the
    account is changed as managers do it: as a whole, with its password, name and context sent back as
    they are.'
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  username:
    description:
      - Name of the account, which has to exist.
    type: str
    required: true
  permission:
    description:
      - The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and
        V(user), for everything under C(/me); it keeps any other text too.
    type: str
    required: true
  state:
    description:
      - V(present) gives the account the permission.
      - V(absent) takes it away; nothing to do if there is no such account.
    type: str
    choices:
      - present
      - absent
    default: present
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - On the newest published Jade the permissions of accounts without a phone, such as the first C(admin),
    can't be changed.
  - The account that the task logs in with can't take V(admin) from itself.
  - Jade can't store a single quote in any of the values; such values are refused up front.
seealso:
  - module: telephony.pbx.jade_user_permission_info
"""

EXAMPLES = r"""
- name: Make an account with a phone
  telephony.pbx.jade_manager_user:
    username: supervisor
    password: "{{ vault_supervisor_password | default('Eight-Words-Are-Better') }}"
    name: Supervisor
    context: demo
    permissions:
      - user

- name: Let it administer Jade, whatever else it may do
  telephony.pbx.jade_user_permission:
    username: supervisor
    permission: admin

- name: Take that away again
  telephony.pbx.jade_user_permission:
    username: supervisor
    permission: admin
    state: absent

- name: Remove the account with its permissions
  telephony.pbx.jade_manager_user:
    username: supervisor
    state: absent
"""

RETURN = r"""
user_permission:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the permission; C(null) where the server doesn't list permissions by themselves.
      type: str
      returned: success
      sample: b7c1e0f4-3d52-4c8e-9a61-a41b1c2d3e4f
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
    permission:
      description:
        - The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager),
          and V(user), for everything under C(/me); it keeps any other text too.
      type: str
      returned: success
      sample: user
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
    run_module("jade_user_permission")


if __name__ == "__main__":
    main()
