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
  - The fields of M(telephony.pbx.ycm_cloud_pbx_info) are in the variable C(cloud_pbx). C(yeastar_api_url) is the address of the
    PBX's own API, which the C(yeastar) modules and lookups take from there.
  - With O(onsite_proxies=true) each running Cloud PBX is asked for its onsite proxies, which become hosts too, members of
    C(onsite_proxies) and of a group per PBX, C(proxies_of_<PBX>). Their variable C(cloud_pbx_host) names the PBX's host, and
    C(yeastar_api_url) is the address of that PBX.
  - A running Cloud PBX that can't be asked is put into the group C(pbx_unreachable), with the reason in the variable
    C(pbx_error). PBXs that fail for the same reason share one warning; at C(-v) each is named. With O(stale_if_error) it keeps
    the onsite proxies that were cached earlier.
  - At most O(api_concurrency) requests are under way at once, whether for pages of the list or to Cloud PBXs.
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
      - API clients for single Cloud PBXs. The first entry that matches counts, so that those for single PBXs belong before those
        for many. For PBXs that none matches, O(pbx_client_id) counts.
      - Each entry has C(match), C(client_id) and C(client_secret). Values may be templates, such as a lookup of a secret.
      - C(match) is a serial number, a name, or a pattern for either, such as V(3658B43*); C(*), C(?) and C([...]) mean what they
        mean in file names, and case counts.
    type: list
    elements: dict
  pbx_timeout:
    description: As O(api_timeout), for the Cloud PBXs themselves. Shorter, since one of many may well be dead.
    type: float
    default: 10
  pbx_retries:
    description: As O(api_retries), for the Cloud PBXs themselves. Fewer, for the same reason.
    type: int
    default: 1
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
  - key: pbx_enabled | ternary('enabled', 'disabled')
    separator: ""
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

from ..module_utils._model.options import COMMON
from ..module_utils._systems.ycm.client import YCM
from ..module_utils._systems.ycm.cloud_pbx import CLOUD_PBX
from ..plugin_utils.credentials import PbxCredentials
from ..plugin_utils.entries import (
    cloud_pbx_entry,
    onsite_proxy_entry,
    pbx_url,
)
from ..plugin_utils.inventory import CHOICES, SystemInventory
from ..plugin_utils.tree import ERROR_VARIABLE, ProxyTree, summary

UNREACHABLE = "pbx_unreachable"


class InventoryModule(SystemInventory):
    """One central management."""

    NAME = "telephony.pbx.ycm"
    system = YCM

    def shaping_options(self):
        """With or without proxies, of which PBXs, and as whom: another cache record."""
        if not self.get_option("onsite_proxies"):
            return super().shaping_options()
        return [*super().shaping_options(), "onsite_proxies", *map(self.get_option, CHOICES), self._credentials().shape]

    def fetch(self, connection):
        """The Cloud PBXs, their proxies, and which of them could not be asked."""
        pbxs = self.read(connection, CLOUD_PBX, self.server_filters(CLOUD_PBX))
        data = {"url": connection.url, "pbxs": pbxs, "proxies": {}, "failed": {}}
        if self.get_option("onsite_proxies"):
            wanted = [pbx for pbx in pbxs if self.wanted(pbx)]
            data["proxies"], data["failed"] = self._tree().fetch(wanted, connection.concurrency)
            earlier = (self.earlier or {}).get("proxies", {})
            data["proxies"].update({pbx: earlier[pbx] for pbx in data["failed"] if pbx in earlier})
        return data

    def _tree(self):
        shared = {option.option: self.templated_option(option.option, option.secret) for option in COMMON}
        shared.update(api_timeout=self.get_option("pbx_timeout"), api_retries=self.get_option("pbx_retries"))
        return ProxyTree(self.read, self._credentials(), shared, self.display.v)

    def _credentials(self):
        entries = [
            {
                name: self.templated(f"pbx_credentials, entry {number}: {name}", value, secret=name == "client_secret")
                for name, value in entry.items()
            }
            for number, entry in enumerate(self.get_option("pbx_credentials") or [], start=1)
        ]
        default = self.templated_option("pbx_client_id"), self.templated_option("pbx_client_secret", secret=True)
        return PbxCredentials(entries, default)

    def entries(self, data):
        """One host per Cloud PBX."""
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        failed = []
        for pbx in data["pbxs"]:
            if self.wanted(pbx):
                entry = cloud_pbx_entry(pbx, data["url"], hostnames, connect_with)
                failure = data["failed"].get(str(pbx["id"]))
                if failure:
                    failed.append((pbx["name"], failure))
                    entry.groups.append(UNREACHABLE)
                    entry.more[ERROR_VARIABLE] = failure["text"]
                yield entry
        for warning in summary(failed, UNREACHABLE):
            self.display.warning(warning)

    def children(self, data, parents):
        """One host per proxy, named after the host of its PBX."""
        hostnames, connect_with = self.get_option("proxy_hostnames"), self.get_option("proxy_connect_with")
        for name, parent in parents:
            for proxy in data["proxies"].get(str(parent.object["id"]), []):
                entry = onsite_proxy_entry(proxy, pbx_url(parent.object), hostnames, f"{name}_", connect_with)
                entry.groups.append(f"proxies_of_{name}")
                entry.more["cloud_pbx_host"] = name
                yield entry
