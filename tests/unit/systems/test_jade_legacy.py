# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that hold no more than keys: what becomes of objects that come and go while they are asked for one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import PermissionDenied, ServerFailed, Unsupported
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.legacy import DEVICE_STATE, PEER, REGISTRY
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import EMPTY, SmallJade, envelope, jade_client


def devices(
    lists: list[list[str]], detail: Callable[[str], Reply], path: str = "/device_states", key: str = "device"
) -> SmallJade:
    """A Jade whose list is another one each time, the last one for good."""

    def answer(request: Received) -> Reply | None:
        if request.path == path:
            names = lists.pop(0) if len(lists) > 1 else lists[0]
            return envelope(result={"list": [{key: name} for name in names]})
        if request.path == path + "/":
            return detail(json.loads(request.body)[key])
        return None

    return SmallJade(override=answer)


def known(*names: str, key: str = "device", otherwise: int = 500) -> Callable[[str], Reply]:
    """Details of these, and a refusal of all others."""
    return lambda name: envelope(result={key: name, "state": "INUSE"}) if name in names else envelope(otherwise)


@pytest.mark.parametrize("status", [404, 500])
def test_what_is_gone_since_the_list_was_read_is_left_out(status: int) -> None:
    with jade_client(devices([["a", "b", "c"], ["a", "c"]], known("a", "c", otherwise=status))) as (client, __):
        assert [row["device"] for row in client.rows(DEVICE_STATE, {}).rows] == ["a", "c"]


def test_what_is_listed_but_not_known_is_shown_by_its_name() -> None:
    with jade_client(devices([["a", "b"]], known("a", otherwise=404))) as (client, __):
        assert client.rows(DEVICE_STATE, {}).rows == [{"device": "a", "state": "INUSE"}, {"device": "b"}]


def test_a_failure_for_what_is_listed_is_a_failure() -> None:
    with jade_client(devices([["a", "b"]], known("a"))) as (client, __):
        with pytest.raises(ServerFailed):
            client.rows(DEVICE_STATE, {})
        with pytest.raises(ServerFailed):
            client.row(DEVICE_STATE, "b")
        assert client.row(DEVICE_STATE, "c") is None


def test_an_empty_list_costs_one_call() -> None:
    with jade_client(devices([[]], known())) as (client, server):
        assert client.rows(DEVICE_STATE, {}).rows == []
    assert server.paths == ["GET /device_states"]


def test_a_list_that_holds_all_costs_one_call() -> None:
    rows = [{"device": "a", "state": "INUSE"}]
    with jade_client(SmallJade(override=lambda request: envelope(result={"list": rows}))) as (client, server):
        assert client.rows(DEVICE_STATE, {}).rows == rows
    assert server.paths == ["GET /device_states"]


@pytest.mark.parametrize(
    ("resource", "path", "key", "listed", "short", "other"),
    [
        (PEER, "/peers", "peer", "SIP/a/b", "a/b", "IAX2/a/b"),
        (REGISTRY, "/registries", "account", "me@host:5060", "me@host", "me@host:5061"),
    ],
)
def test_a_shorter_key_is_tried_and_what_it_finds_bears_the_key_of_the_list(
    resource: Any, path: str, key: str, listed: str, short: str, other: str
) -> None:
    with jade_client(devices([[listed]], known(short, key=key, otherwise=404), path, key)) as (client, __):
        assert client.rows(resource, {}).rows == [{key: listed, "state": "INUSE"}]
        assert client.row(resource, short) == {key: short, "state": "INUSE"}
    stranger = envelope(result={key: other, "state": "INUSE"})
    jade = devices([[listed]], lambda name: stranger if name == short else envelope(404), path, key)
    with jade_client(jade) as (client, __):
        assert client.row(resource, listed) is None


def test_a_login_is_for_servers_that_want_one() -> None:
    def answer(request: Received) -> Reply | None:
        if request.path == "/device_states" and not request.query.get("authtoken"):
            return envelope(403)
        return envelope(result={"list": []}) if request.path == "/device_states" else None

    with jade_client(SmallJade(override=answer)) as (client, server):
        assert client.rows(DEVICE_STATE, {}).rows == []
    assert server.paths == ["GET /device_states", "POST /v1/admin/login", "GET /device_states"]


def test_a_permission_that_is_missing_is_told() -> None:
    jade = SmallJade(override=lambda request: envelope(403) if request.path == "/device_states" else None)
    with jade_client(jade) as (client, __), pytest.raises(PermissionDenied):
        client.rows(DEVICE_STATE, {})


def test_a_server_without_the_path_is_told_with_what_to_try() -> None:
    for ask in (lambda client: client.rows(PEER, {}), lambda client: client.row(PEER, "SIP/a")):
        with jade_client(SmallJade(override=lambda request: EMPTY)) as (client, server):
            with pytest.raises(Unsupported, match="since December 2017: see jade_pjsip_endpoint_info"):
                ask(client)
        assert len(server.paths) == 1
