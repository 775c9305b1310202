# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous dialplans: a step that the server can't change is replaced, and never lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

MASTER = "0a000000-0000-4000-8000-000000000041"
UUID = "0b000000-0000-4000-8000-000000000041"
DEFAULT_MASTER = "72ebc4b8-ac5e-4863-a7d3-55ffdfef43ee"
WHILE = 30.0  # seconds for which an answer is held back; the task that waits for it is killed
MASTERS, STEPS = "/admin/dialplan/adpmas", "/admin/dialplan/adps"
OLD = {"dpma_uuid": MASTER, "sequence": 10, "name": "Greeting", "detail": "Für alle", "command": "EXEC Playback open"}
NEW = {**OLD, "command": "EXEC Playback closed"}
CREATED = {"tm_create": "2018-01-23T01:05:53.78811167Z", "tm_update": None}
IN_FULL = (
    f'It was: {{"dpma_uuid": "{MASTER}", "sequence": 10, "name": "Greeting", "detail": "Für alle",'
    ' "command": "EXEC Playback open"}'
)


def task(module: str = "jade_adp", **options: Any) -> str:
    """One task; without anything else it changes the command of the step."""
    given = options or {"command": NEW["command"]}
    place = {"dpma_uuid": MASTER, "sequence": 10} if module == "jade_adp" else {}
    return yaml.safe_dump([{"name": "Change", f"telephony.pbx.{module}": {**place, **given}}])


@pytest.fixture(autouse=True)
def step(lab: Lab) -> None:
    """A master with a step in both profiles."""
    for profile in ("f31439d", "documented"):
        rows = {"adpmas": [{"uuid": MASTER, "name": "night", **CREATED}], "adps": [{"uuid": UUID, **OLD, **CREATED}]}
        lab.set(jade=profile, tables=rows)


def steps(lab: Lab, profile: str = "f31439d") -> list[dict[str, Any]]:
    """The steps of the master as the server has them."""
    rows = lab.jade("GET", f"/v1{STEPS}", profile=profile)["list"]
    return [row for row in rows if row["dpma_uuid"] == MASTER]


def values(row: dict[str, Any]) -> dict[str, Any]:
    """What people set of a step."""
    return {name: row[name] for name in OLD}


