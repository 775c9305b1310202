# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What `ansible-inventory --list` costs with constructed options, in times of the same without any.

Run it with the Python of the ansible-core to measure, with the collection on the collections path:
`python tests/bench/constructed.py 10000 --runs 5`; `--stock` also measures Ansible's own way, at a tenth of the hosts.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

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


def measure(directory: Path, hosts: int, way: str) -> float:
    """Seconds of processor time of one run: other work on the machine changes them less than those of the clock."""
    source = directory / f"{way}.yml"
    constructed = "" if way == "plain" else CONSTRUCTED
    whose = "stock" if way == "stock" else "batched"
    source.write_text(f"plugin: pbx_bench\nhosts: {hosts}\nway: {whose}\n{constructed}")
    environment = dict(os.environ, ANSIBLE_INVENTORY_PLUGINS=str(directory), ANSIBLE_INVENTORY_ENABLED="pbx_bench")
    environment["ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"] = "1"
    command = [str(Path(sys.executable).with_name("ansible-inventory")), "-i", str(source), "--list"]
    start = cpu_seconds()
    subprocess.run([*command, "--output", str(directory / f"{way}.json")], env=environment, check=True)
    return cpu_seconds() - start


def cpu_seconds() -> float:
    """What the processes started here have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medians(directory: Path, hosts: int, ways: tuple[str, ...], runs: int) -> dict[str, float]:
    """Median seconds of each way; the ways take turns, so that a slow minute meets all of them."""
    seconds = {way: [] for way in ways}
    for _run in range(runs):
        for way in ways:
            seconds[way].append(measure(directory, hosts, way))
    return {way: statistics.median(values) for way, values in seconds.items()}


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hosts", type=int, nargs="?", default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stock", action="store_true")
    arguments = parser.parse_args()
    directory = Path(tempfile.mkdtemp())
    try:
        (directory / "pbx_bench.py").write_text(PLUGIN)
        for hosts, ways in [(arguments.hosts, ("plain", "batched"))] + (
            [(arguments.hosts // 10, ("plain", "batched", "stock"))] if arguments.stock else []
        ):
            seconds = medians(directory, hosts, ways, arguments.runs)
            print(hosts, "hosts:", ", ".join(f"{w} {s:.2f} s ({s / seconds['plain']:.2f})" for w, s in seconds.items()))
            if "stock" in ways:
                equal = (directory / "stock.json").read_text() == (directory / "batched.json").read_text()
                print("same inventory as stock:", equal)
    finally:
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
