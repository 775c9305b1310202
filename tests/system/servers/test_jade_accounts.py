# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One's own account: its password can only be tried, and changing it must not cut off the rest of the run."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import JADE_PASSWORD, Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed

OLD, NEW = "Account-Old-Pa55word", "Account:Néw Pa55word%"
OWNER = "0c000000-0000-4000-8000-000000000011"
CREATED = {"tm_create": "2018-04-28T05:03:36.5Z", "tm_update": None}
ROW = {"uuid": OWNER, "username": "owner", "password": OLD, "name": "Owner", **CREATED}
AREAS = ("admin", "manager", "me")
LOGIN = {"api_username": "owner", "api_password": OLD}


def task(module: str = "jade_account", title: str = "Change", **options: Any) -> str:
    """One task of the owner's."""
    return yaml.safe_dump([{"name": title, f"telephony.pbx.{module}": {**LOGIN, **options}}], allow_unicode=True)


@pytest.fixture(autouse=True)
def owner(lab: Lab) -> None:
    """An account without any permission."""
    lab.set(jade="f31439d", tables={"users": [ROW]})


def account(lab: Lab) -> dict[str, Any]:
    """The account as the server has it."""
    return next(row for row in lab.jade("GET", "/v1/admin/user/users")["list"] if row["username"] == "owner")


def changes(lab: Lab) -> list[str]:
    """The calls that change something, but for logins and their end."""
    return [call for call in jade_calls(lab) if not call.startswith(("GET", "DELETE"))]


def trials(lab: Lab) -> list[str]:
    """Logins and their end, in order."""
    return [f"{entry['method']} {entry['status']}" for entry in lab.log() if entry["path"].endswith("/admin/login")]


@pytest.mark.parametrize("area", AREAS[:2])
def test_any_account_may_change_itself_by_the_area_that_is_asked_for(area: str, direct: Direct, lab: Lab) -> None:
    run = direct.play(task(area=area, name="Boss") + task(title="Ask", area=area)).must_succeed()
    assert run.result("Change")["changed"]
    assert not run.result("Ask")["changed"]
    assert changes(lab) == [f"PUT /v1/{area}/info"]
    # The password that isn't given stays.
    found = account(lab)
    assert (found["name"], found["password"]) == ("Boss", OLD)
    assert found["tm_update"]


def test_users_alone_may_change_themselves_by_the_area_me(direct: Direct, lab: Lab) -> None:
    result = direct.play(task(area="me", password=NEW)).failure("Change")
    assert result["error"]["kind"] == "permission"
    assert changes(lab) == []
    permission = {"uuid": "0c000000-0000-4000-8000-000000000012", "user_uuid": OWNER, "permission": "user"}
    lab.set(jade="f31439d", tables={"permissions": [permission]})
    assert direct.play(task(area="me", password=NEW)).must_succeed().result("Change")["changed"]
    assert changes(lab) == ["PUT /v1/me/info"]
    assert account(lab)["password"] == NEW


def test_whether_the_password_is_right_is_tried_and_the_trial_logged_out(direct: Direct, lab: Lab) -> None:
    assert direct.play(task(password=NEW), "--check").must_succeed().result("Change")["changed"]
    assert trials(lab) == ["POST 200", "POST 404", "DELETE 200"]
    assert account(lab)["password"] == OLD
    lab.forget_log()
    run = direct.play(task(password=NEW) + task(title="Again", password=NEW)).must_succeed()
    assert [record.changed for record in run.records] == [True, False]
    change, again = ["POST 404", "POST 200", "DELETE 200"], ["POST 200", "DELETE 200"]
    assert trials(lab) == ["POST 200", *change, *again, "DELETE 200"]
    assert changes(lab) == ["PUT /v1/admin/info"]
    assert account(lab)["password"] == NEW


def test_a_password_that_is_not_to_be_changed_is_not_tried_either(direct: Direct, lab: Lab) -> None:
    run = direct.play(task(password=NEW, update_password="on_create")).must_succeed()
    assert not run.result("Change")["changed"]
    assert lab.calls() == ["POST /v1/admin/login", "GET /v1/admin/info", "DELETE /v1/admin/login"]


