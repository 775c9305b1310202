# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as only Jade sends them: its time stamps, and what it reads from Asterisk's files."""

from __future__ import annotations

import re
import typing as t

from ..._model import converters

_JADE_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$")


def jade_time(value: t.Any) -> str:
    """Jade's time stamps lack the zeros that belong in front of their nanoseconds: C(.5Z) is 5 ns (facts/jade.md 3)."""
    match = _JADE_TIME.match(str(value))
    if not match:
        raise ValueError("not a time stamp")
    return f"{match.group(1)}.{(match.group(2) or '').zfill(9)}Z"


def file_text(value: t.Any) -> str:
    """A value of an Asterisk file as Jade reads it: C(key => x) comes back as C(> x) (facts/jade.md 5, sdps)."""
    return re.sub(r"^>\s*", "", converters.text(value))


def file_flag(value: t.Any) -> bool:
    """A switch in an Asterisk file."""
    return converters.flag(file_text(value))


def file_whole(value: t.Any) -> int:
    """A whole number in an Asterisk file."""
    return converters.whole(file_text(value))


def file_value(value: t.Any) -> t.Any:
    """Any value of an Asterisk file; a repeated key is a list, whose order Jade doesn't keep (facts/jade.md 1.5)."""
    return sorted(file_text(item) for item in value) if isinstance(value, list) else file_text(value)
