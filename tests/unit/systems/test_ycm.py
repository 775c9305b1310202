# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yeastar Central Management's client: bearer tokens, errors under several names, a bucket that runs dry."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    AuthenticationFailed,
    BadInput,
    Conflict,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    RateLimited,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.exchange import Exchange
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import normalize
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm.client import (
    BUCKET_PATIENCE,
    BUCKET_PAUSE,
    YCM,
    YcmClient,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm.cloud_pbx import CLOUD_PBX
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, Server, as_json, serving

READ = Call("GET", "/v2/cloud_pbx/instances", repeatable=True)
SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "code": lambda code: {"code": code, "message": "WORDS"},
    "errcode as text": lambda code: {"errcode": str(code), "msg": "WORDS"},
    "errorCode": lambda code: {"errorCode": code, "message": "WORDS"},
    "in error": lambda code: {"error": {"code": code, "msg": "WORDS"}},
    "in errors": lambda code: {"errors": [{"errorCode": str(code)}], "message": "WORDS"},
}


class SmallYcm:
    """``answers``: what the list and the details are answered, in turn, before the real thing."""

    def __init__(self, *answers: Any, count: int = 3, login: Any = None) -> None:
        self.answers, self.login = list(answers), login
        self.rows = [{"cloudPbxId": number, "name": f"p{number}"} for number in range(count)]
        self.given = 0

    def __call__(self, request: Received) -> Reply:
        if request.path == "/dm/open_api/oauth/token":
            if self.login is not None:
                return self.login if isinstance(self.login, Reply) else as_json(self.login)
            self.given += 1
            tokens = {"access_token": f"token-{self.given}", "refresh_token": f"refresh-{self.given}"}
            return as_json({**tokens, "token_type": "bearer", "expires_in": 1800})
        if self.answers:
            found = self.answers.pop(0)
            return found if isinstance(found, Reply) else as_json(found)
        size, number = int(request.query.get("pageSize", 10)), int(request.query.get("pageNumber", 1))
        rows = self.rows[(number - 1) * size : number * size]
        return as_json({"status": "Success", "requestId": "r1", "data": {"total": len(self.rows), "list": rows}})


@contextmanager
def opened(ycm: SmallYcm, **options: Any) -> Iterator[tuple[YcmClient, Server]]:
    with serving(ycm) as server:
        client = YcmClient(connection(server.url, YCM, **options), LocalSession)
        client.http._sleep = client.pause = lambda seconds: None
        yield client, server
        Exchange.close(client.session)  # without a logout


def test_the_login_is_a_form_and_the_token_a_bearer_header() -> None:
    with opened(SmallYcm()) as (client, server):
        client.call(READ)
    login, read = server.received
    assert login.form == {"grant_type": "client_credentials", "client_id": "robot", "client_secret": SECRET}
    assert login.path == "/dm/open_api/oauth/token"
    assert read.headers["authorization"] == "Bearer token-1"
    assert read.target == "/dm/open_api/v2/cloud_pbx/instances"


@pytest.mark.parametrize("code", [1000002, 1000015, 1000033])
def test_wrong_credentials_are_told_with_the_danger_and_tried_once(code: int) -> None:
    ycm = SmallYcm(login=as_json({"code": code, "message": "no"}, 200))
    with opened(ycm, retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "client ID or client secret is wrong" in str(caught.value)
    assert "block" in str(caught.value)
    assert len(server.received) == 1


def test_a_login_refused_by_status_alone_is_told() -> None:
    with opened(SmallYcm(login=Reply(b"", 401))) as (client, __), pytest.raises(AuthenticationFailed):
        client.call(READ)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1000001, ServerFailed),
        (1000004, BadInput),
        (1000005, NotFound),
        (1000007, Conflict),
        (1000042, PermissionDenied),
        (1000043, PermissionDenied),
        (3000009, ServerFailed),
    ],
)
def test_an_error_code_is_found_under_each_of_its_names(shape: str, status: int, code: int, kind: type[PbxError]) -> None:
    answer = as_json({"status": "Failed", "requestId": "r7", **SHAPES[shape](code)}, status)
    with opened(SmallYcm(answer)) as (client, __), pytest.raises(kind) as caught:
        client.call(READ)
    assert caught.type is kind
    assert caught.value.code == code
    assert 'WORDS", request r7' in str(caught.value)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("code", [1000011, 1000035, 1000036])
def test_a_token_that_is_refused_is_replaced_once_and_the_call_repeated(shape: str, code: int) -> None:
    with opened(SmallYcm(as_json(SHAPES[shape](code), 401))) as (client, server):
        assert client.call(READ)["total"] == 3
    read = [request.headers["authorization"] for request in server.received if request.method == "GET"]
    assert read == ["Bearer token-1", "Bearer token-2"]


