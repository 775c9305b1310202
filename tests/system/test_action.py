# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules run in the controller, unless the task says that they have to travel; both ways they do the same."""

from __future__ import annotations

import re

import pytest

from tests.system.support.lab import JADE_PASSWORD, Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

TRAVELED = re.compile(r"Using module file \S*/pbx/plugins/modules/")  # said at -vvv of each module that is sent away
# Keywords of a task, or variables, that make it travel.
WAYS = {
    "environment": "environment: {SOMETHING: else}",
    "async": "{async: 20, poll: 1}",
    "become": "{become: true, become_method: nobody_else}",
    "connection": "vars: {ansible_connection: elsewhere}",
    "delegation": "delegate_to: jump",
}
FAILING_WAYS = ("environment", "async")  # a part, since each takes its time
QUESTION = "telephony.pbx.jade_user_info: {query: '[].username'}"
PASSWORD = "Traveler-Pa55word"
CREATE = f"telephony.pbx.jade_user: {{username: traveler, password: {PASSWORD}, name: Tess}}"


def _task(name: str, call: str, keywords: str) -> str:
    more = keywords.strip("{}").split(", ") if keywords.startswith("{") else [keywords]
    return "\n  ".join([f"- name: {name}", call, *(line for line in more if line)]) + "\n"


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same question, asked here and in all ways that make it travel."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("ways"), running.environment())
    python = "ansible_python_interpreter='{{ ansible_playbook_python }}'"
    hosts = ansible.write("hosts", f"localhost ansible_connection=local\njump ansible_connection=elsewhere {python}\n")
    tasks = _task("Here", QUESTION, "")
    tasks += "".join(_task(f"By {way}", QUESTION, keywords) for way, keywords in WAYS.items())
    tasks += "".join(_task(f"Wrong by {way}", QUESTION.replace("[]", "[?"), WAYS[way]) for way in FAILING_WAYS)
    return ansible.play(tasks, "-i", str(hosts), "-vvv", ignore_errors=True)


@pytest.mark.parametrize("way", list(WAYS))
def test_the_answer_is_the_same(way: str, run: Run) -> None:
    here, there = run.result("Here"), dict(run.result(f"By {way}"))
    assert {name: there[name] for name in ("changed", "count", "users", "query_result")} == {
        name: here[name] for name in ("changed", "count", "users", "query_result")
    }
    assert here["query_result"] == ["admin", "limited"]


@pytest.mark.parametrize("way", FAILING_WAYS)
def test_a_failure_is_the_same(way: str, run: Run) -> None:
    result = run.failure(f"Wrong by {way}")
    assert result["error"]["kind"] == "bad_input"
    assert "query is no valid JMESPath expression" in result["msg"]


def test_only_what_has_to_travels(run: Run, running: Lab) -> None:
    assert len(TRAVELED.findall(run.stdout)) == len(WAYS) + len(FAILING_WAYS)
    assert list(exposed(run, running.secrets)) == []


def test_a_module_that_travels_keeps_the_promises_of_one_that_does_not(ansible: Ansible, lab: Lab) -> None:
    tasks = "".join(_task(name, CREATE, "environment: {SOMETHING: else}") for name in ("Create", "Create again"))
    check = ansible.play(tasks, "--check", "--diff", "-vvv").must_succeed()
    assert lab.calls(method="POST", login="false") == []
    real = ansible.play(tasks, "--diff", "-vvv").must_succeed()
    assert TRAVELED.search(real.stdout)
    assert check.result("Create")["diff"] == real.result("Create")["diff"]
    assert check.result("Create")["action"] == real.result("Create")["action"] == "create"
    assert not real.result("Create again")["changed"]
    assert [*exposed(check, {PASSWORD, *lab.secrets}), *exposed(real, {PASSWORD, *lab.secrets})] == []


def test_the_environment_of_a_task_counts(ansible: Ansible) -> None:
    tasks = _task("Ask", "telephony.pbx.jade_user_info:", "environment: {JADE_USERNAME: limited, JADE_PASSWORD: limited}")
    assert ansible.play(tasks).failure("Ask")["error"]["kind"] == "permission"


