# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors that responses mean, where the system says nothing better."""

from __future__ import annotations

import typing as t

from .._http.client import HttpClient
from .._http.connection import Connection
from .._http.errors import (
    AuthenticationFailed,
    BadInput,
    Conflict,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    RateLimited,
    ServerFailed,
    Unsupported,
)
from .._http.messages import Response

_BY_STATUS: dict[int, tuple[type[PbxError], str]] = {
    400: (BadInput, "the server doesn't accept the request"),
    401: (AuthenticationFailed, "the server doesn't accept the login"),
    403: (PermissionDenied, "the account may not do this"),
    404: (NotFound, "there is nothing of that name"),
    405: (Unsupported, "this server doesn't offer this call"),
    409: (Conflict, "it exists already, is in use, or has changed in between"),
    422: (BadInput, "the server doesn't accept a value"),
    429: (RateLimited, "the server asks to send fewer requests"),
}


class Failures:
    """Makes errors of responses for one connection, without the secrets that its HTTP client knows."""

    connection: Connection
    http: HttpClient

    def failed(self, answer: Response, kind: type[PbxError], message: str, **details: t.Any) -> PbxError:
        """An error about an answer."""
        details.setdefault("status", answer.status)
        for name in ("text", "code", "request_id"):  # the server's words may be our own
            if details.get(name) and not isinstance(details[name], int):
                details[name] = self.http.redact(str(details[name]))[:500]
        return kind(message, **details, **answer.call.where(self.connection))

    def failed_by_status(self, answer: Response, **details: t.Any) -> PbxError:
        """The error that an HTTP status means where the system says nothing better."""
        kind, message = _BY_STATUS.get(answer.status, (ServerFailed, "the server failed"))
        if 400 <= answer.status < 500 and answer.status not in _BY_STATUS:
            message = "the server doesn't accept the request"
        return self.failed(answer, kind, message, **details)

    def not_ours(self, answer: Response) -> PbxError:
        """The answer is JSON, but not what this API sends."""
        return self.failed(
            answer,
            ProtocolFailed,
            f"the answer isn't in the form that {self.connection.system_title} uses",
            hint="Check api_url: does another server answer there?",
        )

    def not_a_list(self, answer: Response) -> PbxError:
        """The answer's envelope is right, but not what is in it."""
        return self.failed(answer, ProtocolFailed, "the answer holds no list, or rows without an ID")
