# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats and messages: names that have to follow, what is said once, and times that Jade can't compare."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import Ansible, Run

CHATS = "/me/chats"
MESSAGES = f"{CHATS}/[^/]+/messages"
ANN, BOB = "c4a70000-0000-4000-8000-0000000000a1", "c4a70000-0000-4000-8000-0000000000b1"
CHAT = {"members": [ANN], "name": "Night shift", "detail": "Who takes which night"}


@pytest.fixture(autouse=True)
def accounts(lab: Lab) -> None:
    """Two who can be talked to, on both servers."""
    users = [{"uuid": uuid, "username": name, "password": name} for uuid, name in ((ANN, "ann"), (BOB, "bob"))]
    for profile in PROFILES:
        lab.set(jade=profile, tables={"users": users})


def task(title: str = "Change", module: str = "jade_chat", /, **options: Any) -> dict[str, Any]:
    """One task."""
    return {"name": title, f"telephony.pbx.{module}": options, "ignore_errors": True}


def play(direct: Direct, *tasks: dict[str, Any], check: bool = False) -> Run:
    """Run them."""
    return direct.play(yaml.safe_dump(list(tasks)), *(["--check"] if check else []))


def chats(lab: Lab) -> list[dict[str, Any]]:
    """As Jade shows them."""
    return lab.jade("GET", f"/v1{CHATS}")["list"]


def writes(lab: Lab) -> list[str]:
    """The calls that change something, with the IDs left out."""
    calls = [call for call in jade_calls(lab) if not call.startswith("GET")]
    return ["/".join("ID" if part.count("-") == 4 else part for part in call.split("/")) for call in calls]


def test_the_name_of_a_new_chat_follows_and_is_there(direct: Direct, lab: Lab) -> None:
    result = play(direct, task(**CHAT)).must_succeed().result("Change")["chat"]
    assert (result["name"], result["detail"]) == ("Night shift", "Who takes which night")
    (chat,) = chats(lab)
    assert (chat["name"], chat["detail"]) == ("Night shift", "Who takes which night")
    assert writes(lab) == ["POST /v1/me/chats", "PUT /v1/me/chats/ID"]
    # Jade would answer 500 to a second one.
    lab.forget_log()
    assert not play(direct, task(**CHAT)).must_succeed().result("Change")["changed"]
    assert writes(lab) == []


def test_without_a_name_one_call_is_enough(direct: Direct, lab: Lab) -> None:
    check = play(direct, task(members=[ANN]), check=True).must_succeed().result("Change")["chat"]
    real = play(direct, task(members=[ANN])).must_succeed().result("Change")["chat"]
    assert writes(lab) == ["POST /v1/me/chats"]
    assert (check["name"], real["name"]) == (None, "Chatting with ann")
    assert check["members"] == real["members"]


def test_members_are_ids_whether_the_server_sends_ids_or_objects(direct: Direct, direct_documented: Direct, lab: Lab) -> None:
    sent = {}
    for profile, mine in (("documented", direct_documented), ("f31439d", direct)):
        run = play(mine, task(**CHAT), task("Read", "jade_chat_info", raw=True, query=f"[?contains(members, '{ANN}')] | [0]"))
        result = run.must_succeed().result("Read")
        sent[profile] = result["raw"][-1]["room"]["members"]
        shown = result["query_result"]["members"]
        assert ANN in shown and len(shown) == 2 and all(isinstance(member, str) for member in shown)
        assert run.result("Change")["chat"]["members"] == shown == sorted(shown)
    assert ANN in sent["documented"]
    assert {"uuid": ANN, "username": "ann", "name": None} in sent["f31439d"]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_create_that_fails_but_took_effect_gets_its_name_too(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "POST", "path": f"{CHATS}$"})
    run = play(direct, task(**CHAT)).must_succeed()
    assert run.result("Change")["chat"]["name"] == "Night shift"
    assert [text for text in run.warnings if "the call failed, but the chat was created all the same" in text]
    assert writes(lab) == ["POST /v1/me/chats", "PUT /v1/me/chats/ID"]


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_create_that_took_no_effect_is_told(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="before", match={"method": "POST", "path": f"{CHATS}$"})
    assert "nothing was created" in play(direct, task(**CHAT)).failure("Change")["msg"]
    assert writes(lab) == ["POST /v1/me/chats"]


def test_a_chat_whose_name_could_not_be_set_is_told_and_mended_by_the_next_run(direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="before", match={"method": "PUT", "path": CHATS})
    run = play(direct, task(**CHAT), task("Again", **CHAT))
    assert "only a part was created: " in run.failure("Change")["msg"]
    assert "but not name, detail" in run.failure("Change")["msg"]
    assert (run.result("Again")["action"], run.result("Again")["chat"]["name"]) == ("update", "Night shift")


