# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server in front of the lab that has canaries for its credentials and tokens, gives requests away, and sees processes.

The first part of a path says how it behaves: C(/plain/jade/...) passes on to the lab what the others answer by themselves.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import requests

from tests.system.support.lab import Lab
from tests.system.support.leaks import CREDENTIALS, IN_HEADER, canary

LOGINS = re.compile(r"(?i)/login$|token|/auth/")
TOKEN_NAMES = ("authtoken", "access_token", "refresh_token", "AccessToken", "token")
MODES = ("plain", "error", "late", "write", "plain_text", "html", "redirect", "reset")
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "host"}
PAUSE = 0.05  # seconds between two looks at all processes
Reply = tuple[int, dict[str, str], bytes]


def envelope(system: str, text: str) -> tuple[int, Any]:
    """How each system says that something is wrong."""
    return {
        "jade": (500, {"statuscode": 500, "error": {"code": 500, "message": text}}),
        "ycm": (400, {"code": 1000004, "msg": text}),
        "yeastar": (200, {"errcode": 40002, "errmsg": text}),
        "telecomx": (400, {"message": text}),
        "aicc": (400, {"errorCode": text, "errorMsg": text}),
    }[system]


class Front:
    """Its address, the secrets that it has given out, and the command lines that it has seen."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.url = ""
        self.tokens: dict[str, str] = {}  # the lab's own -> the canary
        self.command_lines: set[str] = set()
        self._next_look = 0.0
        self.said: list[str] = []
        ready = lab.ready
        entries = {"jade": ready["jade"]["f31439d"], "yeastar": ready["yeastar"]["pbx"]}
        entries.update({name: ready[name] for name in ("ycm", "telecomx", "aicc")})
        self.entries = entries
        self.passwords = {
            CREDENTIALS[f"{system}.api_{name}"]: entry[name]
            for system, entry in entries.items()
            for name in ("password", "client_secret", "app_secret")
            if name in entry
        }

    def environment(self, mode: str = "plain") -> dict[str, str]:
        """The variables that point the modules here."""
        found = {}
        for system, entry in self.entries.items():
            for name, value in entry.items():
                if name != "profile":
                    found[f"{system}_{name}".upper()] = CREDENTIALS.get(f"{system}.api_{name}", value)
            found[f"{system}_URL".upper()] = self.address(system, mode)
        return found

    def address(self, system: str, mode: str) -> str:
        """The address of a system that behaves in a way; C(jade_older) is the older Jade."""
        entry = self.lab.ready["jade"]["documented"] if system == "jade_older" else self.entries[system]
        return f"{self.url}/{mode}{urlsplit(entry['url']).path}"

    @property
    def secrets(self) -> set[str]:
        """Everything that has to stay hidden, in so far as it passes here."""
        return {*self.passwords, *self.passwords.values(), *self.tokens, *self.tokens.values()}

    # One request

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply | None:
        """What to answer; None is a cut connection."""
        self._look_around()
        mode, rest = target.lstrip("/").split("/", 1)
        assert mode in MODES, target
        is_login = bool(LOGINS.search(urlsplit(rest).path))
        if mode == "plain" or (mode in ("late", "write") and is_login) or (mode == "write" and method == "GET"):
            return self._pass_on(method, "/" + rest, headers, body)
        said = self._given_away(target, headers, body)
        self.said.append(said)
        return {
            "error": self._error, "late": self._error, "write": self._error,
            "plain_text": lambda path, text: (418, {}, text.encode()),
            "html": lambda path, text: (502, {"Content-Type": "text/html"}, f"<html><p>{text}</p></html>".encode()),
            "redirect": lambda path, text: (302, {"Location": f"https://elsewhere.example/{quote(text)}?{quote(text)}"}, b""),
            "reset": lambda path, text: None,
        }[mode](rest, said)  # fmt: skip

    @staticmethod
    def _error(path: str, text: str) -> Reply:
        status, found = envelope(path.split("/", 1)[0], text)
        return status, {"Content-Type": "application/json"}, json.dumps(found).encode()

    @staticmethod
    def _given_away(target: str, headers: dict[str, str], body: bytes) -> str:
        """The request in the server's words."""
        kept = [value for name, value in headers.items() if name.lower() in ("authorization", "proxy-authorization", "x-token")]
        return " ".join(["what is", *kept, target, body.decode("utf-8", "replace")])

    def _pass_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply | None:
        sent = {name: self._true(value) for name, value in headers.items() if name.lower() not in HOP_BY_HOP}
        url = f"{self.lab.ready['url']}{self._true(target)}"
        data = self._true(body.decode()).encode() if body else None
        try:
            reply = requests.request(
                method, url, headers=sent, data=data, verify=self.lab.ready["ca"], timeout=30, allow_redirects=False
            )
        except requests.ConnectionError:
            return None
        kept = {name: value for name, value in reply.headers.items() if name.lower() not in HOP_BY_HOP}
        return reply.status_code, kept, self._canaries(reply.content)

    def _true(self, text: str) -> str:
        """A text with canaries as the lab knows it."""
        if text.startswith("Basic "):
            return "Basic " + base64.b64encode(self._true(base64.b64decode(text[6:]).decode()).encode()).decode()
        for secret, true in (*self.passwords.items(), *((false, true) for true, false in self.tokens.items())):
            for spell in (str, quote_plus, lambda one: quote(one, safe=""), lambda one: json.dumps(one)[1:-1]):
                text = text.replace(spell(secret), true)
        return text

    def _canaries(self, content: bytes) -> bytes:
        """An answer with canaries in place of the lab's tokens, and this address in place of the lab's."""
        text = content.decode("utf-8", "surrogateescape")
        names = "|".join(TOKEN_NAMES)
        for found in re.findall(rf'"(?:{names})"\s*:\s*"([^"]+)"', text):
            if found not in self.tokens.values():
                self.tokens.setdefault(found, canary(f"token {found}", IN_HEADER))
        for true, false in self.tokens.items():
            text = text.replace(f'"{true}"', json.dumps(false))
        return text.replace(self.lab.ready["url"], f"{self.url}/plain").encode("utf-8", "surrogateescape")

    def _look_around(self) -> None:
        """The command lines of all processes, now that one of them has sent a request. A task runs for longer than the pause."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + PAUSE
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                self.command_lines.add(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
            except OSError:
                continue  # it has ended


def _handler(answer: Callable[[str, str, dict[str, str], bytes], Reply | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = answer(self.command, self.path, dict(self.headers.items()), body)
            self.close_connection = reply is None or self.headers.get("Connection") == "close"
            if reply is None:
                return
            status, headers, content = reply
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _any

        def log_message(self, *args: Any) -> None:
            """Not on the tests' output."""

    return Handler


@contextmanager
def front_of(lab: Lab) -> Iterator[Front]:
    """Start one, and stop it."""
    front = Front(lab)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(front.answer))
    server.daemon_threads = True
    front.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
