# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade's state modules send: whole objects where Jade replaces them, changes alone where it doesn't."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import change
from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, NotApplied, NotFound, ServerFailed
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, Server
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import SmallJade, envelope, jade_client

ALICE = {"uuid": "u1", "username": "alice", "password": "Hidden1", "name": "Alice", "tm_update": None}
PHONE = {**ALICE, "permissions": [{"permission": "user"}], "context": "demo"}
EDVINA = {"name": "edvina", "data": {"parkpos": "801-850", "context": "demo", "other": "x", "member": ["b", "a"]}}
RUNNING = {"name": "edvina", "start_space": "801", "stop_space": "850", "timeout": 45}


@contextmanager
def jade(objects: dict[str, Any], then: dict[str, Any]) -> Iterator[tuple[Any, list[Received], Server]]:
    """A Jade whose objects are ``then`` after the first write."""
    writes: list[Received] = []

    def answer(request: Received) -> Reply | None:
        if request.method != "GET" and not request.path.endswith("/login"):
            writes.append(request)
            small.objects.update(then)
            return envelope()
        return None

    small = SmallJade(objects=objects, override=answer)
    with contextlib.ExitStack() as stack:
        client, server = stack.enter_context(jade_client(small))
        yield client, writes, server


def run(module: str, client: Any, check: bool = False, **given: Any) -> dict[str, Any]:
    state: Any = MODULES[module].state
    options = {field.name: field.default for field in state.options}
    return change.StateModule(state).run(client, {**options, **given}, check, lambda text: None)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in MODULES.values():
        if isinstance(module, StateModule):
            monkeypatch.setattr(module.state, "patience", 0.0)


def test_a_user_is_changed_by_its_id_with_the_change_alone() -> None:
    users = "/admin/user/users"
    with jade({users: {"list": [ALICE]}}, {users: {"list": [{**ALICE, "name": "Alicia"}]}}) as (client, writes, __):
        result = run("jade_user", client, username="alice", name="Alicia")
    (write,) = writes
    assert (write.method, write.path, write.json) == ("PUT", "/v1/admin/user/users/u1", {"name": "Alicia"})
    assert result["user"]["name"] == "Alicia"
    assert "Hidden" not in str(result)


def test_a_new_user_needs_a_password() -> None:
    with jade({"/admin/user/users": {"list": []}}, {}) as (client, writes, __):
        with pytest.raises(BadInput, match="password is missing, but needed to create the user bob"):
            run("jade_user", client, username="bob")
    assert writes == []


def test_a_manager_user_is_sent_whole_since_jade_empties_what_is_left_out() -> None:
    users = "/manager/users"
    with jade({users: {"list": [PHONE]}}, {users: {"list": [{**PHONE, "name": "Alicia"}]}}) as (client, writes, __):
        run("jade_manager_user", client, username="alice", name="Alicia")
    assert writes[0].json == {
        "password": "Hidden1",
        "name": "Alicia",
        "context": "demo",
        "permissions": [{"permission": "user"}],
    }


@pytest.mark.parametrize("given", [{"name": "x"}, {"state": "absent"}])
def test_an_account_without_a_phone_is_refused_before_it_is_changed_by_half(given: dict[str, str]) -> None:
    users = {"/manager/users": {"list": [{**PHONE, "context": ""}]}, "/admin/user/contacts": {"list": []}}
    with jade(users, {}) as (client, writes, __), pytest.raises(BadInput, match="has no phone"):
        run("jade_manager_user", client, username="alice", **given)
    assert writes == []


LOTS = "/admin/park/cfg_parkinglots"
LOT, RUNS = "/admin/park/cfg_parkinglots/edvina", "/admin/park/parkinglots/edvina"


def test_a_parking_lot_is_sent_whole_as_text_and_asterisk_reloads() -> None:
    new = {**EDVINA, "data": {**EDVINA["data"], "parkingtime": "60"}}
    objects = {RUNS: RUNNING, LOTS: {"list": [EDVINA]}}
    with jade(objects, {LOTS: {"list": [new]}, RUNS: {**RUNNING, "timeout": 60}}) as (client, writes, __):
        result = run("jade_parking_lot", client, name="edvina", parkingtime=60)
    assert [(write.method, write.path) for write in writes] == [
        ("PUT", "/v1/admin/park/cfg_parkinglots/edvina"),
        ("PUT", "/v1/admin/core/modules/res_parking.so"),
    ]
    assert writes[0].json == {
        "data": {"parkpos": "801-850", "context": "demo", "parkingtime": "60", "other": "x", "member": ["a", "b"]}
    }
    assert result["parking_lot"]["parkingtime"] == 60


