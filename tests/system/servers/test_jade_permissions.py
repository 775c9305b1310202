# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts and permissions, whose calls do on the real server something else than their names say."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._engine.polling import poll
from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed

USERS, MANAGER = "/v1/admin/user/users", "/v1/manager/users"
CONTACTS, PERMISSIONS = "/v1/admin/user/contacts", "/v1/admin/user/permissions"
PASSWORD = "Permissions-Pa55word"
ANN = {
    "username": "ann", "password": PASSWORD, "name": "Ann", "context": "demo",
    "permissions": [{"permission": "user"}, {"permission": "sales"}],
}  # fmt: skip
PROFILES = ("f31439d", "documented")
YES = json.dumps({"api_ver": "0.1", "statuscode": 200})


def task(module: str, title: str = "Change", /, **options: Any) -> str:
    """One task."""
    return yaml.safe_dump([{"name": title, f"telephony.pbx.{module}": options}])


def permission(permission: str = "admin", username: str = "ann", **options: Any) -> str:
    """A task for a permission."""
    return task("jade_user_permission", username=username, permission=permission, **options)


def contact(username: str = "ann", **options: Any) -> str:
    """A task for a contact."""
    return task("jade_user_contact", username=username, **options)


def create(lab: Lab, profile: str = "f31439d") -> dict[str, Any]:
    """Make an account with a phone by other means, and wait until the phone runs."""
    lab.jade("POST", MANAGER, ANN, profile)
    assert not poll(lambda: "" if shown(lab, profile)["context"] else "context", 5)
    lab.forget_log()
    return shown(lab, profile)


def shown(lab: Lab, profile: str = "f31439d") -> dict[str, Any]:
    """The account as managers see it."""
    return next(row for row in lab.jade("GET", MANAGER, profile=profile)["list"] if row["username"] == "ann")


def contacts(lab: Lab, key: str, profile: str = "f31439d") -> list[dict[str, Any]]:
    """The contacts of an account."""
    return [row for row in lab.jade("GET", CONTACTS, profile=profile)["list"] if row["user_uuid"] == key]


