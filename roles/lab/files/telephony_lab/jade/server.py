# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Jade server as an ASGI application."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from telephony_lab.exchange import STATE, Exchange
from telephony_lab.jade import envelope
from telephony_lab.jade.call import DETAIL_METHODS, LIST_METHODS, Call, Resource
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.pbx import SECTION_FILES, Pbx
from telephony_lab.jade.profiles import PROFILES
from telephony_lab.jade.routes import Access, Entry, entries
from telephony_lab.options import Options
from telephony_lab.tokens import GivenOut


class Endpoint:
    """A resource at one path, as an ASGI application."""

    def __init__(self, resource: Resource, access: Access, methods: dict[str, str]) -> None:
        """Serve a resource's methods to those who have access."""
        self.resource = resource
        self.pbx = resource.pbx
        self.access = access
        self.methods = methods

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        exchange: Exchange = scope["state"][STATE]
        call = Call(exchange=exchange, body=await request.body(), path_parameters=request.path_params)
        try:
            status, body = 200, envelope.success(self.answer(call))
        except Failure as failure:
            status, body = failure.status, b"" if failure.empty else envelope.failure(failure.status)
        await jade_response(status, body)(scope, receive, send)

    def answer(self, call: Call) -> Any:
        """The result of the request."""
        exchange = call.exchange
        if self.pbx.is_down:
            exchange.dropped = True
            return None
        if self.access.token:
            call.user = self.pbx.tokens.user(call.query.get("authtoken", ""), self.access.permission)
        handler = getattr(self.resource, self.methods.get(exchange.method, ""), None)
        if handler is None:
            raise Failure(405)
        if self.methods is DETAIL_METHODS:
            # Whatever stands between the list's path and the last segment is ignored.
            call.detail = unquote((call.path_parameters or {})["detail"].rsplit("/", 1)[-1])
            if not call.detail:
                raise Failure(400)
        return handler(call)


def jade_response(status: int, body: bytes) -> Response:
    """A reply as Jade sends it: JSON that calls itself text/plain."""
    return Response(body, status, headers=envelope.HEADERS)


async def _not_found(request: Request, exc: Exception) -> Response:
    return jade_response(404, b"")


class JadeServer:
    """A Jade PBX with its paths."""

    def __init__(self, name: str, profile: str, options: Options) -> None:
        """Serve a PBX of one profile."""
        self.name = name
        self.pbx = Pbx(PROFILES[profile], options)
        routes = [route for entry in entries(self.pbx.profile) for route in self._routes(entry)]
        self._router = Starlette(routes=routes, exception_handlers={404: _not_found})
        self._router.router.redirect_slashes = False
        self.app = self._serve

    def _routes(self, entry: Entry) -> list[Route]:
        resource = entry.resource(self.pbx)
        routes = [Route(entry.path, Endpoint(resource, entry.access, LIST_METHODS))]
        if any(hasattr(resource, method) for method in DETAIL_METHODS.values()):
            detail = Endpoint(resource, entry.access, DETAIL_METHODS)
            routes.append(Route(entry.path + "/{detail:path}", detail))
        return routes

    async def _serve(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["method"] == "OPTIONS":
            await jade_response(200, b"")(scope, receive, send)
        else:
            await self._router(scope, receive, send)

    def reset(self) -> None:
        """Go back to the first state."""
        self.pbx.reset()

    def discard_token(self, exchange: Exchange) -> None:
        """Forget the token that the request presents."""
        self.pbx.tokens.discard(exchange.parameters.get("authtoken", ""))

    def given_out(self) -> GivenOut:
        """The tokens of this PBX."""
        return self.pbx.tokens.given_out()

    def error(self) -> tuple[int, str, bytes]:
        """Jade's internal error."""
        return 500, "text/plain", envelope.failure(500)

    def set(self, wanted: dict[str, Any]) -> None:
        """Change settings and seeds of this PBX."""
        for name, value in wanted.items():
            if name in SECTION_FILES and isinstance(value, dict):
                self.pbx.set_sections(name, value)
            elif name in ("runtime", "tables") and isinstance(value, dict):
                for table, rows in value.items():
                    (self.pbx.runtime if name == "runtime" else self.pbx.tables)[table].put(rows)
            elif name in ("files", "backups") and isinstance(value, dict):
                (self.pbx.files.texts if name == "files" else self.pbx.files.backups).update(value)
            elif name == "park_post_works":
                self.pbx.park_post_works = bool(value)
            elif name == "pjsip_lag":
                self.pbx.runtime.lag = float(value)
            elif name == "token_seconds":
                self.pbx.tokens.lifetime = float(value)
            elif name == "extra_users" and value:
                self.pbx.add_limited_user()
            else:
                raise ValueError(f"unknown or wrong: {name}")

    def state(self) -> dict[str, Any]:
        """What lies behind the API: files, backups, runtime tables, database."""
        return {
            "profile": self.pbx.profile.name, "files": self.pbx.files.texts, "backups": self.pbx.files.backups,
            "runtime": self.pbx.runtime.contents(), "tables": {name: table.rows for name, table in self.pbx.tables.items()},
        }
