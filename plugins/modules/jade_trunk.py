#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/trunk.py
# - dev/examples/jade_trunk.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_trunk
short_description: Manage trunks
version_added: 0.1.0
description:
  - Creates, changes and removes trunks to providers.
  - Jade replaces a trunk as a whole. The module reads it first and sends it back with the change, so
    that all that isn't given stays, the password too.
  - Jade makes Asterisk reload by itself; the module waits until the running endpoint and registration
    show the trunk.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the trunk, and of its PJSIP objects.
    type: str
    required: true
  server_uri:
    description:
      - SIP URI of the registrar.
    type: str
  client_uri:
    description:
      - SIP URI that is registered.
    type: str
  username:
    description:
      - Name to log in with at the provider.
    type: str
  password:
    description:
      - Password at the provider.
    type: str
  contact:
    description:
      - SIP URI that calls are sent to.
    type: str
  context:
    description:
      - Dialplan context of calls that come in.
    type: str
  hostname:
    description:
      - Host name or address by which calls of the provider are recognized.
    type: str
  state:
    description:
      - V(present) makes the trunk exist with the settings that are given; others stay as they are.
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
  - Jade can't keep C(;) in a value, so that a SIP URI with C(;transport=tcp) is refused up front; likewise
    C(#), line breaks and surrounding quotes.
  - Jade answers 500 where the name belongs to any other PJSIP object of its own, such as the phone of
    an account.
seealso:
  - module: telephony.pbx.jade_trunk_info
"""

EXAMPLES = r"""
- name: Register with a provider
  telephony.pbx.jade_trunk:
    name: provider
    server_uri: sip:sip.example.com
    client_uri: sip:100@sip.example.com
    username: "100"
    password: "{{ vault_provider_password | default('Eight-Words-Are-Better') }}"
    contact: sip:sip.example.com:5060
    context: from-provider
    hostname: sip.example.com

- name: Send its calls to another context, and keep all else, the password too
  telephony.pbx.jade_trunk:
    name: provider
    context: night-service

- name: Create a trunk if it lacks, but leave alone a password that was changed since
  telephony.pbx.jade_trunk:
    name: branch_office
    username: branch
    password: "{{ vault_branch_password | default('Eight-Words-Are-Better') }}"
    update_password: on_create
    contact: sip:192.0.2.20:5060
    context: from-branch
    hostname: 192.0.2.20

- name: Remove the trunk of a former provider
  telephony.pbx.jade_trunk:
    name: former_provider
    state: absent
"""

RETURN = r"""
trunk:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
        - Always masked.
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
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
running:
  description:
    - Whether the running system does what is stored.
    - V(as stored) where that was seen (in check mode, will be), otherwise V(not compared) with the reason.
  type: str
  returned: success
  sample: as stored
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
    run_module("jade_trunk")


if __name__ == "__main__":
    main()
