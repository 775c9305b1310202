# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AICC's client: a login elsewhere, codes within a 200, limits that are cut in silence, three shapes of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    AuthenticationFailed,
    BadInput,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import normalize
from ansible_collections.telephony.pbx.plugins.module_utils._systems.aicc.client import AICC, AiccClient, servers_of
from ansible_collections.telephony.pbx.plugins.module_utils._systems.aicc.softphone import SOFTPHONE
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, Server, as_json, serving

TOKEN = "/apigovernance/api/oauth/tokenByAkSk"
QUERY = "/apiaccess/CC-Management/v2/mobileAgent/queryPhone"
OLD_QUERY = QUERY.replace("v2", "v1")
FORBIDDEN = Reply(b"<html><head><title>403 Forbidden</title></head><body><center>nginx</center></body></html>", 403)
PHONES = {"retCode": "0", "retMsg": "successfully", "result": {"total": 1, "phone": [{"phoneNum": "1"}]}}


class SmallAicc:
    """``answers``: what queries are answered in turn, before the real thing. ``cut``: no page has more rows than that."""

    def __init__(self, *answers: Any, count: int = 3, cut: int = 100, login: Any = None, versions: str = "v1 v2") -> None:
        self.answers, self.cut, self.login, self.versions = list(answers), cut, login, versions
        self.rows = [{"phoneNum": str(88880000 + number)} for number in range(count)]
        self.given = 0

    def __call__(self, request: Received) -> Reply:
        if request.path == TOKEN:
            if self.login is not None:
                return self.login if isinstance(self.login, Reply) else as_json(self.login)
            self.given += 1
            return as_json({"AccessToken": f"token-{self.given}", "ApplyType": "Bearer", "Expires": "3600"})
        if request.path.split("/")[3] not in self.versions.split():
            return as_json({"errorMsg": "Not Found"}, 404)
        if self.answers:
            found = self.answers.pop(0)
            return found if isinstance(found, Reply) else as_json(found)
        limit, offset = (int(request.json[name]) for name in ("limit", "offset"))
        rows = self.rows[offset : offset + min(limit, self.cut)]
        return as_json({"retCode": "0", "result": {"total": len(self.rows), "phone": rows}})


@contextmanager
def opened(aicc: SmallAicc, **options: Any) -> Iterator[tuple[AiccClient, Server]]:
    with serving(aicc) as server:
        client = AiccClient(connection(server.url, AICC, **options), LocalSession)
        client.http._sleep = lambda seconds: None
        yield client, server
        client.close()


def numbers(client: AiccClient) -> list[str]:
    return [row["phoneNum"] for row in client.rows(SOFTPHONE, {}).rows]


# Logins


def test_the_login_travels_in_the_body_and_its_token_in_a_header_beside_the_app_key() -> None:
    with opened(SmallAicc()) as (client, server):
        numbers(client)
    login, query = server.received
    assert (login.method, login.path, login.json) == ("POST", TOKEN, {"app_key": "robot", "app_secret": SECRET})
    assert login.headers["x-token-expire"] == "3600"
    assert (query.method, query.path) == ("POST", QUERY)
    assert (query.headers["authorization"], query.headers["x-app-key"]) == ("Bearer token-1", "robot")
    assert query.json == {"limit": "100", "offset": "0"}


def test_tokens_may_come_from_another_address() -> None:
    with serving(SmallAicc()) as auth, opened(SmallAicc(), more=(("auth_url", auth.url),)) as (client, server):
        assert len(numbers(client)) == 3
    assert [request.path for request in auth.received] == [TOKEN]
    assert [request.path for request in server.received] == [QUERY]


def test_a_token_of_ones_own_needs_no_login_and_no_app_key() -> None:
    with opened(SmallAicc(), token="given", principal=None, secret=None) as (client, server):
        numbers(client)
    (query,) = server.received
    assert query.headers["authorization"] == "Bearer given"
    assert "x-app-key" not in query.headers


