# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP itself gone wrong: whatever comes over the wire ends soon, in bounded memory, as an answer or as one of our errors."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http import adapter
from ansible_collections.telephony.pbx.plugins.module_utils._http.client import HttpClient
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed, PbxError, ProtocolFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, Response
from ansible_collections.telephony.pbx.plugins.module_utils._http.retry import retry_after
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import tries
from ansible_collections.telephony.pbx.tests.unit.hostile.tasks import is_line
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, saying, serving, talking

GET = Call("GET", "/list", repeatable=True)
HANGS = 20  # seconds; what takes longer would never end
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer may take half a second in all, and be one megabyte long."""
    monkeypatch.setattr(adapter, "SLOW_RESPONSE", 2)
    monkeypatch.setattr(adapter, "MAX_BYTES", MIB)


def outcome(url: str, call: Call = GET, **options: Any) -> Response | PbxError:
    """An answer or an error, in time."""

    def sent() -> Response | PbxError:
        client = http_client(url, **{"timeout": 0.25, **options})
        try:
            return client.send(call)
        except PbxError as error:
            assert is_line(str(error))
            return error
        finally:
            client.close()

    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(sent).result(timeout=HANGS)
    finally:
        pool.shutdown(wait=False)


def error_of(url: str, **options: Any) -> PbxError:
    """The same, where it has to be an error."""
    found = outcome(url, **options)
    assert isinstance(found, PbxError), found
    return found


def pouring(*first: bytes, again: bytes, pause: float = 0) -> Callable[[socket.socket], None]:
    """Sends these parts, and the last one again and again for as long as anybody listens."""
    stopped = threading.Event()

    def talk(connected: socket.socket) -> None:
        connected.recv(65536)
        for part in itertools.chain(first, itertools.repeat(again)):
            connected.sendall(part)
            stopped.wait(pause)

    return talk


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "interim answers": ((), b"HTTP/1.1 100 Continue\r\n\r\n" * 50, 0),
    "interim answers that drip": ((), b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
    "a status line that drips": ((b"HTTP/1.1 200 ",), b"O", 0.02),
    "headers that drip": ((OK, b"X-A: "), b"a", 0.02),
    "headers without an end": ((OK,), b"X-A: a\r\n", 0),
    "a header without an end": ((OK, b"X-A: "), b"a" * 1000, 0),
    "trailers": ((CHUNKED, b"2\r\n{}\r\n0\r\n"), b"X-A: a\r\n" * 50, 0),
    "trailers that drip": ((CHUNKED, b"2\r\n{}\r\n0\r\n"), b"X-A: a\r\n", 0.02),
    "chunks": ((CHUNKED,), b"400\r\n" + b" " * 1024 + b"\r\n", 0),
    "chunks that drip": ((CHUNKED,), b"1\r\n \r\n", 0.02),
    "a length of a chunk": ((CHUNKED,), b"0" * 1000, 0),
    "a body": ((OK + b"\r\n",), b" " * 1024, 0),
}


@pytest.mark.parametrize(("first", "again", "pause"), ENDLESS.values(), ids=list(ENDLESS))
def test_what_never_ends_is_given_up(first: tuple[bytes, ...], again: bytes, pause: float) -> None:
    with talking(pouring(*first, again=again, pause=pause)) as server:
        assert isinstance(error_of(server.url), (ConnectionFailed, ProtocolFailed))


BROKEN: dict[str, Iterable[bytes]] = {
    "no HTTP": (b"{}",),
    "nothing": (b"",),
    "a line break in the reason": (b"HTTP/1.1 200 O\rK\r\nContent-Length: 2\r\n\r\n{}",),
    "a header in the reason": (b"HTTP/1.1 200 OK\nX: y\r\nContent-Length: 2\r\n\r\n{}",),
    "no reason": (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",),
    "no status": (b"HTTP/1.1\r\n\r\n",),
    "a status of two digits": (b"HTTP/1.1 99 No\r\n\r\n",),
    "a status of four digits": (b"HTTP/1.1 2000 OK\r\n\r\n",),
    "a status that is a word": (b"HTTP/1.1 OK 200\r\n\r\n",),
    "a status of 999": (b"HTTP/1.1 999 No\r\nContent-Length: 2\r\n\r\n{}",),
    "another version": (b"HTTP/3.7 200 OK\r\nContent-Length: 2\r\n\r\n{}",),
    "too many headers": (OK, b"X-A: a\r\n" * 5000, b"\r\n{}"),
    "a header that is none": (OK, b"nonsense\r\n\r\n{}"),
    "a header of bytes": (OK, b"X-\xff\x00: \xfe\r\nContent-Length: 2\r\n\r\n{}"),
    "a length that is too short": (OK, b"Content-Length: 2\r\n\r\n{}{}"),
    "a length that is too long": (OK, b"Content-Length: 20\r\n\r\n{}"),
    "a negative length": (OK, b"Content-Length: -5\r\n\r\n{}"),
    "a length that is a word": (OK, b"Content-Length: two\r\n\r\n{}"),
    "a huge length": (OK, b"Content-Length: 99999999999999999999\r\n\r\n{}"),
    "two lengths": (OK, b"Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}"),
    "a chunk that is cut": (CHUNKED, b"5\r\n{}"),
    "a negative chunk": (CHUNKED, b"-1\r\n{}\r\n0\r\n\r\n"),
    "a huge chunk": (CHUNKED, b"fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
    "a chunk whose length is a word": (CHUNKED, b"two\r\n{}\r\n0\r\n\r\n"),
    "no last chunk": (CHUNKED, b"2\r\n{}\r\n"),
    "switching protocols": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",),
    "processing": (b"HTTP/1.1 102 Processing\r\n\r\n",),
    "no content with content": (b"HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\n{}",),
    "not modified": (b"HTTP/1.1 304 No\r\n\r\n",),
    "a redirect to itself": (b"HTTP/1.1 302 Go\r\nLocation: /list\r\nContent-Length: 0\r\n\r\n",),
    "a redirect with a line break": (b"HTTP/1.1 302 Go\r\nLocation: /a\r\n b\x1b[2J\r\nContent-Length: 0\r\n\r\n",),
    "an unknown compression": (OK, b"Content-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}"),
    "a compression of other bytes": (OK, b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}"),
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=list(BROKEN))
def test_broken_http_is_an_answer_or_one_line(parts: Iterable[bytes]) -> None:
    with talking(saying(b"".join(parts))) as server:
        found = outcome(server.url)
    if isinstance(found, Response):
        assert found.body in (b"{}", b"", b"{}{}")
        assert 200 <= found.status <= 999


@tries(80)
@given(st.binary(max_size=60), st.sampled_from([b"", OK, CHUNKED, OK + b"Content-Length: 9\r\n\r\n", b"HTTP/1.1 "]))
def test_any_bytes_are_an_answer_or_one_line(noise: bytes, before: bytes) -> None:
    with talking(saying(before + noise)) as server:
        outcome(server.url, timeout=1)


def _zeros(size: int) -> bytes:
    return b" " * size


BOMBS = {
    "gzip": (b"gzip", gzip.compress(_zeros(64 * MIB))),
    "deflate": (b"deflate", zlib.compress(_zeros(64 * MIB))),
    "gzip in gzip": (b"gzip, gzip", gzip.compress(gzip.compress(_zeros(256 * MIB), 9), 9)),
    "gzip many times": (b", ".join([b"gzip"] * 40), gzip.compress(b"{}")),
    "many members": (b"gzip", gzip.compress(_zeros(MIB)) * 64),
}


@pytest.mark.parametrize("first", [OK, b"HTTP/1.1 302 Found\r\nLocation: /\r\n"], ids=["good", "redirect"])
@pytest.mark.parametrize(("encoding", "body"), BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_of_compressed_bytes_is_given_up_by_what_it_unpacks_to(encoding: bytes, body: bytes, first: bytes) -> None:
    headers = first + b"Content-Encoding: " + encoding + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    with talking(saying(headers + body)) as server:
        tracemalloc.start()
        try:
            found = error_of(server.url, timeout=2)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert isinstance(found, ProtocolFailed)
    assert peak < 8 * MIB


@pytest.mark.parametrize(("encoding", "packed"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_answer_of_a_usual_size_is_read(encoding: str, packed: Callable[[bytes], bytes]) -> None:
    body = b'{"list": [%s]}' % b", ".join([b"1"] * 50_000)
    with serving(lambda request: Reply(packed(body), headers={"Content-Encoding": encoding})) as server:
        found = outcome(server.url, timeout=2)
    assert isinstance(found, Response)
    assert found.body == body


def test_the_answer_behind_an_interim_one_is_never_taken_for_that_to_the_next_call() -> None:
    late = threading.Event()

    def talk(connected: socket.socket) -> None:
        number = 0
        while connected.recv(65536):
            number += 1
            connected.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" if number == 1 else b"")
            late.wait(0.05)
            connected.sendall(OK + b"Content-Length: 1\r\n\r\n%d" % number)

    with talking(talk) as server:
        client = http_client(server.url, timeout=2)
        found = []
        for path in ("/1", "/2"):
            try:
                found.append(client.send(Call("GET", path)).text)
            except PbxError as error:
                found.append(error.kind)
            late.wait(0.1)
        client.close()
    assert found == ["1", "2"]


def test_no_cookie_is_kept() -> None:
    with serving(lambda request: Reply(b"{}", headers={"Set-Cookie": "session=1; Path=/"})) as server:
        client: HttpClient = http_client(server.url)
        client.send(GET)
        client.send(GET)
        client.close()
    assert [request.headers.get("cookie") for request in server.received] == [None, None]


@tries(150)
@given(st.one_of(st.text(), st.floats().map(str), st.integers().map(str), st.text("0123456789:, JanGMT+-", max_size=30)))
def test_how_long_to_wait_is_a_time_or_nothing(value: str) -> None:
    seconds = retry_after(value)
    assert seconds is None or seconds >= 0
