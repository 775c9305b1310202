# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins and permissions."""

from __future__ import annotations

import base64
import binascii
import time
import uuid
from dataclasses import dataclass

from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.rows import Row, Table
from telephony_lab.tokens import GivenOut

LIFETIME = 3600.0


@dataclass
class Token:
    """Whose token it is and when it was last used."""

    user_uuid: str
    used: float


class Tokens:
    """The tokens that a PBX has given out."""

    def __init__(self, users: Table, permissions: Table) -> None:
        """Authenticate against these tables."""
        self._users = users
        self._permissions = permissions
        self.lifetime = LIFETIME
        self._tokens: dict[str, Token] = {}
        self._issued: list[str] = []

    def login(self, authorization: str) -> str:
        """A new token for HTTP Basic credentials: 400 without them, 404 for wrong ones."""
        scheme, dummy, encoded = authorization.partition(" ")
        if scheme.lower() != "basic":
            raise Failure(400)
        try:
            username, dummy, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as exc:
            raise Failure(400) from exc
        user = self._users.find(username=username, password=password)
        if user is None:
            raise Failure(404)
        token = str(uuid.uuid4())
        self._tokens[token] = Token(user["uuid"], time.monotonic())
        self._issued.append(token)
        return token

    def discard(self, token: str) -> None:
        """Forget a token; an unknown one is no error."""
        self._tokens.pop(token, None)

    def given_out(self) -> GivenOut:
        """All of them, and those that are good."""
        return GivenOut(self._issued, [token for token, known in self._tokens.items() if self._is_good(known)])

    def _is_good(self, known: Token) -> bool:
        return time.monotonic() - known.used <= self.lifetime

    def user(self, token: str, permission: str | None) -> Row:
        """The user of a token who has a permission; only a call that checks one keeps the token alive."""
        known = self._tokens.get(token)
        if known is None or not self._is_good(known):
            raise Failure(403)
        user = self._users.find(uuid=known.user_uuid)
        if user is None:
            raise Failure(403)
        if permission is not None:
            if self._permissions.find(user_uuid=user["uuid"], permission=permission) is None:
                raise Failure(403)
            known.used = time.monotonic()
        return user
