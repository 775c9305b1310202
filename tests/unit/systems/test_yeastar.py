# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yeastar's client: failures come as error codes in a 200, tokens in the query, and eight of them at most."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._engine.client import LOGIN_PAUSE
from ansible_collections.telephony.pbx.plugins.module_utils._engine.journal import NOTHING, UNKNOWN
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
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar.client import (
    PAGE_SIZE,
    YEASTAR,
    YeastarClient,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar.onsite_proxy import ONSITE_PROXY
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, Server, as_json, serving

READ = Call("GET", "/onsiteproxy/list", repeatable=True)


class SmallPbx:
    """``answers``: what ends of paths are answered, in turn; ``rows``: its onsite proxies."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {end: list(found) if isinstance(found, list) else [found] for end, found in answers.items()}
        self.rows = [{"id": number, "name": f"p{number}"} for number in range(3)]
        self.given = 0

    def __call__(self, request: Received) -> Reply:
        end = request.path.rsplit("/", 1)[1]
        if self.answers.get(end):
            left = self.answers[end]
            found = left.pop(0) if len(left) > 1 else left[0]
            if found is not None:
                return found if isinstance(found, Reply) else as_json(found, Connection="close")
        if end in ("get_token", "refresh_token"):
            self.given += 1
            tokens = {"access_token": f"token-{self.given}", "refresh_token": f"refresh-{self.given}"}
            return as_json({"errcode": 0, "errmsg": "SUCCESS", "access_token_expire_time": 1800, **tokens}, Connection="close")
        page, size = int(request.query.get("page", 1)), int(request.query.get("page_size", 10))
        rows = self.rows[(page - 1) * size : page * size]
        data = {"errcode": 0, "total_number": len(self.rows), "data": rows, "connection_url": "pbx.example.com"}
        return as_json(data, Connection="close")


@contextmanager
def opened(pbx: SmallPbx, **options: Any) -> Iterator[tuple[YeastarClient, Server]]:
    with serving(pbx) as server:
        client = YeastarClient(connection(server.url, YEASTAR, **options), LocalSession)
        client.http._sleep = lambda seconds: None
        yield client, server


def test_the_login_travels_in_the_body_and_the_token_in_the_query() -> None:
    with opened(SmallPbx()) as (client, server):
        client.call(READ)
    login, read = server.received
    assert (login.method, login.path) == ("POST", "/openapi/v1.0/get_token")
    assert login.json == {"username": "robot", "password": SECRET}
    assert login.headers["user-agent"]
    assert (read.path, read.query) == ("/openapi/v1.0/onsiteproxy/list", {"access_token": "token-1"})


@pytest.mark.parametrize("code", [-1, 1])
def test_wrong_credentials_are_told_with_the_danger_and_tried_once(code: int) -> None:
    refusal = {"errcode": code, "errmsg": "FAILURE", "invalid_param_list": [{"field": "username or password", "value": "error"}]}
    with opened(SmallPbx(get_token=refusal), retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "client ID or client secret is wrong" in str(caught.value)
    assert "block" in str(caught.value)
    assert len(server.received) == 1


def test_the_ninth_token_is_told_as_what_it_is() -> None:
    pbx = SmallPbx(get_token={"errcode": 60002, "errmsg": "MAX LIMITATION EXCEEDED"})
    with opened(pbx) as (client, __), pytest.raises(RateLimited) as caught:
        client.call(READ)
    assert "eight tokens" in str(caught.value)
    assert "API clients of their own" in str(caught.value)


def test_a_pbx_whose_tokens_are_used_up_is_waited_for_within_the_timeout() -> None:
    used_up = {"errcode": 60002, "errmsg": "MAX LIMITATION EXCEEDED"}
    with opened(SmallPbx(get_token=[used_up, used_up, None]), retries=3, timeout=60) as (client, server):
        pauses: list[float] = []
        client.pause = pauses.append  # type: ignore[method-assign]
        client.call(READ)
    assert [request.path.rsplit("/", 1)[1] for request in server.received] == ["get_token"] * 3 + ["list"]
    assert len(set(pauses)) == 2
    assert all(LOGIN_PAUSE[0] <= pause <= LOGIN_PAUSE[1] for pause in pauses)
    with opened(SmallPbx(get_token=used_up), retries=3, timeout=1) as (client, server), pytest.raises(RateLimited):
        client.call(READ)
    assert len(server.received) == 1


def test_a_token_that_is_over_is_replaced_once_and_the_call_repeated() -> None:
    with opened(SmallPbx(list=[None, {"errcode": 10004, "errmsg": "TOKEN EXPIRED"}, None])) as (client, server):
        client.call(READ)
        assert client.call(READ)["errcode"] == 0
    assert [request.query.get("access_token") for request in server.received if "list" in request.path] == [
        "token-1",
        "token-1",
        "token-2",
    ]


def test_a_token_that_was_kept_is_refreshed_by_its_refresh_token() -> None:
    with opened(SmallPbx()) as (client, server):
        client.call(READ)
        assert client.tokens is not None
        client.tokens._clock = lambda: time.time() + 1790
        client.call(READ)
    refresh = server.received[2]
    assert refresh.path == "/openapi/v1.0/refresh_token"
    assert refresh.json == {"refresh_token": "refresh-1"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-2, ServerFailed),
        (-1, ServerFailed),
        (2, ServerFailed),
        (10001, Unsupported),
        (10005, PermissionDenied),
        (40001, BadInput),
        (40002, BadInput),
        (40003, Conflict),
        (60001, NotFound),
        (60002, Conflict),
        (70004, AuthenticationFailed),
        (70087, PermissionDenied),
        (70123, Unsupported),
        (99999, ServerFailed),
    ],
)
def test_an_error_code_in_a_good_answer_is_an_error_of_its_kind(code: int, kind: type[PbxError]) -> None:
    pbx = SmallPbx(list={"errcode": code, "errmsg": "WORDS", "invalid_param_list": [{"field": "page", "validation_type": "max"}]})
    with opened(pbx) as (client, __), pytest.raises(kind) as caught:
        client.call(READ)
    assert caught.type is kind
    assert f"error {code}" in str(caught.value)
    assert "WORDS, page: max" in str(caught.value)
    assert "token-1" not in str(caught.value)


def test_a_busy_pbx_is_asked_again_even_for_writes() -> None:
    with opened(SmallPbx(create=[{"errcode": 70082}, {"errcode": 0, "id": 5}]), retries=2) as (client, server):
        assert client.call(Call("POST", "/onsiteproxy/create", json={}))["id"] == 5
    assert len(server.received) == 3


def test_a_pbx_that_stays_busy_is_told() -> None:
    with opened(SmallPbx(list={"errcode": 70082}), retries=2) as (client, server), pytest.raises(RateLimited):
        client.call(READ)
    assert len(server.received) == 1 + 3


@pytest.mark.parametrize("reply", [Reply(b"<html>"), as_json([]), as_json({}), as_json({"errcode": "0"}), Reply(b"")])
def test_an_answer_without_a_code_is_told(reply: Reply) -> None:
    with opened(SmallPbx(list=reply)) as (client, __), pytest.raises(ProtocolFailed):
        client.call(READ)


@pytest.mark.parametrize("count", [0, 3, PAGE_SIZE, PAGE_SIZE * 2 + 7])
def test_all_pages_are_read_though_each_answer_closes_its_connection(count: int) -> None:
    pbx = SmallPbx()
    pbx.rows = [{"id": number} for number in range(count)]
    with opened(pbx) as (client, server):
        listing = client.rows(ONSITE_PROXY, {})
    assert [row["id"] for row in listing.rows] == list(range(count))
    assert listing.extra == {"connection_url": "pbx.example.com"}
    assert server.received[1].query["page_size"] == str(PAGE_SIZE)
    assert len({request.port for request in server.received}) == len(server.received)


def test_a_search_has_a_path_of_its_own() -> None:
    with opened(SmallPbx()) as (client, server):
        client.rows(ONSITE_PROXY, {"search_value": "Ber lin", "sort_by": "name"})
    assert server.received[1].path == "/openapi/v1.0/onsiteproxy/search"
    assert server.received[1].query["search_value"] == "Ber lin"
    assert server.received[1].query["sort_by"] == "name"


@pytest.mark.parametrize("rows", [None, "x", [1], [{"name": "no id"}]])
def test_rows_without_an_identity_are_told(rows: Any) -> None:
    with opened(SmallPbx(list={"errcode": 0, "total_number": 1, "data": rows})) as (client, __), pytest.raises(ProtocolFailed):
        client.rows(ONSITE_PROXY, {})


def test_one_proxy_is_asked_for_by_its_id_and_may_not_be_there() -> None:
    pbx = SmallPbx(get=[{"errcode": 0, "data": {"id": 47}}, {"errcode": 60001}])
    with opened(pbx) as (client, server):
        assert client.one(ONSITE_PROXY, 47) == {"id": 47}
        assert client.one(ONSITE_PROXY, 48) is None
    assert server.received[1].query["id"] == "47"


def test_a_token_of_its_own_is_given_back() -> None:
    with opened(SmallPbx(del_token={"errcode": 0})) as (client, server):
        client.call(READ)
        client.close()
    assert server.received[-1].path == "/openapi/v1.0/del_token"
    assert server.received[-1].query == {"access_token": "token-1"}


def test_a_lifetime_that_is_no_number_is_no_traceback() -> None:
    pbx = SmallPbx(get_token={"errcode": 0, "access_token": "x", "access_token_expire_time": "soon"})
    with opened(pbx) as (client, __), pytest.raises(PbxError):
        client.call(READ)


def test_a_write_that_the_pbx_is_still_at_is_no_failure() -> None:
    answers = [{"errcode": 2, "errmsg": "PROCESSING"}, {"errcode": 1, "errmsg": "PARTIAL SUCCESS"}]
    with opened(SmallPbx(create=answers)) as (client, __):
        client.write("POST", "/onsiteproxy/create", {})
        with pytest.raises(ServerFailed, match="only a part was done"):
            client.write("POST", "/onsiteproxy/create", {})


@pytest.mark.parametrize("end", ["get_token", "get"])
@pytest.mark.parametrize("status", [404, 405])
def test_another_server_is_not_taken_for_a_pbx_without_that_proxy(end: str, status: int) -> None:
    with opened(SmallPbx(**{end: Reply(b"Not Found", status)})) as (client, __), pytest.raises(Unsupported, match="api_url"):
        client.one(ONSITE_PROXY, 47)


@pytest.mark.parametrize("name", ["search_value", "name", "intranet_ip"])
def test_what_only_a_search_takes_is_a_search(name: str) -> None:
    with opened(SmallPbx()) as (client, server):
        client.rows(ONSITE_PROXY, {name: "x"})
    assert (server.received[1].path, server.received[1].query[name]) == ("/openapi/v1.0/onsiteproxy/search", "x")


def test_the_address_that_proxies_connect_to_is_told_with_each_of_a_list() -> None:
    with opened(SmallPbx()) as (client, __):
        rows = client.rows(ONSITE_PROXY, {}).rows
    assert {row["connection_url"] for row in rows} == {"pbx.example.com"}


@pytest.mark.parametrize("errcode", [0, 2])
def test_a_write_that_the_pbx_takes_is_in_the_journal_as_taken(errcode: int) -> None:
    with opened(SmallPbx(create={"errcode": errcode})) as (client, __):
        client.write("POST", "/onsiteproxy/create", {})
    assert [step.taken for step in client.journal.steps] == [True]
    assert client.journal.effect == UNKNOWN


def test_a_write_that_the_pbx_refuses_is_in_the_journal_as_not_taken() -> None:
    with opened(SmallPbx(create={"errcode": 40002})) as (client, __), pytest.raises(PbxError):
        client.write("POST", "/onsiteproxy/create", {})
    assert [step.taken for step in client.journal.steps] == [False]
    assert client.journal.effect == NOTHING
