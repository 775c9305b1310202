# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a state module does: the same in check mode, nothing twice, and never a guess."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import change
from ansible_collections.telephony.pbx.plugins.module_utils._engine.journal import UNKNOWN
from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import Reading
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    AmbiguousWrite,
    ChangedMeanwhile,
    ConnectionFailed,
    NotApplied,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
)
from ansible_collections.telephony.pbx.tests.unit.support.farm import BERTA, FarmClient, HenState, params
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import PassingTime

pytestmark = pytest.mark.usefixtures("clock")


def run(
    client: FarmClient, check: bool = False, how: HenState | None = None, **given: Any
) -> tuple[dict[str, Any], list[str]]:
    warnings: list[str] = []
    result = change.StateModule(how or HenState()).run(client, params(**given), check, warnings.append)
    assert "Hidden" not in str(result)
    return result, warnings


CASES: dict[str, tuple[bool, dict[str, Any], str]] = {
    "create": (False, {"color": "white", "password": "Hidden2"}, "create"),
    "change": (True, {"color": "white"}, "update"),
    "change the password": (True, {"password": "Hidden2"}, "update"),
    "keep": (True, {"color": "brown", "eggs": 3}, "keep"),
    "keep the password": (True, {"password": "Hidden2", "update_password": "on_create"}, "keep"),
    "remove": (True, {"state": "absent"}, "delete"),
    "remove what isn't there": (False, {"state": "absent"}, "keep"),
}


@pytest.mark.parametrize("case", CASES)
def test_check_mode_writes_nothing_and_foretells_the_real_run_which_then_changes_nothing_more(case: str) -> None:
    there, given, action = CASES[case]
    client = FarmClient(BERTA) if there else FarmClient()
    foretold, __ = run(client, check=True, **given)
    assert client.writes == []
    real, __ = run(client, **given)
    assert client.writes == ([] if action == "keep" else [action])
    assert (real["action"], real["changed"], real["diff"]) == (foretold["action"], foretold["changed"], foretold["diff"])
    assert real["action"] == action
    assigned = {"uuid": None} if not there else {}
    assert foretold["hen"] == (real["hen"] and {**real["hen"], **assigned})
    again, __ = run(client, **given)
    assert not again["changed"]
    assert again["diff"]["before"] == again["diff"]["after"]
    assert len(client.writes) <= 1


def test_the_result_is_the_object_as_it_is_afterwards_with_its_secrets_masked() -> None:
    result, __ = run(FarmClient(BERTA), color="white", password="Hidden2")
    assert result["hen"] == {"name": "Berta", "uuid": "u1", "color": "white", "eggs": 3, "password": "********"}
    assert result["diff"]["before_header"] == "hen Berta"
    assert result["diff"]["after"]["password"] == "******** (new)"


@pytest.mark.parametrize("error", [ServerFailed("refused", status=500), ConnectionFailed("cut"), ProtocolFailed("HTML")])
@pytest.mark.parametrize("case", ["create", "change", "remove"])
def test_a_write_without_a_clear_answer_that_took_effect_is_a_change_with_a_warning(case: str, error: PbxError) -> None:
    there, given, action = CASES[case]
    client = FarmClient(BERTA) if there else FarmClient()
    result, warnings = run(client, how=HenState(error=error), **given)
    assert result["changed"]
    assert client.writes == [action]
    assert len(warnings) == 1
    assert "all the same" in warnings[0]
    assert error.message in warnings[0]


@pytest.mark.parametrize(("case", "words"), [("create", "created"), ("change", "changed"), ("remove", "removed")])
def test_a_write_that_failed_and_did_nothing_says_so(case: str, words: str) -> None:
    there, given, __ = CASES[case]
    state = HenState(effect=lambda name: False, error=ServerFailed("Jade refuses", status=500))
    with pytest.raises(ServerFailed) as caught:
        run(FarmClient(BERTA) if there else FarmClient(), how=state, **given)
    assert f"Jade refuses; nothing was {words}" in str(caught.value)
    assert ("Look at the fox" in str(caught.value)) is (case == "create")


def test_a_write_that_was_done_by_half_says_which_half() -> None:
    state = HenState(effect=lambda name: name == "color", error=ServerFailed("Jade refuses"))
    with pytest.raises(ServerFailed) as caught:
        run(FarmClient(BERTA), how=state, color="white", eggs=5)
    assert "only a part was changed: color, but not eggs" in str(caught.value)


