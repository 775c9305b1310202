# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the descriptions in module_utils/_systems. Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
name: jade
short_description: Find objects of Jade
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Returns objects of Jade, all of a kind or those with the given keys, in the same shape as the modules.
  - 'Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.'
requirements:
  - urllib3
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(modules), V(systems), V(parking_lots), V(parking_lot_configs),
        V(users), V(manager_users).'
      - Then any number of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for modules V(name); for systems V(id); for parking_lots
        V(name); for parking_lot_configs V(name); for users V(username), V(uuid); for manager_users V(username),
        V(uuid). The first is the default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: nothing on these servers.'
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
  - A key that isn't found is an error; C(errors='ignore') or C(errors='warn') in the call change that.
seealso:
  - module: telephony.pbx.jade_module_info
  - module: telephony.pbx.jade_system_info
  - module: telephony.pbx.jade_parking_lot_info
  - module: telephony.pbx.jade_parking_lot_config_info
  - module: telephony.pbx.jade_user_info
  - module: telephony.pbx.jade_manager_user_info
extends_documentation_fragment:
  - telephony.pbx.jade.plugin
"""

EXAMPLES = r"""
- name: Show the names of all accounts
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.jade', 'users') | map(attribute='username') | list }}"

- name: Show the spaces of one parking lot
  ansible.builtin.debug:
    msg: "{{ lot.start_space }} to {{ lot.stop_space }}"
  vars:
    lot: "{{ lookup('telephony.pbx.jade', 'parking_lot', 'default') }}"
"""

RETURN = r"""
_raw:
  description:
    - The objects; or what O(query) makes of them. See the modules for their fields.
  type: list
  elements: dict
"""

from ansible_collections.telephony.pbx.plugins.plugin_utils.lookup import ResourceLookup


class LookupModule(ResourceLookup):
    """Objects of Jade."""

    system = "jade"
