# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX: login, errors, lists. Document: "API : PBX : SIP Phone list"; facts/vendors.md 3. The phones are in sip_phone.py."""

from __future__ import annotations

import re
import time
import typing as t

from ..._auth.tokens import Token
from ..._engine.client import Client, Query
from ..._http.errors import (
    AuthenticationFailed,
    BadInput,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call, Response, with_token
from ..._http.paging import Listing, Page, by_offset, read_pages
from ..._model import converters
from ..._model.options import PASSWORD, USERNAME, System
from ..._model.resource import Object, Resource, segment

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
LOGIN = "/auth/login"
LOGIN_REFUSED = (400, 401, 403, 422)
# How a login asks for a second factor isn't documented; these are the parameters that such a login takes.
SECOND_FACTOR = re.compile(r"(?i)sms|authenticator|2fa|two.?factor|second.?factor")
BLOCKED = "blacklisted"
OTHER_ADDRESS = "invalid_token"  # documented as "IP not authenticated"
LONGEST_WORDS = 200  # characters; more is no short key any more


class TelecomxClient(Client):
    """Talks to TelecomX."""

    writes_by_get = ("/configreload",)  # facts/vendors.md 3.4

    def login(self) -> Token:
        """As JSON: a GET would put the password into the address."""
        body = {"username": self.connection.principal, "password": self.connection.secret}
        answer = self.http.send(Call("POST", LOGIN, json=body))
        data = self._login_data(answer)
        now, minutes = time.time(), self._minutes(data)
        return Token(data["token"], now, now + 60 * minutes if minutes > 0 else None)

    def _login_data(self, answer: Response) -> Object:
        """What the login answers, with a token in it. A refusal is told by its cause: each needs something else to be done."""
        data = _object(answer)
        if 200 <= answer.status < 300 and isinstance(data.get("token"), str) and data["token"]:
            return data
        words = words_of(answer) or ""
        if answer.status == 403 and BLOCKED in words:
            raise self._forbidden(answer)
        if SECOND_FACTOR.search(" ".join((words, *data))):
            raise self.failed(
                answer,
                AuthenticationFailed,
                "the account has a second factor, which nobody can enter here",
                hint="Make a machine token (M2M) for the employee and give it as api_token",
            )
        if answer.status in LOGIN_REFUSED or data.get("success") is False:
            raise self.failed(
                answer,
                AuthenticationFailed,
                "user name or password is wrong, or a second factor is asked for",
                hint="Check api_username and api_password; with a second factor use a machine token as api_token",
            )
        if answer.status in (404, 405):
            raise self._not_there(answer)
        self.unwrap(answer)
        raise self.not_ours(answer)

    @staticmethod
    def _minutes(data: Object) -> int:
        """Life of a token; -1 is for ever."""
        try:
            minutes = converters.whole(data.get("expiresInMinutes") or TOKEN_MINUTES)
            float(60 * minutes)
        except (ValueError, TypeError, OverflowError):
            return TOKEN_MINUTES
        return minutes

    def logout(self, token: str) -> Call | None:
        """Never: the API's logout ends every session of the account, those of people too (facts/vendors.md 3.1)."""
        return None

    def authorized(self, call: Call, token: str) -> Call:
        """In the query string; a header isn't documented."""
        return with_token(call, query="token", token=token)

    def is_rejected(self, answer: Response) -> bool:
        """By status, since the form of an error's body isn't documented (facts/vendors.md 3.2)."""
        return answer.status == 401

    def failed(self, answer: Response, kind: type[PbxError], message: str, **details: t.Any) -> PbxError:
        """With TelecomX's own words in each error, and what they mean where a person can do something about it."""
        details.setdefault("text", words_of(answer))
        if kind is AuthenticationFailed and details["text"] == OTHER_ADDRESS:
            details.setdefault("hint", "TelecomX ties a token to the IP address that it was made from")
        return super().failed(answer, kind, message, **details)

    def unwrap(self, answer: Response) -> t.Any:
        """The whole answer: it has no envelope."""
        if answer.status == 403:
            raise self._forbidden(answer)
        if answer.status in (404, 405) and _is_page(answer):
            raise self._not_there(answer)
        if not 200 <= answer.status < 300:
            raise self.failed_by_status(answer)
        if answer.status == 204 and not answer.body:
            return {}
        data = answer.json()
        if not isinstance(data, (dict, list)):
            raise self.not_ours(answer)
        if _object(answer).get("success") is False:
            raise self.failed(answer, ServerFailed, "TelecomX refuses")
        return data

    def _not_there(self, answer: Response) -> PbxError:
        hint = "Check api_url: https://api.telecomx.dk"
        return self.failed(answer, Unsupported, "there is no TelecomX API at this address", hint=hint)

    def _forbidden(self, answer: Response) -> PbxError:
        if BLOCKED in (words_of(answer) or ""):
            return self.failed(
                answer,
                PermissionDenied,
                "TelecomX has blocked this machine's IP address",
                hint="Have them take it off their blacklist",
            )
        return self.failed(
            answer,
            PermissionDenied,
            "the account may not do this",
            hint="Reading needs the access level VIEWER, changing MANAGER, and another customer's phones RESELLER",
        )

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """All pages: an offset moves on by as many rows as came."""
        fixed = tuple((name, _written(value)) for name, value in query.items())

        def rows(offset: int, limit: int) -> Page:
            paged = (("offset", str(offset)), ("limit", str(limit)), *fixed)
            answer = self.send(Call("GET", path, paged, repeatable=True))
            try:
                data = self.unwrap(answer)
            except (NotFound, BadInput) as error:
                if error.text and error.text in query:
                    raise error.but(message=f"{error.text} is {query[error.text]!r}, which TelecomX doesn't know") from None
                raise
            # Each list has a name of its own in its answer: sipPhones, employees...
            lists = [value for value in data.values() if isinstance(value, list)] if isinstance(data, dict) else []
            found = lists[0] if len(lists) == 1 else None
            if not isinstance(found, list) or not all(isinstance(row, dict) and row.get(key) is not None for row in found):
                raise self.not_a_list(answer)
            total = data.get("total")
            return Page(found, total if isinstance(total, int) else None)

        pages = by_offset(rows, PAGE_SIZE)
        return read_pages(pages, key, size=PAGE_SIZE, concurrency=self.connection.concurrency, progress=self.say)

    def accepted(self, response: Response) -> t.Any:
        """An object. Raises ProtocolFailed for anything else."""
        found = self.unwrap(response)
        if not isinstance(found, dict):
            raise self.not_ours(response)
        return found

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """By its ID. Without one the address would be that of the list."""
        if not str(key).strip():
            return None
        call = Call("GET", resource.detail_path.partition("{")[0] + segment(key), repeatable=True)
        answer = self.send(call)
        try:
            found = self.unwrap(answer)
        except NotFound as error:
            name = resource.field(resource.key).path[-1]
            # Without a word of TelecomX's own it may come from something before the server.
            if not error.text and any(row.get(name) == key for row in self.plain_rows(resource, {}).rows):
                raise
            return None
        if not isinstance(found, dict) or resource.field(resource.key).path[-1] not in found:
            raise self.failed(answer, ProtocolFailed, f"the answer is no {resource.title}")
        return found


def _written(value: t.Any) -> str:
    """A query's value: switches as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object(answer: Response) -> Object:
    """The answer, if it is a JSON object."""
    try:
        data = answer.json()
    except PbxError:
        return {}
    return data if isinstance(data, dict) else {}


def _is_page(answer: Response) -> bool:
    """Whether a web server has answered for itself: TelecomX's own errors are a short key."""
    return answer.body[:200].lstrip().startswith(b"<")


def words_of(answer: Response) -> str | None:
    """The server's own words, in whichever form they come: none is documented (facts/vendors.md 3.2)."""
    try:
        found = _words(answer.json())
    except PbxError:
        text = answer.text.strip()
        found = [] if _is_page(answer) else [text]
    words = ", ".join(dict.fromkeys(word for word in found if 0 < len(word) <= LONGEST_WORDS))
    return words or None


def _words(data: t.Any) -> list[str]:
    if isinstance(data, dict):
        return [word for name in ("message", "error", "errors", "code", "field") for word in _words(data.get(name))]
    if isinstance(data, list):
        return [word for item in data for word in _words(item)]
    return [data] if isinstance(data, str) else []