def test_a_write_whose_effect_cannot_be_read_is_ambiguous() -> None:
    client = FarmClient(BERTA)

    def broken() -> None:
        if client.writes:
            raise PermissionDenied("the account may not do this")

    client.before_read = broken
    with pytest.raises(AmbiguousWrite) as caught:
        run(client, how=HenState(error=ConnectionFailed("cut")), color="white")
    assert "cut; and it can't be read whether it was changed: the account may not do this" in str(caught.value)
    assert "run the task again" in str(caught.value)


def test_a_server_that_was_cut_off_gets_time_to_come_back(clock: PassingTime) -> None:
    client = FarmClient(BERTA)

    def away() -> None:
        if client.writes and clock.now < 2:
            raise ConnectionFailed("refused", sent=False)

    client.before_read = away
    __, warnings = run(client, how=HenState(error=ConnectionFailed("cut")), color="white")
    assert 2 <= clock.now < 3
    assert "all the same" in warnings[0]


def test_a_server_that_does_not_come_back_is_given_up(clock: PassingTime) -> None:
    client = FarmClient(BERTA)

    def away() -> None:
        if client.writes:
            raise ConnectionFailed("refused", sent=False)

    client.before_read = away
    with pytest.raises(AmbiguousWrite):
        run(client, how=HenState(error=ConnectionFailed("cut")), color="white")
    assert 3 <= clock.now < 4


def test_what_somebody_else_writes_at_the_same_time_is_a_conflict_and_not_a_success() -> None:
    client = FarmClient(BERTA)

    def meanwhile() -> None:
        if client.writes:
            client.hens["Berta"]["color"] = "green"

    client.before_read = meanwhile
    with pytest.raises(ChangedMeanwhile) as caught:
        run(client, color="white")
    assert caught.value.kind == "conflict"
    assert "Berta shows neither what was written nor what was there before: color" in str(caught.value)
    assert client.journal.effect == UNKNOWN


def test_a_write_that_never_left_is_not_looked_into() -> None:
    client = FarmClient(BERTA)
    error = ConnectionFailed("no connection", sent=False)
    with pytest.raises(ConnectionFailed) as caught:
        run(client, how=HenState(effect=lambda name: False, error=error), color="white")
    assert caught.value is error
    assert client.reads == ["Berta"]


@pytest.mark.parametrize("error", [PermissionDenied("you may not")])
def test_a_clear_no_is_passed_on_as_it_is(error: PbxError) -> None:
    client = FarmClient(BERTA)
    with pytest.raises(PermissionDenied) as caught:
        run(client, how=HenState(effect=lambda name: False, error=error), color="white")
    assert str(caught.value) == "you may not"
    assert client.reads == ["Berta"]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("create", "The hen Berta doesn't show up, although the server said that it was created"),
        ("change", "The hen Berta still shows other values than were written: color"),
        ("remove", "The hen Berta is still there, although the server said that it was removed"),
    ],
)
def test_a_server_that_says_yes_and_does_nothing_is_found_out(case: str, words: str, clock: PassingTime) -> None:
    there, given, __ = CASES[case]
    with pytest.raises(NotApplied) as caught:
        run(FarmClient(BERTA) if there else FarmClient(), how=HenState(effect=lambda name: False), **given)
    assert words in str(caught.value)
    assert str(caught.value).startswith("Toy PBX at ")
    assert 3 <= clock.now < 5


def test_a_change_that_shows_late_is_waited_for(clock: PassingTime) -> None:
    client = FarmClient(BERTA)
    shown: list[dict[str, Any]] = []

    def late() -> None:
        if client.writes and not shown:
            shown.append(client.hens.pop("Berta"))
        elif shown and clock.now >= 1.5:
            client.hens["Berta"] = shown[0]

    client.before_read = late
    result, warnings = run(client, color="white")
    assert result["hen"]["color"] == "white"
    assert warnings == []
    assert 1.5 <= clock.now < 3


def test_bad_input_is_told_before_anything_is_asked() -> None:
    class Picky(HenState):
        def check_input(self, params: Any) -> None:
            raise change.BadInput("color must not be red")

    client = FarmClient(BERTA)
    with pytest.raises(change.BadInput):
        run(client, how=Picky(), color="red")
    assert client.reads == []


def test_an_object_whose_key_is_no_option_can_fail_too() -> None:
    class Nameless(HenState):
        def find(self, client: Any, params: Any, warn: Any) -> Any:
            return Reading()

        def write(self, client: Any, params: Any, todo: Any) -> None:
            """Says yes."""

    given = {name: value for name, value in params(color="white").items() if name != "name"}
    with pytest.raises(NotApplied) as caught:
        change.StateModule(Nameless()).run(FarmClient(), given, False, lambda text: None)
    assert "The hen doesn't show up" in str(caught.value)
