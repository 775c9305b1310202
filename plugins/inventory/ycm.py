# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: ycm
short_description: Cloud PBXs of a Yeastar Central Management as hosts, with their onsite proxies if asked for
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Makes a host of each Cloud PBX. Hosts are members of the group C(cloud_pbxs).
  - The fields of M(telephony.pbx.ycm_cloud_pbx_info) are in the variable C(cloud_pbx). C(pbx_url) is the address of the PBX's
    own API, ready to be given to the C(yeastar) modules as O(api_url).
  - With O(onsite_proxies=true) each running Cloud PBX is asked for its onsite proxies, which become hosts too, members of
    C(onsite_proxies) and of a group per PBX, C(proxies_of_<PBX>). Their variable C(cloud_pbx_host) names the PBX's host.
  - A Cloud PBX that can't be asked costs a warning, and is put into the group C(pbx_unreachable).
  - The file's name has to end in C(ycm.yml) or C(ycm.yaml).
options:
  plugin:
    description: Has to be V(telephony.pbx.ycm).
    type: str
    required: true
    choices: [telephony.pbx.ycm]
  connect_with:
    description:
      - Connection plugin for the Cloud PBXs. They can be reached by their API alone, so that V(local) is the sensible one.
    type: str
    default: local
  onsite_proxies:
    description: Whether to ask each running Cloud PBX for its onsite proxies.
    type: bool
    default: false
  proxy_hostnames:
    description:
      - As O(hostnames), for onsite proxies. Templates may use C(onsite_proxy) and C(cloud_pbx_host).
      - The default is the name of the PBX, an underscore and the name of the proxy.
    type: list
    elements: str
  proxy_connect_with:
    description: Connection plugin for the onsite proxies. The default is Ansible's, usually V(ssh).
    type: str
  pbx_client_id:
    description: Client ID for the API of the Cloud PBXs themselves.
    type: str
    env:
      - name: YEASTAR_CLIENT_ID
  pbx_client_secret:
    description: Client secret that belongs to O(pbx_client_id).
    type: str
    env:
      - name: YEASTAR_CLIENT_SECRET
  pbx_credentials:
    description:
      - API clients for single Cloud PBXs. The first entry that matches counts; without a match, O(pbx_client_id) does.
      - Each entry has C(match), a pattern such as V(3658B43*) for serial number or name, C(client_id) and C(client_secret).
        Values may be templates, such as a lookup of a secret.
    type: list
    elements: dict
  pbx_timeout:
    description: As O(api_timeout), for the Cloud PBXs themselves. Shorter, since one of many may well be dead.
    type: float
    default: 10
extends_documentation_fragment:
  - telephony.pbx.ycm.plugin
  - telephony.pbx.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
"""

EXAMPLES = r"""
# fleet.ycm.yml: credentials come from YCM_CLIENT_ID and YCM_CLIENT_SECRET
plugin: telephony.pbx.ycm
api_url: https://ycm.yeastar.com
on_host_clash: suffix
include:
  - "activation_status == 'Activated'"
keyed_groups:
  - key: cloud_pbx.status | lower
    prefix: pbx
  - key: cloud_pbx.region
    prefix: region
groups:
  almost_full: cloud_pbx.used_extensions > 0.9 * cloud_pbx.extension_capacity
compose:
  free_extensions: cloud_pbx.extension_capacity - cloud_pbx.used_extensions
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/telephony
stale_if_error: true
# With the onsite proxies of each PBX. Their API clients come from YEASTAR_CLIENT_ID and YEASTAR_CLIENT_SECRET, but for some:
onsite_proxies: true
pbx_credentials:
  - match: 3658B43*
    client_id: "{{ lookup('ansible.builtin.env', 'SPECIAL_CLIENT_ID') }}"
    client_secret: "{{ lookup('ansible.builtin.env', 'SPECIAL_CLIENT_SECRET') }}"
"""

from ansible_collections.telephony.pbx.plugins.module_utils._core.options import COMMON
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import CLOUD_PBX, YCM
from ansible_collections.telephony.pbx.plugins.plugin_utils.entries import (
    cloud_pbx_entry,
    onsite_proxy_entry,
    pbx_url,
)
from ansible_collections.telephony.pbx.plugins.plugin_utils.inventory import CHOICES, SystemInventory
from ansible_collections.telephony.pbx.plugins.plugin_utils.tree import ProxyTree

UNREACHABLE = "pbx_unreachable"


class InventoryModule(SystemInventory):
    """One central management."""

    NAME = "telephony.pbx.ycm"
    system = YCM

    def shaping_options(self):
        """With or without proxies, of which PBXs, and as whom: another cache record."""
        names = ("onsite_proxies", "pbx_client_id", *CHOICES) if self.get_option("onsite_proxies") else ()
        return [*super().shaping_options(), *(self.get_option(name) for name in names)]

    def fetch(self, connection):
        """The Cloud PBXs, their proxies, and which of them could not be asked."""
        pbxs = self.read(connection, CLOUD_PBX, self.server_filters(CLOUD_PBX))
        data = {"url": connection.url, "pbxs": pbxs, "proxies": {}, "failed": {}}
        if self.get_option("onsite_proxies"):
            wanted = [pbx for pbx in pbxs if self.wanted(pbx)]
            data["proxies"], data["failed"] = self._tree().fetch(wanted, connection.concurrency)
        return data

    def _tree(self):
        shared = {option.option: self.get_option(option.option) for option in COMMON}
        shared["api_timeout"] = self.get_option("pbx_timeout")
        credentials = [
            {name: self.templar.template(value) for name, value in entry.items()}
            for entry in self.get_option("pbx_credentials") or []
        ]
        client_id, client_secret = self.get_option("pbx_client_id"), self.get_option("pbx_client_secret")
        if client_id and client_secret:
            credentials.append({"match": "*", "client_id": client_id, "client_secret": client_secret})
        return ProxyTree(self.read, credentials, shared, self.display.v)

    def entries(self, data):
        """One host per Cloud PBX."""
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        for pbx in data["pbxs"]:
            if self.wanted(pbx):
                entry = cloud_pbx_entry(pbx, data["url"], hostnames, connect_with)
                if str(pbx["id"]) in data["failed"]:
                    entry.groups.append(UNREACHABLE)
                    self.display.warning(f"no onsite proxies of {pbx['name']}: {data['failed'][str(pbx['id'])]}")
                yield entry

    def children(self, data, parents):
        """One host per proxy, named after the host of its PBX."""
        hostnames, connect_with = self.get_option("proxy_hostnames"), self.get_option("proxy_connect_with")
        for name, parent in parents:
            for proxy in data["proxies"].get(str(parent.object["id"]), []):
                entry = onsite_proxy_entry(proxy, pbx_url(parent.object), hostnames, f"{name}_", connect_with)
                entry.groups.append(f"proxies_of_{name}")
                entry.more["cloud_pbx_host"] = name
                yield entry
