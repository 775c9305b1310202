# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of chats. How they are read, and in what form Jade keeps them, is in messages.py.

Document: /me/chats/<detail>/messages; facts/jade.md 5, /me.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, KEEP, Plan, Reading
from ..._engine.state import State
from ..._http.errors import BadInput, PbxError, ServerFailed
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn
from .chat import CHAT, my_uuid
from .fields import TIME_HELP, TM_CREATE
from .messages import (
    RECENT,
    MessageReader,
    as_kept,
    same_content,
)

CHAT_OPTION = Field(
    "chat",
    "ID of the chat, one's own account's; M(telephony.pbx.jade_chat_info) lists them.",
    required=True,
)

CHAT_MESSAGE = Resource(
    system="jade",
    noun="chat_message",
    plural="chat_messages",
    title="message",
    description=(
        "The messages of a chat, newest first.",
        "The chat is one of the account that the task is logged in with, which needs the permission C(user).",
    ),
    list_path="/me/chats/{chat}/messages",
    key="uuid",
    scope=(CHAT_OPTION,),
    reader=MessageReader(CHAT),
    filters=(
        Field(
            "before",
            (
                "Only messages from before this time, in UTC, such as V(2018-03-27T10:26:14Z).",
                "The RV(chat_messages[].tm_create) of the oldest message gives the ones before it.",
            ),
            api="timestamp",
        ),
        Field(
            "limit",
            (
                "At most this many messages, the newest ones.",
                "O(uuid) and O(query) look among these alone.",
            ),
            type="int",
            api="count",
            default=RECENT,
        ),
    ),
    fields=(
        Field("uuid", "Jade's own ID of the message.", sample="1800fcee-1077-47f0-9d7c-3c7cde768e93", assigned=True),
        Field("chat", "ID of the chat.", sample="15130428-6f27-456d-b744-6156e3a4b7a8", write=True),
        Field(
            "content",
            (
                "What the message says: a text, a list or a dictionary.",
                "Jade's API calls it C(message), which Ansible doesn't allow as an option.",
            ),
            api="message",
            type="raw",
            sample="Good night",
            write=True,
        ),
        Field(
            "owner_uuid",
            "ID of the account that said it.",
            api="uuid_owner",
            sample="59e3a7d5-b05f-43cd-abdf-db7009eed6cf",
            assigned=True,
        ),
        Field("tm_create", f"When it was said. {TIME_HELP}", convert=TM_CREATE.convert, sample=TM_CREATE.sample, assigned=True),
    ),
    notes=("Jade can't tell which of two messages of the same second is the newer one; the module puts them into order.",),
)


@dataclass(frozen=True)
class MessagePlan(Plan):
    """``known``: ID of the last message that says the same; a new one has another."""

    known: str | None = None

    def missing_from(self, shown: Object | None) -> list[str]:
        """Whether it has been said since."""
        return list(self.changes) if shown and shown["uuid"] == self.known else super().missing_from(shown)


class ChatMessageState(State):
    """Something that is said once."""

    module = "jade_chat_message"
    noun = "chat_message"
    title = "Say something in a chat"
    description = (
        "Sends a message to a chat of the account that the task is logged in with.",
        "What has been said can't be changed or taken back: Jade's API has no call for it.",
    )
    resource = CHAT_MESSAGE
    states = ("present", "sent")
    extra_options = (
        Field(
            "recent",
            (
                "How many of the chat's newest messages, whoever has sent them, O(state=present) looks through.",
                "What was said before these is said again.",
            ),
            type="int",
            default=RECENT,
        ),
    )
    calls = (("POST", CHAT_MESSAGE.list_path), ("GET", "/me/info"))
    idempotent = "partial"
    idempotent_details = (
        "V(state=sent) sends each time. V(state=present) doesn't send what is among the account's own O(recent) messages."
    )
    notes = ("Needs the permission C(user).",)

    @property
    def options(self) -> tuple[Field, ...]:
        """Chat and content."""
        content = Field(
            "content",
            (
                "What to say: a text, a list or a dictionary. Numbers and switches are sent as text, as which Jade keeps them.",
                "A text that is a list or a dictionary in JSON is sent as such, since Jade gives it back as such.",
                "A text can't hold a single quote, which Jade fails to store; one within a list or a dictionary can.",
            ),
            type="raw",
            required=True,
        )
        return (CHAT_OPTION, content, self.state_option, *self.extra_options)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) makes sure that the account has said it, and sends it unless it is among the newest messages.",
            "V(sent) sends it, even if it has been said already.",
        )

    def label(self, params: Params) -> str:
        """The chat's ID."""
        return f"message in the chat {params['chat']}"

    def check_input(self, params: Params) -> None:
        """What Jade can keep, and at least one message to look at."""
        as_kept(params["content"])
        if params["recent"] < 1:
            raise BadInput("recent must be 1 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The newest message of this content from this account."""
        place = CHAT_MESSAGE.within(params)
        wanted, rows = as_kept(params["content"]), client.rows(place, {"count": params["recent"]}).rows
        me = my_uuid(client)
        for raw in rows:
            found = normalize(CHAT_MESSAGE, {**raw, **dict(place.place)}, warn)
            if found["owner_uuid"] == me and same_content(found["content"], wanted):
                return Reading(found, raw)
        return Reading()

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """Say it, unless it has been said."""
        if current is not None and params["state"] == "present":
            return Plan(CHAT_MESSAGE.fields, KEEP, current, current)
        after: Object = dict.fromkeys(field.name for field in CHAT_MESSAGE.fields)
        after.update(chat=params["chat"], content=as_kept(params["content"]))
        known = current["uuid"] if current else None
        return MessagePlan(
            fields=CHAT_MESSAGE.fields, action=CREATE, before=None, after=after, changes=("content",), known=known
        )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Any JSON value is a message."""
        path = CHAT_MESSAGE.within(params).list_path
        client.write("POST", path, todo.target["content"])

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade gives no reason."""
        return "Does the account still take part in the chat? Jade's log may tell more" if isinstance(error, ServerFailed) else ""
