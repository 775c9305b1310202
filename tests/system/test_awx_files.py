# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credential types, surveys and the project's skeleton: what a job in AWX gets from them, against the lab."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._model.options import resolve
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from tests.system.support.controller_checks import check_credential_type, checked_survey, inject
from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import ROOT, Ansible, Run
from tests.system.support.secrets import exposed

pytestmark = pytest.mark.once

FILES = ROOT / "playbooks" / "files" / "awx"
SYSTEMS = sorted(REGISTERED)
SURVEYS = sorted(file.stem for file in (FILES / "surveys").glob("*.yml"))
NEW_PASSWORD = "Pa55word-from-a-survey"
# Of each inventory of the project: whose credential it takes, and a group that has to have hosts.
SOURCES = {
    "fleet.ycm.yml": ("ycm", "cloud_pbxs"),
    "proxies.yeastar.yml": ("yeastar", "onsite_proxies"),
    "phones.telecomx.yml": ("telecomx", "sip_phones"),
    "softphones.aicc.yml": ("aicc", "softphones"),
    "trunks.jade.yml": ("jade", "trunks"),
}
LISTS = {
    "edit_parking_lots": ("parking_lots", "- name: kept\n  parkpos: 851-860\n", "unchanged: kept"),
    "edit_queues": ("queues", "- name: night\n  strategy: rrmemory\n", "created: night"),
    "edit_trunks": ("trunks", "- {name: provider, server_uri: 'sip:sip.example.com', username: '100'}\n", "created: provider"),
    "load_modules": ("modules", "app_voicemail", "app_voicemail"),
    "manage_users": ("users", "- username: erin\n  name: Erin\n- {username: limited, name: Renamed}\n", "created: erin"),
}


def load(path: str) -> Any:
    """A file for AWX."""
    return yaml.safe_load((FILES / path).read_text(encoding="utf-8"))


def lab_inputs(lab: Lab, system: str, profile: str = "f31439d") -> dict[str, str]:
    """What a person would type into the fields of a credential for the lab."""
    prefix = f"{system.upper()}_"
    found = {name[len(prefix) :].lower(): value for name, value in lab.environment(profile).items() if name.startswith(prefix)}
    found["ca"] = Path(found.pop("ca_path")).read_text(encoding="utf-8")
    return found


def job(lab: Lab, tmp_path: Path, *credentials: dict[str, str]) -> Ansible:
    """A job in a copy of the project, with nothing in its environment but what the credentials inject."""
    shutil.copytree(FILES / "project", tmp_path / "project")
    return Ansible(tmp_path, {name: value for credential in credentials for name, value in credential.items()}, lab)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_controller_takes_the_type_and_each_input_reaches_the_collection(system: str, tmp_path: Path) -> None:
    kind = load(f"credential_types/{system}.yml")
    check_credential_type(kind)
    described = REGISTERED[system].system
    inputs = {
        "url": "https://x.example.com", "ca": "CA", "client_cert": "CERT", "client_key": "KEY", "validate_certs": "false",
        "timeout": "7.5", "retries": "9", "proxy": "http://proxy.example.com:3128", "concurrency": "3", "token": "T",
    }  # fmt: skip
    inputs.update({option.name: f"my {option.name}" for option in (described.principal, described.secret)})
    inputs.update({option.name: "https://y.example.com" for option in described.more})
    names = [field["id"] for field in kind["inputs"]["fields"]]
    assert set(names) - set(inputs) == ({"pbx_client_id", "pbx_client_secret"} if system == "ycm" else set())
    found = resolve(described, {}, inject(kind, inputs, tmp_path / "files"))
    assert (found.url, found.principal, found.secret, found.token) == (
        inputs["url"], inputs[described.principal.name], inputs[described.secret.name], "T",
    )  # fmt: skip
    assert (found.trusted, found.timeout, found.retries, found.concurrency) == (None, 7.5, 9, 3)
    assert found.proxy == inputs["proxy"]
    checked = resolve(described, {}, inject(kind, {**inputs, "validate_certs": "true"}, tmp_path / "checked"))
    _source, ca_path = checked.trusted or ("", "")
    assert [Path(path or "").read_text(encoding="utf-8") for path in (ca_path, found.client_cert, found.client_key)] == [
        "CA", "CERT", "KEY",
    ]  # fmt: skip
    assert all(value == "https://y.example.com" for dummy, value in found.more)
    secret = {field["id"] for field in kind["inputs"]["fields"] if field.get("secret")}
    assert {described.secret.name, "token", "client_key", "proxy"} <= secret
    assert not secret & {"url", "ca", "client_cert", described.principal.name}


@pytest.mark.parametrize("system", SYSTEMS)
def test_inputs_that_are_left_empty_count_as_not_given(system: str, tmp_path: Path) -> None:
    described = REGISTERED[system].system
    given = (described.options[0], described.principal, described.secret)
    inputs = dict(zip((option.name for option in given), ("https://x.example.com", "me", "mine")))
    environment = inject(load(f"credential_types/{system}.yml"), {**inputs, "ca": "", "timeout": ""}, tmp_path / "files")
    bare = {described.env(option): inputs[option.name] for option in given}
    assert resolve(described, {}, environment) == resolve(described, {}, bare)


