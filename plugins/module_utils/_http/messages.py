# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request, and what comes back."""

from __future__ import annotations

import base64
import contextlib
import datetime
import functools
import json
import typing as t
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from . import json_text
from .connection import Connection
from .errors import BadInput, ProtocolFailed

UNSET: t.Any = object()


@dataclass(frozen=True)
class Request:
    """What goes over the wire. ``target`` is path and query; ``path`` is what may be shown of it. ``fresh``: see Call."""

    method: str
    path: str
    target: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    fresh: bool = False


@dataclass(frozen=True)
class Reply:
    """What comes back: names of headers in lower case, the body unpacked. ``kept``: on a connection that was in use before."""

    status: int
    headers: t.Mapping[str, str]
    body: bytes = field(repr=False)
    kept: bool = False


@dataclass(frozen=True)
class Call:
    """One request. ``path`` starts with C(/) and is percent-encoded already.

    ``repeatable``: doing it twice is the same as doing it once. It isn't the same as "GET": Yeastar deletes by GET.
    ``secret_query`` and ``headers`` carry tokens and are never shown. ``fresh``: on a connection of its own.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    json: t.Any = field(default=UNSET, repr=False)
    form: t.Mapping[str, str] | None = field(default=None, repr=False)
    basic: tuple[str, str] | None = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    secret_query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    repeatable: bool = False
    fresh: bool = False

    def request(self, headers: t.Mapping[str, str]) -> Request:
        """This call as it goes over the wire, with these headers besides its own. Raises BadInput for what JSON can't hold."""
        query = urlencode(self.query + self.secret_query)
        sent, body = {**headers, **dict(self.headers)}, None
        if self.json is not UNSET:
            sent["Content-Type"], body = "application/json", self._encoded()
        elif self.form is not None:
            sent["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(self.form).encode()
        if self.basic:
            sent["Authorization"] = "Basic " + base64.b64encode(":".join(self.basic).encode()).decode()
        return Request(self.method, self.path, self.path + ("?" + query if query else ""), sent, body, self.fresh)

    def _encoded(self) -> bytes:
        try:
            return json.dumps(self.json, allow_nan=False, default=_as_text).encode()
        except (TypeError, ValueError) as error:
            failure = BadInput(f"a value can't be sent as JSON: {error}", method=self.method, path=self.path)
        raise failure from None

    def where(self, connection: Connection) -> dict[str, t.Any]:
        """The parts of an error that tell which call it was."""
        return {"system": connection.title, "method": self.method, "path": self.path}


@dataclass(frozen=True)
class Response:
    """What came back: ``status`` (int), ``headers`` (names in lower case), ``body`` (bytes, unpacked)."""

    call: Call
    connection: Connection
    status: int
    headers: t.Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as text; bytes that aren't UTF-8 are replaced, so that a bad server can't break an error message."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> t.Any:
        """The body as JSON, whatever its Content-Type claims (Jade: facts/jade.md 3). Raises ProtocolFailed."""
        with contextlib.suppress(ValueError):
            return self._parsed
        raise self.not_json()  # out here, since Python's error would keep the body

    @functools.cached_property
    def _parsed(self) -> t.Any:
        """Parsed once: whether it is busy, refused or good is asked one after the other, of pages of 40 kB."""
        return json_text.parse(self.body)

    def not_json(self) -> ProtocolFailed:
        """The error for a body that isn't JSON, told apart by what people meet: a web page, nothing, something cut."""
        start = self.body[:200].lstrip().lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
            cause = "the answer is a web page, not JSON"
            hint = "Check api_url: is it the API's address and port, and not the web interface or a login page before it?"
        elif not self.body:
            cause, hint = "the answer is empty", "Check api_url: does this server speak this API?"
        else:
            cause, hint = "the answer is no valid JSON", "The server or something between has cut or changed it"
        return ProtocolFailed(cause, status=self.status, hint=hint, **self.call.where(self.connection))


def _as_text(value: t.Any) -> str:
    """A date, which YAML makes of 2026-12-01 without quotes."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def with_token(call: Call, *, query: str | None = None, token: str) -> Call:
    """The call with its token: as query parameter C(query), or as bearer header."""
    if query:
        return replace(call, secret_query=(*call.secret_query, (query, token)))
    return replace(call, headers=(*call.headers, ("Authorization", "Bearer " + token)))
