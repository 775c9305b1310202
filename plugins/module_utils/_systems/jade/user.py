# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of Jade itself. Documents: /admin/user/users and /manager/users; facts/jade.md 1.6, 1.7, 4 and 5."""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.patience import poll
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, DELETE, UPDATE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import UPDATE_PASSWORD, Params, State, require
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_CREATE, TM_UPDATE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import check_database, check_line

PHONE_LAG = 5.0  # seconds; a new phone shows after about one (facts/jade.md 5, /admin/pjsip)

UUID = Field(
    "uuid", "Jade's own ID of the account.", sample="303f1faa-c5ac-49f3-965e-a0316e39a0ac", assigned=True
)
ACCOUNT_FIELDS = (
    UUID,
    Field(
        "username",
        ("Name to log in with.", "It can't be changed later on."),
        sample="alice",
        required=True,
        write=True,
    ),
    Field("password", "Password of the account.", sample="********", secret=True, write=True),
    Field("name", "Name of the person.", sample="Alice Smith", write=True),
    TM_CREATE,
    TM_UPDATE,
)

USER = Resource(
    system="jade",
    noun="user",
    plural="users",
    title="user",
    description=("The accounts that may log in to Jade.",),
    list_path="/admin/user/users",
    detail_path="/admin/user/users/{uuid}",
    key="username",
    also_by=("uuid",),
    fields=ACCOUNT_FIELDS,
    notes=("Jade stores passwords in clear text; they are returned only with O(include_secrets=true).",),
)


def _permissions(value: t.Any) -> list[str]:
    """Sent as [{"permission": "user"}, ...]."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError("not a list of permissions")
    return sorted(str(item.get("permission", "")) for item in value)


MANAGER_USER = Resource(
    system="jade",
    noun="manager_user",
    plural="manager_users",
    title="user",
    description=(
        "The accounts that may log in to Jade, with their permissions and the dialplan context of their phone.",
    ),
    list_path="/manager/users",
    detail_path="/manager/users/{uuid}",
    key="username",
    also_by=("uuid",),
    fields=(
        *ACCOUNT_FIELDS[:4],
        Field(
            "permissions",
            (
                "What the account may do. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and"
                " V(user), for everything under C(/me).",
                "The list is the whole truth: permissions that aren't in it are taken away.",
            ),
            type="list",
            elements="str",
            convert=_permissions,
            unordered=True,
            write=True,
            sample=["user"],
        ),
        Field(
            "context",
            ("Dialplan context of the account's phone.", "Empty for accounts that have no phone."),
            sample="demo",
            write=True,
        ),
        *ACCOUNT_FIELDS[4:],
    ),
    notes=USER.notes,
)


def _has_phone(client: Client, uuid: str) -> bool:
    """Whether a contact links the account with a phone (facts/jade.md 5, /manager/users)."""
    contacts = client.listed("/admin/user/contacts", "uuid", {}).rows
    return any(contact.get("user_uuid") == uuid for contact in contacts)


class AccountState(State):
    """What both ways to manage accounts have in common."""

    extra_options = (UPDATE_PASSWORD,)
    needed: tuple[str, ...] = ()  # to create one

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take, and names that can't be."""
        check_database(params, "username", "name", "password", "context")
        if not params["username"]:
            raise BadInput("username is empty")
        if self.absent(params) and params["username"] == params.get("api_username"):
            raise BadInput(
                f"username {params['username']} is the account that this task logs in with; it can't remove itself",
                hint="Log in with another account to remove this one",
            )

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A new account needs more than one that exists."""
        if current is None and not self.absent(params):
            require(params, *self.needed, when=f"to create the user {params['username']}")
        return super().plan(client, params, current)

    def desired(self, params: Params, current: Object | None) -> Object:
        """A new account has a name, if only an empty one."""
        wanted = super().desired(params, current)
        if current is None:
            wanted["name"] = wanted["name"] or ""
        return wanted

    def _path(self, todo: Plan) -> str:
        return detail(self.resource.detail_path, t.cast(Object, todo.before)["uuid"])

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade wants its own ID."""
        t.cast(JadeClient, client).write("DELETE", self._path(todo))


class UserState(AccountState):
    """An account and nothing more."""

    module = "jade_user"
    noun = "user"
    title = "Manage accounts that may log in to Jade"
    description = (
        "Creates, changes and removes accounts that may log in to Jade.",
        "An account made here has no permission and no phone. For those see M(telephony.pbx.jade_manager_user).",
    )
    resource = USER
    needed = ("password",)
    calls = (
        ("POST", "/admin/user/users"),
        ("PUT", "/admin/user/users/{uuid}"),
        ("DELETE", "/admin/user/users/{uuid}"),
    )
    notes = ("Jade can't store a single quote in any of the values; such values are refused up front.",)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """What isn't given is empty."""
        after = t.cast(Object, todo.after)
        body = {name: after[name] or "" for name in ("username", "password", "name")}
        t.cast(JadeClient, client).write("POST", USER.list_path, body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = t.cast(Object, todo.after)
        t.cast(JadeClient, client).write("PUT", self._path(todo), {name: after[name] for name in todo.changes})

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Jade leaves the phone of an account behind when it is removed this way (facts/jade.md 5, /admin/user)."""
        if todo.action != DELETE:
            return
        before = t.cast(Object, todo.before)
        if _has_phone(client, before["uuid"]):
            warn(
                f"user {before['username']} has a phone, which Jade leaves behind;"
                " telephony.pbx.jade_manager_user removes both"
            )


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
        "Jade reloads Asterisk's PJSIP by itself after each change.",
    )

    def check_input(self, params: Params) -> None:
        """The context ends up in a file, and no permission at all would lock the person out."""
        super().check_input(params)
        if params.get("context") is not None:
            check_line("context", params["context"])
            if not params["context"]:
                raise BadInput("context is empty; a phone without a context can't place calls")
        for permission in params.get("permissions") or []:
            check_database({"permissions": permission}, "permissions")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """Jade takes the context from the running phone, which is missing for a moment after each reload of PJSIP."""
        found: Object | None = None

        def lacking() -> str:
            nonlocal found
            found = super(ManagerUserState, self).find(client, params, warn)
            return "context" if found and not found["context"] and _has_phone(client, found["uuid"]) else ""

        poll(lacking, PHONE_LAG)
        return found

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An account without a phone would be left half changed (facts/jade.md 5, /manager/users): refuse before writing."""
        todo = super().plan(client, params, current)
        if todo.action in (UPDATE, DELETE) and current is not None and not current["context"]:
            raise BadInput(
                f"the user {params['username']} has no phone (no context), so that Jade can't"
                f" {'remove' if todo.action == DELETE else 'change'} it together with one",
                system=client.connection.title,
                hint="Use telephony.pbx.jade_user for its name and password, or to remove it",
            )
        return todo

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Everything has to be there."""
        t.cast(JadeClient, client).write("POST", MANAGER_USER.list_path, self._body(todo, "username"))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Full replacement: what isn't sent is emptied."""
        t.cast(JadeClient, client).write("PUT", self._path(todo), self._body(todo))

    @staticmethod
    def _body(todo: Plan, *more: str) -> Object:
        after = t.cast(Object, todo.after)
        body = {name: after[name] or "" for name in ("password", "name", "context", *more)}
        return {**body, "permissions": [{"permission": item} for item in after["permissions"] or []]}

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """A failed create isn't cleaned up by Jade (facts/jade.md 1.7)."""
        if todo.action == CREATE:
            return "Jade leaves unused PJSIP sections behind each time this fails; find the cause before trying again"
        return ""
