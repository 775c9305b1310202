# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats of the account that one is logged in with. Their messages are in chat_message.py.

Document: /me/chats; facts/jade.md 5, /me.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, NotFound
from ansible_collections.telephony.pbx.plugins.module_utils._core.httpclient import Call
from ansible_collections.telephony.pbx.plugins.module_utils._core.patience import poll
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_CREATE, TM_UPDATE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import check_database
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.me import WHOSE


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
        Field("name", "Name that one's own account gives to the chat.", sample="Night shift", write=True),
        Field("detail", "Anything else about it.", sample="Who takes which night", write=True),
        Field(
            "members",
            "IDs of the accounts that take part.",
            api="room.members",
            type="list",
            elements="str",
            convert=_members,
            unordered=True,
            sample=["59e3a7d5-b05f-43cd-abdf-db7009eed6cf", "980404a2-f509-4140-9c92-96a018d1b61c"],
        ),
        Field("type", "Kind of the chat, a number that Jade doesn't explain.", api="room.type", type="int", sample=1),
        Field("room_uuid", "ID of the room, which all members share.", api="room.uuid", sample="57b8706a", assigned=True),
        Field("creator_uuid", "ID of the account that made it.", api="room.uuid_creator", sample="59e3a7d5", assigned=True),
        Field("owner_uuid", "ID of the account that owns it.", api="room.uuid_owner", sample="59e3a7d5", assigned=True),
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
        "Creates, changes and removes chats of the account that the task is logged in with.",
        "A chat is known by those who take part and its type, of which Jade keeps one; or by its ID.",
    )
    resource = CHAT
    calls = (("POST", CHAT.list_path), ("PUT", CHAT.detail_path), ("DELETE", CHAT.detail_path), ("GET", "/me/info"))
    notes = (
        "Needs the permission C(user).",
        "Jade ignores the name of a new chat, so that the module sets it afterwards.",
        "Jade can't store a single quote in any of the values; such values are refused up front.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """Members by their IDs."""
        return (
            Field("uuid", "ID of a chat that exists. Either this or O(members) has to be given."),
            Field(
                "members",
                "IDs of the accounts that take part. One's own account always does, and needn't be named.",
                type="list",
                elements="str",
            ),
            Field("type", "Kind of the chat.", type="int", default=1),
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

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """By ID, or by members and type."""
        if params.get("uuid"):
            raw = client.row(CHAT, params["uuid"])
            return None if raw is None else normalize(CHAT, raw, warn)
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
            raise NotFound(f"there is no chat {params['uuid']}", system=client.connection.title)
        after = {**t.cast(Object, todo.after), "members": self._everyone(client, params)}
        return Plan(todo.fields, CREATE, None, after, todo.changes)

    def desired(self, params: Params, current: Object | None) -> Object:
        """What finds a chat can't be changed in it."""
        wanted = {name: params.get(name) for name in ("name", "detail")}
        return wanted if current is not None else {**wanted, "members": params["members"], "type": params["type"]}

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """The name has to follow."""
        after = t.cast(Object, todo.after)
        body = {"members": after["members"], "type": params["type"]}
        names = {name: after[name] for name in ("name", "detail") if after[name] is not None}
        t.cast(JadeClient, client).write("POST", CHAT.list_path, {**body, **names})
        made: Object | None = None

        def lacking() -> str:
            nonlocal made
            made = self.find(client, params, lambda text: None)
            return "" if made else "chat"

        if names and not poll(lacking, self.patience):
            self._rename(client, t.cast(Object, made), names)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = t.cast(Object, todo.after)
        self._rename(client, t.cast(Object, todo.before), {name: after[name] for name in todo.changes})

    @staticmethod
    def _rename(client: Client, chat: Object, names: Object) -> None:
        t.cast(JadeClient, client).write("PUT", detail(CHAT.detail_path, chat["uuid"]), names)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        t.cast(JadeClient, client).write("DELETE", detail(CHAT.detail_path, t.cast(Object, todo.before)["uuid"]))
