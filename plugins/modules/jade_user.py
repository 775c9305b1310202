#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/user.py
# - dev/examples/jade_user.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user
short_description: Manage accounts that may log in to Jade
version_added: 0.1.0
description:
  - Creates, changes and removes accounts that may log in to Jade.
  - 'An account made here has no permission and no phone: it can log in, but not do anything. For those
    see M(telephony.pbx.jade_manager_user).'
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
  - Jade can't store a single quote in any of the values; such values are refused up front.
  - When an account is removed here, Jade leaves its permissions, its contact and its phone behind. The
    module warns of it; M(telephony.pbx.jade_manager_user) removes accounts that have a phone with all
    that is theirs.
seealso:
  - module: telephony.pbx.jade_user_info
"""

EXAMPLES = r"""
- name: Make an account for a program
  telephony.pbx.jade_user:
    username: monitoring
    password: "{{ vault_monitoring_password | default('Eight-Words-Are-Better') }}"
    name: Monitoring
    update_password: on_create

- name: Change the name alone, and keep the password
  telephony.pbx.jade_user:
    username: monitoring
    name: Monitoring of all sites

- name: Remove an account that never had a phone
  telephony.pbx.jade_user:
    username: trainee
    state: absent
"""

RETURN = r"""
user:
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
    run_module("jade_user")


if __name__ == "__main__":
    main()
