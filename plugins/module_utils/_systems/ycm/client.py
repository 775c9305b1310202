# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yeastar Central Management. Document: "Query All the Cloud PBXs"; facts/vendors.md 2."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._auth.tokens import Token
from ..._engine.client import Client, Query
from ..._http.errors import (
    AuthenticationFailed,
    NotFound,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call, Response, with_token
from ..._http.paging import Listing, Page, read_pages
from ..._model.options import CLIENT_ID, CLIENT_SECRET, System
from ..._model.resource import Object, Resource, segment
from .errors import (
    BAD_LOGIN,
    BAD_TOKEN,
    DENIED,
    ERRORS,
    RATE_LIMIT,
    error_of,
    object_of,
)

YCM = System(
    name="ycm",
    title="Yeastar Central Management",
    url_help="Address of the central management, for example V(https://ycm.yeastar.com).",
    principal=CLIENT_ID,
    secret=CLIENT_SECRET,
    token_help="Access token of an earlier login, instead of O(api_client_id) and O(api_client_secret).",
)
BASE = "/dm/open_api"
PAGE_SIZE = 50  # the documented maximum
STABLE_SORT = "cloudPbxId"  # the default, by time of creation, lets rows with equal times change places
REFRESH_LIFE = 15 * 86400  # seconds

# The bucket fills again within minutes, and the answer doesn't say when (facts/vendors.md 2.3).
BUCKET_PAUSE, BUCKET_PATIENCE = 10.0, 200.0  # seconds


class YcmClient(Client):
    """Talks to one Yeastar Central Management."""

    has_refresh = True

    def login(self) -> Token:
        """Client credentials; the answer has no envelope."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.connection.principal or "",
            "client_secret": self.connection.secret or "",
        }
        answer = self.http.send(Call("POST", BASE + "/oauth/token", form=form))
        code, words = error_of(answer)
        if code in BAD_LOGIN or answer.status == 401:
            raise self.failed(
                answer,
                AuthenticationFailed,
                "client ID or client secret is wrong",
                code=code,
                text=words,
                hint="Check api_client_id and api_client_secret; more than five failures block this machine's address",
            )
        if code in DENIED or answer.status == 403:
            raise self.failed(
                answer,
                AuthenticationFailed,
                "the server refuses this machine's address or the API client",
                code=code,
                text=words,
                hint="After more than five failed logins: unblock it under Security > Blocked IP. See the API's Client IP"
                " Restriction too",
            )
        return self._token(answer)

    def refresh(self, token: Token) -> Token:
        """Both tokens are replaced."""
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh or ""}
        return self._token(self.http.send(Call("POST", BASE + "/oauth/token", form=form)))

    def _token(self, answer: Response) -> Token:
        data = answer.json() if answer.status == 200 else None
        if not isinstance(data, dict) or "access_token" not in data:
            self.unwrap(answer)
            raise self.not_ours(answer)
        life = data.get("expires_in") or 1800
        return self.new_token(answer, data["access_token"], life, data.get("refresh_token"), REFRESH_LIFE)

    def logout(self, token: str) -> Call | None:
        """Never: the call names no token and ends every session of this API client."""
        return None

    def authorized(self, call: Call, token: str) -> Call:
        """As bearer header."""
        if not call.path.startswith(BASE):
            call = replace(call, path=BASE + call.path)
        return with_token(call, token=token)

    def send(self, call: Call) -> Response:
        """As everywhere, but an empty bucket is waited for until it has filled, unless nothing is to be repeated."""
        waited = 0.0
        while True:
            answer = super().send(call)
            told = "retry-after" in answer.headers  # then it has been kept already
            if not self.is_busy(answer) or told or not self.connection.retries or waited >= BUCKET_PATIENCE:
                return answer
            self.say(f"{self.connection.title} asks to send fewer requests; waiting {BUCKET_PAUSE:g} seconds")
            self.pause(BUCKET_PAUSE)
            waited += BUCKET_PAUSE

    def is_rejected(self, answer: Response) -> bool:
        """By code, or by status where the body says nothing."""
        code, _words = error_of(answer)
        return code in BAD_TOKEN or (answer.status == 401 and code is None)

    def is_busy(self, answer: Response) -> bool:
        """The token bucket of this API client is empty (facts/vendors.md 2.3)."""
        return error_of(answer)[0] == RATE_LIMIT

    def unwrap(self, answer: Response) -> t.Any:
        """``data`` of a good answer. Raises the error that a bad one means."""
        data = self._unfailed(answer)
        if data is None or "data" not in data:
            raise self.not_ours(answer)
        return data["data"]

    def _unfailed(self, answer: Response) -> Object | None:
        """The whole of a good answer."""
        (code, words), data = error_of(answer), object_of(answer)
        request_id = data.get("requestId") if data else None
        said = str((data or {}).get("status") or (data or {}).get("Status")).lower()
        if code is None and said != "failed" and answer.status in (404, 405):
            hint = "Check api_url: it takes neither a path nor the address of a Cloud PBX"
            raise self.failed(answer, Unsupported, "this server has no such call", hint=hint)
        if code is None and answer.status != 200:
            raise self.failed_by_status(answer, text=words, request_id=request_id)
        if code is not None or said == "failed":
            kind, message = ERRORS.get(code or 0, (ServerFailed, "the server refuses or failed"))
            raise self.failed(answer, kind, message, code=code, text=words, request_id=request_id)
        return data

    def accepted(self, response: Response) -> t.Any:
        """The response often says no more than that the write was taken (facts/vendors.md 2.4)."""
        data = self._unfailed(response)
        if data is None or str(data.get("status")).lower() != "success":
            raise self.not_ours(response)
        return data.get("data")

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """All pages, in an order in which no row moves unless the person asks for another one."""

        def page(number: int) -> Page:
            paged = {"pageNumber": number, "pageSize": PAGE_SIZE, "sort": STABLE_SORT, **query}
            sent = tuple((name, str(value)) for name, value in paged.items())
            answer = self.send(Call("GET", path, sent, repeatable=True))
            data = self.unwrap(answer)
            rows = data.get("list") if isinstance(data, dict) else None
            if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get(key) is not None for row in rows):
                raise self.not_a_list(answer)
            total = data.get("total")
            return Page(rows, total if isinstance(total, int) else None)

        return read_pages(page, key, size=PAGE_SIZE, concurrency=self.connection.concurrency, progress=self.say)

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """By its ID; the detail call is one version behind the list (facts/vendors.md 2.4)."""
        path = resource.detail_path.partition("{")[0] + segment(key)
        try:
            found = self.call(Call("GET", path, repeatable=True))
        except NotFound:
            return None
        # What is done to it is done by its ID: it must not be one without.
        if not isinstance(found, dict) or found.get(resource.field(resource.key).path[-1]) is None:
            raise ProtocolFailed(f"the answer is no {resource.title}", system=self.connection.title, method="GET", path=path)
        return found
