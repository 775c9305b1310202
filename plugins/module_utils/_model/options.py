# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options, once: what there is, what the environment adds to what is given, and the Connection of both."""

from __future__ import annotations

import functools
import os
import typing as t
from dataclasses import dataclass
from urllib.parse import urlsplit

from .._http.connection import Connection, trusted_cas
from .._http.errors import BadInput
from .._http.proxy import check_proxy, environment_proxy
from .option import PREFIX, Option, typed


@dataclass(frozen=True)
class System:
    """One of the telephony systems: its names, and the two options that make up its credentials."""

    name: str  # "jade": prefix of modules, name of the lookup
    title: str  # "Jade": what people call it
    url_help: str
    principal: Option
    secret: Option
    token_help: str
    more: tuple[Option, ...] = ()  # what only this system needs
    per_host: bool = False  # each host is a system of its own, so that no two share an address by chance

    @functools.cached_property
    def options(self) -> tuple[Option, ...]:
        """Every connection option of this system, in the order in which the documentation shows them."""
        url = Option("url", (self.url_help,))
        token = Option("token", (self.token_help,), secret=True, in_header=True)
        return (url, self.principal, self.secret, token, *self.more, *COMMON)

    @property
    def url(self) -> Option:
        """The option that says where the system is."""
        return self.options[0]

    @property
    def login(self) -> tuple[str, ...]:
        """Names of the options that make up a login."""
        return tuple(option.option for option in self.options if option.name in ("token", self.principal.name, self.secret.name))

    def variable(self, option: Option) -> str:
        """The variable of a host that holds an option: C(jade_api_url)."""
        return f"{self.name}_{option.option}"

    def env(self, option: Option) -> str:
        """The environment variable of an option. Never C(ANSIBLE_...), which AWX refuses in credentials."""
        return f"{self.name}_{option.name}".upper()


COMMON: tuple[Option, ...] = (
    Option(
        "validate_certs",
        ("Whether to check the server's TLS certificate.", "Switch it off only on a network that you trust."),
        type="bool",
        default=True,
    ),
    Option(
        "ca_path",
        (
            "File or directory with the CA certificates to trust, in PEM format. No others are trusted then.",
            "Without it the first of E(SSL_CERT_FILE), E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) that is set counts, and"
            " without these the system's certificates.",
        ),
        type="path",
    ),
    Option(
        "client_cert",
        ("Client certificate to present, a PEM file; it may hold the key too.",),
        type="path",
    ),
    Option("client_key", ("Private key of O(api_client_cert), a PEM file.",), type="path"),
    Option(
        "timeout",
        ("Seconds to wait for a connection, and again for each part of the answer.",),
        type="float",
        default=30.0,
        lowest=0.1,
        highest=3600,
    ),
    Option(
        "retries",
        (
            "How often a call is repeated that can be repeated without harm: after a lost connection, a server that is"
            " busy or restarting, or one that asks to wait.",
            "A write is repeated only if the server cannot have seen it.",
        ),
        type="int",
        default=3,
        lowest=0,
        highest=20,
    ),
    Option(
        "proxy",
        (
            "Proxy to use, for example V(http://proxy.example.com:3128). Its address begins with C(http://), C(https://),"
            " C(socks5://), or C(socks5h://), where the proxy looks up the server's name. SOCKS needs the Python library"
            " C(PySocks).",
            "Without it the usual variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count. The last holds"
            " names, suffixes of names, addresses and IPv4 networks; IPv6 networks and brackets, as in C([::1]), have no effect.",
        ),
        secret=True,  # it may hold a login
    ),
    Option(
        "concurrency",
        ("How many requests may be under way at once where a list has several pages.",),
        type="int",
        default=8,
        lowest=1,
        highest=64,
    ),
)

USERNAME = Option("username", ("Name of the account to log in with.",))
PASSWORD = Option("password", ("Password of O(api_username).",), secret=True)
CLIENT_ID = Option("client_id", ("Client ID of the API access.",))
CLIENT_SECRET = Option("client_secret", ("Client secret that belongs to O(api_client_id).",), secret=True)


