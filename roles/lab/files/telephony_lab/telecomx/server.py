# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX's API."""

from __future__ import annotations

import math
import secrets
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from telephony_lab.exchange import Exchange
from telephony_lab.options import Options
from telephony_lab.paging import cut_rows, move_rows
from telephony_lab.telecomx.accounts import Account, Accounts
from telephony_lab.telecomx.directory import BASE, CUSTOMER, OTHER_CUSTOMER, identifier
from telephony_lab.telecomx.failure import Failure
from telephony_lab.telecomx.phones import HOTDESKS, Phones, Wanted, in_full, in_normal, now
from telephony_lab.telecomx.settings import writable
from telephony_lab.tokens import GivenOut, Tokens

TOKEN_SECONDS = 900
MAX_LIMIT = 1000
UPDATE_METHODS = ("PUT", "POST")


class TelecomxServer:
    """A TelecomX with its SIP phones."""

    def __init__(self, options: Options) -> None:
        """Serve as many phones as the options say."""
        self.accounts = Accounts()
        self._options = options
        self.reset()
        phone = "/pbx/sipphone/{id:str}"
        routes = [
            Route("/auth/login", self.login, methods=["GET", "POST"]),
            Route("/auth/validateToken", self.validate),
            Route("/auth/logout", self.logout),
            Route("/pbx/sipphone", self.list),
            Route("/pbx/sipphone", self.create, methods=["POST"]),
            Route(phone, self.detail),
            Route(phone, self.update, methods=list(UPDATE_METHODS)),
            Route(phone, self.delete, methods=["DELETE"]),
            Route(f"{phone}/configreload", self.reload),
            Route(f"{phone}/hotdesk", self.grab, methods=["POST"]),
            Route(f"{phone}/hotdesk", self.release, methods=["DELETE"]),
        ]
        handlers: dict[Any, Any] = {Failure: self._failed, 404: self._unknown, 405: self._wrong_method}
        self.app = Starlette(routes=routes, exception_handlers=handlers)

    @property
    def credentials(self) -> dict[str, str]:
        """How to log in."""
        return {"username": self.accounts.main.username, "password": self.accounts.main.password}

    @property
    def for_tests(self) -> dict[str, str]:
        """What tests have to know besides."""
        return {
            "machine_token": self.accounts.machine_token, "viewer_username": self.accounts.viewer.username,
            "viewer_password": self.accounts.viewer.password, "other_customer": OTHER_CUSTOMER,
            "spare_extension": self.phones.directory.spare[0], "base_model": BASE,
            "hotdesk_phone": identifier(f"phone {HOTDESKS[0]}"),
        }

    def reset(self) -> None:
        """Go back to the first state."""
        self.phones = Phones(self._options.sip_phones)
        self._tokens: Tokens[Account] = Tokens()
        self._tokens.add(self.accounts.machine_token, self.accounts.main, math.inf)
        self._token_seconds: float = TOKEN_SECONDS
        self._update_method = UPDATE_METHODS[0]
        self._short_lists = 0
        self._lists = 0

    def set(self, wanted: dict[str, Any]) -> None:
        """Change settings: number of phones, short pages, method of an update, token lifetime."""
        for name, value in wanted.items():
            if name == "sip_phones":
                self.phones.resize(int(value))
            elif name == "short_lists":
                self._short_lists = int(value)
            elif name == "update_method" and value in UPDATE_METHODS:
                self._update_method = value
            elif name == "token_seconds":
                self._token_seconds = float(value)
            else:
                raise ValueError(f"unknown: {name}")

    async def _failed(self, request: Request, exc: Exception) -> Response:
        assert isinstance(exc, Failure)
        return Response(exc.body(), exc.status, media_type="application/json")

    async def _unknown(self, request: Request, exc: Exception) -> Response:
        return await self._failed(request, Failure(404, "not_found"))

    async def _wrong_method(self, request: Request, exc: Exception) -> Response:
        return await self._failed(request, Failure(405, "method_not_allowed"))

    def error(self) -> tuple[int, str, bytes]:
        """TelecomX's internal error."""
        return 500, "application/json", Failure(500, "internal_error").body()

    def given_out(self) -> GivenOut:
        """The tokens that logins gave; the one that never ends is none of them."""
        found = self._tokens.given_out()
        own = self.accounts.machine_token
        return GivenOut([one for one in found.issued if one != own], [one for one in found.live if one != own])

    def discard_token(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._tokens.expire(exchange.parameters.get("token", ""))

    def _authorize(self, request: Request, write: bool = False) -> Account:
        token = request.state.exchange.parameters.get("token", "")
        if not token:
            raise Failure(401, "credentials_invalid")
        account = self._tokens.owner(token)
        if account is None:
            raise Failure(401, "expired" if self._tokens.was_given(token) else "invalid_token")
        if write and not account.may_write:
            raise Failure(403, "access_denied")
        return account

    async def login(self, request: Request) -> JSONResponse:
        """Give out a token for user name and password, which a GET has in its URL."""
        exchange: Exchange = request.state.exchange
        exchange.login = True
        given: dict[str, Any] = exchange.parameters if request.method == "GET" else await json_of(request)
        account = self.accounts.find(given.get("username"), given.get("password"))
        if account is None:
            raise Failure(401, "credentials_invalid")
        token, persist = secrets.token_hex(20), is_true(given.get("persist"))
        self._tokens.add(token, account, math.inf if persist else self._token_seconds)
        minutes = -1 if persist else math.ceil(self._token_seconds / 60)
        return JSONResponse({"token": token, "expiresInMinutes": minutes, **account.described()})

    async def validate(self, request: Request) -> Response:
        """Tell whose token this is, and prolong it if that is wanted."""
        parameters = request.state.exchange.parameters
        token = parameters.get("token", "")
        account = self._tokens.owner(token)
        if is_true(parameters.get("simple")):
            return Response(status_code=200 if account else 403)
        if account is None:
            return JSONResponse({"success": False})
        if is_true(parameters.get("extend")) and token != self.accounts.machine_token:
            self._tokens.add(token, account, self._token_seconds)
        return JSONResponse({"success": True, **account.described()})

    async def logout(self, request: Request) -> JSONResponse:
        """End all tokens that the user has from logging in."""
        self._tokens.forget_all(self._authorize(request), but=self.accounts.machine_token)
        return JSONResponse({"success": True})

    async def list(self, request: Request) -> JSONResponse:
        """Some of the phones, in one of two shapes."""
        account = self._authorize(request)
        exchange: Exchange = request.state.exchange
        query = exchange.parameters
        offset, limit = whole(query, "offset", 0, 0), whole(query, "limit", 50, 1, MAX_LIMIT)
        wanted = Wanted(query.get("customer") or CUSTOMER, query.get("filter", ""), is_true(query.get("available")))
        if not account.may_see(wanted.customer):
            raise Failure(403, "access_denied")
        if wanted.customer not in (CUSTOMER, OTHER_CUSTOMER):
            raise Failure(404, "customer")
        move_rows(exchange, self.phones, wanted)
        rows, total = cut_rows(exchange, self.phones.select(wanted), offset, limit)
        self._lists += 1
        if self._short_lists and self._lists % self._short_lists == 0:
            rows = rows[:max(1, len(rows) // 2)]
        full = is_true(query.get("full"))
        shown = [in_full(phone) if full else in_normal(phone, self.phones.directory) for phone in rows]
        return JSONResponse({"offset": offset, "limit": limit, "total": total, "sipPhones": shown})

    def _phone(self, request: Request, write: bool = False) -> dict[str, Any]:
        account = self._authorize(request, write)
        phone = self.phones.find(request.path_params["id"])
        if phone is None:
            raise Failure(404, "not_found")
        if not account.may_see(phone["customer"]):
            raise Failure(403, "access_denied")
        return phone

    async def detail(self, request: Request) -> JSONResponse:
        """One phone in full, with its product."""
        return JSONResponse({"product": None, **self._phone(request)})

    async def create(self, request: Request) -> JSONResponse:
        """Add a phone; the answer is taken to be the phone, as it is for a WebRTC phone."""
        account = self._authorize(request, write=True)
        values = {"customer": CUSTOMER, **writable(await json_of(request))}
        if "sipPhoneModel" not in values:
            raise Failure(422, "sipPhoneModel")
        if values["customer"] not in (CUSTOMER, OTHER_CUSTOMER):
            raise Failure(404, "customer")
        if not account.may_see(values["customer"]):
            raise Failure(403, "access_denied")
        self._check_references(values)
        self._check_address(values["sipPhoneModel"], values.get("macAddress"))
        return JSONResponse(self.phones.create(values))

    async def update(self, request: Request) -> JSONResponse:
        """Change a phone, by the one method that is set as the true one."""
        if request.method != self._update_method:
            raise Failure(405, "method_not_allowed")
        phone = self._phone(request, write=True)
        values = writable(await json_of(request))
        # The customer is not among what an update lists.
        values.pop("customer", None)
        self._check_references(values)
        if "macAddress" in values:
            self._check_address(values.get("sipPhoneModel", phone["sipPhoneModel"]), values["macAddress"], phone)
        self.phones.update(phone, values)
        return JSONResponse({"product": None, **phone})

    def _check_references(self, values: dict[str, Any]) -> None:
        directory = self.phones.directory
        if "sipPhoneModel" in values and values["sipPhoneModel"] not in directory.models:
            raise Failure(422, "sipPhoneModel")
        if values.get("extension") is not None and values["extension"] not in directory.extensions:
            raise Failure(422, "extension")

    def _check_address(self, model: str, mac: str | None, phone: dict[str, Any] | None = None) -> None:
        """Refuse a MAC address that another phone has, unless both are handsets of one base."""
        if phone is not None and mac == phone["macAddress"]:
            return
        if any({model, other["sipPhoneModel"]} != {BASE} for other in self.phones.sharing(mac)):
            raise Failure(409, "macAddress")

    async def delete(self, request: Request) -> JSONResponse:
        """Remove a phone."""
        self.phones.remove(self._phone(request, write=True))
        return JSONResponse({"success": True})

    async def reload(self, request: Request) -> JSONResponse:
        """Have a phone fetch its configuration (by GET)."""
        self._phone(request, write=True)["status"]["configLoaded"] = now()
        return JSONResponse({"success": True})

    async def grab(self, request: Request) -> JSONResponse:
        """Give a hotdesk phone that is free to an extension."""
        phone = self._phone(request, write=True)
        extension = (await json_of(request)).get("extensionId")
        if extension not in self.phones.directory.extensions:
            raise Failure(404, "extensionId")
        return self._lend(phone, extension)

    async def release(self, request: Request) -> JSONResponse:
        """Take a hotdesk phone back."""
        return self._lend(self._phone(request, write=True), None)

    def _lend(self, phone: dict[str, Any], extension: str | None) -> JSONResponse:
        if not self.phones.is_hotdesk(phone) or (phone["extension"] is None) == (extension is None):
            raise Failure(409, "id")
        self.phones.update(phone, {"extension": extension})
        return JSONResponse({"success": True})


def is_true(value: Any) -> bool:
    """Whether a parameter switches something on."""
    return value is True or str(value).lower() in ("true", "1")


def whole(query: dict[str, str], name: str, default: int, lowest: int, highest: int | None = None) -> int:
    """A whole number from the query."""
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or int(text) < lowest or (highest is not None and int(text) > highest):
        raise Failure(422, name)
    return int(text)


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of the body."""
    try:
        body = await request.json()
    except ValueError as exc:
        raise Failure(400, "bad_request") from exc
    if not isinstance(body, dict):
        raise Failure(400, "bad_request")
    return body
