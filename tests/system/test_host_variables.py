# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of a host say, however they are written: templates, vaulted, unsafe, with or without a type."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.lab import JADE_PASSWORD, Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

VAULT_PASSWORD = "vault-Pa55word"
IN_TEMPLATE = "Pa55word-in-a-template"
WRONG = "Wr0ng-Pa55word"
TOKEN = "T0ken-of-the-environment"
ACCOUNT = {"jade_api_username": "admin", "jade_api_password": JADE_PASSWORD}
# Variables of a host each, besides address and CA. Its tasks succeed.
GOOD: dict[str, dict[str, Any]] = {
    "plain": ACCOUNT,
    "templates": {"jade_api_username": "{{ name_of_all }}", "jade_api_password": "{{ password_of_all }}"},
    "template_in_a_template": {**ACCOUNT, "jade_api_username": "{{ name_by_template }}"},
    "numbers": {**ACCOUNT, "jade_api_timeout": 5, "jade_api_retries": "{{ 1 - 1 }}", "jade_api_concurrency": "4"},
    "checked": {**ACCOUNT, "jade_api_validate_certs": "{{ true }}"},
    "unchecked": {**ACCOUNT, "jade_api_validate_certs": "{{ false }}", "jade_api_ca_path": ""},
    "really_unchecked": {**ACCOUNT, "jade_api_validate_certs": False, "jade_api_ca_path": ""},
    "unchecked_by_a_word": {**ACCOUNT, "jade_api_validate_certs": "no", "jade_api_ca_path": ""},
    "left_out": {**ACCOUNT, "jade_api_token": "{{ nothing | default(omit) }}", "jade_api_proxy": None},
}
# The same, and a part of the message of its tasks.
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "checked_without_ca": ({**ACCOUNT, "jade_api_validate_certs": "{{ true }}", "jade_api_ca_path": ""}, "certificate"),
    "undefined": ({"jade_api_url": "{{ missing }}"}, "the variable jade_api_url is a template that fails: "),
    "not_evaluated": ({"jade_api_timeout": "{{ 1 / 0 }}"}, "the variable jade_api_timeout is a template that fails: "),
    "secret": (
        {**ACCOUNT, "jade_api_password": "{{ '%s' | nonsense }}" % IN_TEMPLATE},
        "the variable jade_api_password is a template that fails",
    ),
    "no_number": ({**ACCOUNT, "jade_api_timeout": "soon"}, "jade_api_timeout is 'soon', but must be a number"),
    "no_switch": ({**ACCOUNT, "jade_api_validate_certs": "maybe"}, "jade_api_validate_certs is 'maybe', but must be true or"),
    "list": ({**ACCOUNT, "jade_api_username": ["admin"]}, "jade_api_username must be text, not a list or a dictionary"),
    "part_of_a_login": ({"jade_api_username": "admin"}, "api_password is missing"),
}  # fmt: skip
TASKS = """
- name: Ask
  telephony.pbx.jade_user_info:
- name: Look up
  ansible.builtin.debug: {msg: "{{ query('telephony.pbx.jade', 'users') }}"}
- name: Call
  telephony.pbx.api: {system: jade, path: /admin/user/users}
- name: Travel
  telephony.pbx.jade_user_info:
  environment: {SOMETHING: else}
"""
HERE = ("Ask", "Look up", "Call")


def play(ansible: Ansible, lab: Lab, variables: dict[str, dict[str, Any]], *arguments: str, tasks: str = TASKS) -> Run:
    """A play over hosts with these variables, all of them at one PBX. The environment has a login that isn't one."""
    shared = {
        "jade_api_url": lab.ready["jade"]["f31439d"]["url"],
        "jade_api_ca_path": lab.ready["ca"],
        "name_of_all": "admin",
        "name_by_template": "{{ name_of_all }}",
        "password_of_all": JADE_PASSWORD,
    }
    file = ansible.write("hosts.yml", yaml.safe_dump({"all": {"hosts": variables, "vars": shared}}))
    environment = {"JADE_URL": "https://127.0.0.1:1", "JADE_TOKEN": TOKEN, "JADE_USERNAME": "nobody", "JADE_PASSWORD": WRONG}
    return ansible.play(
        tasks, "-i", str(file), *arguments, "-vvv", hosts="all", connection="local", ignore_errors=True, variables=environment
    )


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All hosts in one run."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("variables"), {})
    return play(ansible, running, {**GOOD, **{name: variables for name, (variables, dummy) in BAD.items()}}, "--forks", "4")


def result(run: Run, task: str, host: str) -> tuple[str, dict[str, Any]]:
    """Status and result of a task on one host."""
    (found,) = [record for record in run.of(task) if record.host == host]
    return found.status, found.result


@pytest.mark.parametrize("task", [*HERE, "Travel"])
@pytest.mark.parametrize("host", list(GOOD))
def test_what_the_variables_say_counts(host: str, task: str, run: Run) -> None:
    status, found = result(run, task, host)
    assert status == "ok", found


@pytest.mark.parametrize("task", HERE)
@pytest.mark.parametrize("host", list(BAD))
def test_what_is_wrong_names_the_variable(host: str, task: str, run: Run) -> None:
    status, found = result(run, task, host)
    assert status == "failed"
    assert BAD[host][1] in found["msg"]


def test_an_undefined_variable_is_named_unless_it_is_part_of_a_secret(run: Run) -> None:
    assert "missing" in result(run, "Ask", "undefined")[1]["msg"]
    assert "nonsense" not in str(result(run, "Ask", "secret")[1])


def test_no_output_shows_a_secret(run: Run, running: Lab) -> None:
    assert list(exposed(run, {*running.secrets, TOKEN, WRONG, IN_TEMPLATE})) == []


def test_vaulted_values(ansible: Ansible, lab: Lab) -> None:
    key = str(ansible.write("key", VAULT_PASSWORD))
    values = {"username": "admin", "password": JADE_PASSWORD, "validate_certs": "false", "timeout": "5"}
    vaulted = [
        f"jade_api_{name}: "
        + ansible.run("ansible-vault", "encrypt_string", "--vault-password-file", key, value).must_succeed().stdout
        for name, value in values.items()
    ]
    (ansible.folder / "host_vars").mkdir()
    ansible.write("host_vars/vaulted.yml", "\n".join([*vaulted, "jade_api_ca_path: "]))
    run = play(ansible, lab, {"vaulted": {}}, "--vault-password-file", key).must_succeed()
    assert {record.status for record in run.records} == {"ok"}, run.output
    assert list(exposed(run, lab.secrets)) == []


def test_unsafe_text_is_no_template(ansible: Ansible, lab: Lab) -> None:
    lab.jade("POST", "/v1/admin/user/users", {"username": "{{ odd }}", "password": "{{ password }}"})
    lab.forget_log()
    (ansible.folder / "host_vars").mkdir()
    text = 'jade_api_username: !unsafe "{{ odd }}"\njade_api_password: !unsafe "{{ password }}"\n'
    ansible.write("host_vars/unsafe.yml", text)
    run = play(ansible, lab, {"unsafe": {}})
    assert {entry["status"] for entry in lab.log(login="true")} == {200}
    for task in HERE:
        assert "the account may not do this" in result(run, task, "unsafe")[1]["msg"]  # it has no permissions
    assert run.warnings == []
