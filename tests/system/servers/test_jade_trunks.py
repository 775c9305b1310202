# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks on the real server: nothing gets lost, what is stored runs, and no password is seen."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

PASSWORD = "Trunk-Pa55word-1"
OTHER_PASSWORD = "Trunk-Pa55word-2"
PATH = "/manager/trunks"
VALUES = {
    "server_uri": "sip:sip.example.com",
    "client_uri": "sip:100@sip.example.com",
    "username": "100",
    "password": PASSWORD,
    "contact": "sip:sip.example.com:5060",
    "context": "from-provider",
    "hostname": "sip.example.com",
}
# Where Jade keeps each of them: the kind of section, and the setting.
PLACES = {
    "server_uri": ("registration", "server_uri"),
    "client_uri": ("registration", "client_uri"),
    "username": ("auth", "username"),
    "password": ("auth", "password"),
    "contact": ("aor", "contact"),
    "context": ("endpoint", "context"),
    "hostname": ("identify", "match"),
}
KINDS = ("registration", "auth", "aor", "endpoint", "identify")


def task(**options: Any) -> str:
    """One task, which changes a trunk."""
    return yaml.safe_dump([{"name": "Change", "telephony.pbx.jade_trunk": {"name": "provider", **options}}])


def create(lab: Lab, name: str = "provider", **values: str) -> None:
    """Make a trunk by other means, and let Asterisk read it."""
    lab.jade("POST", f"/v1{PATH}", {"name": name, **VALUES, **values})
    wait_until_it_runs(lab, name)


def wait_until_it_runs(lab: Lab, name: str) -> None:
    """Asterisk takes a moment."""
    give_up = time.monotonic() + 5
    while not (running(lab, "endpoints", name) and running(lab, "registrations", name)):
        assert time.monotonic() < give_up
        time.sleep(0.05)


def section(lab: Lab, kind: str, name: str = "provider") -> dict[str, str] | None:
    """A section of one of Jade's files, as it is there."""
    text = f"\n{lab.file(f'jade.pjsip.{kind}.conf')}"
    dummy, found, rest = text.partition(f"\n[{name}]\n")
    if not found:
        return None
    lines = rest.partition("\n[")[0].splitlines()
    return dict(line.split("=", 1) for line in lines if line)


def stored(lab: Lab, name: str = "provider") -> dict[str, str]:
    """The seven values of a trunk in the files."""
    sections = {kind: section(lab, kind, name) or {} for kind in KINDS}
    return {value: sections[kind][setting] for value, (kind, setting) in PLACES.items()}


