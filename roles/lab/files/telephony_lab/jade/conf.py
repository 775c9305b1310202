# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asterisk configuration files: as Jade reads and rewrites them, and as Asterisk understands them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from telephony_lab.jade.envelope import timestamp

LINE_BYTES = 511
Pairs = list[tuple[str, str]]


def jade_pairs(text: str) -> dict[str, Pairs]:
    """Sections as Jade's own reader sees them: lossy, and what it loses is lost at the next write.

    It cuts long lines, takes ``;`` and ``#`` for a comment anywhere, splits at the first ``=`` (so of ``exten => 1``
    the value is ``> 1``) and removes one pair of quotes.
    """
    sections: dict[str, Pairs] = {}
    current: Pairs | None = None
    for line in text.split("\n"):
        line = line.encode()[:LINE_BYTES].decode(errors="ignore")
        line = re.split("[;#]", line, maxsplit=1)[0].strip()
        if line.startswith("[") and "]" in line:
            current = sections.setdefault(line[1:line.rindex("]")], [])
        elif "=" in line and current is not None:
            key, dummy, value = line.partition("=")
            current.append((key.strip(), unquoted(value.strip())))
    return sections


def unquoted(value: str) -> str:
    """Remove one pair of surrounding double quotes."""
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value


def text_of(sections: dict[str, Pairs]) -> str:
    """Write sections the way Jade does."""
    lines: list[str] = []
    for name, pairs in sections.items():
        lines += [f"[{name}]", *(f"{key}={value}" for key, value in pairs), ""]
    return "\n".join(lines) + "\n" if lines else ""


def to_text(value: Any) -> str:
    """The text that Jade's printf makes of a JSON value: of anything but a string, ``(null)``."""
    return value if isinstance(value, str) else "(null)"


def object_of(pairs: Pairs) -> dict[str, Any]:
    """A section as an object; of a repeated key the first two values come back swapped."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key not in found:
            found[key] = value
        elif isinstance(found[key], str):
            found[key] = [value, found[key]]
        else:
            found[key].append(value)
    return found


def pairs_of(options: dict[str, Any]) -> Pairs:
    """An object as the lines of a section; a list repeats its key."""
    pairs: Pairs = []
    for key, value in options.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(key, to_text(entry)) for entry in values]
    return pairs


class Files:
    """The configuration files of one PBX, each with the backups that Jade makes before it writes."""

    def __init__(self, texts: dict[str, str], backups: dict[str, str]) -> None:
        """Start with these files."""
        self.texts = dict(texts)
        self.backups = dict(backups)

    def write(self, name: str, text: str) -> None:
        """Replace a file after copying it to a backup."""
        self.back_up(name)
        self.texts[name] = text

    def back_up(self, name: str) -> None:
        """Copy a file to a backup with the time in its name."""
        self.backups[f"{name}.{timestamp()}"] = self.texts.get(name, "")

    def backups_of(self, name: str) -> dict[str, str]:
        """The backups of one file, oldest first."""
        return {backup: text for backup, text in self.backups.items() if backup.startswith(name + ".")}

    def pairs(self, name: str) -> dict[str, Pairs]:
        """The sections of a file as Jade reads them."""
        return jade_pairs(self.texts.get(name, ""))

    def objects(self, name: str) -> dict[str, dict[str, Any]]:
        """The sections of a file as objects."""
        return {section: object_of(pairs) for section, pairs in self.pairs(name).items()}

    def write_pairs(self, name: str, sections: dict[str, Pairs]) -> None:
        """Rewrite a file whole from its sections."""
        self.write(name, text_of(sections))

    def write_objects(self, name: str, sections: dict[str, dict[str, Any]]) -> None:
        """Rewrite a file whole from its sections as objects (so a swap on reading stays)."""
        self.write_pairs(name, {section: pairs_of(options) for section, options in sections.items()})

    def asterisk_sections(self, name: str) -> list[tuple[str, Pairs]]:
        """Sections as Asterisk sees them, with #include followed; one name can occur more than once.

        A semicolon starts a comment unless a backslash stands before it.
        """
        sections: list[tuple[str, Pairs]] = []
        for line in self._with_includes(name):
            line = re.split(r"(?<!\\);", line, maxsplit=1)[0].replace("\\;", ";").strip()
            if line.startswith("[") and "]" in line:
                sections.append((line[1:line.index("]")], []))
            elif "=" in line and sections:
                key, dummy, value = line.partition("=")
                value = value.lstrip()
                sections[-1][1].append((key.strip(), value[1:].strip() if value.startswith(">") else value.strip()))
        return sections

    def _with_includes(self, name: str) -> Iterable[str]:
        for line in self.texts.get(name, "").split("\n"):
            included = re.match(r'\s*#include\s+"([^"]+)"', line)
            if included:
                yield from self._with_includes(included.group(1))
            else:
                yield line
