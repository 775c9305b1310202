# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-navigator, without an image."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.platform.support.private_data import fleet
from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import COLLECTION, Ansible
from tests.system.support.secrets import exposed
from tests.system.test_playbooks import CASES, PASSWORDS

WITHOUT_IMAGE = ("--mode", "stdout", "--ee", "false", "--lf", "navigator.log", "--la", "false")
RUN = ("--pae", "false", *WITHOUT_IMAGE)


@pytest.mark.parametrize("playbook", ["load_modules", "manage_users"])
def test_playbook(playbook: str, ansible: Ansible, lab: Lab) -> None:
    inventory = ansible.write("fleet.yml", json.dumps({"pbxs": {"hosts": fleet(lab, PROFILES)}}))
    given = ansible.write("variables.json", json.dumps(CASES[playbook][0]))
    command = ("run", COLLECTION + playbook, *RUN, "-i", str(inventory), "-e", f"@{given}", "--diff")
    first, again = (ansible.run("ansible-navigator", *command, **lab.environment()).must_succeed() for _time in range(2))
    assert any(record.changed for record in first.records)
    assert [record.task for record in again.records if record.changed] == []
    secrets = lab.secrets | PASSWORDS | ansible.issued_tokens()
    assert list(exposed(first, secrets)) == []
    assert shown_in(ansible.folder / "navigator.log", secrets) == []


def test_inventory(ansible: Ansible, lab: Lab) -> None:
    source = ansible.write("fleet.ycm.yml", "plugin: telephony.pbx.ycm\n")
    run = ansible.run("ansible-navigator", "inventory", "-i", str(source), "--list", *WITHOUT_IMAGE, **lab.environment())
    by_hand = ansible.run("ansible-inventory", "-i", str(source), "--list", **lab.environment())
    assert run.json == by_hand.json
    assert shown_in(ansible.folder / "navigator.log", lab.secrets) == []


def test_documentation(ansible: Ansible) -> None:
    run = ansible.run("ansible-navigator", "doc", COLLECTION + "jade_parking_lot", *WITHOUT_IMAGE).must_succeed()
    assert "parkpos" in run.stdout


def shown_in(file: Path, secrets: set[str]) -> list[str]:
    """Secrets that a file holds."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return [secret for secret in secrets if secret in text]
