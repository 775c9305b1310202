# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Asterisk has to take over: one reload where it is due, and none that is believed without being seen."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import change
from ansible_collections.telephony.pbx.plugins.module_utils._engine.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._engine.journal import ALL, NOTHING, UNKNOWN
from ansible_collections.telephony.pbx.plugins.module_utils._engine.module import Params
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed, NotApplied
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Object
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.state import AsteriskState
from ansible_collections.telephony.pbx.tests.unit.support.farm import BERTA, FarmClient, HenState, params
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import PassingTime


@dataclass
class RunningHen(HenState, AsteriskState):
    """``in_force``: the hens that run. ``reload_works``: whether a reload changes that. ``refusal``: what a reload raises."""

    in_force: dict[str, Any] = field(default_factory=dict)
    reload_works: bool = True
    refusal: Exception | None = None

    def reload(self, client: Client, params: Params) -> None:
        assert isinstance(client, FarmClient)
        client.writes.append("reload")
        if self.refusal:
            raise self.refusal
        if self.reload_works:
            self.in_force = copy.deepcopy(client.hens)

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        assert isinstance(client, FarmClient)
        return "" if self.in_force.get(params["name"]) == client.hens.get(params["name"]) else "the hen isn't in force"


class OwnReload(RunningHen):
    """The server reloads with each write."""

    reloads_itself = True

    def write(self, client: Client, params: Params, todo: Any) -> None:
        super().write(client, params, todo)
        assert isinstance(client, FarmClient)
        self.in_force = copy.deepcopy(client.hens)


pytestmark = pytest.mark.usefixtures("clock")


def run(client: FarmClient, how: RunningHen, check: bool = False, **given: Any) -> dict[str, Any]:
    return change.StateModule(how).run(client, params(**{"reload": True, **given}), check, lambda text: None)


def test_a_change_is_brought_into_force_by_one_reload() -> None:
    client, state = FarmClient(BERTA), RunningHen(in_force={"Berta": BERTA})
    result = run(client, state, color="white")
    assert client.writes == ["update", "reload"]
    assert result["changed"]
    assert result["running"] == "as stored"
    assert run(client, state, color="white")["changed"] is False
    assert client.writes == ["update", "reload"]


def test_what_is_stored_but_not_in_force_is_reloaded_and_nothing_is_written() -> None:
    client, state = FarmClient(BERTA), RunningHen()
    foretold = run(client, state, check=True, color="brown")
    assert client.writes == []
    real = run(client, state, color="brown")
    assert client.writes == ["reload"]
    assert real == foretold
    assert real["changed"]
    assert real["diff"]["before"]["running"] == "the hen isn't in force"


def test_who_does_not_want_a_reload_gets_none_and_is_told_so() -> None:
    client = FarmClient(BERTA)
    result = run(client, RunningHen(), color="white", reload=False)
    assert client.writes == ["update"]
    assert result["running"] == "not compared: reload is off"


def test_a_server_that_reloads_by_itself_is_told_only_where_nothing_is_written() -> None:
    client, state = FarmClient(BERTA), OwnReload()
    run(client, state, color="white", reload=None)
    assert client.writes == ["update"]
    state.in_force = {}
    run(client, state, color="white", reload=None)
    assert client.writes == ["update", "reload"]


@pytest.mark.parametrize(
    ("color", "effect", "written"), [("white", ALL, "stored"), ("brown", NOTHING, "stored"), (None, ALL, "removed")]
)
def test_a_reload_without_effect_is_found_out(color: str | None, effect: str, written: str, clock: PassingTime) -> None:
    client, state = FarmClient(BERTA), RunningHen(in_force={"Berta": 1}, reload_works=False)
    with pytest.raises(NotApplied) as caught:
        run(client, state, color=color, state="present" if color else "absent")
    assert f"The hen Berta is {written} and Asterisk was told to reload, but the hen isn't in force" in str(caught.value)
    assert "see its log" in str(caught.value)
    assert client.journal.effect == effect
    assert clock.now >= 3


@pytest.mark.parametrize(("color", "done"), [("white", "was changed"), ("brown", "is stored")])
def test_a_reload_that_fails_says_what_is_stored(color: str, done: str) -> None:
    client = FarmClient(BERTA)
    with pytest.raises(ConnectionFailed) as caught:
        run(client, RunningHen(refusal=ConnectionFailed("cut")), color=color)
    assert str(caught.value) == f"the hen Berta {done}, but it isn't known to be in force: cut"
    assert client.journal.effect == UNKNOWN


def test_a_reload_that_nothing_shows_to_be_due_is_left_to_a_person() -> None:
    hen = RunningHen(refusal=ConnectionFailed("cut"))
    hen.unobservable, hen.asterisk_module = "nobody sees it", "res_hens.so"
    with pytest.raises(ConnectionFailed) as caught:
        run(FarmClient(BERTA), hen, color="white")
    assert "cut. Run telephony.pbx.jade_module with name: res_hens.so and state: reloaded" in str(caught.value)
