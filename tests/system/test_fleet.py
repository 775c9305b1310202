# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole fleet in one inventory: Cloud PBXs with their onsite proxies, some of them dead.

FLEET_PBXS sets the size; ``FLEET_PBXS=10000 pytest -s tests/system/test_fleet.py`` prints what that costs.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from telephony_lab import process
from tests.system.support.lab import Lab
from tests.system.support.runner import PROGRAMS, Ansible, Run
from tests.system.support.secrets import exposed
from tests.system.test_inventory import hostvars

pytestmark = pytest.mark.once

PBXS = int(os.environ.get("FLEET_PBXS", "1000"))
PROXIES = 2
DEAD_EVERY = 100
CONCURRENCY = 6
LATENCY = 0.01
TIMEOUT = 900  # seconds; only a run that hangs needs them
SOURCE = f"""
plugin: telephony.pbx.ycm
api_concurrency: {CONCURRENCY}
onsite_proxies: true
hostnames: [sn]
filters: {{search: 3659B43}}  # not the document's own PBXs, whose addresses lead nowhere
cache: true
cache_plugin: ansible.builtin.jsonfile
"""


@dataclass(frozen=True)
class Measured:
    """One run of ansible-inventory: what it gave, its requests, its peak memory in MB, its seconds."""

    run: Run
    log: list[dict[str, Any]]
    megabytes: float
    seconds: float


def memory(pid: int) -> float:
    """The most that a process has held in memory since it runs its program, in megabytes; 0 if it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(ansible: Ansible, lab: Lab, source: Path, *arguments: str) -> Measured:
    """Run it, and watch its memory. What the system counts for a child begins with the memory of its parent."""
    lab.forget_log()
    command = [str(PROGRAMS / "ansible-inventory"), "-i", str(source), *arguments]
    out, err = ansible.folder / "out", ansible.folder / "err"
    (ansible.folder / "home").mkdir(exist_ok=True)
    started = time.monotonic()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        child = subprocess.Popen(
            command, cwd=ansible.folder, env=ansible.variables, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr
        )
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, memory(child.pid))
            time.sleep(0.05)
    run = Run(tuple(command), child.returncode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
    return Measured(run.must_succeed(), lab.log(), peak, time.monotonic() - started)


def most_connections(log: list[dict[str, Any]]) -> int:
    """How many connections were in use at the same time: each from its first request to its last answer."""
    spans: dict[int, tuple[float, float]] = {}
    for entry in log:
        start, end = entry["time"] - entry["seconds"], entry["time"] + 0.9 * entry["latency"]
        known = spans.get(entry["connection"], (start, end))
        spans[entry["connection"]] = (min(start, known[0]), max(end, known[1]))
    steps = sorted([(start, 1) for start, _end in spans.values()] + [(end, -1) for _start, end in spans.values()])
    most = now = 0
    for _moment, step in steps:
        now += step
        most = max(most, now)
    return most


@pytest.fixture(scope="module")
def fleet_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab with the fleet."""
    directory = tmp_path_factory.mktemp("fleet-lab")
    yield Lab.start(
        directory, "--cloud-pbxs", str(PBXS), "--proxies", str(PROXIES), "--dead-every", str(DEAD_EVERY),
        "--latency", str(LATENCY),
    )  # fmt: skip
    process.stop(directory)


