# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab that is measured against, and how a run is measured."""

from __future__ import annotations

import base64
import json
import os
import shlex
import shutil
import ssl
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = ROOT / ".build" / "bench"
PROGRAMS = Path(sys.executable).parent
DROPPED = ("ANSIBLE_", "JADE_", "YCM_", "YEASTAR_", "TELECOMX_", "AICC_", "LAB_")
TICKS = os.sysconf("SC_CLK_TCK")


class BenchFailed(Exception):
    """A run didn't do what was to be measured, so that its time would mean nothing."""


@dataclass(frozen=True)
class Cost:
    """What one run took: ``wall`` seconds on the clock, ``cpu`` seconds of processor time, those of its children included.

    ``memory``: the most that one process of it held, in MB. ``lab``: seconds of processor time of the lab meanwhile.
    """

    wall: float
    cpu: float
    memory: float
    lab: float = 0.0


class Programs:
    """Programs of Ansible, run in an environment that is the same on each machine."""

    def __init__(self) -> None:
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
        self.environment.update(
            PYTHONPATH=str(ROOT / "roles" / "lab" / "files"),
            ANSIBLE_CONFIG=str(ROOT / "ansible.cfg"),
            ANSIBLE_HOME=str(STATE / "ansible"),
            ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
            ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true",
            ANSIBLE_NOCOLOR="1",
        )

    def cpu_of_lab(self) -> float:
        """Processor seconds of the lab so far; there is none here."""
        return 0.0

    def measure(self, program: str, *arguments: str, may_fail: bool = False, **variables: str) -> Cost:
        """Run a program of this environment and measure it. Raises BenchFailed."""
        return self.run(program, *arguments, may_fail=may_fail, **variables)[0]

    def run(self, program: str, *arguments: str, may_fail: bool = False, **variables: str) -> tuple[Cost, str]:
        """As measure(), with what it printed.

        The peak of memory that the system counts for a child begins with that of its parent: nothing large is loaded here.
        """
        command = [str(PROGRAMS / program), *arguments]
        environment = {**self.environment, **variables}
        output = STATE / "output.txt"
        with output.open("wb") as file:
            lab, started = self.cpu_of_lab(), time.perf_counter()
            child = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )
            try:
                dummy, status, used = os.wait4(child.pid, 0)
            except BaseException:
                child.kill()
                raise
            wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        text = output.read_text(encoding="utf-8", errors="replace")
        if child.returncode and not may_fail:
            raise BenchFailed(f"{shlex.join([program, *arguments])} ended with {child.returncode}:\n{text[-2000:]}")
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, self.cpu_of_lab() - lab), text


class Lab(Programs):
    """A lab of its own, with a fleet of Cloud PBXs, and programs that are run against it."""

    def __init__(self, cloud_pbxs: int = 0) -> None:
        super().__init__()
        self._cloud_pbxs = cloud_pbxs

    def __enter__(self) -> Lab:
        self._command("stop")
        empty_state()
        more = ("--cloud-pbxs", str(self._cloud_pbxs)) if self._cloud_pbxs else ()
        self.ready = json.loads(self._command("start", *more))
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
            raise BenchFailed(f"the lab could not {verb}: {done.stderr.strip()}")
        return done.stdout

    def call(
        self, method: str, path: str, body: object = None, *, form: Mapping[str, str] | None = None, account: str = ""
    ) -> object:
        """Call the lab itself, or one of its PBXs."""
        data = urlencode(form).encode() if form else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["url"] + path, data, method=method)
        if account:
            request.add_header("Authorization", "Basic " + base64.b64encode(account.encode()).decode())
        with urllib.request.urlopen(request, context=self._tls) as answer:
            return json.load(answer)

    def requests(self, what: str) -> int:
        """How many requests of this kind the lab has had since its log was emptied."""
        return len(self.call("GET", f"/_lab/log?{what}"))  # type: ignore[arg-type]

    def cpu_of_lab(self) -> float:
        """Processor seconds of the lab so far."""
        text = Path(f"/proc/{self.ready['pid']}/stat").read_text(encoding="ascii")
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / TICKS


def empty_state() -> None:
    """An empty folder for what the runs write."""
    shutil.rmtree(STATE, ignore_errors=True)
    STATE.mkdir(parents=True)


def alternate(rounds: int, cases: Mapping[str, Callable[[], Cost]], what: str = "") -> dict[str, list[Cost]]:
    """Costs of each case, one a round; the cases take turns, so that a slow minute meets all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for number in range(1, rounds + 1):
        for name, run in cases.items():
            say(f"{what}, round {number} of {rounds}: {name}")
            costs[name].append(run())
    return costs


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each part by itself."""
    return Cost(*(statistics.median(getattr(cost, part.name) for cost in costs) for part in fields(Cost)))


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)
