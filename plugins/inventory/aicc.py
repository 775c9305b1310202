# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: aicc
short_description: Softphones of Huawei AICC as hosts
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Makes a host of each softphone number. Hosts are members of the group C(softphones).
  - The fields of M(telephony.pbx.aicc_softphone_info) are in the variable C(softphone), without the password.
  - A host is named after the softphone's number.
  - C(pbx_enabled) is false for softphones that are suspended. Not every server tells the status; without one it is true.
  - The file's name has to end in C(aicc.yml) or C(aicc.yaml).
options:
  plugin:
    description: Has to be V(telephony.pbx.aicc).
    type: str
    required: true
    choices: [telephony.pbx.aicc]
  connect_with:
    description:
      - Connection plugin for the hosts. They can be reached by the API alone, so that V(local) is the sensible one.
    type: str
    default: local
extends_documentation_fragment:
  - telephony.pbx.aicc.plugin
  - telephony.pbx.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
"""

EXAMPLES = r"""
# softphones.aicc.yml: credentials come from AICC_APP_KEY and AICC_APP_SECRET
plugin: telephony.pbx.aicc
api_url: https://service.besclouds.com
hostnames:
  - "softphone-{{ softphone.number }}"
groups:
  suspended: softphone.registered is false
compose:
  sip_server: softphone.servers[0].address
"""

from ..module_utils._systems.aicc.client import AICC
from ..module_utils._systems.aicc.softphone import SOFTPHONE
from ..plugin_utils.entries import softphone_entry
from ..plugin_utils.inventory import SystemInventory


class InventoryModule(SystemInventory):
    """The softphones of one tenant."""

    NAME = "telephony.pbx.aicc"
    system = AICC

    def fetch(self, connection):
        """The softphones, and where they were found."""
        return {"url": connection.url, "phones": self.read(connection, SOFTPHONE, {})}

    def entries(self, data):
        """One host per softphone."""
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        for phone in data["phones"]:
            if self.wanted(phone):
                yield softphone_entry(phone, data["url"], hostnames, connect_with)