@pytest.fixture(scope="module")
def fleet(fleet_lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Ansible:
    """Ansible, pointed at it."""
    return Ansible(tmp_path_factory.mktemp("fleet"), fleet_lab.environment(), fleet_lab)


@pytest.fixture(scope="module")
def source(fleet: Ansible) -> Path:
    """The inventory file."""
    return fleet.write("fleet.ycm.yml", SOURCE + f"cache_connection: {fleet.folder}/cache\n")


@pytest.fixture(scope="module")
def first(fleet: Ansible, fleet_lab: Lab, source: Path) -> Measured:
    """The run that reads everything; the hosts go to a file, so that the rest is what a person sees."""
    return measure(fleet, fleet_lab, source, "--list", "--output", str(fleet.folder / "first.json"), "-v")


@pytest.fixture(scope="module")
def second(first: Measured, fleet: Ansible, fleet_lab: Lab, source: Path) -> Measured:
    """The same again, from the cache."""
    return measure(fleet, fleet_lab, source, "--list")


def test_the_second_run_asks_nobody(first: Measured, second: Measured, fleet: Ansible) -> None:
    assert second.log == []
    assert (fleet.folder / "first.json").read_text(encoding="utf-8").strip() == second.run.stdout.strip()
    print(
        f"\n{PBXS} Cloud PBXs, {len(first.log)} requests: {first.seconds:.1f} s, {first.megabytes:.0f} MB at most;"
        f" from the cache {second.seconds:.1f} s, {second.megabytes:.0f} MB"
    )


def test_every_pbx_and_proxy_is_a_host(second: Measured) -> None:
    groups, hosts = second.run.json, hostvars(second.run)
    pbxs = groups["cloud_pbxs"]["hosts"]
    running = {name for name in pbxs if hosts[name]["cloud_pbx"]["status"] == "Running"}
    dead = set(groups["pbx_unreachable"]["hosts"])
    assert len(pbxs) == len(set(pbxs)) == PBXS - 2
    assert 0.6 * PBXS < len(running) < PBXS
    assert PBXS // DEAD_EVERY * 0.4 < len(dead) < PBXS / DEAD_EVERY + 2
    assert dead < running
    assert len(groups["onsite_proxies"]["hosts"]) == PROXIES * len(running - dead)
    for name in dead:
        assert "the server closed the connection without a whole answer" in hosts[name]["pbx_error"]
        assert f"proxies_of_{name}" not in groups


def test_the_dead_cost_one_warning(first: Measured, second: Measured) -> None:
    dead = len(second.run.json["pbx_unreachable"]["hosts"])
    for measured in (first, second):
        assert len(measured.run.warnings) == 1
        warning = measured.run.warnings[0]
        assert f"no onsite proxies of {dead} running Cloud PBXs, see the group pbx_unreachable (" in warning
        assert warning.endswith(f"and {dead - 3} more): the server closed the connection without a whole answer")


def test_each_is_asked_once_and_no_more_at_once_than_wished(first: Measured, second: Measured) -> None:
    groups = second.run.json
    alive = {name.lower() for name, found in hostvars(second.run).items() if found.get("pbx_enabled") and "cloud_pbx" in found}
    alive -= {name.lower() for name in groups["pbx_unreachable"]["hosts"]}
    lists = [entry["name"] for entry in first.log if entry["path"].endswith("/onsiteproxy/list")]
    logins = [entry["name"] for entry in first.log if entry["system"] == "yeastar" and entry["login"] and entry["status"]]
    assert sorted(lists) == sorted(logins) == sorted(alive)
    assert 1 < most_connections(first.log) <= CONCURRENCY


def test_progress_is_told_at_v(first: Measured) -> None:
    lines = [line for line in first.run.output.splitlines() if "asked for their onsite proxies" in line]
    assert 10 <= len(lines) <= 11
    count, total = lines[-1].split()[0], lines[-1].split()[2]
    assert count == total
    # Each of the dead is named here, and only here.
    named = [line for line in first.run.output.splitlines() if line.startswith("no onsite proxies of ")]
    assert len(named) == len(set(named)) > 1


def test_reading_needs_little_more_memory_than_the_hosts_themselves(first: Measured, second: Measured) -> None:
    assert first.megabytes < 1.3 * second.megabytes
    # Ansible itself needs some 100 MB, and some 25 kB a host to print it.
    assert first.megabytes < 150 + 0.04 * len(hostvars(second.run))


def test_no_secret_is_kept_or_shown(first: Measured, second: Measured, fleet: Ansible, fleet_lab: Lab) -> None:
    tokens = fleet.issued_tokens()
    secrets = {*fleet_lab.secrets, *sorted(tokens)[:50]}
    assert len(tokens) > 100
    assert list(exposed(first.run, secrets)) == list(exposed(second.run, secrets)) == []
    kept = "".join(file.read_text(encoding="utf-8") for file in (fleet.folder / "cache").iterdir())
    assert "onsite" in kept or "Proxy_001" in kept
    assert not [secret for secret in {*fleet_lab.secrets, *tokens} if secret in kept]
