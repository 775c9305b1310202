# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts, which link accounts with their phones, and permissions of accounts.

Documents: /admin/user/contacts and /admin/user/permissions, of which the API document has the paths only; facts/jade.md 1.9,
1.10 and 5, /admin/user. On real servers both are wired wrongly, so that this goes through /manager/users where need be.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client, Query
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, Conflict, NotFound, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.paging import Listing
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, KEEP, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_CREATE, TM_UPDATE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import check_database
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.user import MANAGER_USER, USER, ManagerUserState

USERNAME = Field("username", "Name of the account.", sample="alice", required=True)
USER_UUID = Field("user_uuid", "ID of the account.", sample="59e3a7d5-b05f-43cd-abdf-db7009eed6cf", assigned=True)


def _silent(text: str) -> None:
    """What is wrong with an account is told by the modules for accounts."""


def _user(client: Client, username: str) -> Object:
    """The account of that name. Raises NotFound."""
    for raw in client.rows(USER, {}).rows:
        if raw.get("username") == username:
            return normalize(USER, raw, _silent)
    raise NotFound(f"there is no user {username}", system=client.connection.title, hint="jade_user_info lists them")


USER_CONTACT = Resource(
    system="jade",
    noun="user_contact",
    plural="user_contacts",
    title="contact",
    description=("The contacts of all accounts. A contact links an account with a phone.",),
    list_path="/admin/user/contacts",
    detail_path="/admin/user/contacts/{uuid}",
    key="uuid",
    fields=(
        Field("uuid", "Jade's own ID of the contact.", sample="62a78a12-34ba-4b4f-b9ea-e52e4bac6459", assigned=True),
        USER_UUID,
        Field("type", "Kind of the target; C(null) on newer servers.", sample="pjsip_endpoint", assigned=True),
        Field("target", "The phone: name of its PJSIP endpoint.", sample="199", write=True),
        Field("name", "Name of the contact.", sample="Desk", write=True),
        Field("detail", "What it is for.", sample="First floor", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
)


class UserContactState(State):
    """A contact of an account, by its target."""

    module = "jade_user_contact"
    noun = "user_contact"
    title = "Manage contacts of accounts"
    description = (
        "Changes and removes the contacts that link accounts with their phones, and creates them where the server can.",
        "An account made with M(telephony.pbx.jade_manager_user) has one contact already, with its phone.",
    )
    resource = replace(USER_CONTACT, key="username", fields=(USERNAME, *USER_CONTACT.fields))
    calls = (("POST", USER_CONTACT.list_path), ("PUT", USER_CONTACT.detail_path), ("DELETE", USER_CONTACT.detail_path))
    notes = (
        "The newest published Jade takes the call that creates a contact for one that creates an account, and refuses it. There a"
        " contact can only be made together with its account, by M(telephony.pbx.jade_manager_user).",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
    )

    def label(self, params: Params) -> str:
        """Account and target."""
        return f"contact {params.get('target') or ''} of {params['username']}".replace("  ", " ")

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "username", "target", "name", "detail")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """Without a target the one contact that the account has."""
        user = _user(client, params["username"])
        rows = [normalize(USER_CONTACT, raw, warn) for raw in client.rows(USER_CONTACT, {}).rows]
        found = [row for row in rows if row["user_uuid"] == user["uuid"] and params.get("target") in (None, row["target"])]
        if len(found) > 1:
            raise Conflict(
                f"the user {params['username']} has {len(found)} contacts, so it isn't clear which one is meant:"
                f" {', '.join(str(row['target']) for row in found)}",
                system=client.connection.title,
                hint="Give target",
            )
        return {"username": params["username"], **found[0]} if found else None

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A new one needs a target."""
        todo = super().plan(client, params, current)
        if todo.action != CREATE:
            return todo
        if not params.get("target"):
            raise BadInput(f"target is missing, but needed to create a contact of {params['username']}")
        user = _user(client, params["username"])["uuid"]
        return Plan(todo.fields, CREATE, None, {**t.cast(Object, todo.after), "user_uuid": user}, todo.changes)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Without C(username) in it, so that a server that is wired wrongly can't make an account of it."""
        after = t.cast(Object, todo.after)
        body = {name: after[name] or "" for name in ("user_uuid", "target", "name", "detail")}
        t.cast(JadeClient, client).write("POST", USER_CONTACT.list_path, {**body, "type": "pjsip_endpoint"})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade finds it by what the body says, not by the path (facts/jade.md 5, contacts)."""
        before, after = t.cast(Object, todo.before), t.cast(Object, todo.after)
        body = {"uuid": before["uuid"], **{name: after[name] for name in todo.changes}}
        t.cast(JadeClient, client).write("PUT", detail(USER_CONTACT.detail_path, before["uuid"]), body)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade answers 200 whether there was anything or not."""
        t.cast(JadeClient, client).write("DELETE", detail(USER_CONTACT.detail_path, t.cast(Object, todo.before)["uuid"]))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade itself says nothing."""
        if todo.action == CREATE:
            return "This Jade may not be able to create contacts: make the account with jade_manager_user, which gives it one"
        return ""


class PermissionReader:
    """Permissions by their own endpoint, or those that the managers' view shows where the own one shows contacts."""

    calls = (("GET", MANAGER_USER.list_path),)

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """All permissions of all accounts."""
        found = client.plain_rows(resource, query).rows
        if found and all("permission" in row for row in found):
            names = {row.get("uuid"): row.get("username") for row in client.rows(USER, {}).rows}
            return Listing([{**row, "username": names.get(row.get("user_uuid"))} for row in found])
        users = [normalize(MANAGER_USER, raw, _silent) for raw in client.rows(MANAGER_USER, {}).rows]
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
        names = {row.get("uuid"): row.get("username") for row in client.rows(USER, {}).rows}
        return {**found, "username": names.get(found.get("user_uuid"))}


USER_PERMISSION = Resource(
    system="jade",
    noun="user_permission",
    plural="user_permissions",
    title="permission",
    description=(
        "The permissions of all accounts.",
        "The newest published Jade shows contacts in their place. There they are taken from what it shows to managers, and have"
        " no ID.",
    ),
    list_path="/admin/user/permissions",
    detail_path="/admin/user/permissions/{uuid}",
    key="uuid",
    reader=PermissionReader(),
    fields=(
        Field("uuid", "Jade's own ID of the permission, where it is shown.", sample=None, assigned=True),
        USER_UUID,
        Field("username", "Name of the account.", sample="alice", required=True),
        Field(
            "permission",
            "The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and V(user), for"
            " everything under C(/me).",
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
        "Where Jade's own endpoint for permissions is wired wrongly, the account is changed as managers do it, as a whole.",
    )
    resource = USER_PERMISSION
    calls = (
        ("POST", USER_PERMISSION.list_path),
        ("DELETE", USER_PERMISSION.detail_path),
        ("PUT", MANAGER_USER.detail_path),
    )
    notes = ("On the newest published Jade accounts without a phone, such as the first C(admin), can't be changed.",)

    @property
    def options(self) -> tuple[Field, ...]:
        """Account and permission."""
        return (USER_PERMISSION.field("username"), USER_PERMISSION.field("permission"), self.state_option)

    def label(self, params: Params) -> str:
        """Permission and account."""
        return f"permission {params['permission']} of {params['username']}"

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take, and what would lock the person out."""
        check_database(params, "username", "permission")
        if not params["permission"]:
            raise BadInput("permission is empty")
        if self.absent(params) and params["username"] == params.get("api_username") and params["permission"] == "admin":
            raise BadInput(
                f"username {params['username']} is the account that this task logs in with; it can't take admin from itself",
                hint="Log in with another account",
            )

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """Whether the account has it."""
        user = _user(client, params["username"])
        for raw in client.rows(USER_PERMISSION, {}).rows:
            if raw.get("user_uuid") == user["uuid"] and raw.get("permission") == params["permission"]:
                return normalize(USER_PERMISSION, raw, warn)
        return None

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A change through the managers' view is refused there before it could be left half done."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE:
            user = _user(client, params["username"])["uuid"]
            todo = Plan(todo.fields, CREATE, None, {**t.cast(Object, todo.after), "user_uuid": user}, todo.changes)
        if todo.action != KEEP and not self._has_endpoint(client):
            self._as_manager(client, params)
        return todo

    @staticmethod
    def _has_endpoint(client: Client) -> bool:
        """Whether permissions have an endpoint that shows permissions."""
        found = client.plain_rows(USER_PERMISSION, {}).rows
        return bool(found) and all("permission" in row for row in found)

    @staticmethod
    def _as_manager(client: Client, params: Params) -> tuple[ManagerUserState, Params, Plan]:
        """The same as a change of the whole account."""
        manager = ManagerUserState()
        user = manager.find(client, params, _silent)
        others = {item for item in (user or {}).get("permissions") or [] if item != params["permission"]}
        permissions = others if params["state"] == "absent" else {*others, params["permission"]}
        wanted = {**params, "state": "present", "permissions": sorted(permissions)}
        return manager, wanted, manager.plan(client, wanted, user)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Give it."""
        self._change(client, params, todo)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Take it away."""
        self._change(client, params, todo)

    def _change(self, client: Client, params: Params, todo: Plan) -> None:
        if not self._has_endpoint(client):
            manager, wanted, change = self._as_manager(client, params)
            manager.write(client, wanted, change)
        elif todo.action == CREATE:
            after = t.cast(Object, todo.after)
            body = {"user_uuid": after["user_uuid"], "permission": after["permission"]}
            t.cast(JadeClient, client).write("POST", USER_PERMISSION.list_path, body)
        else:
            key = t.cast(Object, todo.before)["uuid"]
            t.cast(JadeClient, client).write("DELETE", detail(USER_PERMISSION.detail_path, key))
