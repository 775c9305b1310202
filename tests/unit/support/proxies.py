# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small real proxies on loopback: HTTP, with and without TLS to the proxy itself, and SOCKS5."""

from __future__ import annotations

import base64
import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ansible_collections.telephony.pbx.tests.unit.support.servers import running

LOCAL = ("127.0.0.1", "::1")


@dataclass
class Proxy:
    """A running proxy: its ``url``, and the first lines and headers (in lower case) that it got."""

    url: str
    lines: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextlib.contextmanager
def http_proxy(
    tls: ssl.SSLContext | None = None, *, login: str | None = None, status: int = 200, behind: int = 0
) -> Iterator[Proxy]:
    """A proxy that forwards, or answers everything with ``status``; ``login``: "user:password" that it wants.

    Hosts that aren't this machine lead to the port ``behind`` of it.
    """
    here = Proxy("")
    wanted = f"Basic {base64.b64encode((login or '').encode()).decode()}"

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode().strip()
            fields = iter(lambda: self.rfile.readline().decode().strip(), "")
            headers = {name.lower(): value for name, _separator, value in (one.partition(": ") for one in fields)}
            here.lines.append(line)
            here.headers.append(headers)
            allowed = not login or headers.get("proxy-authorization") == wanted
            if not allowed or status != 200:
                self.wfile.write(b"HTTP/1.1 %d Refused\r\nContent-Length: 0\r\n\r\n" % (status if allowed else 407))
                return
            method, target, version = line.split()
            parts = urlsplit(target if method != "CONNECT" else f"//{target}")
            with _behind(parts.hostname or "", parts.port or 80, behind) as server:
                if method == "CONNECT":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                else:
                    body = self.rfile.read(int(headers.get("content-length", 0)))
                    kept = {**headers, "connection": "close"}
                    head = [f"{method} {parts.path}?{parts.query} {version}", *(f"{name}: {kept[name]}" for name in kept)]
                    server.sendall("\r\n".join([*head, "", ""]).encode() + body)
                _both_ways(self.connection, server)

    with running(Handler, tls) as port:
        here.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        yield here


@contextlib.contextmanager
def socks_proxy(*, login: tuple[str, str] | None = None, reply: int = 0, behind: int = 0) -> Iterator[Proxy]:
    """A SOCKS5 proxy (RFC 1928, 1929); ``reply``: the code that it answers, 0 is success."""
    here = Proxy("")

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.read(ord(self.rfile.read(2)[1:]))
            self.wfile.write(b"\5\2" if login else b"\5\0")
            if login:
                self.rfile.read(1)
                given = tuple(self.rfile.read(ord(self.rfile.read(1))).decode() for _number in range(2))
                self.wfile.write(b"\1\0" if given == login else b"\1\1")
                if given != login:
                    return
            kind = self.rfile.read(4)[3]
            if kind == 3:
                host = self.rfile.read(ord(self.rfile.read(1))).decode()
            else:
                host = socket.inet_ntoa(self.rfile.read(4))
            port = int.from_bytes(self.rfile.read(2), "big")
            here.lines.append(f"{host}:{port}")
            self.wfile.write(bytes([5, reply, 0, 1]) + bytes(6))
            if not reply:
                with _behind(host, port, behind) as server:
                    _both_ways(self.connection, server)

    with running(Handler, None) as port:
        here.url = f"socks5h://127.0.0.1:{port}"
        yield here


def _behind(host: str, port: int, behind: int) -> socket.socket:
    return socket.create_connection((host, port) if host in LOCAL else ("127.0.0.1", behind), timeout=5)


def _both_ways(client: socket.socket, server: socket.socket) -> None:
    back = threading.Thread(target=_pump, args=(server, client), daemon=True)
    back.start()
    _pump(client, server)
    back.join(2)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
