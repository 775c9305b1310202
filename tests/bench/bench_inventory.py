# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What large inventories cost: fetched, and with constructed groups and variables."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import constructed
from bench_lab import ROOT, STATE, Lab, alternate, table

SOURCE = "plugin: telephony.pbx.ycm\non_host_clash: suffix\napi_concurrency: 8\n"
FEATURES = """keyed_groups:
  - {key: cloud_pbx.region | lower, prefix: region, parent_group: regions}
  - {key: cloud_pbx.group, prefix: customer}
  - {key: cloud_pbx.status | lower, prefix: status}
  - {key: "cloud_pbx.version.split('.')[0:2] | join('_')", prefix: version}
  - {key: cloud_pbx.type, prefix: type}
compose:
  free_extensions: cloud_pbx.extension_capacity - cloud_pbx.used_extensions | int
  size: "'large' if cloud_pbx.extension_capacity | int >= 100 else 'small'"
groups:
  outdated: cloud_pbx.version is version('84.19', '<')
  in_use: pbx_enabled and cloud_pbx.status | upper == 'RUNNING'
"""
WITHOUT, WITH = "without constructed options", "5 keyed_groups, 2 compose, 2 groups"
LATENCY = 0.02
PAGE_SIZE = 50


def run_inventory(lab: Lab, rounds: int, hosts: int) -> None:
    """The inventory of all Cloud PBXs, without and with constructed options."""
    cases = {}
    for name, text in ((WITHOUT, SOURCE), (WITH, SOURCE + FEATURES)):
        path = STATE / f"{len(text)}.ycm.yml"
        path.write_text(text, encoding="utf-8")
        output = str(path.with_suffix(".json"))
        cases[name] = lambda path=path, output=output: lab.measure(
            "ansible-inventory", "-i", str(path), "--list", "--output", output
        )
    costs = alternate(rounds, cases)
    plain = costs[WITHOUT]
    rows = [
        [name, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.wall / plain.wall:.2f}", f"{cost.cpu / plain.cpu:.2f}"]
        for name, cost in costs.items()
    ]
    table(
        f"ansible-inventory --list of {hosts} Cloud PBXs from the lab", ["", "run s", "cpu s", "ratio", "cpu"], rows,
        f"Medians of {rounds} runs in turn. cpu: processor time of Ansible, the steadiest on a busy machine.",
    )


def run_stock(hosts: int) -> None:
    """The same features by Ansible's own Constructable, once: it takes over a minute for 10 000 hosts."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "pbx_bench.py").write_text(constructed.PLUGIN, encoding="utf-8")
        seconds = {way: constructed.measure(directory, hosts, way) for way in ("plain", "batched", "stock")}
        equal = (directory / "stock.json").read_text() == (directory / "batched.json").read_text()
    titles = {"plain": WITHOUT, "batched": f"{WITH}, ours", "stock": f"{WITH}, stock"}
    rows = [[titles[way], f"{value:.1f}", f"{value / seconds['plain']:.2f}"] for way, value in seconds.items()]
    table(
        f"Stock Constructable, {hosts} hosts that are made up without any network", ["", "cpu s", "ratio"], rows,
        f"One run each. Same inventory as stock: {'yes' if equal else 'NO'}.",
    )


def run_fetch(lab: Lab, rounds: int, hosts: int) -> None:
    """All Cloud PBXs, page by page, with latency, against what latency alone would take."""
    sys.path.insert(0, str(ROOT / ".build" / "collections"))
    from ansible_collections.telephony.pbx.plugins.module_utils._core.options import resolve
    from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import open_client
    from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import CLOUD_PBX, YCM

    pages = -(-hosts // PAGE_SIZE)
    lab.call("POST", "/_lab/set", {"latency": LATENCY})
    rows = []
    for concurrency in (1, 8, 16):
        seconds, cpus = [], []
        for _round in range(rounds):
            client = open_client(resolve(YCM, {"api_concurrency": concurrency}, lab.environment))
            cpu, started = lab.cpu(), time.perf_counter()
            found = len(client.rows(CLOUD_PBX, {}).rows)
            seconds.append(time.perf_counter() - started)
            cpus.append(lab.cpu() - cpu)
            client.close()
            if found != hosts:
                raise SystemExit(f"{found} Cloud PBXs were fetched in place of {hosts}")
        took, ideal = statistics.median(seconds), LATENCY * pages / concurrency
        rows.append([str(concurrency), f"{took:.2f}", f"{ideal:.2f}", f"{took / ideal:.2f}", f"{statistics.median(cpus):.2f}"])
    lab.call("POST", "/_lab/set", {"latency": 0})
    table(
        f"Fetching {hosts} Cloud PBXs: {pages} pages of {PAGE_SIZE}, {LATENCY * 1000:.0f} ms latency",
        ["concurrency", "s", "latency x pages / concurrency", "ratio", "lab's cpu s"], rows,
        f"Medians of {rounds}. Login included. Lab and client share the processors.",
    )
