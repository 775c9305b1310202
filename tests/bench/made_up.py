# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An inventory plugin of made-up hosts, as small as one can be, whose groups are made by us or by Ansible itself."""

from __future__ import annotations

PLUGIN = '''
DOCUMENTATION = """
name: pbx_bench
short_description: hosts as a fleet of Cloud PBXs has them
description: [For measurements.]
extends_documentation_fragment: [constructed]
options:
  plugin: {description: Name., required: true}
  hosts: {description: How many., type: int, required: true}
  way: {description: Whose construction., required: true}
"""
from ansible.plugins.inventory import BaseInventoryPlugin
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.telephony.pbx.plugins.plugin_utils.constructed import BatchedConstructable


class InventoryModule(BaseInventoryPlugin, BatchedConstructable):
    NAME = "pbx_bench"

    def verify_file(self, path):
        return True

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        hostvars = {f"pbx{n}": wrap_var(variables(n)) for n in range(self.get_option("hosts"))}
        for host, values in hostvars.items():
            inventory.add_host(host)
            for name, value in values.items():
                inventory.set_variable(host, name, value)
        if self.get_option("way") == "batched":
            self.construct_all(hostvars, hostvars)
            return
        strict = self.get_option("strict")
        for host, values in hostvars.items():
            self._set_composite_vars(self.get_option("compose"), values, host, strict)
            self._add_host_to_composed_groups(self.get_option("groups"), values, host, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), values, host, strict)


def variables(n):
    pbx = {f"field_{k}": f"value {k} of {n}" for k in range(18)}
    pbx.update(
        id=n,
        name=f"pbx-{n}",
        region=["EMEA", "APAC", "AMER"][n % 3],
        model=f"P{n % 7}50",
        status=["running", "stopped"][n % 5 == 0],
        version=f"84.{n % 12}.0.{n % 4}",
        extensions=n % 500,
        tags=["gold", "lab"][: n % 3],
        creator={"email": f"u{n % 90}@example.com"},
    )
    return {
        "cloud_pbx": pbx,
        "pbx_system": "ycm",
        "pbx_id": f"ycm-{n}",
        "pbx_enabled": bool(n % 5),
        "ansible_host": f"pbx{n}.example.com",
    }
'''

CONSTRUCTED = """
keyed_groups:
  - {key: cloud_pbx.region | lower, prefix: region, parent_group: regions}
  - {key: cloud_pbx.model, prefix: model}
  - {key: cloud_pbx.status, prefix: status}
  - {key: "cloud_pbx.version.split('.')[0:2] | join('_')", prefix: version}
  - {key: cloud_pbx.tags, prefix: tag}
compose:
  api_url: "'https://' ~ ansible_host ~ ':8088'"
  size: "'large' if cloud_pbx.extensions > 250 else 'small'"
groups:
  outdated: cloud_pbx.version is version('84.6', '<')
  active: pbx_enabled and cloud_pbx.status | upper == 'RUNNING'
"""


def source(hosts: int, way: str) -> str:
    """An inventory file. C(way): plain (no groups), batched (ours), or stock."""
    options = "" if way == "plain" else CONSTRUCTED
    whose = "stock" if way == "stock" else "batched"
    return f"plugin: pbx_bench\nhosts: {hosts}\nway: {whose}\n{options}"
