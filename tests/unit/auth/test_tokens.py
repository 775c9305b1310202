# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for all who ask, refreshed in time, renewed once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import EARLY, Token, TokenSource
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import AuthenticationFailed, ConnectionFailed
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET
from ansible_collections.telephony.pbx.tests.unit.support.logins import LIFE, Clock, System, source


@pytest.fixture(params=["in memory", "in a file"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where the token is kept."""
    return None if request.param == "in memory" else tmp_path / "tokens"


def test_a_token_is_used_until_it_is_nearly_over(place: Path | None) -> None:
    system = System()
    tokens = source(system, place)
    assert [tokens.get().value for __ in range(3)] == ["T1"] * 3
    system.clock.now += LIFE * (1 - EARLY) - 1
    assert tokens.get().value == "T1"
    system.clock.now += 1
    assert tokens.get().value == "T2"
    assert system.logins == 2


def test_an_old_token_is_refreshed_rather_than_logged_in_again(place: Path | None) -> None:
    system = System()
    tokens = source(system, place, refresh=True)
    tokens.get()
    system.clock.now += LIFE
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (1, 1)


def test_a_refresh_that_fails_falls_back_to_a_login(place: Path | None) -> None:
    system = System(can_refresh=False)
    tokens = source(system, place, refresh=True)
    tokens.get()
    system.clock.now += LIFE
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (2, 0)


def test_a_refresh_token_that_is_over_is_not_sent(place: Path | None) -> None:
    system = System()
    tokens = source(system, place, refresh=True)
    tokens.get()
    system.clock.now += 10 * LIFE
    tokens.get()
    assert (system.logins, system.refreshes) == (2, 0)


def test_a_rejected_token_is_replaced_by_a_login_and_not_refreshed(place: Path | None) -> None:
    system = System()
    tokens = source(system, place, refresh=True)
    rejected = tokens.get()
    assert tokens.get(rejected).value == "T2"
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (2, 0)


def test_many_threads_whose_token_is_rejected_get_one_new_login(place: Path | None) -> None:
    system = System()
    tokens = source(system, place)
    rejected = tokens.get()
    together = threading.Barrier(8)

    def renew(unused: int) -> str:
        together.wait(5)
        return tokens.get(rejected).value

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(renew, range(8))) == {"T2"}
    assert system.logins == 2


def test_many_threads_that_start_together_get_one_login(place: Path | None) -> None:
    system = System()
    tokens = source(system, place)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tokens.get().value, range(30))) == {"T1"}
    assert system.logins == 1


def test_a_token_is_found_by_the_next_task_with_all_that_was_learned(tmp_path: Path) -> None:
    system = System()
    first = source(system, tmp_path / "tokens").get()
    assert source(system, tmp_path / "tokens").get() == first
    assert first.notes == {"base": "/v1"}
    assert system.logins == 1


def test_another_task_that_has_renewed_already_spares_a_login(tmp_path: Path) -> None:
    system = System()
    one, two = source(system, tmp_path / "tokens"), source(system, tmp_path / "tokens")
    rejected = one.get()
    assert two.get() == rejected
    assert one.get(rejected).value == "T2"
    assert two.get(rejected).value == "T2"
    assert system.logins == 2


def test_wrong_credentials_are_tried_once_a_minute_by_all_tasks_together(tmp_path: Path) -> None:
    system = System()
    for __ in range(5):
        with pytest.raises(AuthenticationFailed):
            source(system, tmp_path / "tokens", "wrong").get()
    assert system.failed == 1
    system.clock.now += 59
    with pytest.raises(AuthenticationFailed) as caught:
        source(system, tmp_path / "tokens", "wrong").get()
    assert "refused 59 seconds ago" in str(caught.value)
    assert "for 1 seconds" in str(caught.value)
    system.clock.now += 1
    with pytest.raises(AuthenticationFailed):
        source(system, tmp_path / "tokens", "wrong").get()
    assert system.failed == 2


def test_a_corrected_password_is_tried_at_once(tmp_path: Path) -> None:
    system = System()
    with pytest.raises(AuthenticationFailed):
        source(system, tmp_path / "tokens", "wrong").get()
    assert source(system, tmp_path / "tokens").get().value == "T1"


def test_a_password_that_was_wrong_is_tried_at_once_when_it_has_become_right(tmp_path: Path) -> None:
    system = System()
    right = source(system, tmp_path / "tokens")
    right.get()
    for failed in (1, 2):
        with pytest.raises(AuthenticationFailed):
            source(system, tmp_path / "tokens", "wrong").get()
        assert system.failed == failed
        right.forgive()
    source(system).forgive()  # one that keeps its token to itself remembers nothing


def test_a_wrong_password_does_not_ride_on_the_token_of_a_right_one(tmp_path: Path) -> None:
    system = System()
    source(system, tmp_path / "tokens").get()
    with pytest.raises(AuthenticationFailed):
        source(system, tmp_path / "tokens", "wrong").get()
    assert source(system, tmp_path / "tokens").get().value == "T1"
    assert (system.logins, system.failed) == (1, 1)


def test_a_clock_that_was_set_back_does_not_lock_anybody_out(tmp_path: Path) -> None:
    system = System()
    with pytest.raises(AuthenticationFailed):
        source(system, tmp_path / "tokens", "other").get()
    system.clock.now -= 3600
    system.password = "other"
    assert source(system, tmp_path / "tokens", "other").get().value == "T1"


def test_a_login_that_got_no_answer_is_not_remembered_as_wrong(tmp_path: Path) -> None:
    system = System()
    tokens = source(system, tmp_path / "tokens")

    def unreachable(password: str) -> Token:
        raise ConnectionFailed("no answer")

    right, system.login = system.login, unreachable  # type: ignore[method-assign]
    with pytest.raises(ConnectionFailed):
        tokens.get()
    system.login = right  # type: ignore[method-assign]
    assert tokens.get().value == "T1"


def test_forgetting_a_token_makes_everybody_log_in_again(tmp_path: Path) -> None:
    system = System()
    one, two = source(system, tmp_path / "tokens"), source(system, tmp_path / "tokens")
    one.get()
    two.forget()
    assert source(system, tmp_path / "tokens").peek() is None
    assert source(system, tmp_path / "tokens").get().value == "T2"


def test_peeking_never_logs_in(place: Path | None) -> None:
    system = System()
    tokens = source(system, place)
    assert tokens.peek() is None
    assert tokens.current is None
    tokens.get()
    assert tokens.peek() == tokens.current
    assert system.logins == 1
    assert tokens.shared is (place is not None)


def test_a_token_without_an_end_is_always_fresh_and_shows_no_secret() -> None:
    token = Token("secret-token", 0.0, refresh="secret-refresh")
    assert token.fresh(1e12)
    assert token.can_refresh(1e12)
    assert not Token("x", 0.0).can_refresh(0.0)
    assert "secret-" not in repr(token)
    assert SECRET not in repr(TokenSource(lambda: token, clock=Clock()))


def test_what_one_task_learns_the_next_one_knows(tmp_path: Path) -> None:
    system = System()
    one, two = source(system, tmp_path / "tokens"), source(system, tmp_path / "tokens")
    one.remember("way", "0")  # there is no token yet to note it with
    first, second = one.get(), two.get()
    one.remember("way", "1")
    two.remember("query", "no")
    assert first == second
    assert source(system, tmp_path / "tokens").get().notes == {"base": "/v1", "way": "1", "query": "no"}
    source(system).remember("way", "1")  # one that keeps its token to itself has nobody to tell
