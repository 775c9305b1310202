# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of modules, run in this process."""

from __future__ import annotations

import pytest

from tests.system.support.direct import Direct
from tests.system.support.runner import Ansible


@pytest.fixture
def direct(ansible: Ansible) -> Direct:
    """For the same systems as ``ansible``."""
    return Direct(ansible)


@pytest.fixture
def direct_documented(documented: Ansible) -> Direct:
    """For the same systems as ``documented``."""
    return Direct(documented)