def test_a_chat_that_this_account_has_left_can_not_be_made_again_and_that_is_told(direct: Direct, lab: Lab) -> None:
    run = play(direct, task("Make", **CHAT), task("Leave", members=[ANN], state="absent"), task(**CHAT))
    assert run.result("Leave")["changed"]
    message = run.failure("Change")["msg"]
    assert "nothing was created" in message
    assert "Is it still there for the other members, since this account has left it?" in message


def test_a_member_without_an_account_is_told(direct: Direct, lab: Lab) -> None:
    failure = play(direct, task(members=[ANN, "c4a70000-0000-4000-8000-00000000dead"])).failure("Change")
    assert failure["error"]["kind"] == "not_applied"
    assert "doesn't show up" in failure["msg"]
    assert "Is there an account for each of the members?" in failure["msg"]


# Messages


@pytest.fixture
def chat(direct: Direct) -> str:
    """A chat with Ann."""
    return str(play(direct, task(members=[ANN])).must_succeed().result("Change")["chat"]["uuid"])


def say(chat: str, content: Any, title: str = "Say", **options: Any) -> dict[str, Any]:
    """A task that says something."""
    return task(title, "jade_chat_message", chat=chat, content=content, **options)


def put_messages(lab: Lab, *said: tuple[Any, str], owner: str = "") -> None:
    """Have these been said in the only chat, at these times."""
    (row,) = chats(lab)
    room, owner = row["room"]["uuid"], owner or row["room"]["uuid_creator"]
    names = ("message", "tm_create")
    rows = [
        {"uuid": f"{owner}-{n}", "uuid_room": room, "uuid_owner": owner, **dict(zip(names, one))} for n, one in enumerate(said)
    ]
    lab.set(jade="f31439d", tables={"messages": rows})


def said(lab: Lab, chat: str) -> list[Any]:
    """What the chat holds, by other means."""
    rows = lab.jade("GET", f"/v1{CHATS}/{chat}/messages?timestamp=9999&count=100")["list"]
    return [row["message"] for row in rows]


@pytest.mark.parametrize("state", ["present", "sent"])
@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_message_is_never_sent_twice_by_one_task(kind: str, state: str, chat: str, direct: Direct, lab: Lab) -> None:
    # What was said before must not be taken for what has just been said.
    put_messages(lab, ("Hello", "2018-03-27T08:30:50.5Z"))
    content = "Hello" if state == "sent" else "Good night"
    lab.forget_log()
    for when in ("before", "after"):
        lab.fault(kind, when=when, match={"method": "POST", "path": MESSAGES})
    run = play(direct, say(chat, content, "no effect", state=state), say(chat, content, "effect", state=state))
    assert lab.hits() == [1, 1]
    assert "nothing was created" in run.failure("no effect")["msg"]
    assert run.result("effect")["changed"]
    assert [text for text in run.warnings if "the call failed, but the message was created all the same" in text]
    assert writes(lab) == ["POST /v1/me/chats/ID/messages"] * 2
    assert sorted(said(lab, chat)) == sorted(["Hello", content])


def test_what_others_say_and_what_differs_counts_as_not_said(chat: str, direct: Direct, lab: Lab) -> None:
    put_messages(lab, ("Hello", "2018-03-27T08:30:50.5Z"), owner=ANN)
    contents = ["Hello", "hello", {"n": 1}, {"n": True}, {"n": [1]}]
    for changed in (True, False):
        run = play(direct, *(say(chat, content, str(content)) for content in contents)).must_succeed()
        assert [run.result(str(content))["changed"] for content in contents] == [changed] * len(contents)
    assert len(said(lab, chat)) == 1 + len(contents)


def test_what_the_database_turns_into_something_else_is_said_once_all_the_same(chat: str, direct: Direct, lab: Lab) -> None:
    contents = {5: "5", 1.5: "1.5", True: "true", '["a"]': ["a"], '"quoted"': "quoted", "007": "007", "null": "null"}
    tasks = [say(chat, content, repr(content)) for content in contents]
    check = play(direct, *tasks, check=True).must_succeed()
    real = play(direct, *tasks).must_succeed()
    again = play(direct, *tasks).must_succeed()
    for content, kept in contents.items():
        results = [run.result(repr(content)) for run in (check, real, again)]
        assert [result["chat_message"]["content"] for result in results] == [kept] * 3
        assert [result["changed"] for result in results] == [True, True, False]
    assert sorted(map(str, said(lab, chat))) == sorted(map(str, contents.values()))