@pytest.mark.parametrize("status", [400, 401])
def test_wrong_credentials_are_told_in_the_vendors_words_and_tried_once(status: int) -> None:
    aicc = SmallAicc(login=as_json({"errorMsg": "WORDS"}, status))
    with opened(aicc, retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        numbers(client)
    assert "app key or app secret is wrong" in str(caught.value)
    assert "WORDS" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert len(server.received) == 1


@pytest.mark.parametrize("where", ["login", "query"])
def test_a_caller_that_the_gateway_refuses_is_told_as_that(where: str) -> None:
    aicc = SmallAicc(login=FORBIDDEN) if where == "login" else SmallAicc(FORBIDDEN)
    with opened(aicc, retries=3) as (client, server), pytest.raises(PermissionDenied) as caught:
        numbers(client)
    assert "the operator's gateway refuses" in str(caught.value)
    assert "this machine's address on the operator's list" in str(caught.value)
    assert "nginx" not in str(caught.value)
    assert len(server.received) == (1 if where == "login" else 2)


def test_an_address_that_gives_out_no_tokens_is_told_with_the_option() -> None:
    with opened(SmallAicc(login=Reply(b"", 404))) as (client, __), pytest.raises(Unsupported, match="api_auth_url"):
        numbers(client)


@pytest.mark.parametrize("login", [Reply(b"<html>"), {}, [], {"AccessToken": None}, {"AccessToken": "x", "Expires": "soon"}])
def test_a_login_without_a_token_is_told(login: Any) -> None:
    with opened(SmallAicc(login=login)) as (client, __), pytest.raises(ProtocolFailed):
        numbers(client)


def test_a_token_that_is_over_is_replaced_once_in_the_middle_of_the_pages_too() -> None:
    aicc = SmallAicc(count=250)
    aicc.answers = [None, Reply(b"", 401)]
    aicc.answers[0] = as_json({"retCode": "0", "result": {"total": 250, "phone": aicc.rows[:100]}})
    with opened(aicc, concurrency=1) as (client, server):
        assert numbers(client) == [row["phoneNum"] for row in aicc.rows]
    assert aicc.given == 2
    queries = [request.headers["authorization"] for request in server.received if request.path == QUERY]
    assert queries[:3] == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


def test_a_service_that_was_not_bought_looks_like_a_bad_token_and_costs_one_more_login() -> None:
    aicc = SmallAicc(*[Reply(b"", 401)] * 9)
    with opened(aicc, retries=3) as (client, __), pytest.raises(AuthenticationFailed) as caught:
        numbers(client)
    assert "Has the service been bought" in str(caught.value)
    assert aicc.given == 2


# Return codes


@pytest.mark.parametrize("code", ["2", "4", 2])
def test_codes_that_mean_nothing_is_there_are_an_empty_list(code: Any) -> None:
    with opened(SmallAicc({"retCode": code, "retMsg": "empty"})) as (client, __):
        listing = client.rows(SOFTPHONE, {})
    assert (listing.rows, listing.warnings) == ([], [])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1", "the query failed"),
        ("3", "no address or port where softphones register"),
        ("5", "no virtual call center"),
        ("99", "AICC refuses or failed"),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_other_codes_are_told_with_the_vendors_words(code: str, words: str, status: int) -> None:
    with opened(SmallAicc(as_json({"retCode": code, "retMsg": "WORDS"}, status))) as (client, __):
        with pytest.raises(ServerFailed) as caught:
            numbers(client)
    assert caught.type is ServerFailed
    assert words in str(caught.value)
    assert caught.value.code == code
    assert caught.value.text == "WORDS"


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadInput), (403, PermissionDenied), (500, ServerFailed), (503, ServerFailed)]
)
def test_a_status_without_a_code_is_told_by_the_status(status: int, kind: type[PbxError]) -> None:
    with opened(SmallAicc(Reply(b"", status))) as (client, __), pytest.raises(kind) as caught:
        numbers(client)
    assert caught.type is kind


@pytest.mark.parametrize(
    "answer", [Reply(b"<html>"), Reply(b""), as_json([]), as_json({}), as_json({"retCode": None}), as_json({"retCode": []})]
)
def test_an_answer_without_a_code_is_told(answer: Reply) -> None:
    with opened(SmallAicc(answer, answer)) as (client, __), pytest.raises(ProtocolFailed):
        numbers(client)


@pytest.mark.parametrize("result", [{"phone": "x"}, {"phone": [1]}, {"phone": [{"id": 1}]}, [1]])
def test_rows_without_an_identity_are_told(result: Any) -> None:
    with opened(SmallAicc({"retCode": "0", "result": result})) as (client, __), pytest.raises(ProtocolFailed):
        numbers(client)


@pytest.mark.parametrize("answer", [{"retCode": "0"}, {"retCode": 0, "result": None}, {"retCode": "0", "result": {"total": "0"}}])
def test_a_success_without_phones_is_an_empty_list(answer: Any) -> None:
    with opened(SmallAicc(answer)) as (client, __):
        assert numbers(client) == []


