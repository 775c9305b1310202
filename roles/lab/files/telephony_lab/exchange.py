# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request to a system of the lab, and the reply to it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from telephony_lab.transport import EXTENSION, Connection

STATE = "exchange"


@dataclass
class Exchange:
    """What the lab knows of a request besides its HTTP form; handlers tell it what HTTP can't say."""

    method: str
    path: str
    query: str
    system: str
    name: str
    connection: Connection
    authorization: str = ""
    started: float = field(default_factory=time.perf_counter)
    login: bool = False
    dropped: bool = False
    second_reply: bytes = b""
    fault: dict[str, Any] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters; of a repeated one the first."""
        return {name: values[0] for name, values in parse_qs(self.query, keep_blank_values=True).items()}

    def fault_of(self, *kinds: str) -> dict[str, Any]:
        """The fault to show, if it is of one of these kinds."""
        return self.fault if self.fault.get("kind") in kinds else {}


def from_scope(scope: dict[str, Any], system: str, name: str) -> Exchange:
    """Describe the request of an ASGI scope."""
    headers = dict(scope["headers"])
    return Exchange(
        method=scope["method"],
        path=scope["raw_path"].decode("ascii", "replace"),
        query=scope["query_string"].decode("ascii", "replace"),
        system=system,
        name=name,
        connection=scope["extensions"][EXTENSION],
        authorization=headers.get(b"authorization", b"").decode("latin-1"),
    )


@dataclass
class Reply:
    """A whole HTTP reply, held back until the lab has decided what to do with it."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def capture(self, message: dict[str, Any]) -> None:
        """Take an ASGI message that an application sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    def replace(self, status: int, content_type: str, body: bytes) -> Reply:
        """Another reply on the same connection terms (Connection: close stays)."""
        kept = [pair for pair in self.headers if pair[0].lower() == b"connection"]
        length = (b"content-length", str(len(body)).encode())
        return Reply(status, [*kept, (b"content-type", content_type.encode()), length], body)
