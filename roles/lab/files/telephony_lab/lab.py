# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All systems of one lab, and the gateway that leads each request to its system."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Protocol

from telephony_lab import exchange as exchanges
from telephony_lab import faults
from telephony_lab.aicc.server import AiccServer
from telephony_lab.exchange import Exchange, Reply
from telephony_lab.jade.server import JadeServer
from telephony_lab.log import RequestLog, mask_query
from telephony_lab.options import Options
from telephony_lab.telecomx.server import TelecomxServer
from telephony_lab.tokens import GivenOut
from telephony_lab.ycm.server import YcmServer
from telephony_lab.yeastar.farm import YeastarFarm


class System(Protocol):
    """What the gateway needs of a system."""

    app: Any

    def discard_token(self, exchange: Exchange) -> None:
        """Forget the token that the request presents."""

    def error(self) -> tuple[int, str, bytes]:
        """The system's own words for an internal error: status, content type, body."""


class Lab:
    """The state of a lab and its ASGI application."""

    def __init__(self, options: Options, port: int) -> None:
        """Build all systems in their first state."""
        self.options = options
        self.log = RequestLog(options.dir / "requests.jsonl")
        self.faults = faults.Faults()
        self.latency = options.latency
        self.jade = {name: JadeServer(name, profile, options) for name, profile in options.jade.items()}
        self.ycm = YcmServer(options, port)
        self.yeastar = YeastarFarm(options, self.ycm.instances)
        self.telecomx = TelecomxServer(options)
        self.aicc = AiccServer(options)
        # Systems of which there is one each, by the first part of their path.
        self.single: dict[str, tuple[str, System]] = {
            "ycm": ("ycm", self.ycm), "telecomx": ("telecomx", self.telecomx), "aicc": ("aicc", self.aicc),
            "aicc-auth": ("aicc", self.aicc.auth),
        }

    def reset(self) -> None:
        """Go back to the first state, forgetting log and faults."""
        self.latency = self.options.latency
        self.log.clear()
        self.faults.clear()
        for server in self.jade.values():
            server.reset()
        self.ycm.reset()
        self.yeastar.reset()
        self.telecomx.reset()
        self.aicc.reset()

    def given_out(self) -> dict[str, dict[str, GivenOut]]:
        """The tokens of all servers, by system and name as the log has them."""
        return {
            "jade": {name: server.given_out() for name, server in self.jade.items()},
            "yeastar": self.yeastar.given_out(),
            "ycm": {"ycm": self.ycm.given_out()},
            "telecomx": {"telecomx": self.telecomx.given_out()},
            "aicc": {"aicc": self.aicc.given_out()},
        }

    def find(self, path: str) -> tuple[str, str, System | None, str]:
        """System, name, server and remaining path of a request path."""
        parts = path.split("/", 3)
        system = parts[1] if len(parts) > 1 else ""
        if system in self.single:
            known_as, server = self.single[system]
            return known_as, system, server, path[len("/" + system):]
        name = parts[2] if len(parts) > 2 else ""
        rest = "/" + parts[3] if len(parts) > 3 else "/"
        if system == "jade":
            return system, name, self.jade.get(name), rest
        if system == "yeastar":
            return system, name, self.yeastar.get(name), rest
        return system, name, None, rest

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve one request to a system."""
        # The raw path is routed: an encoded slash in a name must not look like a path separator.
        system, name, server, rest = self.find(scope["raw_path"].decode("ascii", "replace"))
        exchange = exchanges.from_scope(scope, system, name)
        exchange.fault = self.faults.take(exchange)
        inner = {**scope, "path": rest, "root_path": "", "state": {exchanges.STATE: exchange}}
        reply = await self._reply(exchange, server, inner, receive)
        seconds = time.perf_counter() - exchange.started
        self._record(exchange, reply, seconds)
        if self.latency:
            await asyncio.sleep(self.latency)
        await faults.deliver(exchange, reply, receive, send)

    async def _reply(self, exchange: Exchange, server: System | None, scope: dict[str, Any], receive: Any) -> Reply:
        if server is None:
            return Reply().replace(404, "text/plain", b"no such system in this lab\n")
        if exchange.fault_of("token_expired"):
            server.discard_token(exchange)
        reply = Reply()
        if not faults.spares_handler(exchange.fault):
            await server.app(scope, receive, reply.capture)
        return faults.replace_reply(exchange.fault, reply, server.error)

    def _record(self, exchange: Exchange, reply: Reply, seconds: float) -> None:
        lost = exchange.dropped or bool(exchange.fault_of("reset", "close"))
        self.log.add({
            "time": time.time(), "method": exchange.method, "path": exchange.path,
            "query": mask_query(exchange.query), "status": None if lost else reply.status,
            "system": exchange.system, "name": exchange.name, "seconds": round(seconds, 6),
            "latency": self.latency, "login": exchange.login, "connection": exchange.connection.number,
            "fault": exchange.fault.get("kind"),
        })
