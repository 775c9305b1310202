# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server answers is anything: the outcome is a result, or a failure in one line."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.hostile.samples import PASSWORD
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import ANYTHING, deep, tries
from ansible_collections.telephony.pbx.tests.unit.hostile.tasks import CHANGES, TASKS, assert_honest, quick, run
from ansible_collections.telephony.pbx.tests.unit.hostile.world import World, http, world
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received

ODD = st.one_of(st.sampled_from(["", "403 No", "404 Not Found", "500 Oops", "429 Slow"]), st.integers(100, 599).map(str))
STATUSES = st.one_of(st.just("200 OK"), st.just("200 OK"), st.just("200 OK"), ODD)
CHECKED = [(name, options) for name, options in TASKS if name in CHANGES and name != "jade_login"]
SYSTEMS = ("jade", "yeastar", "ycm", "telecomx", "aicc")


@pytest.fixture(scope="module")
def here() -> Iterator[World]:
    with world() as running, quick():
        yield running


@pytest.mark.parametrize(("name", "options"), TASKS, ids=[f"{name}-{number}" for number, (name, _given) in enumerate(TASKS)])
def test_each_task_succeeds_or_writes_where_all_is_well(name: str, options: dict[str, Any], here: World) -> None:
    here.forget(MODULES[name].systems[0])
    result = run(here, name, options)
    assert_honest(result)
    if isinstance(MODULES[name], InfoModule):
        assert "failed" not in result, result
        assert "warnings" not in result, result
    elif name != "jade_login":
        assert here.writes, result


@pytest.mark.parametrize(("name", "options"), CHECKED, ids=[f"{name}-{number}" for number, (name, _given) in enumerate(CHECKED)])
def test_a_check_tells_of_a_change_writes_nothing_and_shows_no_secret(name: str, options: dict[str, Any], here: World) -> None:
    here.forget(MODULES[name].systems[0])
    result = run(here, name, options, check=True)
    assert_honest(result)
    assert result["changed"], result
    assert here.writes == []
    assert PASSWORD not in repr(result["diff"])


def _put(good: Any, place: Iterable[Any], junk: Any) -> Any:
    """The good answer with the value at one place replaced."""
    top = {"": copy.deepcopy(good)}
    holder, key = top, ""
    for part in place:
        holder, key = holder[key], part
    holder[key] = junk
    return top[""]


def _place(good: Any, numbers: list[int]) -> list[Any]:
    """A place in it, found by numbers that say which way to go."""
    place: list[Any] = []
    for number in numbers:
        if not isinstance(good, (dict, list)) or not good:
            break
        place.append(list(good)[number % len(good)] if isinstance(good, dict) else number % len(good))
        good = good[place[-1]]
    return place


ROW = ("result", "list", 0)
PHONE = "0123456789abcdef01234567"
# What has broken a task before: module, options, number of the answer, place in it, what was put there.
FOUND: list[tuple[str, dict[str, Any], int, tuple[Any, ...], Any]] = [
    ("jade_agent_info", {}, 1, (*ROW, "name"), float("nan")),
    ("jade_agent_info", {}, 1, (*ROW, "name"), float("inf")),
    ("jade_agent_info", {}, 1, (*ROW, "name"), "\ud800"),
    ("jade_agent_info", {}, 1, (*ROW, "name"), deep(900, True)),
    ("jade_user_contact_info", {}, 1, (*ROW, "uuid"), []),
    ("jade_user_contact_info", {}, 2, (*ROW, "user_uuid"), {}),
    ("jade_user_contact_info", {"uuid": "some-key"}, 1, ("result", "user_uuid"), []),
    ("jade_user_permission_info", {}, 1, (*ROW, "user_uuid"), []),
    ("jade_user_permission_info", {"uuid": "some-key"}, 1, ("result", "user_uuid"), {}),
    ("jade_parking_lot", {"name": "edvina", "parkext": "900"}, 2, (*ROW, "data"), 5),
    ("jade_sdp", {"name": "other", "lines": ["exten => 1,1,NoOp()"]}, 2, ROW, {"name": "x", "data": [{"exten": ["a", "b"]}]}),
    ("jade_user", {"username": "alice", "state": "absent"}, 3, (*ROW, "permissions", 0, "permission"), "a\r\nb"),
    ("jade_account_info", {}, 1, ("result", "username"), "a\x1b[2J\u2028b"),
    ("yeastar_onsite_proxy_info", {}, 1, ("total_number",), 10**400),
    ("ycm_cloud_pbx_info", {}, 0, ("access_token",), "a\r\nX-Injected: yes"),
    ("ycm_cloud_pbx_info", {}, 1, ("data", "total"), 10**400),
    ("telecomx_sip_phone_info", {}, 0, ("expiresInMinutes",), 10**400),
    ("telecomx_sip_phone_info", {}, 1, ("total",), 10**400),
    ("telecomx_sip_phone", {"id": PHONE, "state": "absent"}, 1, ("_id",), None),
    ("telecomx_sip_phone", {"id": PHONE, "state": "reloaded"}, 1, ("_id",), ".."),
    ("aicc_softphone_info", {}, 0, ("AccessToken",), "\u20ac"),
]


