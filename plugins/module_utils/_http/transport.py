# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections to one server, and requests on them.

On Python's own http.client. In a forked task each layer is touched for the first time and paid in copied pages of memory:
urllib3 on top costs another tenth of our part of a task, and requests on top of that one more. It also makes one library less
to install, and keeps out what requests reads from the environment: logins from ~/.netrc, for one.
"""

from __future__ import annotations

import contextlib
import http.client
import select
import threading
import typing as t
from urllib.parse import urlsplit

from .._http.connection import Connection
from . import response_reader
from .proxies import proxy_before
from .transport_errors import NotConnected
from .trust import tls_context, trusted_cas


class Plain(http.client.HTTPConnection):
    """A connection, with our way to take an answer."""

    response_class = response_reader.RawResponse
    debuglevel = 0  # whoever sets Python's own class to talk would see tokens


class Tls(http.client.HTTPSConnection):
    """A connection in TLS, with our way to take an answer."""

    response_class = response_reader.RawResponse
    debuglevel = 0


class Transport:
    """Connections to one server, kept alive and bounded in number; safe to use from several threads."""

    def __init__(self, connection: Connection, plain: type[Plain] = Plain) -> None:
        """``plain`` is what connects without TLS. Raises BadInput for a proxy or certificate files that can't be used."""
        parts = urlsplit(connection.url)
        self._host = parts.hostname or ""
        self._timeout = connection.timeout
        self._prefix = parts.path
        self._plain = plain
        self._tls = None
        if parts.scheme == "https":
            trusted = trusted_cas(connection.ca_path) if connection.validate_certs else None
            self._tls = tls_context(trusted, connection.client_cert, connection.client_key)
        self._port = (Tls if self._tls else Plain).default_port if parts.port is None else parts.port
        self._proxy = proxy_before(connection)
        if self._proxy and not self._tls:
            self._prefix = connection.url  # the proxy wants whole addresses
        self._free = threading.BoundedSemaphore(connection.concurrency)
        self._idle: list[http.client.HTTPConnection] = []
        self._keeps = True

    @contextlib.contextmanager
    def exchange(
        self, method: str, path: str, body: bytes | None, headers: t.Mapping[str, str]
    ) -> t.Iterator[response_reader.RawResponse]:
        """Send a request; gives the response, whose body can be read until the end of the block.

        ``path`` has its query with it. Never follows a redirect. Raises what http.client raises, and NotConnected.
        """
        sent = {**headers, **self._proxy.headers} if self._proxy and not self._tls else dict(headers)
        with self._free:
            line = self._kept() or self._connected()
            usable = False
            try:
                with contextlib.suppress(BrokenPipeError):  # a server that refuses early may have said why
                    line.request(method, self._prefix + path, body, sent)
                response = t.cast(response_reader.RawResponse, line.getresponse())
                yield response
                # A connection that wasn't read to its end would give its rest to the next request.
                usable = response.isclosed() and not response.will_close
            finally:
                if usable and self._keeps:
                    self._idle.append(line)
                else:
                    line.close()

    def close(self) -> None:
        """Close what is kept alive, and keep nothing any more. What is under way goes on."""
        self._keeps = False
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> http.client.HTTPConnection | None:
        """A connection that was used before, unless the server has closed it or sent what nobody asked for."""
        with contextlib.suppress(IndexError):  # another thread was faster
            while True:
                line = self._idle.pop()
                if not _has_come(line.sock):
                    return line
                line.close()
        return None

    def _connected(self) -> http.client.HTTPConnection:
        line = self._line()
        try:
            line.connect()
        except BaseException as error:
            met = line.sock is not None
            line.close()
            if isinstance(error, (OSError, http.client.HTTPException, UnicodeError)):
                raise NotConnected(error, met, self._proxy.shown if self._proxy else None) from None
            raise
        return line

    def _line(self) -> http.client.HTTPConnection:
        host, port = (self._proxy.host, self._proxy.port) if self._proxy else (self._host, self._port)
        if not self._tls:
            return self._plain(host, port, timeout=self._timeout)
        line = Tls(host, port, timeout=self._timeout, context=self._tls)
        if self._proxy:
            line.set_tunnel(self._host, self._port, self._proxy.headers)
        return line


def _has_come(sock: t.Any) -> bool:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
