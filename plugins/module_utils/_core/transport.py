# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that touches urllib3: opening connections, and turning its exceptions into ours.

urllib3 and not requests on top of it: in a forked task everything is touched for the first time, and requests' layer alone
costs a tenth of a task. It also keeps out what requests reads from the environment: logins from ~/.netrc, for one.
"""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import os
import re
import ssl
import typing as t
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

try:
    import urllib3
    from urllib3 import exceptions as failures
except ImportError as error:  # reported by the faces, in Ansible's usual words
    LIBRARY_ERROR: ImportError | None = error
else:
    LIBRARY_ERROR = None

from ansible_collections.telephony.pbx.plugins.module_utils._core import answering
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    BadInput,
    ConnectionFailed,
    PbxError,
    ProtocolFailed,
    TlsFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection, without_login

LIBRARY = "urllib3"
TLS_HINT = (
    "Give the CA that signed it with api_ca_path; on a network that you trust, api_validate_certs: false skips the check"
)
CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Transport:
    """Connections to one server, kept alive and bounded in number; safe to use from several threads."""

    def __init__(self, connection: Connection) -> None:
        """Raises BadInput for certificate files that can't be used."""
        parts = urlsplit(connection.url)
        host = parts.hostname or ""
        self._timeout = connection.timeout
        self._prefix = parts.path
        self._pools: t.Any
        more: dict[str, t.Any] = {"maxsize": connection.concurrency, "block": True}
        if parts.scheme == "https":
            trusted = trusted_cas(connection.ca_path) if connection.validate_certs else None
            more["ssl_context"] = tls_context(trusted, connection.client_cert, connection.client_key)
        proxy = connection.proxy or environment_proxy(connection.url)
        if proxy:
            self._prefix = connection.url  # the manager wants whole addresses
            self._pools = urllib3.ProxyManager(proxy, proxy_headers=_proxy_login(proxy), **more)
            self._pools.pool_classes_by_scheme = pool_classes()
        else:
            self._pools = pool_classes()[parts.scheme](host, parts.port, **more)

    def request(self, method: str, path: str, body: bytes | None, headers: t.Mapping[str, str]) -> t.Any:
        """urllib3's response, its body not read yet. ``path`` has its query with it. Never follows a redirect."""
        return self._pools.request(
            method,
            self._prefix + path,
            body=body,
            headers=dict(headers),
            timeout=self._timeout,
            retries=False,
            redirect=False,
            preload_content=False,
            enforce_content_length=True,
        )

    def close(self) -> None:
        """Close what is kept alive."""
        (self._pools.clear if hasattr(self._pools, "clear") else self._pools.close)()


@functools.cache
def pool_classes() -> dict[str, t.Any]:
    """urllib3's pools of connections by the URL's scheme, with our way to take an answer."""

    class Plain(urllib3.connection.HTTPConnection):
        response_class = answering.Response

    class Tls(urllib3.connection.HTTPSConnection):
        response_class = answering.Response

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


def pieces(response: t.Any) -> t.Iterator[bytes]:
    """The body as it comes in, unpacked."""
    return answering.unpacked(_as_sent(response), response.headers.get("Content-Encoding", ""))


def _as_sent(response: t.Any) -> t.Iterator[bytes]:
    if not hasattr(response, "read1"):  # urllib3 1.26
        yield from response.stream(answering.PIECE, decode_content=False)
        return
    while True:
        piece = response.read1(answering.PIECE, decode_content=False)
        if not piece:
            return
        yield piece


