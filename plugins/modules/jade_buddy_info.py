#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/me.py
# - dev/examples/jade_buddy_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_buddy_info
short_description: List buddies of Jade
version_added: 0.1.0
description:
  - The buddies of one's own account.
  - Those of the account that the task is logged in with, which needs the permission C(user).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the buddy with this uuid.
    type: str
  user_uuid:
    description:
      - Return only the buddy with this user_uuid.
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
  - module: telephony.pbx.jade_buddy
"""

EXAMPLES = r"""
- name: List the buddies of the account that the task logs in with
  telephony.pbx.jade_buddy_info:
  register: result

- name: Show who they are
  ansible.builtin.debug:
    msg: "{{ result.buddies | map(attribute='user_uuid') | list }}"

- name: See whether an account is a buddy
  telephony.pbx.jade_buddy_info:
    user_uuid: 980404a2-f509-4140-9c92-96a018d1b61c
  register: found

- name: Find the buddies without a name
  telephony.pbx.jade_buddy_info:
    query: "[?!name].user_uuid"
"""

RETURN = r"""
buddies:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_buddy_info")


if __name__ == "__main__":
    main()