def changes(lab: Lab) -> list[str]:
    """The calls of the collection that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


REPLACED = [f"PUT /v1{STEPS}/{UUID}", f"DELETE /v1{STEPS}/{UUID}", f"POST /v1{STEPS}"]
REMOVED = REPLACED[1]
ANNOUNCED = "this Jade can't change a step, so step 10 is removed and created again now."


def test_a_step_that_can_not_be_changed_is_replaced_and_its_new_id_is_told(ansible: Ansible, lab: Lab) -> None:
    run = ansible.play(task()).must_succeed()
    assert changes(lab) == REPLACED
    (row,) = steps(lab)
    assert values(row) == NEW
    assert row["uuid"] != UUID
    assert run.result("Change")["adp"]["uuid"] == row["uuid"]
    announced, warning = run.warnings
    assert ANNOUNCED in announced
    assert IN_FULL in announced
    assert f"this Jade can't change a step: it was created again, and its ID is now {row['uuid']}" in warning
    lab.forget_log()
    again = ansible.play(task()).must_succeed()
    assert not again.result("Change")["changed"]
    assert again.warnings == changes(lab) == []


def test_a_step_that_a_killed_task_has_removed_can_be_created_again_from_the_line_it_has_shown(
    ansible: Ansible, lab: Lab
) -> None:
    lab.fault("slow", seconds=WHILE, match={"method": "DELETE", "path": STEPS})
    output = ansible.kill_play(task(), when=lambda text: IN_FULL in text and not steps(lab))
    lab.control("DELETE", "/faults")
    assert steps(lab) == []
    (line,) = [line for line in output.splitlines() if ANNOUNCED in line]
    assert line.startswith("[WARNING]: ")
    ansible.play(task(**json.loads(line.partition("It was: ")[2]))).must_succeed()
    assert [values(row) for row in steps(lab)] == [OLD]


def test_with_no_log_nothing_of_the_step_is_shown(ansible: Ansible, lab: Lab) -> None:
    (hidden,) = yaml.safe_load(task())
    output = ansible.play(yaml.safe_dump([{**hidden, "no_log": True}])).must_succeed().output
    assert changes(lab) == REPLACED
    assert "removed and created again" not in output
    assert "Greeting" not in output


def test_where_the_server_can_change_a_step_it_keeps_its_id(documented: Ansible, lab: Lab) -> None:
    run = documented.play(task()).must_succeed()
    # That server wants to be told the master as well, or answers 500.
    assert changes(lab) == [f"PUT /v1{STEPS}/{UUID}"]
    (row,) = steps(lab, "documented")
    assert (values(row), row["uuid"]) == (NEW, UUID)
    assert row["tm_update"]
    assert run.warnings == []


# The replacement goes wrong


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_the_old_step_is_put_back_where_the_new_one_can_not_be_made(kind: str, ansible: Ansible, lab: Lab) -> None:
    lab.fault(kind, match={"method": "POST", "path": f"{STEPS}$"})
    result = ansible.play(task()).failure("Change")
    assert changes(lab) == [*REPLACED, REPLACED[-1]]
    (row,) = steps(lab)
    assert values(row) == OLD
    assert result["error"]["kind"] == "not_applied"
    assert "this Jade can't change a step, so step 10 had to be removed and created again, which failed" in result["msg"]
    assert f"the old one is back, and its ID is now {row['uuid']}" in result["msg"]
    assert not result["changed"]


def test_a_step_that_is_lost_is_told_in_full(ansible: Ansible, lab: Lab) -> None:
    lab.fault("error", times=None, match={"method": "POST", "path": f"{STEPS}$"})
    result = ansible.play(task()).failure("Change")
    assert steps(lab) == []
    assert result["changed"]
    assert result["error"]["kind"] == "not_applied"
    assert "it couldn't be put back either" in result["msg"]
    assert IN_FULL in result["msg"]


def test_a_step_that_may_be_lost_is_told_in_full(ansible: Ansible, lab: Lab) -> None:
    lab.fault("reset", match={"method": "POST", "path": f"{STEPS}$"})
    # The task itself reads it once, and once more after the PUT.
    lab.fault("status", status=403, times=None, skip=2, match={"method": "GET", "path": f"{STEPS}$"})
    result = ansible.play(task()).failure("Change")
    assert result["error"]["kind"] == "ambiguous_write"
    assert "it can't be read how far that came" in result["msg"]
    assert IN_FULL in result["msg"]


def test_a_yes_to_the_new_step_that_is_a_lie_is_told_in_full(ansible: Ansible, lab: Lab) -> None:
    yes = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}'}
    lab.fault("status", match={"method": "POST", "path": f"{STEPS}$"}, **yes)
    result = ansible.play(task()).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert f"The dialplan step 10 of {MASTER} doesn't show up" in result["msg"]
    assert IN_FULL in result["msg"]


@pytest.mark.parametrize("kind", ["error", "reset", "html"])
def test_a_new_step_that_was_made_all_the_same_is_settled(kind: str, ansible: Ansible, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "POST", "path": f"{STEPS}$"})
    run = ansible.play(task()).must_succeed()
    assert changes(lab) == REPLACED
    (row,) = steps(lab)
    assert values(row) == NEW
    assert [text for text in run.warnings if "the dialplan step was changed all the same" in text]
    assert [text for text in run.warnings if f"its ID is now {row['uuid']}" in text]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_removal_that_took_effect_all_the_same_is_gone_on_from(kind: str, ansible: Ansible, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "DELETE", "path": STEPS})
    ansible.play(task()).must_succeed()
    assert changes(lab) == REPLACED
    assert [values(row) for row in steps(lab)] == [NEW]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_removal_that_took_no_effect_leaves_the_step_alone(kind: str, ansible: Ansible, lab: Lab) -> None:
    lab.fault(kind, match={"method": "DELETE", "path": STEPS})
    assert "nothing was changed" in ansible.play(task()).failure("Change")["msg"]
    assert changes(lab) == REPLACED[:2]
    assert [(row["uuid"], values(row)) for row in steps(lab)] == [(UUID, OLD)]


def test_a_removal_that_is_a_lie_leaves_the_step_alone(ansible: Ansible, lab: Lab) -> None:
    yes = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}'}
    lab.fault("status", match={"method": "DELETE", "path": STEPS}, **yes)
    assert "nothing was changed" in ansible.play(task()).failure("Change")["msg"]
    assert [(row["uuid"], values(row)) for row in steps(lab)] == [(UUID, OLD)]


def test_a_change_without_an_answer_is_no_reason_to_remove_anything(ansible: Ansible, lab: Lab) -> None:
    lab.fault("reset", match={"method": "PUT", "path": STEPS})
    result = ansible.play(task()).failure("Change")
    assert result["error"]["kind"] == "connection"
    assert "nothing was changed" in result["msg"]
    assert changes(lab) == REPLACED[:1]


def test_a_change_that_took_effect_all_the_same_is_no_reason_either(documented: Ansible, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "PUT", "path": STEPS})
    run = documented.play(task()).must_succeed()
    assert changes(lab) == REPLACED[:1]
    assert [(row["uuid"], values(row)) for row in steps(lab, "documented")] == [(UUID, NEW)]
    assert [text for text in run.warnings if "the dialplan step was changed all the same" in text]


# Create and remove


def test_a_step_is_made_once_and_its_id_looked_for(ansible: Ansible, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "POST", "path": f"{STEPS}$"})
    new = task(sequence=20, command="HANGUP")
    run = ansible.play(new).must_succeed()
    assert [text for text in run.warnings if "the dialplan step was created all the same" in text]
    assert not ansible.play(new).must_succeed().result("Change")["changed"]
    assert changes(lab) == [f"POST /v1{STEPS}"]
    row = next(row for row in steps(lab) if row["sequence"] == 20)
    assert run.result("Change")["adp"]["uuid"] == row["uuid"]


def test_a_step_that_was_not_made_is_told(ansible: Ansible, lab: Lab) -> None:
    lab.fault("error", match={"method": "POST", "path": f"{STEPS}$"})
    assert "nothing was created" in ansible.play(task(sequence=20)).failure("Change")["msg"]


def test_what_is_not_there_need_not_go(ansible: Ansible, lab: Lab) -> None:
    absent = [{"sequence": 10}, {"sequence": 11}, {"dpma_uuid": DEFAULT_MASTER, "sequence": 10}]
    run = ansible.play("".join(task(**options, state="absent") for options in absent)).must_succeed()
    assert [record.changed for record in run.of("Change")] == [True, False, False]
    # Jade answers 500 where there is nothing to remove; it isn't asked.
    assert changes(lab) == [REMOVED]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("jade_adp", {"command": "EXEC Playback 'x'"}),
        ("jade_adp", {"sequence": 0}),
        ("jade_adpma", {"name": "the boss's"}),
    ],
)
def test_what_the_database_can_not_hold_is_refused_before_any_request(
    module: str, options: Any, ansible: Ansible, lab: Lab
) -> None:
    assert ansible.play(task(module, **options)).failure("Change")["error"]["kind"] == "bad_input"
    assert lab.log() == []


def test_no_step_is_made_for_a_master_that_is_not_there(ansible: Ansible, lab: Lab) -> None:
    # Jade itself would take it, and nothing would ever run it.
    result = ansible.play(task(dpma_uuid=UUID)).failure("Change")
    assert f"there is no dialplan master {UUID}" in result["msg"]
    assert changes(lab) == []


# Masters


def test_the_steps_that_a_master_leaves_behind_are_told_before_it_goes(ansible: Ansible, lab: Lab) -> None:
    gone = task("jade_adpma", name="night", state="absent")
    for mode in (["--check"], []):
        (warning,) = ansible.play(gone, *mode).must_succeed().warnings
        assert "Jade leaves the 1 step of the dialplan master night behind" in warning
        assert f"telephony.pbx.jade_adp removes such steps by dpma_uuid {MASTER}" in warning
    assert len(steps(lab)) == 1
    assert ansible.play(task(state="absent")).must_succeed().result("Change")["changed"]
    assert steps(lab) == []
    assert ansible.play(gone).must_succeed().warnings == []


def test_the_master_by_which_jade_places_calls_does_not_go_in_silence(ansible: Ansible, lab: Lab) -> None:
    gone = task("jade_adpma", name="whatever", uuid=DEFAULT_MASTER, state="absent")
    warned = " ".join(ansible.play(gone, "--check").must_succeed().warnings)
    assert "Default originate call to device is the one by which Jade itself places calls" in warned
    assert "only if step 1 of the old one is gone" in warned
    assert changes(lab) == []


@pytest.mark.parametrize(
    ("method", "options", "told"),
    [
        ("POST", {"name": "day"}, "created"),
        ("PUT", {"name": "night", "detail": "x"}, "changed"),
        ("DELETE", {"name": "night", "state": "absent"}, "removed"),
    ],
)
def test_a_no_that_is_a_lie_is_settled(method: str, options: Any, told: str, ansible: Ansible, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": method, "path": MASTERS})
    run = ansible.play(task("jade_adpma", **options)).must_succeed()
    assert run.result("Change")["changed"]
    assert [text for text in run.warnings if f"the dialplan master was {told} all the same" in text]
    assert len(changes(lab)) == 1
    lab.fault("error", match={"method": method, "path": MASTERS})
    lab.set(jade="f31439d", tables={"adpmas": [{"uuid": MASTER, "name": "night", **CREATED}]})
    other = {**options, "name": "other"} if method == "POST" else options
    assert f"nothing was {told}" in ansible.play(task("jade_adpma", **other)).failure("Change")["msg"]
