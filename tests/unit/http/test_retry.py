# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to wait before the next try, and when to give up."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http import retry
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed, ProxyRefused, TlsFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.retry import RetryBudget, retry_after

NOW = 1_800_000_000.0  # Fri, 15 Jan 2027 08:00:00 GMT


@dataclass
class Given:
    """An answer, as far as a budget looks at it."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture(params=["UTC", "Asia/Kolkata", "America/New_York"])
def time_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("30", 30),
        (" 30 ", 30),
        ("1.5", 1.5),
        ("-5", 0),
        ("", None),
        ("soon", None),
        ("12, 30", None),
        ("nan", None),
        ("2027-01-15T08:00:30Z", None),
        ("99999999999", 99999999999),
        ("Fri, 99 Jan 99999 08:00:30 GMT", None),
    ],
)
def test_a_wait_in_seconds_is_read_and_nonsense_is_not(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30),
        ("Fri, 15 Jan 2027 09:01:00 +0100", 60),
        ("Fri, 15 Jan 2027 08:00:30 -0000", 30),
        ("Fri Jan 15 08:00:30 2027", 30),
        ("Friday, 15-Jan-27 08:00:30 GMT", 30),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
    ],
)
def test_a_wait_until_a_date_means_the_same_in_every_time_zone(time_zone: None, header: str, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_no_header_is_a_traceback_or_a_negative_wait(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


def test_pauses_double_within_their_jitter_and_stay_below_the_longest() -> None:
    for attempt in range(12):
        middle = min(retry.LONGEST_PAUSE, retry.FIRST_PAUSE * 2**attempt)
        pauses = {RetryBudget(20, frozenset((503,))).after_answer(True, Given(503), attempt) for __ in range(50)}
        assert all(pause is not None and 0.5 * middle <= pause <= 1.5 * middle for pause in pauses)
        assert len(pauses) > 10  # twenty forks don't come back together


@pytest.mark.parametrize(("header", "least"), [("7", 7.0), ("soon", 0.0), ("300", 300.0)])
def test_a_pause_is_at_least_what_the_server_asks_for(header: str, least: float) -> None:
    pause = RetryBudget(3, frozenset()).after_answer(False, Given(429, {"retry-after": header}), 0)
    assert pause is not None
    assert pause >= least


@pytest.mark.parametrize("header", ["301", "inf", "Fri, 15 Jan 2999 08:00:30 GMT"])
def test_a_wait_that_is_too_long_is_not_begun(header: str) -> None:
    assert RetryBudget(3, frozenset()).after_answer(True, Given(429, {"retry-after": header}), 0) is None


@pytest.mark.parametrize(
    ("error", "repeatable", "repeated"),
    [
        (ConnectionFailed("cut", sent=True), True, True),
        (ConnectionFailed("cut", sent=True), False, False),
        (ConnectionFailed("refused", sent=False), False, True),
        (ConnectionFailed("refused", sent=False), True, True),
        (TlsFailed("untrusted", sent=False), True, False),
        (ProxyRefused("no login"), True, False),
    ],
)
def test_what_may_have_been_heard_is_repeated_only_if_it_does_no_harm(
    error: ConnectionFailed, repeatable: bool, repeated: bool
) -> None:
    assert (RetryBudget(3, frozenset()).after_failure(repeatable, error, 0) is not None) is repeated


def test_a_call_has_its_own_limit() -> None:
    budget = RetryBudget(2, frozenset((503,)))
    given_ups = [budget.after_answer(True, Given(503), attempt) is None for attempt in range(4)]
    assert given_ups == [False, False, True, True]


def test_all_calls_together_have_a_budget_that_good_answers_fill_again() -> None:
    budget = RetryBudget(1, frozenset((503,)))
    assert all(budget.after_answer(True, Given(503), 0) for __ in range(retry.TOKENS_PER_RETRY))
    assert budget.after_answer(True, Given(503), 0) is None
    for __ in range(2):
        assert budget.after_answer(True, Given(200), 0) is None
    assert budget.after_answer(True, Given(503), 0) is not None
    assert budget.after_answer(True, Given(503), 0) is None
    for __ in range(1000):
        budget.after_answer(True, Given(200), 0)
    assert sum(budget.after_answer(True, Given(503), 0) is not None for __ in range(100)) == retry.TOKENS_PER_RETRY
