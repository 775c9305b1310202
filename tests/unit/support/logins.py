# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A system that one can log in to, for tests of tokens: it counts logins, in this process or over many."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.telephony.pbx.plugins.module_utils._auth.token_file import TokenFile, open_token_file
from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import Token, TokenSource
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import AuthenticationFailed, ServerFailed
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection

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

    def _token(self) -> Token:
        number, now = self.logins + self.refreshes, self.clock()
        return Token(f"T{number}", now, now + LIFE, f"R{number}", now + 10 * LIFE, {"base": "/v1"})

    def login(self, password: str) -> Token:
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


def token_file(directory: Path, password: str = SECRET, **more: object) -> TokenFile | None:
    return open_token_file(connection(token_cache=str(directory), secret=password, **more))


def source(system: System, directory: Path | None = None, password: str = SECRET, refresh: bool = False) -> TokenSource:
    """Where a process of this user gets its token; without a directory it keeps it to itself."""
    file = token_file(directory, password) if directory else None
    assert (file is None) == (directory is None)
    return TokenSource(
        lambda: system.login(password), refresh=system.refresh if refresh else None, file=file, clock=system.clock
    )


def log_in_elsewhere(directory: str, right: bool, log: str) -> str:
    """What one of many processes does: get a token, noting each login in a file that all of them append to."""

    def login() -> Token:
        handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, b"login\n")
        os.close(handle)
        time.sleep(0.05)  # long enough for the others to come and wait
        if not right:
            raise AuthenticationFailed("user name or password is wrong")
        return Token(f"by {os.getpid()}", time.time(), time.time() + LIFE)

    password = SECRET if right else "wrong"
    tokens = TokenSource(login, file=token_file(Path(directory), password))
    try:
        return tokens.get().value
    except AuthenticationFailed as error:
        return "refused: " + str(error)
