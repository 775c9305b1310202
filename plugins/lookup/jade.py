# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/account.py
# - plugins/module_utils/_systems/jade/adpma.py
# - plugins/module_utils/_systems/jade/asterisk.py
# - plugins/module_utils/_systems/jade/calls.py
# - plugins/module_utils/_systems/jade/chat.py
# - plugins/module_utils/_systems/jade/chat_message.py
# - plugins/module_utils/_systems/jade/configuration.py
# - plugins/module_utils/_systems/jade/contact.py
# - plugins/module_utils/_systems/jade/dialplan.py
# - plugins/module_utils/_systems/jade/legacy.py
# - plugins/module_utils/_systems/jade/me.py
# - plugins/module_utils/_systems/jade/park.py
# - plugins/module_utils/_systems/jade/permission.py
# - plugins/module_utils/_systems/jade/pjsip.py
# - plugins/module_utils/_systems/jade/pjsip_endpoint.py
# - plugins/module_utils/_systems/jade/queue.py
# - plugins/module_utils/_systems/jade/queue_config.py
# - plugins/module_utils/_systems/jade/trunk.py
# - plugins/module_utils/_systems/jade/user_objects.py
# - dev/examples/lookup_jade.yml
# - dev/generator/templates/plugins/lookup/system.py.j2

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
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(agents), V(device_states), V(peers), V(registries), V(channels),
        V(modules), V(systems), V(adpmas), V(adps), V(sdps), V(configurations), V(accounts), V(parking_lots),
        V(parking_lot_configs), V(parked_calls), V(pjsip_aors), V(pjsip_auths), V(pjsip_contacts), V(pjsip_endpoints),
        V(pjsip_registration_outbounds), V(queues), V(queue_configs), V(queue_entries), V(queue_members),
        V(users), V(user_contacts), V(user_permissions), V(sdialplans), V(trunks), V(manager_users), V(buddies),
        V(my_contacts), V(chats), V(chat_messages).'
      - Then any number of keys, or lists of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for agents V(id); for device_states V(device); for peers
        V(peer); for registries V(account); for channels V(unique_id), V(channel); for modules V(name);
        for systems V(id); for adpmas V(name), V(uuid); for adps V(uuid); for sdps V(name); for configurations
        V(name); for parking_lots V(name); for parking_lot_configs V(name); for parked_calls V(parkee_unique_id);
        for pjsip_aors V(name); for pjsip_auths V(name); for pjsip_contacts V(id); for pjsip_endpoints
        V(name); for pjsip_registration_outbounds V(name); for queues V(name); for queue_configs V(name);
        for queue_entries V(unique_id); for queue_members V(id); for users V(username), V(uuid); for user_contacts
        V(uuid); for user_permissions V(uuid); for sdialplans V(name); for trunks V(name); for manager_users
        V(username), V(uuid); for buddies V(uuid), V(user_uuid); for my_contacts V(uuid), V(target); for
        chats V(uuid); for chat_messages V(uuid). The first is the default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: for configurations V(subsystem); for accounts
        V(area); for chat_messages V(chat), V(before), V(limit).'
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
  - With several hosts in the play, the address has to be in the call or in C(jade_api_url). That of E(JADE_URL)
    would be the same for all of them, and is refused even if the task is C(run_once), which a lookup
    can't see.
seealso:
  - module: telephony.pbx.jade_agent_info
  - module: telephony.pbx.jade_device_state_info
  - module: telephony.pbx.jade_peer_info
  - module: telephony.pbx.jade_registry_info
  - module: telephony.pbx.jade_channel_info
  - module: telephony.pbx.jade_module_info
  - module: telephony.pbx.jade_system_info
  - module: telephony.pbx.jade_adpma_info
  - module: telephony.pbx.jade_adp_info
  - module: telephony.pbx.jade_sdp_info
  - module: telephony.pbx.jade_configuration_info
  - module: telephony.pbx.jade_account_info
  - module: telephony.pbx.jade_parking_lot_info
  - module: telephony.pbx.jade_parking_lot_config_info
  - module: telephony.pbx.jade_parked_call_info
  - module: telephony.pbx.jade_pjsip_aor_info
  - module: telephony.pbx.jade_pjsip_auth_info
  - module: telephony.pbx.jade_pjsip_contact_info
  - module: telephony.pbx.jade_pjsip_endpoint_info
  - module: telephony.pbx.jade_pjsip_registration_outbound_info
  - module: telephony.pbx.jade_queue_info
  - module: telephony.pbx.jade_queue_config_info
  - module: telephony.pbx.jade_queue_entry_info
  - module: telephony.pbx.jade_queue_member_info
  - module: telephony.pbx.jade_user_info
  - module: telephony.pbx.jade_user_contact_info
  - module: telephony.pbx.jade_user_permission_info
  - module: telephony.pbx.jade_sdialplan_info
  - module: telephony.pbx.jade_trunk_info
  - module: telephony.pbx.jade_manager_user_info
  - module: telephony.pbx.jade_buddy_info
  - module: telephony.pbx.jade_my_contact_info
  - module: telephony.pbx.jade_chat_info
  - module: telephony.pbx.jade_chat_message_info
extends_documentation_fragment:
  - telephony.pbx.jade
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

from ..plugin_utils.lookup import ResourceLookup


class LookupModule(ResourceLookup):
    """Objects of Jade."""

    system = "jade"
