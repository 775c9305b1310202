# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that touches requests: opening a session, and turning its exceptions into ours."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import ssl
import typing as t

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from requests.utils import get_environ_proxies
except ImportError as error:  # reported by the faces, in Ansible's usual words
    REQUESTS_ERROR: ImportError | None = error
else:
    REQUESTS_ERROR = None

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    ConnectionFailed,
    ProtocolFailed,
    TlsFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection

TLS_HINT = (
    "Give the CA that signed it with api_ca_path; on a network that you trust, api_validate_certs: false skips the check"
)


def open_session(connection: Connection) -> t.Any:
    """A requests.Session for one system.

    The environment is read here and not by requests: left to itself it takes logins from ~/.netrc, and lets
    REQUESTS_CA_BUNDLE win over verify=False.
    """
    session = requests.Session()
    session.trust_env = False
    adapter = _Adapter(connection)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    if connection.proxy:
        session.proxies = {"http": connection.proxy, "https": connection.proxy}
    elif any(name.lower().endswith("_proxy") for name in os.environ):
        session.proxies = dict(get_environ_proxies(connection.url))
    session.verify = connection.validate_certs
    return session


def adapter_class() -> t.Any:
    """requests' adapter with a TLS context of our own; object where requests is missing."""
    return object if REQUESTS_ERROR else HTTPAdapter


class _Adapter(adapter_class()):  # type: ignore[misc]
    """One host, a bounded number of connections, and a TLS context that may have been made before."""

    def __init__(self, connection: Connection) -> None:
        self._context = None
        if connection.url.startswith("https:"):
            trusted = trusted_cas(connection.ca_path) if connection.validate_certs else None
            self._context = tls_context(trusted, connection.client_cert, connection.client_key)
        super().__init__(pool_connections=1, pool_maxsize=connection.concurrency, pool_block=True)

    def init_poolmanager(self, *args: t.Any, **kwargs: t.Any) -> None:
        """Connect with the context at hand."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **kwargs: t.Any) -> t.Any:
        """The same behind a proxy."""
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)

    def cert_verify(self, *args: t.Any) -> None:
        """Everything about certificates is in the context."""


def trusted_cas(ca_path: str | None) -> str:
    """File or directory of the CAs to trust: as asked, as the environment has it for requests, or requests' own."""
    environ = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return ca_path or environ or str(requests.certs.where())


@functools.lru_cache(maxsize=64)
def tls_context(trusted: str | None, client_cert: str | None, client_key: str | None) -> ssl.SSLContext:
    """A TLS context; ``trusted``: CAs, None = don't check. Making one costs more than a request, so they are kept.

    What is made before Ansible forks is there for all tasks (see the action plugin). Raises OSError for bad files.
    """
    context: ssl.SSLContext = urllib3.util.create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED if trusted else ssl.CERT_NONE)
    if trusted:
        directory = os.path.isdir(trusted)
        context.load_verify_locations(None if directory else trusted, trusted if directory else None)
    else:
        context.check_hostname = False
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    if client_cert:
        context.load_cert_chain(client_cert, client_key, password=_no_password)
    return context


def _no_password() -> str:
    """OpenSSL would ask at the terminal otherwise."""
    raise OSError("the private key is protected by a password, which can't be given")


@contextlib.contextmanager
def translated(where: dict[str, t.Any], connection: Connection, redact: t.Callable[[str], str]) -> t.Iterator[None]:
    """Turn what requests raises into our errors. The original isn't chained: its text holds URLs with tokens."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        failed: Exception = _tls(str(error), where)
    except requests.exceptions.ProxyError:
        proxy = re.sub(r"//[^@/]*@", "//", connection.proxy or "from the environment")
        failed = ConnectionFailed(f"the proxy {proxy} can't be reached or refuses", sent=False, **where)
    except requests.exceptions.ConnectTimeout:
        failed = ConnectionFailed(
            f"no connection within {connection.timeout:g} seconds",
            sent=False,
            hint="Is the address right, is a firewall between? api_timeout sets the limit",
            **where,
        )
    except requests.exceptions.Timeout:
        failed = ConnectionFailed(
            f"no answer within {connection.timeout:g} seconds", hint="api_timeout sets the limit", **where
        )
    except (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        failed = _connection(error, where)
    except requests.exceptions.ContentDecodingError:
        failed = ProtocolFailed("the compressed answer is broken", **where)
    except requests.exceptions.RequestException as error:
        failed = ProtocolFailed(f"the request can't be made: {redact(str(error))}", **where)
    except OSError as error:
        failed = TlsFailed(f"a certificate file can't be used: {redact(str(error))}", sent=False, **where)
    else:
        return
    raise failed from None


def _tls(text: str, where: dict[str, t.Any]) -> ConnectionFailed:
    """Put OpenSSL's reason into words. All but a cut come before anything of ours was sent."""
    if "EOF" in text:
        return ConnectionFailed("the server closed the connection without an answer", **where)
    reason = re.search(r"certificate verify failed: ([^(\"']+)", text)
    if "wrong version number" in text.lower() or "record layer failure" in text.lower():
        return TlsFailed("this port doesn't speak TLS", sent=False, hint="Should api_url start with http://?", **where)
    if reason is None:
        found = re.search(r"\[SSL: ([A-Z0-9_]+)\]", text)
        words = found.group(1).replace("_", " ").lower() if found else "no common TLS version or cipher"
        return TlsFailed(f"the TLS connection failed: {words}", sent=False, **where)
    return TlsFailed(
        f"the server's certificate isn't trusted: {reason.group(1).strip(' .,')}", sent=False, hint=TLS_HINT, **where
    )


def _connection(error: Exception, where: dict[str, t.Any]) -> ConnectionFailed:
    reason = getattr(error.args[0], "reason", error.args[0]) if error.args else error
    if isinstance(reason, getattr(urllib3.exceptions, "NameResolutionError", ())):
        return ConnectionFailed("the host's name isn't known", sent=False, hint="Check api_url", **where)
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        words = re.sub(r"^.*?: ", "", str(reason))
        words = re.sub(r"Failed to establish a new connection: |\[Errno -?\d+\] ", "", words)
        hint = "Is the server running, is the port in api_url right?"
        return ConnectionFailed(f"no connection: {words.lower()}", sent=False, hint=hint, **where)
    if isinstance(reason, urllib3.exceptions.ReadTimeoutError):
        return ConnectionFailed("the answer stopped in the middle", hint="api_timeout sets the limit", **where)
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return ConnectionFailed("the connection was cut in the middle of the answer", **where)
    return ConnectionFailed("the server closed the connection without an answer", **where)
