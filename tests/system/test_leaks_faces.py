# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leak hunt in inventories, playbooks and roles: canaries for all credentials, servers that give away what they are asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from tests.system.support.lab import Lab
from tests.system.support.leaks import CREDENTIALS, IN_FILE, canary
from tests.system.support.leaks_front import Front, front_of
from tests.system.support.runner import COLLECTION, ROOT, Ansible, Run
from tests.system.support.secrets import exposed, left_in, shown_in

pytestmark = pytest.mark.once

LOUD = ("-vvvv",)
SOURCES: dict[str, dict[str, Any]] = {
    "jade": {"objects": ["trunks", "pjsip_endpoints"]},
    "yeastar": {},
    "ycm": {"onsite_proxies": True, "hostnames": ["sn"], "filters": {"search": "3659B43"}},
    "telecomx": {},
    "aicc": {},
}
PASSWORDS = {"user": canary("playbook user"), "trunk": canary("playbook trunk", IN_FILE)}
# Those that take no password run with the others, to show that they give away no credential.
PLAYBOOKS: dict[str, dict[str, Any]] = {
    "manage_users": {"users": [{"username": "leaky", "password": PASSWORDS["user"], "name": "Leaky"}]},
    "edit_trunks": {"trunks": [{"name": "leaky", "server_uri": "sip:x", "username": "1", "password": PASSWORDS["trunk"]}]},
    "load_modules": {"modules": ["app_queue"]},
    "edit_parking_lots": {"parking_lots": [{"name": "leaky", "parkpos": "801-830"}]},
    "edit_queues": {"queues": [{"name": "leaky"}]},
}


class Ground:
    """A front, Ansible behind its back, and what must not show."""

    def __init__(self, front: Front, folder: Path) -> None:
        self.front = front
        self.ansible = Ansible(folder, {**front.environment(), "ANSIBLE_LOG_PATH": str(folder / "ansible.log")})

    @property
    def secrets(self) -> set[str]:
        """All secrets of this ground; each system is logged in to by now, or was tried."""
        return {*self.front.secrets, *CREDENTIALS.values(), *PASSWORDS.values()}

    def clean(self, run: Run, *meant: str) -> None:
        """Nothing shows in the output, in the files, or on a command line."""
        assert "Traceback" not in run.output
        assert list(exposed(run, self.secrets)) == []
        assert list(left_in(self.ansible.folder, self.secrets, *meant)) == []
        lines = "\n".join(self.front.command_lines)
        assert list(shown_in(lines, self.secrets - self.front.lab.secrets)) == []


@pytest.fixture
def ground(lab: Lab, tmp_path: Path) -> Iterator[Ground]:
    """The lab in its first state, with a front."""
    lab.set(jade="f31439d", park_post_works=True)
    with front_of(lab) as front:
        yield Ground(front, tmp_path)


def sources(ground: Ground, mode: str) -> list[str]:
    """Arguments that name an inventory file of each system, with its cache on."""
    arguments = []
    for system, more in SOURCES.items():
        source = {
            "plugin": COLLECTION + system, "api_url": ground.front.address(system, mode), "api_retries": 0, "cache": True,
            "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(ground.ansible.folder / "cache"),
            "on_host_clash": "suffix", **more,
        }  # fmt: skip
        if system == "ycm":
            secret = "{{ lookup('ansible.builtin.env', 'YEASTAR_CLIENT_SECRET') }}"
            client = ground.front.entries["yeastar"]["client_id"]
            source["pbx_credentials"] = [{"match": "*", "client_id": client, "client_secret": secret}]
        arguments += ["-i", str(ground.ansible.write(f"{mode}.{system}.yml", yaml.safe_dump(source)))]
    return arguments


@pytest.mark.parametrize("mode", ["plain", "late", "error", "redirect"])
def test_inventories(mode: str, ground: Ground) -> None:
    debug = {"ANSIBLE_DEBUG": "1"} if mode == "plain" else {}
    run = ground.ansible.run("ansible-inventory", *sources(ground, mode), "--list", *LOUD, **debug)
    if mode == "plain":
        groups = json.loads(run.must_succeed().stdout[run.stdout.index("\n{\n") :])
        assert {"pjsip_endpoints", "onsite_proxies", "cloud_pbxs", "sip_phones", "softphones"} <= groups.keys()
        assert any("cache" in file.parts for file in ground.ansible.folder.rglob("*"))
    else:
        assert ground.front.said
        told = "".join(run.output.split())  # its lines are broken anywhere
        titles = {system: REGISTERED[system].system.title.replace(" ", "") for system in SOURCES}
        assert all(f"{mode}.{system}.yml:{title}at" in told for system, title in titles.items()), run.output[-3000:]
    ground.clean(run)


def test_each_playbook_is_here() -> None:
    there = {file.stem for file in (ROOT / "playbooks").glob("*.yml")}
    assert there - {"awx_setup", "fleet_report"} == set(PLAYBOOKS)  # test_awx.py, test_fleet_report.py


@pytest.mark.parametrize(("mode", "names"), [("plain", list(PLAYBOOKS)), ("write", ["manage_users"]), ("write", ["edit_trunks"])])
def test_playbooks_and_their_roles(mode: str, names: list[str], ground: Ground) -> None:
    hosts = {"pbxs": {"hosts": {"pbx1": {"jade_api_url": ground.front.address("jade", mode)}}}}
    inventory = ground.ansible.write("fleet.yml", json.dumps(hosts))
    variables = {name: value for playbook in names for name, value in PLAYBOOKS[playbook].items()}
    given = ground.ansible.write("given.json", json.dumps(variables))
    playbooks = [COLLECTION + name for name in names]
    run = ground.ansible.playbook(*playbooks, "-i", str(inventory), "-e", f"@{given}", "--diff", *LOUD)
    if mode == "plain":
        run.must_succeed()
        assert any(record.changed for record in run.records)
    else:
        assert run.code
        assert '"what is' in run.output
    assert ground.front.said or mode == "plain"
    ground.clean(run, "given.json")