def test_a_token_refused_by_status_alone_is_replaced() -> None:
    with opened(SmallYcm(Reply(b"", 401))) as (client, __):
        assert client.call(READ)["total"] == 3


def test_a_missing_permission_costs_no_login() -> None:
    ycm = SmallYcm(as_json({"code": 1000042}, 401))
    with opened(ycm) as (client, __), pytest.raises(PermissionDenied):
        client.call(READ)
    assert ycm.given == 1


@pytest.mark.parametrize("status", [200, 400, 429])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_empty_bucket_is_waited_for_even_by_writes(status: int, method: str) -> None:
    with opened(SmallYcm(as_json({"code": 1000040}, status)), retries=1) as (client, server):
        assert client.call(Call(method, READ.path))["total"] == 3
    assert len(server.received) == 3


def test_a_bucket_that_stays_empty_is_told() -> None:
    empty = as_json({"code": 1000040, "message": "slow down"})
    with opened(SmallYcm(*[empty] * 999), retries=1) as (client, server), pytest.raises(RateLimited, match="slow down"):
        client.call(READ)
    # It was asked for as long as the vendor's own example of a limit needs to fill its bucket again.
    assert len(server.received) > BUCKET_PATIENCE / BUCKET_PAUSE


def test_a_bucket_that_fills_within_minutes_is_waited_for_and_nothing_is_done_twice() -> None:
    pauses: list[float] = []
    empty = as_json({"code": 1000040}, 429)
    with opened(SmallYcm(*[empty] * 20), retries=1) as (client, server):
        client.pause = pauses.append  # type: ignore[method-assign]
        assert client.call(Call("PUT", READ.path))["total"] == 3
    assert sum(pauses) >= 90
    assert len(server.received) == 1 + 21


def test_nothing_is_waited_for_where_nothing_may_be_repeated() -> None:
    with opened(SmallYcm(as_json({"code": 1000040})), retries=0) as (client, server), pytest.raises(RateLimited):
        client.call(READ)
    assert len(server.received) == 2


def test_a_server_that_says_how_long_to_wait_is_believed() -> None:
    pauses: list[float] = []
    with opened(SmallYcm(as_json({"code": 1000040}, 429, **{"Retry-After": "7"})), retries=1) as (client, __):
        client.http._sleep, client.pause = pauses.append, pytest.fail  # type: ignore[assignment, method-assign]
        client.call(READ)
    assert pauses == [7]


@pytest.mark.parametrize("word", ["status", "Status"])
def test_a_failure_without_a_code_is_a_failure(word: str) -> None:
    ycm = SmallYcm({word: "Failed", "data": {}, "msg": "WORDS"})
    with opened(ycm) as (client, __), pytest.raises(ServerFailed, match="WORDS"):
        client.call(READ)


@pytest.mark.parametrize("answer", [Reply(b"<html>"), as_json([]), as_json({"status": "Success"}), Reply(b"")])
def test_an_answer_without_data_is_told(answer: Reply) -> None:
    with opened(SmallYcm(answer, answer)) as (client, __), pytest.raises(ProtocolFailed):
        client.call(READ)


def test_an_answer_that_makes_no_sense_is_asked_for_once_more() -> None:
    """It may be the late answer to an earlier call on the same connection."""
    with opened(SmallYcm(Reply(b"<html>"))) as (client, server):
        assert client.call(READ)
    assert len([request for request in server.received if request.method == READ.method]) == 2


def test_a_status_without_a_body_is_told_by_the_status() -> None:
    with opened(SmallYcm(Reply(b"", 403))) as (client, __), pytest.raises(PermissionDenied):
        client.call(READ)


@pytest.mark.parametrize("count", [0, 3, 50, 51, 120])
def test_all_pages_are_read_fifty_at_a_time_in_an_order_that_stands_still(count: int) -> None:
    with opened(SmallYcm(count=count)) as (client, server):
        listing = client.rows(CLOUD_PBX, {"search": "x y"})
    assert [row["cloudPbxId"] for row in listing.rows] == list(range(count))
    asked = [request.query for request in server.received[1:]]
    assert {(one["pageSize"], one["sort"], one["search"]) for one in asked} == {("50", "cloudPbxId", "x y")}
    assert sorted(one["pageNumber"] for one in asked)[0] == "1"


def test_another_order_may_be_asked_for() -> None:
    with opened(SmallYcm()) as (client, server):
        client.rows(CLOUD_PBX, {"sort": "-createTime"})
    assert server.received[1].query["sort"] == "-createTime"


