# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for all who ask, refreshed in time, renewed once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import EARLY, Token, TokenSource
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import AuthenticationFailed, ConnectionFailed
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.logins import LIFE, System, source
from ansible_collections.telephony.pbx.tests.unit.support.sessions import Tasks


def log_in(tasks: Tasks, system: System, password: str = SECRET, refresh: bool = False) -> TokenSource:
    """A task that is about to log in."""
    return source(system, tasks.session(connection(secret=password)), refresh=refresh)


def test_a_token_is_used_until_it_is_nearly_over(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system)
    assert [tokens.get().value for __ in range(3)] == ["T1"] * 3
    system.clock.now += LIFE * (1 - EARLY) - 1
    assert tokens.get().value == "T1"
    system.clock.now += 1
    assert tokens.get().value == "T2"
    assert system.logins == 2


def test_an_old_token_is_refreshed_rather_than_logged_in_again(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system, refresh=True)
    tokens.get()
    system.clock.now += LIFE
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (1, 1)


def test_a_refresh_that_fails_falls_back_to_a_login(tasks: Tasks) -> None:
    system = System(can_refresh=False)
    tokens = log_in(tasks, system, refresh=True)
    tokens.get()
    system.clock.now += LIFE
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (2, 0)


def test_a_refresh_token_that_is_over_is_not_sent(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system, refresh=True)
    tokens.get()
    system.clock.now += 10 * LIFE
    tokens.get()
    assert (system.logins, system.refreshes) == (2, 0)


def test_a_rejected_token_is_replaced_by_a_login_and_not_refreshed(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system, refresh=True)
    rejected = tokens.get()
    assert tokens.get(rejected).value == "T2"
    assert tokens.get().value == "T2"
    assert (system.logins, system.refreshes) == (2, 0)


def test_many_threads_whose_token_is_rejected_get_one_new_login(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system)
    rejected = tokens.get()
    together = threading.Barrier(8)

    def renew(unused: int) -> str:
        together.wait(5)
        return tokens.get(rejected).value

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(renew, range(8))) == {"T2"}
    assert system.logins == 2


def test_many_threads_that_start_together_get_one_login(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tokens.get().value, range(30))) == {"T1"}
    assert system.logins == 1


@pytest.mark.parametrize("password", [SECRET, "wrong"])
def test_many_tasks_that_start_together_log_in_once(tasks: Tasks, password: str) -> None:
    system = System(pause=0.05)
    together = threading.Barrier(8)

    def start(unused: int) -> str:
        task = log_in(tasks, system, password)
        together.wait(5)
        try:
            return task.get().value
        except AuthenticationFailed:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(start, range(8))) == {"T1" if password == SECRET else "refused"}
    assert system.logins + system.failed == 1


def test_a_token_is_found_by_the_next_task(tasks: Tasks) -> None:
    system = System()
    first = log_in(tasks, system).get()
    assert log_in(tasks, system).get() == first
    assert system.logins == 1


def test_another_task_that_has_renewed_already_spares_a_login(tasks: Tasks) -> None:
    system = System()
    one, two = log_in(tasks, system), log_in(tasks, system)
    rejected = one.get()
    assert two.get() == rejected
    assert one.get(rejected).value == "T2"
    assert two.get(rejected).value == "T2"
    assert system.logins == 2


def test_wrong_credentials_are_tried_once_by_all_tasks_together(tasks: Tasks) -> None:
    system = System()
    for __ in range(5):
        with pytest.raises(AuthenticationFailed) as caught:
            log_in(tasks, system, "wrong").get()
    assert system.failed == 1
    assert "refused earlier in this run: user name or password is wrong" in str(caught.value)
    assert "other credentials are tried at once" in str(caught.value)


def test_a_corrected_password_is_tried_at_once(tasks: Tasks) -> None:
    system = System()
    with pytest.raises(AuthenticationFailed):
        log_in(tasks, system, "wrong").get()
    assert log_in(tasks, system).get().value == "T1"


def test_a_password_that_was_wrong_is_tried_again_when_it_may_have_become_right(remote_tasks: Tasks) -> None:
    system = System()
    right = remote_tasks.session(connection())
    for failed in (1, 2):
        with pytest.raises(AuthenticationFailed):
            log_in(remote_tasks, system, "wrong").get()
        assert system.failed == failed
        right.forgive()


def test_a_wrong_password_does_not_ride_on_the_token_of_a_right_one(tasks: Tasks) -> None:
    system = System()
    log_in(tasks, system).get()
    with pytest.raises(AuthenticationFailed):
        log_in(tasks, system, "wrong").get()
    assert log_in(tasks, system).get().value == "T1"
    assert (system.logins, system.failed) == (1, 1)


def test_a_login_that_got_no_answer_is_not_remembered_as_wrong(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system)

    def unreachable(password: str) -> Token:
        raise ConnectionFailed("no answer")

    right, system.login = system.login, unreachable  # type: ignore[method-assign]
    with pytest.raises(ConnectionFailed):
        tokens.get()
    system.login = right  # type: ignore[method-assign]
    assert tokens.get().value == "T1"


def test_forgetting_a_token_makes_everybody_log_in_again(tasks: Tasks) -> None:
    system = System()
    one, two = log_in(tasks, system), log_in(tasks, system)
    one.get()
    two.forget()
    assert log_in(tasks, system).held is None
    assert log_in(tasks, system).get().value == "T2"


def test_looking_for_a_token_never_logs_in(tasks: Tasks) -> None:
    system = System()
    tokens = log_in(tasks, system)
    assert tokens.held is None
    assert tokens.get() == tokens.held
    assert system.logins == 1


def test_a_token_without_an_end_is_always_fresh_and_shows_no_secret() -> None:
    token = Token("secret-token", 0.0, refresh="secret-refresh")
    assert token.fresh(1e12)
    assert token.can_refresh(1e12)
    assert not Token("x", 0.0).can_refresh(0.0)
    assert "secret-" not in repr(token)


def test_what_one_task_learns_the_next_one_knows(tasks: Tasks) -> None:
    tasks.session(connection()).learn({"way": 1})
    tasks.session(connection()).learn({"query": "no"})
    assert tasks.session(connection()).known == {"way": 1, "query": "no"}
    assert tasks.session(connection(secret="another")).known == {}