def changes(lab: Lab) -> list[str]:
    """The calls of the collection that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


def running(lab: Lab, table: str, name: str = "provider") -> dict[str, Any] | None:
    """A row of a runtime table."""
    return next((row for row in lab.state()["runtime"][table] if row["object_name"] == name), None)


def test_a_change_of_one_field_keeps_all_others(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.forget_log()
    fields = [name for name in VALUES if name != "password"]
    run = direct.play("".join(task(**{name: "other"}) for name in fields)).must_succeed()
    assert [record.changed for record in run.records] == [True] * len(fields)
    # Each change has kept what those before it have done, and the password.
    assert stored(lab) == {**dict.fromkeys(fields, "other"), "password": PASSWORD}
    assert changes(lab) == [f"PUT /v1{PATH}/provider"] * len(fields)


def test_a_new_trunk_is_five_sections_and_runs(direct: Direct, lab: Lab) -> None:
    assert direct.play(task(**VALUES)).must_succeed().result("Change")["trunk"]["status"] == "Unregistered"
    assert stored(lab) == VALUES
    assert all(section(lab, kind) for kind in KINDS)
    endpoint, registration = running(lab, "endpoints"), running(lab, "registrations")
    assert endpoint and endpoint["context"] == "from-provider"
    assert registration and registration["server_uri"] == VALUES["server_uri"]
    # Jade reloads by itself.
    assert changes(lab) == [f"POST /v1{PATH}"]


@pytest.mark.parametrize(("update_password", "then"), [("always", OTHER_PASSWORD), ("on_create", PASSWORD)])
def test_update_password(update_password: str, then: str, ansible: Ansible, lab: Lab) -> None:
    create(lab)
    run = ansible.play(task(password=OTHER_PASSWORD, update_password=update_password), "--diff", "-vvv").must_succeed()
    assert run.result("Change")["changed"] is (then == OTHER_PASSWORD)
    assert stored(lab) == {**VALUES, "password": then}
    assert list(exposed(run, {PASSWORD, OTHER_PASSWORD, *lab.secrets})) == []


def test_a_password_for_a_new_trunk_is_set_on_create(direct: Direct, lab: Lab) -> None:
    direct.play(task(password=PASSWORD, update_password="on_create")).must_succeed()
    assert stored(lab)["password"] == PASSWORD


@pytest.mark.parametrize("options", [{"server_uri": "sip:sip.example.com;transport=tcp"}, {"password": "Pa55;word#Trunk"}])
def test_what_the_files_can_not_hold_is_refused_before_any_request(options: Any, ansible: Ansible, lab: Lab) -> None:
    run = ansible.play(task(**options), "-vvv")
    result = run.failure("Change")
    (name,) = options
    assert result["error"]["kind"] == "bad_input"
    assert f"{name} holds ';', which Jade can't keep" in result["msg"]
    assert lab.log() == []
    assert "Pa55;word" not in run.output


TAKEN = {
    "endpoints": "there is a PJSIP endpoint of that name already",
    "aors": "there is a PJSIP AOR of that name already",
    "auths": "there is a PJSIP authentication of that name already",
}


@pytest.mark.parametrize("table", list(TAKEN))
def test_a_name_that_another_object_has_is_refused(table: str, direct: Direct, lab: Lab) -> None:
    row = lab.state()["runtime"][table][0]
    lab.set(jade="f31439d", runtime={table: [{**row, "object_name": "provider"}]})
    result = direct.play(task(**VALUES)).failure("Change")
    assert TAKEN[table] in result["msg"]
    assert changes(lab) == []
    # There is no trunk of that name, which is all that is asked for.
    assert not direct.play(task(state="absent")).must_succeed().result("Change")["changed"]


def test_a_name_whose_owner_does_not_run_is_told_as_what_it_may_be(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", files={"jade.pjsip.auth.conf": "[provider]\ntype=auth\n"})
    result = direct.play(task(**VALUES)).failure("Change")
    assert result["error"]["kind"] == "server"
    assert "nothing was created" in result["msg"]
    assert "The name may belong to a PJSIP object in Jade's files that doesn't run" in result["msg"]
    assert section(lab, "registration") is None


def test_a_create_that_jade_says_no_to_but_does_is_settled(direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "POST", "path": f"{PATH}$"})
    run = direct.play(task(**VALUES)).must_succeed()
    assert run.result("Change")["changed"]
    assert [text for text in run.warnings if "the call failed, but the trunk was created all the same" in text]
    assert stored(lab) == VALUES
    assert changes(lab) == [f"POST /v1{PATH}"]
    assert list(exposed(run, {PASSWORD})) == []


@pytest.mark.parametrize(("method", "options", "told"), [("POST", VALUES, "created"), ("PUT", {"context": "x"}, "changed")])
def test_a_write_that_took_no_effect_is_told(method: str, options: Any, told: str, direct: Direct, lab: Lab) -> None:
    if method == "PUT":
        create(lab)
    lab.fault("error", when="before", match={"method": method, "path": PATH})
    assert f"nothing was {told}" in direct.play(task(**options)).failure("Change")["msg"]


def test_what_is_not_there_need_not_go(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.forget_log()
    tasks = "".join(task(name=name, state="absent") for name in ("provider", "nowhere", "pjagent-01"))
    run = direct.play(tasks).must_succeed()
    assert [record.changed for record in run.of("Change")] == [True, False, False]
    # Jade says yes to any; it is not asked for nothing.
    assert changes(lab) == [f"DELETE /v1{PATH}/provider"]
    assert [section(lab, kind) for kind in KINDS] == [None] * 5
    assert running(lab, "endpoints") is running(lab, "registrations") is None


# Losses: "\;" is how Asterisk's files write a semicolon, and Jade reads up to it.
CUT = "[other]\ntype=registration\nserver_uri=sip:other.example.com\\;transport=tcp\nclient_uri=sip:1@other.example.com\n"


def test_a_trunk_that_loses_by_the_write_is_named(direct: Direct, lab: Lab) -> None:
    create(lab)
    file = "jade.pjsip.registration.conf"
    lab.set(jade="f31439d", files={file: lab.file(file) + CUT})
    for options in ({"context": "x"}, {"state": "absent"}):
        run = direct.play(task(**options), "--check").must_succeed()
        (warning,) = run.warnings
        assert "Jade writes the files of the trunk provider again, and other loses the end of server_uri" in warning
    unchanged = direct.play(task(context="from-provider")).must_succeed()
    assert unchanged.warnings == []
    real = direct.play(task(context="x")).must_succeed()
    assert len(real.warnings) == 1
    other = section(lab, "registration", "other")
    assert other and other["server_uri"] == "sip:other.example.com\\"


def test_a_trunk_that_loses_by_its_own_change_is_told_but_not_for_what_is_set_anew(direct: Direct, lab: Lab) -> None:
    create(lab, "other")
    for file in ("jade.pjsip.registration.conf", "jade.pjsip.auth.conf"):
        text = lab.file(file).replace("example.com\n", "example.com\\;x\n").replace("word-1", "word\\;1")
        lab.set(jade="f31439d", files={file: text})
    run = direct.play(task(name="other", context="x"), "--check").must_succeed()
    warned = " ".join(run.warnings)
    assert "other loses the end of server_uri" in warned
    assert "other loses the end of client_uri" in warned
    assert "other loses the end of its password" in warned
    assert "Trunk-Pa55" not in run.output
    anew = {name: VALUES[name] for name in ("server_uri", "client_uri", "password")}
    assert direct.play(task(name="other", **anew), "--check").must_succeed().warnings == []


# In force


def test_the_task_waits_until_the_trunk_runs(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", pjsip_lag=1)
    direct.play(task(**VALUES)).must_succeed()
    assert running(lab, "endpoints") and running(lab, "registrations")
    direct.play(task(client_uri="sip:200@sip.example.com")).must_succeed()
    assert running(lab, "registrations")["client_uri"] == "sip:200@sip.example.com"  # type: ignore[index]
    direct.play(task(state="absent")).must_succeed()
    assert running(lab, "endpoints") is running(lab, "registrations") is None


NEVER: dict[str, tuple[dict[str, Any], str]] = {
    "fresh": (VALUES, "its PJSIP endpoint doesn't run"),
    "context": ({"context": "other"}, "its PJSIP endpoint runs with the context from-provider"),
    "client_uri": ({"client_uri": "sip:2@x"}, "its PJSIP registration runs with the client_uri sip:100@sip.example.com"),
    "gone": ({"state": "absent"}, "its PJSIP endpoint and registration still run"),
}


@pytest.fixture(scope="module")
def never(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them at once, since each takes until the patience ends."""
    running.reset()
    for name in NEVER:
        if name != "fresh":
            create(running, name)
    running.set(jade="f31439d", pjsip_lag=600)
    tasks = [
        {"name": name, "telephony.pbx.jade_trunk": {"name": name, **options}} for name, (options, _words) in NEVER.items()
    ]
    direct = Direct(Ansible(tmp_path_factory.mktemp("never"), running.environment()))
    return direct.play(yaml.safe_dump(tasks), at_once=True)


