# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of API requests: in memory for tests to count, and one JSON a line in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

SECRET_PARAMETERS = {
    "authtoken", "access_token", "refresh_token", "client_secret", "password", "token", "smsKey", "authenticatorToken",
}


def mask_query(query: str) -> str:
    """The query as it was sent, with the values of secret parameters hidden."""
    pairs = []
    for pair in query.split("&") if query else []:
        name, equals, _value = pair.partition("=")
        pairs.append(f"{name}=***" if equals and unquote_plus(name) in SECRET_PARAMETERS else pair)
    return "&".join(pairs)


class RequestLog:
    """Requests in the order in which they were answered."""

    def __init__(self, path: Path) -> None:
        """Start an empty record that is also written to a file."""
        self.entries: list[dict[str, Any]] = []
        self._file = open(path, "w", encoding="utf-8", buffering=1)

    def add(self, entry: dict[str, Any]) -> None:
        """Number an entry and keep it."""
        numbered = {"n": len(self.entries) + 1, **entry}
        self.entries.append(numbered)
        self._file.write(json.dumps(numbered) + "\n")

    def select(self, **wanted: str) -> list[dict[str, Any]]:
        """Entries whose fields equal the wanted values; a path matches any path that contains it."""
        path = wanted.pop("path", "")
        found = [entry for entry in self.entries if path in entry["path"]]
        for name, value in wanted.items():
            found = [entry for entry in found if str(entry.get(name)).lower() == value.lower()]
        return found

    def clear(self) -> None:
        """Forget all entries."""
        self.entries.clear()
        self._file.seek(0)
        self._file.truncate()
