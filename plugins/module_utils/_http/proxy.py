# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy on the way to a system: which one, whether its address can be used, what of it is secret."""

from __future__ import annotations

import importlib.util
import re
import typing as t
from urllib.parse import unquote, urlsplit

from .errors import BadInput, ProxyRefused, missing_library

SCHEMES = ("http://", "https://", "socks5://", "socks5h://")
OF_ENVIRONMENT = "the proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY)"
# Up to the last @: who doesn't encode what is in the password would see its second half in messages.
_LOGIN = re.compile(r"//(?P<login>.*)@", re.DOTALL)


def proxy_secrets(proxy: str | None) -> set[str]:
    """The password within a proxy's address, as it is written and as it is meant. Without one the login is a token."""
    match = _LOGIN.search(proxy or "")
    user, dummy, password = (match.group("login") if match else "").partition(":")
    secret = password or user
    return {secret, unquote(secret)} - {""}


def without_login(proxy: str) -> str:
    """A proxy's address as it may be shown."""
    return _LOGIN.sub("//", proxy)


def check_proxy(source: str, proxy: str) -> None:
    """Raise BadInput for a proxy's address that can't be used. ``source``: where it was given."""
    try:
        parts = urlsplit(proxy)
        good = proxy.startswith(SCHEMES) and parts.hostname and "@" not in f"{parts.path}{parts.query}{parts.fragment}"
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
        raise missing_library("PySocks", f"{source}: ", reason="for SOCKS proxies")


def environment_proxy(url: str, environ: t.Mapping[str, str]) -> str | None:
    """What HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY ask for. Raises BadInput for one that can't be used."""
    # Without a variable macOS would be asked for its own settings, which crashes a forked process there.
    if not any(name.lower().endswith("_proxy") for name in environ):
        return None
    from .library import check_library, requests  # most tasks need neither

    check_library()
    found = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
    if found:
        found = found if "://" in found else "http://" + found  # as curl takes it
        check_proxy(OF_ENVIRONMENT, found)
    return found or None


def login_wanted(proxy: str | None, where: dict[str, t.Any]) -> ProxyRefused:
    """The error for a proxy that answers with status 407."""
    message = f"the proxy {without_login(proxy or 'in between')} asks for a login, or doesn't accept the one it got"
    hint = "Give it in the proxy's address: http://user:password@proxy.example.com:3128"
    return ProxyRefused(message, hint=hint, status=407, **where)
