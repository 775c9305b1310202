# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All five systems behind one port, each request kept byte for byte, each answer replaceable by any bytes."""

from __future__ import annotations

import contextlib
import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from ansible_collections.telephony.pbx.tests.unit.hostile.samples import row_of
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, talking

TOKEN = "token-of-the-world"
LOGINS = ("/login", "/get_token", "/oauth/token", "/tokenByAkSk", "/del_token")
Spoil = Callable[[int, Received, Any], "bytes | None"]


@dataclass
class World:
    """``raw``: requests as they came. ``like``: wire names and values that each row has. ``spoil(number, request, good)``:

    the bytes to answer with in the place of the good answer (JSON), None for that itself; logins count from 0 like the rest.
    """

    url: str = ""
    raw: list[bytes] = field(default_factory=list)
    requests: list[Received] = field(default_factory=list)
    like: dict[str, Any] = field(default_factory=dict)
    spoil: Spoil = lambda number, request, good: None
    system: str = "jade"

    def forget(self, system: str) -> None:
        """Start anew, as another system."""
        self.raw, self.requests, self.like, self.system = [], [], {}, system
        self.spoil = lambda number, request, good: None

    @property
    def writes(self) -> list[Received]:
        """The requests that change something."""
        return [request for request in self.requests if not is_read(request)]

    def answer(self, request: Received) -> bytes:
        number = len(self.requests)
        self.requests.append(request)
        good = GOOD[self.system](self, request)
        spoiled = self.spoil(number, request, good)
        return http(json.dumps(good).encode()) if spoiled is None else spoiled

    def row(self, resource: Resource) -> dict[str, Any]:
        """The one object that there is of a resource."""
        row = row_of(resource)
        for name, value in self.like.items():
            holder = row["data"] if name not in row and isinstance(row.get("data"), dict) else row
            holder[name] = value
        return row


def is_read(request: Received) -> bool:
    """Whether a request changes nothing."""
    if request.path.endswith((*LOGINS, "/queryPhone")):
        return True
    return request.method == "GET" and not request.path.endswith(("/delete", "/configreload"))


def http(body: bytes, status: str = "200 OK", *headers: bytes) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}".encode("latin-1"), b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _found(world: World, path: str) -> tuple[dict[str, Any], bool] | None:
    """The object that a path means, and whether the path is that of a list."""
    for resource in (one for entry in REGISTERED[world.system].resources for one in entry.everywhere):
        for template in (resource.list_path, resource.detail_path):
            pattern = re.sub(r"\\\{(\w+)\\\}", "([^/]+)", re.escape(template.partition("?")[0]))
            match = re.search(f"{pattern}$", path) if template else None
            if match:
                row = world.row(resource)
                if template == resource.detail_path and match.groups():
                    row[resource.field(resource.detail_key).path[-1]] = unquote(match.groups()[-1])
                return row, template == resource.list_path
    return None


def _jade(world: World, request: Received) -> Any:
    if request.path.endswith("/login"):
        return {"statuscode": 200, "result": {"authtoken": TOKEN}}
    searched = {"uuid": world.like.get("uuid", "u-1"), "username": "robot"}
    row, is_list = _found(world, request.path.rstrip("/")) or (searched, True)
    if request.path.endswith("/info"):
        return {"statuscode": 200, "result": row}
    if is_list and request.path.endswith("/"):  # the older way, with the key in a body
        row, is_list = {**row, **(request.json if request.body else {})}, False
    return {"statuscode": 200, "result": {"list": [row]} if is_list else row}


def _yeastar(world: World, request: Received) -> Any:
    if request.path.endswith(LOGINS):
        return {"errcode": 0, "access_token": TOKEN, "access_token_expire_time": 1800, "refresh_token": "refresh"}
    row, is_list = _found(world, request.path.replace("/search", "/list")) or ({}, False)
    if "id" in request.query:
        row["id"] = int(request.query["id"])
    return {"errcode": 0, "total_number": 1, "connection_url": "pbx", "data": [row] if is_list else row}


def _ycm(world: World, request: Received) -> Any:
    if request.path.endswith(LOGINS):
        return {"access_token": TOKEN, "expires_in": 1800, "refresh_token": "refresh"}
    if request.method != "GET":
        return {"status": "success", "requestId": "r-1", "data": None}
    row, is_list = _found(world, request.path) or ({}, False)
    return {"status": "success", "data": {"total": 1, "list": [row]} if is_list else row}


def _telecomx(world: World, request: Received) -> Any:
    if request.path.endswith(LOGINS):
        return {"token": TOKEN, "expiresInMinutes": 15}
    row, is_list = _found(world, request.path) or ({}, False)
    return {"total": 1, "sipPhones": [row]} if is_list else row


def _aicc(world: World, request: Received) -> Any:
    if request.path.endswith(LOGINS):
        return {"AccessToken": TOKEN, "Expires": "3600"}
    row, _is_list = _found(world, request.path) or ({}, True)
    return {"retCode": "0", "retMsg": "", "result": {"total": "1", "phone": [row], "singleRegServ": {"regPort": "5060"}}}


GOOD: dict[str, Callable[[World, Received], Any]] = {
    "jade": _jade,
    "yeastar": _yeastar,
    "ycm": _ycm,
    "telecomx": _telecomx,
    "aicc": _aicc,
}


@contextlib.contextmanager
def world() -> Iterator[World]:
    """A running world."""
    here = World()

    def talk(connected: socket.socket) -> None:
        buffer = b""
        while True:
            while b"\r\n\r\n" not in buffer:
                more = connected.recv(65536)
                if not more:
                    return
                buffer += more
            head, _blank, body = buffer.partition(b"\r\n\r\n")
            length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
            wanted = int(length.group(1)) if length else 0
            while len(body) < wanted:
                body += connected.recv(65536)
            buffer = body[wanted:]
            here.raw.append(head + b"\r\n\r\n" + body[:wanted])
            method, _blank, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
            answer = here.answer(Received(method, rest.rpartition(" ")[0], {}, body[:wanted], 0))
            connected.sendall(answer)
            if not answer.startswith(b"HTTP/1.1 200 OK\r\nContent-Length: ") or len(answer) < 40:
                return

    with talking(talk) as server:
        here.url = server.url
        yield here
