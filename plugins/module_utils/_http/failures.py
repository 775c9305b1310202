# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns what requests raises into our errors, and tells whether a server can have heard the request."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import typing as t

from .adapter import MET, THROUGH, NotConnected, cause_of
from .connection import Connection
from .errors import ConnectionFailed, PbxError, ProtocolFailed, ProxyRefused, TlsFailed
from .library import requests, urllib3
from .proxy import login_wanted, without_login

TLS_HINT = (
    "Give the CA that signed it with api_ca_path; on a network that you trust, api_validate_certs: false skips the check"
)
LIMIT_HINT = "api_timeout sets the limit"
_TUNNEL = re.compile("Tunnel connection failed: ([0-9]{3})")


@contextlib.contextmanager
def translated(where: dict[str, t.Any], connection: Connection) -> t.Iterator[None]:
    """Raise our errors instead of the library's. The original isn't chained: its text may hold URLs with tokens."""
    failures = _Failures(where, connection)
    failed: PbxError
    try:
        yield
        return
    except PbxError as error:  # from inside the library, where nobody knows the call
        failed = error.but(**where)
    except NotConnected as error:
        failed = failures.not_connected(error)
    except requests.exceptions.InvalidURL:
        failed = ConnectionFailed("the host's name can't be one", hint="Check api_url", sent=False, **where)
    except requests.exceptions.ContentDecodingError:
        failed = ProtocolFailed("the compressed answer is broken", **where)
    except ValueError:
        failed = ProtocolFailed("the request can't be made: a token holds characters that no header can carry", **where)
    except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
        failed = failures.broken_off(cause_of(error))
    raise failed from None


class _Failures:
    """The errors of one call."""

    def __init__(self, where: dict[str, t.Any], connection: Connection) -> None:
        self._where, self._connection, self._proxy = where, connection, connection.proxy

    def not_connected(self, failed: NotConnected) -> ConnectionFailed:
        """Nothing was sent."""
        cause = failed.cause
        of_server = not self._proxy or type(cause).__name__ == "GeneralProxyError"  # PySocks, unless it looks for its proxy
        while getattr(cause, "socket_err", None):
            cause = cause.socket_err  # type: ignore[attr-defined]
        if isinstance(cause, (socket.gaierror, UnicodeError)) and not failed.stage and of_server:
            error = self._failed("the host's name isn't known", "Check api_url")
        elif self._proxy and failed.stage != (MET if self._proxy.startswith("socks") else THROUGH):
            error = self._of_proxy(cause, met=bool(failed.stage))
        elif failed.stage:
            error = self.broken_off(cause)
        elif isinstance(cause, socket.timeout):
            hint = f"Is the address right, is a firewall between? {LIMIT_HINT}"
            error = self._failed(f"no connection within {self._connection.timeout:g} seconds", hint)
        else:
            error = self._failed(f"no connection: {_words(cause)}", "Is the server running, is the port in api_url right?")
        return error.but(sent=False)

    def broken_off(self, cause: BaseException) -> ConnectionFailed:
        """What went wrong on a connection that stood: the server may have heard the request."""
        if isinstance(cause, socket.timeout):
            return self._failed(f"no answer within {self._connection.timeout:g} seconds", LIMIT_HINT)
        if isinstance(cause, ssl.SSLError) and not _is_cut(cause):
            return self._tls(str(cause))
        if isinstance(cause, http.client.IncompleteRead):
            return self._failed("the connection was cut in the middle of the answer")
        if self._proxy:
            return self._failed("the connection was cut, by the proxy or behind it")
        plain = "Should api_url start with https://?" if self._connection.url.startswith("http:") else None
        return self._failed("the server closed the connection without a whole answer", plain)

    def _of_proxy(self, cause: BaseException, met: bool) -> ConnectionFailed:
        proxy = without_login(self._proxy or "")
        refused = _TUNNEL.search(str(cause))
        status = int(refused.group(1)) if refused else None
        if status == 407 or type(cause).__name__ == "SOCKS5AuthError":
            return login_wanted(self._proxy, self._where)
        if status == 403:
            return ProxyRefused(f"the proxy {proxy} forbids the way to this server", status=status, **self._where)
        if status:
            return self._failed(f"the proxy {proxy} gets no connection to the server", status=status)
        if isinstance(cause, socket.timeout):
            return self._failed(f"the proxy {proxy} doesn't answer within {self._connection.timeout:g} seconds", LIMIT_HINT)
        if isinstance(cause, ssl.SSLError) and not _is_cut(cause):
            return self._tls(str(cause), of_proxy=True)
        if met:
            return self._failed(f"the proxy {proxy} closed the connection")
        hint = "See api_proxy, HTTPS_PROXY and NO_PROXY"
        return self._failed(f"the proxy {proxy} can't be reached or refuses: {_words(cause)}", hint)

    def _failed(self, message: str, hint: str | None = None, **details: t.Any) -> ConnectionFailed:
        return ConnectionFailed(message, hint=hint, **details, **self._where)

    def _tls(self, text: str, of_proxy: bool = False) -> TlsFailed:
        """Put OpenSSL's reason into words."""
        untrusted = "the proxy's certificate isn't trusted: " if of_proxy else "the server's certificate isn't trusted: "
        hint: str | None = None
        found = re.search(r"certificate verify failed: ([^(\"']+)", text)
        code = re.search(r"\[SSL: ([A-Z0-9_]+)\]", text)
        sent = True
        if re.search("ALERT.*(CERTIFICATE|UNKNOWN_CA)", text):  # in TLS 1.3 it comes when we have sent, but to deaf ears
            message, sent = "the server doesn't take our client certificate, or misses one", False
            hint = "Servers that ask for one want api_client_cert, signed by a CA that they trust"
        elif "wrong version number" in text.lower() or "record layer failure" in text.lower():
            message = "this port doesn't speak TLS"
            hint = f"Should {'api_proxy' if of_proxy else 'api_url'} start with http://?"
        elif found:
            message, hint = untrusted + found.group(1).strip(" .,"), TLS_HINT
        else:
            words = code.group(1).replace("_", " ").lower() if code else "no common TLS version or cipher"
            message = f"the TLS connection failed: {words}"
        return TlsFailed(message, hint=hint, sent=sent, **self._where)


def _is_cut(error: ssl.SSLError) -> bool:
    return isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)) or "EOF" in str(error)


def _words(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error).lower()
