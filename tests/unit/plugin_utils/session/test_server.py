# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the session process does for tasks, and what becomes of it when a task or the process goes away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.session import LOGOUT, TOKEN
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ConnectionFailed, TlsFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Request
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, closed_port, serving
from ansible_collections.telephony.pbx.tests.unit.support.sessions import Tasks

ASK = Request("GET", "/list", "/list?page=1", {"X-Test": "yes"})
WRITE = Request("POST", "/things", "/things", {}, b"\0\xff{}")


def until(condition: Callable[[], bool]) -> None:
    """Wait until something has come about, which takes moments."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


class Gate:
    """A server that answers when it is let."""

    def __init__(self) -> None:
        self.met, self.opened = threading.Event(), threading.Event()

    def __call__(self, request: Received) -> Reply:
        self.met.set()
        assert self.opened.wait(10)
        return Reply()


def test_bytes_go_there_and_come_back_on_one_connection_for_all_tasks(remote_tasks: Tasks) -> None:
    with serving(lambda request: Reply(b"\xff\0{", status=418, headers={"X-Odd": "Jürgen"})) as server:
        replies = [remote_tasks.session(connection(server.url)).send(request) for request in (ASK, WRITE)]
        assert [(one.status, one.body, one.kept) for one in replies] == [(418, b"\xff\0{", False), (418, b"\xff\0{", True)]
        first, second = server.received
    assert (first.method, first.target, first.headers["x-test"]) == ("GET", "/list?page=1", "yes")
    assert (second.method, second.body) == ("POST", b"\0\xff{}")
    assert first.port == second.port


def test_no_more_connections_than_are_allowed(remote_tasks: Tasks) -> None:
    def ask(number: int) -> int:
        return remote_tasks.session(connection(server.url, concurrency=3)).send(ASK).status

    def slow(request: Received) -> Reply:
        time.sleep(0.02)
        return Reply()

    with serving(slow) as server, ThreadPoolExecutor(20) as pool:
        assert set(pool.map(ask, range(60))) == {200}
        assert len({request.port for request in server.received}) <= 3


def test_errors_arrive_as_what_they_are(remote_tasks: Tasks, authority: Authority) -> None:
    with pytest.raises(ConnectionFailed) as refused:
        remote_tasks.session(connection(f"http://127.0.0.1:{closed_port()}")).send(WRITE)
    assert not refused.value.sent
    assert (refused.value.method, refused.value.path) == ("POST", "/things")
    assert "Toy PBX at http://127.0.0.1" in str(refused.value)
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server, pytest.raises(TlsFailed):
        remote_tasks.session(connection(server.url)).send(ASK)
    with pytest.raises(BadInput, match="api_client_cert"):
        remote_tasks.session(connection("https://pbx.invalid", client_cert=__file__))


def test_a_task_that_is_killed_finishes_what_was_sent_and_keeps_its_lock_until_then(remote_tasks: Tasks) -> None:
    gate = Gate()

    def change() -> None:
        session = remote_tasks.session(connection(server.url))
        with session.object_lock("the thing", 5):
            session.send(WRITE)

    with serving(gate) as server, ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change)
        assert gate.met.wait(10)
        remote_tasks.kill_last()
        with pytest.raises(ConnectionFailed):
            changing.result(10)
        next_one = remote_tasks.session(connection(server.url))
        with next_one.object_lock("the thing", 0.1) as mine:
            assert not mine
        gate.opened.set()
        with next_one.object_lock("the thing", 5) as mine:
            assert mine
        assert len(server.received) == 1


def test_what_a_killed_task_had_not_sent_yet_is_never_sent(remote_tasks: Tasks) -> None:
    gate = Gate()
    with serving(gate) as server:
        one = connection(server.url, concurrency=1)
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(lambda: remote_tasks.session(one).send(ASK))
            assert gate.met.wait(10)
            second = pool.submit(lambda: remote_tasks.session(one).send(WRITE))
            until(lambda: sum(visit.busy for visit in tuple(remote_tasks.house.visits)) == 2)
            remote_tasks.kill_last()
            with pytest.raises(ConnectionFailed):
                second.result(10)
            gate.opened.set()
            assert first.result(10).status == 200
        until(lambda: not any(visit.busy for visit in tuple(remote_tasks.house.visits)))
        assert [request.method for request in server.received] == ["GET"]


def test_a_lock_is_for_one_task_at_a_time_whoever_it_logs_in_as(remote_tasks: Tasks) -> None:
    one, two = remote_tasks.session(connection()), remote_tasks.session(connection(principal="another"))
    with one.object_lock("the thing", 1) as first:
        with two.object_lock("the thing", 0.05) as second, two.object_lock("another thing", 0.05) as other:
            assert (first, second, other) == (True, False, True)
    with two.object_lock("the thing", 0.05) as second:
        assert second


def test_the_end_logs_out_once_where_a_login_was_made(remote_tasks: Tasks) -> None:
    logout = asdict(Request("DELETE", "/login", "/login?authtoken=t1", {}))
    with serving(lambda request: Reply()) as server:
        for name in ("one", "two"):
            session = remote_tasks.session(connection(server.url, principal=name))
            session.learn({TOKEN: {"value": name}, LOGOUT: logout if name == "one" else None})
        remote_tasks.house.close()
        remote_tasks.house.close()
        assert server.paths == ["DELETE /login"]


def test_the_end_waits_for_a_write_that_has_begun(remote_tasks: Tasks) -> None:
    gate = Gate()
    with serving(gate) as server, ThreadPoolExecutor(2) as pool:
        write = pool.submit(remote_tasks.session(connection(server.url)).send, WRITE)
        assert gate.met.wait(10)
        end = pool.submit(remote_tasks.house.close)
        time.sleep(0.2)
        assert not end.done()
        gate.opened.set()
        assert write.result(10).status == 200
        end.result(10)


def test_a_process_that_has_died_is_told_and_the_secret_is_not(remote_tasks: Tasks) -> None:
    session = remote_tasks.session(connection())
    remote_tasks.kill_last()
    with pytest.raises(ConnectionFailed) as caught:
        session.send(ASK)
    assert caught.value.sent  # for all that is known
    assert "the session process of this run has ended or can't be reached" in str(caught.value)
    assert SECRET not in str(caught.value)
