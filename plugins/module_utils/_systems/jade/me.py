# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to the account that one is logged in with: its phones and its buddies.

Documents: /me/contacts and /me/buddies; facts/jade.md 5, /me. Chats are in chat.py.
"""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, Plan, Reading
from ..._engine.state import State
from ..._http.errors import (
    BadInput,
    NotFound,
    PbxError,
    ServerFailed,
    Unsupported,
)
from ..._http.messages import Call
from ..._model.resource import Field, Object, Resource, Warn
from .client import detail
from .fields import TM_CREATE, TM_UPDATE
from .files import check_database

SEARCH, DETAIL = "/me/search", "/me/buddies/{uuid}"
WHOSE = "Those of the account that the task is logged in with, which needs the permission C(user)."

MY_CONTACT = Resource(
    system="jade",
    noun="my_contact",
    plural="my_contacts",
    title="contact",
    description=("The contacts of one's own account: its phones, with what a phone needs to log in.", WHOSE),
    list_path="/me/contacts",
    key="uuid",
    alternate_keys=("target",),
    fields=(
        Field("uuid", "Jade's own ID of the contact.", sample="62a78a12-34ba-4b4f-b9ea-e52e4bac6459"),
        Field("user_uuid", "ID of the account.", sample="59e3a7d5-b05f-43cd-abdf-db7009eed6cf"),
        Field("type", "Kind of the target; C(null) on newer servers.", sample="pjsip_endpoint"),
        Field("target", "The phone: name of its PJSIP endpoint.", sample="199"),
        Field("name", "Name of the contact.", sample="Desk"),
        Field("detail", "What it is for.", sample="First floor"),
        Field(
            "info",
            "What the phone needs to log in.",
            type="dict",
            fields=(
                Field("realm", "Realm of the authentication.", sample="localhost"),
                Field("id", "Name to log in with.", sample="199"),
                Field("password", "Password to log in with.", sample="********", secret=True),
                Field("public_url", "SIP URI of the phone.", sample="sip:199@192.168.200.10"),
            ),
        ),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=("Jade leaves out contacts whose PJSIP endpoint doesn't run in Asterisk.",),
)

BUDDY = Resource(
    system="jade",
    noun="buddy",
    plural="buddies",
    title="buddy",
    description=("The buddies of one's own account.", WHOSE),
    list_path="/me/buddies",
    key="uuid",
    alternate_keys=("user_uuid",),
    fields=(
        Field(
            "uuid",
            "Jade's own ID of the buddy, not that of its account.",
            sample="611f9902-00c9-4765-9775-20fbaf8261b0",
            assigned=True,
        ),
        Field(
            "user_uuid",
            "ID of the buddy's account.",
            api="uuid_user",
            sample="980404a2-f509-4140-9c92-96a018d1b61c",
            write=True,
        ),
        Field("name", "Name that one's own account gives to the buddy.", sample="Bob", write=True),
        Field("detail", "Anything else about the buddy.", sample="Second floor", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
)


def user_uuid(client: Client, username: str) -> str:
    """ID of the account of that name, which Jade tells everybody who is logged in. Raises NotFound, or Unsupported."""
    call = Call("GET", SEARCH, (("filter", username), ("type", "username")), repeatable=True)
    try:
        result = client.call(call)
    except NotFound:
        result = None
    except Unsupported as error:
        raise error.but(hint="This Jade can't find accounts by name: give user_uuid") from None
    rows = result.get("list") if isinstance(result, dict) else result
    found = rows if isinstance(rows, list) else [result]
    for row in found:
        if isinstance(row, dict) and isinstance(row.get("uuid"), str):
            return t.cast(str, row["uuid"])
    raise NotFound(f"there is no user {username}", system=client.connection.title)


class BuddyState(State):
    """A buddy, by its account."""

    module = "jade_buddy"
    noun = "buddy"
    title = "Manage one's own buddies"
    description = (
        "Creates, changes and removes buddies of the account that the task is logged in with.",
        "An account can be one's buddy once.",
    )
    resource = BUDDY
    calls = (
        ("POST", BUDDY.list_path),
        ("GET", DETAIL),
        ("PUT", DETAIL),
        ("DELETE", DETAIL),
        ("GET", SEARCH),
    )
    notes = (
        "Needs the permission C(user).",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
        "Old servers, and Jade's API document, know no call to change or remove a buddy, and none to find an account by name.",
        "A buddy whose account has been removed is still there, but can only be found by O(user_uuid).",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """The account by its name or ID."""
        username = Field("username", "Name of the buddy's account. Either this or O(user_uuid) has to be given.")
        uuid = Field("user_uuid", "ID of the buddy's account, in the place of O(username).")
        return (username, uuid, *(BUDDY.field(name) for name in ("name", "detail")), self.state_option)

    def label(self, params: Params) -> str:
        """Who it is."""
        return f"buddy {params.get('username') or params.get('user_uuid')}"

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "username", "user_uuid", "name", "detail")
        if bool(params.get("username")) == bool(params.get("user_uuid")):
            raise BadInput("give either username, the name of the buddy's account, or user_uuid, its ID")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By the account. Where there is none of that name, there is no buddy to be removed."""
        try:
            whom = self._whom(client, params)
        except NotFound:
            if self.absent(params):
                return Reading()
            raise
        return self.only(client, warn, user_uuid=whom)

    @staticmethod
    def _whom(client: Client, params: Params) -> str:
        return params.get("user_uuid") or user_uuid(client, params["username"])

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """The name only finds the account."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE:
            after = {**todo.target, "user_uuid": self._whom(client, params)}
            return Plan(todo.fields, CREATE, None, after, todo.changes)
        if todo.changed:
            self._require_details(client, todo)
        return todo

    def _require_details(self, client: Client, todo: Plan) -> None:
        """Old servers know the list alone, which a check run has to tell too."""
        try:
            client.call(Call("GET", self._path(todo), repeatable=True))
        except Unsupported as error:
            message = "this Jade can only list and add buddies, not change or remove them"
            raise error.but(message=message, hint="Newer versions can") from None

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Only what is given: Jade fails for what it doesn't know."""
        after = todo.target
        given = {name: after[name] for name in ("name", "detail") if after[name] is not None}
        client.write("POST", BUDDY.list_path, {"uuid_user": after["user_uuid"], **given})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = todo.target
        client.write("PUT", self._path(todo), {name: after[name] for name in todo.changes})

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        client.write("DELETE", self._path(todo))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade gives no reason."""
        return "Is there an account with this user_uuid?" if todo.action == CREATE and isinstance(error, ServerFailed) else ""

    @staticmethod
    def _path(todo: Plan) -> str:
        return detail(DETAIL, todo.existing["uuid"])
