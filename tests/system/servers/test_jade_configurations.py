# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole configuration files on the real server: Jade's lines stay, backups go as asked for, passwords aren't seen."""

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

OLD_SECRET, NEW_SECRET = "File-Pa55word-1", "File-Pa55word-2"
PARK, PJSIP, DIALPLAN = "res_parking.conf", "pjsip.conf", "extensions.conf"
TEXT = "[general]\nparkeddynamic = yes\n"
INCLUDE = '#include "jade.res_parking.conf"\n'
# Jade leaves out the zeros in front of the nanoseconds: as texts these are in another order than as times.
OLDEST, MIDDLE, NEWEST = (
    f"{PARK}.2018-05-21T08:49:27.9Z",
    f"{PARK}.2018-05-21T08:49:27.27783332Z",
    f"{PARK}.2018-05-21T08:49:27.127783332Z",
)
FUTURE = f"{PARK}.2999-05-21T08:49:27.5Z"
AUTH = "[file]\ntype = auth\nusername = file\npassword = {secret}\n; secret = {secret}\nmd5_cred => {secret}\n"


def task(subsystem: str = "park", **options: Any) -> str:
    """One task, which changes a file."""
    module = {"telephony.pbx.jade_configuration": {"subsystem": subsystem, **options}}
    return yaml.safe_dump([{"name": "Change", **module}])


def changes(lab: Lab) -> list[str]:
    """The calls that change something."""
    return [call for call in jade_calls(lab) if not call.startswith("GET")]


def backups(lab: Lab, file: str = PARK) -> list[str]:
    """The backups that there are."""
    return [name for name in lab.state()["backups"] if name.startswith(file + ".")]


def with_backups(lab: Lab, *names: str) -> None:
    """Have these in their order, which isn't that of time."""
    lab.set(jade="f31439d", backups={name: f"; {name}\n" for name in names})


# Text


def test_the_whole_file_is_written_and_jades_line_stays(ansible: Ansible, lab: Lab) -> None:
    before = lab.file(PARK)
    check = ansible.play(task(data=TEXT), "--check", "--diff").must_succeed().result("Change")
    assert changes(lab) == []
    run = ansible.play(task(data=TEXT), "--diff").must_succeed()
    result = run.result("Change")
    assert lab.file(PARK) == TEXT + INCLUDE
    assert result["configuration"]["data"] == check["configuration"]["data"] == TEXT + INCLUDE
    assert result["diff"] == check["diff"]
    # Line by line: each has its own in what Ansible shows.
    assert {'-        "parkpos => 701-720",', '+        "parkeddynamic = yes",'} <= set(run.stdout.splitlines())
    assert changes(lab) == [f"PUT /v1/admin/park/configurations/{PARK}", "PUT /v1/admin/core/modules/res_parking.so"]
    (backup,) = backups(lab)
    assert lab.state()["backups"][backup] == before
    assert result["configuration"]["backups"] == [backup]
    again = ansible.play(task(data=TEXT)).must_succeed().result("Change")
    assert not again["changed"]
    assert len(changes(lab)) == 2


@pytest.mark.parametrize(
    "data", [INCLUDE + TEXT, TEXT + "#include <jade.res_parking.conf>\n", TEXT + "#tryinclude jade.res_parking.conf ; by hand"]
)
def test_jades_line_may_stand_elsewhere_and_otherwise(data: str, direct: Direct, lab: Lab) -> None:
    direct.play(task(data=data, includes="refuse")).must_succeed()
    assert lab.file(PARK) == data.rstrip("\n") + "\n"


def test_a_text_that_drops_jades_line_is_refused_if_so_asked_for(direct: Direct, lab: Lab) -> None:
    result = direct.play(task(data=TEXT + f"; {INCLUDE}", includes="refuse")).failure("Change")
    assert "data lacks the #include of jade.res_parking.conf" in result["msg"]
    assert changes(lab) == []


def test_the_text_as_it_is_without_jades_line_is_no_change(direct: Direct, lab: Lab) -> None:
    text = lab.file(PARK)
    lab.set(jade="f31439d", files={PARK: text.replace(INCLUDE, "\n\n" + INCLUDE)})
    result = direct.play(task(data=text.replace(INCLUDE, "").rstrip())).must_succeed().result("Change")
    assert not result["changed"]
    assert changes(lab) == []


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "empty": ({"data": ""}, "data is empty, and Jade can't write an empty file"),
    "blank": ({"data": " \n\t\n"}, "data is empty"),
    "number": ({"data": 5}, "data doesn't begin with a [section]"),
    "switch": ({"data": True}, "data doesn't begin with a [section]"),
    "path": ({"data": "/etc/asterisk/res_parking.conf"}, "not a path or a list"),
    "settings alone": ({"data": "parkpos = 701-720\n[general]\n"}, "data doesn't begin with a [section]"),
    "masked": ({"data": "[a]\npassword = ********\n"}, "in the place of a password"),
    "count": ({"keep_backups": -1}, "keep_backups must be 0 or more"),
    "age": ({"max_backup_age": -1}, "max_backup_age must be 0 or more"),
}


