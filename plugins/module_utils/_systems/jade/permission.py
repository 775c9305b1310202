# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions of accounts.

Document: /admin/user/permissions, of which it has the paths only; facts/jade.md 1.9, 1.10 and 5, /admin/user. On real servers its
list shows contacts and its POST makes an account, so that all goes through /manager/users there.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._engine.client import Client, Query
from ..._engine.journal import PART
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, KEEP, Plan, Reading
from ..._engine.state import State
from ..._http.errors import (
    BadInput,
    NotApplied,
    NotFound,
    PbxError,
    Unsupported,
    series,
)
from ..._http.paging import Listing
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn, silent
from .client import detail
from .files import check_database
from .phones import phones_of
from .user import (
    MANAGER_USER,
    USER,
    ManagerUserState,
    is_own,
    own_account,
)

PATH = "/admin/user/permissions"


def user_names(client: Client) -> t.Callable[[Object], t.Any]:
    """A function that tells the name of the account that a row belongs to by C(user_uuid); None if there is none."""
    rows = client.rows(USER, {}).rows
    names = {row["uuid"]: row.get("username") for row in rows if isinstance(row.get("uuid"), str)}
    return lambda row: names.get(row["user_uuid"]) if isinstance(row.get("user_uuid"), str) else None


def user_of(client: Client, params: Params) -> Object | None:
    """The account that a task names. None if there is none and nothing is wanted of it, else raises NotFound."""
    for raw in client.rows(USER, {}).rows:
        if raw.get("username") == params["username"]:
            return normalize(USER, raw, silent)
    if params["state"] == "absent":
        return None
    raise NotFound(
        f"there is no user {params['username']}",
        system=client.connection.title,
        hint="jade_user_info lists them; jade_manager_user makes one",
    )


def is_wired(client: Client) -> bool:
    """Whether the calls for contacts and permissions do what their names say.

    Where the list of permissions shows contacts, the POST of both makes accounts. A right list is never empty: whoever reads it
    has the permission to.
    """
    return _shows_permissions(client.plain_rows(USER_PERMISSION, {}).rows)


def _shows_permissions(rows: list[Object]) -> bool:
    return bool(rows) and all("permission" in row for row in rows)


class PermissionReader:
    """Permissions by their own endpoint, or those that the managers' view shows where the own one shows contacts."""

    calls = (("GET", MANAGER_USER.list_path), ("GET", USER.list_path))

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """All permissions of all accounts."""
        found = client.plain_rows(resource, query).rows
        if _shows_permissions(found):
            name_of = user_names(client)
            return Listing([{**row, "username": name_of(row)} for row in found])
        users = [normalize(MANAGER_USER, raw, silent) for raw in client.rows(MANAGER_USER, {}).rows]
        return Listing(
            [
                {"uuid": None, "user_uuid": user["uuid"], "username": user["username"], "permission": permission}
                for user in users
                for permission in user["permissions"] or []
            ]
        )

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """One permission; its endpoint is right on all servers."""
        found = client.one(resource, key)
        if not found or "permission" not in found:
            return None
        return {**found, "username": user_names(client)(found)}


USER_PERMISSION = Resource(
    system="jade",
    noun="user_permission",
    plural="user_permissions",
    title="permission",
    description=(
        "The permissions of all accounts, one by one.",
        "The newest published Jade shows contacts in their place. There they are taken from what it shows to managers, and have"
        " no ID.",
    ),
    list_path=PATH,
    detail_path=PATH + "/{uuid}",
    key="uuid",
    reader=PermissionReader(),
    fields=(
        Field(
            "uuid",
            "Jade's own ID of the permission; C(null) where the server doesn't list permissions by themselves.",
            sample="b7c1e0f4-3d52-4c8e-9a61-a41b1c2d3e4f",
            assigned=True,
        ),
        Field("user_uuid", "ID of the account.", sample="59e3a7d5-b05f-43cd-abdf-db7009eed6cf", assigned=True),
        Field("username", "Name of the account; C(null) if there is none of that ID.", sample="alice", required=True),
        Field(
            "permission",
            "The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and V(user), for"
            " everything under C(/me); it keeps any other text too.",
            sample="user",
            required=True,
        ),
    ),
)


