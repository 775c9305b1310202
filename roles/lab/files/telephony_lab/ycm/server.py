# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YCM's API."""

from __future__ import annotations

import base64
import json
import secrets
import time
import uuid
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from telephony_lab.access import Grant, Grants, Lockout
from telephony_lab.exchange import Exchange
from telephony_lab.options import Options
from telephony_lab.paging import cut_page, move_rows
from telephony_lab.ycm.instances import SORT_FIELDS, Instances

ROOT = "/dm/open_api"
REFRESH_SECONDS = 15 * 86400
MAX_PAGE_SIZE = 50
ALLOWED_FAILURES = 5
# Code, text and HTTP status; the statuses are not documented.
ERRORS = {
    1000001: ("SERVER_ERROR", 500), 1000002: ("AUTHENTICATION_FAILED", 401), 1000004: ("INVALID_PARAMETER", 400),
    1000005: ("DATA_NOT_FOUND", 404), 1000035: ("TOKEN_EXPIRED", 401), 1000036: ("INVALID_TOKEN", 401),
    1000042: ("ACCESS_DENIED", 403),
}


class Failure(Exception):
    """An error code of YCM."""

    def __init__(self, code: int) -> None:
        """Remember the code."""
        super().__init__(code)
        self.code = code


def envelope(status: str, **content: Any) -> dict[str, Any]:
    """The frame of each answer of a business call."""
    return {**content, "requestId": str(uuid.uuid4()), "status": status, "time": int(time.time())}


def new_token(seconds: float) -> str:
    """A token that looks like a signed JWT; nobody here checks the signature."""
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"scope": ["all"], "exp": int(time.time() + seconds), "jti": str(uuid.uuid4())}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{secrets.token_urlsafe(32)}"


