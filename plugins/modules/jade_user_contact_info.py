#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/contact.py
# - dev/examples/jade_user_contact_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_contact_info
short_description: List user contacts of Jade
version_added: 0.1.0
description:
  - The contacts of all accounts. A contact links an account with its phone.
  - A contact without C(username) belongs to an account that is gone.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the contact with this uuid.
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
  - module: telephony.pbx.jade_user_contact
"""

EXAMPLES = r"""
- name: List the contacts of all accounts
  telephony.pbx.jade_user_contact_info:
  register: contacts

- name: Which phone belongs to which account?
  ansible.builtin.debug:
    msg: "{{ dict(contacts.user_contacts | selectattr('username') | map(attribute='username')
             | zip(contacts.user_contacts | selectattr('username') | map(attribute='target'))) }}"

- name: Find the phones of one account
  telephony.pbx.jade_user_contact_info:
    query: "[?username=='test1'].target"

- name: Find contacts whose account is gone
  telephony.pbx.jade_user_contact_info:
    query: "[?username==null]"

- name: List the PJSIP endpoints that run
  telephony.pbx.jade_pjsip_endpoint_info:
  register: endpoints

- name: Which phones has Jade made that belong to no account any more?
  ansible.builtin.debug:
    msg: "{{ endpoints.pjsip_endpoints | map(attribute='name') | select('match', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
             | difference(contacts.user_contacts | map(attribute='target')) }}"
"""

RETURN = r"""
user_contacts:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
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
    run_module("jade_user_contact_info")


if __name__ == "__main__":
    main()
