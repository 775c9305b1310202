# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yeastar P-Series PBXs. Document: "Query Onsite Proxy Instance List"; facts/vendors.md 1."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._auth.tokens import Token
from ..._engine.client import Client, Query
from ..._http.errors import (
    AuthenticationFailed,
    BadInput,
    Conflict,
    NotFound,
    PbxError,
    PermissionDenied,
    RateLimited,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call, Response, with_token
from ..._http.paging import Listing, Page, read_pages
from ..._model.options import CLIENT_ID, CLIENT_SECRET, System
from ..._model.resource import Object, Resource

YEASTAR = System(
    name="yeastar",
    title="Yeastar P-Series",
    url_help="Address of the PBX, for example V(https://192.168.5.150:8088), or V(https://pbx.example.com) in the cloud.",
    principal=CLIENT_ID,
    secret=CLIENT_SECRET,
    token_help="Access token of an earlier login, instead of O(api_client_id) and O(api_client_secret).",
    per_host=True,
)
BASE = "/openapi/v1.0"
PAGE_SIZE = 100  # neither default nor maximum is documented (facts/vendors.md 1.3)

SUCCESS, PROCESSING, BUSY, TOKEN_EXPIRED, TOO_MANY, NO_DATA = 0, 2, 70082, 10004, 60002, 60001
SEARCHES = ("search_value", "name", "intranet_ip")  # what only the call onsiteproxy/search takes
IP_BLOCKED, IP_FORBIDDEN = 70004, 70087
_ERRORS: dict[int, tuple[type[PbxError], str, str | None]] = {
    1: (ServerFailed, "only a part was done", None),
    PROCESSING: (ServerFailed, "the PBX is still working on it", None),
    10001: (Unsupported, "this PBX has no such call", "Onsite proxies need firmware 84.23 (Cloud) or 83.23 (Software) or later"),
    10002: (Unsupported, "this version of the API is no longer kept up", None),
    10003: (Unsupported, "this version of the API isn't supported", None),
    10005: (PermissionDenied, "the API client may not do this", None),
    10009: (PermissionDenied, "the operation failed: the feature is off, or rights are missing", None),
    40001: (BadInput, "the PBX doesn't understand a value", None),
    40002: (BadInput, "the PBX doesn't accept a value", None),
    40003: (Conflict, "a value is taken already", None),
    NO_DATA: (NotFound, "there is nothing of that ID", None),
    TOO_MANY: (Conflict, "a limit of the PBX is reached", None),
    IP_BLOCKED: (
        AuthenticationFailed,
        "the PBX has blocked this machine's address",
        "After five failed logins: unblock it under Security > Security Rules > Blocked IPs",
    ),
    BUSY: (RateLimited, "the PBX is busy with another task", "Try again later"),
    IP_FORBIDDEN: (PermissionDenied, "the PBX doesn't allow this machine's address", "See the API's allowed IP addresses"),
    70123: (Unsupported, "the API is switched off", "Switch it on under Integrations > API"),
}


class YeastarClient(Client):
    """Talks to one P-Series PBX. Judge by C(errcode): the HTTP status is 200 for failures too (facts/vendors.md 1.2)."""

    has_refresh = True
    writes_by_get = ("/delete", "/del_token")  # facts/vendors.md 1.4

    def login(self) -> Token:
        """Client ID and secret travel as user name and password."""
        body = {"username": self.connection.principal, "password": self.connection.secret}
        answer = self.http.send(Call("POST", BASE + "/get_token", json=body))
        data = self._data(answer)
        if data["errcode"] in (-1, 1):
            raise self.failed(
                answer,
                AuthenticationFailed,
                "client ID or client secret is wrong",
                code=data["errcode"],
                text=data.get("errmsg"),
                hint="Check api_client_id and api_client_secret; five failures block this machine's address",
            )
        if data["errcode"] == TOO_MANY:
            raise self.failed(
                answer,
                RateLimited,
                "this API client has eight tokens in use, and a PBX gives no more",
                code=TOO_MANY,
                text=data.get("errmsg"),
                hint="They expire after 30 minutes. Give runs that overlap API clients of their own",
            )
        return self._token(answer)

    def refresh(self, token: Token) -> Token:
        """Both tokens are replaced (facts/vendors.md 1.1)."""
        body = {"refresh_token": token.refresh}
        return self._token(self.http.send(Call("POST", BASE + "/refresh_token", json=body)))

    def _token(self, answer: Response) -> Token:
        data = self.unwrap(answer)
        lives = (data.get("access_token_expire_time") or 1800, data.get("refresh_token_expire_time") or 86400)
        return self.new_token(answer, data.get("access_token"), lives[0], data.get("refresh_token"), lives[1])

    def logout(self, token: str) -> Call | None:
        """Free one of the eight places."""
        return self.authorized(Call("GET", "/del_token", repeatable=True), token)

    def authorized(self, call: Call, token: str) -> Call:
        """In the query string, the only place where the PBX looks."""
        if not call.path.startswith("/openapi/"):
            call = replace(call, path=BASE + call.path)
        return with_token(call, query="access_token", token=token)

    def is_rejected(self, answer: Response) -> bool:
        """The PBX says so in as many words."""
        return _errcode(answer) == TOKEN_EXPIRED

    def is_busy(self, answer: Response) -> bool:
        """The one code that means "try later"."""
        return _errcode(answer) == BUSY

    def accepted(self, response: Response) -> t.Any:
        """The PBX may answer that it is still at work; reading tells when it is done."""
        data = self._data(response)
        return data if data["errcode"] == PROCESSING else self.unwrap(response)

    def unwrap(self, answer: Response) -> t.Any:
        """The whole answer: it has no envelope of its own."""
        data = self._data(answer)
        if data["errcode"] == SUCCESS:
            return data
        kind, message, hint = _ERRORS.get(data["errcode"], (ServerFailed, "the PBX refuses or failed", None))
        details = [f"{item.get('field')}: {item.get('validation_type') or item.get('value')}" for item in _wrong(data)]
        text = ", ".join([str(data.get("errmsg") or ""), *details])
        raise self.failed(answer, kind, message, code=data["errcode"], text=text, hint=hint)

    def _data(self, answer: Response) -> Object:
        if answer.status in (404, 405):  # a PBX says in a 200 that there is no such object, or no such call
            raise self.failed(answer, Unsupported, "no P-Series PBX answers here", hint="Check api_url and its port")
        if answer.status != 200:
            raise self.failed_by_status(answer)
        data = answer.json()
        if not isinstance(data, dict) or not isinstance(data.get("errcode"), int):
            raise self.not_ours(answer)
        return data

    def rows(self, resource: Resource, query: Query) -> Listing:
        """A search has a path of its own."""
        if any(name in query for name in SEARCHES):
            resource = replace(resource, list_path=resource.list_path.replace("/list", "/search"))
        return super().rows(resource, query)

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """All pages."""
        fixed = tuple((name, str(value)) for name, value in query.items())

        def page(number: int) -> Page:
            paged = (("page", str(number)), ("page_size", str(PAGE_SIZE)), *fixed)
            answer = self.send(Call("GET", path, paged, repeatable=True))
            data = self.unwrap(answer)
            rows, total = data.get("data"), data.get("total_number")
            if rows is None and not total:
                rows = []
            if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get(key) is not None for row in rows):
                raise self.not_a_list(answer)
            url = {"connection_url": data.get("connection_url")}
            return Page([{**url, **row} for row in rows], total if isinstance(total, int) else None, url)

        return read_pages(page, key, size=PAGE_SIZE, concurrency=self.connection.concurrency, progress=self.say)

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """By the PBX's own ID."""
        path = resource.detail_path.partition("?")[0]
        try:
            data = self.call(Call("GET", path, (("id", str(key)),), repeatable=True))
        except NotFound:
            return None
        found = data.get("data")
        return found if isinstance(found, dict) else None


def _errcode(answer: Response) -> int | None:
    """The code, from whatever came."""
    try:
        data = answer.json()
    except PbxError:
        return None
    code = data.get("errcode") if isinstance(data, dict) else None
    return code if isinstance(code, int) else None


def _wrong(data: Object) -> list[Object]:
    """What the PBX says of single fields."""
    lists = (data.get("invalid_param_list"), data.get("duplicate_field_list"))
    return [item for found in lists if isinstance(found, list) for item in found if isinstance(item, dict)]
