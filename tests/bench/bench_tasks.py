# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs, and how often a play logs in."""

from __future__ import annotations

from collections.abc import Callable

from bench_lab import STATE, Cost, Lab, alternate, table

HEAD = """- hosts: {hosts}
  connection: local
  gather_facts: false
  tasks:
"""
URI = "ansible.builtin.uri: {{url: '{url}', ca_path: '{ca}', return_content: true}}"
INFO = "telephony.pbx.jade_system_info:"
ONE_BY_ONE, IN_A_LOOP = "one task each", "in one loop"


def playbook(name: str, task: str, count: int, *, loop: bool = False, hosts: str = "localhost") -> str:
    """Write a playbook of so many equal tasks, or of one task with so many items; give its path."""
    path = STATE / f"{name}.yml"
    if loop:
        tasks = f"    - {task}\n      loop: '{{{{ range({count}) | list }}}}'\n"
    else:
        tasks = f"    - {task}\n" * count
    path.write_text(HEAD.format(hosts=hosts) + tasks, encoding="utf-8")
    return str(path)


def candidates(lab: Lab, quick: bool) -> dict[str, tuple[str, int]]:
    """What is compared: the task, and how many of it one run has."""
    jade = lab.ready["jade"]["doc"]
    login = lab.call("POST", "/jade/doc/v1/admin/login", account=f"{jade['username']}:{jade['password']}")
    token = login["result"]["authtoken"]  # type: ignore[index]
    uri = URI.format(url=f"{jade['url']}/v1/admin/core/systems?authtoken={token}", ca=lab.ready["ca"])
    many, few = (30, 5) if quick else (100, 20)
    return {
        "debug": ("ansible.builtin.debug: {msg: hello}", many),
        "jade_system_info": (INFO, many),
        "ansible.builtin.uri": (uri, few),
    }


def run_tasks(lab: Lab, rounds: int, quick: bool) -> None:
    """The cost of a task, one by one and in a loop."""
    compared = candidates(lab, quick)
    for way in (ONE_BY_ONE, IN_A_LOOP):
        loop = way == IN_A_LOOP
        cases: dict[str, Callable[[], Cost]] = {}
        for name, (task, count) in compared.items():
            for number in (1, count):
                path = playbook(f"{name}-{number}-{loop}", task, number, loop=loop)
                cases[f"{name} {number}"] = lambda path=path: lab.measure("ansible-playbook", path)
        show_tasks(way, compared, alternate(rounds, cases), rounds)


def show_tasks(way: str, compared: dict[str, tuple[str, int]], costs: dict[str, Cost], rounds: int) -> None:
    """Milliseconds a task, and in times of debug."""
    per_task: dict[str, Cost] = {}
    rows = []
    most = compared["debug"][1]
    whole_floor = costs[f"debug {most}"]
    for name, (_task, count) in compared.items():
        one, many = costs[f"{name} 1"], costs[f"{name} {count}"]
        each = Cost(*((getattr(many, part) - getattr(one, part)) / (count - 1) for part in ("wall", "lab", "cpu")))
        per_task[name] = each
        floor = per_task["debug"]
        rows.append(
            [
                f"{name} ({count})",
                f"{many.wall:.2f}",
                *(f"{seconds * 1000:.1f}" for seconds in (each.wall, each.own, each.cpu)),
                *(f"{getattr(each, part) / getattr(floor, part):.2f}" for part in ("wall", "own", "cpu")),
                f"{many.own / whole_floor.own:.2f}" if count == most else "-",
            ]
        )
    head = ["tasks", "run s", "ms/task", "own", "cpu", "x debug", "own", "cpu", "whole run"]
    table(
        f"Cost of a task, {way}", head, rows,
        f"Medians of {rounds} runs in turn. ms/task = (run of n - run of 1) / (n - 1), so that uri needs fewer of them.",
        "own: less the processor time that the lab spent. cpu: processor time of Ansible, the steadiest on a busy machine.",
        "x debug: in times of debug, by the clock, own, cpu. whole run: own time of the whole run in times of debug's.",
    )


def run_logins(lab: Lab, quick: bool) -> None:
    """Logins of a play over many hosts, with the right and a wrong password."""
    hosts, tasks = (10, 3) if quick else (50, 10)
    inventory = STATE / "hosts.ini"
    inventory.write_text("".join(f"pbx{number}\n" for number in range(hosts)), encoding="utf-8")
    path = playbook("logins", INFO, tasks, hosts="all")
    arguments = ("-i", str(inventory), path, "-f", "20")
    rows = []
    for what, variables in (("right password", {}), ("wrong password", {"JADE_PASSWORD": "not-the-password"})):
        lab.call("DELETE", "/_lab/log")
        tokens = str(STATE / what.replace(" ", "-"))
        cost = lab.measure("ansible-playbook", *arguments, may_fail=bool(variables), JADE_TOKEN_CACHE=tokens, **variables)
        logins = lab.call("GET", "/_lab/log?login=true")
        requests = lab.call("GET", "/_lab/log?system=jade")
        rows.append([what, str(len(logins)), str(len(requests)), f"{cost.wall:.1f}"])  # type: ignore[arg-type]
    table(
        f"Logins of {hosts} hosts, {tasks} tasks, 20 forks", ["", "logins", "requests", "run s"], rows,
        "From the lab's request log. A wrong password ends each host at its first task.",
    )
