# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab for the tests of this directory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "roles" / "lab" / "files")]

from lab_client import Client  # noqa: E402

from telephony_lab import process  # noqa: E402


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    directory = tmp_path_factory.mktemp("lab")
    yield process.start(directory, ["--pjsip-lag", "0"])
    process.stop(directory)


@pytest.fixture
def lab(running: dict[str, Any]) -> Client:
    """A lab in its first state."""
    client = Client(running)
    client.control("POST", "/reset")
    return client
