# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of chats. Document: /me/chats/<detail>/messages; facts/jade.md 5, /me."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client, Query
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._core.paging import Listing
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, KEEP, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.chat import my_uuid
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TIME_HELP, TM_CREATE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.me import WHOSE

# Messages "before now" go missing now and then, since Jade compares times as texts (facts/jade.md 5, messages).
ALWAYS = "9999-12-31T23:59:59.999999999Z"
RECENT = 30  # as many messages as Jade shows by itself

CHAT_OPTION = Field("chat", "ID of the chat; M(telephony.pbx.jade_chat_info) lists them.", required=True)


class MessageReader:
    """The newest messages first, and as many as asked for."""

    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """Messages before a time. Without one, all that there are."""
        return client.plain_rows(resource, {"timestamp": ALWAYS, **query})

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """There is no call for a single one."""
        return next((row for row in self.rows(client, resource, {}).rows if row.get("uuid") == key), None)


CHAT_MESSAGE = Resource(
    system="jade",
    noun="chat_message",
    plural="chat_messages",
    title="message",
    description=("The messages of a chat, newest first.", WHOSE),
    list_path="/me/chats/{chat}/messages",
    key="uuid",
    scope=(CHAT_OPTION,),
    reader=MessageReader(),
    filters=(
        Field("before", "Only messages from before this time. UTC, as Jade writes it.", api="timestamp"),
        Field("limit", f"At most this many; Jade gives {RECENT} if it isn't said.", type="int", api="count"),
    ),
    fields=(
        Field("uuid", "Jade's own ID of the message.", sample="1800fcee-1077-47f0-9d7c-3c7cde768e93", assigned=True),
        Field("chat", "ID of the chat.", sample="15130428-6f27-456d-b744-6156e3a4b7a8"),
        Field("message", "The message: a text, or anything else that JSON can hold.", type="raw", sample="Good night"),
        Field("owner_uuid", "ID of the account that said it.", api="uuid_owner", sample="59e3a7d5", assigned=True),
        Field("tm_create", f"When it was said. {TIME_HELP}", convert=TM_CREATE.convert, sample=TM_CREATE.sample, assigned=True),
    ),
)


@dataclass(frozen=True)
class MessagePlan(Plan):
    """``known``: ID of the last message that says the same; a new one has another."""

    known: str | None = None

    def missing_from(self, shown: Object | None) -> list[str]:
        """Whether it has been said since."""
        return ["present"] if shown and shown["uuid"] == self.known else super().missing_from(shown)


class ChatMessageState(State):
    """Something that is said once."""

    module = "jade_chat_message"
    noun = "chat_message"
    title = "Say something in a chat"
    description = (
        "Sends a message to a chat of the account that the task is logged in with.",
        "Messages can't be changed or removed over the API.",
    )
    resource = CHAT_MESSAGE
    states = ("present", "sent")
    extra_options = (
        Field(
            "recent",
            f"How many of the newest messages V(present) looks through. Jade itself shows {RECENT} if not told otherwise.",
            type="int",
            default=RECENT,
        ),
    )
    calls = (("POST", CHAT_MESSAGE.list_path), ("GET", "/me/info"))
    idempotent = "partial"
    idempotent_details = "V(state=sent) sends each time. V(state=present) doesn't send what has been said recently."
    notes = ("Needs the permission C(user).",)

    @property
    def options(self) -> tuple[Field, ...]:
        """Chat and message."""
        message = Field("message", "What to say: a text, or anything else that JSON can hold.", type="raw", required=True)
        return (CHAT_OPTION, message, self.state_option, *self.extra_options)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) makes sure that the account has said it, and looks at the newest messages for that.",
            "V(sent) says it, again if need be.",
        )

    def label(self, params: Params) -> str:
        """The chat's ID."""
        return f"message in the chat {params['chat']}"

    def check_input(self, params: Params) -> None:
        """At least one message has to be looked at."""
        if params["recent"] < 1:
            raise BadInput("recent must be 1 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """The newest message of this content from this account."""
        place = CHAT_MESSAGE.within(params)
        me = my_uuid(client)
        for raw in client.rows(place, {"count": params["recent"]}).rows:
            found = normalize(CHAT_MESSAGE, {**raw, **dict(place.place)}, warn)
            if found["owner_uuid"] == me and found["message"] == params["message"]:
                return found
        return None

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """Say it, unless it has been said."""
        if current is not None and params["state"] == "present":
            return Plan(CHAT_MESSAGE.fields, KEEP, current, current)
        after: Object = dict.fromkeys(field.name for field in CHAT_MESSAGE.fields)
        after.update(chat=params["chat"], message=params["message"])
        known = current["uuid"] if current else None
        return MessagePlan(CHAT_MESSAGE.fields, CREATE, None, after, ("message",), known=known)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Any JSON value is a message."""
        path = CHAT_MESSAGE.within(params).list_path
        t.cast(JadeClient, client).write("POST", path, params["message"])
