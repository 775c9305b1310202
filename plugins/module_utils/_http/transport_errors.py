# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns what Python raises about a connection into our errors, and tells whether a server can have heard the request."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import typing as t

from .._http.connection import Connection
from . import response_reader
from .errors import (
    ConnectionFailed,
    PbxError,
    ProtocolFailed,
    TlsFailed,
)

Where = t.Dict[str, t.Any]
TLS_HINT = (
    "Give the CA that signed it with api_ca_path; on a network that you trust, api_validate_certs: false skips the check"
)
LIMIT_HINT = "api_timeout sets the limit"


class NotConnected(Exception):
    """No connection came about, so nothing was sent.

    ``cause`` is what Python raised, ``met`` whether somebody was there to talk to, ``proxy`` the proxy's address without login.
    """

    def __init__(self, cause: Exception, met: bool, proxy: str | None) -> None:
        super().__init__()
        self.cause, self.met, self.proxy = cause, met, proxy


@contextlib.contextmanager
def translated(where: Where, connection: Connection, redact: t.Callable[[str], str]) -> t.Iterator[None]:
    """Raise our errors instead of Python's. The original isn't chained: its text may hold URLs with tokens."""
    failed: PbxError
    try:
        yield
        return
    except response_reader.TooSlow:
        failed = ConnectionFailed("the answer takes too long and was given up", **where)
    except response_reader.BadCompression as error:
        failed = ProtocolFailed(str(error), **where)
    except NotConnected as error:
        failed = _not_connected(error, where, connection)
    except (OSError, http.client.HTTPException) as error:
        failed = _broken_off(error, where, connection, redact)
    except UnicodeError:
        failed = ProtocolFailed("the request can't be made: the token holds characters that no header can carry", **where)
    except ValueError as error:
        failed = _impossible(error, where, redact)
    raise failed from None


def _not_connected(failed: NotConnected, where: Where, connection: Connection) -> ConnectionFailed:
    cause, where = failed.cause, {**where, "sent": False}
    if failed.proxy and not (failed.met and isinstance(cause, OSError)):
        return ConnectionFailed(f"the proxy {failed.proxy} can't be reached or refuses", **where)
    if isinstance(cause, (socket.gaierror, UnicodeError)):
        return ConnectionFailed("the host's name isn't known", hint="Check api_url", **where)
    if isinstance(cause, socket.timeout):
        if failed.met:
            return _too_late(where, connection)
        hint = f"Is the address right, is a firewall between? {LIMIT_HINT}"
        return ConnectionFailed(f"no connection within {connection.timeout:g} seconds", hint=hint, **where)
    if isinstance(cause, ssl.SSLError) and not _is_cut(cause):
        return _tls(str(cause), where)
    if not failed.met:
        hint = "Is the server running, is the port in api_url right?"
        return ConnectionFailed(f"no connection: {_words(cause)}", hint=hint, **where)
    if failed.proxy:
        return ConnectionFailed("the connection was cut, by the proxy or behind it", **where)
    return _cut(where, connection)


def _broken_off(
    error: Exception, where: Where, connection: Connection, redact: t.Callable[[str], str]
) -> ConnectionFailed | ProtocolFailed:
    """What went wrong on a connection that stood: the server may have heard the request."""
    if isinstance(error, http.client.InvalidURL):
        return _impossible(error, where, redact)
    if isinstance(error, socket.timeout):
        return _too_late(where, connection)
    if isinstance(error, ssl.SSLError) and not _is_cut(error):
        return _tls(str(error), where)
    if isinstance(error, http.client.IncompleteRead):
        return ConnectionFailed("the connection was cut in the middle of the answer", **where)
    return _cut(where, connection)


def _impossible(error: Exception, where: Where, redact: t.Callable[[str], str]) -> ProtocolFailed:
    return ProtocolFailed(f"the request can't be made: {redact(str(error))}", **where)


def _too_late(where: Where, connection: Connection) -> ConnectionFailed:
    return ConnectionFailed(f"no answer within {connection.timeout:g} seconds", hint=LIMIT_HINT, **where)


def _cut(where: Where, connection: Connection) -> ConnectionFailed:
    plain = "Should api_url start with https://?" if connection.url.startswith("http:") else None
    return ConnectionFailed("the server closed the connection without a whole answer", hint=plain, **where)


def _is_cut(error: ssl.SSLError) -> bool:
    return isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)) or "EOF" in str(error)


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower()


def _tls(text: str, where: Where) -> TlsFailed:
    """Put OpenSSL's reason into words."""
    if re.search("ALERT.*(CERTIFICATE|UNKNOWN_CA)", text):  # in TLS 1.3 it comes when we have sent, but to deaf ears
        hint = "Servers that ask for one want api_client_cert, signed by a CA that they trust"
        return TlsFailed("the server doesn't take our client certificate, or misses one", hint=hint, **{**where, "sent": False})
    reason = re.search(r"certificate verify failed: ([^(\"']+)", text)
    if "wrong version number" in text.lower() or "record layer failure" in text.lower():
        return TlsFailed("this port doesn't speak TLS", hint="Should api_url start with http://?", **where)
    if reason is None:
        found = re.search(r"\[SSL: ([A-Z0-9_]+)\]", text)
        words = found.group(1).replace("_", " ").lower() if found else "no common TLS version or cipher"
        return TlsFailed(f"the TLS connection failed: {words}", **where)
    return TlsFailed(f"the server's certificate isn't trusted: {reason.group(1).strip(' .,')}", hint=TLS_HINT, **where)
