# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud PBXs of a central management: what is sent, what is waited for, and what a failed write is told as."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed

STOPPED, RUNNING = 7715, 7738
ALL = "/cloud_pbx/instances"
NEW: dict[str, Any] = {
    "name": "New", "plan": "Ultimate Plan", "type": "Commercial", "region_id": 2, "domain_id": 3, "sub_domain": "new",
    "version_id": 764, "customer_ids": [50329411], "extension_capacity": 20, "concurrent_call_capacity": 10,
    "recording_enabled": True, "recording_capacity": 500, "upgrade_in_pbx": True, "im": True, "passwordless_login": False,
}  # fmt: skip


def task(title: str = "Change", /, **options: Any) -> str:
    """One task, which changes a Cloud PBX."""
    return yaml.safe_dump([{"name": title, "telephony.pbx.ycm_cloud_pbx": options}])


def writes(lab: Lab) -> list[str]:
    """The calls that change something."""
    entries = [entry for entry in lab.log(system="ycm") if not lab.only_asks(entry)]
    return [f"{entry['method']} {entry['path'].partition('/cloud_pbx/')[2]}" for entry in entries]


def pbx(direct: Direct, number: int) -> dict[str, Any]:
    """What the central management has now."""
    asking = f"- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info: {{id: {number}}}\n"
    (found,) = direct.play(asking).must_succeed().result("Ask")["cloud_pbxs"]
    return found


# What is sent


def test_a_change_sends_all_that_the_call_wants_as_it_was(direct: Direct, lab: Lab) -> None:
    before = pbx(direct, RUNNING)
    result = direct.play(task(id=RUNNING, im=False)).must_succeed().result("Change")
    assert result["changed"]
    after = pbx(direct, RUNNING)
    # What isn't sent is switched off there: the template must have been sent.
    assert after == {**before, "im": False, "allow_superior_passwordless_login": False}
    assert after["provisioning_via_template"] is True
    assert writes(lab) == [f"PUT instances/{RUNNING}"]


def test_each_kind_of_change_has_a_call_of_its_own(direct: Direct, lab: Lab) -> None:
    options = {"extension_capacity": 30, "passwordless_login": True, "state": "started"}
    result = direct.play(task(id=STOPPED, **options), "--diff").must_succeed().result("Change")
    assert writes(lab) == [f"PUT instances/{STOPPED}{call}" for call in ("", "/capacity", "/start")]
    found = result["cloud_pbx"]
    assert (found["extension_capacity"], found["concurrent_call_capacity"], found["status"]) == (30, 5, "Running")
    lab.forget_log()
    assert not direct.play(task(id=STOPPED, **options)).must_succeed().result("Change")["changed"]
    assert writes(lab) == []


def test_a_delete_names_one_pbx_and_leaves_all_others(direct: Direct, lab: Lab) -> None:
    name = "Yeastar P-Series Cloud PBX1"
    check = direct.play(task(name=name, state="absent"), "--check").must_succeed().result("Change")
    assert writes(lab) == []
    real = direct.play(task(name=name, state="absent")).must_succeed().result("Change")
    assert (check["changed"], check["diff"]) == (real["changed"], real["diff"]) == (True, real["diff"])
    assert writes(lab) == ["DELETE instances"]
    asking = "- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info:\n"
    found = direct.play(asking).must_succeed().result("Ask")["cloud_pbxs"]
    assert len(found) == 29
    assert STOPPED not in [one["id"] for one in found]


def test_two_with_one_serial_number_are_not_confused(direct: Direct, lab: Lab) -> None:
    for state in ("present", "absent", "stopped"):
        result = direct.play(task(sn="3658B431119XXXXX", state=state)).failure("Change")
        assert result["error"]["kind"] == "conflict"
        assert "7715, 7738" in result["msg"]
    assert writes(lab) == []


def test_a_capacity_that_the_server_does_not_tell_has_to_be_given(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"rows": {str(RUNNING): {"concurrentCallCapacity": None}}})
    result = direct.play(task(id=RUNNING, extension_capacity=30)).failure("Change")
    assert "concurrent_call_capacity must be given too" in result["msg"]
    assert writes(lab) == []
    direct.play(task(id=RUNNING, extension_capacity=30, concurrent_call_capacity=20)).must_succeed()
    assert pbx(direct, RUNNING)["concurrent_call_capacity"] == 20


