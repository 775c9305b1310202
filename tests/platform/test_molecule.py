# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each scenario of molecule, in a copy of the collection: no scenario may need what a fresh clone has not."""

from __future__ import annotations

import subprocess

import pytest

from tests.system.support.lab import JADE_PASSWORD
from tests.system.support.runner import PROGRAMS, ROOT, Ansible, Run

SCENARIOS = sorted(file.parent.name for file in (ROOT / "extensions" / "molecule").glob("*/molecule.yml"))
WITHOUT = {"jade_list"}  # it is no role to be run
OURS = ("_PLUGINS", "_CALLBACKS_ENABLED")  # settings of the tests
TIMEOUT = 600  # seconds; only a run that hangs needs them
PASSWORDS = ("Not-The-Word", JADE_PASSWORD)

pytestmark = pytest.mark.timeout(TIMEOUT + 60)


@pytest.fixture(autouse=True)
def developer_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is in dev/ be imported."""
    monkeypatch.syspath_prepend(str(ROOT / "dev"))


def molecule(name: str, ansible: Ansible) -> Run:
    """Run a scenario as a person does, in a copy."""
    from tree import copy_collection

    collection = copy_collection(f"molecule-{name}")
    variables = {key: value for key, value in ansible.variables.items() if not key.endswith(OURS)}
    variables.update(ANSIBLE_COLLECTIONS_PATH=str(collection.parents[2]), NO_COLOR="1")
    (ansible.folder / "home").mkdir()
    command = (str(PROGRAMS / "molecule"), "test", "-s", name)
    done = subprocess.run(
        command, cwd=collection / "extensions", env=variables, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    return Run(command, done.returncode, done.stdout, "")


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, ansible: Ansible) -> None:
    run = molecule(name, ansible).must_succeed()
    for step in ("syntax", "check", "converge", "idempotence", "verify", "destroy"):
        assert f"{name} > {step}: Executed: Successful" in run.output
    assert not any(password in run.output for password in PASSWORDS)


def test_each_role_for_jade_has_a_scenario() -> None:
    roles = {folder.name for folder in (ROOT / "roles").glob("jade_*")} - WITHOUT
    assert roles
    assert roles - set(SCENARIOS) == set()
