# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole dialplans as text, and as contexts with their lines."""

from __future__ import annotations

import re
import typing as t

from ..module_utils._http.errors import BadInput
from ..module_utils._systems.jade import lines
from ..module_utils._systems.jade.files import check_section
from .values import shown

_COMMENT = re.compile(r"(?<!\\);")  # a semicolon with a backslash is meant as one
_HEAD = re.compile(r"^\s*\[([^\]]+)\]")


def parsed(text: t.Any) -> dict[str, list[str]]:
    """Contexts of a text like extensions.conf, each with its lines in one form. Comments and blank lines are left out.

    Raises BadInput that names the number of the line that isn't dialplan.
    """
    if not isinstance(text, str):
        raise BadInput(f"a dialplan is text like extensions.conf, not {shown(text)}")
    found: dict[str, list[str]] = {}
    context: str | None = None
    for number, line in enumerate(lines.LINE_BREAK.split(text), start=1):
        line = _COMMENT.split(line, maxsplit=1)[0].rstrip()
        head = _HEAD.match(line)
        if head:
            context = head.group(1)
            found.setdefault(context, [])
        elif line.strip():
            if context is None:
                raise BadInput(f"line {number}: {line.strip()!r} comes before the first [context]")
            first = not any(one.startswith(lines.EXTEN) for one in found[context])
            found[context].append(lines.shown(lines.parsed(f"line {number}", line, first)))
    return found


def formatted(contexts: t.Any) -> str:
    """Contexts with their lines as a text like extensions.conf. Raises BadInput that names context and line."""
    if not isinstance(contexts, t.Mapping):
        raise BadInput(f"the contexts must be a dictionary: names with their lines, not {shown(contexts)}")
    blocks = []
    for name, given in contexts.items():
        check_section("the name of a context", str(name), frozenset())
        found = lines.parse(f"context {name}", given)
        blocks.append("\n".join([f"[{name}]", *(lines.shown(line) for line in found)]))
    return "\n\n".join(blocks) + "\n" if blocks else ""
