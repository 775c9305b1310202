# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous dialplans: a step that the server can't change is replaced, and never lost in silence."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab

MASTER = "0a000000-0000-4000-8000-000000000041"
UUID = "0b000000-0000-4000-8000-000000000041"
DEFAULT_MASTER = "72ebc4b8-ac5e-4863-a7d3-55ffdfef43ee"
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


TRIED, NOTED, REMOVED, MADE = f"PUT /v1{STEPS}/{UUID}", f"POST /v1{STEPS}", f"DELETE /v1{STEPS}/{UUID}", f"POST /v1{STEPS}"
HIGHEST = 2**31 - 1  # the note of a step is as far from here as the step is from 0
REPLACED = [TRIED, NOTED, REMOVED, MADE]


def replaced_only(lab: Lab) -> bool:
    """Whether the step was replaced in the one right way, and the note of it removed."""
    *calls, last = changes(lab)
    return calls == REPLACED and last.startswith(f"DELETE /v1{STEPS}/")


def test_a_step_that_can_not_be_changed_is_replaced_and_its_new_id_is_told(direct: Direct, lab: Lab) -> None:
    run = direct.play(task()).must_succeed()
    assert replaced_only(lab)
    (row,) = steps(lab)
    assert values(row) == NEW
    assert row["uuid"] != UUID
    assert run.result("Change")["adp"]["uuid"] == row["uuid"]
    (warning,) = run.warnings
    assert f"this Jade can't change a step: it was created again, and its ID is now {row['uuid']}" in warning
    lab.forget_log()
    again = direct.play(task()).must_succeed()
    assert not again.result("Change")["changed"]
    assert again.warnings == changes(lab) == []


def test_where_the_server_can_change_a_step_it_keeps_its_id(direct_documented: Direct, lab: Lab) -> None:
    run = direct_documented.play(task()).must_succeed()
    # That server wants to be told the master as well, or answers 500.
    assert changes(lab) == [f"PUT /v1{STEPS}/{UUID}"]
    (row,) = steps(lab, "documented")
    assert (values(row), row["uuid"]) == (NEW, UUID)
    assert row["tm_update"]
    assert run.warnings == []


# The replacement goes wrong


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_the_old_step_is_put_back_where_the_new_one_can_not_be_made(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, skip=1, match={"method": "POST", "path": f"{STEPS}$"})
    result = direct.play(task()).failure("Change")
    assert changes(lab)[:5] == [*REPLACED, f"POST /v1{STEPS}"]
    (row,) = steps(lab)
    assert values(row) == OLD
    assert result["error"]["kind"] == "not_applied"
    assert "this Jade can't change a step, so step 10 had to be removed and created again, which failed" in result["msg"]
    assert f"the old one is back, and its ID is now {row['uuid']}" in result["msg"]
    assert not result["changed"]


def test_a_step_that_is_lost_is_told_in_full(direct: Direct, lab: Lab) -> None:
    lab.fault("error", times=None, skip=1, match={"method": "POST", "path": f"{STEPS}$"})
    result = direct.play(task()).failure("Change")
    (note,) = steps(lab)
    assert note["sequence"] == HIGHEST - 10
    assert result["error"]["kind"] == "not_applied"
    assert "it couldn't be put back either" in result["msg"]
    assert IN_FULL in result["msg"]


def test_a_step_that_may_be_lost_is_told_in_full(direct: Direct, lab: Lab) -> None:
    lab.fault("reset", skip=1, match={"method": "POST", "path": f"{STEPS}$"})
    # The task itself reads it once, and once more after the PUT.
    lab.fault("status", status=403, times=None, skip=2, match={"method": "GET", "path": f"{STEPS}$"})
    result = direct.play(task()).failure("Change")
    assert result["error"]["kind"] == "ambiguous_write"
    assert "it can't be read how far that came" in result["msg"]
    assert IN_FULL in result["msg"]


def test_a_yes_to_the_new_step_that_is_a_lie_is_told_in_full(direct: Direct, lab: Lab) -> None:
    yes = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}'}
    lab.fault("status", skip=1, match={"method": "POST", "path": f"{STEPS}$"}, **yes)
    result = direct.play(task()).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert f"The dialplan step 10 of {MASTER} doesn't show up" in result["msg"]
    assert IN_FULL in result["msg"]


@pytest.mark.parametrize("kind", ["error", "reset", "html"])
def test_a_new_step_that_was_made_all_the_same_is_settled(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, skip=1, when="after", match={"method": "POST", "path": f"{STEPS}$"})
    run = direct.play(task()).must_succeed()
    assert replaced_only(lab)
    (row,) = steps(lab)
    assert values(row) == NEW
    assert [text for text in run.warnings if "the dialplan step was changed all the same" in text]
    assert [text for text in run.warnings if f"its ID is now {row['uuid']}" in text]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_removal_that_took_effect_all_the_same_is_gone_on_from(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "DELETE", "path": STEPS})
    direct.play(task()).must_succeed()
    assert replaced_only(lab)
    assert [values(row) for row in steps(lab)] == [NEW]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_removal_that_took_no_effect_leaves_the_step_alone(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, match={"method": "DELETE", "path": STEPS})
    assert "nothing was changed" in direct.play(task()).failure("Change")["msg"]
    assert changes(lab)[:-1] == REPLACED[:3]
    assert [(row["uuid"], values(row)) for row in steps(lab)] == [(UUID, OLD)]