@pytest.mark.parametrize("name", list(NEVER))
def test_a_trunk_that_never_runs_as_it_is_stored_fails_the_task(name: str, never: Run) -> None:
    result = never.failure(name)
    assert result["error"]["kind"] == "not_applied"
    assert NEVER[name][1] in result["msg"]
    assert PASSWORD not in str(result)


def test_a_trunk_that_is_stored_but_does_not_run_is_reloaded_and_not_written(direct: Direct, lab: Lab) -> None:
    create(lab)
    files = {name: lab.file(name) for name in (f"jade.pjsip.{kind}.conf" for kind in KINDS)}
    lab.reset()
    lab.set(jade="f31439d", files=files)
    check = direct.play(task(**VALUES), "--check", "--diff").must_succeed().result("Change")
    assert (check["changed"], check["action"]) == (True, "keep")
    lab.forget_log()
    real = direct.play(task(**VALUES), "--diff").must_succeed().result("Change")
    assert changes(lab) == ["PUT /v1/admin/core/modules/res_pjsip.so"]
    assert real["diff"] == check["diff"]
    assert real["diff"]["before"]["running"] == "its PJSIP endpoint doesn't run"
    assert running(lab, "endpoints") and running(lab, "registrations")
    assert not direct.play(task(**VALUES)).must_succeed().result("Change")["changed"]


