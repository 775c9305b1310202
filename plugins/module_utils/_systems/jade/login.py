# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token as an object of its own, for those who call Jade by other means. Document: /admin/login; facts/jade.md 4."""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, KEEP, Plan, Reading
from ..._engine.state import PRESENT, State
from ..._http.errors import AuthenticationFailed
from ..._model.resource import Field, Object, Resource, Warn
from .client import AREAS, JadeClient

LOGIN = Resource(
    system="jade",
    noun="login",
    plural="logins",
    title="login",
    description=(),
    list_path="/admin/login",
    key="token",
    fields=(
        Field(
            "token",
            ("The token. Jade takes it as query parameter C(authtoken).", "C(null) in check mode, and when revoked."),
            sample="4e3773f5-8d63-4004-b0ec-c12cd9c505c5",
            assigned=True,
        ),
        Field("valid", "Whether Jade accepts the token.", type="bool", sample=True, write=True),
    ),
)


class LoginState(State):
    """C(present): there is a good token. C(absent): it is revoked."""

    module = "jade_login"
    noun = "login"
    title = "Log in to Jade, and revoke a token"
    description = (
        "Gets a token for calls that are made by other means, or revokes one.",
        "The other modules of this collection log in by themselves and don't need it.",
    )
    resource = LOGIN
    extra_options = (
        Field(
            "area",
            "Which of Jade's three logins to use. Their tokens are worth the same: what counts is the account's permissions.",
            choices=AREAS,
            default=AREAS[0],
        ),
    )
    calls = tuple((method, f"/{area}/login") for area in AREAS for method in ("POST", "DELETE"))
    notes = (
        "The token is returned in clear text, since it is what was asked for. Use C(no_log: true) on the task.",
        "In the controller the token is the one that the other tasks of the run use. Revoking it costs them one new login.",
        "Other tokens are revoked when the run ends. One that this module has returned stays good until it is revoked, or an hour"
        " after it was last used.",
    )
    idempotent = "partial"
    idempotent_details = "Each run with V(state=present) gets a new token, and so does each task that runs elsewhere."

    @property
    def options(self) -> tuple[Field, ...]:
        """Nothing but the state: a token can't be set."""
        return (self.state_option, *self.extra_options)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) returns a token that Jade accepts; one that is still good is used again.",
            "V(absent) revokes O(api_token), or else the token that the tasks of this run share for these credentials.",
        )

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The token at hand, if Jade accepts it."""
        value = client.connection.token
        if client.tokens:
            held = client.tokens.held
            value = held.value if held else None
            if params["state"] == PRESENT:
                client.tokens.keep()  # whoever gets it uses it beyond the run
        if value is None or not t.cast(JadeClient, client).is_alive(value):
            return Reading()
        return Reading({"token": value, "valid": True})

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A new token can't be foretold."""
        if params["state"] == PRESENT:
            if current is None:
                return Plan(LOGIN.fields, CREATE, None, {"token": None, "valid": True}, ("valid",))
            return Plan(LOGIN.fields, KEEP, current, current)
        return Plan(LOGIN.fields, KEEP if current is None else DELETE, current, None)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Log in; the token has to outlive this task."""
        if client.tokens is None:
            raise AuthenticationFailed(
                "api_token isn't accepted (any more)",
                system=client.connection.title,
                hint="Give api_username and api_password to get a new one",
            )
        t.cast(JadeClient, client).area = params["area"]
        client.tokens.get(rejected=client.tokens.held)
        client.tokens.keep()

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Revoke it, here and for the other tasks."""
        client.revoke(todo.existing["token"])
        if client.tokens:
            client.tokens.forget()
