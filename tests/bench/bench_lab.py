# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab that is measured against, and how a run is measured."""

from __future__ import annotations

import base64
import json
import os
import resource
import shlex
import shutil
import ssl
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = ROOT / ".build" / "bench"
PROGRAMS = Path(sys.executable).parent
DROPPED = ("ANSIBLE_", "JADE_", "YCM_", "YEASTAR_", "TELECOMX_", "AICC_", "LAB_")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and seconds of processor time that the lab and the program itself spent meanwhile."""

    wall: float
    lab: float
    cpu: float

    @property
    def own(self) -> float:
        """Without the server's own time; requests are sent one by one, so that the client waits while the server works."""
        return self.wall - self.lab


class Lab:
    """A lab of its own, with a fleet of Cloud PBXs, and programs that are run against it."""

    def __init__(self, cloud_pbxs: int) -> None:
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
        self.environment.update(
            PYTHONPATH=str(ROOT / "roles" / "lab" / "files"),
            ANSIBLE_CONFIG=str(ROOT / "ansible.cfg"),
            ANSIBLE_HOME=str(STATE / "ansible"),
            ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
            ANSIBLE_NOCOLOR="1",
            JADE_TOKEN_CACHE=str(STATE / "tokens"),
            YCM_TOKEN_CACHE=str(STATE / "tokens"),
        )
        self._cloud_pbxs = cloud_pbxs

    def __enter__(self) -> Lab:
        self._command("stop")
        shutil.rmtree(STATE, ignore_errors=True)
        self.ready = json.loads(self._command("start", "--cloud-pbxs", str(self._cloud_pbxs)))
        for line in self._command("env").splitlines():
            name, _equals, value = line.partition("=")
            self.environment[name] = shlex.split(value)[0]
        self._tls = ssl.create_default_context(cafile=self.ready["ca"])
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._command("stop")

    def _command(self, verb: str, *arguments: str) -> str:
        command = [sys.executable, "-m", "telephony_lab", verb, "--dir", str(STATE), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the lab could not {verb}: {done.stderr.strip()}")
        return done.stdout

    def call(self, method: str, path: str, body: object = None, account: str = "") -> object:
        """Call the lab itself, or one of its PBXs."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["url"] + path, data, method=method)
        if account:
            request.add_header("Authorization", "Basic " + base64.b64encode(account.encode()).decode())
        with urllib.request.urlopen(request, context=self._tls) as answer:
            return json.load(answer)

    def cpu(self) -> float:
        """Processor seconds of the lab so far."""
        fields = Path(f"/proc/{self.ready['pid']}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def measure(self, program: str, *arguments: str, may_fail: bool = False, **variables: str) -> Cost:
        """Run a program of Ansible; stop if it fails, since its time would mean nothing."""
        command = [str(PROGRAMS / program), *arguments]
        lab, cpu, started = self.cpu(), children_cpu(), time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env={**self.environment, **variables}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )
        cost = Cost(time.perf_counter() - started, self.cpu() - lab, children_cpu() - cpu)
        if done.returncode and not may_fail:
            raise SystemExit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}")
        return cost


def alternate(rounds: int, cases: Mapping[str, Callable[[], Cost]]) -> dict[str, Cost]:
    """Median cost of each case; the cases take turns, so that a slow minute meets all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for _round in range(rounds):
        for name, run in cases.items():
            costs[name].append(run())
    return {
        name: Cost(*(statistics.median(getattr(cost, part) for cost in found) for part in ("wall", "lab", "cpu")))
        for name, found in costs.items()
    }


def children_cpu() -> float:
    """Processor seconds of all programs that were run and have ended; the lab runs on, so that it isn't among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *notes: str) -> None:
    """Print a table with its notes."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}")
    for row in [head, ["-" * width for width in widths], *rows]:
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells))
    for note in notes:
        print(f"  {note}")
    sys.stdout.flush()