@pytest.mark.parametrize("name", SOURCES)
def test_each_inventory_works_with_its_credential_alone(name: str, lab: Lab, tmp_path: Path) -> None:
    system, group = SOURCES[name]
    lab.jade("POST", "/v1/manager/trunks", {"name": "provider"})
    inputs = lab_inputs(lab, system)
    if system == "ycm":
        client = lab_inputs(lab, "yeastar")
        inputs.update(pbx_client_id=client["client_id"], pbx_client_secret=client["client_secret"])
    ansible = job(lab, tmp_path, inject(load(f"credential_types/{system}.yml"), inputs, tmp_path / "files"))
    run = ansible.run("ansible-inventory", "-i", f"project/inventories/{name}", "--list", "--export")
    assert run.json[group]["hosts"]
    if system == "ycm":
        assert run.json["onsite_proxies"]["hosts"]
    assert list(exposed(run, lab.secrets)) == []


def launch(lab: Lab, tmp_path: Path, name: str, **answers: Any) -> tuple[Ansible, Run]:
    """A job of a template, with the answers of its survey as AWX passes them on: what has a default is always there."""
    questions = checked_survey(load(f"surveys/{name}.yml"))["spec"]
    given = {question["variable"]: question.get("default", "") for question in questions}
    assert set(answers) <= set(given)
    kind = load("credential_types/jade.yml")
    ansible = job(lab, tmp_path, inject(kind, lab_inputs(lab, "jade"), tmp_path / "files"))
    hosts = {profile: {"jade_api_url": lab.ready["jade"][profile]["url"]} for profile in PROFILES}
    inventory = ansible.write("hosts.yml", json.dumps({"pbxs": {"hosts": hosts}}))
    file = ansible.write("answers.json", json.dumps({**given, **answers}))
    return ansible, ansible.playbook(f"project/{name}.yml", "-i", str(inventory), "-e", f"@{file}", "--diff", "-vvv")


@pytest.mark.parametrize("name", SURVEYS)
def test_a_job_works_with_the_answers_of_its_survey(name: str, lab: Lab, tmp_path: Path) -> None:
    for profile in PROFILES:
        lab.set(jade=profile, cfg_parkinglots={"kept": {"parkpos": "851-860"}})
    variable, text, words = LISTS[name]
    secret = {"new_password": NEW_PASSWORD} if name in ("edit_trunks", "manage_users") else {}
    ansible, run = launch(lab, tmp_path, name, **{variable: text}, **secret)
    run.must_succeed()
    assert words in run.stdout
    assert list(exposed(run, lab.secrets | ansible.issued_tokens() | {NEW_PASSWORD})) == []
    assert {record.host for record in run.records} == set(PROFILES)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_password_of_a_survey_is_for_new_accounts_alone(profile: str, lab: Lab, tmp_path: Path) -> None:
    text = "[{username: erin, name: Erin}, {username: limited, name: Renamed}, {username: own, password: Pa55word-of-its-own}]"
    dummy, run = launch(lab, tmp_path, "manage_users", users=text, new_password=NEW_PASSWORD, pbx_hosts=profile)
    run.must_succeed()
    asked = [entry for entry in lab.log(system="jade") if entry["method"] in ("POST", "PUT") and not entry["login"]]
    assert {entry["name"] for entry in asked} == {profile}
    logins = {name: login_works(lab, profile, name, password) for name, password in (
        ("erin", NEW_PASSWORD), ("own", "Pa55word-of-its-own"), ("limited", "limited"),
    )}  # fmt: skip
    assert logins == {"erin": True, "own": True, "limited": True}


def login_works(lab: Lab, profile: str, name: str, password: str) -> bool:
    """Whether an account can log in with a password."""
    url = f"{lab.ready['jade'][profile]['url']}/v1/admin/login"
    answer = requests.post(url, auth=(name, password), verify=lab.ready["ca"], timeout=10)
    return answer.status_code == 200 and bool((answer.json().get("result") or {}).get("authtoken"))


def test_accounts_to_keep_may_be_a_text_with_commas(lab: Lab, tmp_path: Path) -> None:
    for name in ("spared", "surplus"):
        lab.jade("POST", "/v1/admin/user/users", {"username": name, "password": NEW_PASSWORD, "name": name})
    answers = {"users": "[]", "purge": "true", "purge_keep": "admin, spared,limited", "pbx_hosts": "f31439d"}
    dummy, run = launch(lab, tmp_path, "manage_users", **answers)
    run.must_succeed()
    left = {row["username"] for row in lab.jade("GET", "/v1/manager/users")["list"]}
    assert {"admin", "spared", "limited"} <= left
    assert "surplus" not in left


def test_a_list_that_is_no_list_is_refused(lab: Lab, tmp_path: Path) -> None:
    dummy, run = launch(lab, tmp_path, "edit_queues", queues="name: night", pbx_hosts="f31439d")
    assert run.code
    assert "queues" in str([record.result for record in run.records if record.status == "failed"])
    assert lab.log() == []
