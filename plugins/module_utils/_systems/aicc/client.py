# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Huawei AICC: login, envelope, and the softphone numbers. Document: queryPhone (V2.0.0); facts/vendors.md 4."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._auth.tokens import Token
from ..._engine.client import Client, OpenSession, Query, Say
from ..._http.client import HttpClient
from ..._http.connection import Connection
from ..._http.errors import (
    AuthenticationFailed,
    BadInput,
    PbxError,
    PermissionDenied,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call, Response, with_token
from ..._http.paging import Listing, Page, by_offset, read_pages
from ..._http.version import VERSION
from ..._model import converters
from ..._model.option import Option
from ..._model.options import System
from ..._model.resource import Object, Resource

AICC = System(
    name="aicc",
    title="Huawei AICC",
    url_help="Address of the API, for example V(https://service.besclouds.com).",
    principal=Option("app_key", ("App key that the operator has given out.",), in_header=True),
    secret=Option("app_secret", ("App secret that belongs to O(api_app_key).",), secret=True),
    token_help="Access token of an earlier login, instead of O(api_app_secret).",
    more=(
        Option(
            "auth_url",
            (
                "Address that tokens come from, if it isn't O(api_url); some operators use another port, for example"
                " V(https://service.besclouds.com:28070).",
            ),
        ),
    ),
)
TOKEN_PATH = "/apigovernance/api/oauth/tokenByAkSk"
TOKEN_SECONDS = 3600  # the longest that is given out
BASE = "/apiaccess/CC-Management"
PAGE_SIZE = 100  # a higher limit is cut to this without a word (facts/vendors.md 4.3)
OK = "0"
EMPTY = ("2", "4")  # nothing has been allocated; nothing is left behind this offset
FAILED = "AICC refuses or failed"
# The names differ by call (facts/vendors.md 4.2).
CODES, WORDS = ("retCode", "resultCode", "returnCode"), ("retMsg", "resultMessage", "errorMsg", "error_msg", "message")
QUERY = "/queryPhone"
RETURN_CODES = {
    "1": "the query failed",
    "2": "no softphone has been allocated",
    "3": "AICC knows no address or port where softphones register",
    "4": "limit or offset is empty",
    "5": "AICC knows no virtual call center of this tenant",
}
OPERATORS_WORK = {"3", "5"}
NOT_LISTED = "Is this machine's address on the operator's list? Those that aren't get a 403 from the gateway"
NOT_BOUGHT = "Has the service been bought, is the account in good standing, does api_app_key belong to the token?"
V2, V1 = "/v2/mobileAgent" + QUERY, "/v1/mobileAgent" + QUERY


class AiccClient(Client):
    """Talks to one AICC."""

    def __init__(self, connection: Connection, open_session: OpenSession, *, say: Say | None = None) -> None:
        super().__init__(connection, open_session, say=say)
        auth = connection.option("auth_url")
        self._auth, self._auth_session = self.http, self.session
        if auth not in (None, connection.url):
            self._auth_session = open_session(replace(connection, url=auth))
            self._auth = HttpClient(
                self._auth_session, user_agent="telephony.pbx/" + VERSION, retry_statuses=self.retry_statuses
            )

    def close(self) -> None:
        """The login's connection too."""
        self._auth_session.close()
        super().close()

    def login(self) -> Token:
        """By app key and secret. Lifetimes are sent as text."""
        body = {"app_key": self.connection.principal, "app_secret": self.connection.secret}
        headers = (("X-Token-Expire", str(TOKEN_SECONDS)),)
        answer = self._auth.send(Call("POST", TOKEN_PATH, json=body, headers=headers))
        if answer.status in (400, 401):
            message, hint = "app key or app secret is wrong", "Check api_app_key and api_app_secret"
            raise self.failed(answer, AuthenticationFailed, message, text=_words(answer), hint=hint)
        if answer.status == 403:
            message = "the operator's gateway refuses this machine or this app key"
            raise self.failed(answer, PermissionDenied, message, text=_words(answer), hint=NOT_LISTED)
        if answer.status in (404, 405):
            hint = "Check api_auth_url: tokens may come from another address or port"
            raise self.failed(answer, Unsupported, "this address gives out no tokens", hint=hint)
        if answer.status != 200:
            raise self.failed_by_status(answer, text=_words(answer))
        data = answer.json()
        if not isinstance(data, dict) or "AccessToken" not in data:
            raise self.not_ours(answer)
        return self.new_token(answer, data["AccessToken"], data.get("Expires") or TOKEN_SECONDS, None, 0)

    def authorized(self, call: Call, token: str) -> Call:
        """As bearer header, with the app key beside it."""
        if not call.path.startswith("/api"):
            call = replace(call, path=BASE + call.path)
        if self.connection.principal:
            call = replace(call, headers=(*call.headers, ("X-APP-Key", self.connection.principal)))
        return with_token(call, token=token)

    def send(self, call: Call) -> Response:
        """As everywhere; but a token that is refused right after the login isn't the token's fault (facts/vendors.md 4.2)."""
        try:
            return super().send(call)
        except AuthenticationFailed as error:
            raise error.but(hint=error.hint or NOT_BOUGHT) from None

    def is_rejected(self, answer: Response) -> bool:
        """The gateway's words for an expired token aren't documented; a service that wasn't bought looks the same."""
        return answer.status == 401

    def unwrap(self, answer: Response) -> t.Any:
        """``result`` of a good answer. The code counts, not the status."""
        if answer.status in (404, 405):
            raise self.failed(answer, Unsupported, "this AICC has no such call", hint="Check api_url")
        if answer.status == 403:
            raise self.failed(answer, PermissionDenied, "the operator's gateway refuses this call", hint=NOT_LISTED)
        code = _code(answer)
        if answer.status != 200 and code in (None, OK):
            raise self.failed_by_status(answer, text=_words(answer))
        data = answer.json()
        if code is None:
            raise self.not_ours(answer)
        if code != OK:
            known = answer.call.path.endswith(QUERY)  # other calls have other codes
            message = RETURN_CODES.get(code, FAILED) if known else FAILED
            hint = "That is for the operator to set up" if known and code in OPERATORS_WORK else None
            raise self.failed(answer, ServerFailed, message, code=code, text=_words(answer), hint=hint)
        return data.get("result") or {name: value for name, value in data.items() if name not in (*CODES, *WORDS)}

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """All pages. V2 of the call, or V1 where there is no V2. No other call of AICC has pages in this form."""
        if not path.endswith(QUERY):
            raise BadInput(f"{path} isn't a list that can be read page by page", system=self.connection.title)
        return self.by_version("queryPhone", lambda: self._pages(V2, key), lambda: self._pages(V1, key))

    def _pages(self, path: str, key: str) -> Listing:
        def rows(offset: int, limit: int) -> Page:
            # Both are texts by the document, whose example has numbers.
            answer = self.send(Call("POST", path, json={"limit": str(limit), "offset": str(offset)}, repeatable=True))
            if answer.status == 200 and _code(answer) in EMPTY:
                return Page([])
            result = self.unwrap(answer)
            found = result.get("phone") or [] if isinstance(result, dict) else None
            if not isinstance(found, list) or not all(isinstance(row, dict) and row.get(key) is not None for row in found):
                raise self.not_a_list(answer)
            servers = servers_of(result)
            return Page([{**row, "servers": servers} for row in found], _total(result))

        pages = by_offset(rows, PAGE_SIZE)
        return read_pages(pages, key, size=PAGE_SIZE, concurrency=self.connection.concurrency, progress=self.say)

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """There is no call for a single one."""
        return next((row for row in self.rows(resource, {}).rows if row.get("phoneNum") == key), None)


def _object(answer: Response) -> Object:
    try:
        data = answer.json()
    except PbxError:
        return {}
    return data if isinstance(data, dict) else {}


def _code(answer: Response) -> str | None:
    """The return code, which is a text by the document."""
    data = _object(answer)
    code = next((data[name] for name in CODES if name in data), None)
    return str(code) if isinstance(code, (str, int)) else None


def _words(answer: Response) -> str | None:
    """The server's own words; how the gateway names them isn't documented."""
    data = _object(answer)
    found = next((data[name] for name in WORDS if data.get(name)), None)
    return found if isinstance(found, str) else None


def _total(result: Object) -> int | None:
    try:
        return converters.whole(result["total"])
    except (KeyError, ValueError, TypeError):
        return None


def servers_of(result: Object) -> list[Object]:
    """Where the phones register, from each of the three forms: a list, a pool of two nodes, or flat (facts/vendors.md 4.6)."""
    pool = result.get("poolRegServ")
    named = [(None, result.get("singleRegServ")), *sorted((pool if isinstance(pool, dict) else {}).items())]
    if result.get("regIPAddress") is not None or result.get("regPort") is not None:
        named.append((None, result))
    names = ("regIPAddress", "regPort", "sipServiceIp", "sipServicePort")
    return [
        {"node": node, **{name: entry.get(name) for name in names}}
        for node, entries in named
        for entry in (entries if isinstance(entries, list) else [entries])
        if isinstance(entry, dict)
    ]