class UserPermissionState(State):
    """One permission of an account."""

    module = "jade_user_permission"
    noun = "user_permission"
    title = "Give permissions to accounts, and take them away"
    description = (
        "Gives an account a permission, or takes it away. Its other permissions stay.",
        "Where Jade's own call for permissions is wired wrongly, as on the newest published version, the account is changed as"
        " managers do it: as a whole, with its password, name and context sent back as they are.",
    )
    resource = USER_PERMISSION
    calls = (("POST", PATH), ("DELETE", USER_PERMISSION.detail_path), ("PUT", MANAGER_USER.detail_path))
    notes = (
        "On the newest published Jade the permissions of accounts without a phone, such as the first C(admin), can't be changed.",
        "The account that the task logs in with can't take V(admin) from itself.",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """Account and permission."""
        username = replace(USER_PERMISSION.field("username"), description="Name of the account, which has to exist.")
        return (username, USER_PERMISSION.field("permission"), self.state_option)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) gives the account the permission.",
            "V(absent) takes it away; nothing to do if there is no such account.",
        )

    def label(self, params: Params) -> str:
        """Permission and account."""
        return f"permission {params['permission']} of {params['username']}"

    def check_input(self, params: Params) -> None:
        """Values that can't be, or that Jade's database can't take."""
        check_database(params, "username", "permission")
        for name in ("username", "permission"):
            if not params[name]:
                raise BadInput(f"{name} is empty")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """Whether the account has it."""
        rows = self._rows(client, params)
        return self.read(rows[0] if rows else None, warn)

    @staticmethod
    def _rows(client: Client, params: Params) -> list[Object]:
        """Nothing keeps Jade from giving the same permission twice."""
        user = user_of(client, params)
        if user is None:
            return []
        rows = client.rows(USER_PERMISSION, {}).rows
        return [row for row in rows if (row.get("user_uuid"), row["permission"]) == (user["uuid"], params["permission"])]

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A change through the managers' view is refused here before it could be left half done."""
        todo = super().plan(client, params, current)
        if todo.action == KEEP:
            return todo
        if todo.action == DELETE and params["permission"] == "admin" and is_own(client, params["username"]):
            raise own_account(params["username"], "take the permission admin from itself")
        user = t.cast(Object, user_of(client, params))
        if not is_wired(client):
            self._check_phone(client, user)
            self._as_manager(client, params)
        if todo.action == CREATE:
            todo = replace(todo, after={**todo.target, "user_uuid": user["uuid"]})
        return todo

    @staticmethod
    def _check_phone(client: Client, user: Object) -> None:
        if not phones_of(client, user["uuid"]):
            raise Unsupported(
                f"the user {user['username']} has no phone, and this Jade can change the permissions only of accounts that have"
                " one: its own call for permissions makes an account instead",
                system=client.connection.title,
                hint="telephony.pbx.jade_manager_user makes accounts that have a phone and permissions from the start",
            )

    @staticmethod
    def _as_manager(client: Client, params: Params) -> tuple[ManagerUserState, Params, Plan]:
        """The same as a change of the whole account."""
        manager = ManagerUserState()
        user = manager.find(client, params, silent).shown
        others = {item for item in (user or {}).get("permissions") or [] if item != params["permission"]}
        permissions = others if params["state"] == "absent" else {*others, params["permission"]}
        wanted = {**params, "state": "present", "permissions": sorted(permissions)}
        return manager, wanted, manager.plan(client, wanted, user)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Give it. On a server that is wired wrongly a POST would make an account."""
        if not is_wired(client):
            self._replace(client, params)
            return
        after = todo.target
        body = {"user_uuid": after["user_uuid"], "permission": after["permission"]}
        client.write("POST", PATH, body)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Take it away, as often as it is there."""
        if not is_wired(client):
            self._replace(client, params)
            return
        for row in self._rows(client, params):
            client.write("DELETE", detail(USER_PERMISSION.detail_path, row["uuid"]))

    def _replace(self, client: Client, params: Params) -> None:
        """Change the whole account, and look whether the rest of it is still as it was, whatever Jade says."""
        manager, wanted, change = self._as_manager(client, params)
        try:
            manager.write(client, wanted, change)
        except PbxError as error:
            self._check_rest(client, params, change, manager.find(client, wanted, silent).shown, str(error))
            raise
        self._check_rest(client, params, change, manager.find(client, wanted, silent).shown, "Jade said that it was done")

    @staticmethod
    def _check_rest(client: Client, params: Params, change: Plan, found: Object | None, said: str) -> None:
        missing = change.missing_from(found)
        lost = [name for name in change.rewritten if name in missing]
        others = {*change.target["permissions"]} - {params["permission"]}
        gone = sorted(others.difference((found or {}).get("permissions") or []))
        lost += [f"permissions {', '.join(gone)}"] if gone else []
        if lost:
            client.journal.settle(PART)
            raise NotApplied(
                f"the user {params['username']} was changed as a whole and has lost what should have stayed: {series(lost)}"
                f" ({said})",
                system=client.connection.title,
                hint="Set them again with telephony.pbx.jade_manager_user",
            )
