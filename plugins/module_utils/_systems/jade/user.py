# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of Jade itself. Documents: /admin/user/users and /manager/users; facts/jade.md 1.6, 1.7, 4 and 5."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import replace

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, KEEP, UPDATE, Plan, Reading
from ..._engine.polling import poll
from ..._engine.state import UPDATE_PASSWORD, State, require
from ..._http.errors import BadInput, PbxError, Unsupported
from ..._http.messages import Call
from ..._model.resource import Object, Warn
from .client import detail
from .files import as_text, check_database
from .phones import left_behind, phones_of
from .trunk import BESIDE_PHONES, TRUNK, warn_of_losses
from .user_objects import (
    MANAGER_USER,
    USER,
    permissions_of,
)

__all__ = ("MANAGER_USER", "USER")

REPLACED = ("password", "name", "permissions", "context")  # all at once by a PUT
PHONE_LAG = 5.0  # seconds; a new phone shows after about one (facts/jade.md 5, /admin/pjsip)


def is_own(client: Client, username: t.Any) -> bool:
    """Whether the task is logged in as this account. A token alone doesn't tell whose it is, so Jade is asked."""
    if client.connection.token is None:
        return bool(username == client.connection.principal)
    own = client.call(Call("GET", "/admin/info", repeatable=True))
    return isinstance(own, dict) and own.get("username") == username


def own_account(username: str, what: str) -> BadInput:
    """The error for what would lock the task's own account out."""
    return BadInput(
        f"username {username} is the account that this task logs in with; it can't {what}",
        hint="Log in with another account to do so",
    )


class AccountState(State):
    """What both ways to manage accounts have in common."""

    extra_options = (UPDATE_PASSWORD,)
    needed: tuple[str, ...] = ()  # to create one

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take, and names that can't be."""
        check_database(params, "username", "name", "password", "context")
        if not params["username"]:
            raise BadInput("username is empty")
        if self.absent(params) and not params.get("api_token") and params["username"] == params.get("api_username"):
            raise own_account(params["username"], "remove itself")

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A new account needs more than one that exists."""
        if current is None and not self.absent(params):
            require(params, *self.needed, when=f"to create the user {params['username']}")
        todo = super().plan(client, params, current)
        if todo.action == DELETE and is_own(client, params["username"]):
            raise own_account(params["username"], "remove itself")
        return todo

    def desired(self, params: Params, current: Object | None) -> Object:
        """A new account has a name, if only an empty one."""
        wanted = super().desired(params, current)
        if current is None:
            wanted["name"] = wanted["name"] or ""
        return wanted

    def _path(self, todo: Plan) -> str:
        return detail(self.resource.detail_path, todo.existing["uuid"])

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade wants its own ID."""
        client.write("DELETE", self._path(todo))