@pytest.mark.parametrize("names", [("resultCode", "resultMessage"), ("returnCode", "message")])
def test_other_calls_name_their_codes_otherwise(names: tuple[str, str]) -> None:
    code, words = names
    with opened(SmallAicc({code: "0", "data": [1]}, {code: "2", words: "WORDS"})) as (client, __):
        assert client.call(Call("POST", "/v1/queryAgentInfo", json={})) == {"data": [1]}
        with pytest.raises(ServerFailed, match="WORDS") as caught:
            client.call(Call("POST", "/v1/queryAgentInfo", json={}))
    assert "softphone" not in str(caught.value)


# Pages


@pytest.mark.parametrize("cut", [100, 40, 7])
@pytest.mark.parametrize("count", [0, 3, 100, 101, 250])
def test_all_rows_are_read_however_few_the_server_gives_at_once(count: int, cut: int) -> None:
    with opened(SmallAicc(count=count, cut=cut)) as (client, server):
        listing = client.rows(SOFTPHONE, {})
    assert [row["phoneNum"] for row in listing.rows] == [str(88880000 + number) for number in range(count)]
    assert listing.warnings == []
    asked = [request.json for request in server.received[1:]]
    assert all(isinstance(one[name], str) for one in asked for name in ("limit", "offset"))
    assert all(1 <= int(one["limit"]) <= 100 for one in asked)


def test_a_list_that_shrinks_below_an_offset_is_read_again() -> None:
    aicc = SmallAicc(count=150)
    aicc.answers = [as_json({"retCode": "0", "result": {"total": 250, "phone": aicc.rows[:100]}}), {"retCode": "4"}]
    with opened(aicc, concurrency=1) as (client, __):
        assert numbers(client) == [row["phoneNum"] for row in aicc.rows]


def test_a_lost_connection_is_repeated_though_it_is_a_post() -> None:
    with opened(SmallAicc(Reply(cut=True)), retries=1) as (client, server):
        assert len(numbers(client)) == 3
    assert len(server.received) == 3


# Versions


def test_an_older_server_is_asked_by_version_1_and_only_the_first_time_by_both() -> None:
    with opened(SmallAicc(versions="v1")) as (client, server):
        assert [len(numbers(client)) for __ in range(2)] == [3, 3]
    assert [request.path for request in server.received] == [TOKEN, QUERY, OLD_QUERY, OLD_QUERY]


def test_a_server_of_neither_version_is_told() -> None:
    with opened(SmallAicc(versions="v3")) as (client, __), pytest.raises(Unsupported, match="this AICC has no such call"):
        numbers(client)


def test_no_other_call_comes_in_pages() -> None:
    with opened(SmallAicc()) as (client, server), pytest.raises(BadInput):
        client.listed("/v1/queryAgentInfo", "id", {})
    assert server.received == []


# Shapes

PLACE = {"regIPAddress": "192.0.2.1", "regPort": "5060", "sipServiceIp": "192.0.2.2", "sipServicePort": "5061"}
HERE = {"node": None, **PLACE}


@pytest.mark.parametrize(
    ("result", "servers"),
    [
        ({"singleRegServ": [PLACE]}, [HERE]),
        ({"singleRegServ": PLACE}, [HERE]),
        ({"poolRegServ": {"node2": [PLACE], "node1": [PLACE]}}, [{**HERE, "node": "node1"}, {**HERE, "node": "node2"}]),
        ({"regIPAddress": "192.0.2.1", "regPort": "5060"}, [{**HERE, "sipServiceIp": None, "sipServicePort": None}]),
        ({}, []),
        ({"singleRegServ": None, "poolRegServ": "x"}, []),
        ({"singleRegServ": [None, "x"], "poolRegServ": {"node1": None}}, []),
    ],
)
def test_where_phones_register_comes_in_three_shapes(result: Any, servers: Any) -> None:
    assert servers_of(result) == servers


def test_texts_become_numbers_and_the_status_a_switch() -> None:
    raw = {"phoneNum": "1", "id": "12", "status": "1", "servers": [HERE]}
    found = normalize(SOFTPHONE, raw, pytest.fail)
    assert (found["id"], found["registered"]) == (12, False)
    assert found["servers"][0] == {
        "node": None, "address": "192.0.2.1", "port": 5060, "service_address": "192.0.2.2", "service_port": 5061,
    }  # fmt: skip
    assert normalize(SOFTPHONE, {"phoneNum": "1", "status": 0}, pytest.fail)["registered"] is True
    assert normalize(SOFTPHONE, {"phoneNum": "1"}, pytest.fail)["registered"] is None
