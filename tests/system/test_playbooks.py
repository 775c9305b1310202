# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of the collection: over two PBXs, in check mode, for real, and again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import COLLECTION, ROOT, Ansible, Run
from tests.system.support.scenario import foretold
from tests.system.support.secrets import exposed

FOLDER = ROOT / "playbooks"
# test_awx.py; it has nothing to do with a PBX. test_fleet_report.py; it runs once, over all of them.
ELSEWHERE = {"awx_setup", "fleet_report"}
PLAYBOOKS = sorted({file.stem for file in FOLDER.glob("*.yml")} - ELSEWHERE)
PASSWORDS = {"First-Trunk-Pa55word", "First-Users-Pa55word", "Second-Users-Pa55word"}
# The variables of each playbook, and words that the summary of a run has to hold.
CASES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "load_modules": (
        {"modules": ["app_queue", "app_voicemail", {"name": "app_directory", "state": "unloaded"}]},
        ("app_voicemail", "app_directory"),
    ),
    "edit_parking_lots": (
        {"parking_lots": [
            {"name": "sales", "parkpos": "801-830", "parkingtime": 90, "settings": {"more": "yes"}},
            {"name": "kept", "parkpos": "851-860"},
            {"name": "gone", "state": "absent"},
        ]},
        ("changed: sales", "removed: gone", "unchanged: kept"),
    ),
    "edit_queues": (
        {"queues": [
            {"name": "night", "strategy": "rrmemory", "members": ["PJSIP/100"]},
            {"name": "gone_queue", "state": "absent"},
        ], "purge": True},
        ("created: night", "removed: surplus_queue", "unchanged: gone_queue"),
    ),
    "edit_trunks": (
        {"trunks": [
            {"name": "provider", "server_uri": "sip:sip.example.com", "username": "100", "password": "First-Trunk-Pa55word"},
        ], "update_password": "on_create"},
        ("created: provider",),
    ),
    "manage_users": (
        {"users": [
            {"username": "erin", "password": "First-Users-Pa55word", "name": "Erin", "context": "demo", "permissions": ["user"]},
            {"username": "frank", "password": "Second-Users-Pa55word", "name": "Frank"},
            {"username": "limited", "state": "absent"},
        ]},
        ("created: erin", "frank", "removed: limited"),
    ),
}  # fmt: skip
# Jade keeps what it was told to forget, and the module says so.
WARNS = {"manage_users": "user limited has the permissions user, which Jade leaves behind"}
SECTIONS = {
    "sales": {"parkpos": "801-810", "context": "sales_park", "parkingtime": "45"},
    "kept": {"parkpos": "851-860"},
    "gone": {"parkpos": "901-910"},
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="there are no playbooks yet")


def _fleet(lab: Lab) -> str:
    hosts = {profile: {"jade_api_url": lab.ready["jade"][profile]["url"]} for profile in PROFILES}
    return json.dumps({"pbxs": {"hosts": hosts}})


def _play(name: str, variables: dict[str, Any], lab: Lab, ansible: Ansible, *arguments: str) -> Run:
    inventory = ansible.write("fleet.yml", _fleet(lab))
    given = ansible.write("variables.json", json.dumps(variables))
    return ansible.playbook(COLLECTION + name, "-i", str(inventory), "-e", f"@{given}", "--diff", *arguments)


def test_each_is_tried() -> None:
    assert set(PLAYBOOKS) == set(CASES)


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_playbook(name: str, ansible: Ansible, lab: Lab) -> None:
    for profile in PROFILES:
        lab.set(jade=profile, cfg_parkinglots=SECTIONS, cfg_queues={"surplus_queue": {}})
    variables, words = CASES[name]
    check = _play(name, variables, lab, ansible, "--check").must_succeed()
    assert lab.writes() == []
    real = _play(name, variables, lab, ansible).must_succeed()
    assert name not in WARNS or any(WARNS[name] in warning for warning in real.warnings)
    again = _play(name, variables, lab, ansible, "-vvv").must_succeed()
    assert list(foretold(check, real)) == []
    for profile in PROFILES:
        assert any(record.changed for record in real.records if record.host == profile)
    assert [record.task for record in again.records if record.changed] == []
    assert again.stdout.count("changed=0") == len(PROFILES)
    assert all(word in real.stdout for word in words), real.stdout
    for run in (check, real, again):
        assert list(exposed(run, lab.secrets | PASSWORDS | ansible.issued_tokens())) == []
        assert [warning for warning in run.warnings if name not in WARNS or WARNS[name] not in warning] == []


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_without_its_variables_it_says_so(name: str, ansible: Ansible, lab: Lab) -> None:
    run = _play(name, {}, lab, ansible)
    assert run.code
    failed = [record for record in run.records if record.status == "failed"]
    assert failed
    assert next(iter(CASES[name][0])) in str(failed[0].result)
    assert "Traceback" not in run.output
    assert lab.log() == []
