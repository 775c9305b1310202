# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of Jade on the real server: nothing gets lost, what is left behind is told, and no password is seen."""

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

USERS, MANAGER, CONTACTS = "/v1/admin/user/users", "/v1/manager/users", "/v1/admin/user/contacts"
PASSWORD, OTHER_PASSWORD = "Users-First-Pa55word", "Users-Second-Pa55word"
BOB = {
    "username": "bob", "password": PASSWORD, "name": "Bob", "context": "demo", "permissions": ["user", "sales"],
}  # fmt: skip
NOBODY = json.dumps({"api_ver": "0.1", "statuscode": 200, "result": {"list": []}})
KINDS = ("aor", "auth", "endpoint")


def task(module: str, title: str = "Change", /, **options: Any) -> str:
    """One task."""
    return yaml.safe_dump([{"name": title, f"telephony.pbx.{module}": options}])


def bob(title: str = "Change", /, **options: Any) -> str:
    """A task for an account with a phone."""
    return task("jade_manager_user", title, username="bob", **options)


def create(lab: Lab, **values: Any) -> dict[str, Any]:
    """Make an account with a phone by other means, and wait until the phone runs."""
    body = {**BOB, **values}
    body["permissions"] = [{"permission": name} for name in body["permissions"]]
    lab.jade("POST", MANAGER, body)
    assert not poll(lambda: "" if shown(lab, body["username"])["context"] else "context", 5)
    lab.forget_log()
    return shown(lab, body["username"])


def shown(lab: Lab, username: str = "bob") -> dict[str, Any]:
    """An account as managers see it."""
    return next(row for row in lab.jade("GET", MANAGER)["list"] if row["username"] == username)


def values(lab: Lab, username: str = "bob") -> dict[str, Any]:
    """What an account consists of."""
    row = shown(lab, username)
    return {
        **{name: row[name] for name in ("password", "name", "context")},
        "permissions": [entry["permission"] for entry in row["permissions"]],
    }


def changes(lab: Lab) -> list[str]:
    """The calls of the collection that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


def sections(lab: Lab) -> dict[str, set[str]]:
    """The sections in Jade's PJSIP files that belong to accounts."""
    texts = {kind: lab.file(f"jade.pjsip.{kind}.conf") for kind in KINDS}
    return {kind: {line[1:-1] for line in text.splitlines() if line.startswith("[")} for kind, text in texts.items()}


def running(lab: Lab) -> list[dict[str, Any]]:
    """The PJSIP endpoints that run."""
    return lab.state()["runtime"]["endpoints"]


# Full replacement


def test_a_change_of_one_field_keeps_all_others_and_the_password(ansible: Ansible, lab: Lab) -> None:
    key = create(lab)["uuid"]
    given: dict[str, Any] = {"name": "Robert", "context": "other", "permissions": ["user", "admin_of_sales"]}
    more: list[dict[str, Any]] = [*({name: value} for name, value in given.items()), {"password": OTHER_PASSWORD}]
    same = [{"permissions": ["admin_of_sales", "user"]}, {"password": PASSWORD, "update_password": "on_create"}]
    run = ansible.play("".join(bob(**options) for options in (*more, *same)), "--diff", "-vvv").must_succeed()
    # The order of permissions doesn't count, and a password that is left alone neither.
    assert [record.changed for record in run.records] == [True] * 4 + [False] * 2
    assert changes(lab) == [f"PUT {MANAGER}/{key}"] * 4
    assert values(lab) == {**given, "permissions": sorted(given["permissions"]), "password": OTHER_PASSWORD}
    assert list(exposed(run, {PASSWORD, OTHER_PASSWORD, *lab.secrets})) == []


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_write_that_jade_does_and_says_no_to_is_settled(kind: str, ansible: Ansible, lab: Lab) -> None:
    for method in ("POST", "PUT", "DELETE"):
        lab.fault(kind, when="after", match={"method": method, "path": "/manager/users"})
    given = {name: value for name, value in BOB.items() if name != "username"}
    run = ansible.play(bob("Create", **given) + bob("Change", name="Robert") + bob("Remove", state="absent"), "-vvv")
    run.must_succeed()
    assert lab.hits() == [1, 1, 1]
    for name, done in (("Create", "created"), ("Change", "changed"), ("Remove", "removed")):
        (warning,) = run.result(name)["warnings"]
        assert f"the call failed, but the user was {done} all the same" in warning
    assert [call.split()[0] for call in changes(lab)] == ["POST", "PUT", "DELETE"]
    assert list(exposed(run, {PASSWORD})) == []


