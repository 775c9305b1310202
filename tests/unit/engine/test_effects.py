# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failure says of what was done, and what a task does about somebody who changes the same object."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import change
from ansible_collections.telephony.pbx.plugins.module_utils._engine import polling as patience
from ansible_collections.telephony.pbx.plugins.module_utils._engine.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._engine.journal import NOTHING, PART, UNKNOWN
from ansible_collections.telephony.pbx.plugins.module_utils._engine.module import Params
from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import Plan
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    Conflict,
    ConnectionFailed,
    PbxError,
    PermissionDenied,
    ServerFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Object, Warn
from ansible_collections.telephony.pbx.tests.unit.support.farm import BERTA, FarmClient, HenState
from ansible_collections.telephony.pbx.tests.unit.support.farm import params as options


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HenState, "patience", 0.0)
    monkeypatch.setattr(patience, "FIRST_POLL", 0.0)


def failure(client: FarmClient, how: HenState, **given: Any) -> PbxError:
    """The error of a task that fails; the client's journal has its effect."""
    with pytest.raises(PbxError) as caught:
        change.StateModule(how).run(client, options(**given), False, lambda text: None)
    return caught.value


class TwoSteps(HenState):
    """Its first call is taken, its second one isn't."""

    def write(self, client: Client, params: Params, todo: Plan) -> None:
        with client.journal.step(Call("PUT", "/hens")):
            pass
        super().write(client, params, todo)


def test_a_refused_second_step_is_looked_into() -> None:
    how = TwoSteps(effect=lambda name: name == "color", error=PermissionDenied("no"))
    client = FarmClient(BERTA)
    error = failure(client, how, color="white", eggs=9)
    assert client.journal.effect == PART
    assert str(error) == "no; only a part was changed: color, but not eggs"


def test_a_second_step_that_shows_nothing_of_the_first_is_no_nothing() -> None:
    client = FarmClient(BERTA)
    error = failure(client, TwoSteps(effect=lambda name: False, error=PermissionDenied("no")), color="white")
    assert client.journal.effect == UNKNOWN
    assert str(error) == "no; an earlier step was done, but the hen doesn't show it"


def test_a_write_that_did_nothing_has_no_effect() -> None:
    client = FarmClient(BERTA)
    failure(client, HenState(effect=lambda name: False, error=ServerFailed("broken")), color="white")
    assert client.journal.effect == NOTHING


def test_a_read_back_that_fails_is_no_failed_write() -> None:
    client = FarmClient(BERTA)

    def away() -> None:
        if client.writes:
            raise ConnectionFailed("cut")

    client.before_read = away
    error = failure(client, HenState(), color="white")
    assert client.journal.effect == UNKNOWN
    assert str(error) == "the hen Berta was changed, as far as the server says, but it can't be read back: cut"


class Hasty(HenState):
    """Reads something else before it writes; meanwhile somebody acts."""

    def __init__(self, meanwhile: Callable[[FarmClient], None], times: int = 1) -> None:
        super().__init__()
        self._meanwhile, self._times = meanwhile, times

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        client.http.counters.requests += 1
        if self._times:
            self._times -= 1
            assert isinstance(client, FarmClient)
            self._meanwhile(client)


def lay(client: FarmClient) -> None:
    client.hens["Berta"]["eggs"] = str(int(client.hens["Berta"]["eggs"]) + 1)


def test_what_somebody_changes_in_between_is_seen() -> None:
    client = FarmClient(BERTA)
    result = change.StateModule(Hasty(lay)).run(client, options(color="white"), False, lambda text: None)
    assert result["diff"]["before"]["eggs"] == 4
    assert client.hens["Berta"]["eggs"] == "4"


def test_who_never_finds_it_at_rest_writes_nothing() -> None:
    client = FarmClient(BERTA)
    error = failure(client, Hasty(lay, times=99), color="white")
    assert isinstance(error, Conflict)
    assert client.writes == []


def test_the_turn_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    @contextlib.contextmanager
    def taken(client: Client, what: str, seconds: float) -> Iterator[bool]:
        asked.append(what)
        yield False

    monkeypatch.setattr(Client, "object_lock", taken)
    client = FarmClient(BERTA)
    error = failure(client, HenState(), color="white")
    assert isinstance(error, Conflict)
    assert (asked, client.writes, client.reads) == (["the hen Berta"], [], [])
    found: Object = change.StateModule(HenState()).run(client, options(color="white"), True, lambda text: None)
    assert found["changed"]
    assert len(asked) == 1
