# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs when the server is far away, and how a run grows."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bench_lab import STATE, Cost, Lab, alternate, median, say
from bench_report import Findings, Ratio, Table, number
from bench_tasks import DEBUG, FORKS, INFO, TASKS, URI, playbook

FAR = 0.05  # seconds of a round trip
FAR_TASK, FAR_ITEM = "far task / debug + trip", "far item / trip"
LOOP, CHANGE, MODULE = "an item of a loop", "a change", "the ordinary module"
# The second task undoes the first, so that each of them changes something.
CHANGES = "telephony.pbx.jade_user: {username: bench, name: '{{ now().microsecond }}', password: bench-Pa55word}"
SETTLE = 0.02  # seconds between two looks at the memory of the session process


@contextlib.contextmanager
def far(lab: Lab) -> Iterator[str]:
    """The port of the lab behind a relay."""
    port = str(urlsplit(lab.ready["url"]).port)
    command = [sys.executable, str(Path(__file__).with_name("relay.py")), str(FAR), port]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def round_trip(lab: Lab, port: str) -> float:
    """Seconds for one request on a connection that stands, through the relay, the server's own time included."""
    line = http.client.HTTPSConnection("127.0.0.1", int(port), context=ssl.create_default_context(cafile=lab.ready["ca"]))
    times = []
    for _number in range(21):
        started = time.perf_counter()
        line.request("GET", "/_lab/ping")
        line.getresponse().read()
        times.append(time.perf_counter() - started)
    line.close()
    return statistics.median(times[1:])


class Memory(threading.Thread):
    """Watches how large the session process of a run becomes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0  # MB
        self.over = threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(SETTLE):
            for entry in Path("/proc").iterdir():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    if b"telephony_pbx" in (entry / "cmdline").read_bytes().split(b"\0")[3]:
                        text = (entry / "status").read_text(encoding="ascii", errors="replace")
                        self.peak = max(self.peak, int(text.partition("VmHWM:")[2].split()[0]) / 1024)


def run_distance(rounds: int, quick: bool) -> Findings:
    """Near and far: a task, an item of a loop, a change, beside debug, uri and the ordinary module."""
    many, few = (10, 3) if quick else (40, 10)
    with Lab() as lab, far(lab) as port:
        trip = round_trip(lab, port)
        jade = lab.ready["jade"]["doc"]
        near_port = str(urlsplit(jade["url"]).port)
        login = lab.call("POST", "/jade/doc/v1/admin/login", account=f"{jade['username']}:{jade['password']}")
        token = login["result"]["authtoken"]  # type: ignore[index]
        tasks = {
            DEBUG: (TASKS[DEBUG], many), "a task": (INFO, many), LOOP: (INFO, many), CHANGE: (CHANGES, many),
            MODULE: (INFO + "\n      environment: {BENCH: travels}", few),
            URI: (TASKS[URI].format(url=f"{jade['url']}/v1/admin/core/systems?authtoken={token}", ca=lab.ready["ca"]), few),
        }  # fmt: skip
        cases: dict[str, Callable[[], Cost]] = {}
        for where, its_port in (("near", near_port), ("far", port)):
            url = jade["url"].replace(f":{near_port}/", f":{its_port}/")
            for position, (name, (task, count)) in enumerate(tasks.items()):
                task = task.replace(jade["url"], url)
                for size in (1, count):
                    path = playbook(f"{where}{position}-{size}", task, size, loop=name == LOOP)
                    cases[f"{where} {size} x {name}"] = lambda path=path, url=url: lab.measure(
                        "ansible-playbook", path, JADE_URL=url
                    )
        costs = alternate(rounds, cases, "distance")
    middle = {name: median(runs).wall for name, runs in costs.items()}
    rows, each = [], {}
    for name, (_task, count) in tasks.items():
        for where in ("near", "far"):
            one = middle[f"{where} 1 x {name}"]
            each[where, name] = (middle[f"{where} {count} x {name}"] - one) / (count - 1)
        first = [number(middle[f"{where} 1 x {name}"]) for where in ("near", "far")]
        rows.append([name, *(number(1000 * each[where, name]) for where in ("near", "far")), *first])
    floor = each["far", DEBUG] + trip
    title = f"A server {1000 * FAR:.0f} ms away"
    notes = [
        f"Medians of {rounds} runs in turn. One request and its response took {1000 * trip:.1f} ms through the relay. What a"
        " further task takes: (run of n - run of 1) / (n - 1). The first one brings the start of Ansible and of the session"
        " process, the first connection and the login."
    ]
    head = ["", "a further one near, ms", "far, ms", "the first one near, s", "far, s"]
    ratios = {
        FAR_TASK: Ratio(each["far", "a task"] / floor),
        FAR_ITEM: Ratio(each["far", LOOP] / trip),
    }
    return Findings([Table(title, head, rows, notes)], ratios, costs)


def run_growth(rounds: int, quick: bool) -> Findings:
    """Ten times as many tasks; and how large the session process becomes."""
    hosts, sizes = (5, (2, 4)) if quick else (20, (5, 50))
    memory: dict[str, float] = {}
    with Lab() as lab:
        inventory = STATE / "growth.ini"
        inventory.write_text("".join(f"pbx{position}\n" for position in range(hosts)), encoding="utf-8")

        def run(name: str, path: str) -> Cost:
            watch = Memory()
            watch.start()
            cost = lab.measure("ansible-playbook", "-i", str(inventory), path, "-f", str(FORKS))
            watch.over.set()
            watch.join()
            memory[name] = max(memory.get(name, 0.0), watch.peak)
            return cost

        cases = {
            f"{hosts * size} tasks": lambda size=size: run(
                f"{hosts * size} tasks", playbook(f"growth-{size}", INFO, size, hosts="all")
            )
            for size in sizes
        }
        costs = alternate(rounds, cases, "growth")
    say("growth: done")
    rows = [[name, number(median(runs).wall), number(median(runs).cpu), f"{memory[name]:.0f}"] for name, runs in costs.items()]
    less, more = (median(runs).wall for runs in costs.values())
    head = ["", "s", "cpu s", "MB of the session process"]
    table = Table(f"A run on {hosts} hosts", head, rows, [f"Medians of {rounds} runs."])
    return Findings([table], {"growth": Ratio(more / less)}, costs)
