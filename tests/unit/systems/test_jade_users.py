# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts that Jade has changed by half, phones that don't run, and whose account a token belongs to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import change
from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    BadInput,
    ChangedMeanwhile,
    NotApplied,
    ServerFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import user as jade_user
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import SmallJade, envelope, jade_client

USERS, MANAGER = "/admin/user/users", "/manager/users"
CONTACTS, PERMISSIONS, ENDPOINTS = "/admin/user/contacts", "/admin/user/permissions", "/admin/pjsip/endpoints"
TARGET = "0c0f0f3e-5b1f-4f4c-8d4a-6f0f3c1f2a10"
ORPHAN = "5d1b7f0a-93c7-4a0e-b7c5-2f1a88f6c9d4"
ALICE = {"uuid": "u1", "username": "alice", "password": "Hidden1", "name": "Alice", "tm_update": None}
PHONE = {**ALICE, "permissions": [{"permission": "user"}, {"permission": "sales"}], "context": "demo"}
CONTACT = {"uuid": "c1", "user_uuid": "u1", "type": None, "target": TARGET, "name": "", "detail": ""}


def listed(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"list": list(rows)}


def world(account: dict[str, Any] | None, *contacts: dict[str, Any]) -> dict[str, Any]:
    """What the real server shows: contacts where permissions are asked for."""
    found = [account] if account else []
    plain = [{key: row[key] for key in ALICE} for row in found]
    return {MANAGER: listed(*found), USERS: listed(*plain), CONTACTS: listed(*contacts), PERMISSIONS: listed(*contacts)}


@contextmanager
def jade(before: dict[str, Any], then: dict[str, Any], status: int = 200) -> Iterator[tuple[Any, list[Received]]]:
    """A Jade that shows ``then`` after the first write, which it answers with ``status``."""
    writes: list[Received] = []

    def answer(request: Received) -> Reply | None:
        if request.method != "GET" and not request.path.endswith("/login"):
            writes.append(request)
            small.objects.update(then)
            return envelope(status)
        return None

    small = SmallJade(objects=before, override=answer)
    with contextlib.ExitStack() as stack:
        client, __ = stack.enter_context(jade_client(small))
        yield client, writes


def run(module: str, client: Any, warnings: list[str] | None = None, **given: Any) -> dict[str, Any]:
    state: Any = MODULES[module].state
    options = {field.name: field.default for field in state.options}
    told: list[str] = [] if warnings is None else warnings
    return change.StateModule(state).run(client, {**options, **given}, False, told.append)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jade_user, "PHONE_LAG", 0.0)
    for module in MODULES.values():
        if isinstance(module, StateModule):
            monkeypatch.setattr(module.state, "patience", 0.0)


# Half done

HALF: dict[str, tuple[dict[str, Any], str]] = {
    "stopped behind the name": (
        {"name": "Alicia"},
        "only a part was changed: name, but not permissions",
    ),
    "lost the permissions": (
        {"name": "Alicia", "permissions": [{"permission": "admin"}], "password": ""},
        "name, permissions were changed, and what should have stayed is another now: password",
    ),
    "lost all": (
        {"password": "", "name": "", "permissions": [], "context": "demo"},
        "nothing was changed, and what should have stayed is another now: password",
    ),
    "did nothing": ({}, "nothing was changed"),
}


@pytest.mark.parametrize("case", list(HALF))
def test_an_account_that_was_changed_by_half_is_told_field_by_field(case: str) -> None:
    shown, told = HALF[case]
    then = world({**PHONE, **shown}, CONTACT)
    with jade(world(PHONE, CONTACT), then, 500) as (client, writes), pytest.raises(ServerFailed) as caught:
        run("jade_manager_user", client, username="alice", name="Alicia", permissions=["admin"])
    assert caught.value.message.endswith(f"; {told}")
    assert "Jade's steps are name and password, permissions, context" in str(caught.value)
    assert "Hidden" not in str(caught.value)
    assert len(writes) == 1