def test_a_removal_that_is_a_lie_leaves_the_step_alone(direct: Direct, lab: Lab) -> None:
    yes = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}'}
    lab.fault("status", match={"method": "DELETE", "path": STEPS}, **yes)
    assert "nothing was changed" in direct.play(task()).failure("Change")["msg"]
    assert [(row["uuid"], values(row)) for row in steps(lab)] == [(UUID, OLD)]


def test_a_change_without_an_answer_is_no_reason_to_remove_anything(direct: Direct, lab: Lab) -> None:
    lab.fault("reset", match={"method": "PUT", "path": STEPS})
    result = direct.play(task()).failure("Change")
    assert result["error"]["kind"] == "connection"
    assert "nothing was changed" in result["msg"]
    assert changes(lab) == REPLACED[:1]


def test_a_change_that_took_effect_all_the_same_is_no_reason_either(direct_documented: Direct, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "PUT", "path": STEPS})
    run = direct_documented.play(task()).must_succeed()
    assert changes(lab) == REPLACED[:1]
    assert [(row["uuid"], values(row)) for row in steps(lab, "documented")] == [(UUID, NEW)]
    assert [text for text in run.warnings if "the dialplan step was changed all the same" in text]


# Create and remove


def test_a_step_is_made_once_and_its_id_looked_for(direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "POST", "path": f"{STEPS}$"})
    new = task(sequence=20, command="HANGUP")
    run = direct.play(new).must_succeed()
    assert [text for text in run.warnings if "the dialplan step was created all the same" in text]
    assert not direct.play(new).must_succeed().result("Change")["changed"]
    assert changes(lab) == [f"POST /v1{STEPS}"]
    row = next(row for row in steps(lab) if row["sequence"] == 20)
    assert run.result("Change")["adp"]["uuid"] == row["uuid"]


def test_a_step_that_was_not_made_is_told(direct: Direct, lab: Lab) -> None:
    lab.fault("error", match={"method": "POST", "path": f"{STEPS}$"})
    assert "nothing was created" in direct.play(task(sequence=20)).failure("Change")["msg"]


def test_what_is_not_there_need_not_go(direct: Direct, lab: Lab) -> None:
    absent = [{"sequence": 10}, {"sequence": 11}, {"dpma_uuid": DEFAULT_MASTER, "sequence": 10}]
    run = direct.play("".join(task(**options, state="absent") for options in absent)).must_succeed()
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
    module: str, options: Any, direct: Direct, lab: Lab
) -> None:
    assert direct.play(task(module, **options)).failure("Change")["error"]["kind"] == "bad_input"
    assert lab.log() == []


def test_no_step_is_made_for_a_master_that_is_not_there(direct: Direct, lab: Lab) -> None:
    # Jade itself would take it, and nothing would ever run it.
    result = direct.play(task(dpma_uuid=UUID)).failure("Change")
    assert f"there is no dialplan master {UUID}" in result["msg"]
    assert changes(lab) == []


# Masters


def test_the_steps_that_a_master_leaves_behind_are_told_before_it_goes(direct: Direct, lab: Lab) -> None:
    gone = task("jade_adpma", name="night", state="absent")
    for mode in (["--check"], []):
        (warning,) = direct.play(gone, *mode).must_succeed().warnings
        assert "Jade leaves the 1 step of the dialplan master night behind" in warning
        assert f"telephony.pbx.jade_adp removes such steps by dpma_uuid {MASTER}" in warning
    assert len(steps(lab)) == 1
    assert direct.play(task(state="absent")).must_succeed().result("Change")["changed"]
    assert steps(lab) == []
    assert direct.play(gone).must_succeed().warnings == []


def test_the_master_by_which_jade_places_calls_does_not_go_in_silence(direct: Direct, lab: Lab) -> None:
    gone = task("jade_adpma", name="whatever", uuid=DEFAULT_MASTER, state="absent")
    warned = " ".join(direct.play(gone, "--check").must_succeed().warnings)
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
def test_a_no_that_is_a_lie_is_settled(method: str, options: Any, told: str, direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": method, "path": MASTERS})
    run = direct.play(task("jade_adpma", **options)).must_succeed()
    assert run.result("Change")["changed"]
    assert [text for text in run.warnings if f"the dialplan master was {told} all the same" in text]
    assert len(changes(lab)) == 1
    lab.fault("error", match={"method": method, "path": MASTERS})
    lab.set(jade="f31439d", tables={"adpmas": [{"uuid": MASTER, "name": "night", **CREATED}]})
    other = {**options, "name": "other"} if method == "POST" else options
    assert f"nothing was {told}" in direct.play(task("jade_adpma", **other)).failure("Change")["msg"]
