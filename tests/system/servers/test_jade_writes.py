# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes to Jade that go wrong: what really happened is found out by reading, and told."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

USERS = "/admin/user/users$"
CREATE = """
- name: Create
  telephony.pbx.jade_user:
    username: alice
    password: Alice-Pa55word
"""
PHONE = """
- name: Create
  telephony.pbx.jade_manager_user:
    username: bob
    password: Bob-Pa55word
    name: Bob
    context: demo
    permissions: [user]
"""


def usernames(lab: Lab) -> set[str]:
    """The accounts that there are."""
    return {user["username"] for user in lab.jade("GET", "/v1/admin/user/users")["list"]}


@pytest.mark.parametrize("kind", ["reset", "close", "error", "html", "not_json"])
def test_a_create_that_took_effect_is_settled(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="after", match={"method": "POST", "path": USERS})
    run = direct.play(CREATE).must_succeed()
    assert lab.hits() == [1]
    result = run.result("Create")
    assert result["changed"]
    assert result["user"]["uuid"]
    assert [text for text in run.warnings if "the call failed, but the user was created all the same" in text]
    assert jade_calls(lab, method="POST") == ["POST /v1/admin/user/users"]


@pytest.mark.parametrize(("kind", "told"), [("reset", "connection"), ("error", "server")])
def test_a_create_that_took_no_effect_is_told(kind: str, told: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, when="before", match={"method": "POST", "path": USERS})
    run = direct.play(CREATE)
    assert run.code == 2
    result = run.failure("Create")
    assert result["error"]["kind"] == told
    assert "nothing was created" in result["msg"]
    assert "alice" not in usernames(lab)
    # A write that the server may have seen is never sent twice.
    assert jade_calls(lab, method="POST") == ["POST /v1/admin/user/users"]


def test_what_can_not_be_settled_is_told(direct: Direct, lab: Lab) -> None:
    lab.fault("reset", when="after", match={"method": "POST", "path": USERS})
    lab.fault("status", status=403, times=None, skip=1, match={"method": "GET", "path": USERS})
    result = direct.play(CREATE).failure("Create")
    assert result["error"]["kind"] == "ambiguous_write"
    assert "it can't be read whether it was created" in result["msg"]


def test_a_failed_create_of_a_phone_tells_what_jade_leaves_behind(direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="before", match={"method": "POST", "path": "/manager/users$"})
    message = direct.play(PHONE).failure("Create")["msg"]
    assert "nothing was created" in message
    assert "Jade leaves unused PJSIP sections behind" in message


def test_a_change_that_was_half_done_is_told(direct: Direct, lab: Lab) -> None:
    direct.play(PHONE).must_succeed()
    # The name shows at once, the phone's context only when Asterisk has caught up.
    lab.set(jade="f31439d", pjsip_lag=60)
    lab.fault("error", when="after", match={"method": "PUT", "path": "/manager/users/"})
    tasks = """
- name: Change
  telephony.pbx.jade_manager_user:
    username: bob
    name: Robert
    context: other
"""
    result = direct.play(tasks).failure("Change")
    assert "only a part was changed: name, but not context" in result["msg"]


def test_a_change_keeps_what_is_not_given(direct: Direct, lab: Lab) -> None:
    direct.play(PHONE).must_succeed()
    tasks = "- name: Change\n  telephony.pbx.jade_manager_user:\n    username: bob\n    permissions: [admin]"
    direct.play(tasks).must_succeed()
    bob = next(user for user in lab.jade("GET", "/v1/manager/users")["list"] if user["username"] == "bob")
    assert {name: bob[name] for name in ("password", "name", "context")} == {
        "password": "Bob-Pa55word", "name": "Bob", "context": "demo",
    }  # fmt: skip
    assert bob["permissions"] == [{"permission": "admin"}]


LIES: dict[str, tuple[dict[str, Any], str]] = {
    "delete": (
        {"telephony.pbx.jade_user": {"username": "limited", "state": "absent"}},
        "The user limited is still there, although the server said that it was removed",
    ),
    "change": (
        {"telephony.pbx.jade_parking_lot": {"name": "sales", "parkingtime": 90}},
        "The parking lot sales still shows other values than were written: parkingtime",
    ),
    "spaces": (
        {"telephony.pbx.jade_parking_lot": {"name": "broken", "parkpos": "851-860"}},
        "The parking lot broken is stored and Asterisk was told to reload, but the parking lot runs with the spaces",
    ),
    "load": (
        {"telephony.pbx.jade_module": {"name": "chan_dahdi.so", "state": "loaded"}},
        "The module chan_dahdi.so still shows other values than were written: load",
    ),
    "unload": (
        {"telephony.pbx.jade_module": {"name": "chan_pjsip.so", "state": "unloaded"}},
        "The module chan_pjsip.so still shows other values than were written: load",
    ),
}


@pytest.fixture(scope="module")
def lies(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them at once: each takes until the patience ends."""
    running.reset()
    running.set(jade="f31439d", cfg_parkinglots={"sales": {"parkingtime": "45"}, "broken": {"parkpos": "801-850"}})
    nothing = {"status": 200, "body": '{"api_ver": "0.1", "statuscode": 200}', "times": None}
    for method, path in (("DELETE", "user/users/"), ("PUT", "cfg_parkinglots/sales"), ("PUT", "modules/res_parking")):
        running.fault("status", match={"method": method, "path": path}, **nothing)
    direct = Direct(Ansible(tmp_path_factory.mktemp("lies"), running.environment()))
    return direct.play(yaml.safe_dump([{"name": name, **task} for name, (task, _words) in LIES.items()]), at_once=True)


@pytest.mark.parametrize("name", list(LIES))
def test_a_yes_that_is_a_lie_is_a_failure(name: str, lies: Run) -> None:
    result = lies.failure(name)
    assert result["error"]["kind"] == "not_applied"
    assert LIES[name][1] in result["msg"]


def test_a_call_that_the_server_does_not_have(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", cfg_parkinglots={"sales": {"parkpos": "801-850"}})
    tasks = """
- name: Change
  telephony.pbx.jade_parking_lot:
    name: sales
    parkpos: 801-899
    endpoint: parkinglots
"""
    result = direct.play(tasks).failure("Change")
    assert result["error"]["kind"] == "unsupported"
    assert "this Jade has no such endpoint" in result["msg"]