def environment_proxy(url: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for."""
    if not any(name.lower().endswith("_proxy") for name in os.environ):
        return None
    parts = urlsplit(url)
    proxies = getproxies_environment()
    if proxy_bypass_environment(parts.netloc.rpartition("@")[2]) or _in_network(parts.hostname, proxies.get("no", "")):
        return None
    return proxies.get(parts.scheme)


def _in_network(host: str | None, exempt: str) -> bool:
    """Whether an address lies in one of the networks of NO_PROXY, which requests and curl know, but not Python itself."""
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host or "")
        for part in exempt.split(","):
            with contextlib.suppress(ValueError):
                if "/" in part and address in ipaddress.ip_network(part.strip(), strict=False):
                    return True
    return False


def _proxy_login(proxy: str) -> t.Any:
    parts = urlsplit(proxy)
    if not parts.username:
        return None
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return urllib3.util.make_headers(proxy_basic_auth=login)


def trusted_cas(ca_path: str | None) -> str:
    """File or directory of the CAs to trust, "" for the system's own. The environment counts as for curl and requests."""
    return ca_path or next((os.environ[name] for name in CA_VARIABLES if os.environ.get(name)), "")


@functools.lru_cache(maxsize=64)
def tls_context(trusted: str | None, client_cert: str | None, client_key: str | None) -> ssl.SSLContext:
    """A TLS context; ``trusted``: see trusted_cas, None = don't check. Making one costs more than a request.

    What is made before Ansible forks is there for all tasks (see the action plugin). Raises BadInput for bad files.
    """
    context: ssl.SSLContext = urllib3.util.ssl_.create_urllib3_context(cert_reqs=ssl.CERT_NONE)
    if trusted is None:
        context.check_hostname = False
        urllib3.disable_warnings(failures.InsecureRequestWarning)
    else:
        context.verify_mode = ssl.CERT_REQUIRED
        # urllib3 1.26 compares the name by itself, and tells OpenSSL none where it is an address.
        context.check_hostname = not str(getattr(urllib3, "__version__", "")).startswith("1.")
        try:
            if os.path.isdir(trusted):
                context.load_verify_locations(capath=trusted)
            elif trusted:
                context.load_verify_locations(cafile=trusted)
            else:
                _load_system_cas(context)
        except OSError:
            raise BadInput(f"{trusted} (api_ca_path) holds no CA certificates in PEM format that can be read") from None
    if client_cert:
        try:
            context.load_cert_chain(client_cert, client_key, password=_no_password)
        except OSError:
            raise BadInput(
                "api_client_cert and api_client_key can't be used",
                hint="They must be PEM files that belong together, the key without a password",
            ) from None
    return context


def _load_system_cas(context: ssl.SSLContext) -> None:
    """The system's CAs; where Python doesn't find them (its own builds, macOS), those of certifi if it is installed."""
    context.load_default_certs()
    paths = ssl.get_default_verify_paths()
    if not context.get_ca_certs() and not paths.capath:
        with contextlib.suppress(ImportError):
            import certifi

            context.load_verify_locations(cafile=certifi.where())


def _no_password() -> str:
    """OpenSSL would ask at the terminal otherwise."""
    raise OSError("the private key is protected by a password, which can't be given")


@contextlib.contextmanager
def translated(where: dict[str, t.Any], connection: Connection, redact: t.Callable[[str], str]) -> t.Iterator[None]:
    """Turn what urllib3 raises into our errors. The original isn't chained: its text holds URLs with tokens."""
    failed: PbxError
    try:
        yield
        return
    except answering.TooSlow:
        failed = ConnectionFailed("the answer takes too long and was given up", **where)
    except answering.BadCompression as error:
        failed = ProtocolFailed(str(error), **where)
    except (failures.HTTPError, OSError) as error:
        failed = _failed(error, where, connection, redact)
    except UnicodeError:
        failed = ProtocolFailed("the request can't be made: the token holds characters that no header can carry", **where)
    raise failed from None


def _failed(
    error: Exception, where: dict[str, t.Any], connection: Connection, redact: t.Callable[[str], str]
) -> ConnectionFailed | ProtocolFailed:
    seconds = f"{connection.timeout:g} seconds"
    if isinstance(error, failures.ProxyError):
        if not _before_sending(error.original_error):
            return ConnectionFailed("the connection was cut, by the proxy or behind it", **where)
        proxy = without_login(connection.proxy or "of the environment")
        return ConnectionFailed(f"the proxy {proxy} can't be reached or refuses", sent=False, **where)
    if isinstance(error, getattr(failures, "NameResolutionError", ())) or "Name or service not known" in str(error):
        return ConnectionFailed("the host's name isn't known", sent=False, hint="Check api_url", **where)
    if isinstance(error, failures.ConnectTimeoutError) and not isinstance(error, failures.NewConnectionError):
        hint = "Is the address right, is a firewall between? api_timeout sets the limit"
        return ConnectionFailed(f"no connection within {seconds}", sent=False, hint=hint, **where)
    if isinstance(error, failures.NewConnectionError):
        words = re.sub(r"^.*Failed to establish a new connection: |\[Errno -?\d+\] ", "", str(error)).lower()
        hint = "Is the server running, is the port in api_url right?"
        return ConnectionFailed(f"no connection: {words}", sent=False, hint=hint, **where)
    if isinstance(error, failures.ReadTimeoutError):
        return ConnectionFailed(f"no answer within {seconds}", hint="api_timeout sets the limit", **where)
    if isinstance(error, failures.SSLError):
        return _tls(str(error), where)
    if isinstance(error, failures.IncompleteRead):
        return ConnectionFailed("the connection was cut in the middle of the answer", **where)
    if isinstance(error, failures.ProtocolError):
        plain = "Should api_url start with https://?" if connection.url.startswith("http:") else None
        return ConnectionFailed("the server closed the connection without a whole answer", hint=plain, **where)
    if isinstance(error, OSError):
        return TlsFailed(f"a certificate file can't be used: {redact(str(error))}", sent=False, **where)
    return ProtocolFailed(f"the request can't be made: {redact(str(error))}", **where)


def _before_sending(error: Exception) -> bool:
    """Whether it was the proxy that failed. urllib3 blames it for what is cut behind it too, when the server has the call."""
    if isinstance(error, failures.SSLError):
        return "EOF" not in str(error)
    return isinstance(error, (failures.NewConnectionError, failures.ConnectTimeoutError)) or "Tunnel conn" in str(error)


def _tls(text: str, where: dict[str, t.Any]) -> ConnectionFailed:
    """Put OpenSSL's reason into words. All but a cut come before anything of ours was sent."""
    if "EOF" in text:
        return ConnectionFailed("the server closed the connection without a whole answer", **where)
    text = text.replace("doesn't match", "certificate verify failed: hostname mismatch")  # urllib3 1.26 compares by itself
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
