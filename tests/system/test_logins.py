# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login and one logout for a whole run, and one failed login where the password is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import ONE_JADE, Ansible
from tests.system.support.secrets import exposed

HOSTS = 50
FLEET = ",".join(f"pbx{number:02d}" for number in range(HOSTS))
EVERYWHERE = {"hosts": "all", "connection": "local", "vars": ONE_JADE}
LOGIN, LOGOUT, QUESTION = "POST /v1/admin/login", "DELETE /v1/admin/login", "GET /v1/admin/core/systems"
ASK = "- name: Ask\n  telephony.pbx.jade_system_info:"
WRONG = "entirely-wr0ng-Pa55word"
SOON = 10.0  # seconds in which the session process has ended that nobody waits for


def logged_out(lab: Lab) -> bool:
    """Whether no token is good any more, at the latest after a while: where lookups alone use it, the run doesn't wait."""
    give_up = time.monotonic() + SOON
    while lab.tokens()["live"] and time.monotonic() < give_up:
        time.sleep(0.05)
    return lab.tokens()["live"] == {}


def test_fifty_hosts_and_ten_tasks_cost_one_login_and_one_logout(ansible: Ansible, lab: Lab) -> None:
    tasks = "\n".join(f"- name: Task {number}\n  telephony.pbx.jade_system_info:" for number in range(10))
    run = ansible.play(tasks, "-i", FLEET, "--forks", "20", **EVERYWHERE).must_succeed()
    assert len(run.records) == 10 * HOSTS
    assert lab.calls() == [LOGIN, *[QUESTION] * 10 * HOSTS, LOGOUT]
    assert len(ansible.issued_tokens()) == 1
    assert lab.tokens()["live"] == {}


def test_fifty_hosts_that_use_lookups_alone_cost_the_same(ansible: Ansible, lab: Lab) -> None:
    tasks = "- name: Look\n  ansible.builtin.debug: {msg: \"{{ query('telephony.pbx.jade', 'systems') | length }}\"}"
    run = ansible.play(tasks, "-i", FLEET, "--forks", "20", **EVERYWHERE).must_succeed()
    assert {str(record.result["msg"]) for record in run.of("Look")} == {"1"}
    assert logged_out(lab)
    assert lab.calls() == [LOGIN, *[QUESTION] * HOSTS, LOGOUT]


def test_lookups_and_modules_share_the_login(ansible: Ansible, lab: Lab) -> None:
    look = "- name: Look\n  ansible.builtin.debug: {msg: \"{{ query('telephony.pbx.jade', 'systems') | length }}\"}"
    ansible.play(f"{look}\n{ASK}", vars={"early": "{{ query('telephony.pbx.jade', 'systems') }}"}).must_succeed()
    assert lab.calls() == [LOGIN, QUESTION, QUESTION, LOGOUT]


def test_an_ad_hoc_command_logs_out_too(ansible: Ansible, lab: Lab) -> None:
    shared = f"jade_api_url={lab.environment()['JADE_URL']}"
    command = ("all", "-i", FLEET, "-c", "local", "-e", shared, "--forks", "20", "-m", "telephony.pbx.jade_system_info")
    ansible.run("ansible", *command).must_succeed()
    assert lab.calls() == [LOGIN, *[QUESTION] * HOSTS, LOGOUT]


@pytest.mark.parametrize(("system", "group"), [("jade", "pjsip_endpoints"), ("yeastar", "onsite_proxies")])
def test_ten_inventories_leave_no_login_behind(system: str, group: str, lab: Lab, tmp_path: Path) -> None:
    """Each from a home of its own, as jobs in containers have. A Yeastar PBX would take no more than eight logins at a time."""
    endpoint = {**lab.state()["runtime"]["endpoints"][0], "object_name": "desk"}
    lab.set(jade="f31439d", runtime={"endpoints": [endpoint]})
    found = []
    for number in range(10):
        folder = tmp_path / str(number)
        folder.mkdir()
        run = Ansible(folder, lab.environment()).inventory(
            f"plugin: telephony.pbx.{system}\n", "--list", name=f"all.{system}.yml"
        )
        found.append(run.json)
        assert lab.tokens()["live"] == {}
    assert found[0][group]["hosts"]
    assert found == found[:1] * 10
    assert len(lab.log(login="true")) == 10