def test_a_parking_lot_that_is_stored_but_runs_otherwise_is_reloaded_only() -> None:
    with jade({LOTS: {"list": [EDVINA]}, RUNS: {**RUNNING, "stop_space": "820"}}, {RUNS: RUNNING}) as (client, writes, __):
        result = run("jade_parking_lot", client, name="edvina", parkpos="801-850")
    assert [write.path for write in writes] == ["/v1/admin/core/modules/res_parking.so"]
    assert result["changed"]
    assert result["diff"]["before"]["running"] == "the parking lot runs with the spaces 801-820"


def test_an_old_server_changes_the_running_lot_and_cannot_make_one() -> None:
    after = {RUNS: {"name": "edvina", "start_space": "801", "stop_spcae": "820", "timeout": 45}}
    with jade({RUNS: RUNNING, LOTS: {"list": []}}, after) as (client, writes, __):
        run("jade_parking_lot", client, name="edvina", parkpos="801-820", endpoint="parkinglots")
    assert [(write.method, write.path) for write in writes] == [("PUT", "/v1/admin/park/parkinglots/edvina")]
    assert writes[0].json == {"parkpos": "801-820", "parkingtime": "45"}
    with jade({"/admin/park/parkinglots": {"list": []}}, {}) as (client, writes, __):
        with pytest.raises(BadInput, match="can't create"):
            run("jade_parking_lot", client, name="edvina", parkpos="801-820", endpoint="parkinglots")
    assert writes == []


MODULE = "/admin/core/modules/app_queue.so"
LOADS = {
    word: {"name": "app_queue.so", "load": load}
    for word, load in {"loaded": "loaded", "unloaded": "not loaded", "unknown": "who knows"}.items()
}


@pytest.mark.parametrize(
    ("before", "wanted", "method"),
    [
        ("unloaded", "loaded", "POST"),
        ("loaded", "unloaded", "DELETE"),
        ("loaded", "reloaded", "PUT"),
        ("unloaded", "reloaded", "POST"),
        ("unknown", "reloaded", "PUT"),
        ("unknown", "loaded", "POST"),
        ("loaded", "loaded", None),
        ("unloaded", "unloaded", None),
    ],
)
def test_a_module_is_addressed_by_its_listed_name_and_by_the_call_it_needs(before: str, wanted: str, method: str | None) -> None:
    after = LOADS["unloaded" if wanted == "unloaded" else "loaded"]
    override = {MODULE: LOADS[before], "/admin/core/modules": {"list": []}}
    with jade(override, {MODULE: after}) as (client, writes, __):
        result = run("jade_module", client, name="app_queue", state=wanted)
    assert [(write.method, write.path) for write in writes] == ([(method, "/v1" + MODULE)] if method else [])
    assert result["changed"] is bool(method)
    assert result["module"]["load"] == ("unloaded" if wanted == "unloaded" else "loaded")


def test_a_module_that_asterisk_refuses_to_unload_fails_the_task() -> None:
    with jade({MODULE: LOADS["loaded"]}, {}) as (client, __, __), pytest.raises(NotApplied, match="Asterisk refused"):
        run("jade_module", client, name="app_queue.so", state="unloaded")


def test_a_module_that_is_not_there_cannot_be_loaded_but_counts_as_unloaded() -> None:
    with jade({"/admin/core/modules": {"list": []}}, {}) as (client, writes, __):
        assert run("jade_module", client, name="nope", state="unloaded")["changed"] is False
        with pytest.raises(NotFound, match="Asterisk has no module nope"):
            run("jade_module", client, name="nope", state="loaded")
    assert writes == []


def test_a_login_is_made_found_again_and_revoked() -> None:
    small = SmallJade()
    with jade_client(small) as (client, __):
        assert run("jade_login", client, check=True)["login"] == {"token": None, "valid": True}
        assert small.given == 0
        made = run("jade_login", client)
        assert (made["changed"], made["login"]) == (True, {"token": "token-1", "valid": True})
        assert run("jade_login", client)["changed"] is False
        small.tokens.clear()
        assert run("jade_login", client)["login"]["token"] == "token-2"
        gone = run("jade_login", client, state="absent")
        assert (gone["changed"], gone["login"], small.tokens) == (True, None, set())
        assert run("jade_login", client, state="absent")["changed"] is False


def test_a_failed_create_of_a_phone_says_what_jade_leaves_behind() -> None:
    refuse = SmallJade(objects={"/manager/users": {"list": []}}, override=lambda r: envelope(500) if r.body else None)
    with jade_client(refuse) as (client, __), pytest.raises(ServerFailed, match="nothing was created") as caught:
        run("jade_manager_user", client, username="bob", password="pw", context="demo", permissions=["user"])
    assert "unused PJSIP sections" in str(caught.value)
