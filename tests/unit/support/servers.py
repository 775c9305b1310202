# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small real servers on loopback, for what can't be shown with mocks: sockets, TLS, bytes that stop coming."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Received:
    """A request as it arrived; ``target`` is the request line's, not decoded. ``port`` tells connections apart."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    port: int

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True)
class Reply:
    """What to answer. ``cut``: close the connection instead."""

    body: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


CUT = Reply(cut=True)
Answering = Callable[[Received], Reply]


def as_json(data: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(json.dumps(data).encode(), status, headers)


@dataclass
class Server:
    """A running server: its ``url`` and the requests that it got."""

    url: str
    received: list[Received] = field(default_factory=list)

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @property
    def targets(self) -> list[str]:
        return [f"{request.method} {request.target}" for request in self.received]

    @property
    def paths(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.received]


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    tls: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        connected, address = super().get_request()
        connected.settimeout(5)
        if self.tls:
            connected = self.tls.wrap_socket(connected, server_side=True, do_handshake_on_connect=False)
        return connected, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gives up is what many tests are about."""


class _Threads6(_Threads):
    address_family = socket.AF_INET6


@contextlib.contextmanager
def running(
    handler: type[socketserver.BaseRequestHandler], tls: ssl.SSLContext | None, address: str = "127.0.0.1"
) -> Iterator[int]:
    """A server with a thread for each connection; gives its port."""
    with (_Threads6 if ":" in address else _Threads)((address, 0), handler) as server:
        server.tls = tls
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def serving(answer: Answering, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Server]:
    """A server that answers each request with ``answer(request)``."""
    here = Server("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            port = self.client_address[1]
            request = Received(self.command, self.path, headers, self.rfile.read(length), port)
            here.received.append(request)
            reply = answer(request)
            if reply.cut:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = respond

        def log_message(self, *args: Any) -> None:
            """Nothing on the terminal."""

    with running(Handler, tls, "::1" if host == "[::1]" else "127.0.0.1") as port:
        here.url = f"{'https' if tls else 'http'}://{host}:{port}"
        yield here


@contextlib.contextmanager
def talking(talk: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that does with each connection whatever ``talk(socket)`` does, and then closes it."""
    here = Server("")

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            here.received.append(Received("", "", {}, b"", self.client_address[1]))
            talk(self.request)

    with running(Handler, tls) as port:
        here.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        yield here


def saying(*parts: bytes, pause: Callable[[], None] = lambda: None) -> Callable[[socket.socket], None]:
    """For ``talking``: read a request, send the parts with a pause before each but the first, and close."""

    def talk(connected: socket.socket) -> None:
        connected.recv(65536)
        for number, part in enumerate(parts):
            if number:
                pause()
            connected.sendall(part)

    return talk


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def in_turn(*replies: Reply) -> Answering:
    """One reply after the other; the last one again and again."""
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]
