# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: telecomx
short_description: SIP phones of TelecomX as hosts
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Makes a host of each SIP phone of a customer. Hosts are members of the group C(sip_phones).
  - The fields of M(telephony.pbx.telecomx_sip_phone_info) are in the variable C(sip_phone), without SIP logins. C(pbx_enabled)
    tells whether the phone is online.
  - A host is named after the phone's extension, MAC address and handset address, as far as it has them.
  - With C(full=true) in O(filters) the phones come with all settings and with their address in the local network, which becomes
    C(ansible_host). What models, extensions and employees are called doesn't come then, so that names are without the
    extension.
  - The file's name has to end in C(telecomx.yml) or C(telecomx.yaml).
options:
  plugin:
    description: Has to be V(telephony.pbx.telecomx).
    type: str
    required: true
    choices: [telephony.pbx.telecomx]
  connect_with:
    description:
      - Connection plugin for the hosts. Phones can be reached by the API alone, so that V(local) is the sensible one.
    type: str
    default: local
extends_documentation_fragment:
  - telephony.pbx.telecomx.plugin
  - telephony.pbx.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
"""

EXAMPLES = r"""
# phones.telecomx.yml: the token comes from TELECOMX_TOKEN
plugin: telephony.pbx.telecomx
api_url: https://api.telecomx.dk
filters:
  customer: 0123456789abcdef01234567
exclude:
  - "!extension"
keyed_groups:
  - key: sip_phone.model.brand | lower
    prefix: brand
groups:
  offline: not sip_phone.online
  anywhere: sip_phone.ip.mode == 'OPEN'
compose:
  number: sip_phone.extension.number
hostnames:
  - "{{ sip_phone.mac_address | telephony.pbx.mac_address }}"
on_host_clash: suffix
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/phones
stale_if_error: true
"""

from ..module_utils._systems.telecomx.client import TELECOMX
from ..module_utils._systems.telecomx.sip_phone import SIP_PHONE
from ..plugin_utils.entries import sip_phone_entry
from ..plugin_utils.inventory import SystemInventory


class InventoryModule(SystemInventory):
    """The phones of one customer."""

    NAME = "telephony.pbx.telecomx"
    system = TELECOMX

    def fetch(self, connection):
        """The phones."""
        return {"phones": self.read(connection, SIP_PHONE, self.server_filters(SIP_PHONE))}

    def entries(self, data):
        """One host per phone."""
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        for phone in data["phones"]:
            if self.wanted(phone):
                yield sip_phone_entry(phone, hostnames, connect_with)
