#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/user_objects.py
# - dev/examples/jade_user_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_info
short_description: List users of Jade
version_added: 0.1.0
description:
  - The accounts that may log in to Jade.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  username:
    description:
      - Return only the user with this username.
    type: str
  uuid:
    description:
      - Return only the user with this uuid.
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
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.info
notes:
  - Jade stores passwords in clear text; they are returned only with O(include_secrets=true).
seealso:
  - module: telephony.pbx.jade_user
"""

EXAMPLES = r"""
- name: List the accounts
  telephony.pbx.jade_user_info:
  register: accounts

- name: Find one of them
  telephony.pbx.jade_user_info:
    username: admin
"""

RETURN = r"""
users:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
        - Masked unless asked for with O(include_secrets=true).
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
    run_module("jade_user_info")


if __name__ == "__main__":
    main()