@pytest.fixture(scope="module")
def refusals(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Any]]:
    """All of them, and the requests that they cost."""
    running.reset()
    tasks: list[dict[str, Any]] = []
    for name, (options, _words) in REFUSED.items():
        tasks += [{**yaml.safe_load(task(**options))[0], "name": name, "ignore_errors": True}]
    for name in NAMES:
        info = {"telephony.pbx.jade_configuration_info": {"name": name}}
        tasks += [{"name": f"read {name}", "ignore_errors": True, **info}]
    direct = Direct(Ansible(tmp_path_factory.mktemp("refused"), running.environment()))
    return direct.play(yaml.safe_dump(tasks)), running.log()


@pytest.mark.parametrize("name", list(REFUSED))
def test_refused(name: str, refusals: tuple[Run, list[Any]]) -> None:
    result = refusals[0].failure(name)
    assert REFUSED[name][1] in result["msg"]
    assert result["error"]["kind"] == "bad_input"


NAMES = (
    "../../etc/hostname", "..%2F..%2Fetc%2Fhostname", "..", "/etc/hostname", "%2Fetc%2Fhostname", "res_parking.conf/../x",
    f"{OLDEST}/../../x", f"../{PARK}", "manager.conf", "jade.queues.conf", f"jade.{OLDEST}", f"{OLDEST}\n", f"{PARK}.", " ",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_of_other_files_are_refused(name: str, refusals: tuple[Run, list[Any]]) -> None:
    result = refusals[0].failure(f"read {name}")
    assert result["error"]["kind"] == "bad_input"
    assert "but must be extensions.conf, res_parking.conf, pjsip.conf, queues.conf or a backup of one" in result["msg"]


def test_what_is_refused_costs_no_request(refusals: tuple[Run, list[Any]], running: Lab) -> None:
    assert len(refusals[0].records) == len(REFUSED) + len(NAMES)
    assert refusals[1] == []


def test_the_file_of_another_part_is_not_asked_for(direct: Direct, lab: Lab) -> None:
    tasks = f"- name: Find\n  telephony.pbx.jade_configuration_info: {{subsystem: park, name: {PJSIP}}}"
    assert direct.play(tasks).must_succeed().result("Find")["count"] == 0
    assert lab.log() == []


# Reload


@pytest.mark.parametrize(
    ("subsystem", "module"), [("dialplan", "pbx_config"), ("park", "res_parking"), ("pjsip", "res_pjsip"), ("queue", "app_queue")]
)
def test_the_module_that_reads_the_file_is_reloaded(subsystem: str, module: str, direct: Direct, lab: Lab) -> None:
    tasks = task(subsystem, data="; new\n[general]\n") + task(subsystem, data="; newer\n[general]\n", reload=False)
    run = direct.play(tasks).must_succeed()
    assert [call for call in changes(lab) if "/core/" in call] == [f"PUT /v1/admin/core/modules/{module}.so"]
    told = [record.result["running"] for record in run.records]
    assert told == ["not compared: Jade shows no more of a running configuration than its objects", "not compared: reload is off"]


# Backups

KEPT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "none": ({"keep_backups": 0}, []),
    "one": ({"keep_backups": 1}, [NEWEST]),
    "two": ({"keep_backups": 2}, [MIDDLE, NEWEST]),
    "as many as there are": ({"keep_backups": 3}, [OLDEST, MIDDLE, NEWEST]),
    "more": ({"keep_backups": 9}, [OLDEST, MIDDLE, NEWEST]),
}