def open_options(system: System, given: t.Mapping[str, t.Any]) -> tuple[Option, ...]:
    """The options that a lower level may supply: those that aren't given. A login comes whole from one level."""
    has_login = any(given.get(name) is not None for name in system.login)
    return tuple(
        option
        for option in system.options
        if given.get(option.option) is None and not (has_login and option.option in system.login)
    )


def environment_options(
    system: System, given: t.Mapping[str, t.Any], environ: t.Mapping[str, str] | None = None
) -> dict[str, t.Any]:
    """What E(environ), by default that of this process, adds to the options that are given. An empty variable is none.

    Raises BadInput that names the variable.
    """
    environ = os.environ if environ is None else environ
    return {
        option.option: typed(option, environ[system.env(option)], f"environment variable {system.env(option)}")
        for option in open_options(system, given)
        if environ.get(system.env(option))
    }


def resolve(system: System, given: t.Mapping[str, t.Any], environ: t.Mapping[str, str] | None = None) -> Connection:
    """Make a Connection from options as given (names with prefix; C(None) = not given), then E(environ), then defaults.

    Raises BadInput that names the option and, where the environment can supply it, the variable.
    """
    environ = os.environ if environ is None else environ
    given = {**given, **environment_options(system, given, environ)}
    values = {option.name: _value(option, given) for option in system.options}
    if not values["url"]:
        raise _missing(system, system.url)
    for option in (system.url, *system.more):
        if option.name.endswith("url") and values[option.name]:
            _check_url(system, option, values[option.name])
            values[option.name] = values[option.name].rstrip("/")
    _check_credentials(system, values)
    _check_files(values)
    return Connection(
        system=system.name,
        system_title=system.title,
        url=values["url"],
        principal=values[system.principal.name],
        secret=values[system.secret.name],
        token=values["token"],
        trusted=trusted_cas(values["ca_path"], environ) if values["validate_certs"] else None,
        client_cert=values["client_cert"],
        client_key=values["client_key"],
        timeout=values["timeout"],
        retries=values["retries"],
        proxy=values["proxy"] or environment_proxy(values["url"], environ),
        concurrency=values["concurrency"],
        more=tuple((option.name, values[option.name]) for option in system.more),
    )


def forget_empty_variables(system: System) -> None:
    """Unset the variables that are empty, before Ansible reads a plugin's options: a bool would be false, a path this folder."""
    for variable in map(system.env, system.options):
        if os.environ.get(variable) == "":
            del os.environ[variable]


def _value(option: Option, given: t.Mapping[str, t.Any]) -> t.Any:
    value = given.get(option.option)
    return option.default if value is None or value == "" else typed(option, value, option.option)


def _missing(system: System, option: Option, reason: str = "", hint: str = "Give the option, or set") -> BadInput:
    return BadInput(
        f"{option.option} is missing{reason}",
        system=system.title,
        hint=f"{hint} the variable {system.variable(option)} of the task's host or the environment variable {system.env(option)}",
    )


def _check_url(system: System, option: Option, url: str) -> None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises ValueError on a port that is no number)
    except ValueError:
        raise BadInput(f"{option.option} has a host or port that can't be read", system=system.title) from None
    if parts.username or parts.password:
        raise BadInput(f"{option.option} must not hold a user name or password", system=system.title)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInput(
            f"{option.option} must look like https://pbx.example.com:8081, with nothing behind ? or #", system=system.title
        )


def _check_credentials(system: System, values: t.Mapping[str, t.Any]) -> None:
    if values["token"]:
        return
    for option, other in ((system.principal, system.secret), (system.secret, system.principal)):
        if not values[option.name]:
            hint = f"Give it where {other.option} comes from: the task," if values[other.name] else "Give the option, or set"
            raise _missing(system, option, ", and there is no api_token either", hint)


def _check_files(values: t.Mapping[str, t.Any]) -> None:
    if values["client_key"] and not values["client_cert"]:
        raise BadInput("api_client_key is given without api_client_cert")
    for name in ("ca_path", "client_cert", "client_key"):
        if values[name] and not _can_read(values[name]):
            raise BadInput(f"{PREFIX}{name}: {values[name]} doesn't exist or can't be read")
    if values["proxy"]:
        check_proxy(f"{PREFIX}proxy", values["proxy"])


def _can_read(path: str) -> bool:
    try:
        return os.access(path, os.R_OK)
    except ValueError:  # nothing can have such a name
        return False
