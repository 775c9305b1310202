# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login per system, address and principal for a whole run, over threads, tasks and forks."""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t
from dataclasses import dataclass, field, replace

from .._http.errors import AuthenticationFailed, PbxError
from .token_file import TokenFile, moment

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
    def stored(cls, record: t.Mapping[str, t.Any]) -> Token | None:
        """The token of a record, or None if any part of it can't be right: another version may have written it, or chance."""
        times = {name: moment(record.get(name)) for name in ("issued_at", "expires_at", "refresh_expires_at")}
        value, refresh, notes = record.get("value"), record.get("refresh"), record.get("notes", {})
        sound = _is_token(value) and (refresh is None or _is_token(refresh)) and times["issued_at"] is not None
        sound = sound and all(times[name] is not None or record.get(name) is None for name in times)
        sound = sound and isinstance(notes, dict) and all(isinstance(note, str) for note in notes.values())
        if not sound or not record.keys() <= cls.__dataclass_fields__.keys():
            return None
        return cls(**{**record, **times, "notes": notes})

    def fresh(self, now: float) -> bool:
        """Whether it will last for a while yet."""
        if self.expires_at is None:
            return True
        return now < self.expires_at - EARLY * (self.expires_at - self.issued_at)

    def can_refresh(self, now: float) -> bool:
        """Whether its refresh token is worth sending."""
        return self.refresh is not None and (self.refresh_expires_at is None or now < self.refresh_expires_at)


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
        self._login = login
        self._refresh = refresh
        self._file = file
        self._clock = clock
        self._token: Token | None = None
        self._found: tuple[t.Any, Token | None] = None, None
        self._kept = True
        self._lock = threading.Lock()

    @property
    def shared(self) -> bool:
        """Whether other tasks use this token too. If not, whoever asked for it has to log out."""
        return self._file is not None and self._kept

    @property
    def current(self) -> Token | None:
        """The token in use, if there has been one."""
        return self._token

    def peek(self) -> Token | None:
        """The token that is at hand, in this process or in the file, without logging in."""
        with self._lock:
            return self._token or self._usable(rejected=None)

    def note(self, name: str) -> str | None:
        """What a task before this one has learned of the server, and noted with the token."""
        token = self.peek()
        return token.notes.get(name) if token else None

    def remember(self, name: str, value: str) -> None:
        """Note something for the tasks to come, in this process and others, for as long as the token lives."""
        with self._lock:
            if self._token is None:
                return
            self._token = replace(self._token, notes={**self._token.notes, name: value})
            if self._file is None:
                return
            with self._file.lock():
                stored = self._stored()
                if stored and stored.value == self._token.value:
                    self._token = replace(self._token, notes={**stored.notes, **self._token.notes})
                    self._file.write(vars(self._token))

    def get(self) -> Token:
        """A token that should work. Logs in only if nobody has done so. Raises PbxError."""
        with self._lock:
            if self._token is None or not self._token.fresh(self._clock()):
                self._token = self._shared_or_new(rejected=None)
            return self._token

    def renew(self, rejected: Token) -> Token:
        """A token other than this one, which the server has just refused. At most one new login for all who ask."""
        with self._lock:
            if self._token is None or self._token.value == rejected.value:
                self._token = self._shared_or_new(rejected=rejected.value)
            return self._token

    def forget(self) -> None:
        """The token is dead (logged out): neither this process nor another should use it again."""
        with self._lock:
            token = self._token or self._stored()
            if self._file and token:
                self._file.remove(token.value)
            self._token = None

    def forgive(self) -> None:
        """The account has another password now: one that was refused may be tried again at once."""
        if self._file:
            self._file.forget_bad()

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """Whether it is this task's turn to change something; see TokenFile. Without a file nobody knows of each other."""
        return self._file.object_lock(what, seconds) if self._file else contextlib.nullcontext(True)

    def _shared_or_new(self, rejected: str | None) -> Token:
        if self._file is None:
            return self._new(self._token, rejected)
        found = self._usable(rejected)
        if found:
            self._kept = True
            return found
        with self._file.lock():
            # Another fork may have logged in while this one waited for the lock.
            found = self._usable(rejected)
            if found:
                self._kept = True
                return found
            self._refuse_known_bad(self._file)
            try:
                token = self._new(self._stored(), rejected)
            except AuthenticationFailed:
                self._file.remember_bad(self._clock())
                raise
            self._kept = self._file.write(vars(token))
            return token

    def _stored(self) -> Token | None:
        record = self._file.read() if self._file else None
        if record is not self._found[0]:
            self._found = record, Token.stored(record) if record else None
        return self._found[1]

    def _usable(self, rejected: str | None) -> Token | None:
        stored = self._stored()
        good = stored is not None and stored.value != rejected and stored.fresh(self._clock())
        return stored if good else None

    def _new(self, old: Token | None, rejected: str | None) -> Token:
        """Refresh where that is possible: it can't lock anybody out, and Yeastar counts logins (facts/vendors.md 1.1)."""
        refreshable = old is not None and old.value != rejected and old.can_refresh(self._clock())
        if self._refresh and old and refreshable:
            try:
                return self._refresh(old)
            except PbxError:
                pass  # revoked or unknown after a restart: the login will tell
        return self._login()

    def _refuse_known_bad(self, file: TokenFile) -> None:
        failed_at = file.bad_since()
        if failed_at is None:
            return
        age = self._clock() - failed_at
        if 0 <= age < BAD_MEMORY:
            raise AuthenticationFailed(
                f"these credentials were refused {age:.0f} seconds ago",
                hint=f"They are not tried again for {BAD_MEMORY - age:.0f} seconds, so that the account isn't locked;"
                " other credentials are tried at once",
            )


def _is_token(value: t.Any) -> bool:
    """Whether it is a text that a header or a URL can carry."""
    return isinstance(value, str) and value != "" and value.isascii() and value.isprintable()
