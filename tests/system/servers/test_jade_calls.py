# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hanging up: one call and no other, whatever its ID, and told truly whatever the server says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

GOOD = json.dumps({"api_ver": "0.1", "timestamp": "2018-05-22T13:24:14.979704248Z", "statuscode": 200})


@dataclass(frozen=True)
class Kind:
    """A module that hangs up, and where Jade has what it hangs up."""

    module: str
    key: str
    path: str
    table: str

    @property
    def noun(self) -> str:
        """Name of the result."""
        return self.module.removeprefix("jade_")

    def task(self, call: Any, name: str = "Hang up", **more: Any) -> dict[str, Any]:
        """One task."""
        return {"name": name, f"telephony.pbx.{self.module}": {self.key: call, "state": "absent"}, **more}


CHANNEL = Kind("jade_channel", "unique_id", "/v1/admin/core/channels", "channels")
PARKED = Kind("jade_parked_call", "parkee_unique_id", "/v1/admin/park/parkedcalls", "parkedcalls")
ENTRY = Kind("jade_queue_entry", "unique_id", "/v1/admin/queue/entries", "entries")
KINDS = [CHANNEL, PARKED, ENTRY]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)


def play(direct: Direct, *tasks: dict[str, Any]) -> Run:
    """Run tasks."""
    return direct.play(yaml.safe_dump(list(tasks), allow_unicode=True))


def begin(lab: Lab, kind: Kind, *calls: str) -> None:
    """Have calls with these IDs."""
    lab.set(jade="f31439d", runtime={kind.table: [{kind.key: call, "channel": "PJSIP/x-1"} for call in calls]})


def left(lab: Lab, kind: Kind) -> list[str]:
    """The calls that there are."""
    return [row[kind.key] for row in lab.state()["runtime"][kind.table]]


def writes(lab: Lab) -> list[str]:
    """What was sent beyond logins and questions."""
    return [call for call in lab.calls(system="jade") if not call.startswith("GET") and not call.endswith("/login")]


@each_kind
def test_one_call_is_hung_up_and_no_other(kind: Kind, direct: Direct, lab: Lab) -> None:
    begin(lab, kind, "17.1", "17.11", "7.1", "17")
    for arguments, expected in ((("--check",), []), ((), [f"DELETE {kind.path}/17.1"]), ((), [])):
        lab.forget_log()
        run = direct.play(yaml.safe_dump([kind.task("17.1")]), *arguments).must_succeed()
        assert run.result("Hang up")["changed"] is (expected != [] or "--check" in arguments)
        assert writes(lab) == expected
    assert left(lab, kind) == ["17.11", "7.1", "17"]


ODD = ["a/b", "a b", "50%", "a%2Fb", "a;b@c", "a?b#c", "+1", "Zürich-1", "..x"]


@each_kind
def test_an_id_is_one_segment_of_the_path_whatever_is_in_it(kind: Kind, direct: Direct, lab: Lab) -> None:
    begin(lab, kind, *ODD, "b", "stays")
    run = play(direct, *(kind.task(identity) for identity in ODD)).must_succeed()
    assert [record.changed for record in run.of("Hang up")] == [True] * len(ODD)
    assert left(lab, kind) == ["b", "stays"]
    assert len(writes(lab)) == len(ODD)
    assert writes(lab)[0] == f"DELETE {kind.path}/a%2Fb"


@each_kind
def test_what_names_no_call_is_refused_before_any_request(kind: Kind, direct: Direct, lab: Lab) -> None:
    refused = {"": "''", "..": "'..'", " ": "' '", "number": "the number 1513946896.7", "null": "None", "list": "['a']"}
    values = {"number": 1513946896.70, "null": None, "list": ["a"]}
    tasks = [kind.task(values.get(name, name), name=name or "empty", ignore_errors=True) for name in refused]
    run = play(direct, *tasks)
    for name, words in refused.items():
        failure = run.failure(name or "empty")
        assert failure["error"]["kind"] == "bad_input"
        assert f"{kind.key} is {words}" in failure["msg"]
    assert lab.log() == []


def test_an_id_without_quotes_is_taken_where_nothing_can_be_lost(direct: Direct, lab: Lab) -> None:
    begin(lab, CHANNEL, "17")
    assert play(direct, CHANNEL.task(17)).must_succeed().result("Hang up")["changed"]
    assert writes(lab) == [f"DELETE {CHANNEL.path}/17"]


@each_kind
def test_a_call_can_not_be_made(kind: Kind, direct: Direct, lab: Lab) -> None:
    task = kind.task("17.1")
    task[f"telephony.pbx.{kind.module}"]["state"] = "present"
    assert "value of state must be one of: absent, got: present" in play(direct, task).failure("Hang up")["msg"]
    assert lab.log() == []


def test_the_diff_tells_who_was_cut_off(direct: Direct, lab: Lab) -> None:
    row = {"unique_id": "17.1", "channel": "PJSIP/alice-1", "caller_id_num": "100", "exten": "200", "language": "en"}
    lab.set(jade="f31439d", runtime={"channels": [row]})
    tasks = yaml.safe_dump([CHANNEL.task("17.1")])
    check = direct.play(tasks, "--check", "--diff").must_succeed().result("Hang up")
    real = direct.play(tasks, "--diff").must_succeed().result("Hang up")
    assert real["diff"]["before"] == {"unique_id": "17.1", "channel": "PJSIP/alice-1", "caller_id_num": "100", "exten": "200"}
    assert real["diff"]["after"] == {}
    assert real["diff"] == check["diff"]
    assert real["channel"] is None


