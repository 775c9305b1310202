# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A system that one can log in to, for tests of tokens: it counts logins."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from ansible_collections.telephony.pbx.plugins.module_utils._auth.session import Session
from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import Token, TokenSource
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import AuthenticationFailed, ServerFailed
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET

LIFE = 1000.0
NOW = 1_800_000_000.0


@dataclass
class Clock:
    """Time that stands still until it is told."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class System:
    """Gives tokens ``T1``, ``T2``, ... that live for LIFE seconds, to whoever has the password."""

    clock: Clock = field(default_factory=Clock)
    password: str = SECRET
    logins: int = 0
    failed: int = 0
    refreshes: int = 0
    can_refresh: bool = True
    pause: float = 0.0  # seconds that a login takes

    def _token(self) -> Token:
        number, now = self.logins + self.refreshes, self.clock()
        return Token(f"T{number}", now, now + LIFE, f"R{number}", now + 10 * LIFE)

    def login(self, password: str) -> Token:
        time.sleep(self.pause)
        if password != self.password:
            self.failed += 1
            raise AuthenticationFailed("user name or password is wrong")
        self.logins += 1
        return self._token()

    def refresh(self, token: Token) -> Token:
        if not self.can_refresh:
            raise ServerFailed("no")
        self.refreshes += 1
        return self._token()


def source(system: System, session: Session, *, refresh: bool = False) -> TokenSource:
    """Where a task gets its token: it logs in with the password of its session."""
    password = session.connection.secret or ""
    return TokenSource(
        session, lambda: system.login(password), refresh=system.refresh if refresh else None, clock=system.clock
    )
