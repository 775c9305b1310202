# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AICC's API: tokens and CC-Management's softphone numbers."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from telephony_lab.aicc.softphones import SHAPES, Softphones, result
from telephony_lab.exchange import Exchange
from telephony_lab.options import Options
from telephony_lab.paging import cut_rows, move_rows
from telephony_lab.tokens import GivenOut, Tokens

TOKEN = "/apigovernance/api/oauth/tokenByAkSk"
QUERY = "/apiaccess/CC-Management/%s/mobileAgent/queryPhone"
DEFAULT_SECONDS = 600
MAX_SECONDS = 3600
MAX_LIMIT = 100
RET_CODES = {
    "1": "Query failed.", "2": "The mobile agent information is empty.",
    "3": "The registered service address or port number is empty.",
    "4": "The limit or offset pagination data is empty.", "5": "The virtual call center information is empty.",
}


class Failure(Exception):
    """An HTTP error of the gateway."""

    def __init__(self, status: int, message: str) -> None:
        """Remember both."""
        super().__init__(message)
        self.status = status
        self.message = message


def failed(code: str) -> dict[str, Any]:
    """A failure of the call itself."""
    return {"retMsg": RET_CODES[code], "retCode": code}


class AiccServer:
    """An AICC with its softphone numbers."""

    def __init__(self, options: Options) -> None:
        """Serve as many softphones as the options say."""
        self.credentials = {"app_key": "lab-aicc-app", "app_secret": secrets.token_hex(16)}
        self._options = options
        self.reset()
        token = Route(TOKEN, self.token, methods=["POST"])
        routes = [token, *(Route(QUERY % version, self.query, methods=["POST"]) for version in ("v1", "v2"))]
        self.app = self._app(routes)
        self.auth = AuthAddress(self, self._app([token]))

    def _app(self, routes: list[Route]) -> Starlette:
        handlers: dict[Any, Any] = {Failure: self._failed, 404: self._refused, 405: self._refused}
        return Starlette(routes=routes, exception_handlers=handlers)

    def reset(self) -> None:
        """Go back to the first state."""
        self.softphones = Softphones(self._options.softphones)
        self._tokens: Tokens[str] = Tokens()
        self._settings: dict[str, Any] = {
            "addresses": "flat", "v2": True, "ret_code": None, "past_end": "4", "token_seconds": MAX_SECONDS,
        }

    def set(self, wanted: dict[str, Any]) -> None:
        """Change settings: number of softphones, shape of the addresses, version 2, return codes, token lifetime."""
        allowed = {"addresses": SHAPES, "v2": (True, False), "ret_code": (None, *RET_CODES), "past_end": ("0", "4")}
        for name, value in wanted.items():
            if name == "softphones":
                self.softphones.resize(int(value))
            elif name == "token_seconds":
                self._settings[name] = float(value)
            elif name in allowed and value in allowed[name]:
                self._settings[name] = value
            else:
                raise ValueError(f"unknown: {name} {value}")

    async def _failed(self, request: Request, exc: Exception) -> JSONResponse:
        assert isinstance(exc, Failure)
        return JSONResponse({"errorCode": str(exc.status), "errorMsg": exc.message}, exc.status)

    async def _refused(self, request: Request, exc: Any) -> JSONResponse:
        return await self._failed(request, Failure(exc.status_code, exc.detail))

    def error(self) -> tuple[int, str, bytes]:
        """AICC's business failure."""
        return 500, "application/json", json.dumps(failed("1")).encode()

    def given_out(self) -> GivenOut:
        """The tokens of this AICC, whichever address gave them out."""
        return self._tokens.given_out()

    def discard_token(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._tokens.expire(exchange.authorization.partition(" ")[2])

    async def token(self, request: Request) -> JSONResponse:
        """Give out a token for the app key and its secret."""
        request.state.exchange.login = True
        body = await json_of(request)
        if {name: body.get(name) for name in self.credentials} != self.credentials:
            raise Failure(401, "Unauthorized")
        asked = request.headers.get("x-token-expire", str(DEFAULT_SECONDS))
        if not (asked.isascii() and asked.isdigit()) or int(asked) < 1:
            raise Failure(400, "X-Token-Expire")
        seconds = min(int(asked), MAX_SECONDS, self._settings["token_seconds"])
        token = secrets.token_hex(16)
        self._tokens.add(token, body["app_key"], seconds)
        return JSONResponse({
            "AccessToken": token, "ApplyType": "Bearer", "CreateTime": str(int(time.time())),
            "Expires": str(int(seconds)), "Scope": "", "AppKey": body["app_key"], "UserID": "Anonymous",
        })

    def _authorize(self, request: Request) -> Exchange:
        exchange: Exchange = request.state.exchange
        scheme, dummy, token = exchange.authorization.partition(" ")
        owner = self._tokens.owner(token) if scheme == "Bearer" else None
        if owner is None or request.headers.get("x-app-key", owner) != owner:
            raise Failure(401, "Unauthorized")
        return exchange

    async def query(self, request: Request) -> JSONResponse:
        """Some of the softphones; version 1 is flat in any case and has ids as text."""
        first_version = request.url.path == QUERY % "v1"
        if not first_version and not self._settings["v2"]:
            raise Failure(404, "Not Found")
        exchange = self._authorize(request)
        body = await json_of(request)
        limit = min(max(1, whole(body, "limit", MAX_LIMIT)), MAX_LIMIT)
        offset = max(0, whole(body, "offset", 0))
        if self._settings["ret_code"]:
            return JSONResponse(failed(self._settings["ret_code"]))
        move_rows(exchange, self.softphones, None)
        if not self.softphones.rows:
            return JSONResponse(failed("2"))
        if offset >= len(self.softphones.rows) and self._settings["past_end"] == "4":
            return JSONResponse(failed("4"))
        rows, total = cut_rows(exchange, self.softphones.rows, offset, limit)
        if first_version:
            rows = [{**row, "id": str(row["id"])} if "id" in row else row for row in rows]
        shape = "flat" if first_version else self._settings["addresses"]
        return JSONResponse({"retMsg": "successfully", "retCode": "0", "result": result(shape, total, rows)})


class AuthAddress:
    """A second address that gives out tokens of an AICC and does nothing else."""

    def __init__(self, server: AiccServer, app: Starlette) -> None:
        """Serve the tokens of this AICC."""
        self.app = app
        self.discard_token = server.discard_token
        self.error = server.error


def whole(body: dict[str, Any], name: str, default: int) -> int:
    """A whole number from the body, which may be text."""
    value = body.get(name, default)
    if isinstance(value, str):
        digits = value[1:] if value.startswith("-") else value
        value = int(value) if digits.isascii() and digits.isdigit() else None
    if not isinstance(value, int) or isinstance(value, bool):
        raise Failure(400, name)
    return value


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of the body; no body at all is an empty one."""
    try:
        body = await request.json() if await request.body() else {}
    except ValueError as exc:
        raise Failure(400, "Bad Request") from exc
    if not isinstance(body, dict) or (body and "json" not in request.headers.get("content-type", "")):
        raise Failure(400, "Bad Request")
    return body