class UserState(AccountState):
    """An account and nothing more."""

    module = "jade_user"
    noun = "user"
    title = "Manage accounts that may log in to Jade"
    description = (
        "Creates, changes and removes accounts that may log in to Jade.",
        "An account made here has no permission and no phone: it can log in, but not do anything."
        " For those see M(telephony.pbx.jade_manager_user).",
    )
    resource = USER
    needed = ("password",)
    calls = (
        ("POST", "/admin/user/users"),
        ("PUT", "/admin/user/users/{uuid}"),
        ("DELETE", "/admin/user/users/{uuid}"),
    )
    notes = (
        "Jade can't store a single quote in any of the values; such values are refused up front.",
        "When an account is removed here, Jade leaves its permissions, its contact and its phone behind. The module warns of"
        " it; M(telephony.pbx.jade_manager_user) removes accounts that have a phone with all that is theirs.",
    )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """What isn't given is empty."""
        after = todo.target
        body = {name: after[name] or "" for name in ("username", "password", "name")}
        client.write("POST", USER.list_path, body)
        client.session.forgive()

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = todo.target
        client.write("PUT", self._path(todo), {name: after[name] for name in todo.changes})
        client.session.forgive()

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Jade leaves behind what belongs to an account that is removed this way (facts/jade.md 5, /admin/user)."""
        if todo.action != DELETE:
            return
        before = todo.existing
        try:
            phones = phones_of(client, before["uuid"])
            users = client.rows(MANAGER_USER, {}).rows
        except Unsupported:  # Jades of before April 2018 have neither
            return
        granted = [name for row in users if row.get("uuid") == before["uuid"] for name in _granted(row)]
        permissions = f"the permissions {', '.join(granted)}" if granted else ""
        if phones:
            also = f", with its contact{' and ' + permissions if permissions else ''}"
            warn(
                f"user {before['username']} has a phone, which Jade leaves behind as PJSIP endpoint {', '.join(phones)}{also};"
                " telephony.pbx.jade_manager_user removes all of it"
            )
        elif permissions:
            warn(f"user {before['username']} has {permissions}, which Jade leaves behind in its database, for nobody")


def _granted(row: Object) -> list[str]:
    try:
        return permissions_of(row.get("permissions"))
    except ValueError:
        return []


class ManagerUserState(AccountState):
    """An account with permissions and a phone."""

    module = "jade_manager_user"
    noun = "manager_user"
    title = "Manage accounts of Jade together with their permissions and phone"
    description = (
        "Creates, changes and removes accounts that may log in to Jade, with their permissions and a PJSIP phone of their own.",
        "Jade replaces an account as a whole. The module reads it first and sends it back with the change, so that the"
        " password, name, permissions and context that aren't given stay.",
    )
    resource = MANAGER_USER
    needed = ("password", "context", "permissions")
    calls = (
        ("POST", "/manager/users"),
        ("PUT", "/manager/users/{uuid}"),
        ("DELETE", "/manager/users/{uuid}"),
    )
    notes = (
        "Accounts without a phone, such as the first C(admin), can't be changed or removed here:"
        " use M(telephony.pbx.jade_user).",
        "Jade changes an account step by step and doesn't take a step back. When it fails in between, the module tells which"
        " fields were changed, which weren't, and which got lost.",
        "Each time that Jade fails to create an account, it leaves PJSIP sections for a phone behind that no call removes."
        " Such phones are PJSIP endpoints that no contact names; M(telephony.pbx.jade_user_contact_info) has an example that"
        " finds them.",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
        "Jade reloads Asterisk's PJSIP by itself after each change.",
    )

    def check_input(self, params: Params) -> None:
        """The context ends up in a file, the rest in the database."""
        super().check_input(params)
        if params.get("context") is not None:
            as_text("context", params["context"])
            if not params["context"]:
                raise BadInput("context is empty; a phone without a context can't place calls")
        for permission in params.get("permissions") or []:
            check_database({"permissions": permission}, "permissions")
            if not permission:
                raise BadInput("permissions holds an empty one")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """Jade takes the context from the running phone, which is missing for a moment after each reload of PJSIP."""
        reading = Reading()

        def lacking() -> str:
            nonlocal reading
            reading = super(ManagerUserState, self).find(client, params, warn)
            found = reading.shown
            return "context" if found and not found["context"] and phones_of(client, found["uuid"]) else ""

        poll(lacking, PHONE_LAG)
        return reading

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """What would be left half changed is refused before writing (facts/jade.md 5, /manager/users)."""
        todo = super().plan(client, params, current)
        if current is None or todo.action not in (UPDATE, DELETE):
            return todo
        if not current["context"]:
            self._check_phone(client, todo, current)
        if todo.action == DELETE:
            return todo
        after = todo.target
        if after["password"] is None:
            raise BadInput(
                "password is missing: Jade doesn't show the one that there is, and a change without it would empty it",
                system=client.connection.title,
                hint="Give password",
            )
        had = current["permissions"] or []
        if "admin" in had and "admin" not in (after["permissions"] or []) and is_own(client, current["username"]):
            raise own_account(current["username"], "take the permission admin from itself")
        return replace(todo, rewritten=tuple(name for name in REPLACED if name not in todo.changes))

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Trunks and phones share three files, which Jade writes again as a whole."""
        if todo.action != KEEP:
            with contextlib.suppress(Unsupported):  # a Jade without trunks has none to lose anything
                username = todo.some["username"]
                warn_of_losses(client.rows(TRUNK, {}).rows, f"the files of the phone of {username}", warn, BESIDE_PHONES)

    @staticmethod
    def _check_phone(client: Client, todo: Plan, current: Object) -> None:
        if not phones_of(client, current["uuid"]):
            raise BadInput(
                f"the user {current['username']} has no phone (no context), so that Jade can't"
                f" {'remove' if todo.action == DELETE else 'change'} it together with one",
                system=client.connection.title,
                hint="Use telephony.pbx.jade_user for its name and password, or to remove it",
            )
        if todo.action == UPDATE and "context" not in todo.changes:
            raise BadInput(
                f"context is missing: the phone of the user {current['username']} doesn't run, so that its context can't be read,"
                " and a change without it would empty it",
                system=client.connection.title,
                hint="Give context",
            )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Everything has to be there."""
        client.write("POST", MANAGER_USER.list_path, self._body(todo, "username"))
        client.session.forgive()

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Full replacement: what isn't sent is emptied."""
        client.write("PUT", self._path(todo), self._body(todo))
        client.session.forgive()

    @staticmethod
    def _body(todo: Plan, *more: str) -> Object:
        after = todo.target
        body = {name: after[name] or "" for name in ("password", "name", "context", *more)}
        return {**body, "permissions": [{"permission": item} for item in after["permissions"] or []]}

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """A failed create isn't cleaned up by Jade (facts/jade.md 1.7)."""
        if todo.action == CREATE:
            return (
                "Jade leaves unused PJSIP sections behind each time this fails; find the cause before trying again."
                f" {left_behind(client)}"
            )
        if todo.action == UPDATE:
            return "Jade's steps are name and password, permissions, context. Run the task again when the cause is gone"
        return ""
