# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One's own buddies and phones: the calls made, what old servers can't do, permissions, and passwords that aren't seen."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed

BUDDIES = "/me/buddies"
ANN = "b0dd1e00-0000-4000-8000-0000000000a1"
SIP_PASSWORD = "Sip-Pa55word-of-a-phone"


@pytest.fixture(autouse=True)
def ann(lab: Lab) -> None:
    """An account that can become a buddy, on both servers."""
    for profile in ("documented", "f31439d"):
        add_account(lab, ANN, "ann", profile=profile)


def add_account(lab: Lab, uuid: str, username: str, *permissions: str, profile: str = "f31439d") -> None:
    """An account whose password is its name."""
    rows = [{"uuid": f"{uuid}-{name}", "user_uuid": uuid, "permission": name} for name in permissions]
    user = {"uuid": uuid, "username": username, "password": username, "name": username}
    lab.set(jade=profile, tables={"users": [user], "permissions": rows})


def task(title: str = "Change", module: str = "jade_buddy", /, **options: Any) -> dict[str, Any]:
    """One task."""
    return {"name": title, f"telephony.pbx.{module}": options, "ignore_errors": True}


def play(direct: Direct | Ansible, *tasks: dict[str, Any], **keywords: Any) -> Any:
    """Run them."""
    return direct.play(yaml.safe_dump(list(tasks)), *keywords.pop("arguments", ()), **keywords)


def buddies(lab: Lab) -> list[dict[str, Any]]:
    """As Jade shows them."""
    return lab.jade("GET", f"/v1{BUDDIES}")["list"]