# Starting, stopping, waiting


def test_a_start_is_waited_for_or_not(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"start_seconds": 2})
    result = direct.play(task(id=RUNNING, state="stopped", wait=False)).must_succeed().result("Change")
    assert (result["changed"], result["cloud_pbx"]["status"]) == (True, "Running")
    result = direct.play(task(id=STOPPED, state="started")).must_succeed().result("Change")
    assert (result["changed"], result["cloud_pbx"]["status"]) == (True, "Running")
    assert writes(lab) == [f"PUT instances/{RUNNING}/stop", f"PUT instances/{STOPPED}/start"]


def test_a_pbx_that_is_starting_is_waited_for_and_not_started_again(direct: Direct, lab: Lab) -> None:
    row = {str(STOPPED): {"pbxStatus": "Starting"}}
    lab.set(ycm={"rows": row, "coming": {str(STOPPED): ["Running", 600]}})
    result = direct.play(task(id=STOPPED, state="started", wait=False)).must_succeed().result("Change")
    assert (result["changed"], result["cloud_pbx"]["status"]) == (False, "Starting")
    for mode in (("--check",), ()):
        lab.set(ycm={"rows": row, "coming": {str(STOPPED): ["Running", 1.5]}})
        result = direct.play(task(id=STOPPED, state="started"), *mode).must_succeed().result("Change")
        assert (result["changed"], result["cloud_pbx"]["status"]) == (False, "Running")
    assert writes(lab) == []


@pytest.mark.parametrize(("state", "then", "sent"), [("started", "Running", []), ("stopped", "Running", ["stop"])])
def test_a_pbx_that_is_busy_is_waited_for_before(state: str, then: str, sent: list[str], direct: Direct, lab: Lab) -> None:
    results = []
    for mode in (("--check",), ()):
        row = {str(RUNNING): {"pbxStatus": "Upgrading"}}
        lab.set(ycm={"rows": row, "coming": {str(RUNNING): [then, 1.5]}})
        results.append(direct.play(task(id=RUNNING, state=state), *mode).must_succeed().result("Change"))
    check, real = results
    assert check["changed"] == real["changed"] == bool(sent)
    assert check["diff"] == real["diff"]
    assert check["cloud_pbx"] == real["cloud_pbx"]
    assert writes(lab) == [f"PUT instances/{RUNNING}/{verb}" for verb in sent]


def test_a_pbx_that_is_busy_is_not_switched_by_those_who_do_not_wait(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"rows": {str(RUNNING): {"pbxStatus": "Restoring"}}})
    result = direct.play(task(id=RUNNING, state="stopped", im=False, wait=False)).failure("Change")
    assert result["error"]["kind"] == "conflict"
    assert "is restoring, and can't be stopped now" in result["msg"]
    # What doesn't switch it can be done.
    assert direct.play(task(id=RUNNING, im=False)).must_succeed().result("Change")["changed"]
    assert writes(lab) == [f"PUT instances/{RUNNING}"]


@pytest.mark.parametrize(
    ("status", "state", "told"),
    [
        ("Stopped", "started", "still shows other values than were written: status"),
        ("Upgrading", "stopped", "is still upgrading after 1 seconds"),
        ("Starting", "started", "is still starting after 1 seconds"),
    ],
)
def test_a_pbx_that_never_gets_there_is_told(status: str, state: str, told: str, direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"start_seconds": 600, "rows": {str(STOPPED): {"pbxStatus": status}}})
    result = direct.play(task(id=STOPPED, state=state, wait_timeout=1)).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert told in result["msg"]


# Creating


def test_a_new_pbx_is_created_once_and_started_by_another_task(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"provision_seconds": 2})
    run = direct.play(task(**NEW) + task("Start", name="New", state="started")).must_succeed()
    assert run.result("Change")["cloud_pbx"]["status"] == "Provisioning"
    # It starts by itself: there was nothing left to do.
    assert (run.result("Start")["changed"], run.result("Start")["cloud_pbx"]["status"]) == (False, "Running")
    assert writes(lab) == ["POST instances"]