def test_no_password_is_seen(ansible: Ansible, lab: Lab) -> None:
    for mode in ("--check", "--diff"):
        run = ansible.play(task(password=NEW), mode, "--diff", "-vvv").must_succeed()
        assert run.result("Change")["diff"]["after"]["password"] == "******** (new)"
        assert list(exposed(run, {OLD, NEW, *ansible.issued_tokens()})) == []
    lab.fault("error", match={"method": "PUT", "path": "/info$"})
    failed = ansible.play(task(password=OLD, api_password=NEW), "-vvv")
    assert "nothing was changed" in failed.failure("Change")["msg"]
    assert list(exposed(failed, {OLD, NEW})) == []


@pytest.mark.parametrize("word", ["********", "it's a Pa55word", ""])
def test_a_password_that_can_not_be_is_refused_before_any_request(word: str, direct: Direct, lab: Lab) -> None:
    assert direct.play(task(password=word)).failure("Change")["error"]["kind"] == "bad_input"
    assert lab.log() == []


@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_change_without_a_clear_answer_is_settled_by_trying(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "PUT", "path": "/info$"})
    run = direct.play(task(password=NEW)).must_succeed()
    assert [text for text in run.warnings if "the account was changed all the same" in text]
    assert account(lab)["password"] == NEW
    lab.fault(kind, match={"method": "PUT", "path": "/info$"})
    assert "nothing was changed" in direct.play(task(password=OLD, api_password=NEW)).failure("Change")["msg"]


def test_a_yes_that_is_a_lie_is_found_out_by_trying(direct: Direct, lab: Lab) -> None:
    yes = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}'}
    lab.fault("status", match={"method": "PUT", "path": "/info$"}, **yes)
    assert "still shows other values than were written: password" in direct.play(task(password=NEW)).failure("Change")["msg"]


# What comes after the change

INFO = task("jade_account_info", "Go on")


def test_the_rest_of_the_run_goes_on_with_the_token_that_it_has(direct: Direct, lab: Lab) -> None:
    run = direct.play(task(password=NEW) + INFO + task("jade_account_info", "Use the new one", api_password=NEW)).must_succeed()
    assert run.result("Go on")["accounts"][0]["username"] == "owner"
    assert run.result("Use the new one")["count"] == 1
    assert run.warnings == []
    # A later run needs the new one.
    assert direct.play(INFO).failure("Go on")["error"]["kind"] == "authentication"
    direct.play(task(password=NEW, api_password=NEW)).must_succeed()


def test_a_new_password_that_was_tried_too_early_is_not_held_against_it(direct: Direct, lab: Lab) -> None:
    too_early = task(title="Try the new one", api_password=NEW) + "  ignore_errors: true\n"
    use = task("jade_account_info", "Use it", api_password=NEW)
    run = direct.play(INFO + too_early + task(password=NEW) + use).must_succeed()
    assert run.failure("Try the new one")["error"]["kind"] == "authentication"
    assert run.result("Use it")["accounts"][0]["username"] == "owner"


def test_an_account_is_known_by_its_token_alone(direct: Direct, lab: Lab) -> None:
    token = direct.play(task("jade_login", "Log in")).must_succeed().result("Log in")["login"]["token"]
    alone = yaml.safe_dump([{"name": "Change", "telephony.pbx.jade_account": {"api_token": token, "password": NEW}}])
    direct.play(alone, variables={"JADE_USERNAME": "", "JADE_PASSWORD": ""}).must_succeed()
    assert account(lab)["password"] == NEW


@pytest.mark.parametrize("area", AREAS)
def test_the_account_of_the_environment(area: str, direct: Direct, lab: Lab) -> None:
    tasks = f"- name: Ask\n  telephony.pbx.jade_account_info:\n    area: {area}\n    raw: true"
    run = direct.play(tasks).must_succeed()
    (found,) = run.result("Ask")["accounts"]
    assert (found["username"], found["area"]) == ("admin", area)
    assert found["chats"] is found["contacts"] is None
    assert found["tm_create"] == "2026-11-22T12:01:42.414989790Z"
    assert list(exposed(run, {JADE_PASSWORD})) == []
    assert jade_calls(lab) == [f"GET /v1/{area}/info"]


def test_a_server_without_the_area_is_told_from_one_without_the_account(direct: Direct, lab: Lab) -> None:
    lab.fault("status", status=404, body="", match={"path": "/manager/info$"})
    result = direct.play(task(area="manager")).failure("Change")
    assert result["error"]["kind"] == "unsupported"
