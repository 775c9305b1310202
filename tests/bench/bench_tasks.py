# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs, one by one, in a loop, and on many hosts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from bench_lab import STATE, Cost, Lab, alternate, median, say
from bench_report import Findings, Ratio, Table, number, ratio

HEAD = """- hosts: {hosts}
  connection: local
  gather_facts: false
  tasks:
"""
INFO = "telephony.pbx.jade_system_info:"
DEBUG, OURS, MODULE, URI = "debug", "jade_system_info", "jade_system_info as an ordinary module", "ansible.builtin.uri"
# A task that brings an environment has to travel, as one that is delegated to a jump host.
TASKS = {
    DEBUG: "ansible.builtin.debug: {msg: hello}",
    OURS: INFO,
    MODULE: INFO + "\n      environment: {BENCH: travels}",
    URI: "ansible.builtin.uri: {{url: '{url}', ca_path: '{ca}', return_content: true}}",
}
FORKS = 20


def playbook(name: str, task: str, count: int, *, loop: bool = False, hosts: str = "localhost") -> str:
    """Write a playbook of so many equal tasks, or of one task with so many items; give its path."""
    path = STATE / f"{name}.yml"
    if loop:
        tasks = f"    - {task}\n      loop: '{{{{ range({count}) | list }}}}'\n"
    else:
        tasks = f"    - {task}\n" * count
    path.write_text(HEAD.format(hosts=hosts) + tasks, encoding="utf-8")
    return str(path)


def run_tasks(rounds: int, quick: bool) -> Findings:
    """The cost of a task, one by one and in a loop."""
    few = 3 if quick else 10
    findings = Findings()
    with Lab() as lab:
        jade = lab.ready["jade"]["doc"]
        login = lab.call("POST", "/jade/doc/v1/admin/login", account=f"{jade['username']}:{jade['password']}")
        token = login["result"]["authtoken"]  # type: ignore[index]
        uri = TASKS[URI].format(url=f"{jade['url']}/v1/admin/core/systems?authtoken={token}", ca=lab.ready["ca"])
        tasks = {**TASKS, URI: uri}
        for way, many in (("task", 20 if quick else 100), ("loop", 100 if quick else 300)):
            counts = {DEBUG: many, OURS: many, MODULE: few, URI: few}
            cases: dict[str, Callable[[], Cost]] = {}
            for position, (name, count) in enumerate(counts.items()):
                for size in (1, count):
                    path = playbook(f"{way}{position}-{size}", tasks[name], size, loop=way == "loop")
                    cases[f"{size} x {name}"] = lambda path=path: lab.measure("ansible-playbook", path)
            costs = alternate(rounds, cases, way)
            findings.costs.update({f"{way}: {name}": runs for name, runs in costs.items()})
            findings.add(compared(way, counts, {name: median(runs) for name, runs in costs.items()}, rounds))
    return findings


def compared(way: str, counts: dict[str, int], costs: dict[str, Cost], rounds: int) -> Findings:
    """One task (or item) of each kind, in times of debug and of ours: what the run of n takes more than the run of 1."""
    each = {}
    for name, count in counts.items():
        one, more = costs[f"1 x {name}"], costs[f"{count} x {name}"]
        part = {field.name: (getattr(more, field.name) - getattr(one, field.name)) / (count - 1) for field in fields(Cost)}
        each[name] = Cost(**{**part, "memory": more.memory})
    rows = []
    for name, cost in each.items():
        to_debug, to_ours = ratio(cost, each[DEBUG]), ratio(cost, each[OURS])
        rows.append(
            [
                titled(name),
                *(number(1000 * seconds) for seconds in (cost.wall, cost.cpu, cost.lab)),
                *(number(value) for value in (to_debug.clock, to_debug.cpu, to_ours.clock, to_ours.cpu)),
                f"{cost.memory:.0f}",
            ]
        )
    title = "A task" if way == "task" else "An item of a loop"
    head = ["", "ms", "cpu ms", "lab's cpu ms", "in `debug`", "by cpu", "in ours", "by cpu", "MB"]
    runs = ", ".join(f"{count} of {titled(name)}" for name, count in counts.items())
    notes = [f"Medians of {rounds} runs in turn; (run of n - run of 1) / (n - 1) for {runs}. MB: the peak of the run of n."]
    pairs = {f"{way} / debug": (OURS, DEBUG), f"uri / {way}": (URI, OURS), f"module / {way}": (MODULE, OURS)}
    # On a busy machine the run of n may take less than the run of 1; that is no measurement.
    ratios = {
        key: ratio(each[name], each[floor])
        for key, (name, floor) in pairs.items()
        if each[name].wall > 0 and each[floor].wall > 0
    }
    if f"{way} / debug" in ratios:
        ours = each[OURS]
        ratios[f"{way} less lab / debug"] = Ratio((ours.wall - ours.lab) / each[DEBUG].wall)
    return Findings([Table(title, head, rows, notes)], ratios)


def titled(name: str) -> str:
    """A name of a module as code, with what may follow it."""
    module, space, more = name.partition(" ")
    return f"`{module}`{space}{more}"


def run_hosts(rounds: int, quick: bool) -> Findings:
    """A play over many hosts at once: time, requests, and logins, with the right and with a wrong password."""
    hosts, tasks = (10, 3) if quick else (50, 10)
    counted: dict[str, tuple[int, int]] = {}
    with Lab() as lab:
        inventory = STATE / "hosts.ini"
        variables = f"jade_api_url={lab.ready['jade']['doc']['url']}"  # one PBX is meant for all
        inventory.write_text("".join(f"pbx{position} {variables}\n" for position in range(hosts)), encoding="utf-8")
        debug = playbook("many-debug", TASKS[DEBUG], tasks, hosts="all")
        ours = playbook("many-ours", TASKS[OURS], tasks, hosts="all")

        def run(name: str, path: str, **variables: str) -> Cost:
            lab.call("DELETE", "/_lab/log")
            cost = lab.measure(
                "ansible-playbook", "-i", str(inventory), path, "-f", str(FORKS), may_fail=bool(variables), **variables
            )
            counted[name] = lab.requests("login=true"), lab.requests("system=jade")
            return cost

        cases = {DEBUG: lambda: run(DEBUG, debug), OURS: lambda: run(OURS, ours)}
        costs = alternate(rounds, cases, f"{hosts} hosts")
        say(f"{hosts} hosts: wrong password")
        wrong = f"{OURS} with a wrong password"
        costs[wrong] = [run(wrong, ours, JADE_PASSWORD="not-the-password")]
    middle = {name: median(runs) for name, runs in costs.items()}
    rows = []
    for name, cost in middle.items():
        found = ratio(cost, middle[DEBUG])
        logins, requests = counted[name]
        figures = [number(cost.wall), number(cost.cpu), number(found.clock), number(found.cpu), f"{cost.memory:.0f}"]
        rows.append([titled(name), str(logins), str(requests), *figures])
    table = Table(
        f"{hosts} hosts, {tasks} tasks each, {FORKS} forks",
        ["", "logins", "requests", "s", "cpu s", "in `debug`", "by cpu", "MB"],
        rows,
        [
            f"Medians of {rounds} runs in turn; one run with the wrong password, which ends each host at its first task."
            " Requests are counted by the lab, the login and the logout among them."
        ],
    )
    costs = {f"hosts: {name}": runs for name, runs in costs.items()}
    return Findings([table], {"hosts / debug": ratio(middle[OURS], middle[DEBUG])}, costs)
