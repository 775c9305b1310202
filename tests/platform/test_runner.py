# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-runner, which is what AWX runs: playbooks and inventories, from a private data directory as AWX fills it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.platform.support.private_data import AWX, PrivateData, credential, fleet
from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import Ansible
from tests.system.test_playbooks import CASES, PASSWORDS, SECTIONS

INVENTORIES = {
    file.name: "jade" if file.stem == "pbxs" else file.stem.rpartition(".")[2]
    for file in sorted((AWX / "project" / "inventories").glob("*.yml"))
}
PROFILE = "documented"
TRUNK = {"name": "provider", "server_uri": "sip:sip.example.com", "username": "1", "password": "Runner-Pa55word-of-a-trunk"}
# The runner wants a playbook to be named, although the file args says what to run.
UPDATE = ("-i", "update", "-p", "unused.yml")
WRONG = "Wrong-Pa55word-of-the-job"


@pytest.mark.parametrize("playbook", CASES)
def test_playbook(playbook: str, ansible: Ansible, lab: Lab, tmp_path: Path) -> None:
    for profile in PROFILES:
        lab.set(jade=profile, cfg_parkinglots=SECTIONS, cfg_queues={"surplus_queue": {}})
    data = PrivateData(tmp_path / "job")
    data.credentials("jade", credential(lab, "jade"))
    data.hosts(fleet(lab, PROFILES))
    data.survey(CASES[playbook][0])
    for ident in ("first", "again"):
        ansible.run("ansible-runner", "run", str(data.folder), "-p", f"{playbook}.yml", "-i", ident, "-vvv").must_succeed()
    first = data.changes("first")
    assert set(first) == set(PROFILES)
    assert all(first.values())
    assert data.changes("again") == dict.fromkeys(PROFILES, 0)
    assert ansible.issued_tokens()
    assert list(data.exposed(lab.secrets | PASSWORDS | ansible.issued_tokens())) == []


@pytest.mark.parametrize(("source", "system"), INVENTORIES.items())
def test_inventory(source: str, system: str, ansible: Ansible, lab: Lab, tmp_path: Path) -> None:
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile=PROFILE)
    data = update(tmp_path / "update", source, system, credential(lab, system, PROFILE))
    ansible.run("ansible-runner", "run", str(data.folder), *UPDATE).must_succeed()
    exported = json.loads((data.folder / "output.json").read_text(encoding="utf-8"))
    by_hand = ansible.run(
        "ansible-inventory", "--list", "--export", "-i", str(AWX / "project" / "inventories" / source), **lab.environment(PROFILE)
    )
    assert [host for group in exported.values() for host in group.get("hosts", [])]
    assert exported == by_hand.json
    assert list(data.exposed(lab.secrets | ansible.issued_tokens() | {TRUNK["password"]})) == []


@pytest.mark.parametrize("source", [name for name in INVENTORIES if name != "pbxs.yml"])
def test_an_inventory_that_cannot_be_read_fails_the_update(source: str, ansible: Ansible, lab: Lab, tmp_path: Path) -> None:
    system = INVENTORIES[source]
    inputs = credential(lab, system)
    secret = next(name for name in ("password", "client_secret", "app_secret") if name in inputs)
    data = update(tmp_path / "update", source, system, {**inputs, secret: WRONG})
    run = ansible.run("ansible-runner", "run", str(data.folder), *UPDATE)
    assert run.code
    assert data.artifact("update", "status") == "failed"
    assert not (data.folder / "output.json").exists()
    assert "Traceback" not in run.output
    assert source in run.output
    assert list(data.exposed({WRONG} | lab.secrets)) == []


def update(folder: Path, source: str, system: str, inputs: dict[str, str]) -> PrivateData:
    """An update of an inventory source: another program than ansible-playbook, with all of AWX's strict settings."""
    data = PrivateData(folder)
    data.credentials(system, inputs)
    output, file = folder / "output.json", folder / "project" / "inventories" / source
    data.write("args", f"ansible-inventory --list --export -i {file} --output {output} -vvvvv")
    return data
