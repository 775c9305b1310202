# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access and refresh tokens of the Yeastar systems, and the lock-out after failed logins."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from telephony_lab.tokens import GivenOut


@dataclass
class Grant:
    """A pair of tokens and when they end."""

    access: str
    refresh: str
    access_ends: float
    refresh_ends: float


class Grants:
    """All pairs of one server."""

    def __init__(self, new_token: Callable[[], str], access_seconds: float, refresh_seconds: float) -> None:
        """Make tokens with a function, and let them live for so long."""
        self.access_seconds = access_seconds
        self.refresh_seconds = refresh_seconds
        self._new_token = new_token
        self._grants: list[Grant] = []
        self._issued: list[str] = []

    def add(self) -> Grant:
        """A new pair."""
        now = time.monotonic()
        grant = Grant(self._new_token(), self._new_token(), now + self.access_seconds, now + self.refresh_seconds)
        self._grants.append(grant)
        self._issued += (grant.access, grant.refresh)
        return grant

    def live(self) -> list[Grant]:
        """Pairs whose access token is still good."""
        now = time.monotonic()
        return [grant for grant in self._grants if grant.access_ends > now]

    def given_out(self) -> GivenOut:
        """All tokens, and the access tokens that are good."""
        return GivenOut(self._issued, [grant.access for grant in self.live()])

    def is_valid(self, access: str) -> bool:
        """Whether an access token is good."""
        return any(grant.access == access for grant in self.live())

    def was_given(self, access: str) -> bool:
        """Whether an access token was ever good."""
        return any(grant.access == access for grant in self._grants)

    def refresh(self, refresh: str) -> Grant | None:
        """Replace the pair of a refresh token; None when it isn't good."""
        now = time.monotonic()
        for grant in self._grants:
            if grant.refresh == refresh and grant.refresh_ends > now:
                self._grants.remove(grant)
                return self.add()
        return None

    def expire(self, access: str) -> None:
        """End an access token now; its refresh token stays good."""
        for grant in self._grants:
            if grant.access == access:
                grant.access_ends = 0.0

    def revoke(self, access: str) -> None:
        """Forget the pair of an access token."""
        self._grants = [grant for grant in self._grants if grant.access != access]

    def revoke_all(self) -> None:
        """Forget all refresh tokens; access tokens live on until they end."""
        for grant in self._grants:
            grant.refresh_ends = 0.0


class Lockout:
    """Counts consecutive failed logins; once locked, only a reset of the lab unlocks."""

    def __init__(self, allowed: int) -> None:
        """Lock when there are more failures than allowed."""
        self._allowed = allowed
        self._failures = 0

    @property
    def is_locked(self) -> bool:
        """Whether logins are refused."""
        return self._failures > self._allowed

    def note(self, success: bool) -> None:
        """Count a login."""
        self._failures = 0 if success else self._failures + 1
