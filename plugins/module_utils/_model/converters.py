# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How values travel: what the systems send is turned into one documented shape, field by field.

A converter takes what the server sent (never C(None)) and returns the documented value, or raises ValueError.
"""

from __future__ import annotations

import datetime
import math
import typing as t

Converter = t.Callable[[t.Any], t.Any]
_TRUE = frozenset(("1", "true", "yes", "on", "enabled", "y", "t"))
_FALSE = frozenset(("0", "false", "no", "off", "disabled", "n", "f", ""))


def line(value: t.Any, longest: int = 80) -> str:
    """What a server sent, as a part of a message: on one line, not too long, and nothing in it that steers a terminal."""
    shown = "".join(character if character.isprintable() else " " for character in str(value)[: longest + 1])
    return shown if len(shown) <= longest else shown[:longest] + "..."


def as_sent(value: t.Any) -> t.Any:
    """Anything, as it is."""
    return value


def text(value: t.Any) -> str:
    """Text; numbers and booleans are written out as JSON does, since old servers mix them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise ValueError("not a text")


def whole(value: t.Any) -> int:
    """A whole number, sent as a number or as text ("activeCalls": "2")."""
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError("not a whole number")
    return int(value)


def real(value: t.Any) -> float:
    """A number with a fraction. JSON knows neither "nan" nor "inf", though Python reads them."""
    number = float(value)
    if isinstance(value, bool) or not math.isfinite(number):
        raise ValueError("not a number")
    return number


def flag(value: t.Any) -> bool:
    """A switch, in any of the ways in which these systems write one: true, 1, "1", "yes", "Enabled", Asterisk's "on"."""
    word = str(value).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("not a switch")


def epoch(value: t.Any) -> str | None:
    """Seconds since 1970 as ISO 8601 in UTC; 0 means "never" (facts/vendors.md 1.6, 2.6)."""
    seconds = whole(value)
    if seconds <= 0:
        return None
    try:
        moment = datetime.datetime.fromtimestamp(seconds, tz=datetime.timezone.utc)
    except (OverflowError, OSError):
        raise ValueError("not a time") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
