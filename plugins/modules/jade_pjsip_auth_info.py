#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/pjsip.py
# - dev/examples/jade_pjsip_auth_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_pjsip_auth_info
short_description: List pjsip auths of Jade
version_added: 0.1.0
description:
  - 'The PJSIP authentications that run in Asterisk now: names and passwords of phones and trunks.'
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the PJSIP authentication with this name.
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
  - Jade sends passwords in clear text; they are returned only with O(include_secrets=true).
  - Jade reads these objects anew when Asterisk reloads PJSIP. A change shows after about a second, and
    for an instant before that the list may be empty.
"""

EXAMPLES = r"""
- name: List all authentications, their passwords masked
  telephony.pbx.jade_pjsip_auth_info:

- name: Read the password of one phone
  telephony.pbx.jade_pjsip_auth_info:
    name: pjagent-01
    include_secrets: true
  register: auth
  no_log: true

- name: Which authentications keep the password in clear?
  telephony.pbx.jade_pjsip_auth_info:
    query: "[?auth_type=='userpass'].name"
"""

RETURN = r"""
pjsip_auths:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the authentication.
      type: str
      returned: success
      sample: pjagent-01
    object_type:
      description:
        - Type that Asterisk gives the object; always V(auth).
      type: str
      returned: success
      sample: auth
    endpoint_name:
      description:
        - Endpoint that it belongs to.
      type: str
      returned: success
      sample: pjagent-01
    auth_type:
      description:
        - 'What is stored: V(userpass) is a password, V(md5) a hash of it.'
      type: str
      returned: success
      sample: userpass
    username:
      description:
        - Name to log in with.
      type: str
      returned: success
      sample: pjagent-01
    password:
      description:
        - Password in clear, for V(userpass).
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    md5_cred:
      description:
        - Hash of user name, realm, and password, for V(md5); as good as the password.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    realm:
      description:
        - Realm that the password is for; if empty, Asterisk's default, or for trunks any.
      type: str
      returned: success
      sample: asterisk
    nonce_lifetime:
      description:
        - Seconds for which a challenge (nonce) can be answered.
      type: int
      returned: success
      sample: 32
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
    run_module("jade_pjsip_auth_info")


if __name__ == "__main__":
    main()
