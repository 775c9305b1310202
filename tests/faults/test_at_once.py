# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that change one PBX, or one object of it, at the same time: none loses what another has done, or one says so."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.calls import Call
from tests.faults.ground import Ground, Options

FORKS = multiprocessing.get_context("fork")
TRUNK: Options = {
    "name": "provider", "server_uri": "sip:sip.example.com", "client_uri": "sip:100@sip.example.com", "username": "100",
    "password": "Eight-Words-Are-Better", "contact": "sip:sip.example.com:5060", "context": "in", "hostname": "sip.example.com",
}  # fmt: skip
CHANGES = ({"context": "night"}, {"hostname": "other.example.com"}, {"contact": "sip:other.example.com:5060"})
LATENCY = 0.05  # seconds; so that the tasks do meet


def at_once(ground: Ground, module: str, wanted: list[Options], homes: list[Path] | None = None) -> list[dict[str, Any]]:
    """Run tasks at the same time, each in a process of its own. ``homes``: folders, as if each had a machine of its own."""
    ground.forget_connections()
    ready = FORKS.Barrier(len(wanted))
    answers = [FORKS.Pipe(duplex=False) for _one in wanted]

    def child(number: int) -> None:
        if homes:
            os.environ["HOME"] = str(homes[number])
        ready.wait(10)
        answers[number][1].send(json.dumps(ground.run(module, wanted[number])))

    children = [FORKS.Process(target=child, args=(number,)) for number in range(len(wanted))]
    for process in children:
        process.start()
    results = []
    for receiver, _sender in answers:
        assert receiver.poll(60), "a task hangs"
        results.append(json.loads(receiver.recv()))
    for process in children:
        process.join(10)
    return results


@pytest.fixture(params=["documented", "f31439d"])
def jade(request: pytest.FixtureRequest, grounds: Callable[[Call], list[Ground]]) -> Ground:
    """A Jade with a trunk in it."""
    ground = next(one for one in grounds(Call("jade_trunk", "update", {})) if one.profile == request.param)
    with ground.hurried():
        ground.begin()
        assert not ground.run("jade_trunk", TRUNK).get("failed")
        ground.lab.set(latency=LATENCY)
        ground.lab.forget_log()
    return ground


def trunk(ground: Ground) -> dict[str, Any]:
    """The trunk as it is."""
    ground.lab.set(latency=0)
    (found,) = ground.run("jade_trunk_info", {"name": TRUNK["name"]})["trunks"]
    return {name: found[name] for change in CHANGES for name in change}


def test_changes_of_one_trunk_all_come_about(jade: Ground) -> None:
    with jade.hurried():
        results = at_once(jade, "jade_trunk", [{"name": TRUNK["name"], **change} for change in CHANGES])
        assert [result.get("msg") for result in results] == [None] * len(CHANGES)
        assert all(result["changed"] for result in results)
        assert trunk(jade) == {name: value for change in CHANGES for name, value in change.items()}


def test_the_same_change_is_made_once(jade: Ground) -> None:
    with jade.hurried():
        results = at_once(jade, "jade_trunk", [{"name": TRUNK["name"], **CHANGES[0]}] * 3)
        assert sorted(result["changed"] for result in results) == [False, False, True]
        assert [entry["method"] for entry in jade.lab.log() if not jade.lab.only_asks(entry)] == ["PUT"]


def test_a_new_object_is_made_once(jade: Ground) -> None:
    with jade.hurried():
        results = at_once(jade, "jade_trunk", [{**TRUNK, "name": "second"}] * 3)
        assert [result.get("msg") for result in results] == [None] * 3
        assert sorted(result["changed"] for result in results) == [False, False, True]


def test_from_two_machines_no_change_is_lost_in_silence(jade: Ground, tmp_path: Path) -> None:
    """Nothing tells one of the other but the server."""
    wanted = [{"name": TRUNK["name"], **change} for change in CHANGES[:2]]
    with jade.hurried():
        results = at_once(jade, "jade_trunk", wanted, [tmp_path / "one", tmp_path / "other"])
        found = trunk(jade)
        for result, change in zip(results, CHANGES):
            came_about = all(found[name] == value for name, value in change.items())
            assert came_about or result.get("failed"), (result, found)
            if result.get("failed"):
                assert result["error"]["kind"] in ("not_applied", "conflict")


def test_two_runs_on_one_pbx_leave_each_others_objects_alone(jade: Ground) -> None:
    names = [f"office_{number}" for number in range(6)]
    with jade.hurried():
        results = at_once(jade, "jade_trunk", [{**TRUNK, "name": name} for name in names])
        assert [result.get("msg") for result in results] == [None] * len(names)
        jade.lab.set(latency=0)
        found = {one["name"] for one in jade.run("jade_trunk_info", {})["trunks"]}
        assert found >= set(names)