def test_messages_that_jades_own_comparison_hides_are_found(chat: str, direct: Direct, lab: Lab) -> None:
    # A clock that was wrong: Jade shows what was said before now, if it isn't told otherwise.
    put_messages(lab, ("Later", "2999-03-27T08:30:50.5Z"))
    assert lab.jade("GET", f"/v1{CHATS}/{chat}/messages")["list"] == []
    run = play(direct, say(chat, "Later"), task("Read", "jade_chat_message_info", chat=chat)).must_succeed()
    assert not run.result("Say")["changed"]
    assert run.result("Read")["count"] == 1


def test_the_newest_of_a_burst_are_the_newest(chat: str, direct: Direct, lab: Lab) -> None:
    # 1 ns, 20 ns, 300 ns and so on, in one second: as texts they sort the other way round, ".9Z" last of all.
    burst = [(number, f"2018-03-27T08:30:50.{number}{'0' * (number - 1)}Z") for number in range(1, 10)]
    put_messages(lab, ("before", "2018-03-27T08:30:49.999999999Z"), *burst, ("after", "2018-03-27T08:30:51.5Z"))
    wanted: dict[str, tuple[dict[str, Any], list[Any]]] = {
        "newest": ({"limit": 1}, ["after"]),
        "some": ({"limit": 4}, ["after", 9, 8, 7]),
        "all": ({}, ["after", *range(9, 0, -1), "before"]),
        "earlier": ({"before": "2018-03-27T08:30:50.000000300Z", "limit": 2}, [2, 1]),
        "second": ({"before": "2018-03-27T08:30:51Z", "limit": 1}, [9]),
    }
    options = {"chat": chat, "query": "[].content"}
    tasks = [task(name, "jade_chat_message_info", **given, **options) for name, (given, _contents) in wanted.items()]
    run = play(direct, *tasks, say(chat, "9", "last", recent=2), say(chat, "8", "last but one", recent=3)).must_succeed()
    assert {name: run.result(name)["query_result"] for name in wanted} == {
        name: found for name, (_given, found) in wanted.items()
    }


def test_the_newest_messages_cost_one_question(chat: str, direct: Direct, lab: Lab) -> None:
    put_messages(lab, *((f"{second}", f"2018-03-27T08:30:{second}.5Z") for second in range(10, 60)))
    lab.forget_log()
    run = play(direct, task("Read", "jade_chat_message_info", chat=chat)).must_succeed()
    assert run.result("Read")["count"] == 30
    assert len(lab.log(login="false", path="messages")) == 1


def test_a_chat_that_is_not_the_accounts_is_told(chat: str, direct: Direct, lab: Lab) -> None:
    (theirs,) = (row for row in [{"uuid": "theirs", "owner": ANN, "uuid_room": chats(lab)[0]["room"]["uuid"]}])
    lab.set(jade="f31439d", tables={"chats": [theirs]})
    # The latter is what servers answer to an ID of the wrong form.
    lab.fault("status", status=404, times=None, match={"path": "/wrong-form/messages"})
    tasks = [task(name, "jade_chat_message_info", chat=name) for name in ("theirs", "wrong-form")]
    run = play(direct, *tasks, say("theirs", "Hello"))
    for name in ("theirs", "wrong-form", "Say"):
        failure = run.failure(name)
        assert failure["error"]["kind"] == "not_found"
        assert f"the account has no chat {'theirs' if name == 'Say' else name}" in failure["msg"]
    # A chat that is there fails with the true reason.
    lab.fault("status", status=404, times=None, match={"path": f"{chat}/messages"})
    assert play(direct, task("Read", "jade_chat_message_info", chat=chat)).failure("Read")["error"]["kind"] == "unsupported"


def test_what_no_message_can_be_costs_no_request(direct: Direct, ansible: Ansible, lab: Lab) -> None:
    tasks = [
        say("x", "It's late", "quote"),
        say("x", "'\"", "odd quote"),
        say("x", "Hello", "none", recent=0),
        task("limit", "jade_chat_message_info", chat="x", limit=-1),
        task("before", "jade_chat_message_info", chat="x", before="27.3.2018"),
    ]
    lab.forget_log()
    run = play(direct, *tasks)
    lookup = ansible.evaluate({"lookup": "query('telephony.pbx.jade', 'chat_messages')"})
    assert "content holds a single quote, which Jade can't store in a text" in run.failure("quote")["msg"]
    assert "content holds a single quote" in run.failure("odd quote")["msg"]
    assert "recent must be 1 or more" in run.failure("none")["msg"]
    assert "limit is -1, but must be a whole number" in run.failure("limit")["msg"]
    assert "before is '27.3.2018', but must be a time in UTC" in run.failure("before")["msg"]
    assert "chat is missing: the ID of the chat" in lookup.one("lookup").result["msg"]
    assert lab.log() == []
