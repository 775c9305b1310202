# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections are shared, bounded, and never handed on in doubt."""

from __future__ import annotations

import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http import adapter
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed, ProtocolFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, saying, serving, talking

GET = Call("GET", "/list", repeatable=True)
WRITE = Call("POST", "/list", json={})
HEAD = b"HTTP/1.1 200 OK\r\n"


def test_a_client_that_has_sent_nothing_has_no_connection() -> None:
    """Two processes on one connection would garble it, and clients are made before Ansible forks."""
    with talking(saying()) as server:
        http_client(server.url)
        http_client(server.url.replace("http:", "https:"))
        http_client("http://pbx.invalid", proxy=server.url)
        time.sleep(0.1)
    assert server.received == []


def test_threads_share_no_more_connections_than_they_may() -> None:
    at_once: list[int] = []
    under_way = threading.Semaphore(1000)

    def answer(request: Received) -> Reply:
        with under_way:
            at_once.append(1000 - under_way._value)
            time.sleep(0.02)
        return Reply()

    with serving(answer) as server:
        client = http_client(server.url, concurrency=3)
        with ThreadPoolExecutor(12) as threads:
            list(threads.map(lambda dummy: client.send(GET), range(24)))
        client.close()
    assert len(server.received) == 24
    assert max(at_once) == 3
    assert len({request.port for request in server.received}) <= 3


def test_a_connection_that_the_server_has_closed_meanwhile_is_not_used_again() -> None:
    answer = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with talking(saying(answer)) as server:
        client = http_client(server.url)
        for dummy in range(3):
            assert client.send(WRITE).body == b"{}"
            time.sleep(0.05)
    assert len(server.received) == 3


def test_a_connection_that_the_server_says_it_closes_is_not_used_again() -> None:
    with serving(lambda request: Reply(headers={"Connection": "close"})) as server:
        client = http_client(server.url)
        for dummy in range(3):
            assert client.send(WRITE).body == b"{}"
    assert len({request.port for request in server.received}) == 3


def test_a_connection_that_was_not_read_to_its_end_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MAX_BYTES", 1000)
    with serving(lambda request: Reply(b"x" * 100_000 if request.path == "/first" else b"second")) as server:
        client = http_client(server.url)
        with pytest.raises(ProtocolFailed):
            client.send(Call("GET", "/first"))
        assert client.send(Call("GET", "/second")).body == b"second"
        client.close()
    assert len({request.port for request in server.received}) == 2


def test_a_connection_with_more_in_it_than_was_asked_for_is_not_used_again() -> None:
    first = HEAD + b"Content-Length: 6\r\n\r\n\"mine\""
    unasked = HEAD + b"Content-Length: 8\r\n\r\n\"others\""

    def pause() -> None:
        time.sleep(0.05)

    def talk(connected: socket.socket) -> None:
        saying(first, unasked, pause=pause)(connected)
        connected.recv(65536)

    with talking(talk) as server:
        client = http_client(server.url)
        for dummy in range(3):
            assert client.send(GET).json() == "mine"
            time.sleep(0.1)
        client.close()


def test_a_client_that_is_closed_keeps_nothing_open_of_what_was_under_way() -> None:
    begun, closed, gone = threading.Event(), threading.Event(), threading.Event()

    def talk(connected: socket.socket) -> None:
        connected.recv(65536)
        begun.set()
        closed.wait(5)
        connected.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")
        if not connected.recv(65536):
            gone.set()

    with talking(talk) as server, ThreadPoolExecutor(1) as threads:
        client = http_client(server.url)
        sent = threads.submit(client.send, GET)
        begun.wait(5)
        client.close()
        closed.set()
        assert sent.result().body == b"{}"
        assert gone.wait(2)


def test_a_server_that_refuses_before_it_has_read_everything_is_heard() -> None:
    def talk(connected: socket.socket) -> None:
        connected.recv(1000)
        connected.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        connected.shutdown(socket.SHUT_RDWR)
        time.sleep(0.2)

    with talking(talk) as server:
        answer = http_client(server.url).send(Call("POST", "/list", json="x" * 20_000_000))
    assert answer.status == 413


@pytest.mark.parametrize(
    "lengths", [b"Content-Length: 2\r\nContent-Length: 2\r\n", b"Content-Length: 2, 2\r\n"], ids=["two lines", "one line"]
)
def test_a_length_that_is_said_twice_is_one(lengths: bytes) -> None:
    def talk(connected: socket.socket) -> None:
        saying(HEAD + lengths + b"\r\n{}")(connected)
        connected.recv(65536)  # stays open: only the length tells where the answer ends

    with talking(talk) as server:
        client = http_client(server.url)
        assert client.send(GET).body == b"{}"
        client.close()


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 2\r\nContent-Length: 4\r\n",
        b"Content-Length: 2, 4\r\n",
        b"Content-Length: -2\r\n",
        b"Content-Length: x\r\n",
        b"Content-Length: " + b"1" * 5000 + b"\r\n",
    ],
    ids=["two lines", "one line", "below zero", "no number", "beyond all bounds"],
)
def test_a_length_that_makes_no_sense_is_no_answer(lengths: bytes) -> None:
    with talking(saying(HEAD + lengths + b"\r\n[1]\n")) as server, pytest.raises(ProtocolFailed) as caught:
        http_client(server.url).send(GET)
    assert caught.value.message == "the length of the answer makes no sense"


def reset(connected: socket.socket) -> None:
    """Close without a word."""
    connected.recv(65536)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@pytest.mark.parametrize("cut", [saying(), reset], ids=["closed", "reset"])
def test_a_write_cut_in_the_handshake_was_never_sent(authority: Authority, cut: object) -> None:
    pauses: list[float] = []
    with talking(cut) as server, pytest.raises(ConnectionFailed) as caught:  # type: ignore[arg-type]
        http_client(server.url.replace("http:", "https:"), pauses, ca_path=authority.path, retries=2).send(WRITE)
    assert not caught.value.sent
    assert len(server.received) == 3
    assert len(pauses) == 2


def test_a_silent_handshake_ends_in_time_and_was_never_sent(authority: Authority) -> None:
    done = threading.Event()
    with talking(lambda connected: bool(done.wait(5))) as server:  # type: ignore[arg-type,return-value]
        with pytest.raises(ConnectionFailed) as caught:
            http_client(server.url.replace("http:", "https:"), ca_path=authority.path, timeout=0.1).send(WRITE)
        done.set()
    assert caught.value.message == "no answer within 0.1 seconds"
    assert not caught.value.sent