def test_module_defaults(ansible: Ansible, lab: Lab) -> None:
    url = lab.ready["jade"]["f31439d"]["url"]
    tasks = """
- name: By group
  telephony.pbx.jade_user_info:
- name: By module
  telephony.pbx.jade_module_info:
- name: Over both
  telephony.pbx.jade_module_info: {name: app_queue.so}
- name: Of another system
  telephony.pbx.ycm_cloud_pbx_info:
"""
    defaults = {
        "group/telephony.pbx.jade": {"api_url": url, "api_username": "admin", "api_password": JADE_PASSWORD},
        "telephony.pbx.jade_module_info": {"name": "res_parking.so"},
    }
    # Nothing but the CA comes from the environment.
    variables = {"JADE_URL": "https://127.0.0.1:1", "JADE_USERNAME": "nobody"}
    run = ansible.play(tasks, module_defaults=defaults, variables=variables).must_succeed()
    assert run.result("By group")["count"] == 2
    assert run.result("Of another system")["count"] == 30
    assert [run.result(task)["modules"][0]["name"] for task in ("By module", "Over both")] == ["res_parking.so", "app_queue.so"]


def test_keywords_of_tasks(ansible: Ansible, lab: Lab) -> None:
    tasks = """
- name: Hidden
  telephony.pbx.jade_user_info: {include_secrets: true}
  no_log: true
  register: hidden
- name: Loop
  jade_module_info: {name: "{{ item }}"}
  loop: [app_queue.so, res_parking.so]
  register: found
- name: Until
  telephony.pbx.jade_system_info:
  register: asked
  until: asked is success
  retries: 3
  delay: 0
- name: Once
  telephony.pbx.jade_parking_lot_info:
  run_once: true
- name: Look
  ansible.builtin.assert:
    that:
      - hidden.users[0].password == '********'
      - hidden.users[1].password != '********'
      - found.results | map(attribute='modules.0.name') | list == ['app_queue.so', 'res_parking.so']
      - found.results | map(attribute='item') | list == ['app_queue.so', 'res_parking.so']
"""
    lab.fault("error", times=2, match={"path": "systems"})
    run = ansible.play(tasks, "-i", "a,", "-vvv", hosts="all", connection="local", collections=["telephony.pbx"]).must_succeed()
    assert run.result("Hidden").get("censored")
    assert run.result("Until")["attempts"] == 3
    assert lab.calls(path="parkinglots") == ["GET /v1/admin/park/parkinglots"]
    assert not TRAVELED.search(run.stdout)
    # The items of a loop share a connection.
    assert len({entry["connection"] for entry in lab.log(path="modules/")}) == 1
    assert list(exposed(run, lab.secrets)) == []


def test_run_once_and_check_mode_of_a_task(ansible: Ansible, lab: Lab) -> None:
    tasks = f"""
- name: Write all the same
  {CREATE}
  check_mode: false
  run_once: true
- name: Write nothing
  telephony.pbx.jade_user: {{username: traveler, state: absent}}
  check_mode: true
  run_once: true
"""
    run = ansible.play(tasks, "-i", "a,b,c", "--check", hosts="all", connection="local").must_succeed()
    assert run.result("Write all the same")["changed"]
    assert run.result("Write nothing")["changed"]
    assert lab.calls(method="POST", login="false") == ["POST /v1/admin/user/users"]
    assert lab.calls(method="DELETE") == ["DELETE /v1/admin/login"]


REQUEST = re.compile(r"(?:GET|POST|PUT|DELETE) /\S+: \w+, \d+ bytes, \d+ ms, attempt \d+, (?:new|kept) connection")
TWO_TASKS = """
- name: Shown
  telephony.pbx.jade_module_info: {name: app_queue.so}
- name: Hidden
  telephony.pbx.jade_user_info: {}
  no_log: true
"""


def test_each_request_is_a_line_at_vvv_and_none_under_no_log(ansible: Ansible) -> None:
    output = ansible.play(TWO_TASKS, "-vvv").must_succeed().output
    lines = REQUEST.findall(output)
    assert [line.split(":")[0] for line in lines] == ["POST /v1/admin/login", "GET /v1/admin/core/modules/app_queue.so"]
    assert all(": 200, " in line and "attempt 1" in line for line in lines)
    assert "authtoken" not in output


def test_no_request_is_shown_below_vvv(ansible: Ansible) -> None:
    assert not REQUEST.search(ansible.play(TWO_TASKS, "-vv").must_succeed().output)
