# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP proxy before a server, by its option or by the usual variables."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import typing as t
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from .connection import Connection, check_proxy, without_login
from .messages import basic_login

DEFAULT_PORT = 80
ENVIRONMENT = "the proxy of the environment (HTTPS_PROXY or HTTP_PROXY)"


@dataclass(frozen=True)
class Proxy:
    """A proxy: ``shown`` is its address without login, ``headers`` are what it wants to be sent (its login)."""

    shown: str
    host: str
    port: int
    headers: t.Mapping[str, str] = field(default_factory=dict, repr=False)


def proxy_before(connection: Connection) -> Proxy | None:
    """The proxy to go through, if any. Raises BadInput for one that can't be."""
    address = connection.proxy
    if not address:
        address = environment_proxy(connection.url)
        if not address:
            return None
        address = address if "://" in address else "http://" + address  # as curl takes it
        check_proxy(ENVIRONMENT, address)
    parts = urlsplit(address)
    port = DEFAULT_PORT if parts.port is None else parts.port
    return Proxy(without_login(address), parts.hostname or "", port, _login(parts.username, parts.password))


def _login(user: str | None, password: str | None) -> dict[str, str]:
    return {"Proxy-Authorization": basic_login(unquote(user), unquote(password or ""))} if user else {}


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