class YcmServer:
    """A YCM with its Cloud PBXs."""

    def __init__(self, options: Options, port: int) -> None:
        """Serve as many Cloud PBXs as the options say."""
        self.credentials = {"client_id": "lab-ycm-client", "client_secret": secrets.token_hex(16)}
        self._options = options
        self.instances = Instances(options.cloud_pbxs, port, options.dead_every)
        self._start_state()
        instance = f"{ROOT}/v1/cloud_pbx/instances/{{number:int}}"
        routes = [
            Route(f"{ROOT}/oauth/token", self.token, methods=["POST"]),
            Route(f"{ROOT}/oauth/token/refresh_token", self.revoke, methods=["DELETE"]),
            Route(f"{ROOT}/v2/cloud_pbx/instances", self.list),
            Route(instance, self.detail),
            Route(f"{instance}/status", self.status),
            Route(f"{instance}/{{verb:str}}", self.switch, methods=["PUT"]),
        ]
        self.app = Starlette(routes=routes, exception_handlers={Failure: self._failed})

    def _start_state(self) -> None:
        seconds = self._options.token_seconds
        self._grants = Grants(lambda: new_token(seconds), seconds, REFRESH_SECONDS)
        self._lockout = Lockout(ALLOWED_FAILURES)
        self._churn = 0
        self._lists = 0
        self._errors_in_200 = False

    def reset(self) -> None:
        """Go back to the first state."""
        self.instances.resize(self._options.cloud_pbxs)
        self._start_state()

    def set(self, wanted: dict[str, Any]) -> None:
        """Change settings: number of Cloud PBXs, churn, HTTP status of errors, token lifetime."""
        for name, value in wanted.items():
            if name == "cloud_pbxs":
                self.instances.resize(int(value))
            elif name == "churn":
                self._churn = int(value)
            elif name == "errors_in_200":
                self._errors_in_200 = bool(value)
            elif name == "token_seconds":
                self._grants.access_seconds = float(value)
            else:
                raise ValueError(f"unknown: {name}")

    async def _failed(self, request: Request, exc: Exception) -> JSONResponse:
        assert isinstance(exc, Failure)
        text, status = ERRORS[exc.code]
        body = envelope("Failed", code=exc.code, msg=text)
        return JSONResponse(body, 200 if self._errors_in_200 else status)

    def error(self) -> tuple[int, str, bytes]:
        """YCM's internal error."""
        body = envelope("Failed", code=1000001, msg=ERRORS[1000001][0])
        return 500, "application/json", json.dumps(body).encode()

    def discard_token(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._grants.expire(exchange.authorization.partition(" ")[2])

    def _authorize(self, request: Request) -> Exchange:
        exchange: Exchange = request.state.exchange
        if not request.headers.get("user-agent"):
            raise Failure(1000004)
        scheme, dummy, token = exchange.authorization.partition(" ")
        if scheme.lower() != "bearer" or not self._grants.is_valid(token):
            raise Failure(1000035 if self._grants.was_given(token) else 1000036)
        return exchange

    async def token(self, request: Request) -> JSONResponse:
        """Give out tokens for client credentials or for a refresh token."""
        request.state.exchange.login = True
        form = await form_of(request)
        if not request.headers.get("user-agent"):
            raise Failure(1000004)
        if self._lockout.is_locked:
            raise Failure(1000042)
        grant: Grant | None = None
        if form.get("grant_type") == "client_credentials":
            given = {name: form.get(name) for name in self.credentials}
            self._lockout.note(given == self.credentials)
            if given != self.credentials:
                raise Failure(1000002)
            grant = self._grants.add()
        elif form.get("grant_type") == "refresh_token":
            grant = self._grants.refresh(str(form.get("refresh_token")))
            if grant is None:
                raise Failure(1000036)
        else:
            raise Failure(1000004)
        return JSONResponse({
            "access_token": grant.access, "refresh_token": grant.refresh, "token_type": "bearer",
            "expires_in": int(self._grants.access_seconds), "jti": str(uuid.uuid4()),
        })

    async def revoke(self, request: Request) -> JSONResponse:
        """End all refresh tokens of the client."""
        form = await form_of(request)
        if {name: form.get(name) for name in self.credentials} != self.credentials:
            raise Failure(1000002)
        self._grants.revoke_all()
        return JSONResponse({"client_id": self.credentials["client_id"], "effect_time": int(time.time())})

    async def list(self, request: Request) -> JSONResponse:
        """One page of Cloud PBXs."""
        exchange = self._authorize(request)
        query = request.query_params
        size, page = positive(query.get("pageSize", "10")), positive(query.get("pageNumber", "1"))
        sort, search = query.get("sort", ""), query.get("search", "")
        if sort and sort.lstrip("-") not in SORT_FIELDS:
            raise Failure(1000004)
        size = min(size, MAX_PAGE_SIZE)
        self._lists += 1
        if self._churn and self._lists % self._churn == 0:
            self.instances.remove(self.instances.ordered(sort, "")[0])
            self.instances.add()
        move_rows(exchange, self.instances, (sort, search))
        rows, total = cut_page(exchange, self.instances.ordered(sort, search), page, size)
        data = {"pageSize": size, "pageNumber": page, "total": total, "list": rows}
        return JSONResponse(envelope("Success", data=data))

    def _instance(self, request: Request) -> dict[str, Any]:
        self._authorize(request)
        row = self.instances.get(request.path_params["number"])
        if row is None:
            raise Failure(1000005)
        return row

    async def detail(self, request: Request) -> JSONResponse:
        """One Cloud PBX."""
        return JSONResponse(envelope("Success", data=self._instance(request)))

    async def status(self, request: Request) -> JSONResponse:
        """The running status of one Cloud PBX."""
        row = self._instance(request)
        return JSONResponse(envelope("Success", data={name: row[name] for name in ("cloudPbxId", "pbxStatus")}))

    async def switch(self, request: Request) -> JSONResponse:
        """Start or stop a Cloud PBX; the answer only says that this was accepted."""
        row = self._instance(request)
        status = {"start": "Running", "stop": "Stopped"}.get(request.path_params["verb"])
        if status is None:
            raise Failure(1000005)
        self.instances.set_status(row, status)
        return JSONResponse(envelope("Success"))


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form body; of any other body none."""
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        return {}
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))


def positive(text: str) -> int:
    """A positive number from the query."""
    if not text.isdigit() or int(text) < 1:
        raise Failure(1000004)
    return int(text)
