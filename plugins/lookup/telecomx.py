# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/telecomx/sip_phone.py
# - dev/examples/lookup_telecomx.yml
# - dev/generator/templates/plugins/lookup/system.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
name: telecomx
short_description: Find objects of TelecomX
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Returns objects of TelecomX, all of a kind or those with the given keys, in the same shape as the
    modules.
  - 'Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.'
requirements:
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(sip_phones).'
      - Then any number of keys, or lists of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for sip_phones V(id). The first is the default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: for sip_phones V(search), V(full), V(available),
        V(customer).'
    type: dict
  query:
    description:
      - JMESPath expression that is applied to the list. Its result is returned.
      - Needs the Python library C(jmespath).
    type: str
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
notes:
  - A key that isn't found is an error. With C(errors='warn') or C(errors='ignore') in the call, any error
    gives an empty list in place of a result, even if other keys would be found.
seealso:
  - module: telephony.pbx.telecomx_sip_phone_info
extends_documentation_fragment:
  - telephony.pbx.telecomx
"""

EXAMPLES = r"""
- name: Show which phones are offline
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.telecomx', 'sip_phones', query='[?!online].mac_address') }}"

- name: Find the ID of somebody's phone
  ansible.builtin.set_fact:
    phone_id: "{{ lookup('telephony.pbx.telecomx', 'sip_phones', filters={'search': 'donald duck'}, query='[0].id') }}"

- name: Show from where it was last seen
  ansible.builtin.debug:
    msg: "{{ lookup('telephony.pbx.telecomx', 'sip_phone', phone_id).status.public_ip_address }}"

- name: Write a SIP login into a configuration, for a phone that TelecomX doesn't configure
  ansible.builtin.debug:
    msg: "register => {{ sip_login.username }}:{{ sip_login.password }}@sip.example.com"
  vars:
    sip_login: "{{ lookup('telephony.pbx.telecomx', 'sip_phone', phone_id, include_secrets=true) }}"
  no_log: true

- name: Go on without an error if there is no such phone
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.telecomx', 'sip_phone', '0123456789abcdef01234567', errors='ignore') }}"
"""

RETURN = r"""
_raw:
  description:
    - The objects; or what O(query) makes of them. See the modules for their fields.
  type: list
  elements: dict
"""

from ..plugin_utils.lookup import ResourceLookup


class LookupModule(ResourceLookup):
    """Objects of TelecomX."""

    system = "telecomx"