@pytest.mark.parametrize("name", list(KEPT))
def test_the_newest_backups_stay(name: str, direct: Direct, lab: Lab) -> None:
    options, kept = KEPT[name]
    with_backups(lab, NEWEST, OLDEST, MIDDLE)
    others = f"{DIALPLAN}.2018-05-21T08:49:27.9Z"
    with_backups(lab, others)
    check = direct.play(task(**options), "--check", "--diff").must_succeed().result("Change")
    real = direct.play(task(**options) + task(**options).replace("Change", "Again"), "--diff").must_succeed()
    result = real.result("Change")
    assert result["configuration"]["backups"] == check["configuration"]["backups"] == kept
    assert sorted(backups(lab)) == sorted(kept)
    assert backups(lab, DIALPLAN) == [others]
    assert result["changed"] is check["changed"] is (len(kept) < 3)
    assert result["diff"] == check["diff"]
    if result["changed"]:
        assert result["diff"]["before"]["backups"] == [OLDEST, MIDDLE, NEWEST]
        assert result["diff"]["after"].get("backups", []) == kept
    assert not real.result("Again")["changed"]
    # No text was written, so nothing has to be reloaded.
    assert all(call.startswith("DELETE") for call in changes(lab))


@pytest.mark.parametrize(("number", "old"), [(0, []), (1, []), (2, [NEWEST]), (3, [MIDDLE, NEWEST])])
def test_the_backup_that_a_change_makes_counts(number: int, old: list[str], direct: Direct, lab: Lab) -> None:
    with_backups(lab, NEWEST, OLDEST, MIDDLE)
    tasks = task(data=TEXT, keep_backups=number)
    real = direct.play(tasks + tasks.replace("Change", "Again")).must_succeed()
    left = backups(lab)
    assert len(left) == number
    assert set(old) <= set(left)
    assert len(set(left) - set(old)) == min(number, 1)
    assert sorted(real.result("Change")["configuration"]["backups"]) == sorted(left)
    assert not real.result("Again")["changed"]
    assert lab.file(PARK) == TEXT + INCLUDE


def test_old_backups_go(direct: Direct, lab: Lab) -> None:
    with_backups(lab, FUTURE, NEWEST, OLDEST)
    both = task(max_backup_age=36500) + task(max_backup_age=30, data=TEXT).replace("Change", "Old")
    run = direct.play(both).must_succeed()
    assert not run.result("Change")["changed"]
    # The backup that the change has just made is young.
    assert len(backups(lab)) == 2
    assert FUTURE in backups(lab)
    time.sleep(1)  # ages are compared in whole seconds
    result = direct.play(task(max_backup_age=0, keep_backups=5)).must_succeed().result("Change")
    assert result["configuration"]["backups"] == [FUTURE]


def test_a_backup_that_can_not_be_removed_is_told(direct: Direct, lab: Lab) -> None:
    with_backups(lab, NEWEST, OLDEST)
    lab.fault("error", when="before", match={"method": "DELETE"}, times=None)
    result = direct.play(task(data=TEXT, keep_backups=0)).failure("Change")
    assert "only a part was changed: data, but not backups" in result["msg"]


def test_a_write_that_took_effect_is_settled(direct: Direct, lab: Lab) -> None:
    lab.fault("error", when="after", match={"method": "PUT", "path": PARK})
    run = direct.play(task(data=TEXT)).must_succeed()
    assert "the call failed, but the configuration file was changed all the same" in " ".join(run.warnings)
    assert changes(lab)[-1] == "PUT /v1/admin/core/modules/res_parking.so"


# Secrets


def pjsip_text(lab: Lab, secret: str) -> str:
    """The file with a section that holds a secret, more than once."""
    text = lab.file(PJSIP)
    return text.partition("[file]")[0] + AUTH.format(secret=secret)


ELSEWHERE = "  environment: {SOMETHING: else}\n"  # makes the task run as an ordinary module


def test_secrets_in_a_text_are_seen_nowhere(ansible: Ansible, lab: Lab) -> None:
    secrets = {OLD_SECRET, NEW_SECRET, *lab.secrets}
    lab.set(jade="f31439d", files={PJSIP: pjsip_text(lab, OLD_SECRET)})
    one = task("pjsip", data=pjsip_text(lab, NEW_SECRET))
    for mode in (("--check",), ()):
        run = ansible.play(one + one.replace("Change", "Elsewhere") + ELSEWHERE, "--diff", "-vvv", *mode).must_succeed()
        assert list(exposed(run, secrets)) == []
        diff = run.result("Change")["diff"]
        # Nothing else than the secret is another, and that shows.
        assert diff["before"] == {name: value for name, value in diff["after"].items() if name != "secrets in data"}
        assert diff["after"]["secrets in data"] == "******** (new)"
        assert {"password = ********", "; secret = ********", "md5_cred => ********"} <= set(diff["after"]["data"])
        for name in ("Change", "Elsewhere"):
            assert "username = file\npassword = ********\n" in run.result(name)["invocation"]["module_args"]["data"]
    assert lab.file(PJSIP) == pjsip_text(lab, NEW_SECRET)