def test_a_plan_that_is_under_way_is_waited_for(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"plan_seconds": 2})
    result = direct.play(task(**NEW)).must_succeed().result("Change")
    assert result["cloud_pbx"]["plan"] == "Ultimate Plan"
    lab.set(ycm={"plan_seconds": 600})
    other = {**NEW, "name": "Other", "sub_domain": "other"}
    result = direct.play(task(**other, wait=False)).must_succeed().result("Change")
    assert result["cloud_pbx"]["plan"] == "Upgrading to Ultimate Plan"
    # It is on its way, and no reason to warn.
    run = direct.play(task(**other)).must_succeed()
    assert not run.result("Change")["changed"]
    assert run.warnings == []


def test_a_plan_that_never_comes_into_force_is_told(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"plan_seconds": 600})
    result = direct.play(task(**NEW, wait_timeout=1)).failure("Change")
    assert result["error"]["kind"] == "not_applied"
    assert "was created, but after 1 seconds its plan is 'Upgrading to Ultimate Plan'" in result["msg"]


def test_only_what_is_documented_is_sent_for_a_new_one(direct: Direct, lab: Lab) -> None:
    more = {"expiration_date": "2036-01-31T23:59:59Z", "allow_run_after_expiration_date": True, "transcription_capacity": 60}
    # The lab refuses a body with a field missing, unknown or of another type.
    result = direct.play(task(**NEW, **more)).must_succeed().result("Change")
    assert result["cloud_pbx"]["expiration_date"] == "2036-01-31T23:59:59Z"
    run = direct.play(task(**{**NEW, "name": "Twin"}))
    result = run.failure("Change")
    assert (result["error"]["kind"], result["error"]["code"]) == ("conflict", 1000007)
    assert "DATA_ALREADY_EXISTS" in result["msg"]


# Failed writes

WRITES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "create": (NEW, "POST", f"{ALL}$", "created"),
    "update": ({"id": RUNNING, "im": False}, "PUT", f"{ALL}/{RUNNING}$", "changed"),
    "capacity": ({"id": RUNNING, "extension_capacity": 30}, "PUT", "/capacity$", "changed"),
    "stop": ({"id": RUNNING, "state": "stopped"}, "PUT", "/stop$", "changed"),
    "delete": ({"id": RUNNING, "state": "absent"}, "DELETE", f"{ALL}$", "removed"),
}


@pytest.mark.parametrize("kind", ["error", "close"])
@pytest.mark.parametrize("name", list(WRITES))
def test_a_write_that_took_effect_although_it_failed_is_settled_by_reading(
    name: str, kind: str, direct: Direct, lab: Lab
) -> None:
    options, method, path, done = WRITES[name]
    lab.set(ycm={"start_seconds": 0})
    lab.fault(kind, match={"method": method, "path": path}, when="after")
    run = direct.play(task(**options)).must_succeed()
    assert run.result("Change")["changed"]
    assert [text for text in run.warnings if f"the call failed, but the Cloud PBX was {done} all the same" in text]
    assert len(writes(lab)) == 1


@pytest.mark.parametrize("kind", ["error", "close"])
@pytest.mark.parametrize("name", list(WRITES))
def test_a_write_that_took_no_effect_is_told_and_not_repeated(
    name: str, kind: str, direct: Direct, ansible: Ansible, lab: Lab
) -> None:
    options, method, path, done = WRITES[name]
    lab.fault(kind, times=None, match={"method": method, "path": path}, when="before")
    run = direct.play(task(**options, wait_timeout=2))
    assert f"nothing was {done}" in run.failure("Change")["msg"]
    assert len(writes(lab)) == 1
    assert list(exposed(run, lab.secrets | ansible.issued_tokens())) == []


def test_a_stop_that_took_effect_but_takes_its_time_is_waited_for(direct: Direct, lab: Lab) -> None:
    lab.set(ycm={"start_seconds": 2})
    lab.fault("close", match={"path": "/stop$"}, when="after")
    run = direct.play(task(id=RUNNING, state="stopped", wait_timeout=20)).must_succeed()
    assert run.result("Change")["cloud_pbx"]["status"] == "Stopped"
    assert writes(lab) == [f"PUT instances/{RUNNING}/stop"]


