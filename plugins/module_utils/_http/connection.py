# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a system is and how to talk to it: plain values, checked by whoever makes them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .proxy import proxy_secrets

CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
SYSTEM_CAS = ("", "")
Trusted = t.Tuple[str, str]  # what names the CAs to trust, and their file or directory


def trusted_cas(ca_path: str | None, environ: t.Mapping[str, str]) -> Trusted:
    """The CAs of api_ca_path; else those of the first variable that is set, as for curl and requests; else SYSTEM_CAS."""
    named = [("api_ca_path", ca_path or ""), *((name, environ.get(name, "")) for name in CA_VARIABLES)]
    return next((trusted for trusted in named if trusted[1]), SYSTEM_CAS)


@dataclass(frozen=True)
class Connection:
    """Checked connection options of one system. Hashable: equal options mean the same client."""

    system: str  # "jade"
    system_title: str  # "Jade": what people call it
    url: str
    principal: str | None
    secret: str | None = field(repr=False)
    token: str | None = field(repr=False)
    trusted: Trusted | None  # see trusted_cas; None = the certificate isn't checked
    client_cert: str | None
    client_key: str | None
    timeout: float
    retries: int
    proxy: str | None = field(repr=False)
    concurrency: int
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

    def as_record(self) -> dict[str, t.Any]:
        """All of it as plain values, for another process."""
        return {**vars(self)}

    @classmethod
    def from_record(cls, record: dict[str, t.Any]) -> Connection:
        """What as_record gave, after JSON."""
        trusted, more = record["trusted"], record["more"]
        return cls(**{**record, "trusted": trusted and tuple(trusted), "more": tuple(map(tuple, more))})
