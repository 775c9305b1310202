# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YCM's API."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from telephony_lab.exchange import Exchange
from telephony_lab.options import Options
from telephony_lab.paging import cut_page, move_rows
from telephony_lab.tokens import GivenOut
from telephony_lab.ycm import clusters
from telephony_lab.ycm.errors import ERRORS, Failure, envelope, failed
from telephony_lab.ycm.instances import SORT_FIELDS, Instances
from telephony_lab.ycm.oauth import OAuth
from telephony_lab.ycm.writes import Writes

ROOT = "/dm/open_api"
MAX_PAGE_SIZE = 50


class YcmServer:
    """A YCM with its Cloud PBXs."""

    def __init__(self, options: Options, port: int) -> None:
        """Serve as many Cloud PBXs as the options say."""
        self._options = options
        self._oauth = OAuth(options.token_seconds)
        self.credentials = self._oauth.credentials
        self.instances = Instances(options.cloud_pbxs, port, options.dead_every)
        self._writes = Writes(self.instances, self._oauth.authorize)
        self._start_state()
        instance = f"{ROOT}/v1/cloud_pbx/instances/{{number:int}}"
        routes = [
            Route(f"{ROOT}/oauth/token", self._oauth.token, methods=["POST"]),
            Route(f"{ROOT}/oauth/token/refresh_token", self._oauth.revoke, methods=["DELETE"]),
            Route(f"{ROOT}/v2/cloud_pbx/instances", self.list),
            Route(instance, self.detail),
            Route(f"{instance}/status", self.status),
            Route(f"{ROOT}/v1/cluster/regions", self.regions),
            Route(f"{ROOT}/v1/cluster/domains", self.domains),
            Route(f"{ROOT}/v1/firmware", self.firmware),
            *self._writes.routes(ROOT),
        ]
        self.app = Starlette(routes=routes, exception_handlers={Failure: self._failed})

    def _start_state(self) -> None:
        self._churn = 0
        self._lists = 0
        self._errors_in_200 = False

    def reset(self) -> None:
        """Go back to the first state."""
        self.instances.resize(self._options.cloud_pbxs)
        self._oauth.reset()
        self._writes.reset()
        self._start_state()

    def set(self, wanted: dict[str, Any]) -> None:
        """Change settings: number of Cloud PBXs, churn, HTTP status of errors, times, the rate limit.

        ``rows`` are fields of Cloud PBXs by their ids (None leaves one out), ``coming`` a status and after how many seconds.
        """
        for name, value in wanted.items():
            if name == "cloud_pbxs":
                self.instances.resize(int(value))
            elif name == "churn":
                self._churn = int(value)
            elif name == "errors_in_200":
                self._errors_in_200 = bool(value)
            elif name == "token_seconds":
                self._oauth.live_for(float(value))
            elif name == "rate_limit":
                self._oauth.bucket.limit(from_zero(value))
            elif name in ("provision_seconds", "start_seconds", "plan_seconds"):
                setattr(self._writes, name, from_zero(value))
            elif name == "rows":
                for number, values in value.items():
                    self.instances.overwrite(int(number), values)
            elif name == "coming":
                for number, (status, seconds) in value.items():
                    self.instances.expect(int(number), status, from_zero(seconds))
            else:
                raise ValueError(f"unknown: {name}")

    async def _failed(self, request: Request, exc: Exception) -> JSONResponse:
        assert isinstance(exc, Failure)
        return JSONResponse(failed(exc.code), 200 if self._errors_in_200 else ERRORS[exc.code][1])

    def error(self) -> tuple[int, str, bytes]:
        """YCM's internal error."""
        return 500, "application/json", json.dumps(failed(1000001)).encode()

    def given_out(self) -> GivenOut:
        """The tokens of this YCM."""
        return self._oauth.given_out()

    def discard_token(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._oauth.discard(exchange)

    async def list(self, request: Request) -> JSONResponse:
        """One page of Cloud PBXs."""
        exchange = self._oauth.authorize(request)
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
        self._oauth.authorize(request)
        row = self.instances.get(request.path_params["number"])
        if row is None:
            raise Failure(1000005)
        return row

    async def detail(self, request: Request) -> JSONResponse:
        """One Cloud PBX."""
        return JSONResponse(envelope("Success", data=self._instance(request)))

    async def status(self, request: Request) -> JSONResponse:
        """The running status of one Cloud PBX, and whether it is activated."""
        row = self._instance(request)
        shown = ("cloudPbxId", "pbxStatus", "activationStatus")
        return JSONResponse(envelope("Success", data={name: row[name] for name in shown}))

    async def regions(self, request: Request) -> JSONResponse:
        """The regions in which a Cloud PBX can be."""
        self._oauth.authorize(request)
        return JSONResponse(envelope("Success", data=clusters.REGION_LIST))

    async def domains(self, request: Request) -> JSONResponse:
        """The domain names of some regions."""
        self._oauth.authorize(request)
        found = clusters.domains(request.query_params.get("regionIds", ""))
        return JSONResponse(envelope("Success", data=found))

    async def firmware(self, request: Request) -> JSONResponse:
        """The firmwares that a Cloud PBX can have."""
        self._oauth.authorize(request)
        query = request.query_params
        found = clusters.firmwares(query.get("type", ""), query.get("regionIds", ""))
        return JSONResponse(envelope("Success", data=found))


def positive(text: str) -> int:
    """A positive number from the query."""
    if not text.isdigit() or int(text) < 1:
        raise Failure(1000004)
    return int(text)


def from_zero(value: Any) -> float:
    """A number from 0."""
    number = float(value)
    if not math.isfinite(number) or number < 0:
        raise ValueError(f"{value} is not a number from 0")
    return number
