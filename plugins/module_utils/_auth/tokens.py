# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login per system, address and principal for a whole run, over threads, tasks and forks."""

from __future__ import annotations

import contextlib
import math
import threading
import time
import typing as t
from dataclasses import dataclass, field, replace

from .._http.errors import AuthenticationFailed, PbxError
from .token_file import REFUSED, TOKEN, TokenFile

BAD_MEMORY = 60.0  # seconds for which wrong credentials are not tried again
EARLY = 0.1  # refreshed when less than this part of its life is left


@dataclass(frozen=True)
class Token:
    """A login. Times are epoch seconds by this machine's clock; C(None) = unknown.

    ``notes`` keeps what the client learned at login (Jade: the base path), so that other tasks needn't find out again.
    """

    value: str = field(repr=False)
    issued_at: float
    expires_at: float | None = None
    refresh: str | None = field(default=None, repr=False)
    refresh_expires_at: float | None = None
    notes: t.Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def stored(cls, record: t.Any) -> Token | None:
        """The token of a record, or None if any part of it can't be right: another version may have written it, or chance."""
        with contextlib.suppress(TypeError, AttributeError, OverflowError):  # not even of the right types
            token = cls(**record)
            texts = "".join((token.value, token.refresh or "", *token.notes.values()))
            times = token.issued_at, token.expires_at or 0.0, token.refresh_expires_at or 0.0
            if token.value and texts.isascii() and texts.isprintable() and all(map(math.isfinite, times)):
                return token
        return None

    def fresh(self, now: float) -> bool:
        """Whether it will last for a while yet."""
        return not self.expires_at or now < self.expires_at - EARLY * (self.expires_at - self.issued_at)

    def can_refresh(self, now: float) -> bool:
        """Whether its refresh token is worth sending."""
        return bool(self.refresh) and (not self.refresh_expires_at or now < self.refresh_expires_at)


class TokenSource:
    """Hands out one good token.

    ``login()`` asks the system for a token and raises AuthenticationFailed if it doesn't take the credentials.
    ``refresh(token)``, where the system has it, trades an old token for a new one.
    ``file`` is where other processes find the token; without it the token lives and dies with this object.
    """

    def __init__(
        self,
        login: t.Callable[[], Token],
        *,
        refresh: t.Callable[[Token], Token] | None = None,
        file: TokenFile | None = None,
        clock: t.Callable[[], float] = time.time,
    ) -> None:
        self.current: Token | None = None  # in use, if there has been one
        self.shared = file is not None  # with other tasks; if not, whoever asked for it has to log out
        self._login = login
        self._refresh = refresh
        self._file = file
        self._clock = clock
        self._lock = threading.Lock()

    def peek(self) -> Token | None:
        """The token that is at hand, in this process or in the file, without logging in."""
        with self._lock:
            return self.current or self._found()

    def get(self, rejected: Token | None = None) -> Token:
        """A token that should work, other than one that the server has just refused.

        At most one new login for all who ask. Raises PbxError.
        """
        with self._lock:
            self.current = self._good(self.current, rejected) or self._found(rejected) or self._made(rejected)
            return self.current

    def remember(self, name: str, value: str) -> None:
        """Note something of the server beside the token, for the tasks to come."""
        if self._file is None:
            return
        with self._file.lock():
            token = self._stored()
            if token:
                self._file.write(TOKEN, {"token": vars(replace(token, notes={**token.notes, name: value}))})

    def forget(self) -> None:
        """The token is dead (logged out): neither this process nor another should use it again."""
        with self._lock:
            self.current = None
            if self._file:
                self._file.remove(TOKEN)

    def forgive(self) -> None:
        """The account has another password now: one that was refused may be tried again at once."""
        if self._file:
            self._file.remove(REFUSED)

    def _good(self, token: Token | None, rejected: Token | None) -> Token | None:
        """The token, if it is worth a try."""
        good = token and token.fresh(self._clock()) and not (rejected and rejected.value == token.value)
        return token if good else None

    def _stored(self) -> Token | None:
        return Token.stored(self._file.read(TOKEN).get("token")) if self._file else None

    def _found(self, rejected: Token | None = None) -> Token | None:
        """The token that another task has left in the file, if it is worth a try."""
        found = self._good(self._stored(), rejected)
        self.shared = self.shared or found is not None
        return found

    def _made(self, rejected: Token | None) -> Token:
        """A new token, unless another fork makes one meanwhile."""
        if self._file is None:
            return self._new(self.current, rejected)
        with self._file.lock():
            found = self._found(rejected)
            if found:
                return found
            self._refuse_known_bad(self._file.read(REFUSED).get("at"))
            try:
                token = self._new(self._stored(), rejected)
            except AuthenticationFailed:
                self._file.write(REFUSED, {"at": self._clock()})
                raise
            self.shared = self._file.write(TOKEN, {"token": vars(token)})
            return token

    def _new(self, old: Token | None, rejected: Token | None) -> Token:
        """Refresh where that is possible: it can't lock anybody out, and Yeastar counts logins (facts/vendors.md 1.1)."""
        if self._refresh and old and old.can_refresh(self._clock()) and not (rejected and rejected.value == old.value):
            with contextlib.suppress(PbxError):  # revoked, or unknown after a restart: the login will tell
                return self._refresh(old)
        return self._login()

    def _refuse_known_bad(self, refused_at: t.Any) -> None:
        age = self._clock() - refused_at if isinstance(refused_at, float) else BAD_MEMORY
        if 0 <= age < BAD_MEMORY:
            raise AuthenticationFailed(
                f"these credentials were refused {age:.0f} seconds ago",
                hint=f"They are not tried again for {BAD_MEMORY - age:.0f} seconds, so that the account isn't locked;"
                " other credentials are tried at once",
            )