def test_what_was_lost_is_no_success_though_the_change_is_there() -> None:
    then = world({**PHONE, "name": "Alicia", "permissions": []}, CONTACT)
    with jade(world(PHONE, CONTACT), then, 500) as (client, __), pytest.raises(ServerFailed) as caught:
        run("jade_manager_user", client, username="alice", name="Alicia")
    assert "name was changed, and what should have stayed is another now: permissions" in str(caught.value)
    # Nor when Jade says yes.
    with jade(world(PHONE, CONTACT), then) as (client, __), pytest.raises(ChangedMeanwhile, match=r": permissions\. Somebody"):
        run("jade_manager_user", client, username="alice", name="Alicia")


def test_a_change_that_is_there_in_full_is_settled() -> None:
    warnings: list[str] = []
    with jade(world(PHONE, CONTACT), world({**PHONE, "name": "Alicia"}, CONTACT), 500) as (client, __):
        assert run("jade_manager_user", client, warnings, username="alice", name="Alicia")["changed"]
    assert "the call failed, but the user was changed all the same" in warnings[0]


@pytest.mark.parametrize("status", [200, 500])
def test_a_permission_that_costs_the_account_something_is_a_failure(status: int) -> None:
    given = {"username": "alice", "permission": "admin"}
    after = [*PHONE["permissions"][:1], {"permission": "admin"}]
    then = world({**PHONE, "permissions": after, "password": ""}, CONTACT)
    with jade(world(PHONE, CONTACT), then, status) as (client, writes), pytest.raises(NotApplied) as caught:
        run("jade_user_permission", client, **given)
    assert "has lost what should have stayed: password and permissions sales" in str(caught.value)
    assert "Set them again with telephony.pbx.jade_manager_user" in str(caught.value)
    assert [(write.method, write.path) for write in writes] == [("PUT", "/v1/manager/users/u1")]


def test_a_permission_is_given_by_sending_the_account_back_whole() -> None:
    after = [*PHONE["permissions"], {"permission": "admin"}]
    with jade(world(PHONE, CONTACT), world({**PHONE, "permissions": after}, CONTACT)) as (client, writes):
        assert run("jade_user_permission", client, username="alice", permission="admin")["changed"]
    assert writes[0].json == {
        "password": "Hidden1", "name": "Alice", "context": "demo",
        "permissions": [{"permission": name} for name in ("admin", "sales", "user")],
    }  # fmt: skip


# What can't be sent back


def test_a_password_that_isnt_shown_is_not_emptied() -> None:
    shown = {key: value for key, value in PHONE.items() if key != "password"}
    objects = {MANAGER: listed(shown), CONTACTS: listed(CONTACT)}
    then = {MANAGER: listed({**shown, "name": "Alicia"})}
    with jade(objects, then) as (client, writes):
        with pytest.raises(BadInput, match="password is missing: Jade doesn't show the one that there is"):
            run("jade_manager_user", client, username="alice", name="Alicia")
        assert writes == []


def test_a_phone_that_does_not_run_needs_its_context_but_can_go() -> None:
    silent = {**PHONE, "context": ""}
    with jade(world(silent, CONTACT), world(PHONE, CONTACT)) as (client, writes):
        with pytest.raises(BadInput, match="context is missing: the phone of the user alice doesn't run"):
            run("jade_manager_user", client, username="alice", name="Alicia")
        assert writes == []
        assert run("jade_manager_user", client, username="alice", context="demo")["changed"]
    with jade(world(silent, CONTACT), world(None)) as (client, writes):
        assert run("jade_manager_user", client, username="alice", state="absent")["changed"]
    assert [(write.method, write.path) for write in writes] == [("DELETE", "/v1/manager/users/u1")]


# What Jade leaves behind


