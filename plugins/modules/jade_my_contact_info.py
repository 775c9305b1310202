#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/me.py
# - dev/examples/jade_my_contact_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_my_contact_info
short_description: List my contacts of Jade
version_added: 0.1.0
description:
  - 'The contacts of one''s own account: its phones, with what a phone needs to log in.'
  - Those of the account that the task is logged in with, which needs the permission C(user).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the contact with this uuid.
    type: str
  target:
    description:
      - Return only the contact with this target.
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
  - Jade leaves out contacts whose PJSIP endpoint doesn't run in Asterisk.
"""

EXAMPLES = r"""
- name: List the phones of the account that the task logs in with
  telephony.pbx.jade_my_contact_info:

- name: Find one by its endpoint
  telephony.pbx.jade_my_contact_info:
    target: "199"
  register: phone

- name: See under which address each can be called
  telephony.pbx.jade_my_contact_info:
    query: "[].{phone: target, address: info.public_url}"

- name: Take what a phone needs to register, the password too
  telephony.pbx.jade_my_contact_info:
    include_secrets: true
    query: "[?target=='199'].info | [0]"
  register: login
  no_log: true
"""

RETURN = r"""
my_contacts:
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
            - Masked unless asked for with O(include_secrets=true).
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
    run_module("jade_my_contact_info")


if __name__ == "__main__":
    main()