def writes(lab: Lab) -> list[str]:
    """The calls that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


def test_lists_come_bare_or_under_list_and_look_the_same(direct: Direct, direct_documented: Direct, lab: Lab) -> None:
    shown = {}
    for profile, mine in (("documented", direct_documented), ("f31439d", direct)):
        run = play(mine, task(username="ann", name="Ann"), task("Read", "jade_buddy_info", user_uuid=ANN))
        (shown[profile],) = run.must_succeed().result("Read")["buddies"]
    assert isinstance(lab.jade("GET", BUDDIES, profile="documented"), list)
    assert isinstance(lab.jade("GET", BUDDIES), dict)
    assigned = {"uuid", "tm_create"}
    one, other = ({name: value for name, value in row.items() if name not in assigned} for row in shown.values())
    assert one == other == {"user_uuid": ANN, "name": "Ann", "detail": None, "tm_update": None}


def test_the_calls_for_a_buddy(direct: Direct, lab: Lab) -> None:
    path = f"/v1{BUDDIES}"
    play(direct, task(username="ann", name="Ann"), task(username="ann", name="Ann")).must_succeed()
    assert writes(lab) == [f"POST {path}"]
    (ann,) = buddies(lab)
    lab.forget_log()
    play(direct, task(user_uuid=ANN, detail="x")).must_succeed()
    # Nobody is searched whose ID is given.
    assert [call for call in jade_calls(lab) if "search" in call] == []
    assert writes(lab) == [f"PUT {path}/{ann['uuid']}"]
    assert [(row["name"], row["detail"]) for row in buddies(lab)] == [("Ann", "x")]
    lab.forget_log()
    run = play(direct, task("1", username="ann", state="absent"), task("2", username="ann", state="absent"))
    assert [run.result(name)["changed"] for name in ("1", "2")] == [True, False]
    # A removal of what isn't there fails in Jade; it isn't tried.
    assert writes(lab) == [f"DELETE {path}/{ann['uuid']}"]


def test_an_account_that_is_gone(direct: Direct, lab: Lab) -> None:
    play(direct, task(username="ann")).must_succeed()
    lab.jade("DELETE", f"/v1/admin/user/users/{ANN}")
    run = play(
        direct,
        task("by name", username="ann"),
        task("no name", username="ann", state="absent"),
        task("by ID", user_uuid=ANN, state="absent"),
    )
    assert "there is no user ann" in run.failure("by name")["msg"]
    assert not run.result("no name")["changed"]
    assert run.result("by ID")["changed"]
    assert buddies(lab) == []


@pytest.mark.parametrize(
    ("kind", "method", "done", "options"),
    [
        ("error", "POST", "created", {"name": "Ann"}),
        ("reset", "POST", "created", {"name": "Ann"}),
        ("error", "PUT", "changed", {"name": "Other"}),
        ("error", "DELETE", "removed", {"state": "absent"}),
    ],
)
def test_a_write_that_fails_is_settled_by_reading(
    kind: str, method: str, done: str, options: Any, direct: Direct, lab: Lab
) -> None:
    if method != "POST":
        play(direct, task(username="ann", name="Ann")).must_succeed()
    lab.forget_log()
    for when in ("before", "after"):
        lab.fault(kind, when=when, match={"method": method, "path": BUDDIES})
    run = play(direct, task("no effect", username="ann", **options), task("effect", username="ann", **options))
    assert lab.hits() == [1, 1]
    assert f"nothing was {done}" in run.failure("no effect")["msg"]
    assert run.result("effect")["changed"]
    assert [text for text in run.warnings if f"the call failed, but the buddy was {done} all the same" in text]
    assert len(writes(lab)) == 2


def test_what_jade_does_not_take_is_told_as_what_it_may_be(direct: Direct, lab: Lab) -> None:
    message = play(direct, task(user_uuid="b0dd1e00-0000-4000-8000-00000000dead")).failure("Change")["msg"]
    assert "nothing was created" in message
    assert "Is there an account with this user_uuid?" in message


def test_old_servers_only_add_buddies_and_say_so_in_check_mode_too(direct_documented: Direct, lab: Lab) -> None:
    play(direct_documented, task(username="ann")).must_succeed()
    lab.forget_log()
    tasks = task("change", username="ann", name="Ann"), task("remove", username="ann", state="absent")
    for arguments in (("--check",), ()):
        run = play(direct_documented, *tasks, arguments=arguments)
        for name in ("change", "remove"):
            failure = run.failure(name)
            assert failure["error"]["kind"] == "unsupported"
            assert "this Jade can only list and add buddies, not change or remove them" in failure["msg"]
    assert writes(lab) == []


def test_two_of_the_same_account_are_told(direct_documented: Direct, lab: Lab) -> None:
    for _number in range(2):
        lab.jade("POST", BUDDIES, {"uuid_user": ANN}, profile="documented")
    rows = [row for row in lab.jade("GET", BUDDIES, profile="documented") if row["uuid_user"] == ANN]
    failure = play(direct_documented, task(username="ann", name="Ann")).failure("Change")
    assert failure["error"]["kind"] == "conflict"
    assert ", ".join(row["uuid"] for row in rows) in failure["msg"]


def test_servers_that_can_not_find_accounts_are_told(direct: Direct, lab: Lab) -> None:
    lab.fault("status", status=404, times=None, match={"path": "/me/search"})
    failure = play(direct, task(username="ann")).failure("Change")
    assert failure["error"]["kind"] == "unsupported"
    assert "This Jade can't find accounts by name: give user_uuid" in failure["msg"]


READERS = {"buddies": "jade_buddy_info", "contacts": "jade_my_contact_info", "chats": "jade_chat_info"}


def test_without_the_permission_user_nothing_is_shown_and_the_reason_is_told(direct: Direct, lab: Lab) -> None:
    add_account(lab, "a0000000-0000-4000-8000-000000000001", "boss", "admin")
    login = {"api_username": "boss", "api_password": "boss"}
    tasks = [task(name, module, **login) for name, module in READERS.items()]
    tasks += [task("buddy", user_uuid=ANN, **login), task("chat", "jade_chat", members=[ANN], **login)]
    tasks.append(task("message", "jade_chat_message", chat="x", content="Hello", **login))
    run = play(direct, *tasks)
    for given in tasks:
        failure = run.failure(given["name"])
        assert failure["error"]["kind"] == "permission", failure
        assert "user for /me" in failure["msg"]
    assert writes(lab) == []


def test_the_permission_user_is_enough_and_each_account_sees_its_own(direct: Direct, lab: Lab) -> None:
    play(direct, task(username="ann", name="of admin")).must_succeed()
    login = {"api_username": "limited", "api_password": "limited"}
    run = play(direct, task(username="ann", name="of limited", **login), task("Read", "jade_buddy_info", **login))
    assert [row["name"] for row in run.must_succeed().result("Read")["buddies"]] == ["of limited"]
    assert [row["name"] for row in buddies(lab)] == ["of admin"]


# Phones


def test_the_password_of_a_phone_is_shown_only_to_who_asks(ansible: Ansible, lab: Lab) -> None:
    (admin,) = [row for row in lab.jade("GET", "/v1/admin/user/users")["list"] if row["username"] == "admin"]
    states = lab.state()["runtime"]
    runtime = {table: [{**states[table][0], "object_name": "desk", "password": SIP_PASSWORD}] for table in ("endpoints", "auths")}
    contacts = [
        {"uuid": "c1", "user_uuid": admin["uuid"], "target": "desk", "name": "Desk"},
        {"uuid": "c2", "user_uuid": admin["uuid"], "target": "not-running"},
        {"uuid": "c3", "user_uuid": ANN, "target": "desk"},
    ]
    lab.set(jade="f31439d", runtime=runtime, tables={"contacts": contacts})
    run = play(ansible, task("Read", "jade_my_contact_info", raw=True, query="[].info"), arguments=("-vvv",)).must_succeed()
    assert list(exposed(run, {SIP_PASSWORD})) == []
    result = run.result("Read")
    # Not those of others, and not those that don't run.
    assert [row["target"] for row in result["my_contacts"]] == ["desk"]
    assert result["my_contacts"][0]["info"]["password"] == "********"
    run = play(ansible, task("Read", "jade_my_contact_info", target="desk", include_secrets=True)).must_succeed()
    assert run.result("Read")["my_contacts"][0]["info"]["password"] == SIP_PASSWORD
