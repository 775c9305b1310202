# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API of one P-Series PBX."""

from __future__ import annotations

import json
import secrets
import string
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from telephony_lab.access import Grant, Grants, Lockout
from telephony_lab.exchange import Exchange
from telephony_lab.options import Options
from telephony_lab.paging import cut_page, move_rows
from telephony_lab.tokens import GivenOut
from telephony_lab.yeastar.proxies import SORT_FIELDS, Proxies

ROOT = "/openapi/v1.0"
REFRESH_SECONDS = 86400
MAX_TOKENS = 8
ALLOWED_FAILURES = 4
MAX_PAGE_SIZE = 10000
ERRORS = {
    -2: "INTERNAL SERVER ERROR", -1: "FAILURE", 10001: "INTERFACE NOT EXISTED", 10004: "TOKEN EXPIRED",
    40001: "PARAMETER SYNTAX ERROR", 40002: "PARAMETER ERROR", 40003: "DUPLICATE KEY VALUE", 60001: "DATA NOT FOUND",
    60002: "MAX LIMITATION EXCEEDED", 70004: "ACCOUNT IP BLOCKED",
}
LETTERS = string.ascii_letters + string.digits


class Failure(Exception):
    """An error code of the PBX, with fields that explain it."""

    def __init__(self, code: int, **explanation: Any) -> None:
        """Remember code and explanation."""
        super().__init__(code)
        self.code = code
        self.explanation = explanation


def answer(**content: Any) -> JSONResponse:
    """A success; the PBX closes the connection after each answer."""
    return JSONResponse({"errcode": 0, "errmsg": "SUCCESS", **content}, headers={"Connection": "close"})


def new_token() -> str:
    """A token of 32 letters and digits."""
    return "".join(secrets.choice(LETTERS) for dummy in range(32))


def bad_parameter(field: str, kind: str) -> Failure:
    """A parameter that can't be."""
    return Failure(40002, invalid_param_list=[{"field": field, "validation_type": kind}])


