# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that touches requests: opening a session, and turning its exceptions into ours."""

from __future__ import annotations

import contextlib
import os
import re
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
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=connection.concurrency, pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    if connection.proxy:
        session.proxies = {"http": connection.proxy, "https": connection.proxy}
    else:
        session.proxies = dict(get_environ_proxies(connection.url))
    session.verify = _verify(connection)
    if not connection.validate_certs:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    if connection.client_cert:
        key = connection.client_key
        session.cert = (connection.client_cert, key) if key else connection.client_cert
    return session


def _verify(connection: Connection) -> bool | str:
    if not connection.validate_certs:
        return False
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return connection.ca_path or bundle or True


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
