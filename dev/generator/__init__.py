# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is generated, and into which file."""

from __future__ import annotations

import itertools
from pathlib import Path

from generator import credential_types, endpoints, fragments, lists, lookups, modules, runtime


def everything(root: Path) -> dict[Path, str]:
    """Each generated file with its text."""
    files = itertools.chain(
        modules.files(root),
        fragments.files(),
        lookups.files(root),
        runtime.files(root),
        endpoints.files(),
        lists.files(root),
        credential_types.files(),
    )
    return {root / file.path: file.text() for file in files}
