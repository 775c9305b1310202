# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the system tests."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from telephony_lab import process
from tests.system.support.inventories import Inventory, Reader
from tests.system.support.lab import Lab
from tests.system.support.runner import ROOT, Ansible

LINK = ROOT / ".build" / "collections" / "ansible_collections" / "telephony" / "pbx"


def link_collection() -> None:
    """Let the repository be found as telephony.pbx, by Ansible as well as by the tests."""
    if not LINK.exists():
        LINK.parent.mkdir(parents=True, exist_ok=True)
        LINK.unlink(missing_ok=True)
        LINK.symlink_to(os.path.relpath(ROOT, LINK.parent), target_is_directory=True)
        importlib.invalidate_caches()


link_collection()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One lab for all tests."""
    directory = tmp_path_factory.mktemp("lab")
    yield Lab.start(directory)
    process.stop(directory)


@pytest.fixture
def lab(running: Lab) -> Lab:
    """The lab in its first state."""
    running.reset()
    return running


@pytest.fixture
def ansible(lab: Lab, tmp_path: Path) -> Ansible:
    """Ansible with the variables that point it at the lab; Jade is the one of profile f31439d."""
    return Ansible(tmp_path, lab.environment(), lab)


@pytest.fixture
def documented(lab: Lab, tmp_path: Path) -> Ansible:
    """The same, but Jade is the one of profile documented."""
    return Ansible(tmp_path, lab.environment("documented"), lab)


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One process that reads inventories for all tests."""
    started = Reader(tmp_path_factory.mktemp("reader"))
    yield started
    started.close()


@pytest.fixture
def read(reader: Reader, ansible: Ansible) -> Callable[..., Inventory]:
    """Reads an inventory of this text; see Reader.read."""
    return partial(reader.read, ansible)
