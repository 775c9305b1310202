# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a system is and how to talk to it: plain values, checked by whoever makes them."""

from __future__ import annotations

import importlib.util
import os
import re
import typing as t
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ansible.module_utils.basic import missing_required_lib

from .errors import BadInput
from .library import requests

PROXY_SCHEMES = ("http://", "https://", "socks5://", "socks5h://")
ENVIRONMENT_PROXY = "the proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY)"
# Up to the last @: who doesn't encode what is in the password would see its second half in messages.
_PROXY_LOGIN = re.compile(r"//(?P<login>.*)@", re.DOTALL)


@dataclass(frozen=True)
class Connection:
    """Checked connection options of one system. Hashable: equal options mean the same client."""

    system: str  # "jade"
    system_title: str  # "Jade": what people call it
    url: str
    principal: str | None
    secret: str | None = field(repr=False)
    token: str | None = field(repr=False)
    validate_certs: bool
    ca_path: str | None
    client_cert: str | None
    client_key: str | None
    timeout: float
    retries: int
    proxy: str | None = field(repr=False)
    concurrency: int
    token_cache: str
    more: tuple[tuple[str, t.Any], ...] = ()

    def option(self, name: str) -> t.Any:
        """The value of an option that only this system has; None if it isn't given."""
        return dict(self.more).get(name)

    @property
    def title(self) -> str:
        """How messages name the other side."""
        return f"{self.system_title} at {self.url}"

    @property
    def secrets(self) -> frozenset[str]:
        """Texts that must not show up in any output."""
        return frozenset({text for text in (self.secret, self.token) if text} | proxy_secrets(self.proxy))


def proxy_secrets(proxy: str | None) -> set[str]:
    """The password within a proxy's address, as it is written and as it is meant. Without one the login is a token."""
    match = _PROXY_LOGIN.search(proxy or "")
    user, dummy, password = (match.group("login") if match else "").partition(":")
    secret = password or user
    return {secret, unquote(secret)} - {""}


def without_login(proxy: str) -> str:
    """A proxy's address as it may be shown."""
    return _PROXY_LOGIN.sub("//", proxy)


def check_proxy(source: str, proxy: str) -> None:
    """Raise BadInput for a proxy's address that can't be used. ``source``: where it was given."""
    try:
        parts = urlsplit(proxy)
        good = proxy.startswith(PROXY_SCHEMES) and parts.hostname and "@" not in f"{parts.path}{parts.query}{parts.fragment}"
        parts.port  # noqa: B018  (raises ValueError on a port that is no number)
    except ValueError:
        good = False
    if not good:
        raise BadInput(
            f"{source} must look like http://proxy.example.com:3128",
            hint="It begins with http://, https://, socks5:// or socks5h://."
            " In its user name and password write /, ?, #, @ and % percent-encoded",
        )
    if proxy.startswith("socks") and importlib.util.find_spec("socks") is None:
        raise BadInput(f"{source}: {missing_required_lib('PySocks', reason='for SOCKS proxies')}")


def proxy_for(connection: Connection) -> str | None:
    """The proxy to go through, if any: api_proxy, or what HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY ask for.

    Raises BadInput for one of the environment that can't be used.
    """
    # Without a variable macOS would be asked for its own settings, which crashes a forked process there.
    if connection.proxy or not any(name.lower().endswith("_proxy") for name in os.environ):
        return connection.proxy
    found = requests.utils.select_proxy(connection.url, requests.utils.get_environ_proxies(connection.url))
    if found:
        found = found if "://" in found else "http://" + found  # as curl takes it
        check_proxy(ENVIRONMENT_PROXY, found)
    return found or None
