# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of queues, which servers name by an ID or by their name with the queue as a query."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ServerFailed
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.queue import QUEUE_MEMBER
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import SmallJade, envelope, jade_client

ALICE = {"id": "PJSIP/1@sales", "name": "PJSIP/1", "queue_name": "sales", "location": "PJSIP/1"}
BY_ID, BY_QUERY = "PJSIP%2F1%40sales", "PJSIP%2F1?sales"
STATE: Any = MODULES["jade_queue_member"].state


class Members:
    """A Jade with one member. ``by_id``, ``by_query``: what it answers to that way of asking; None is the member."""

    def __init__(self, by_id: int | None, by_query: int | None, row: dict[str, Any] | None = None) -> None:
        self.by_id, self.by_query, self.row = by_id, by_query, row or ALICE
        self.asked: list[str] = []

    def __call__(self, request: Received) -> Reply | None:
        if "/queue/members/" not in request.path:
            return None
        queue = request.query.get("queue_name")
        self.asked.append(request.path.rpartition("/")[2] + (f"?{queue}" if queue else ""))
        status = self.by_query if queue else self.by_id
        return envelope(result=self.row) if status is None else envelope(status)


@pytest.mark.parametrize(
    ("by_id", "by_query", "first", "later"),
    [
        (None, 404, [BY_ID], [BY_ID]),
        (400, None, [BY_ID, BY_QUERY], [BY_QUERY]),
        (404, None, [BY_ID, BY_QUERY], [BY_QUERY]),
    ],
)
def test_the_way_is_found_out_once(by_id: int | None, by_query: int | None, first: list[str], later: list[str]) -> None:
    members = Members(by_id, by_query)
    with jade_client(SmallJade(override=members)) as (client, __):
        assert client.row(QUEUE_MEMBER, ALICE["id"]) == ALICE
        assert members.asked == first
        members.asked.clear()
        assert client.row(QUEUE_MEMBER, ALICE["id"]) == ALICE
        assert members.asked == later


def test_a_refusal_tells_the_way_even_where_there_is_no_member() -> None:
    members = Members(400, 404)
    with jade_client(SmallJade(override=members)) as (client, __):
        assert client.row(QUEUE_MEMBER, ALICE["id"]) is None
        assert client.row(QUEUE_MEMBER, ALICE["id"]) is None
    assert members.asked == [BY_ID, BY_QUERY, BY_QUERY]


def test_a_member_that_is_not_there_tells_nothing_of_the_way() -> None:
    members = Members(404, 404)
    with jade_client(SmallJade(override=members)) as (client, __):
        assert client.row(QUEUE_MEMBER, ALICE["id"]) is None
        members.by_id = None
        assert client.row(QUEUE_MEMBER, ALICE["id"]) == ALICE


def test_another_member_is_not_taken_for_it() -> None:
    members = Members(404, None, {**ALICE, "id": "PJSIP/1@other"})
    with jade_client(SmallJade(override=members)) as (client, __):
        assert client.row(QUEUE_MEMBER, ALICE["id"]) is None
        members.row = ALICE
        assert client.row(QUEUE_MEMBER, ALICE["id"]) == ALICE


def test_other_failures_are_failures() -> None:
    with jade_client(SmallJade(override=Members(500, None))) as (client, __), pytest.raises(ServerFailed):
        client.row(QUEUE_MEMBER, ALICE["id"])


@pytest.mark.parametrize("key", ["nobody", "@sales", "nobody@"])
def test_what_is_no_id_is_not_there(key: str) -> None:
    members = Members(404, None, {**ALICE, "id": key})
    with jade_client(SmallJade(override=members)) as (client, __):
        assert client.row(QUEUE_MEMBER, key) is None
    assert len(members.asked) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "name is empty"),
        ({"queue_name": ""}, "queue_name is empty"),
        ({"state_interface": ""}, "state_interface is empty"),
        ({"name": "PJSIP/1\r\nAction: Logoff"}, "name holds a line break or another control character"),
        ({"queue_name": "a\nb"}, "queue_name holds a line break"),
        ({"state_interface": "a\0b"}, "state_interface holds a line break"),
        ({"paused": True, "paused_reason": "a\tb"}, "paused_reason holds a line break"),
        ({"paused_reason": "lunch"}, "paused_reason is given without paused: true"),
        ({"paused": False, "paused_reason": "lunch"}, "paused_reason is given without paused: true"),
        ({"penalty": -1}, "penalty must be 0 or more"),
    ],
)
def test_what_can_not_be_is_refused_up_front(given: dict[str, Any], message: str) -> None:
    options = {field.name: field.default for field in STATE.options}
    with pytest.raises(BadInput, match=message):
        STATE.check_input({**options, "name": "PJSIP/1", "queue_name": "sales", **given})