class YeastarServer:
    """A P-Series PBX with its Onsite Proxies."""

    def __init__(self, serial: str, proxies: Proxies, credentials: dict[str, str], options: Options) -> None:
        """Serve these proxies to the one client that is known."""
        self._serial = serial
        self.proxies = proxies
        self._credentials = {"username": credentials["client_id"], "password": credentials["client_secret"]}
        self._grants = Grants(new_token, options.token_seconds, REFRESH_SECONDS)
        self._lockout = Lockout(ALLOWED_FAILURES)
        calls: dict[str, tuple[str, Callable[..., Any]]] = {
            "get_token": ("POST", self.get_token), "refresh_token": ("POST", self.refresh_token),
            "del_token": ("GET", self.del_token), "system/information": ("GET", self.information),
            "onsiteproxy/list": ("GET", self.list), "onsiteproxy/search": ("GET", self.list),
            "onsiteproxy/get": ("GET", self.get), "onsiteproxy/create": ("POST", self.create),
            "onsiteproxy/update": ("POST", self.update), "onsiteproxy/delete": ("GET", self.delete),
        }
        routes = [Route(f"{ROOT}/{path}", call, methods=[method]) for path, (method, call) in calls.items()]
        handlers: dict[Any, Any] = {Failure: self._failed, 404: self._unknown, 405: self._unknown}
        self.app = Starlette(routes=routes, exception_handlers=handlers)

    async def _failed(self, request: Request, exc: Exception) -> Response:
        assert isinstance(exc, Failure)
        body = {"errcode": exc.code, "errmsg": ERRORS[exc.code], **exc.explanation}
        return JSONResponse(body, headers={"Connection": "close"})

    async def _unknown(self, request: Request, exc: Exception) -> Response:
        return await self._failed(request, Failure(10001))

    def error(self) -> tuple[int, str, bytes]:
        """The PBX's internal error, in HTTP 200 like all its errors."""
        return 200, "application/json", json.dumps({"errcode": -2, "errmsg": ERRORS[-2]}).encode()

    def given_out(self) -> GivenOut:
        """The tokens of this PBX."""
        return self._grants.given_out()

    def discard_token(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._grants.expire(exchange.parameters.get("access_token", ""))

    def _authorize(self, request: Request) -> Exchange:
        require_user_agent(request)
        exchange: Exchange = request.state.exchange
        if not self._grants.is_valid(exchange.parameters.get("access_token", "")):
            raise Failure(10004)
        return exchange

    def _granted(self, grant: Grant) -> JSONResponse:
        return answer(
            access_token_expire_time=int(self._grants.access_seconds), access_token=grant.access,
            refresh_token_expire_time=int(self._grants.refresh_seconds), refresh_token=grant.refresh,
        )

    async def get_token(self, request: Request) -> JSONResponse:
        """Give out tokens for client credentials; only so many can be good at a time."""
        request.state.exchange.login = True
        require_user_agent(request)
        body = await json_of(request)
        if self._lockout.is_locked:
            raise Failure(70004)
        good = {name: body.get(name) for name in self._credentials} == self._credentials
        self._lockout.note(good)
        if not good:
            raise Failure(-1, invalid_param_list=[{"field": "username or password", "value": "error"}])
        if len(self._grants.live()) >= MAX_TOKENS:
            raise Failure(60002)
        return self._granted(self._grants.add())

    async def refresh_token(self, request: Request) -> JSONResponse:
        """Replace a pair of tokens."""
        request.state.exchange.login = True
        require_user_agent(request)
        grant = self._grants.refresh(str((await json_of(request)).get("refresh_token")))
        if grant is None:
            raise Failure(10004)
        return self._granted(grant)

    async def del_token(self, request: Request) -> JSONResponse:
        """Take a pair of tokens back."""
        exchange = self._authorize(request)
        self._grants.revoke(exchange.parameters["access_token"])
        return answer()

    async def information(self, request: Request) -> JSONResponse:
        """What the PBX is."""
        self._authorize(request)
        return answer(data={
            "device_name": "Yeastar P-Series Software Edition", "sn": self._serial.upper(),
            "firmware_version": "83.23.0.25", "system_time": time.strftime("%Y/%m/%d %H:%M:%S", time.gmtime()),
            "up_time": "3 days, 04:05:06",
        })

    async def list(self, request: Request) -> JSONResponse:
        """One page of proxies; search is the same with more parameters."""
        exchange = self._authorize(request)
        query = request.query_params
        page, size = positive(query, "page", 1), positive(query, "page_size", 10)
        sort_by, order_by = query.get("sort_by", ""), query.get("order_by", "asc")
        if sort_by and sort_by not in SORT_FIELDS:
            raise bad_parameter("sort_by", "enum")
        if order_by not in ("asc", "desc"):
            raise bad_parameter("order_by", "enum")
        searching = request.url.path.endswith("/search")
        wanted = {name: query[name] for name in ("search_value", "name", "intranet_ip") if searching and name in query}
        ordering = (sort_by, order_by == "desc", wanted)
        move_rows(exchange, self.proxies, ordering)
        rows, total = cut_page(exchange, self.proxies.ordered(*ordering), page, min(size, MAX_PAGE_SIZE))
        return answer(total_number=total, data=rows, connection_url="198.51.100.10")

    def _find(self, number: Any) -> dict[str, Any]:
        if not isinstance(number, int) or isinstance(number, bool):
            raise bad_parameter("id", "required")
        row = self.proxies.find(number)
        if row is None:
            raise Failure(60001)
        return row

    def _find_by_query(self, request: Request) -> dict[str, Any]:
        self._authorize(request)
        text = request.query_params.get("id", "")
        return self._find(int(text) if text.isdigit() else None)

    async def get(self, request: Request) -> JSONResponse:
        """One proxy, with more fields than in the list."""
        row = self._find_by_query(request)
        return answer(data={**row, "intranet_port": 443, "status_update_time": row["update_time"]})

    async def create(self, request: Request) -> JSONResponse:
        """Add a proxy."""
        self._authorize(request)
        body = await json_of(request)
        self._check_name(body.get("name"))
        if body.get("platform") != "linux":
            raise bad_parameter("platform", "enum")
        return answer(id=self.proxies.create({"name": body["name"], **passthrough(body)}))

    async def update(self, request: Request) -> JSONResponse:
        """Change a proxy; a passthrough that isn't given is switched off."""
        self._authorize(request)
        body = await json_of(request)
        row = self._find(body.get("id"))
        values = passthrough(body)
        if "name" in body:
            self._check_name(body["name"], row["id"])
            values["name"] = body["name"]
        self.proxies.update(row, values)
        return answer()

    async def delete(self, request: Request) -> JSONResponse:
        """Remove a proxy (by GET)."""
        self.proxies.delete(self._find_by_query(request))
        return answer()

    def _check_name(self, name: Any, but: int = 0) -> None:
        if not isinstance(name, str) or not 0 < len(name) <= 128:
            raise bad_parameter("name", "required")
        if self.proxies.is_taken(name, but):
            raise Failure(40003, duplicate_field_list=[{"field": "name", "value": name}])


def passthrough(body: dict[str, Any]) -> dict[str, Any]:
    """The passthrough of a body, 0 when it isn't given."""
    value = body.get("audio_rtp_passthrough", 0)
    if value not in (0, 1) or isinstance(value, bool):
        raise bad_parameter("audio_rtp_passthrough", "enum")
    return {"audio_rtp_passthrough": value}


def require_user_agent(request: Request) -> None:
    """Refuse a request that doesn't say who asks."""
    if not request.headers.get("user-agent"):
        raise Failure(40002)


def positive(query: Any, name: str, default: int) -> int:
    """A positive number from the query."""
    text = query.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        raise bad_parameter(name, "integer")
    return int(text)


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of the body."""
    try:
        body = await request.json()
    except ValueError as exc:
        raise Failure(40001) from exc
    if not isinstance(body, dict):
        raise Failure(40001)
    return body