def test_a_change_waits_for_the_phone_whose_context_asterisk_shows_late(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.set(jade="f31439d", pjsip_lag=1.5)
    run = direct.play(bob("One", context="other") + bob("Two", name="Robert")).must_succeed()
    assert run.result("One")["manager_user"]["context"] == "other"
    assert values(lab) == {**values(lab), "context": "other", "name": "Robert", "password": PASSWORD}


# What is half done and left behind


def test_a_failed_create_tells_of_the_phones_that_it_and_others_left(ansible: Ansible, lab: Lab) -> None:
    create(lab)
    before = sections(lab)
    # The name is taken in between: Jade writes the phone's sections first.
    lab.fault("status", status=200, body=NOBODY, times=None, match={"method": "GET", "path": "/manager/users$"})
    given = {name: value for name, value in BOB.items() if name != "username"}
    first = ansible.play(bob(**given), "-vvv")
    result = first.failure("Change")
    assert "nothing was created" in result["msg"]
    assert "No phone without an account runs yet; this one shows as an endpoint after the next reload" in result["msg"]
    after = sections(lab)
    (orphan,) = after["endpoint"] - before["endpoint"]
    assert [after[kind] - before[kind] for kind in KINDS] == [{orphan}] * 3
    lab.jade("PUT", "/v1/admin/core/modules/res_pjsip.so")
    assert not poll(lambda: [] if orphan in [row["object_name"] for row in running(lab)] else ["endpoint"], 5)
    result = ansible.play(bob(**given)).failure("Change")
    assert f"Phones of no account that run: {orphan} (1)" in result["msg"]
    assert "take the sections out of jade.pjsip.endpoint.conf, jade.pjsip.auth.conf and jade.pjsip.aor.conf" in result["msg"]
    assert list(exposed(first, {PASSWORD, *lab.secrets})) == []


def test_an_account_that_loses_its_contact_in_between_is_told_field_by_field(direct: Direct, lab: Lab) -> None:
    row = create(lab)
    # Jade looks for the contact last, after name, password and permissions.
    (contact,) = lab.jade("GET", CONTACTS)["list"]
    lab.jade("DELETE", f"{CONTACTS}/{contact['uuid']}")
    body = json.dumps({"api_ver": "0.1", "statuscode": 200, "result": {"list": [contact]}})
    lab.fault("status", status=200, body=body, times=None, match={"method": "GET", "path": "user/contacts$"})
    result = direct.play(bob(name="Robert", context="other", permissions=["admin_of_sales"])).failure("Change")
    assert "only a part was changed: name, permissions, but not context" in result["msg"]
    assert "what should have stayed" not in result["msg"]
    assert "Jade's steps are name and password, permissions, context" in result["msg"]
    assert values(lab) == {"password": PASSWORD, "name": "Robert", "context": "", "permissions": ["admin_of_sales"]}
    assert shown(lab)["uuid"] == row["uuid"]


def test_an_account_that_is_removed_alone_leaves_its_phone_which_is_told_and_found(direct: Direct, lab: Lab) -> None:
    key = create(lab)["uuid"]
    target = next(row["target"] for row in lab.jade("GET", CONTACTS)["list"] if row["user_uuid"] == key)
    lab.forget_log()
    for arguments in (("--check",), ()):
        run = direct.play(task("jade_user", username="bob", state="absent"), *arguments).must_succeed()
        (warning,) = run.result("Change")["warnings"]
        assert f"has a phone, which Jade leaves behind as PJSIP endpoint {target}" in warning
        assert "with its contact and the permissions sales, user" in warning
        assert "telephony.pbx.jade_manager_user removes all of it" in warning
    assert changes(lab) == [f"DELETE {USERS}/{key}"]
    assert all(target in found for found in sections(lab).values())
    tasks = task("jade_user_contact_info", "Find", query="[?username==null].uuid | [0]")
    found = direct.play(tasks).must_succeed().result("Find")["query_result"]
    tasks = task("jade_user_contact", uuid=found, state="absent") + task("jade_user_contact_info", "Find")
    run = direct.play(tasks).must_succeed()
    assert run.result("Change")["changed"]
    assert run.result("Find")["count"] == 0
    assert run.warnings == []


def test_an_account_without_a_phone_is_not_touched_as_managers_do_it(direct: Direct, lab: Lab) -> None:
    tasks = task("jade_user", "Create", username="carol", password=PASSWORD, name="Carol")
    tasks += task("jade_manager_user_info", "Find", username="carol")
    run = direct.play(tasks).must_succeed()
    (found,) = run.result("Find")["manager_users"]
    assert (found["context"], found["permissions"]) == ("", [])
    before = values(lab, "carol")
    lab.forget_log()
    for options in ({"name": "C"}, {"permissions": ["user"], "context": "demo"}, {"state": "absent"}):
        result = direct.play(task("jade_manager_user", username="carol", **options)).failure("Change")
        assert "the user carol has no phone (no context)" in result["msg"]
        assert "Use telephony.pbx.jade_user for its name and password, or to remove it" in result["error"]["hint"]
    # Jade would have emptied the password before it says no.
    assert changes(lab) == []
    assert values(lab, "carol") == before
    # A change that is none is fine.
    assert not direct.play(task("jade_manager_user", username="carol", name="Carol")).must_succeed().records[0].changed


@pytest.mark.parametrize("module", ["jade_user", "jade_manager_user"])
def test_a_delete_that_lies_is_a_failure(module: str, direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.fault("status", status=200, body='{"api_ver": "0.1", "statuscode": 200}', times=None, match={"method": "DELETE"})
    result = direct.play(task(module, username="bob", state="absent")).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert "The user bob is still there, although the server said that it was removed" in result["msg"]


def test_an_account_can_not_lock_itself_out(direct: Direct, lab: Lab) -> None:
    create(lab, username="boss", permissions=["admin", "user"])
    own = {"api_username": "boss", "api_password": PASSWORD}
    tasks = "".join(
        task(module, f"{module} {number}", username="boss", **options, **own)
        for number, (module, options) in enumerate([
            ("jade_user", {"state": "absent"}),
            ("jade_manager_user", {"state": "absent"}),
            ("jade_manager_user", {"permissions": ["user"]}),
            ("jade_user_permission", {"permission": "admin", "state": "absent"}),
        ])
    )  # fmt: skip
    run = direct.play(tasks.replace("- name:", "- ignore_errors: true\n  name:"))
    told = [record.result["msg"] for record in run.records]
    assert ["it can't remove itself" in text for text in told] == [True, True, False, False]
    assert ["it can't take the permission admin from itself" in text for text in told] == [False, False, True, True]
    # A token doesn't tell whose it is; the name that lies about is another one's.
    tasks = task("jade_login", "Log in", **own)
    token = direct.play(tasks).must_succeed().result("Log in")["login"]["token"]
    for module in ("jade_user", "jade_manager_user"):
        result = direct.play(task(module, username="boss", state="absent", api_token=token)).failure("Change")
        assert "username boss is the account that this task logs in with; it can't remove itself" in result["msg"]
    assert changes(lab) == []
    # Another account may do it.
    direct.play(task("jade_manager_user", username="boss", permissions=["user"])).must_succeed()
    assert values(lab, "boss")["permissions"] == ["user"]


def test_a_trunk_that_loses_by_the_write_of_a_phone_is_named(direct: Direct, lab: Lab) -> None:
    """Phones and trunks share three files, which Jade reads with losses and writes again as a whole."""
    lab.jade("POST", "/v1/manager/trunks", {"name": "other", "context": "from-other", "server_uri": "sip:other.example.com"})
    for kind, value in (("endpoint", "from-other"), ("registration", "other.example.com")):
        file = f"jade.pjsip.{kind}.conf"
        lab.set(jade="f31439d", files={file: lab.file(file).replace(value, value + "\\;x")})
    run = direct.play(bob(password=PASSWORD, context="demo", permissions=["user"]), "--check").must_succeed()
    (warning,) = run.warnings
    # The file of registrations isn't written for a phone.
    assert "Jade writes the files of the phone of bob again, and other loses the end of context" in warning
