# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of any method and path: what counts as a change, and what is masked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ConnectionFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.exchange import Exchange
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import RAW
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar.client import YEASTAR, YeastarClient
from ansible_collections.telephony.pbx.tests.unit.support.builders import connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import CUT, Answering, Reply, Server, as_json, in_turn, serving

GOOD = as_json({"errcode": 0, "id": 5, "data": [{"name": "x", "password": "Hidden1"}], "access_token": "Hidden2"})


@contextmanager
def opened(answer: Answering) -> Iterator[tuple[YeastarClient, Server]]:
    with serving(answer) as server:
        client = YeastarClient(connection(server.url, YEASTAR, token="t0ken", retries=2), LocalSession)
        client.http._sleep = lambda seconds: None
        yield client, server
        Exchange.close(client.session)  # without a logout


def run(client: YeastarClient, check: bool = False, **given: Any) -> dict[str, Any]:
    defaults = {field.name: field.default for field in RAW.options}
    return RAW.run(client, {**defaults, **given}, check, lambda text: None)


def test_a_call_returns_its_answer_and_status_with_secrets_masked() -> None:
    with opened(lambda request: GOOD) as (client, server):
        result = run(client, path="/x/list", parameters={"a": 1}, query="data[0].name")
    assert result == {
        "changed": False,
        "status": 200,
        "result": {"errcode": 0, "id": 5, "data": [{"name": "x", "password": "********"}], "access_token": "********"},
        "query_result": "x",
    }
    assert server.received[0].query == {"a": "1", "access_token": "t0ken"}


def test_secrets_are_shown_when_asked_for() -> None:
    with opened(lambda request: GOOD) as (client, __):
        assert run(client, path="/x", include_secrets=True)["result"]["access_token"] == "Hidden2"


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        ({"method": "GET", "path": "/x/list"}, False),
        ({"method": "POST", "path": "/x/create"}, True),
        ({"method": "POST", "path": "/x/search", "changes": False}, False),
        ({"method": "GET", "path": "/onsiteproxy/delete"}, True),
        ({"method": "GET", "path": "/del_token"}, True),
        ({"method": "GET", "path": "/phones/configreload"}, True),
        ({"method": "GET", "path": "/x/list", "changes": True}, True),
        ({"method": "DELETE", "path": "/x"}, True),
    ],
)
def test_what_changes_something_is_not_sent_in_check_mode(given: dict[str, Any], changed: bool) -> None:
    with opened(lambda request: GOOD) as (client, server):
        assert run(client, True, **given)["changed"] is changed
        assert len(server.received) == (0 if changed else 1)
        assert run(client, **given)["changed"] is changed


@pytest.mark.parametrize(
    ("given", "times"),
    [
        ({"path": "/x/list"}, 2),
        ({"path": "/x/delete"}, 1),
        ({"method": "POST", "path": "/x"}, 1),
        ({"method": "POST", "path": "/x", "repeatable": True}, 2),
        ({"path": "/x/list", "repeatable": False}, 1),
    ],
)
def test_a_lost_call_is_repeated_only_if_it_changes_nothing_or_one_says_so(given: dict[str, Any], times: int) -> None:
    with opened(in_turn(CUT, GOOD)) as (client, server):
        if times == 1:
            with pytest.raises(ConnectionFailed):
                run(client, **given)
        else:
            run(client, **given)
    assert len(server.received) == times


@pytest.mark.parametrize("path", ["x", "", "/x?y=1", "/x#y", "/x y", "/x\ny"])
def test_a_path_that_is_none_is_refused_before_anything_is_sent(path: str) -> None:
    with opened(lambda request: GOOD) as (client, server), pytest.raises(BadInput, match="path must start with /"):
        run(client, path=path)
    assert server.received == []


def test_a_body_is_sent_as_json_and_none_is_none() -> None:
    with opened(lambda request: GOOD) as (client, server):
        run(client, method="POST", path="/x", body={"a": [1]})
        run(client, method="POST", path="/x")
    assert [request.body for request in server.received] == [b'{"a": [1]}', b""]


def test_all_pages_are_one_list() -> None:
    def answer(request: Any) -> Reply:
        page = int(request.query["page"])
        rows = [{"nr": page * 1000 + number} for number in range(100 if page == 1 else 50)]
        return as_json({"errcode": 0, "total_number": 150, "data": rows})

    with opened(answer) as (client, __):
        result = run(client, path="/x/list", all_pages=True, key="nr", query="length(@)")
        assert len(result["result"]) == 150
        assert result["query_result"] == 150
        with pytest.raises(BadInput, match="GET only"):
            run(client, path="/x/list", method="POST", all_pages=True)
