# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection option: its names, and what its values must be, wherever they come from."""

from __future__ import annotations

import json
import os
import typing as t
from dataclasses import dataclass

from .._http.errors import BadInput

PREFIX = "api_"  # resources have a username, password and timeout of their own
TRUE_WORDS = frozenset(("1", "true", "yes", "on", "y", "t"))
FALSE_WORDS = frozenset(("0", "false", "no", "off", "n", "f"))


@dataclass(frozen=True)
class Option:
    """One connection option. ``name`` has no prefix: C(url) is the option C(api_url) and the variable C(JADE_URL)."""

    name: str
    description: tuple[str, ...]
    type: str = "str"
    default: t.Any = None
    secret: bool = False
    lowest: float | None = None
    highest: float | None = None
    in_header: bool = False  # or may be, on some systems

    @property
    def option(self) -> str:
        """The option's name in tasks, inventory files and lookups."""
        return PREFIX + self.name


def typed(option: Option, value: t.Any, source: str) -> t.Any:
    """The value as its option's type, from text too: no argument spec gives variables their type.

    Raises BadInput that names ``source``, and never shows a secret.
    """
    value = _converted(option, value, source)
    for limit, wrong in ((option.lowest, "at least"), (option.highest, "at most")):
        if limit is not None and not (value >= limit if wrong == "at least" else value <= limit):  # nan is neither
            raise BadInput(f"{source} is {value}, but must be {wrong} {limit:g}")
    return value


def _converted(option: Option, value: t.Any, source: str) -> t.Any:
    if option.type == "bool":
        word = str(value).lower()
        if word in TRUE_WORDS | FALSE_WORDS:
            return word in TRUE_WORDS
        raise BadInput(f"{source} is {value!r}, but must be true or false")
    if option.type in ("int", "float"):
        try:
            return {"int": int, "float": float}[option.type](str(value))
        except ValueError:
            raise BadInput(f"{source} is {value!r}, but must be a number") from None
    if isinstance(value, (list, tuple, dict)):
        raise BadInput(f"{source} must be text, not a list or a dictionary")
    value = str(value)
    if option.type == "path":
        value = os.path.expanduser(os.path.expandvars(value))
    if any(ord(character) < 32 for character in value):
        raise BadInput(f"{source} holds a line break or another control character")
    if option.in_header and not (value.isascii() and value.isprintable()):
        raise BadInput(f"{source} holds characters that no header can carry: it must be made of visible ASCII characters")
    if option.type == "str":
        check_text(source, value)
    return value


def check_text(option: str, value: t.Any) -> None:
    """Raise BadInput for what no request can carry, at any depth: bytes of a file or a variable that were no UTF-8."""
    if not isinstance(value, (str, list, tuple, dict)):
        return
    try:
        (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)).encode()
    except UnicodeEncodeError:
        raise BadInput(f"{option} holds bytes that aren't UTF-8, which can't be sent") from None
