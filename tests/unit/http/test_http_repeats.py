# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent again, and what never: a write is repeated only if the server cannot have acted on it."""

from __future__ import annotations

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http import retry
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, Response
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.servers import CUT, Reply, closed_port, in_turn, serving

READ = Call("GET", "/list", repeatable=True)
WRITE = Call("POST", "/list", json={"name": "edvina"})
DELETE_BY_GET = Call("GET", "/delete")
GOOD = Reply(b'{"good": true}')


def test_a_read_is_repeated_after_a_lost_connection() -> None:
    with serving(in_turn(CUT, CUT, GOOD)) as server:
        client = http_client(server.url, retries=3)
        assert client.send(READ).json() == {"good": True}
    assert len(server.received) == 3
    assert client.counters.requests == 3
    assert client.counters.retries == 2


@pytest.mark.parametrize("call", [WRITE, DELETE_BY_GET], ids=["POST", "GET that deletes"])
def test_a_write_is_not_repeated_after_a_lost_connection(call: Call) -> None:
    with serving(in_turn(CUT, GOOD)) as server, pytest.raises(ConnectionFailed) as caught:
        http_client(server.url, retries=3).send(call)
    assert caught.value.sent
    assert len(server.received) == 1


def test_a_write_that_was_never_sent_is_repeated() -> None:
    pauses: list[float] = []
    with pytest.raises(ConnectionFailed) as caught:
        http_client(f"http://127.0.0.1:{closed_port()}", pauses, retries=3).send(WRITE)
    assert not caught.value.sent
    assert len(pauses) == 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failing_server_gets_a_read_again_and_a_write_never(status: int) -> None:
    statuses = frozenset((500, 502, 503, 504))
    with serving(in_turn(Reply(status=status), GOOD)) as server:
        assert http_client(server.url, retries=3, retry_statuses=statuses).send(READ).status == 200
    assert len(server.received) == 2
    with serving(in_turn(Reply(status=status), GOOD)) as server:
        assert http_client(server.url, retries=3, retry_statuses=statuses).send(WRITE).status == status
    assert len(server.received) == 1


def test_a_status_that_means_no_is_not_repeated() -> None:
    with serving(in_turn(Reply(status=500), GOOD)) as server:
        client = http_client(server.url, retries=3, retry_statuses=frozenset((502,)))
        assert client.send(READ).status == 500
    assert len(server.received) == 1


@pytest.mark.parametrize("call", [READ, WRITE, DELETE_BY_GET], ids=["read", "write", "GET that deletes"])
def test_too_many_requests_is_repeated_even_for_writes_after_the_time_that_is_asked_for(call: Call) -> None:
    pauses: list[float] = []
    with serving(in_turn(Reply(status=429, headers={"Retry-After": "17"}), GOOD)) as server:
        assert http_client(server.url, pauses, retries=3).send(call).status == 200
    assert len(server.received) == 2
    assert pauses == [17.0]


def test_a_busy_word_in_a_good_answer_is_repeated_even_for_writes() -> None:
    def busy(answer: Response) -> bool:
        return b"busy" in answer.body

    with serving(in_turn(Reply(b'"busy"'), GOOD)) as server:
        assert http_client(server.url, retries=3, busy=busy).send(WRITE).json() == {"good": True}
    assert len(server.received) == 2


def test_an_answer_that_asks_to_wait_too_long_is_given_back_at_once() -> None:
    pauses: list[float] = []
    with serving(in_turn(Reply(status=429, headers={"Retry-After": "301"}), GOOD)) as server:
        assert http_client(server.url, pauses, retries=3).send(READ).status == 429
    assert pauses == []


def test_without_retries_nothing_is_repeated() -> None:
    with serving(in_turn(Reply(status=503), GOOD)) as server:
        assert http_client(server.url, retries=0).send(READ).status == 503
    assert len(server.received) == 1


def test_a_dying_server_ends_many_calls_soon() -> None:
    retries, calls = 2, 50
    with serving(lambda request: Reply(status=503)) as server:
        client = http_client(server.url, retries=retries)
        for __ in range(calls):
            assert client.send(READ).status == 503
    repeated = len(server.received) - calls
    # The whole budget, and what the answers that ended a call gave back.
    assert repeated <= retries * retry.TOKENS_PER_RETRY + calls * 0.5
    assert repeated < calls * retries


def test_a_healthy_connection_is_kept_and_a_fresh_one_is_asked_for_where_need_be() -> None:
    with serving(lambda request: GOOD) as server:
        client = http_client(server.url)
        for call in (READ, READ, Call("GET", "/odd", fresh=True), READ):
            client.send(call)
        client.close()
    first, second, odd, last = server.received
    assert first.port == second.port == last.port
    assert odd.port != first.port
    assert odd.headers["connection"] == "close"


def test_what_is_sent_is_what_was_described() -> None:
    with serving(lambda request: GOOD) as server:
        client = http_client(server.url + "/base")
        client.send(Call("POST", "/a%2Fb", (("x", "1 & 2"),), json={"ü": [1]}, headers=(("X-Extra", "yes"),)))
        client.send(Call("POST", "/form", form={"a": "b c"}, basic=("Jörg", "pä:ss")))
    one, two = server.received
    assert one.target == "/base/a%2Fb?x=1+%26+2"
    assert one.json == {"ü": [1]}
    assert one.headers["content-type"] == "application/json"
    assert one.headers["x-extra"] == "yes"
    assert one.headers["user-agent"] == "tests"
    assert two.form == {"a": "b c"}
    assert two.headers["content-type"] == "application/x-www-form-urlencoded"
    assert two.headers["authorization"] == "Basic SsO2cmc6cMOkOnNz"
    assert client.counters.requests == 2
    assert client.counters.received == 2 * len(GOOD.body)
    assert client.counters.seconds > 0
