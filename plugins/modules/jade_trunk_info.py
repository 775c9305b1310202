#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/trunk.py
# - dev/examples/jade_trunk_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_trunk_info
short_description: List trunks of Jade
version_added: 0.1.0
description:
  - The trunks to providers that are configured through Jade.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the trunk with this name.
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
  - module: telephony.pbx.jade_trunk
"""

EXAMPLES = r"""
- name: List all trunks
  telephony.pbx.jade_trunk_info:
  register: trunks

- name: Show which of them aren't registered
  ansible.builtin.debug:
    msg: "{{ trunks.trunks | rejectattr('status', 'equalto', 'Registered') | map(attribute='name') }}"

- name: Find a trunk
  telephony.pbx.jade_trunk_info:
    name: provider
"""

RETURN = r"""
trunks:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the trunk, and of its PJSIP objects.
      type: str
      returned: success
      sample: provider
    server_uri:
      description:
        - SIP URI of the registrar.
      type: str
      returned: success
      sample: sip:sip.example.com
    client_uri:
      description:
        - SIP URI that is registered.
      type: str
      returned: success
      sample: sip:100@sip.example.com
    username:
      description:
        - Name to log in with at the provider.
      type: str
      returned: success
      sample: '100'
    password:
      description:
        - Password at the provider.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    contact:
      description:
        - SIP URI that calls are sent to.
      type: str
      returned: success
      sample: sip:sip.example.com:5060
    context:
      description:
        - Dialplan context of calls that come in.
      type: str
      returned: success
      sample: from-provider
    hostname:
      description:
        - Host name or address by which calls of the provider are recognized.
      type: str
      returned: success
      sample: sip.example.com
    status:
      description:
        - State of the registration, as Asterisk tells it.
      type: str
      returned: success
      sample: Registered
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
    run_module("jade_trunk_info")


if __name__ == "__main__":
    main()
