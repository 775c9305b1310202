# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX: login, errors, lists. Document: "API : PBX : SIP Phone list"; facts/vendors.md 3. The phones are in sip_phone.py."""

from __future__ import annotations

import time
import typing as t
from urllib.parse import quote

from ansible_collections.telephony.pbx.plugins.module_utils._core import wire
from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client, Query
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    NotFound,
    PbxError,
    PermissionDenied,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.httpclient import Answer, Call, with_token
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import PASSWORD, USERNAME, System
from ansible_collections.telephony.pbx.plugins.module_utils._core.paging import Listing, Page, by_offset, read_pages
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Object, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._core.tokens import Token

TELECOMX = System(
    name="telecomx",
    title="TelecomX",
    url_help="Address of the API, V(https://api.telecomx.dk).",
    principal=USERNAME,
    secret=PASSWORD,
    token_help="Machine token of an employee (M2M), or token of an earlier login, instead of O(api_username) and"
    " O(api_password). An account with a second factor needs one.",
)
TOKEN_MINUTES = 15  # unless the login says otherwise (facts/vendors.md 3.1)
PAGE_SIZE = 500  # the documented maximum is 1000


class TelecomxClient(Client):
    """Talks to TelecomX."""

    def login(self) -> Token:
        """As JSON: a GET would put the password into the address."""
        body = {"username": self.connection.principal, "password": self.connection.secret}
        answer = self.http.send(Call("POST", "/auth/login", json=body))
        if answer.status in (401, 403):
            raise self.failed(
                answer,
                AuthenticationFailed,
                "user name or password is wrong, or a second factor is asked for",
                text=_words(answer),
                hint="Check api_username and api_password; with a second factor use a machine token as api_token",
            )
        data = self.opened(answer)
        value = data.get("token")
        if not isinstance(value, str) or not value:
            raise self.not_ours(answer)
        now, minutes = time.time(), self._minutes(data)
        return Token(value, now, now + 60 * minutes if minutes > 0 else None)

    @staticmethod
    def _minutes(data: Object) -> int:
        """Life of a token; -1 is for ever."""
        try:
            return wire.whole(data.get("expiresInMinutes") or TOKEN_MINUTES)
        except (ValueError, TypeError):
            return TOKEN_MINUTES

    def revoke(self, token: str) -> None:
        """Never: the API's logout ends every session of the account, those of people too (facts/vendors.md 3.1)."""

    def authorized(self, call: Call, token: str) -> Call:
        """In the query string; a header isn't documented."""
        return with_token(call, query="token", token=token)

    def is_rejected(self, answer: Answer) -> bool:
        """By status, since the form of an error's body isn't documented (facts/vendors.md 3.2)."""
        return answer.status == 401

    def opened(self, answer: Answer) -> t.Any:
        """The whole answer: it has no envelope."""
        if answer.status == 403:
            raise self.failed(
                answer,
                PermissionDenied,
                "the account may not do this, or this machine's address is blocked",
                text=_words(answer),
                hint="Reading needs the access level VIEWER, changing MANAGER",
            )
        if answer.status not in (200, 201):
            raise self.failed_by_status(answer, text=_words(answer))
        data = answer.json()
        if not isinstance(data, dict):
            raise self.not_ours(answer)
        if data.get("success") is False:
            raise self.failed(answer, PbxError, "TelecomX refuses", text=_words(answer))
        return data

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """All pages: an offset moves on by as many rows as came."""
        fixed = tuple((name, _written(value)) for name, value in query.items())

        def rows(offset: int, limit: int) -> Page:
            paged = (("offset", str(offset)), ("limit", str(limit)), *fixed)
            answer = self.send(Call("GET", path, paged, repeatable=True))
            data = self.opened(answer)
            # Each list has a name of its own in its answer: sipPhones, employees...
            lists = [value for value in data.values() if isinstance(value, list)]
            found, total = lists[0] if len(lists) == 1 else None, data.get("total")
            if not isinstance(found, list) or not all(isinstance(row, dict) and key in row for row in found):
                raise self.not_a_list(answer)
            return Page(found, total if isinstance(total, int) else None)

        pages = by_offset(rows, PAGE_SIZE)
        return read_pages(pages, key, size=PAGE_SIZE, concurrency=self.connection.concurrency, progress=self.say)

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """By its ID."""
        path = resource.detail_path.partition("{")[0] + quote(str(key), safe="")
        try:
            found = self.call(Call("GET", path, repeatable=True))
        except NotFound:
            return None
        return found if isinstance(found, dict) else None


def _written(value: t.Any) -> str:
    """A query's value: switches as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(answer: Answer) -> str | None:
    """The server's own words, in whichever field they come."""
    try:
        data = answer.json()
    except PbxError:
        return None
    found = [data.get(name) for name in ("message", "error", "code", "field")] if isinstance(data, dict) else [data]
    return ", ".join(text for text in found if isinstance(text, str)) or None
