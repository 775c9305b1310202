# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the documentation run as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import ROOT, Ansible, Run
from tests.system.support.secrets import exposed

pytestmark = pytest.mark.once

FILES = sorted((ROOT / "dev" / "examples").glob("*.yml"))
NAMES = [file.stem for file in FILES]
# Two of them make accounts with this password.
PASSWORD = "Eight-Words-Are-Better"


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them, each as a playbook of its own, in one process. A failure of one doesn't keep the others from running."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("examples"), running.environment("documented"))
    return ansible.playbook(*(str(_playbook(ansible, file)) for file in FILES), "-vvv")


def _playbook(ansible: Ansible, file: Path) -> Path:
    play = {
        "name": file.stem,
        "hosts": "localhost",
        "gather_facts": False,
        "ignore_errors": True,
        "tasks": yaml.safe_load(file.read_text(encoding="utf-8")),
    }
    return ansible.write(f"{file.stem}.yml", yaml.safe_dump([play], sort_keys=False))


@pytest.mark.parametrize("name", NAMES)
def test_example(name: str, run: Run) -> None:
    assert len(run.starts) == len(FILES), run.output
    records = [record for record in run.records if record.playbook == NAMES.index(name)]
    assert records, "no task ran"
    assert [(record.task, record.result) for record in records if record.status != "ok"] == []


def test_all_modules_and_lookups_have_examples() -> None:
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]
    lookups = [f"lookup_{file.stem}" for file in (ROOT / "plugins" / "lookup").glob("*.py")]
    assert {*groups["all"], *lookups} == set(NAMES)


def test_they_show_no_secret_and_warn_of_nothing(run: Run, running: Lab) -> None:
    assert list(exposed(run, {*running.secrets, PASSWORD})) == []
    assert run.warnings == []
