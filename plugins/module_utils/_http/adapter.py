# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What requests and urllib3 are told to do differently: whom to trust, what a server may send, no redirects, no cookies.

requests can't tell whether a server may have heard a request that failed, and its timeouts begin anew with each byte.
"""

from __future__ import annotations

import functools
import http.client
import io
import logging
import re
import ssl
import threading
import time
import typing as t
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import unquote, urlsplit

from .connection import Connection
from .errors import ConnectionFailed, ProtocolFailed
from .library import HTTPAdapter, Session, requests, urllib3
from .trust import tls_context

SLOW_RESPONSE = 10  # a response may take this many times the timeout in all, however slowly it drips
MAX_BYTES = 64 * 1024 * 1024  # of a response, as it comes over the wire; a list of 10 000 Cloud PBXs is 10 MB in all
_LENGTH = re.compile("[0-9]{1,18}")
# How far a connection got that failed: to nobody, to the server or its proxy, through the proxy.
NOWHERE, MET, THROUGH = range(3)


class NotConnected(Exception):
    """No connection came about, so nothing was sent. ``cause``: what Python raised; ``stage``: how far it got."""

    def __init__(self, cause: BaseException, stage: int) -> None:
        super().__init__()
        self.cause, self.stage = cause, stage


class _Here(threading.local):
    """What this thread is about: how many connections it has made, and whether it is sending."""

    connects = 0
    sending = False


HERE = _Here()
for name in ("connection", "connectionpool", "response", "util.retry"):
    # They would log URLs, where tokens travel.
    logging.getLogger(f"urllib3.{name}").addFilter(lambda record: not HERE.sending)


def cause_of(error: BaseException) -> BaseException:
    """What Python itself raised, below the exceptions that urllib3 and requests wrap around it."""
    wrappers = (requests.RequestException, urllib3.exceptions.HTTPError)
    while isinstance(error, wrappers) and not isinstance(error, http.client.HTTPException) and error.__context__:
        error = error.__context__
    return error


class _Bounded(io.RawIOBase):
    """What a socket gives, until its time or its bytes are used up."""

    def __init__(self, raw: io.RawIOBase, seconds: float) -> None:
        super().__init__()
        self._raw, self._end, self._left = raw, time.monotonic() + seconds, MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        if time.monotonic() > self._end:
            raise ConnectionFailed("the answer takes too long and was given up")
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise too_large()
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def too_large() -> ProtocolFailed:
    """The error for a response that is larger than MAX_BYTES."""
    return ProtocolFailed(f"the answer is larger than {MAX_BYTES} bytes and was given up")


class _Response(http.client.HTTPResponse):
    """As Python's own, but bounded; an interim response never passes for the response."""

    def __init__(self, sock: t.Any, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Bounded(self.fp.detach(), SLOW_RESPONSE * sock.gettimeout()))

    def begin(self) -> None:
        """Python takes the first of several lengths, and reads on until the end of the connection for one that is none."""
        super().begin()
        lengths = {length.strip() for line in self.headers.get_all("Content-Length", []) for length in line.split(",")}
        if lengths and not self.chunked:
            if len(lengths) > 1 or not _LENGTH.fullmatch(min(lengths)):
                raise ProtocolFailed("the length of the answer makes no sense")
            if self.length is None:  # the same one twice
                self.length = int(lengths.pop())

    def _read_status(self) -> tuple[str, int, str]:
        """Python itself passes over a 100 alone: behind a 103 the response would be read as that to the next call."""
        while True:
            found = super()._read_status()  # type: ignore[misc]
            if not 101 < found[1] < 200:
                return t.cast("tuple[str, int, str]", found)
            http.client.parse_headers(self.fp)


class _Connection:
    """Goes before a connection class of urllib3: tells how far a connection got that failed, and bounds what comes back."""

    response_class = _Response
    debuglevel = 0  # whoever sets Python's own class to talk would see tokens
    stage = NOWHERE

    def connect(self) -> None:
        """Raises NotConnected."""
        HERE.connects += 1
        self.stage = NOWHERE
        try:
            super().connect()  # type: ignore[misc]
        except (OSError, ValueError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
            raise NotConnected(cause_of(error), self.stage) from None
        self.is_verified = True  # as far as our TLS context checks: urllib3 would warn of each request otherwise

    def _new_conn(self) -> t.Any:
        sock = super()._new_conn()  # type: ignore[misc]
        self.stage = MET
        return sock

    def _tunnel(self) -> None:
        super()._tunnel()  # type: ignore[misc]
        self.stage = THROUGH


@functools.cache
def _with_our_connections(pool: t.Any) -> type:
    return type("Pool", (pool,), {"ConnectionCls": type("Connection", (_Connection, pool.ConnectionCls), {})})


def _make_ours(manager: t.Any) -> None:
    pools = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {scheme: _with_our_connections(pool) for scheme, pool in pools.items()}


class _Adapter(HTTPAdapter):
    """Connections that trust by our TLS contexts alone: one for servers, one for proxies that speak TLS themselves."""

    def __init__(self, size: int, tls: ssl.SSLContext | None, proxy_tls: ssl.SSLContext | None) -> None:
        self._tls: t.Any = {"ssl_context": tls or proxy_tls}
        self._proxy_tls = {"proxy_ssl_context": proxy_tls} if proxy_tls else {}
        self._lock = threading.Lock()
        super().__init__(pool_maxsize=size, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: t.Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **self._tls, **kwargs)
        _make_ours(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: t.Any) -> t.Any:
        with self._lock:  # no thread may use one before it is ours
            if proxy not in self.proxy_manager:
                _make_ours(super().proxy_manager_for(proxy, **self._tls, **self._proxy_tls, **kwargs))
            return self.proxy_manager[proxy]

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """As requests has it, but in UTF-8, and also for a login that is a token without a user name."""
        parts = urlsplit(proxy)
        login = [unquote(part or "").encode() for part in (parts.username, parts.password)]
        return {"Proxy-Authorization": requests.auth._basic_auth_str(*login)} if login[0] else {}

    def cert_verify(self, *args: t.Any) -> None:
        """Nothing: requests would add the authorities of certifi to those of our context."""


class _Session(Session):
    """A session that takes no redirect, not even to read what it says, and logs nothing."""

    def get_redirect_target(self, resp: t.Any) -> None:
        return None

    def send(self, request: t.Any, **kwargs: t.Any) -> requests.Response:
        HERE.sending = True
        try:
            return super().send(request, **kwargs)
        finally:
            HERE.sending = False


def new_session(connection: Connection) -> requests.Session:
    """A session for one server, without any connection yet. Raises BadInput for certificate files that can't be used."""
    proxy, trusted = connection.proxy, connection.trusted
    secure = connection.url.startswith("https:")
    tls = tls_context(trusted, connection.client_cert, connection.client_key) if secure else None
    proxy_tls = tls_context(trusted, None, None) if proxy and proxy.startswith("https:") else None
    session = _Session()
    session.trust_env = False  # it would bring logins from .netrc
    session.verify = trusted is not None
    session.proxies = {"http": proxy, "https": proxy} if proxy else {}
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.mount("http://", adapter := _Adapter(connection.concurrency, tls, proxy_tls))
    session.mount("https://", adapter)
    return session
