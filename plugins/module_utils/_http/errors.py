# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception tree. A face turns each of these into one line and a structured ``error`` in its result."""

from __future__ import annotations

import copy
import typing as t


def series(parts: t.Sequence[str]) -> str:
    """One or more parts as people list them: "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


Error = t.TypeVar("Error", bound="PbxError")


class PbxError(Exception):
    """Something that a person has to know about a call to a PBX.

    Every argument but C(message) is keyword-only and optional (C(None) = not known):

    * ``message`` (str): what went wrong, without a final period; never holds a secret.
    * ``system`` (str): which system, as people write it ("Jade at https://pbx1:8081").
    * ``method``, ``path`` (str): the call; the path never has its query string, where tokens travel.
    * ``status`` (int): HTTP status. ``code``, ``text``: the server's own error code and words.
    * ``request_id`` (str): the server's id of the request. ``hint`` (str): what to try.
    """

    kind = "error"
    sent = True  # whether the call may have reached the server

    def __init__(
        self,
        message: str,
        *,
        system: str | None = None,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        code: str | int | None = None,
        text: str | None = None,
        request_id: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.system = system
        self.method = method
        self.path = path
        self.status = status
        self.code = code
        self.text = text
        self.request_id = request_id
        self.hint = hint

    def but(self: Error, **changes: t.Any) -> Error:
        """The same error with other parts, named as the arguments are."""
        other = copy.copy(self).with_traceback(None)
        vars(other).update(changes)
        other.args = (other.message,)
        return other

    def __str__(self) -> str:
        """One line: system, call, cause, the server's own words, what to try."""
        call = " ".join(part for part in (self.method, self.path) if part)
        where = ": ".join(part for part in (self.system, call) if part)
        said = self._server_words()
        line = (where + ": " if where else "") + self.message + (f" ({said})" if said else "")
        if self.hint:
            line += ". " + self.hint
        return " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())

    def _server_words(self) -> str:
        words = []
        if self.status is not None:
            words.append(f"HTTP status {self.status}")
        if self.code not in (None, "", self.status):
            words.append(f"error {self.code}")
        if self.text:
            words.append(f'"{self.text}"')
        if self.request_id:
            words.append(f"request {self.request_id}")
        return ", ".join(words)

    def as_dict(self) -> dict[str, t.Any]:
        """The same for programs: only the parts that are known, plus ``kind``."""
        names = ("message", "system", "method", "path", "status", "code", "text", "request_id", "hint")
        known = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return {"kind": self.kind, **known}


def as_record(error: PbxError) -> dict[str, t.Any]:
    """An error as plain values, for another process."""
    return {"class": type(error).__name__, **vars(error)}


def from_record(record: t.Mapping[str, t.Any]) -> PbxError:
    """The error that as_record was given. Raises ValueError for what is none."""
    kinds, pending = {}, [PbxError]
    while pending:
        kind = pending.pop()
        kinds[kind.__name__] = kind
        pending += kind.__subclasses__()
    values = dict(record)
    error = PbxError(values["message"])
    error.__class__ = kinds[values.pop("class")]
    vars(error).update(values)
    return error


class BadInput(PbxError):
    """An option is wrong; found before the first request wherever that is possible."""

    kind = "bad_input"


def missing_library(name: str, where: str = "", **details: str) -> BadInput:
    """The error for a library that is missing or too old, in the words that Ansible has for it."""
    from ansible.module_utils.basic import missing_required_lib  # the session process does without Ansible

    return BadInput(where + str(missing_required_lib(name, **details)))


class ConnectionFailed(PbxError):
    """No answer: name not found, port closed, time-out, connection cut. Not ``sent``: the server can't have acted."""

    kind = "connection"

    def __init__(self, message: str, *, sent: bool = True, **details: t.Any) -> None:
        super().__init__(message, **details)
        self.sent = sent


class TlsFailed(ConnectionFailed):
    """The certificate isn't trusted, or the two sides found no common TLS."""

    kind = "tls"


class ProxyRefused(ConnectionFailed):
    """A proxy wants a login, or forbids the address: it let nothing through, and won't on another try."""

    def __init__(self, message: str, **details: t.Any) -> None:
        super().__init__(message, sent=False, **details)


class ProtocolFailed(PbxError):
    """The answer isn't what this API answers: HTML, broken JSON, a redirect, a missing envelope."""

    kind = "protocol"


class AuthenticationFailed(PbxError):
    """The server does not take the credentials or the token."""

    kind = "authentication"


class PermissionDenied(PbxError):
    """Known to the server, but not allowed to do this."""

    kind = "permission"


class NotFound(PbxError):
    """The object does not exist."""

    kind = "not_found"


class Unsupported(PbxError):
    """The server has no such endpoint: another version, or another product behind the address."""

    kind = "unsupported"


class Conflict(PbxError):
    """The object exists already, is in use, or changed in between."""

    kind = "conflict"


class RateLimited(PbxError):
    """The server asks to wait longer than the options allow."""

    kind = "rate_limit"


class TimedOut(PbxError):
    """The task's own time limit is over."""

    kind = "timeout"


class ServerFailed(PbxError):
    """The server could not or would not do it and gives no better reason."""

    kind = "server"


class NotAsAsked(PbxError):
    """A write whose outcome isn't what was asked for; the message tells what is there, as far as it is known."""


class AmbiguousWrite(NotAsAsked):
    """A write got no clear answer, and reading could not settle whether it took effect."""

    kind = "ambiguous_write"


class NotApplied(NotAsAsked):
    """The server said yes, but what it shows afterwards is something else."""

    kind = "not_applied"


class ChangedMeanwhile(NotAsAsked):
    """The write was done, and what shows afterwards is neither that nor what there was before: somebody else changed it too."""

    kind = Conflict.kind


# Of a write that ends so it isn't known whether it was done.
UNCLEAR = (ConnectionFailed, ServerFailed, ProtocolFailed, NotFound)
