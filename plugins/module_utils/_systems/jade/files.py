# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade's files can hold. It writes Asterisk's configuration line by line and mangles what doesn't fit.

Facts: facts/jade.md 1.4 and 1.5, observed on the real server.
"""

from __future__ import annotations

import typing as t

from ..._http.errors import BadInput
from . import values

LONGEST_LINE = 511  # bytes, "key=value" together
BLANKS = 2  # people write "key = value"; what Jade shows of a line that was cut lacks these
CUT_AT = {";": "everything behind it is taken for a comment", "#": "everything behind it is cut off"}


def as_text(option: str, value: t.Any, key: str = "") -> str | list[str]:
    """A value as it has to be sent. Jade writes numbers and booleans as the text C((null)), so they become text here.

    ``key``: what stands in front of C(=) in the file, if that isn't the option's name. Raises BadInput, naming the option,
    for what the file would not give back as it was.
    """
    if isinstance(value, (list, tuple)):
        return [_one(option, item, key or option) for item in value]
    return _one(option, value, key or option)


def _one(option: str, value: t.Any, key: str) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, (int, float)):
        value = str(value)
    if not isinstance(value, str):
        raise BadInput(f"{option} must be a text, number or switch, not {_kind(value)}")
    check_line(option, value)
    if _line_bytes(key, value) > LONGEST_LINE:
        raise BadInput(f"{option} is too long: Jade cuts lines after {LONGEST_LINE} bytes")
    if len(value) > 1 and value[0] == value[-1] == '"':
        raise BadInput(f'{option} is enclosed in double quotes, which Jade takes away. Write it without them')
    return value


def _line_bytes(key: str, value: str) -> int:
    return len(f"{key}={value}".encode())


def _kind(value: t.Any) -> str:
    """What people call it; Ansible's own types have names that nobody knows."""
    names: dict[type, str] = {dict: "a dictionary", list: "a list", type(None): "null"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "anything else")


def as_written(value: t.Any) -> t.Any:
    """A value that Jade has read, as it is to be written back.

    The first two values of a repeated setting come back swapped (facts/jade.md 1.5); written so, they would stay swapped.
    """
    if isinstance(value, list):
        return [values.file_text(item) for item in (value[1::-1] + value[2:] if len(value) > 1 else value)]
    return values.file_text(value)


def losses(data: t.Any) -> list[str]:
    """What a section has lost in reading, so that Jade's next write of the file makes it true, as far as can be seen.

    ``data``: a section as Jade shows it: an object of texts, or a list of objects with one text each (dialplans).
    """
    swapped = [
        f"the order of its settings {key}, of which the first two are swapped"
        for key, value in _pairs(data)
        if isinstance(value, list) and len(value) > 1 and _order_counts(key, data)
    ]
    return swapped + cuts(data)


def cuts(data: t.Any, without: t.Container[str] = ()) -> list[str]:
    """The values among them that Jade has cut, but for the settings in ``without``."""
    return [
        f"the end of {key}={text[:60]}, which Jade has cut"
        for key, value in _pairs(data)
        if key not in without
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str) and _is_cut(key, text)
    ]


def _pairs(data: t.Any) -> list[tuple[str, t.Any]]:
    """The settings of a section, or the lines of a dialplan."""
    if isinstance(data, dict):
        return list(data.items())
    return [pair for line in data if isinstance(line, dict) for pair in line.items()] if isinstance(data, list) else []


def _order_counts(key: str, data: t.Any) -> bool:
    """Members of a queue are rung in the order of the file by two strategies only; of other settings nothing is known."""
    strategy = data.get("strategy") if isinstance(data, dict) else None
    ordered = isinstance(strategy, str) and values.file_text(strategy).lower() in ("linear", "rrordered")
    return key != "member" or ordered


def _is_cut(key: str, text: str) -> bool:
    """Whether the text ends where Jade cuts: behind the backslash of C(\\;), at the line's limit, or within an application."""
    if text.endswith("\\") or _line_bytes(key, text) >= LONGEST_LINE - BLANKS:
        return True
    if key not in ("exten", "same"):
        return False
    return text.count("(") > text.count(")") or text.count(",") < {"exten": 2, "same": 1}[key]


def check_line(option: str, value: str) -> None:
    """Refuse a text that wouldn't survive as a line of a file. Raises BadInput."""
    for character, effect in CUT_AT.items():
        if character in value:
            raise BadInput(f"{option} holds {character!r}, which Jade can't keep: {effect}")
    if any(ord(character) < 32 for character in value):
        raise BadInput(f"{option} holds a line break or another control character, which Jade can't keep in its files")
    if value != value.strip():
        raise BadInput(f"{option} starts or ends with a blank, which Jade takes away")


def check_section(option: str, name: str, reserved: t.Container[str]) -> None:
    """Refuse a name that can't be a section of its own. Raises BadInput."""
    if not name:
        raise BadInput(f"{option} is empty")
    check_line(option, name)
    if name in reserved:
        raise BadInput(f"{option} is {name!r}, a section that belongs to Asterisk and can't be managed by Jade")
    if "]" in name:
        raise BadInput(f"{option} holds ']', which ends a section's name in Asterisk's files")


def check_setting_name(option: str, name: str) -> None:
    """Refuse a name that couldn't stand in front of C(=). Raises BadInput."""
    if not name or any(character in name for character in "=[]"):
        raise BadInput(f"{option} holds {name!r}, which can't be the name of a setting")
    check_line(option, name)


def check_database(params: t.Mapping[str, t.Any], *options: str) -> None:
    """Refuse what Jade's database statements can't carry: a single quote ends in a 500 (facts/jade.md 5). Raises BadInput."""
    for option in options:
        if isinstance(params.get(option), str) and "'" in params[option]:
            raise BadInput(f"{option} holds a single quote, which Jade can't store")
