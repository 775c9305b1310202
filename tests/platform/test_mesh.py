# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs across nodes, as a mesh runs them: transmit, worker, process. The worker has the collection and its requirements alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.platform.support.private_data import PrivateData, credential, fleet
from tests.system.support.lab import Lab
from tests.system.support.runner import KEPT, PROGRAMS, ROOT, TIMEOUT, Ansible
from tests.system.support.secrets import left_in

PBXS = ("aarhus", "berlin", "documented", "f31439d")
PASSWORD = "Mesh-Pa55word-of-erin"
USERS = [{"username": "erin", "password": PASSWORD, "name": "Erin", "context": "demo", "permissions": ["user"]}]
WORKER = ROOT / ".build" / "venv" / "worker" / "bin"


@dataclass(frozen=True)
class Node:
    """An execution node: a folder with the collection as it is installed from its archive, and programs."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Its variables. There is none of the controller's, of the repository's or of the lab's."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "PATH": os.pathsep.join([str(WORKER), os.environ["PATH"]]),
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder / "collections"),
            "ANSIBLE_GALAXY_CACHE_DIR": str(self.folder / "home"),
        }

    def run(self, *command: str | Path) -> None:
        """Run a program on it."""
        subprocess.run(command, cwd=self.folder, env=self.environment, check=True, capture_output=True, timeout=TIMEOUT)


@pytest.fixture(scope="session")
def node(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Node:
    """One node for all tests."""
    if not WORKER.is_dir():
        pytest.fail("the environment of the worker is missing: python dev/pipeline.py --only platform")
    made = Node(tmp_path_factory.mktemp("node"))
    (made.folder / "home").mkdir()
    made.run(WORKER / "ansible-galaxy", "collection", "install", archive, "-p", made.folder / "collections", "--offline")
    return made


def across(data: PrivateData, node: Node, ansible: Ansible, playbook: str, ident: str) -> None:
    """Run a job on the node: three programs, one after another in a pipe; what comes back is put among the job's artifacts."""
    name = str(data.folder)
    here = {"cwd": ansible.folder, "env": ansible.variables}
    there = {"cwd": node.folder, "env": node.environment}
    runner = str(PROGRAMS / "ansible-runner")
    transmit = [runner, "transmit", name, "-p", playbook, "-i", ident]
    worker = [str(WORKER / "ansible-runner"), "worker", "--private-data-dir", str(data.seen_as), "--delete"]
    (ansible.folder / "home").mkdir(exist_ok=True)
    with subprocess.Popen(transmit, stdout=subprocess.PIPE, **here) as first:
        with subprocess.Popen(worker, stdin=first.stdout, stdout=subprocess.PIPE, **there) as second:
            done = subprocess.run(
                [runner, "process", name, "-i", ident],
                stdin=second.stdout, capture_output=True, timeout=TIMEOUT, check=False, **here,
            )  # fmt: skip
    assert (first.returncode, done.returncode) == (0, 0), done.stdout.decode()


def slices(hosts: Sequence[str], count: int) -> list[list[str]]:
    """The hosts of each slice of a job, as AWX splits them."""
    return [sorted(hosts)[number::count] for number in range(count)]


def test_a_fleet_in_slices(node: Node, ansible: Ansible, lab: Lab, tmp_path: Path) -> None:
    jobs = []
    for number, hosts in enumerate(slices(PBXS, 2)):
        data = PrivateData(tmp_path / f"job{number}", seen_as=node.folder / f"job{number}")
        data.credentials("jade", credential(lab, "jade"))
        data.hosts(fleet(lab, hosts))
        data.survey({"users": USERS})
        jobs.append((data, hosts))
    for data, hosts in jobs:
        lab.forget_log()
        across(data, node, ansible, "manage_users.yml", "first")
        assert all(data.changes("first").values())
        assert {entry["name"] for entry in lab.log()} == set(hosts)
    for data, hosts in jobs:
        across(data, node, ansible, "manage_users.yml", "again")
        assert data.changes("again") == dict.fromkeys(hosts, 0)
    for data, _hosts in jobs:
        paths = {event["event_data"]["task_path"] for event in data.events("first") if "task_path" in event["event_data"]}
        assert paths
        assert [path for path in paths if not path.startswith(str(node.folder / "collections"))] == []
        assert not data.seen_as.exists()
        assert ansible.issued_tokens()
        assert list(data.exposed(lab.secrets | ansible.issued_tokens() | {PASSWORD})) == []
    assert list(left_in(node.folder, lab.secrets | ansible.issued_tokens() | {PASSWORD})) == []
