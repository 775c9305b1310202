# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: yeastar
short_description: Onsite proxies of a Yeastar P-Series PBX as hosts
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Makes a host of each onsite proxy of one PBX. Hosts are members of the group C(onsite_proxies).
  - The fields of M(telephony.pbx.yeastar_onsite_proxy_info) are in the variable C(onsite_proxy). C(yeastar_api_url) is the
    address of the PBX, which modules and lookups take from there.
  - C(ansible_host) is the proxy's public address, or else its address in the local network.
  - The file's name has to end in C(yeastar.yml) or C(yeastar.yaml).
options:
  plugin:
    description: Has to be V(telephony.pbx.yeastar).
    type: str
    required: true
    choices: [telephony.pbx.yeastar]
  connect_with:
    description: Connection plugin for the proxies. The default is Ansible's, usually V(ssh).
    type: str
extends_documentation_fragment:
  - telephony.pbx.yeastar.plugin
  - telephony.pbx.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
"""

EXAMPLES = r"""
# proxies.yeastar.yml: credentials come from YEASTAR_CLIENT_ID and YEASTAR_CLIENT_SECRET
plugin: telephony.pbx.yeastar
api_url: https://pbx.example.com
hostnames:
  - name
keyed_groups:
  - key: onsite_proxy.status
    prefix: proxy
groups:
  has_offline_phones: onsite_proxy.online_phone_count < onsite_proxy.phone_count
"""

from ..module_utils._systems.yeastar.client import YEASTAR
from ..module_utils._systems.yeastar.onsite_proxy import ONSITE_PROXY
from ..plugin_utils.entries import onsite_proxy_entry
from ..plugin_utils.inventory import SystemInventory


class InventoryModule(SystemInventory):
    """One PBX."""

    NAME = "telephony.pbx.yeastar"
    system = YEASTAR

    def fetch(self, connection):
        """The proxies, and where they were found."""
        return {"url": connection.url, "proxies": self.read(connection, ONSITE_PROXY, self.server_filters(ONSITE_PROXY))}

    def entries(self, data):
        """One host per proxy."""
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        for proxy in data["proxies"]:
            if self.wanted(proxy):
                yield onsite_proxy_entry(proxy, data["url"], hostnames, "", connect_with)