def test_a_trunk_that_is_gone_but_still_runs_is_reloaded_away(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.set(jade="f31439d", files={f"jade.pjsip.{kind}.conf": "" for kind in KINDS})
    lab.forget_log()
    result = direct.play(task(state="absent"), "--diff").must_succeed().result("Change")
    assert (result["changed"], result["action"], result["trunk"]) == (True, "keep", None)
    assert changes(lab) == ["PUT /v1/admin/core/modules/res_pjsip.so"]
    assert running(lab, "endpoints") is running(lab, "registrations") is None


def test_such_a_trunk_can_be_made_again(direct: Direct, lab: Lab) -> None:
    create(lab)
    lab.set(jade="f31439d", files={f"jade.pjsip.{kind}.conf": "" for kind in KINDS})
    assert direct.play(task(**VALUES)).must_succeed().result("Change")["action"] == "create"
    assert stored(lab) == VALUES


def test_another_trunk_of_the_name_that_is_not_jades_is_left_alone(direct: Direct, lab: Lab) -> None:
    text = lab.file("pjsip.conf") + (
        "\n[provider]\ntype=endpoint\naors=provider\noutbound_auth=provider\ncontext=x\n"
        "\n[provider]\ntype=registration\ntransport=transport-udp\nserver_uri=sip:a\nclient_uri=sip:b\n"
    )
    lab.set(jade="f31439d", files={"pjsip.conf": text})
    lab.jade("PUT", "/v1/admin/core/modules/res_pjsip.so")
    wait_until_it_runs(lab, "provider")
    lab.forget_log()
    assert not direct.play(task(state="absent")).must_succeed().result("Change")["changed"]
    assert "there is a PJSIP endpoint of that name already" in direct.play(task(**VALUES)).failure("Change")["msg"]
    assert changes(lab) == []


def test_the_state_of_the_registration_is_shown(ansible: Ansible, lab: Lab) -> None:
    create(lab)
    row = running(lab, "registrations")
    assert row
    lab.set(jade="f31439d", runtime={"registrations": [{**row, "status": "Registered"}]})
    tasks = "- name: Find\n  telephony.pbx.jade_trunk_info: {name: provider, raw: true}\n" + task(context="from-provider")
    run = ansible.play(tasks, "-vvv").must_succeed()
    (found,) = run.result("Find")["trunks"]
    assert (found["status"], found["password"]) == ("Registered", "********")
    assert run.result("Change")["trunk"]["status"] == "Registered"
    assert not run.result("Change")["changed"]
    assert list(exposed(run, {PASSWORD})) == []


def test_passwords_are_seen_nowhere(ansible: Ansible, lab: Lab) -> None:
    secrets = {PASSWORD, OTHER_PASSWORD, *lab.secrets}
    tasks = ""
    for options in (VALUES, {"password": OTHER_PASSWORD}, {"context": "x"}, {"state": "absent"}):
        tasks += f"{task(**options)}  check_mode: true\n{task(**options)}"
    run = ansible.play(tasks, "--diff", "-vvv").must_succeed()
    assert list(exposed(run, secrets)) == []
    assert [record.changed for record in run.of("Change")] == [True] * 8