def endpoint(name: str, **more: str) -> dict[str, Any]:
    return {"object_type": "endpoint", "object_name": name, "aors": name, "auth": name, **more}


def test_phones_that_failed_accounts_have_left_behind_are_named() -> None:
    # Neither an account's phone nor a trunk or a phone of Asterisk's own file is one of them.
    others = (endpoint(TARGET), endpoint("pjagent-01"), endpoint("11111111-2222-3333-4444-555555555555", auth=""))
    objects = {**world(None, CONTACT), ENDPOINTS: listed(*others, endpoint(ORPHAN))}
    with jade(objects, {}, 500) as (client, __), pytest.raises(ServerFailed, match="nothing was created") as caught:
        run("jade_manager_user", client, username="bob", password="pw", context="demo", permissions=["user"])
    assert f"Phones of no account that run: {ORPHAN} (1); this one shows" in str(caught.value)
    assert "take the sections out of jade.pjsip.endpoint.conf" in str(caught.value)
    assert TARGET not in str(caught.value)


def test_an_account_that_is_left_to_nobody_is_told() -> None:
    warnings: list[str] = []
    with jade(world(PHONE, CONTACT), world(None, CONTACT)) as (client, __):
        run("jade_user", client, warnings, username="alice", state="absent")
    (warning,) = warnings
    assert f"leaves behind as PJSIP endpoint {TARGET}, with its contact and the permissions sales, user" in warning
    # Without a phone only the permissions are left; an old server has neither list.
    with jade(world({**PHONE, "context": ""}), world(None)) as (client, __):
        run("jade_user", client, warnings, username="alice", state="absent")
    assert warnings[1:] == ["user alice has the permissions sales, user, which Jade leaves behind in its database, for nobody"]
    with jade({USERS: listed(ALICE)}, {USERS: listed()}) as (client, __):
        run("jade_user", client, warnings, username="alice", state="absent")
    assert len(warnings) == 2


def test_the_last_contact_takes_the_phone_with_it_and_no_other_does() -> None:
    second = {**CONTACT, "uuid": "c2", "target": "desk"}
    warnings: list[str] = []
    with jade(world(PHONE, CONTACT, second), world(PHONE, CONTACT)) as (client, __):
        run("jade_user_contact", client, warnings, username="alice", target="desk", state="absent")
        assert warnings == []
    with jade(world(PHONE, CONTACT), world(PHONE)) as (client, __):
        run("jade_user_contact", client, warnings, username="alice", state="absent")
    (warning,) = warnings
    assert f"user alice loses its phone and can't be given one again; the PJSIP endpoint {TARGET} stays" in warning


# One's own account


@pytest.mark.parametrize("module", ["jade_user", "jade_manager_user"])
def test_whose_account_a_token_belongs_to_is_asked(module: str) -> None:
    small = SmallJade(objects=world(PHONE, CONTACT), tokens={"given"})
    small.override = lambda request: envelope(result={"username": "alice"}) if request.path == "/v1/admin/info" else None
    with jade_client(small, token="given") as (client, __), pytest.raises(BadInput, match="it can't remove itself"):
        run(module, client, username="alice", state="absent", api_token="given", api_username="somebody")


def test_an_account_can_not_take_admin_from_itself_but_anything_else() -> None:
    boss = {**PHONE, "username": "robot", "permissions": [{"permission": "admin"}, {"permission": "user"}]}
    then = world({**boss, "permissions": [{"permission": "admin"}]}, CONTACT)
    with jade(world(boss, CONTACT), then) as (client, writes):
        for module, given in (
            ("jade_manager_user", {"permissions": ["user"]}),
            ("jade_user_permission", {"permission": "admin", "state": "absent"}),
        ):
            with pytest.raises(BadInput, match="can't take the permission admin from itself"):
                run(module, client, username="robot", **given)
        assert writes == []
        assert run("jade_user_permission", client, username="robot", permission="user", state="absent")["changed"]
