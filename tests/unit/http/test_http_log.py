# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line for each request that went out, for -vvv."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, with_token
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, TOKEN, http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import (
    CUT,
    Reply,
    closed_port,
    in_turn,
    saying,
    serving,
    talking,
)

GET = Call("GET", "/list", (("search", "x"),), repeatable=True)


def logged(url: str, *calls: Call, **options: Any) -> list[str]:
    """The lines, with N for how long it took."""
    lines: list[str] = []
    client = http_client(url, **options)
    client.log = lines.append
    for call in calls:
        try:
            client.send(call)
        except PbxError:
            pass
    client.close()
    assert all(re.search(r", \d+ ms,", line) for line in lines)
    return [re.sub(r"\d+ ms", "N ms", line) for line in lines]


def test_each_request_is_a_line() -> None:
    with serving(lambda request: Reply(b"x" * 1834)) as server:
        assert logged(server.url, GET, Call("POST", "/a", fresh=True), GET) == [
            "GET /list: 200, 1834 bytes, N ms, attempt 1, new connection",
            "POST /a: 200, 1834 bytes, N ms, attempt 1, new connection",
            "GET /list: 200, 1834 bytes, N ms, attempt 1, kept connection",
        ]


def test_each_attempt_is_a_line() -> None:
    with serving(in_turn(Reply(status=503), CUT, Reply())) as server:
        assert logged(server.url, GET, retries=3) == [
            "GET /list: 503, 2 bytes, N ms, attempt 1, new connection",
            "GET /list: connection, 0 bytes, N ms, attempt 2",
            "GET /list: 200, 2 bytes, N ms, attempt 3, new connection",
        ]


def test_a_failure_is_a_line_with_its_kind(authority: Authority) -> None:
    assert logged(f"http://127.0.0.1:{closed_port()}", GET) == [
        "GET /list: connection, 0 bytes, N ms, attempt 1"
    ]
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server:
        assert logged(server.url, GET) == ["GET /list: tls, 0 bytes, N ms, attempt 1"]
    with talking(saying(b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n")) as server:
        assert logged(server.url, GET) == ["GET /list: protocol, 0 bytes, N ms, attempt 1"]


def test_time_is_told_in_milliseconds() -> None:
    lines: list[str] = []
    with talking(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as server:
        client = http_client(server.url)
        client.log = lines.append
        client.send(GET)
    found = re.search(r"(\d+) ms", lines[0])
    assert found
    assert int(found.group(1)) == pytest.approx(client.counters.seconds * 1000, abs=1)


def test_no_secret_is_in_a_line() -> None:
    call = with_token(Call("GET", f"/users/{SECRET}/{TOKEN}", basic=("robot", SECRET)), query="authtoken", token=TOKEN)
    with serving(lambda request: Reply()) as server:
        (line,) = logged(server.url, call, token=TOKEN)
    assert line == "GET /users/********/********: 200, 2 bytes, N ms, attempt 1, new connection"