def test_one_pbx_is_asked_for_one_version_lower_and_may_not_be_there() -> None:
    with opened(SmallYcm({"data": {"cloudPbxId": 7}}, as_json({"code": 1000005}, 400))) as (client, server):
        assert client.one(CLOUD_PBX, 7) == {"cloudPbxId": 7}
        assert client.one(CLOUD_PBX, "8/9") is None
    assert server.received[1].target == "/dm/open_api/v1/cloud_pbx/instances/7"
    assert server.received[2].target == "/dm/open_api/v1/cloud_pbx/instances/8%2F9"


def test_an_old_token_is_refreshed_with_the_newest_refresh_token() -> None:
    with opened(SmallYcm()) as (client, server):
        assert client.tokens is not None
        for late in (0, 1700, 3500):
            client.tokens._clock = lambda late=late: time.time() + late  # type: ignore[misc]
            client.call(READ)
    forms = [request.form for request in server.received if request.method == "POST"]
    assert forms[1:] == [{"grant_type": "refresh_token", "refresh_token": f"refresh-{number}"} for number in (1, 2)]


def test_nobody_elses_sessions_are_ended_by_logging_out() -> None:
    with opened(SmallYcm()) as (client, server):
        client.call(READ)
        client.close()
    assert {request.method for request in server.received} == {"GET", "POST"}


def test_a_code_of_odd_digits_is_no_traceback() -> None:
    with opened(SmallYcm(as_json({"code": "\u00b2", "message": "WORDS"}, 400))) as (client, __), pytest.raises(PbxError):
        client.call(READ)


def test_a_lifetime_that_is_no_number_is_no_traceback() -> None:
    login = {"access_token": "x", "expires_in": "soon"}
    with opened(SmallYcm(login=login)) as (client, __), pytest.raises(PbxError):
        client.call(READ)


@pytest.mark.parametrize("login", [as_json({"code": 1000042, "msg": "WORDS"}, 403), Reply(b"<html>", 403)])
def test_an_address_that_is_blocked_is_told_as_that_and_not_as_a_permission(login: Reply) -> None:
    with opened(SmallYcm(login=login), retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "refuses this machine's address or the API client" in str(caught.value)
    assert "Security > Blocked IP" in str(caught.value)
    assert len(server.received) == 1


@pytest.mark.parametrize("where", ["login", "detail"])
@pytest.mark.parametrize("status", [404, 405])
def test_another_server_is_not_taken_for_a_pbx_that_is_not_there(where: str, status: int) -> None:
    other = Reply(b"Not Found", status)
    ycm = SmallYcm(login=other) if where == "login" else SmallYcm(other)
    with opened(ycm) as (client, __), pytest.raises(Unsupported, match="api_url"):
        client.one(CLOUD_PBX, 7)


@pytest.mark.parametrize("answer", [{"status": "Success"}, {"status": "Success", "data": None}, {"status": "success", "data": 7}])
def test_a_write_is_good_if_it_says_so(answer: Any) -> None:
    with opened(SmallYcm(answer)) as (client, server):
        assert client.write("PUT", "/v1/cloud_pbx/instances/7/start") == answer.get("data")
    assert (server.received[1].method, server.received[1].body) == ("PUT", b"")


@pytest.mark.parametrize("answer", [{}, [], {"data": 7}, Reply(b""), Reply(b"<html>")])
def test_a_write_without_a_word_of_success_is_told(answer: Any) -> None:
    with opened(SmallYcm(answer)) as (client, __), pytest.raises(ProtocolFailed):
        client.write("PUT", "/v1/cloud_pbx/instances/7/start")


def test_numbers_and_switches_that_travel_as_text_and_fields_that_are_left_out() -> None:
    row = {"cloudPbxId": 1, "activeCalls": "2", "usedExtensions": "", "allowSuperiorPasswordlessLogin": "no"}
    found = normalize(CLOUD_PBX, row, lambda text: None)
    assert (found["active_calls"], found["used_extensions"]) == (2, None)
    assert found["allow_superior_passwordless_login"] is False
    assert found["expiration_date"] is found["last_used_template"] is None
    assert found["creator"] is None


@pytest.mark.parametrize("answer", [[], {}, {"cloudPbxId": None, "name": "x"}])
def test_a_detail_without_an_id_is_no_missing_pbx(answer: Any) -> None:
    """What is done to it is done by its ID."""
    with opened(SmallYcm(*[as_json({"status": "Success", "data": answer})] * 2)) as (client, __), pytest.raises(ProtocolFailed):
        client.row(CLOUD_PBX, 1)
