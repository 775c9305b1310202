# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the document and the server have for one's own buddies, chats and messages."""

from __future__ import annotations

from typing import Any

import pytest
from lab_client import Client

USERS, BUDDIES, CHATS = "/v1/admin/user/users", "/v1/me/buddies", "/v1/me/chats"
NOBODY = "00000000-0000-4000-8000-000000000000"


def account(lab: Client, username: str) -> str:
    lab.jade("POST", USERS, {"username": username})
    return next(user["uuid"] for user in lab.result(USERS)["list"] if user["username"] == username)


def test_a_single_buddy_has_no_path_in_the_document(lab: Client) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = lab.jade(method, f"{BUDDIES}/611f9902-00c9-4765-9775-20fbaf8261b0", {}, name="doc")
        assert (answer.status_code, answer.content) == (404, b"")
    assert lab.jade("GET", f"{BUDDIES}/{NOBODY}").status_code == 404
    assert lab.jade("PUT", f"{BUDDIES}/{NOBODY}", {}).status_code == 500


def test_members_without_an_account_are_not_shown(lab: Client) -> None:
    friend = account(lab, "friend")
    assert lab.jade("POST", CHATS, {"type": 1, "members": [friend, NOBODY]}).status_code == 200
    (chat,) = lab.result(CHATS)["list"]
    assert sorted(member["username"] for member in chat["room"]["members"]) == ["admin", "friend"]


@pytest.mark.parametrize("body", [{}, {"type": 0}, {"type": "1"}, {"type": 1, "members": "friend"}])
def test_no_chat(lab: Client, body: dict[str, Any]) -> None:
    assert lab.jade("POST", CHATS, {"members": [account(lab, "friend")], **body}).status_code == 500


def test_messages_go_through_a_database(lab: Client) -> None:
    lab.jade("POST", CHATS, {"type": 1, "members": [account(lab, "friend")]})
    path = f"{CHATS}/{lab.result(CHATS)['list'][0]['uuid']}/messages"
    said: list[tuple[Any, Any]] = [
        (5, "5"), (True, "true"), ("[1]", [1]), ('"a"', "a"), ("7", "7"), ({"a": "it's"}, {"a": "it's"}), ("b", "b"),
    ]
    for message, __ in said:
        assert lab.jade("POST", path, message).status_code == 200
    assert lab.jade("POST", path, "it's").status_code == 500
    # The order within a second can't be relied on.
    kept = [row["message"] for row in lab.result(path, query="timestamp=9999")["list"]]
    assert sorted(map(str, kept)) == sorted(str(back) for __, back in said)
