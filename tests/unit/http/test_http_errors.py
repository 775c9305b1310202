# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read when a server can't be reached or answers nonsense: one line each, of the right kind."""

from __future__ import annotations

import gzip
import threading
import time
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http import adapter
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    ConnectionFailed,
    PbxError,
    ProtocolFailed,
    TlsFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, with_token
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, closed_port, saying, serving, talking

GET = Call("GET", "/list", repeatable=True)


def failure(url: str, call: Call = GET, **options: Any) -> PbxError:
    """The error that a call ends in, after checking what is true of all of them."""
    with pytest.raises(PbxError) as caught:
        http_client(url, **options).send(call).json()
    error = caught.value
    assert "\n" not in str(error)
    assert str(error).startswith(f"Toy PBX at {url}: ")
    assert error.as_dict()["kind"] == error.kind
    return error


def test_a_closed_port_is_told_with_the_reason() -> None:
    error = failure(f"http://127.0.0.1:{closed_port()}")
    assert isinstance(error, ConnectionFailed)
    assert not error.sent
    assert error.message == "no connection: connection refused"
    assert "is the port in api_url right" in str(error)


def test_an_unknown_host_is_told() -> None:
    error = failure("http://no-such-host.invalid")
    assert isinstance(error, ConnectionFailed)
    assert not error.sent
    assert "name" in error.message
    assert "Errno" not in str(error)


@pytest.mark.parametrize("host", ["pbx..example", "a" * 64 + ".example", "pbx example"])
def test_a_host_that_cannot_be_one_is_no_traceback(host: str) -> None:
    error = failure(f"http://{host}")
    assert isinstance(error, (ConnectionFailed, ProtocolFailed))


def test_no_answer_in_time_tells_the_limit() -> None:
    done = threading.Event()
    with talking(lambda connected: bool(done.wait(5))) as server:
        error = failure(server.url, timeout=0.1)
        done.set()
    assert isinstance(error, ConnectionFailed)
    assert error.sent
    assert error.message == "no answer within 0.1 seconds"
    assert "api_timeout" in str(error)


def test_a_connection_closed_without_an_answer_may_have_been_heard() -> None:
    with talking(saying()) as server:
        error = failure(server.url)
    assert isinstance(error, ConnectionFailed)
    assert error.sent
    assert error.message == "the server closed the connection without a whole answer"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[123]\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b'{"list": [1, 2, 3]}')[:-14],
    ],
    ids=["length", "chunked", "headers", "compressed"],
)
def test_an_answer_that_is_cut_is_an_error_and_never_a_short_answer(answer: bytes) -> None:
    with talking(saying(answer)) as server:
        error = failure(server.url)
    assert error.kind in ("connection", "protocol")


def test_an_answer_that_stops_in_the_middle_is_told() -> None:
    done = threading.Event()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
    with talking(saying(head, b"", pause=lambda: bool(done.wait(5)))) as server:  # type: ignore[arg-type,return-value]
        error = failure(server.url, timeout=0.1)
        done.set()
    assert isinstance(error, ConnectionFailed)
    assert error.sent
    assert error.message == "no answer within 0.1 seconds"


@pytest.mark.parametrize("framing", [b"Content-Length: 100000", b"Connection: close"], ids=["length", "until closed"])
def test_a_body_that_drips_is_given_up(framing: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "SLOW_RESPONSE", 2)
    started = time.monotonic()
    done = threading.Event()
    parts = [b"HTTP/1.1 200 OK\r\n" + framing + b"\r\n\r\n", *([b" "] * 400)]
    with talking(saying(*parts, pause=lambda: bool(done.wait(0.01)))) as server:  # type: ignore[arg-type,return-value]
        error = failure(server.url, timeout=0.1)
        done.set()
    assert isinstance(error, ConnectionFailed)
    assert error.message == "the answer takes too long and was given up"
    assert time.monotonic() - started < 2


def test_a_huge_body_is_given_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MAX_BYTES", 300_000)
    with serving(lambda request: Reply(b" " * 600_000)) as server:
        error = failure(server.url, retries=3)
    assert "larger than 300000 bytes" in error.message
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE html><title>Login</title>", "the answer is a web page, not JSON"),
        (b"\n <html>", "the answer is a web page, not JSON"),
        (b"", "the answer is empty"),
        (b'{"list": [1, 2', "the answer is no valid JSON"),
        (b"\xff\xfe\xfa", "the answer is no valid JSON"),
        (b"[" * 100_000, "the answer is no valid JSON"),
        (b"1" * 5000, "the answer is no valid JSON"),
    ],
    ids=["page", "fragment", "empty", "cut", "no text", "too deep", "too long a number"],
)
def test_a_body_that_is_not_json_is_told_by_what_it_is(body: bytes, message: str) -> None:
    with serving(lambda request: Reply(body, 200)) as server:
        error = failure(server.url)
    assert isinstance(error, ProtocolFailed)
    assert error.message == message
    assert error.status == 200
    assert error.hint


def test_a_broken_compression_is_told() -> None:
    with serving(lambda request: Reply(b"not gzip", headers={"Content-Encoding": "gzip"})) as server:
        error = failure(server.url)
    assert isinstance(error, ProtocolFailed)
    assert error.message == "the compressed answer is broken"


def test_a_redirect_is_not_followed_and_tells_where_it_points() -> None:
    def answer(request: object) -> Reply:
        return Reply(b"", 302, {"Location": "https://elsewhere.example/login?authtoken=abc"})

    with serving(answer) as server:
        error = failure(server.url)
    assert isinstance(error, ProtocolFailed)
    assert error.message == "the server sends us on to https://elsewhere.example/login"
    assert len(server.received) == 1


def test_an_answer_that_is_no_http_is_told() -> None:
    with talking(saying(b"SSH-2.0-OpenSSH_9.6\r\n")) as server:
        error = failure(server.url)
    assert isinstance(error, ConnectionFailed)
    assert not isinstance(error, TlsFailed)


def test_a_token_that_no_header_can_carry_is_no_traceback() -> None:
    call = with_token(GET, token="t\u20acken")
    with serving(lambda request: Reply()) as server:
        error = failure(server.url, call)
    assert "ken" not in str(error).replace("token", "")


def test_errors_tell_system_call_cause_server_words_and_hint_in_this_order() -> None:
    error = PbxError(
        "it failed", system="Toy", method="GET", path="/x", status=500, code=7, text="no\nway", request_id="r1", hint="Wait"
    )
    assert str(error) == 'Toy: GET /x: it failed (HTTP status 500, error 7, "no way", request r1). Wait'
    assert error.as_dict() == {
        "kind": "error",
        "message": "it failed",
        "system": "Toy",
        "method": "GET",
        "path": "/x",
        "status": 500,
        "code": 7,
        "text": "no\nway",
        "request_id": "r1",
        "hint": "Wait",
    }
