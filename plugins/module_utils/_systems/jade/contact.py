# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts, which link accounts with their phones.

Document: /admin/user/contacts, of which it has the paths only; facts/jade.md 1.9, 1.10 and 5, /admin/user. The call that makes
one is wired wrongly on real servers and makes an account instead, so that it is never sent there.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._engine.client import Client, Query
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, Plan, Reading
from ..._engine.state import State, require
from ..._http.errors import BadInput, Conflict, NotFound, Unsupported
from ..._http.paging import Listing
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn
from .client import detail
from .fields import TM_CREATE, TM_UPDATE
from .files import check_database
from .permission import (
    USER_PERMISSION,
    UserPermissionState,
    is_wired,
    user_names,
    user_of,
)
from .phones import phones_of

__all__ = ("USER_PERMISSION", "UserPermissionState")


class ContactReader:
    """Contacts with the names of their accounts, which Jade shows by their IDs alone."""

    calls = (("GET", "/admin/user/users"),)

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """All contacts of all accounts, and of none."""
        name_of = user_names(client)
        return Listing([{**row, "username": name_of(row)} for row in client.plain_rows(resource, query).rows])

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """One contact."""
        found = client.one(resource, key)
        return {**found, "username": user_names(client)(found)} if found else None


USER_CONTACT = Resource(
    system="jade",
    noun="user_contact",
    plural="user_contacts",
    title="contact",
    description=(
        "The contacts of all accounts. A contact links an account with its phone.",
        "A contact without C(username) belongs to an account that is gone.",
    ),
    list_path="/admin/user/contacts",
    detail_path="/admin/user/contacts/{uuid}",
    key="uuid",
    reader=ContactReader(),
    fields=(
        Field("uuid", "Jade's own ID of the contact.", sample="62a78a12-34ba-4b4f-b9ea-e52e4bac6459", assigned=True),
        Field("user_uuid", "ID of the account.", sample="59e3a7d5-b05f-43cd-abdf-db7009eed6cf", assigned=True),
        Field("username", "Name of the account; C(null) if there is none of that ID.", sample="alice", required=True),
        Field("type", "Kind of the target; C(null) on newer servers.", sample="pjsip_endpoint", assigned=True),
        Field(
            "target",
            "The phone: name of its PJSIP endpoint. That of a phone which Jade has made is a UUID.",
            sample="0c0f0f3e-5b1f-4f4c-8d4a-6f0f3c1f2a10",
            write=True,
        ),
        Field("name", "Name of the contact.", sample="Desk", write=True),
        Field("detail", "What it is for.", sample="First floor", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
)
OPTION_HELP: dict[str, tuple[str, ...]] = {
    "username": ("Name of the account that the contact belongs to.", "Either this or O(uuid) is needed."),
    "uuid": (
        "ID of the contact, instead of O(username). The only way to name one whose account is gone; see"
        " M(telephony.pbx.jade_user_contact_info).",
    ),
    "target": (
        "The phone: name of its PJSIP endpoint.",
        "Needed where the account has several contacts, and to create one. Without it the only contact of the account is meant.",
        "It can't be changed: a contact with another target is another contact.",
    ),
}


class UserContactState(State):
    """A contact, by its account and target or by its ID."""

    module = "jade_user_contact"
    noun = "user_contact"
    title = "Manage contacts of accounts"
    description = (
        "Changes and removes the contacts that link accounts with their phones, and creates them where the server can.",
        "An account made with M(telephony.pbx.jade_manager_user) has one contact already, with its phone.",
    )
    resource = USER_CONTACT
    calls = (("POST", USER_CONTACT.list_path), ("PUT", USER_CONTACT.detail_path), ("DELETE", USER_CONTACT.detail_path))
    notes = (
        "The newest published Jade makes an account where it is asked for a contact. There the module refuses to create one: a"
        " contact comes only together with its account, by M(telephony.pbx.jade_manager_user).",
        "An account whose last contact is removed loses its phone, which stays behind, and can't be changed or removed by"
        " M(telephony.pbx.jade_manager_user) any more.",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """Which contact is meant, and its values."""
        fields = (USER_CONTACT.field(name) for name in ("username", "uuid", "target", "name", "detail"))
        told = (replace(field, description=OPTION_HELP.get(field.name, field.description), required=False) for field in fields)
        return (*told, self.state_option)

    def label(self, params: Params) -> str:
        """ID, or account and target."""
        if params.get("uuid"):
            return f"contact {params['uuid']}"
        return f"contact {params.get('target') or ''} of {params['username']}".replace("  ", " ")

    def check_input(self, params: Params) -> None:
        """Which contact is meant, and values that Jade's database can't take."""
        if bool(params.get("username")) == bool(params.get("uuid")):
            raise BadInput("username or uuid is needed, and not both")
        if params.get("target") == "":
            raise BadInput("target is empty; a contact has to lead somewhere")
        check_database(params, "username", "target", "name", "detail")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """Without a target the one contact that the account has."""
        if params.get("uuid"):
            return self._by_uuid(client, params, warn)
        user = user_of(client, params)
        if user is None:
            return Reading()
        rows = [normalize(USER_CONTACT, raw, warn) for raw in client.plain_rows(USER_CONTACT, {}).rows]
        found = [row for row in rows if row["user_uuid"] == user["uuid"] and params.get("target") in (None, row["target"])]
        if len(found) > 1:
            raise Conflict(
                f"the user {params['username']} has {len(found)} contacts, so it isn't clear which one is meant:"
                " " + ", ".join(f"{row['target']} ({row['uuid']})" for row in found),
                system=client.connection.title,
                hint="Give target or uuid",
            )
        return Reading({**found[0], "username": params["username"]}) if found else Reading()

    def _by_uuid(self, client: Client, params: Params, warn: Warn) -> Reading:
        reading = self.read(client.row(USER_CONTACT, params["uuid"]), warn)
        found = reading.shown
        if found and params.get("target") not in (None, found["target"]):
            raise BadInput(
                f"target is {params['target']}, but the contact {params['uuid']} has {found['target']}, which can't be changed",
                system=client.connection.title,
            )
        return reading

    def desired(self, params: Params, current: Object | None) -> Object:
        """What isn't given for a new contact is empty."""
        wanted = super().desired(params, current)
        if current is None:
            wanted.update({name: wanted[name] or "" for name in ("name", "detail")})
        return wanted

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A new one needs an account, a target and a server that makes contacts."""
        todo = super().plan(client, params, current)
        if todo.action != CREATE:
            return todo
        if params.get("uuid"):
            raise NotFound(
                f"there is no contact {params['uuid']}",
                system=client.connection.title,
                hint="jade_user_contact_info lists them; give username and target to create one",
            )
        if not is_wired(client):
            raise Unsupported(
                f"there is no {self.label(params)}, and this Jade can't create one: it makes an account where it is asked for a"
                " contact",
                system=client.connection.title,
                hint="telephony.pbx.jade_manager_user makes an account together with a phone and its contact",
            )
        require(params, "target", when=f"to create a contact of {params['username']}")
        user = t.cast(Object, user_of(client, params))
        return replace(todo, after={**todo.target, "user_uuid": user["uuid"]})

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """With its last contact the account loses its phone (facts/jade.md 5, /manager/users)."""
        before = todo.before
        if todo.action != DELETE or before is None or before["username"] is None:
            return
        if len(phones_of(client, before["user_uuid"])) > 1:
            return
        again = "" if is_wired(client) else " and can't be given one again"
        warn(
            f"user {before['username']} loses its phone{again}; the PJSIP endpoint {before['target']} stays, and without a phone"
            " telephony.pbx.jade_manager_user can't change or remove the account"
        )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Without C(username) in it, so that no server can take it for an account."""
        after = todo.target
        body = {name: after[name] or "" for name in ("user_uuid", "target", "name", "detail")}
        client.write("POST", USER_CONTACT.list_path, {**body, "type": "pjsip_endpoint"})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade finds it by what the body says, not by the path (facts/jade.md 5, contacts)."""
        before, after = todo.existing, todo.target
        body = {"uuid": before["uuid"], **{name: after[name] for name in todo.changes}}
        client.write("PUT", detail(USER_CONTACT.detail_path, before["uuid"]), body)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade answers 200 whether there was anything or not."""
        client.write("DELETE", detail(USER_CONTACT.detail_path, todo.existing["uuid"]))