def test_a_caller_who_is_hung_up_by_the_channel_is_in_the_queue_no_more(direct: Direct, lab: Lab) -> None:
    for kind in KINDS:
        begin(lab, kind, "17.1", "17.2")
    run = play(direct, *(kind.task("17.1", name=kind.noun) for kind in KINDS)).must_succeed()
    assert [run.result(kind.noun)["changed"] for kind in KINDS] == [True, False, False]
    assert [left(lab, kind) for kind in KINDS] == [["17.2"]] * 3


# What the server says, and what is


@each_kind
def test_a_call_that_ended_meanwhile_is_no_failure(kind: Kind, direct: Direct, lab: Lab) -> None:
    # Jade answers 500 to a call that it doesn't know. Whether that was so before or is since, it is over.
    begin(lab, kind, "17.1")
    lab.fault("error", when="after", match={"method": "DELETE", "path": kind.path})
    run = play(direct, kind.task("17.1")).must_succeed()
    assert run.result("Hang up")["changed"]
    title = kind.noun.replace("_", " ")
    assert [text for text in run.warnings if f"the call failed, but the {title} was removed all the same" in text]
    assert writes(lab) == [f"DELETE {kind.path}/17.1"]


@each_kind
@pytest.mark.parametrize("fault", ["close", "reset"])
def test_a_lost_answer_is_settled_by_reading_and_not_sent_again(fault: str, kind: Kind, direct: Direct, lab: Lab) -> None:
    begin(lab, kind, "17.1")
    lab.fault(fault, when="after", match={"method": "DELETE", "path": kind.path})
    assert play(direct, kind.task("17.1")).must_succeed().result("Hang up")["changed"]
    assert writes(lab) == [f"DELETE {kind.path}/17.1"]
    assert left(lab, kind) == []


@each_kind
def test_a_call_that_jade_refuses_to_end_is_told(kind: Kind, direct: Direct, lab: Lab) -> None:
    begin(lab, kind, "17.1")
    lab.fault("error", when="before", match={"method": "DELETE", "path": kind.path})
    failure = play(direct, kind.task("17.1")).failure("Hang up")
    assert failure["error"]["kind"] == "server"
    assert "nothing was removed" in failure["msg"]
    assert "Asterisk may be unable to end it: see its log" in failure["msg"]
    assert left(lab, kind) == ["17.1"]


def test_where_it_can_not_be_read_either_nothing_is_claimed(direct: Direct, lab: Lab) -> None:
    begin(lab, CHANNEL, "17.1")
    lab.fault("error", when="after", match={"method": "DELETE"})
    lab.fault("error", times=None, skip=1, match={"method": "GET", "path": CHANNEL.path})
    failure = play(direct, CHANNEL.task("17.1")).failure("Hang up")
    assert failure["error"]["kind"] == "ambiguous_write"
    assert "it can't be read whether it was removed" in failure["msg"]


@pytest.fixture(scope="module")
def lies(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All kinds at once, since each takes until the patience ends."""
    running.reset()
    for kind in KINDS:
        begin(running, kind, "17.1")
        running.fault("status", status=200, body=GOOD, match={"method": "DELETE", "path": kind.path})
    direct = Direct(Ansible(tmp_path_factory.mktemp("lies"), running.environment()))
    return direct.play(yaml.safe_dump([kind.task("17.1", name=kind.noun) for kind in KINDS]), at_once=True)


@each_kind
def test_a_call_that_goes_on_although_jade_said_yes_is_told(kind: Kind, lies: Run) -> None:
    failure = lies.failure(kind.noun)
    assert failure["error"]["kind"] == "not_applied"
    assert "17.1 is still there, although the server said that it was removed" in failure["msg"]
    assert "'channel request hangup'" in failure["msg"]


def test_a_server_that_can_not_hang_up_entries_is_told_with_a_way_round(direct: Direct, lab: Lab) -> None:
    begin(lab, ENTRY, "17.1")
    body = json.dumps({"statuscode": 405, "error": {"code": 405, "message": ""}})
    lab.fault("status", status=405, body=body, match={"method": "DELETE", "path": ENTRY.path})
    failure = play(direct, ENTRY.task("17.1")).failure("Hang up")
    assert failure["error"]["kind"] == "unsupported"
    assert "Hang up the caller's channel instead, which has the same ID: telephony.pbx.jade_channel" in failure["msg"]


def test_a_call_on_an_older_server_without_v1(direct_documented: Direct, lab: Lab) -> None:
    lab.fault("status", status=404, body="", times=None, match={"path": "/v1/"})
    run = play(direct_documented, CHANNEL.task("1513550354.0"), CHANNEL.task("1513550354.0", name="Again")).must_succeed()
    assert (run.result("Hang up")["changed"], run.result("Again")["changed"]) == (True, False)
    assert writes(lab) == ["DELETE /admin/core/channels/1513550354.0"]
