# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may call a YCM: tokens, the lock-out after failed logins, the rate limit."""

from __future__ import annotations

import base64
import json
import secrets
import time
import uuid
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from telephony_lab.access import Grant, Grants, Lockout
from telephony_lab.exchange import Exchange
from telephony_lab.tokens import GivenOut
from telephony_lab.ycm.errors import Failure

REFRESH_SECONDS = 15 * 86400
ALLOWED_FAILURES = 5


class Bucket:
    """A token bucket: it holds so many requests and gets as many back in a second."""

    def __init__(self) -> None:
        """Limit nothing."""
        self.limit(0)

    def limit(self, requests: float) -> None:
        """Set the limit and fill the bucket; 0 lifts it."""
        if requests and not requests >= 1:
            raise ValueError("rate_limit must be 0 or at least 1")
        self._limit = self._left = requests
        self._moment = time.monotonic()

    def take(self) -> bool:
        """Take one request out, if there is one."""
        if not self._limit:
            return True
        now = time.monotonic()
        self._left = min(self._limit, self._left + (now - self._moment) * self._limit)
        self._moment = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class OAuth:
    """The tokens of the one client that is known."""

    def __init__(self, token_seconds: float) -> None:
        """Let access tokens live for so long."""
        self.credentials = {"client_id": "lab-ycm-client", "client_secret": secrets.token_hex(16)}
        self._token_seconds = token_seconds
        self.reset()

    def reset(self) -> None:
        """Forget all tokens, failures and settings."""
        self.bucket = Bucket()
        self._grants = Grants(lambda: new_token(self._token_seconds), self._token_seconds, REFRESH_SECONDS)
        self._lockout = Lockout(ALLOWED_FAILURES)

    def live_for(self, seconds: float) -> None:
        """Let the next access tokens live for so long."""
        self._grants.access_seconds = seconds

    def given_out(self) -> GivenOut:
        """The tokens of the client."""
        return self._grants.given_out()

    def discard(self, exchange: Exchange) -> None:
        """Let the token that the request presents end now."""
        self._grants.expire(exchange.authorization.partition(" ")[2])

    def authorize(self, request: Request) -> Exchange:
        """Refuse a request without a good token, and one too many."""
        exchange: Exchange = request.state.exchange
        if not request.headers.get("user-agent"):
            raise Failure(1000004)
        scheme, dummy, token = exchange.authorization.partition(" ")
        if scheme.lower() != "bearer" or not self._grants.is_valid(token):
            raise Failure(1000035 if self._grants.was_given(token) else 1000036)
        if not self.bucket.take():
            raise Failure(1000040)
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


def new_token(seconds: float) -> str:
    """A token that looks like a signed JWT; nobody here checks the signature."""
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"scope": ["all"], "exp": int(time.time() + seconds), "jti": str(uuid.uuid4())}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{secrets.token_urlsafe(32)}"


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form body; of any other body none."""
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        return {}
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
