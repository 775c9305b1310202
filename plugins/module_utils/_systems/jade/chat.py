# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats of the account that one is logged in with. Their messages are in chat_message.py.

Document: /me/chats; facts/jade.md 5, /me.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, Plan, Reading
from ..._engine.polling import patiently, poll
from ..._engine.state import State
from ..._http.errors import (
    UNCLEAR,
    BadInput,
    NotApplied,
    NotFound,
    PbxError,
    ServerFailed,
)
from ..._http.messages import Call
from ..._model.resource import Field, Object, Resource, Warn, silent
from .client import detail
from .fields import TM_CREATE, TM_UPDATE
from .files import check_database
from .me import WHOSE

ME = "59e3a7d5-b05f-43cd-abdf-db7009eed6cf"  # of the samples
NAME_HELP = (
    "Name that one's own account gives to the chat; the other members don't see it.",
    "Jade calls a new chat C(Chatting with) and the others' names.",
)
TYPE_HELP = "Kind of the chat. Jade's own clients use V(1) for one between two accounts, and V(2) for one of a group."


def _members(value: t.Any) -> list[str]:
    """IDs of accounts: sent as such by old servers, inside of objects by newer ones (facts/jade.md 5, chats)."""
    if not isinstance(value, list):
        raise ValueError("not a list of members")
    return sorted(str(item.get("uuid") if isinstance(item, dict) else item) for item in value)


CHAT = Resource(
    system="jade",
    noun="chat",
    plural="chats",
    title="chat",
    description=("The chats of one's own account.", WHOSE),
    list_path="/me/chats",
    detail_path="/me/chats/{uuid}",
    key="uuid",
    fields=(
        Field("uuid", "Jade's own ID of the chat.", sample="15130428-6f27-456d-b744-6156e3a4b7a8", assigned=True),
        # Jade makes a name up where none is given.
        Field("name", NAME_HELP, sample="Night shift", write=True, assigned=True),
        Field("detail", "Anything else about the chat, for one's own account alone.", sample="Who takes which night", write=True),
        Field(
            "members",
            (
                "IDs of the accounts that take part, one's own among them.",
                "Newer servers leave out accounts that have been removed.",
            ),
            api="room.members",
            type="list",
            elements="str",
            convert=_members,
            unordered=True,
            write=True,
            sample=[ME, "980404a2-f509-4140-9c92-96a018d1b61c"],
        ),
        Field("type", TYPE_HELP, api="room.type", type="int", sample=1, write=True),
        Field(
            "room_uuid",
            "ID of the room, which is the same for all members; each has a chat of its own.",
            api="room.uuid",
            sample="57b8706a-67e7-4c3a-a070-b164a08562ab",
            assigned=True,
        ),
        Field("creator_uuid", "ID of the account that made it.", api="room.uuid_creator", sample=ME, assigned=True),
        Field("owner_uuid", "ID of the account that owns it.", api="room.uuid_owner", sample=ME, assigned=True),
        replace(TM_CREATE, name="room_tm_create", api="room.tm_create"),
        replace(TM_UPDATE, name="room_tm_update", api="room.tm_update"),
        TM_CREATE,
        TM_UPDATE,
    ),
)


def my_uuid(client: Client) -> str:
    """ID of one's own account. Raises NotFound."""
    found = client.call(Call("GET", "/me/info", repeatable=True))
    if isinstance(found, dict) and isinstance(found.get("uuid"), str):
        return t.cast(str, found["uuid"])
    raise NotFound("Jade doesn't show the account", system=client.connection.title)