@pytest.mark.parametrize("kind", ["error", "close"])
def test_who_does_not_wait_is_not_told_that_a_failed_stop_was_done(kind: str, direct: Direct, lab: Lab) -> None:
    lab.fault(kind, match={"path": "/stop$"}, when="before")
    result = direct.play(task(id=RUNNING, state="stopped", wait=False)).failure("Change")
    assert result["error"]["kind"] == "ambiguous_write"
    assert "the Cloud PBX is running" in result["msg"]
    assert writes(lab) == [f"PUT instances/{RUNNING}/stop"]


def test_what_was_done_before_a_failure_is_told(direct: Direct, lab: Lab) -> None:
    lab.fault("error", times=None, match={"path": "/capacity$"})
    result = direct.play(task(id=RUNNING, im=False, extension_capacity=30, state="stopped")).failure("Change")
    assert "only a part was changed: im, but not " in result["msg"]
    assert writes(lab) == [f"PUT instances/{RUNNING}", f"PUT instances/{RUNNING}/capacity"]


# Limits, logins, errors


def test_an_empty_bucket_is_waited_for_and_nothing_is_done_twice(direct: Direct, lab: Lab) -> None:
    body = json.dumps({"code": 1000040, "msg": "RATE_LIMIT_EXCEEDED", "status": "Failed"})
    for status in (429, 200):
        lab.fault("status", match={"method": "PUT"}, status=status, body=body)
    assert direct.play(task(id=RUNNING, im=False)).must_succeed().result("Change")["changed"]
    assert lab.hits() == [1, 1]
    assert pbx(direct, RUNNING)["im"] is False


def test_a_token_that_ends_before_a_write_costs_one_refresh(direct: Direct, lab: Lab) -> None:
    tasks = ""
    for name in ("update", "delete"):
        options, method, path, _done = WRITES[name]
        lab.fault("token_expired", match={"method": method, "path": path})
        tasks += task(**options)
    run = direct.play(tasks).must_succeed()
    assert [record.changed for record in run.of("Change")] == [True, True]
    assert lab.hits() == [1, 1]
    assert lab.calls(login="true") == ["POST /open_api/oauth/token"] * 3


def test_a_blocked_address_is_told_and_credentials_are_tried_once(direct: Direct, lab: Lab) -> None:
    body = json.dumps({"code": 1000042, "msg": "ACCESS_DENIED", "status": "Failed"})
    lab.fault("status", times=None, match={"path": "/oauth/token"}, status=403, body=body)
    run = direct.play(yaml.safe_dump([{**yaml.safe_load(task(id=1))[0], "ignore_errors": True}]) + task("Again", id=1))
    assert "unblock it under Security > Blocked IP" in run.failure("Change")["msg"]
    assert "ACCESS_DENIED" in run.failure("Change")["msg"]
    assert run.failure("Again")["error"]["kind"] == "authentication"
    assert lab.calls() == ["POST /open_api/oauth/token"]


def test_another_server_is_not_taken_for_one_without_that_pbx(direct: Direct, lab: Lab) -> None:
    url = lab.ready["yeastar"]["pbx"]["url"]
    result = direct.play(task(id=RUNNING, state="absent"), variables={"YCM_URL": url}).failure("Change")
    assert result["error"]["kind"] != "not_found"


def test_activation_information_read_by_a_raw_call_is_a_matter_of_asking_for_it(ansible: Ansible, lab: Lab) -> None:
    data = {"activationUrl": "https://activate.example/Act1vation", "activationCode": "Act1vation-C0de"}
    body = json.dumps({"status": "Success", "data": data})
    lab.fault("status", times=None, match={"path": "/activation_info$"}, status=200, body=body)
    call = {"system": "ycm", "path": f"/v1/cloud_pbx/instances/{RUNNING}/activation_info"}
    run = ansible.play(yaml.safe_dump([{"name": "Ask", "telephony.pbx.api": call}]), "-vvv").must_succeed()
    assert list(exposed(run, set(data.values()))) == []
    call["include_secrets"] = True
    assert ansible.play(yaml.safe_dump([{"name": "Ask", "telephony.pbx.api": call}])).result("Ask")["result"] == data
