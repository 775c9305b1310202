# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of a dialplan, as people write them, as one form in results, and as Jade sends and takes them.

A line has a kind (C(exten)) and a text (C(100,1,NoOp())). Jade splits a line of the file at its first C(=), so that of
C(exten => 100,1,NoOp()) it keeps C(> 100,1,NoOp()) (facts/jade.md 5, sdps). The rules are those of Asterisk's extensions.conf.
"""

from __future__ import annotations

import re
import typing as t

from ..._http.errors import BadInput
from ..._model import converters
from .files import as_text

EXTEN, SAME = "exten", "same"
KINDS = (EXTEN, SAME, "include", "ignorepat", "switch", "eswitch", "lswitch")
# 1, n or next, s or same, hint; with an offset (n+2) and a label (n(start))
PRIORITY = re.compile(r"^(?:\d+|(?:n|next|s|same)(?:\+\d+)?|hint)(?:\([^()]*\))?$")
# Python would split at more, and make two lines of one that has a U+2028 in an argument.
LINE_BREAK = re.compile("\r\n|\r|\n")
ARROW_LEFT = re.compile(r"^[>\s]+")
Line = t.Tuple[str, str]


def shown(line: Line) -> str:
    """A line in the form that results have."""
    return f"{line[0]} => {line[1]}"


def from_wire(data: t.Any) -> list[str]:
    """The lines of a section as Jade sends it: one object with one text each. Raises ValueError."""
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise ValueError("not the lines of a dialplan")
    return [shown(_tidied(kind, converters.text(text))) for entry in data for kind, text in entry.items()]


def parse(option: str, given: t.Any) -> list[Line]:
    """The lines that a task gives: a list, or one text. Blank lines and comment lines count for nothing.

    Raises BadInput that names the number of a line that isn't dialplan, or that Jade couldn't keep.
    """
    texts = LINE_BREAK.split(given) if isinstance(given, str) else given
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise BadInput(f"{option} must be a list of lines such as 'exten => 100,1,NoOp()', or one text of such lines")
    lines: list[Line] = []
    for number, text in enumerate(texts, start=1):
        if text.strip() and not text.lstrip().startswith(";"):
            where = f"{option}, line {number}"
            lines.append(parsed(where, text, first=not any(kind == EXTEN for kind, dummy in lines)))
    return lines


def as_created(lines: t.Iterable[Line]) -> list[dict[str, str]]:
    """What POST takes."""
    return [{kind: f"> {text}"} for kind, text in lines]


def as_updated(lines: t.Iterable[Line]) -> list[dict[str, str]]:
    """What PUT takes; in the shape of POST it would empty the section and answer 200 (facts/jade.md 1.2)."""
    return [{"type": kind, "data": f"> {text}"} for kind, text in lines]


def parsed(where: str, text: str, first: bool) -> Line:
    """One line. ``first``: no exten line came before it. Raises BadInput that begins with ``where``."""
    kind, equals, rest = text.partition("=")
    kind = kind.strip().lower()
    if not equals or kind not in KINDS:
        raise BadInput(f"{where} isn't dialplan: {text.strip()!r}. A line begins with {', '.join(KINDS)} and =>")
    line = _tidied(kind, rest)
    if line[1]:
        as_text(where, f"> {line[1]}", kind)
    problem = _problem(line, first)
    if problem:
        raise BadInput(f"{where} isn't dialplan: {text.strip()!r} {problem}")
    return line


def _problem(line: Line, first: bool) -> str:
    kind, text = line
    if not text:
        return "says nothing behind =>"
    if kind == SAME and first:
        return "has no exten line before it"
    if kind not in (EXTEN, SAME):
        return ""
    parts = text.split(",", 2 if kind == EXTEN else 1)
    if len(parts) < (3 if kind == EXTEN else 2) or not all(parts):
        return f"lacks a part: it is {'extension,' if kind == EXTEN else ''}priority,application"
    priority, application = parts[-2], parts[-1]
    if not PRIORITY.match(priority):
        return f"has {priority!r} where a priority (1, n, hint) belongs"
    if priority != "hint" and "(" in application and not application.endswith(")"):
        return "has no closing parenthesis at its end"
    return ""


def _tidied(kind: str, text: str) -> Line:
    """Without what means nothing: the rest of the arrow, and blanks around the parts. Arguments stay as they are."""
    text = ARROW_LEFT.sub("", text.strip())
    kind = kind.strip().lower()
    places = {EXTEN: 2, SAME: 1}.get(kind, 0)
    return kind, ",".join(part.strip() for part in text.split(",", places))
