# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab for the tests of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from telephony_lab import process
from tests.faults.calls import Call
from tests.faults.ground import LAB, Ground
from tests.faults.matrix import grounds as grounds_of
from tests.system.support.lab import Lab


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One lab for all of them."""
    directory = tmp_path_factory.mktemp("lab")
    yield Lab.start(directory, *LAB)
    process.stop(directory)


@pytest.fixture(scope="session")
def grounds(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Call], list[Ground]]:
    """What gives the grounds of a call."""
    return grounds_of(lab, tmp_path_factory.mktemp("grounds"))
