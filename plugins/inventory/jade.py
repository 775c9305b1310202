# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: jade
short_description: Trunks, PJSIP endpoints, queue members and peers of an Asterisk behind Jade as hosts
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Makes a host of each object of the kinds in O(objects). Hosts are members of a group per kind, such as C(trunks).
  - The fields of the kind's info module are in a variable named after it, C(trunk) or C(pjsip_endpoint) for example.
    Passwords are masked. C(jade_api_url) is the address of the server, which modules and lookups take from there.
  - A host is named after its object. With more than one kind the kind stands before it, C(trunk_provider) for example, since a
    trunk and its endpoint have the same name.
  - A kind that the server doesn't have, such as peers on newer ones, or that the account may not read, costs a warning. Any
    other failure ends the run, since hosts would be missing.
  - The file's name has to end in C(jade.yml) or C(jade.yaml).
options:
  plugin:
    description: Has to be V(telephony.pbx.jade).
    type: str
    required: true
    choices: [telephony.pbx.jade]
  objects:
    description: Which kinds of objects become hosts.
    type: list
    elements: str
    choices: [trunks, pjsip_endpoints, queue_members, peers]
    default: [pjsip_endpoints]
  connect_with:
    description:
      - Connection plugin for the hosts. They can be reached by the API alone, so that V(local) is the sensible one.
    type: str
    default: local
extends_documentation_fragment:
  - telephony.pbx.jade.plugin
  - telephony.pbx.inventory
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
"""

EXAMPLES = r"""
# asterisk.jade.yml: credentials come from JADE_USERNAME and JADE_PASSWORD
plugin: telephony.pbx.jade
api_url: https://pbx.example.com:8081
objects:
  - trunks
  - pjsip_endpoints
keyed_groups:
  - key: pjsip_endpoint.context | default('none', true)
    prefix: context
groups:
  unregistered: (trunk | default({})).status | default('') == 'Unregistered'
"""

from ..module_utils._http.errors import NotFound, PermissionDenied, Unsupported
from ..module_utils._systems.jade.client import JADE
from ..plugin_utils.entries import JADE_OBJECTS, jade_entry
from ..plugin_utils.inventory import SystemInventory


class InventoryModule(SystemInventory):
    """Objects of one Asterisk."""

    NAME = "telephony.pbx.jade"
    system = JADE

    def shaping_options(self):
        """Other kinds are another cache record."""
        return [*super().shaping_options(), self.get_option("objects")]

    def fetch(self, connection):
        """The objects by kind, and why a kind could not be read. Raises PbxError if none could.

        What is wrong with more than one kind, such as a wrong password, ends it at once: a list with holes would look whole.
        """
        data = {"url": connection.url, "objects": {}, "failed": {}}
        failures = []
        for kind in dict.fromkeys(self.get_option("objects")):
            try:
                data["objects"][kind] = self.read(connection, JADE_OBJECTS[kind], {})
            except (Unsupported, NotFound, PermissionDenied) as error:
                failures.append(error)
                data["failed"][kind] = str(error)
        if failures and not data["objects"]:
            raise failures[0]
        return data

    def entries(self, data):
        """One host per object."""
        for kind, reason in data["failed"].items():
            self.display.warning(f"no {kind.replace('_', ' ')}: {reason}")
        hostnames, connect_with = self.get_option("hostnames"), self.get_option("connect_with")
        several = len(set(self.get_option("objects"))) > 1
        for kind, found in data["objects"].items():
            for one in found:
                if self.wanted(one):
                    yield jade_entry(JADE_OBJECTS[kind], one, data["url"], several, hostnames, connect_with)
