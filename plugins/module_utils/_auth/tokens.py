# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login per system, address and credentials for all who share a session."""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t
from dataclasses import dataclass, field

from .._http.errors import AuthenticationFailed, PbxError, as_record, from_record
from .._http.messages import Request
from .session import LOGOUT, REFUSED, TOKEN, Session

EARLY = 0.1  # refreshed when less than this part of its life is left


@dataclass(frozen=True)
class Token:
    """A login. Times are epoch seconds by this machine's clock; C(None) = unknown."""

    value: str = field(repr=False)
    issued_at: float
    expires_at: float | None = None
    refresh: str | None = field(default=None, repr=False)
    refresh_expires_at: float | None = None

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
    ``logout(token)`` is the request that ends a login, None where there is none.
    """

    def __init__(
        self,
        session: Session,
        login: t.Callable[[], Token],
        *,
        refresh: t.Callable[[Token], Token] | None = None,
        logout: t.Callable[[Token], Request | None] = lambda token: None,
        clock: t.Callable[[], float] = time.time,
    ) -> None:
        self._session, self._login, self._refresh, self._logout, self._clock = session, login, refresh, logout, clock
        # Long enough for one login with all its repeats; after that each goes for itself rather than hang.
        self._patience = session.connection.timeout * (session.connection.retries + 1)
        self._lock = threading.Lock()  # of the threads that share this source

    @property
    def held(self) -> Token | None:
        """The token at hand, without logging in."""
        record = self._session.known.get(TOKEN)
        return Token(**record) if record else None

    def get(self, rejected: Token | None = None) -> Token:
        """A token that should work, other than one that the server has just refused.

        At most one new login for all who ask. Raises PbxError.
        """
        with self._lock:
            return self._good(rejected) or self._made(rejected)

    def keep(self) -> None:
        """Don't log out at the end: somebody goes on using the token."""
        self._session.learn({LOGOUT: None})

    def forget(self) -> None:
        """The token is dead (logged out): nobody should use it again."""
        self._session.learn({TOKEN: None, LOGOUT: None})

    def _good(self, rejected: Token | None) -> Token | None:
        """The token at hand, if it is worth a try."""
        token = self.held
        good = token and token.fresh(self._clock()) and not (rejected and rejected.value == token.value)
        return token if good else None

    def _made(self, rejected: Token | None) -> Token:
        """A new token, unless another makes one meanwhile."""
        with self._session.login_lock(self._patience):
            found = self._good(rejected)
            if found:
                return found
            self._refuse_known_bad()
            try:
                token = self._new(rejected)
            except AuthenticationFailed as error:
                self._session.learn({REFUSED: as_record(error)})
                raise
            logout = self._logout(token)
            self._session.learn({TOKEN: {**vars(token)}, LOGOUT: logout and {**vars(logout)}})
            return token

    def _new(self, rejected: Token | None) -> Token:
        """Refresh where that is possible: it can't lock anybody out, and Yeastar counts logins (facts/vendors.md 1.1)."""
        old = self.held
        if self._refresh and old and old.can_refresh(self._clock()) and not (rejected and rejected.value == old.value):
            with contextlib.suppress(PbxError):  # revoked, or unknown after a restart: the login will tell
                return self._refresh(old)
        return self._login()

    def _refuse_known_bad(self) -> None:
        record = self._session.known.get(REFUSED)
        if record:
            error = from_record(record)
            raise error.but(
                message=f"these credentials were refused earlier in this run: {error.message}",
                hint="They are not tried again, so that the account isn't locked; other credentials are tried at once",
            )
