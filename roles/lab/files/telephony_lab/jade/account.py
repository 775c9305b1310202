# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in and out, and one's own account."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.rows import Row

PUBLIC_FIELDS = ("uuid", "username", "name", "tm_create", "tm_update")


class Login(Resource):
    """Tokens; the logins of /admin, /manager and /me all do the same."""

    def create(self, call: Call) -> Any:
        """Give out a token for HTTP Basic credentials."""
        call.exchange.login = True
        return {"authtoken": self.pbx.tokens.login(call.exchange.authorization)}

    def clear(self, call: Call) -> None:
        """Take a token back; an unknown one is fine, a missing one is not."""
        token = call.query.get("authtoken")
        if not token:
            raise Failure(400)
        self.pbx.tokens.discard(token)


class Info(Resource):
    """The account that the token belongs to."""

    def account(self, call: Call) -> Row:
        """The row of the account."""
        assert call.user is not None
        return call.user

    def index(self, call: Call) -> Any:
        """Show the account without its password."""
        row = self.account(call)
        return {name: row.get(name) for name in PUBLIC_FIELDS}

    def change(self, call: Call) -> None:
        """Change name and password; anything else is ignored."""
        row = self.account(call)
        self.pbx.tables["users"].update(row, name_and_password(call.data))


class MeInfo(Info):
    """The account as /me shows it."""

    def account(self, call: Call) -> Row:
        """The row of the account."""
        assert call.user is not None
        return self.pbx.me(call.user)


def name_and_password(data: dict[str, Any]) -> dict[str, str]:
    """The two fields of a user that a partial update takes."""
    return {name: data[name] for name in ("name", "password") if isinstance(data.get(name), str)}
