# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No inventory and no lookup leaves a secret in its output, at whatever verbosity, in host variables or in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed, left_in

pytestmark = pytest.mark.once

SYSTEMS = ("jade", "yeastar", "ycm", "telecomx", "aicc")
TRUNK_PASSWORD = "Words-Of-A-Leaky-Trunk"
TRUNK = {"name": "provider", "server_uri": "sip:sip.example.com", "client_uri": "sip:1@sip.example.com", "context": "in",
         "username": "1", "password": TRUNK_PASSWORD}  # fmt: skip
MORE = {
    "jade": "objects: [trunks, pjsip_endpoints, queue_members, peers]",
    "ycm": "onsite_proxies: true\nhostnames: [sn]\nfilters: {search: 3659B43}",
}
# What is asked of each system where secrets are wanted, and a field of it that is one.
LOOKUPS = {
    "jade": ("'users'", "password"),
    "yeastar": ("'onsite_proxies'", ""),
    "ycm": ("'cloud_pbxs'", ""),
    "telecomx": ("'sip_phones'", ""),
    "aicc": ("'softphones'", "password"),
}


class Ground:
    """A lab with a trunk in it, Ansible, and the secrets that are known."""

    def __init__(self, lab: Lab, ansible: Ansible) -> None:
        self.lab = lab
        self.ansible = ansible

    def secrets(self) -> set[str]:
        """Credentials, tokens issued so far, and SIP passwords as the servers send them."""
        tokens = self.ansible.issued_tokens()
        assert tokens
        return {*self.lab.secrets, *tokens, TRUNK_PASSWORD}


@pytest.fixture
def ground(lab: Lab, tmp_path: Path) -> Iterator[Ground]:
    """The lab in its first state, plus a trunk."""
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile="documented")
    yield Ground(lab, Ansible(tmp_path, lab.environment("documented"), lab))


def sip_passwords(ground: Ground) -> set[str]:
    """Passwords of softphones, asked for on purpose by other means than an inventory."""
    task = "- name: Ask\n  telephony.pbx.aicc_softphone_info: {include_secrets: true}"
    run = ground.ansible.play(task).must_succeed()
    return {phone["password"] for phone in run.result("Ask")["softphones"] if phone.get("password")}


@pytest.mark.parametrize("system", SYSTEMS)
def test_inventory(system: str, ground: Ground) -> None:
    ansible = ground.ansible
    passwords = sip_passwords(ground) if system == "aicc" else set()
    source = f"""
plugin: telephony.pbx.{system}
on_host_clash: suffix
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: {ansible.folder}/cache
{MORE.get(system, "")}
"""
    name = f"all.{system}.yml"
    listed = ansible.inventory(source, "--list", name=name)
    assert listed.json["_meta"]["hostvars"]
    ansible.age_cache()
    loud = ansible.inventory(source, "--list", "-vvvv", name=name, ANSIBLE_DEBUG="1").must_succeed()
    # What a person does to see why it fails: a wrong port, a server that echoes, a token that is refused.
    ground.lab.fault("status", status=500, times=None, match={"system": system})
    ansible.age_cache()
    broken = ansible.inventory(source + "api_retries: 0\n", "--list", "-vvvv", name=name)
    secrets = ground.secrets() | passwords
    assert passwords or system != "aicc"
    for run in (listed, loud, broken):
        assert "Traceback" not in run.output
        assert list(exposed(run, secrets)) == []
    assert any("cache" in file.parts for file in ansible.folder.rglob("*"))
    assert list(left_in(ansible.folder, secrets, "play.yml")) == []


def test_lookups(ground: Ground) -> None:
    tasks = []
    for system, (term, secret) in LOOKUPS.items():
        call = f"query('telephony.pbx.{system}', {term})"
        tasks.append(f"- name: {system}\n  ansible.builtin.debug: {{msg: \"{{{{ {call} }}}}\"}}")
        asked = call[:-1] + ", include_secrets=true)"
        if secret:
            tasks.append(f"- name: {system} on purpose\n  ansible.builtin.debug: {{msg: \"{{{{ {asked} }}}}\"}}\n  no_log: true")
            tasks.append(f"""
- name: {system} is unlike masked
  ansible.builtin.assert:
    that: "{asked} | map(attribute='{secret}') | reject('none') | reject('eq', '********') | list | length > 0"
    quiet: true
""")
    run = ground.ansible.play("\n".join(tasks), "-vvvv", variables={"ANSIBLE_DEBUG": "0"}).must_succeed()
    secrets = ground.secrets() | sip_passwords(ground)
    assert list(exposed(run, secrets)) == []
    for system, (_term, secret) in LOOKUPS.items():
        shown = run.result(system)["msg"]
        assert shown
        if secret:
            assert {one[secret] for one in shown} <= {"********", None}


def test_a_lookup_that_fails_shows_none(ground: Ground) -> None:
    tasks = []
    for system, (term, _secret) in LOOKUPS.items():
        ground.lab.fault("status", status=500, times=None, match={"system": system, "path": "(?<!login)$"})
        call = f"query('telephony.pbx.{system}', {term}, api_retries=0)"
        tasks.append(f"- name: {system}\n  ansible.builtin.debug: {{msg: \"{{{{ {call} }}}}\"}}\n  ignore_errors: true")
    run = ground.ansible.play("\n".join(tasks), "-vvvv")
    for system in LOOKUPS:
        assert f"lookup telephony.pbx.{system}: " in run.failure(system)["msg"]
    assert "Traceback (most recent call last)" not in run.stdout
    assert list(exposed(run, ground.lab.secrets)) == []


def test_host_variables_of_trunks_and_softphones_are_masked(ground: Ground) -> None:
    for system, noun in (("jade", "trunk"), ("aicc", "softphone")):
        source = f"plugin: telephony.pbx.{system}\n" + ("objects: [trunks]\n" if system == "jade" else "")
        run = ground.ansible.inventory(source, "--list", name=f"all.{system}.yml")
        found = run.json["_meta"]["hostvars"]
        assert found
        texts = {json.dumps(one[noun].get("password")) for one in found.values()}
        assert all("********" in text or text == "null" for text in texts), texts
