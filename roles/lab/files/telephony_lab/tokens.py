# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens without a partner that renews them: who ends one, or lets it end, logs in again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Generic, TypeVar

Owner = TypeVar("Owner")


@dataclass(frozen=True)
class GivenOut:
    """The tokens of one server: all since the last reset, those that renew others included, and those that are still good."""

    issued: list[str]
    live: list[str]


class Tokens(Generic[Owner]):
    """All tokens of one server, each with its owner and its end."""

    def __init__(self) -> None:
        """Start with none."""
        self._given: dict[str, tuple[Owner, float]] = {}
        self._issued: list[str] = []

    def add(self, token: str, owner: Owner, seconds: float) -> None:
        """Let a token be good for so long."""
        self._given[token] = (owner, time.monotonic() + seconds)
        self._issued.append(token)

    def owner(self, token: str) -> Owner | None:
        """Whose token this is; None when it isn't good."""
        owner, ends = self._given.get(token, (None, 0.0))
        return owner if ends > time.monotonic() else None

    def given_out(self) -> GivenOut:
        """All of them, and those that are good."""
        return GivenOut(self._issued, [token for token in self._given if self.owner(token)])

    def was_given(self, token: str) -> bool:
        """Whether a token was ever good."""
        return token in self._given

    def expire(self, token: str) -> None:
        """End a token now."""
        if token in self._given:
            self._given[token] = (self._given[token][0], 0.0)

    def forget_all(self, owner: Owner, but: str) -> None:
        """Forget all tokens of an owner but one."""
        self._given = {token: given for token, given in self._given.items() if given[0] != owner or token == but}
