# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What large inventories cost: made-up hosts in a minimal plugin, Cloud PBXs of the lab, with and without groups, cached."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

import made_up
from bench_lab import STATE, BenchFailed, Cost, Lab, Programs, alternate, empty_state, median
from bench_report import Findings, Ratio, Table, number, ratio, thousands

SOURCE = "plugin: telephony.pbx.ycm\non_host_clash: suffix\napi_concurrency: 8\n"
GROUPS = """keyed_groups:
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
CACHE = """cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: {folder}
"""
PLAIN, GROUPED, STOCK, FIRST, HIT = "without groups", "with groups", "with groups, stock", "cache empty", "cache hit"
SIZES, QUICK_SIZES = (1000, 10_000, 50_000), (200, 1000)
CACHED_SIZE, STOCK_SIZE, LARGE = 10_000, 10_000, 50_000
SLOW_ROUNDS = 1  # of stock with groups at its largest: over a minute each
HEAD = ["hosts", "", "s", "cpu s", "in without", "by cpu", "MB", "in the next smaller", "hosts, in the same"]
Costs = dict[tuple[int, str], list[Cost]]


def inventory(programs: Programs, source: Path, **variables: str) -> Cost:
    """One ansible-inventory --list to a file."""
    output = str(source.with_suffix(".json"))
    return programs.measure("ansible-inventory", "-i", str(source), "--list", "--output", output, **variables)


def rounds_of(hosts: int, rounds: int) -> int:
    """Fewer of the largest, which take minutes and are the steadiest."""
    return max(1, rounds // 2) if hosts >= LARGE else rounds


def run_made_up(rounds: int, quick: bool, full: bool) -> Findings:
    """Made-up hosts in a minimal plugin of Ansible's own classes: by itself, with our groups, with stock Constructable's."""
    programs, costs = Programs(), Costs()
    equal: list[int] = []
    empty_state()
    (STATE / "pbx_bench.py").write_text(made_up.PLUGIN, encoding="utf-8")
    variables = {"ANSIBLE_INVENTORY_PLUGINS": str(STATE), "ANSIBLE_INVENTORY_ENABLED": "pbx_bench"}
    for hosts in QUICK_SIZES if quick else SIZES:
        ways = {PLAIN: "plain", GROUPED: "batched"}
        if hosts <= STOCK_SIZE or full:
            ways[STOCK] = "stock"
        cases = {}
        for name, way in ways.items():
            source = STATE / f"{way}.yml"
            source.write_text(made_up.source(hosts, way), encoding="utf-8")
            cases[name] = lambda source=source: inventory(programs, source, **variables)
        slow = {STOCK: cases.pop(STOCK)} if hosts >= STOCK_SIZE and STOCK in cases else {}
        found = alternate(rounds_of(hosts, rounds), cases, f"made-up, {thousands(hosts)} hosts")
        found.update(alternate(SLOW_ROUNDS, slow, f"made-up, {thousands(hosts)} hosts"))
        costs.update({(hosts, name): runs for name, runs in found.items()})
        if STOCK in ways:
            if not filecmp.cmp(STATE / "stock.json", STATE / "batched.json", shallow=False):
                raise BenchFailed(f"{hosts} hosts: the inventory isn't the one that stock Constructable makes")
            equal.append(hosts)
    compared = " and ".join(map(thousands, equal))
    return findings(
        "made-up", "Inventory of made-up hosts, no network", costs,
        f"A minimal plugin: `BaseInventoryPlugin` and 5 `keyed_groups`, 2 `compose`, 2 `groups`. At {compared} hosts the"
        " inventory is the same as stock's, byte by byte.",
        f"Medians of {rounds} runs in turn ({rounds_of(LARGE, rounds)} of {thousands(LARGE)} hosts; stock with groups from"
        f" {thousands(STOCK_SIZE)} hosts on: {SLOW_ROUNDS}).",
    )


def run_fleet(rounds: int, quick: bool) -> Findings:
    """The inventory telephony.pbx.ycm of all Cloud PBXs of the lab; once with its cache."""
    costs = Costs()
    requests = 0
    for hosts in QUICK_SIZES if quick else SIZES:
        with Lab(hosts) as lab:
            texts = {PLAIN: SOURCE, GROUPED: SOURCE + GROUPS}
            cases: dict[str, Callable[[], Cost]] = {}
            for position, (name, text) in enumerate(texts.items()):
                source = STATE / f"{position}.ycm.yml"
                source.write_text(text, encoding="utf-8")
                cases[name] = lambda source=source: inventory(lab, source)
            if hosts == (QUICK_SIZES[-1] if quick else CACHED_SIZE):
                cases.update(cached(lab))
            found = alternate(rounds_of(hosts, rounds), cases, f"ycm, {thousands(hosts)} hosts")
            costs.update({(hosts, name): runs for name, runs in found.items()})
            if HIT in cases:
                lab.call("DELETE", "/_lab/log")
                cases[HIT]()
                requests = lab.requests("system=ycm")
    made = findings(
        "ycm", "Inventory of the lab's Cloud PBXs, `telephony.pbx.ycm`", costs,
        f"5 `keyed_groups`, 2 `compose`, 2 `groups`. {FIRST}, {HIT}: without groups; with the hit, {requests} requests.",
        f"Medians of {rounds} runs in turn ({rounds_of(LARGE, rounds)} of {thousands(LARGE)} hosts). The lab answers without"
        " latency and shares the processors; cpu s are those of Ansible alone.",
    )
    middle = {key: median(runs) for key, runs in costs.items()}
    made.ratios.update(
        {f"ycm {hosts} cache hit": ratio(cost, middle[hosts, FIRST]) for (hosts, name), cost in middle.items() if name == HIT}
    )
    return made


def cached(lab: Lab) -> dict[str, Callable[[], Cost]]:
    """A run that fills the cache, and one that reads it."""
    folder, source = STATE / "cache", STATE / "cached.ycm.yml"
    source.write_text(SOURCE + CACHE.format(folder=folder), encoding="utf-8")

    def first() -> Cost:
        shutil.rmtree(folder, ignore_errors=True)
        return inventory(lab, source)

    return {FIRST: first, HIT: lambda: inventory(lab, source)}


def findings(part: str, title: str, costs: Costs, *notes: str) -> Findings:
    """The table of all sizes and ways, in times of without groups and of the size before; the ratios between them."""
    middle = {key: median(runs) for key, runs in costs.items()}
    sizes = sorted({hosts for hosts, dummy in middle})
    ratios: dict[str, Ratio] = {}
    rows = []
    for (hosts, name), cost in middle.items():
        plain = ratio(cost, middle[hosts, PLAIN])
        smaller = max((size for size in sizes if size < hosts), default=0)
        growth = ratio(cost, middle[smaller, name]) if (smaller, name) in middle else None
        if growth and name in (PLAIN, GROUPED):
            ratios[f"{part} {hosts} / {smaller}{' groups' if name == GROUPED else ''}"] = growth
        if name == GROUPED:
            ratios[f"{part} {hosts} groups"] = plain
        if name == STOCK:
            ratios[f"{part} {hosts} stock"] = ratio(cost, middle[hosts, GROUPED])
        rows.append(
            [
                thousands(hosts), name, number(cost.wall), number(cost.cpu), number(plain.clock), number(plain.cpu),
                f"{cost.memory:.0f}", number(growth.clock if growth else None), number(hosts / smaller if growth else None),
            ]
        )
    runs = {f"{part} {hosts}: {name}": found for (hosts, name), found in costs.items()}
    return Findings([Table(title, HEAD, rows, notes)], ratios, runs)
