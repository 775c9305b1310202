# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jade: login, base path, envelope. Facts: facts/jade.md 2 to 4; document: the Jade API's "API basics" and login."""

from __future__ import annotations

import contextlib
import re
import time
import typing as t
from dataclasses import replace

from ..._auth.tokens import Token
from ..._engine.client import Client, OpenSession, Query, Say
from ..._http.connection import Connection
from ..._http.errors import (
    AuthenticationFailed,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call, Response, with_token
from ..._http.paging import Listing
from ..._model.options import PASSWORD, USERNAME, System
from ..._model.resource import Object, Resource, segment

JADE = System(
    name="jade",
    title="Jade",
    url_help="Address of the Jade server, for example V(https://pbx.example.com:8081); with or without C(/v1).",
    principal=USERNAME,
    secret=PASSWORD,
    token_help="Token of an earlier login, instead of O(api_username) and O(api_password).",
    per_host=True,
)
TOKEN_LIFE = 3600  # seconds since the last use (facts/jade.md 4)
BASES = ("/v1", "")  # servers from April 2018 on, and older ones (facts/jade.md 2)
OPEN = ("/ping", "/agents", "/device_states", "/peers", "/registries")  # from before there was a login (facts/jade.md 4)
COMPLETE = ("/v1/", *OPEN)  # never get a base path
# A second answer follows on the same connection, where the next call would find it (facts/jade.md 1.9)
DOUBLE_REPLIES = re.compile(r"/(device_states|databases|user/contacts|user/permissions)$")
BASE = "base"
AREAS = ("admin", "manager", "me")
NO_REASON_HINT = "Jade answers 500 without a reason to anything that it can't do; its log may tell more"


class JadeClient(Client):
    """Talks to one Jade server."""

    retry_statuses = frozenset((502, 503, 504))  # 500 is Jade's way to say no (facts/jade.md 1.1)

    def __init__(self, connection: Connection, open_session: OpenSession, *, say: Say | None = None) -> None:
        versioned = connection.url.endswith(BASES[0])
        plain = replace(connection, url=connection.url[: -len(BASES[0])]) if versioned else connection
        super().__init__(plain, open_session, say=say)
        self.area = AREAS[0]  # whose login to use; their tokens are worth the same
        if versioned:
            self.learn(BASE, BASES[0])

    # Login

    def login(self) -> Token:
        """Basic login. Wrong credentials are 404 with Jade's envelope, a path that doesn't exist 404 without any."""
        basic = (self.connection.principal or "", self.connection.secret or "")
        answer = self._on_first_base(Call("POST", f"/{self.area}/login", basic=basic, repeatable=True))
        if answer.status in (401, 403, 404) and answer.body:
            self._envelope(answer)
            raise self.failed(
                answer,
                AuthenticationFailed,
                "user name or password is wrong",
                hint="Check api_username and api_password",
            )
        result = self.unwrap(answer)
        value = result.get("authtoken") if isinstance(result, dict) else None
        if not isinstance(value, str) or not value:
            raise self.not_ours(answer)
        now = time.time()
        return Token(value, now, now + TOKEN_LIFE)

    def logout(self, token: str) -> Call | None:
        """Jade answers 200 to unknown tokens too."""
        return self.authorized(Call("DELETE", f"/{self.area}/login", repeatable=True), token)

    def is_alive(self, token: str) -> bool:
        """Whether Jade knows the token. Any token may read its own account, whatever its permissions."""
        answer = self.http.send(self.authorized(Call("GET", "/admin/info", repeatable=True), token))
        return answer.status != 403

    def takes(self, username: str, password: str) -> bool:
        """Whether a login with these would succeed. The token that it gives is revoked. Jade locks nobody out."""
        answer = self._on_first_base(Call("POST", f"/{self.area}/login", basic=(username, password), repeatable=True))
        if answer.status in (401, 403, 404):
            return False
        result = self.unwrap(answer)
        value = result.get("authtoken") if isinstance(result, dict) else None
        if isinstance(value, str) and value:
            self.http.hide(value)
            with contextlib.suppress(PbxError):  # it expires by itself
                self.revoke(value)
        return True

    def is_rejected(self, answer: Response) -> bool:
        """403 means a dead token as well as a missing permission: only a second question tells them apart."""
        if answer.status != 403:
            return False
        sent = dict(answer.call.secret_query).get("authtoken", "")
        return not self.is_alive(sent)

    def send(self, call: Call) -> Response:
        """What is open to everybody is asked for without a login, which servers of that time don't even have."""
        if call.path.startswith(OPEN):
            answer = self.sensible(call, lambda one: self.http.send(_alone(one)))
            if answer.status != 403:
                return answer
        return super().send(call)

    def authorized(self, call: Call, token: str) -> Call:
        """The call with its base path, and the token in the query string: Jade takes it nowhere else."""
        if not call.path.startswith(COMPLETE):
            if self.learned(BASE) is None:
                self._on_first_base(with_token(Call("GET", "/admin/info", repeatable=True), query="authtoken", token=token))
            call = replace(call, path=self.learned(BASE) + call.path)
        return with_token(_alone(call), query="authtoken", token=token)

    def _on_first_base(self, call: Call) -> Response:
        """Send to the first base path that the server knows, and remember which it is."""
        known = self.learned(BASE)
        for base in BASES if known is None else (known,):
            answer = self.http.send(replace(call, path=base + call.path))
            if answer.status != 404 or self._is_jades(answer):
                if base != known:
                    self.learn(BASE, base)
                return answer
        raise self.failed(
            answer, Unsupported, "there is no Jade API at this address", hint="Check api_url; Jade's port is usually 8081"
        )

    def _is_jades(self, answer: Response) -> bool:
        """Whether the answer has Jade's envelope; another server's 404 hasn't."""
        try:
            self._envelope(answer)
        except ProtocolFailed:
            return False
        return True

    # Envelope

    def unwrap(self, answer: Response) -> t.Any:
        """``result`` of a good answer (None for writes). Raises the error that a bad one means."""
        if answer.status == 200:
            return self._envelope(answer).get("result")
        if (answer.status in (404, 405) and not answer.body) or answer.status == 405:
            raise self.failed(answer, Unsupported, "this Jade has no such endpoint", hint="Its version may be another one")
        text = self._message(answer)
        if answer.status == 403:
            raise self.failed(
                answer,
                PermissionDenied,
                "the account may not do this",
                text=text,
                hint="Jade wants the permission admin for /admin and /manager, and user for /me",
            )
        if answer.status == 404:
            raise self.failed(answer, NotFound, "there is nothing of that name", text=text)
        if answer.status == 500:
            raise self.failed(answer, ServerFailed, "Jade refuses or failed", text=text, hint=NO_REASON_HINT)
        raise self.failed_by_status(answer, text=text)

    def _envelope(self, answer: Response) -> Object:
        data = answer.json()
        if not isinstance(data, dict) or "statuscode" not in data:
            raise self.not_ours(answer)
        return data

    def _message(self, answer: Response) -> str | None:
        error = self._envelope(answer).get("error")
        return error.get("message") or None if isinstance(error, dict) else None

    # Objects

    def listed(self, path: str, key: str, query: Query) -> Listing:
        """Lists come whole. Old servers put them straight under C(result) (facts/jade.md 3)."""
        filters = tuple((name, str(value)) for name, value in query.items())
        answer = self.send(Call("GET", path, filters, repeatable=True))
        result = self.unwrap(answer)
        rows = result.get("list") if isinstance(result, dict) else result
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.not_a_list(answer)
        return Listing(rows)

    def one(self, resource: Resource, key: t.Any) -> Object | None:
        """One object, or None."""
        call = Call("GET", detail(resource.detail_path, key), repeatable=True)
        try:
            result = self.call(call)
        except NotFound:
            return None
        except Unsupported:
            # A uuid of the wrong form gives the same empty 404 as a path that doesn't exist (facts/jade.md 5), and something
            # before the server may say it too.
            name = resource.field(resource.detail_key).path[-1]
            if all(row.get(name) != key for row in self.rows(resource, {}).rows):
                return None
            result = self.call(call)
        return result if isinstance(result, dict) else None


def _alone(call: Call) -> Call:
    """On a connection of its own, if a second answer may follow."""
    return replace(call, fresh=True) if DOUBLE_REPLIES.search(call.path) else call


def detail(template: str, key: t.Any) -> str:
    """The path of one object (facts/jade.md 3). Raises BadInput."""
    start, brace, rest = template.partition("{")
    return start + segment(key) + rest.partition("}")[2] if brace else template
