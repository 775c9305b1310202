#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/permission.py
# - dev/examples/jade_user_permission_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_permission_info
short_description: List user permissions of Jade
version_added: 0.1.0
description:
  - The permissions of all accounts, one by one.
  - The newest published Jade shows contacts in their place. There they are taken from what it shows to
    managers, and have no ID.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the permission with this uuid.
    type: str
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
  - module: telephony.pbx.jade_user_permission
"""

EXAMPLES = r"""
- name: List the permissions of all accounts
  telephony.pbx.jade_user_permission_info:
  register: permissions

- name: Who may administer this Jade?
  telephony.pbx.jade_user_permission_info:
    query: "[?permission=='admin'].username"

- name: What may one account do?
  telephony.pbx.jade_user_permission_info:
    query: "[?username=='test1'].permission"

- name: Which accounts have permissions that mean nothing to Jade itself?
  ansible.builtin.debug:
    msg: "{{ unknown | map(attribute='username') | unique }}"
  vars:
    unknown: "{{ permissions.user_permissions | rejectattr('permission', 'in', ['admin', 'user']) }}"
"""

RETURN = r"""
user_permissions:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_user_permission_info")


if __name__ == "__main__":
    main()