class ChatState(State):
    """A chat, by its ID or by who takes part."""

    module = "jade_chat"
    noun = "chat"
    title = "Manage one's own chats"
    description = (
        "Creates, names and removes chats of the account that the task is logged in with.",
        "A chat is known by its members and its type, of which Jade keeps one; or by its ID. Neither can be changed.",
    )
    resource = CHAT
    calls = (("POST", CHAT.list_path), ("PUT", CHAT.detail_path), ("DELETE", CHAT.detail_path), ("GET", "/me/info"))
    notes = (
        "Needs the permission C(user).",
        "Jade ignores the name and detail of a new chat. The module sets them by a second call, once the chat is there.",
        "O(state=absent) removes the chat from one's own account. The other members keep theirs with what was said, "
        "and Jade may then refuse to make it again for the same members and type.",
        "Jade can't store a single quote in a name or a detail; such values are refused up front.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """Members by their IDs."""
        return (
            Field("uuid", "ID of a chat that exists. Either this or O(members) has to be given."),
            Field(
                "members",
                (
                    "IDs of the accounts that take part. One's own account always does, and needn't be named.",
                    "M(telephony.pbx.jade_buddy_info) and M(telephony.pbx.jade_user_info) tell the IDs.",
                ),
                type="list",
                elements="str",
            ),
            Field("type", (TYPE_HELP, "Ignored with O(uuid)."), type="int", default=1),
            CHAT.field("name"),
            CHAT.field("detail"),
            self.state_option,
        )

    def label(self, params: Params) -> str:
        """Its ID, or who takes part."""
        return f"chat {params.get('uuid') or 'with ' + ', '.join(params['members'])}"

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "uuid", "name", "detail")
        if bool(params.get("uuid")) == bool(params.get("members")):
            raise BadInput("give either members, the IDs of the accounts that take part, or uuid, the ID of a chat")
        if not all(params.get("members") or ["-"]):
            raise BadInput("members holds an empty text, which can't be the ID of an account")
        if params["type"] < 1:
            raise BadInput("type must be 1 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By ID, or by members and type."""
        if params.get("uuid"):
            raw = client.row(CHAT, params["uuid"])
            return self.read(raw, warn)
        return self.only(client, warn, members=self._everyone(client, params), type=params["type"])

    @staticmethod
    def _everyone(client: Client, params: Params) -> list[str]:
        return sorted({*params["members"], my_uuid(client)})

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An ID can't be chosen."""
        todo = super().plan(client, params, current)
        if todo.action != CREATE:
            return todo
        if params.get("uuid"):
            raise NotFound(
                f"the account has no chat {params['uuid']}",
                system=client.connection.title,
                hint="An ID can't be chosen: give members to make a chat",
            )
        after = {**todo.target, "members": self._everyone(client, params)}
        return Plan(todo.fields, CREATE, None, after, todo.changes)

    def desired(self, params: Params, current: Object | None) -> Object:
        """What finds a chat can't be changed in it."""
        wanted = {name: params.get(name) for name in ("name", "detail")}
        return wanted if current is not None else {**wanted, "members": params["members"], "type": params["type"]}

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """The name has to follow. If it isn't clear whether the chat was made, it does so if the chat shows."""
        after = todo.target
        names = {name: after[name] for name in ("name", "detail") if after[name] is not None}
        body = {"members": after["members"], "type": after["type"], **names}
        failure: PbxError | None = None
        try:
            client.write("POST", CHAT.list_path, body)
        except UNCLEAR as error:
            if not error.sent:
                raise
            failure = error
        made = self._made(client, params, 0 if failure else self.patience) if names else None
        if made:
            self._rename(client, made, names)
        if failure:
            raise failure

    def _made(self, client: Client, params: Params, patience: float) -> Object | None:
        """The new chat, once it shows."""
        made: Object | None = None

        def lacking() -> str:
            nonlocal made
            made = patiently(lambda: self.find(client, params, silent), self.patience).shown
            return "" if made else "chat"

        poll(lacking, patience)
        return made

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = todo.target
        self._rename(client, todo.existing, {name: after[name] for name in todo.changes})

    @staticmethod
    def _rename(client: Client, chat: Object, names: Object) -> None:
        client.write("PUT", detail(CHAT.detail_path, chat["uuid"]), names)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        client.write("DELETE", detail(CHAT.detail_path, todo.existing["uuid"]))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade gives no reason."""
        if todo.action != CREATE:
            return ""
        if isinstance(error, ServerFailed):
            return "Is it still there for the other members, since this account has left it? Jade then doesn't make it again"
        return "Is there an account for each of the members? Jade doesn't show others" if isinstance(error, NotApplied) else ""
