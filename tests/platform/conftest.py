# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the platform tests: the lab, and programs that know nothing of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony_lab import process
from tests.system.conftest import lab
from tests.system.support.lab import Lab
from tests.system.support.runner import PROGRAMS, ROOT, Ansible

__all__ = ["lab"]

# Two PBXs more than the lab of the system tests has: enough to be split in slices.
MORE_PBXS = ("--jade", "aarhus=f31439d", "--jade", "berlin=documented")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One lab for all tests."""
    directory = tmp_path_factory.mktemp("lab")
    yield Lab.start(directory, *MORE_PBXS)
    process.stop(directory)


@pytest.fixture
def ansible(lab: Lab, tmp_path: Path) -> Ansible:
    """Programs without any credential in their environment."""
    return Ansible(tmp_path, {"PATH": os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])}, lab)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection as it is published."""
    folder = tmp_path_factory.mktemp("archive")
    Ansible(folder, {}).run("ansible-galaxy", "collection", "build", str(ROOT), "--output-path", str(folder)).must_succeed()
    (found,) = folder.glob("telephony-pbx-*.tar.gz")
    return found
