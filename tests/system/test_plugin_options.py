# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where options of plugins come from, and what Ansible makes of them on the way.

Variables that are set but empty, as AWX sets those of the inputs that are left empty, count as not given.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

PLAYS = {
    "module": "{name: Read, telephony.pbx.jade_system_info: {}}",
    "lookup": "{name: Read, ansible.builtin.set_fact: {found: \"{{ lookup('telephony.pbx.jade', 'systems') }}\"}}",
}


def empty_variables(name: str) -> dict[str, str]:
    """All variables of a system, empty."""
    system = REGISTERED[name].system
    return {system.env(option): "" for option in system.options}


@pytest.mark.parametrize("kind", PLAYS)
def test_empty_variables_of_a_task(kind: str, ansible: Ansible, lab: Lab) -> None:
    given = {name: value for name, value in lab.environment().items() if name.startswith("JADE_")}
    ansible.play(f"[{PLAYS[kind]}]", variables={**empty_variables("jade"), **given}).must_succeed()
    # An empty JADE_VALIDATE_CERTS is no false, so that a certificate is checked nevertheless.
    untrusted = ansible.play(f"[{PLAYS[kind]}]", variables={**empty_variables("jade"), **given, "JADE_CA_PATH": ""})
    assert untrusted.code
    assert "the server's certificate isn't trusted" in untrusted.output


@pytest.mark.parametrize("name", REGISTERED)
def test_empty_variables_of_an_inventory(name: str, ansible: Ansible, lab: Lab) -> None:
    prefix = f"{name.upper()}_"
    given = {key: value for key, value in lab.environment("documented").items() if key.startswith(prefix)}
    source = f"plugin: telephony.pbx.{name}\n"
    strict = {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True", **empty_variables(name), **given}
    file = f"hosts.{name}.yml"
    assert ansible.inventory(source, "--list", name=file, **strict).json["_meta"]["hostvars"]
    untrusted = ansible.inventory(source, "--list", name=file, **{**strict, f"{prefix}CA_PATH": ""})
    assert untrusted.code
    assert "the server's certificate isn't trusted" in " ".join(untrusted.output.split())


@pytest.mark.parametrize("ca", ["{{ lookup('ansible.builtin.env', 'MY_CA') }}", "{{ 'ca.pem' }}", "ca.pem"])
def test_a_path_in_an_inventory_may_be_a_template(ca: str, ansible: Ansible, lab: Lab) -> None:
    given = {key: value for key, value in lab.environment().items() if key != "TELECOMX_CA_PATH"}
    ansible.write("ca.pem", Path(lab.ready["ca"]).read_text(encoding="utf-8"))
    source = f'plugin: telephony.pbx.telecomx\napi_ca_path: "{ca}"\n'
    run = ansible.inventory(source, "--list", name="hosts.telecomx.yml", MY_CA=lab.ready["ca"], **given)
    assert run.json["_meta"]["hostvars"]
    assert run.warnings == []