def changes(lab: Lab) -> list[str]:
    """The calls of the collection that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


# Permissions


@pytest.mark.parametrize("profile", PROFILES)
def test_a_permission_goes_the_way_that_the_server_has(profile: str, lab: Lab, tmp_path: Any) -> None:
    before = create(lab, profile)
    users = len(lab.jade("GET", USERS, profile=profile)["list"])
    ansible = Ansible(tmp_path, lab.environment(profile))
    run = ansible.play(permission(), "--diff", "-vvv").must_succeed()
    given = shown(lab, profile)
    assert given["permissions"] == [{"permission": name} for name in ("admin", "sales", "user")]
    assert {**given, "permissions": 0, "tm_update": 0} == {**before, "permissions": 0, "tm_update": 0}
    asked = [call for call in changes(lab) if "permissions" in call or "manager" in call]
    # On the real server a POST would make an account.
    assert asked == ([f"PUT {MANAGER}/{before['uuid']}"] if profile == "f31439d" else [f"POST {PERMISSIONS}"])
    lab.forget_log()
    second = ansible.play(permission(state="absent")).must_succeed()
    assert second.result("Change")["changed"]
    (asked_then,) = changes(lab)
    key = run.result("Change")["user_permission"]["uuid"]
    assert asked_then == (f"PUT {MANAGER}/{before['uuid']}" if key is None else f"DELETE {PERMISSIONS}/{key}")
    assert (key is None) is (profile == "f31439d")
    assert {**shown(lab, profile), "tm_update": 0} == {**before, "tm_update": 0}
    assert len(lab.jade("GET", USERS, profile=profile)["list"]) == users
    assert list(exposed(run, {PASSWORD, *lab.secrets})) == []


@pytest.mark.parametrize("kind", ["error", "reset"])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_permission_that_is_given_with_a_no_is_settled(kind: str, profile: str, lab: Lab, tmp_path: Any) -> None:
    create(lab, profile)
    method, path = ("PUT", "/manager/users/") if profile == "f31439d" else ("POST", "user/permissions$")
    lab.fault(kind, when="after", match={"method": method, "path": path})
    run = Direct(Ansible(tmp_path, lab.environment(profile))).play(permission()).must_succeed()
    assert lab.hits() == [1]
    assert "the call failed, but the permission was created all the same" in run.result("Change")["warnings"][0]
    assert len(changes(lab)) == 1


def test_a_permission_that_is_not_given_is_told(direct: Direct, lab: Lab) -> None:
    before = create(lab)
    lab.fault("error", when="before", match={"method": "PUT", "path": "/manager/users/"})
    result = direct.play(permission()).failure("Change")
    assert "nothing was created" in result["msg"]
    assert shown(lab) == before


def test_the_second_reply_of_a_post_is_not_taken_for_the_answer_to_the_next_call(direct_documented: Direct, lab: Lab) -> None:
    key = create(lab, "documented")["uuid"]
    stale = json.dumps({"api_ver": "0.1", "statuscode": 200, "result": {"list": []}})
    for path in ("user/permissions$", "user/contacts$"):
        lab.fault("second_reply", body=stale, times=None, match={"method": "POST", "path": path})
    run = direct_documented.play(permission() + contact(target="desk")).must_succeed()
    assert lab.hits() == [1, 1]
    assert [record.changed for record in run.records] == [True, True]
    assert {"permission": "admin"} in shown(lab, "documented")["permissions"]
    assert "desk" in [row["target"] for row in contacts(lab, key, "documented")]


def test_a_real_post_with_two_replies_by_raw_call_leaves_the_next_call_alone(direct: Direct, lab: Lab) -> None:
    raw = {"system": "jade", "method": "POST", "body": {"username": "ghost"}}
    tasks = task("api", "Post", path="/admin/user/contacts", **raw)
    tasks += task("jade_user_info", "Find", query="[].username")
    run = direct.play(tasks).must_succeed()
    # It has made an account, as the real server does.
    assert "ghost" in run.result("Find")["query_result"]


def test_a_permission_that_is_there_twice_is_taken_away_twice(direct_documented: Direct, lab: Lab) -> None:
    key = create(lab, "documented")["uuid"]
    twins = [{"uuid": f"aaaaaaaa-0000-4000-8000-00000000000{n}", "user_uuid": key, "permission": "admin"} for n in (1, 2)]
    lab.set(jade="documented", tables={"permissions": twins})
    direct_documented.play(permission(state="absent")).must_succeed()
    assert changes(lab) == [f"DELETE {PERMISSIONS}/{row['uuid']}" for row in twins]


def test_permissions_of_an_account_without_a_phone_are_left_alone_where_that_would_break_it(direct: Direct, lab: Lab) -> None:
    for arguments in (("--check",), ()):
        for options in ({}, {"permission": "user", "state": "absent"}):
            result = direct.play(permission(username="limited", **options), *arguments).failure("Change")
            assert result["error"]["kind"] == "unsupported"
            assert "its own call for permissions makes an account instead" in result["msg"]
    assert changes(lab) == []


# Contacts


@pytest.mark.parametrize("arguments", [("--check",), ()])
def test_no_contact_is_posted_where_that_makes_an_account(arguments: Any, direct: Direct, lab: Lab) -> None:
    create(lab)
    result = direct.play(contact(target="desk"), *arguments).failure("Change")
    assert result["error"]["kind"] == "unsupported"
    assert "this Jade can't create one: it makes an account where it is asked for a contact" in result["msg"]
    assert changes(lab) == []
    # Not even if there is no contact at all, so that the list of permissions is empty.
    result = direct.play(contact("admin", target="desk"), *arguments).failure("Change")
    assert result["error"]["kind"] == "unsupported"
    assert changes(lab) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_a_contact_is_changed_and_removed_alike_on_both(profile: str, lab: Lab, tmp_path: Any) -> None:
    key = create(lab, profile)["uuid"]
    (before,) = contacts(lab, key, profile)
    direct = Direct(Ansible(tmp_path, lab.environment(profile)))
    direct.play(contact(name="Desk") + contact(detail="First floor")).must_succeed()
    (after,) = contacts(lab, key, profile)
    assert after == {**before, "name": "Desk", "detail": "First floor", "tm_update": after["tm_update"]}
    assert changes(lab) == [f"PUT {CONTACTS}/{before['uuid']}"] * 2
    lab.forget_log()
    run = direct.play(contact(state="absent") + contact(state="absent")).must_succeed()
    assert [record.changed for record in run.records] == [True, False]
    # Jade says yes to any; it is not asked for nothing.
    assert changes(lab) == [f"DELETE {CONTACTS}/{before['uuid']}"]
    (warning,) = run.records[0].result["warnings"]
    assert f"the PJSIP endpoint {before['target']} stays" in warning
    assert ("can't be given one again" in warning) is (profile == "f31439d")
    assert contacts(lab, key, profile) == []


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_contact_that_is_changed_with_a_no_is_settled(kind: str, direct: Direct, lab: Lab) -> None:
    create(lab)
    for method in ("PUT", "DELETE"):
        lab.fault(kind, when="after", match={"method": method, "path": "user/contacts/"})
    run = direct.play(contact(name="Desk") + contact(state="absent")).must_succeed()
    assert lab.hits() == [1, 1]
    told = [" ".join(record.result["warnings"]) for record in run.records]
    assert "the call failed, but the contact was changed all the same" in told[0]
    assert "the call failed, but the contact was removed all the same" in told[1]


def test_a_yes_that_is_a_lie_is_a_failure(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.fault("status", status=200, body=YES, times=None, match={"path": "user/contacts/", "method": "DELETE"})
    result = direct.play(contact(state="absent")).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert "The contact of ann is still there, although the server said that it was removed" in result["msg"]
