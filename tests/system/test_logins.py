# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for a whole run, and one failed login where the password is wrong."""

from __future__ import annotations

import json
import stat

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import ONE_JADE, Ansible
from tests.system.support.secrets import exposed

HOSTS = 50
FLEET = ",".join(f"pbx{number:02d}" for number in range(HOSTS))
EVERYWHERE = {"hosts": "all", "connection": "local", "vars": ONE_JADE}


def test_fifty_hosts_and_ten_tasks_cost_one_login(ansible: Ansible, lab: Lab) -> None:
    tasks = "\n".join(f"- name: Task {number}\n  telephony.pbx.jade_system_info:" for number in range(10))
    run = ansible.play(tasks, "-i", FLEET, "--forks", "20", **EVERYWHERE).must_succeed()
    assert len(run.records) == 10 * HOSTS
    assert lab.calls(login="true") == ["POST /v1/admin/login"]
    assert lab.calls(method="GET") == ["GET /v1/admin/core/systems"] * 10 * HOSTS
    assert len(lab.log()) == 10 * HOSTS + 1


def test_a_second_run_needs_no_login(ansible: Ansible, lab: Lab) -> None:
    task = "- name: Ask\n  telephony.pbx.jade_system_info:"
    ansible.play(task).must_succeed()
    lab.forget_log()
    ansible.play(task).must_succeed()
    assert lab.calls() == ["GET /v1/admin/core/systems"]


def test_a_wrong_password_is_tried_once(ansible: Ansible, lab: Lab) -> None:
    wrong = "entirely-wr0ng-Pa55word"
    task = "- name: Ask\n  telephony.pbx.jade_system_info:"
    run = ansible.play(task, "-i", FLEET, "--forks", "20", "-vvv", variables={"JADE_PASSWORD": wrong}, **EVERYWHERE)
    assert run.code == 2
    assert lab.calls() == ["POST /v1/admin/login"]
    failed = run.of("Ask")
    assert [record.status for record in failed] == ["failed"] * HOSTS
    assert {record.result["error"]["kind"] for record in failed} == {"authentication"}
    assert all(len(record.result["msg"].splitlines()) == 1 for record in failed)
    assert sum("user name or password is wrong" in record.result["msg"] for record in failed) == 1
    assert sum("these credentials were refused" in record.result["msg"] for record in failed) == HOSTS - 1
    assert list(exposed(run, {wrong})) == []


def test_the_right_password_is_tried_at_once(ansible: Ansible, lab: Lab) -> None:
    task = "- name: Ask\n  telephony.pbx.jade_system_info:"
    assert ansible.play(task, variables={"JADE_PASSWORD": "entirely-wr0ng-Pa55word"}).code == 2
    ansible.play(task).must_succeed()
    assert lab.calls(login="true") == ["POST /v1/admin/login"] * 2


def test_the_token_cache_is_private(ansible: Ansible) -> None:
    ansible.play("- name: Ask\n  telephony.pbx.jade_system_info:").must_succeed()
    assert stat.S_IMODE(ansible.tokens.stat().st_mode) == 0o700
    files = [file for file in ansible.tokens.iterdir() if file.is_file()]
    assert ansible.issued_tokens()
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert not any("jade-Pa55word" in file.read_text(encoding="latin-1") for file in files)


SYSTEMS = ("JADE", "YCM", "YEASTAR", "TELECOMX", "AICC")


def test_without_a_cache_each_task_logs_in_and_out(ansible: Ansible, lab: Lab) -> None:
    tasks = "- name: Ask\n  telephony.pbx.jade_system_info:\n  loop: [1, 2]"
    ansible.play(tasks, variables={f"{system}_TOKEN_CACHE": "off" for system in SYSTEMS}).must_succeed()
    once = ["POST /v1/admin/login", "GET /v1/admin/core/systems", "DELETE /v1/admin/login"]
    assert lab.calls() == once * 2
    assert not ansible.tokens.exists()


def test_a_dead_token_costs_one_login_and_no_task(ansible: Ansible, lab: Lab) -> None:
    task = "- name: Ask\n  telephony.pbx.jade_system_info:"
    ansible.play(task).must_succeed()
    lab.fault("token_expired", match={"path": "systems"})
    lab.forget_log()
    ansible.play(task, "-i", "a,b,c", **EVERYWHERE).must_succeed()
    assert lab.hits() == [1]
    assert lab.calls(login="true") == ["POST /v1/admin/login"]


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_a_token_that_has_ended_costs_one_login_more(strategy: str, ansible: Ansible, lab: Lab) -> None:
    """Twenty forks that all hold the old one: cold, then with one that the server has forgotten."""
    task = "- name: Ask\n  telephony.pbx.jade_system_info:\n- name: Ask again\n  telephony.pbx.jade_user_info:"
    for _cold_then_forgotten in range(2):
        run = ansible.play(task, "-i", FLEET, "--forks", "20", strategy=strategy, **EVERYWHERE).must_succeed()
        assert len(run.records) == 2 * HOSTS
        assert lab.calls(login="true") == ["POST /v1/admin/login"]
        (token,) = ansible.issued_tokens()
        lab.reset()
        assert ansible.issued_tokens() == {token}


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_a_token_that_is_too_old_is_refreshed_once(strategy: str, ansible: Ansible, lab: Lab) -> None:
    task = "- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info: {name: pbx-1}"
    ansible.play(task).must_succeed()
    for file in ansible.tokens.glob("*.json"):
        record = json.loads(file.read_text(encoding="utf-8"))
        record["token"]["expires_at"] = 1.0
        file.write_text(json.dumps(record), encoding="utf-8")
    lab.forget_log()
    ansible.play(task, "-i", FLEET, "--forks", "20", strategy=strategy, **EVERYWHERE).must_succeed()
    assert len(lab.log(system="ycm", login="true")) == 1
