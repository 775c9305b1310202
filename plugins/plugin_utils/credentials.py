# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API clients of single Cloud PBXs: which of them is for which PBX."""

from __future__ import annotations

import fnmatch
import typing as t

from ..module_utils._http.errors import BadInput, series
from ..module_utils._model.resource import Object

KEYS = ("match", "client_id", "client_secret")
MATCHED = ("sn", "name")  # fields of a Cloud PBX
Login = t.Dict[str, str]


class PbxCredentials:
    """``entries``: the option C(pbx_credentials), its templates done; ``default``: what counts for PBXs that none matches.

    Raises BadInput that names the option and the entry.
    """

    def __init__(self, entries: t.Sequence[t.Mapping[str, t.Any]], default: tuple[str | None, str | None]) -> None:
        self._entries = [_checked(number, entry) for number, entry in enumerate(entries, start=1)]
        self._default = default
        self._used: set[str] = set()

    def login(self, pbx: Object) -> Login:
        """Options of the login for this PBX: the first entry that matches, else the default. Raises BadInput."""
        for entry in self._entries:
            if any(_matches(str(pbx[name] or ""), entry["match"]) for name in MATCHED):
                self._used.add(entry["match"])
                return {"api_client_id": entry["client_id"], "api_client_secret": entry["client_secret"]}
        client_id, client_secret = self._default
        if not client_id or not client_secret:
            raise BadInput(
                "there is no API client for it",
                hint="Set pbx_client_id and pbx_client_secret, or an entry of pbx_credentials that matches it",
            )
        return {"api_client_id": client_id, "api_client_secret": client_secret}

    @property
    def unused(self) -> list[str]:
        """Patterns of entries that no PBX has needed so far."""
        return [entry["match"] for entry in self._entries if entry["match"] not in self._used]

    @property
    def shape(self) -> list[t.Any]:
        """What makes another record of the cache: who asks whom, without secrets."""
        return [[entry["match"], entry["client_id"]] for entry in self._entries] + [self._default[0]]


def _checked(number: int, entry: t.Mapping[str, t.Any]) -> dict[str, str]:
    where = f"pbx_credentials, entry {number}"
    unknown = sorted(set(map(str, entry)) - set(KEYS))
    if unknown:
        raise BadInput(f"{where}: {', '.join(unknown)} is none of {', '.join(KEYS)}")
    # A serial number may be all digits, which YAML reads as a number.
    found = {name: "" if entry.get(name) is None else str(entry[name]) for name in KEYS}
    missing = [name for name in KEYS if not found[name].strip()]
    if missing:
        raise BadInput(f"{where}: {series(missing)} {'are' if len(missing) > 1 else 'is'} missing or empty")
    if _has_open_bracket(found["match"]):
        raise BadInput(
            f"{where}: match is {found['match']!r}, a pattern whose [ isn't closed",
            hint="Write [[] for the character itself",
        )
    return found


def _matches(text: str, pattern: str) -> bool:
    """A name that holds characters of patterns can be given as it is."""
    return text == pattern or fnmatch.fnmatchcase(text, pattern)


def _has_open_bracket(pattern: str) -> bool:
    """Whether a [ begins no set of characters, so that a typing error would match nothing in silence."""
    position = pattern.find("[")
    while position >= 0:
        start = position + (2 if pattern[position + 1 : position + 2] == "!" else 1)
        end = pattern.find("]", start + 1)  # one right at the start belongs to the set
        if end < 0:
            return True
        position = pattern.find("[", end)
    return False