def test_tasks_elsewhere_log_in_and_out_by_themselves(ansible: Ansible, lab: Lab) -> None:
    ansible.play(f"{ASK}\n  environment: {{SOMETHING: else}}\n  loop: [1, 2]").must_succeed()
    assert lab.calls() == [LOGIN, QUESTION, LOGOUT] * 2


def test_a_wrong_password_is_tried_once(ansible: Ansible, lab: Lab) -> None:
    run = ansible.play(ASK, "-i", FLEET, "--forks", "20", "-vvv", variables={"JADE_PASSWORD": WRONG}, **EVERYWHERE)
    assert run.code == 2
    assert lab.calls() == [LOGIN]
    failed = run.of("Ask")
    assert [record.status for record in failed] == ["failed"] * HOSTS
    assert {record.result["error"]["kind"] for record in failed} == {"authentication"}
    assert all(len(record.result["msg"].splitlines()) == 1 for record in failed)
    assert all("user name or password is wrong" in record.result["msg"] for record in failed)
    assert sum("these credentials were refused earlier in this run" in record.result["msg"] for record in failed) == HOSTS - 1
    assert list(exposed(run, {WRONG})) == []


def test_the_right_password_is_tried_at_once(ansible: Ansible, lab: Lab) -> None:
    login = f"{{api_username: admin, api_password: {WRONG}}}"
    wrong = f"- name: Wrong\n  telephony.pbx.jade_system_info: {login}\n  ignore_errors: true"
    run = ansible.play(f"{wrong}\n{ASK}").must_succeed()
    assert run.failure("Wrong")["error"]["kind"] == "authentication"
    assert lab.calls() == [LOGIN, LOGIN, QUESTION, LOGOUT]


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_a_token_that_has_ended_costs_one_login_more(strategy: str, ansible: Ansible, lab: Lab) -> None:
    """Twenty forks that all hold it."""
    lab.fault("token_expired", match={"path": "user/users"})
    tasks = f"{ASK}\n- name: Ask again\n  telephony.pbx.jade_user_info:"
    run = ansible.play(tasks, "-i", FLEET, "--forks", "20", strategy=strategy, **EVERYWHERE).must_succeed()
    assert len(run.records) == 2 * HOSTS
    assert lab.hits() == [1]
    assert lab.calls(login="true") == [LOGIN] * 2
    assert lab.tokens()["live"] == {}


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_a_token_that_is_too_old_is_refreshed_once(strategy: str, ansible: Ansible, lab: Lab) -> None:
    question = {"name": "Ask", "telephony.pbx.ycm_cloud_pbx_info": {"name": "pbx-1"}}
    control = {"url": f"{lab.ready['url']}/_lab/set", "ca_path": lab.ready["ca"], "method": "POST", "body_format": "json"}
    longer = {**control, "body": {"ycm": {"token_seconds": 3600}}}
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    plays = [
        {"hosts": "localhost", "gather_facts": False, "vars": python, "tasks": [
            question,
            {"name": "Let the next one live longer", "ansible.builtin.uri": longer},
            {"name": "Let this one get old", "ansible.builtin.wait_for": {"timeout": 2}},
        ]},
        {"gather_facts": False, "strategy": strategy, **EVERYWHERE, "tasks": [question]},
    ]  # fmt: skip
    lab.set(ycm={"token_seconds": 2})
    file = ansible.write("plays.yml", yaml.safe_dump(plays, sort_keys=False))
    run = ansible.playbook(str(file), "-i", FLEET, "--forks", "20").must_succeed()
    assert len(run.of("Ask")) == 1 + HOSTS
    assert len(lab.log(system="ycm", login="true")) == 2
    assert {entry["status"] for entry in lab.log(system="ycm")} == {200}, "the old one was used"
