# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The definition of an execution environment, as the documentation has it."""

from __future__ import annotations

from tests.system.support.runner import ROOT

PAGE = ROOT / "docs" / "execution-environment.md"


def definition() -> str:
    """The text of execution-environment.yml."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition("```yaml\n")[2].partition("```")[0]
