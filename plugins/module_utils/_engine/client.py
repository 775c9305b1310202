# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client of a system offers to the layers above: rows of lists, single objects, and single calls."""

from __future__ import annotations

import abc
import functools
import random
import time
import typing as t
from dataclasses import replace

from .._auth.session import Session
from .._auth.tokens import Token, TokenSource
from .._http.client import HttpClient
from .._http.connection import Connection
from .._http.errors import (
    AuthenticationFailed,
    PbxError,
    ProtocolFailed,
    RateLimited,
    Unsupported,
)
from .._http.messages import UNSET, Call, Request, Response
from .._http.paging import Listing
from .._http.version import VERSION
from .._model import converters
from .._model.resource import Object, Resource
from .failures import Failures
from .journal import Journal

LOGIN_PAUSE = (2.0, 6.0)  # seconds, between two tries to get a token from a server that has no more
Query = t.Mapping[str, t.Any]
Say = t.Callable[[str], None]
Found = t.TypeVar("Found")
OpenSession = t.Callable[[Connection], Session]


class Client(Failures, abc.ABC):
    """Login, envelope and errors of one system. Each system has one subclass, in C(_systems)."""

    has_refresh = False
    pause = staticmethod(time.sleep)
    writes_by_get: tuple[str, ...] = ()  # the ends of paths by which a GET changes something
    retry_statuses = frozenset((500, 502, 503, 504))

    def __init__(self, connection: Connection, open_session: OpenSession, *, say: Say | None = None) -> None:
        """``say(text)`` is told of progress (shown at -v). ``open_session``: where connections, login and locks are."""
        self.connection = connection
        self.say: Say = say or (lambda text: None)
        self.journal = Journal()  # of the task at hand
        self.session = open_session(connection)
        self.http = HttpClient(
            self.session,
            user_agent="telephony.pbx/" + VERSION,
            busy=self.is_busy,
            retry_statuses=self.retry_statuses,
        )
        self.tokens: TokenSource | None = None
        if connection.token is None:
            refresh = self._refresh if self.has_refresh else None
            self.tokens = TokenSource(self.session, self._login, refresh=refresh, logout=self._logout)

    # What a system's client has to say

    @abc.abstractmethod
    def login(self) -> Token:
        """Log in. Raises AuthenticationFailed for wrong credentials."""

    def refresh(self, token: Token) -> Token:
        """Trade a token for a new one, where the system can."""
        raise NotImplementedError

    def logout(self, token: str) -> Call | None:
        """The call, with the token in it, that ends this login and no other; None where there is none."""
        return None

    @abc.abstractmethod
    def authorized(self, call: Call, token: str) -> Call:
        """The call with the token in its place."""

    @abc.abstractmethod
    def is_rejected(self, answer: Response) -> bool:
        """Whether the answer means that the token is no longer good (and not that the account lacks a permission)."""

    @abc.abstractmethod
    def unwrap(self, answer: Response) -> t.Any:
        """The payload without its envelope. Raises the PbxError that a bad answer means."""

    @abc.abstractmethod
    def listed(self, path: str, key: str, query: Query) -> Listing:
        """A whole list, all pages of it. ``key`` names a row's identity on the wire."""

    @abc.abstractmethod
    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """One object as sent, or None if it doesn't exist, by the resource's detail path."""

    def is_busy(self, answer: Response) -> bool:
        """Whether the answer means "try later" in the system's own words."""
        return False

    # What they share

    def rows(self, resource: Resource, query: Query) -> Listing:
        """All rows of a resource. ``query``: what the server itself filters and sorts by, in its own names."""
        if resource.reader:
            return t.cast(Listing, resource.reader.rows(self, resource, query))
        return self.plain_rows(resource, query)

    def row(self, resource: Resource, key: t.Any) -> Object | None:
        """One object as sent, by the key that its detail path wants; None if it doesn't exist."""
        return resource.reader.row(self, resource, key) if resource.reader else self.one(resource, key)

    def plain_rows(self, resource: Resource, query: Query) -> Listing:
        """All rows by the resource's list path, whatever its reader."""
        return self.listed(resource.list_path, resource.field(resource.key).path[-1], query)

    def by_version(self, what: str, *ways: t.Callable[[], Found]) -> Found:
        """The result of the first of several ways that this server offers. Which one that is, is found out once per run.

        ``what`` names the question. Raises Unsupported if the server has none of them.
        """
        known, failures = self.learned(what) or 0, []
        for number in (known, *(other for other in range(len(ways)) if other != known)):
            try:
                found = ways[number]()
            except Unsupported as error:
                failures.append(error)
                continue
            if number != known:
                self.learn(what, number)
            return found
        raise failures[0]

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """Waits for so long until nobody else on this machine changes this thing; gives whether that came."""
        return self.session.object_lock(what, seconds)

    def learned(self, what: str) -> t.Any:
        """What was found out about the server in this run, by this task or an earlier one; None if nothing was."""
        return self.session.known.get(what)

    def learn(self, what: str, value: t.Any) -> None:
        """Keep something about the server, so that it needn't be found out again in this run."""
        self.session.learn({what: value})

    def revoke(self, token: str) -> None:
        """End this login, where the system has a call that ends no other."""
        call = self.logout(token)
        if call:
            self.unwrap(self.http.send(call))

    def call(self, call: Call) -> t.Any:
        """Send a call with a token, and give the payload of its response. A token that is refused is renewed once."""
        return self.unwrap(self.send(call))

    def write(self, method: str, path: str, body: t.Any = UNSET, query: tuple[tuple[str, str], ...] = ()) -> t.Any:
        """Send a call that changes something, and give the payload of its response; the journal has what became of it.

        It isn't sent twice if the server may have heard it. Without ``body`` it has none.
        """
        call = Call(method, path, query, json=body)
        with self.journal.step(call) as step:
            step.response = self.send(call)
            return self.accepted(step.response)

    def accepted(self, response: Response) -> t.Any:
        """The payload of the response to a write. Raises the PbxError that a refusal means."""
        return self.unwrap(response)

    def send(self, call: Call) -> Response:
        """As C(call), but the answer as it came."""
        return self.sensible(call, self._send)

    def sensible(self, call: Call, send: t.Callable[[Call], Response]) -> Response:
        """The answer to a call that is sent in this way.

        One that makes no sense may belong to an earlier call, whose connection is out of step from then on, or come from
        something before the server: what may be repeated is asked once more, on a connection of its own.
        """
        answer = send(call)
        if not call.repeatable or call.fresh or self._makes_sense(answer):
            return answer
        self.session.start_over()
        return send(replace(call, fresh=True))

    def _makes_sense(self, answer: Response) -> bool:
        try:
            self.unwrap(answer)
        except ProtocolFailed:
            return False
        except PbxError:
            pass
        return True

    def _send(self, call: Call) -> Response:
        if self.tokens is None:
            answer = self.http.send(self.authorized(call, t.cast(str, self.connection.token)))
            if self.is_rejected(answer):
                raise self.failed(answer, AuthenticationFailed, "api_token isn't accepted (any more)")
            return answer
        token = self._token_from(self.tokens.get)
        answer = self.http.send(self.authorized(call, token.value))
        refused_at = time.time()
        while self.is_rejected(answer):
            token = self._token_from(functools.partial(self.tokens.get, token))
            answer = self.http.send(self.authorized(call, token.value))
            # One from before that came from another task, and may be dead as well; a new one can't be.
            if token.issued_at >= refused_at and self.is_rejected(answer):
                raise self.failed(answer, AuthenticationFailed, "the server refuses a token that it has only just given")
        return answer

    def _token_from(self, source: t.Callable[[], Token]) -> Token:
        try:
            token = source()
        except AuthenticationFailed as error:
            raise error.but(system=error.system or self.connection.title) from None
        self.http.hide(token.value)
        self.http.hide(token.refresh)
        return token

    def close(self) -> None:
        """Give back the session. One of this process alone logs out."""
        self.session.close()

    def new_token(self, answer: Response, value: t.Any, life: t.Any, refresh: t.Any, refresh_life: t.Any) -> Token:
        """A token that lives from now on; lifetimes are in seconds. Raises ProtocolFailed for what can't be one."""
        now = time.time()
        try:
            expires_at, refresh_expires_at = now + converters.whole(life), now + converters.whole(refresh_life)
        except (ValueError, TypeError, OverflowError):
            value = None
        if not isinstance(value, str) or not value or not isinstance(refresh, (str, type(None))):
            raise self.failed(answer, ProtocolFailed, "the answer to the login holds no token that can be used")
        return Token(value, now, expires_at, refresh, refresh_expires_at)

    def _login(self) -> Token:
        """A server that has given out all its tokens is asked again, within the time that the options allow."""
        end = time.monotonic() + self.connection.timeout
        while True:
            self.http.counters.logins += 1
            try:
                return self._kept(self.login())
            except RateLimited as error:
                pause = random.uniform(*LOGIN_PAUSE)  # not all of those who wait at the same moment
                if not self.connection.retries or time.monotonic() + pause > end:
                    raise
                self.say(f"{error}; trying again in {pause:.0f} seconds")
                self.pause(pause)

    def _refresh(self, token: Token) -> Token:
        return self._kept(self.refresh(token))

    def _logout(self, token: Token) -> Request | None:
        call = self.logout(token.value)
        return self.http.request(call) if call else None

    def _kept(self, token: Token) -> Token:
        if not all(text.isascii() and text.isprintable() for text in (token.value, token.refresh or "")):
            raise ProtocolFailed(
                "the login gives a token with characters that can't be sent", system=self.connection.title
            )
        self.http.hide(token.value)
        self.http.hide(token.refresh)
        return token