TOTALS = {
    "yeastar": ("yeastar_onsite_proxy_info", ("total_number",)),
    "ycm": ("ycm_cloud_pbx_info", ("data", "total")),
    "telecomx": ("telecomx_sip_phone_info", ("total",)),
    "aicc": ("aicc_softphone_info", ("result", "total")),
}


ODD_TOTALS = ["1", "x", "", None, 1.5, -3, True, 10**400, float("nan"), [], {"a": 1}]


@pytest.mark.parametrize("total", ODD_TOTALS, ids=lambda one: str(one)[:9])
@pytest.mark.parametrize("system", TOTALS)
def test_a_total_is_a_number_or_nothing(system: str, total: Any, here: World) -> None:
    name, place = TOTALS[system]
    here.forget(system)
    here.spoil = lambda count, request, good: http(json.dumps(_put(good, place, total) if count else good).encode())
    result = run(here, name, {})
    assert_honest(result)
    assert result.get("count", 1) == 1
    assert len(here.requests) < 1000


@pytest.mark.parametrize(("name", "options", "number", "place", "junk"), FOUND, ids=[f"{one[0]}-{one[3][-1]}" for one in FOUND])
def test_what_broke_a_task_before(
    name: str, options: dict[str, Any], number: int, place: tuple[Any, ...], junk: Any, here: World
) -> None:
    here.forget(MODULES[name].systems[0])
    here.spoil = lambda count, request, good: http(json.dumps(_put(good, place, junk)).encode()) if count == number else None
    assert_honest(run(here, name, {**options, **({"raw": True} if name.endswith("_info") else {})}))
    assert number < len(here.requests) < 1000
    assert all(b"X-Injected" not in raw and b"/../" not in raw and b"/None" not in raw for raw in here.raw)


@st.composite
def _spoilers(draw: st.DrawFn) -> dict[int, Any]:
    """Which answers are spoiled, and how."""
    kinds = st.one_of(
        st.tuples(st.just("value"), st.lists(st.integers(0, 30), min_size=2, max_size=6), ANYTHING),
        st.tuples(st.just("whole"), ANYTHING),
        st.tuples(st.just("bytes"), st.binary(max_size=20)),
        st.tuples(st.just("good")),
    )
    spoiled = st.tuples(kinds, STATUSES)
    # The first call of a task is mostly its login, without which there is nothing more.
    numbers = st.sampled_from([0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7])
    return draw(st.dictionaries(numbers, spoiled, min_size=1, max_size=5))


def _answer(how: tuple[Any, ...], good: Any) -> bytes:
    if how[0] == "value":
        return json.dumps(_put(good, _place(good, how[1]), how[2])).encode()
    if how[0] == "whole":
        return json.dumps(how[1]).encode()
    return how[1] if how[0] == "bytes" else json.dumps(good).encode()


@pytest.mark.parametrize("system", SYSTEMS)
def test_whatever_an_answer_holds_is_a_result_or_one_line(system: str, here: World) -> None:
    tasks = [(name, options) for name, options in TASKS if MODULES[name].systems[0] == system]

    @tries(120 if system == "jade" else 40)
    @given(st.sampled_from(tasks), _spoilers(), st.booleans())
    def check(task: tuple[str, dict[str, Any]], spoilers: dict[int, Any], raw: bool) -> None:
        name, options = task
        here.forget(system)

        def spoil(number: int, request: Received, good: Any) -> bytes | None:
            if number not in spoilers:
                return None
            how, status = spoilers[number]
            return http(_answer(how, good), status)

        here.spoil = spoil
        more = {"raw": True} if raw and name not in CHANGES else {}
        assert_honest(run(here, name, {**options, **more}))

    check()