@pytest.mark.parametrize("where", ["", ELSEWHERE], ids=["here", "elsewhere"])
@pytest.mark.parametrize("subsystem", ["pjsip", "nothing"])
def test_secrets_in_a_text_that_is_refused_are_seen_nowhere(subsystem: str, where: str, ansible: Ansible, lab: Lab) -> None:
    run = ansible.play(task(subsystem, data="junk\n" + pjsip_text(lab, NEW_SECRET)) + where, "-vvv")
    told = "data doesn't begin with" if subsystem == "pjsip" else "value of subsystem must be one of"
    assert told in run.failure("Change")["msg"]
    assert list(exposed(run, {NEW_SECRET, *lab.secrets})) == []


def test_secrets_in_a_text_are_shown_to_who_asks_alone(ansible: Ansible, lab: Lab) -> None:
    backup = {f"{PJSIP}.2018-05-21T08:49:27.9Z": f"secret={NEW_SECRET}\n"}
    lab.set(jade="f31439d", files={PJSIP: pjsip_text(lab, OLD_SECRET)}, backups=backup)
    tasks = "\n".join(
        f"- name: {name}\n  telephony.pbx.jade_configuration_info: {{raw: true, query: '[].data', {more}}}"
        for name, more in (("Masked", "subsystem: pjsip"), ("One", f"name: {PJSIP}"))
    )
    run = ansible.play(tasks, "-vvv").must_succeed()
    assert list(exposed(run, {OLD_SECRET, NEW_SECRET})) == []
    assert "password = ********" in run.result("Masked")["raw"][0]["data"]
    tasks = f"- name: Shown\n  telephony.pbx.jade_configuration_info: {{raw: true, name: {PJSIP}, include_secrets: true}}"
    shown = ansible.play(tasks).must_succeed().result("Shown")
    assert shown["configurations"][0]["data"] == shown["raw"][0]["data"] == lab.file(PJSIP)


def test_a_password_that_is_a_word_of_the_text_garbles_nothing(ansible: Ansible, lab: Lab) -> None:
    # Jade's own sample account is of that kind: its password is its name.
    text = lab.file(PJSIP).replace("max_contacts=1", "max_contacts=2")
    shown = text.replace("password=pjagent-01", "password=********")
    for more in ("", ELSEWHERE):
        lab.reset()
        result = ansible.play(task("pjsip", data=text) + more).must_succeed().result("Change")
        assert result["configuration"]["data"] == shown
        assert result["configuration"]["name"] == PJSIP


# Reading


def test_without_a_part_all_four_are_read_and_one_that_lacks_costs_a_warning(direct: Direct, lab: Lab) -> None:
    tasks = "- name: Find\n  telephony.pbx.jade_configuration_info:"
    every = direct.play(tasks).must_succeed().result("Find")
    assert [(row["subsystem"], row["name"]) for row in every["configurations"]] == [
        ("dialplan", "extensions.conf"), ("park", "res_parking.conf"), ("pjsip", "pjsip.conf"), ("queue", "queues.conf"),
    ]  # fmt: skip
    lab.fault("status", status=404, body="", times=None, match={"path": "/queue/configurations"})
    run = direct.play(tasks).must_succeed()
    assert [row["subsystem"] for row in run.result("Find")["configurations"]] == ["dialplan", "park", "pjsip"]
    (warning,) = run.warnings
    assert "/admin/queue/configurations" in warning
    assert "this Jade has no such endpoint" in warning
    for alone in ("- name: Find\n  telephony.pbx.jade_configuration_info: {subsystem: queue}", task("queue", keep_backups=0)):
        failed = direct.play(alone)
        assert failed.failure(failed.records[0].task)["error"]["kind"] == "unsupported"


def test_backups_are_shown_with_the_time_that_their_names_mean(direct: Direct, lab: Lab) -> None:
    with_backups(lab, NEWEST, OLDEST, MIDDLE)
    tasks = f"""
- name: Find
  telephony.pbx.jade_configuration_info:
    subsystem: park
    query: "[?backup_time] | sort_by(@, &backup_time) | [].name"
- name: Find one
  telephony.pbx.jade_configuration_info: {{name: "{OLDEST}"}}
"""
    run = direct.play(tasks).must_succeed()
    assert run.result("Find")["query_result"] == [OLDEST, MIDDLE, NEWEST]
    (row,) = run.result("Find one")["configurations"]
    assert (row["subsystem"], row["backup_time"], row["data"]) == ("park", "2018-05-21T08:49:27.000000009Z", f"; {OLDEST}\n")
