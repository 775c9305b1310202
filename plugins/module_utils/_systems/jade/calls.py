# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls: channels, parked calls, callers in queues. All can be looked at and hung up. Document: /admin/core/channels,
/admin/park/parkedcalls, /admin/queue/entries; facts/jade.md 5.
"""

from __future__ import annotations

from dataclasses import replace

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import Plan
from ..._engine.state import ABSENT, State
from ..._http.errors import BadInput, PbxError, Unsupported
from ..._model.resource import Field, Object, Resource
from .client import detail
from .fields import TM_UPDATE


def _identity(name: str, description: str, sample: str) -> Field:
    """The ID of a call. It looks like a number, and must not be taken for one."""
    quotes = "In tasks put it in quotes: as a number V(1513946896.70) becomes V(1513946896.7), which is another call."
    return Field(name, (description, quotes), sample=sample, required=True, given_as="raw")


def _party(prefix: str, whose: str) -> tuple[Field, ...]:
    """Who is at the ends of a call, as Asterisk tells it of every channel."""
    return (
        Field(f"{prefix}caller_id_name", f"Name in the {whose} caller ID.", sample="Alice"),
        Field(f"{prefix}caller_id_num", f"Number in the {whose} caller ID.", sample="100"),
        Field(f"{prefix}connected_line_name", "Name of the party at the other end.", sample="<unknown>"),
        Field(f"{prefix}connected_line_num", "Number of the party at the other end.", sample="<unknown>"),
    )


def _place(prefix: str) -> tuple[Field, ...]:
    """Where in the dialplan a channel is."""
    return (
        Field(f"{prefix}context", "Dialplan context it is in.", sample="queue_sales"),
        Field(f"{prefix}exten", "Extension it is at.", sample="s"),
        Field(f"{prefix}priority", "Priority it is at.", sample="2"),
    )


CHANNEL = Resource(
    system="jade",
    noun="channel",
    plural="channels",
    title="channel",
    description=("The channels that Asterisk has now: each leg of each call.",),
    list_path="/admin/core/channels",
    detail_path="/admin/core/channels/{unique_id}",
    key="unique_id",
    alternate_keys=("channel",),
    fields=(
        _identity("unique_id", "Asterisk's ID of the channel (C(UNIQUEID)).", "1513946896.7"),
        Field("linked_id", "ID of the channel with which the call began.", sample="1513946896.7"),
        Field("channel", "Name of the channel: technology, device, and a number.", sample="PJSIP/pjagent-01-00000007"),
        Field("channel_state", "State as a number: 4 it waits for an answer, 5 it rings, 6 it is up.", type="int", sample=4),
        Field("channel_state_desc", "State in words.", sample="Ring"),
        *_place(""),
        *_party("", "channel's"),
        Field("account_code", "Account code, for billing.", sample=""),
        Field("language", "Language of the announcements that are heard on it.", sample="en"),
        Field("application", "Application of the dialplan that runs now.", sample="Queue"),
        Field("application_data", "Arguments of that application.", sample=""),
        Field(
            "bridge_id",
            "ID of the bridge that joins it with others; C(null) or empty where there is none.",
            sample="6f7b0a4e-0d37-4a54-a3a5-0a3e2b7a9d3c",
        ),
        Field("duration", "How long it has existed, as Asterisk tells it; C(null) before it has.", sample="00:01:12"),
        Field("hangup_cause", "Why it ends, as a number of Q.850; C(null) before it does.", type="int", sample=16),
        Field("hangup_cause_desc", "The same in words.", sample="Normal Clearing"),
        Field("variables", "Channel variables that Asterisk has told of.", type="dict", sample={"CAMPAIGN": "spring"}),
        TM_UPDATE,
    ),
)

PARKED_CALL = Resource(
    system="jade",
    noun="parked_call",
    plural="parked_calls",
    title="parked call",
    description=("The calls that are parked now.",),
    list_path="/admin/park/parkedcalls",
    detail_path="/admin/park/parkedcalls/{parkee_unique_id}",
    key="parkee_unique_id",
    fields=(
        _identity("parkee_unique_id", "Asterisk's ID of the channel that is parked (C(UNIQUEID)).", "1514423807.111"),
        Field("parkee_linked_id", "ID of the channel with which the call began.", sample="1514423807.111"),
        Field("parkee_channel", "Name of the channel that is parked.", sample="PJSIP/pjagent-01-00000044"),
        Field("parkee_channel_state", "State as a number; 6 is up.", type="int", sample=6),
        Field("parkee_channel_state_desc", "State in words.", sample="Up"),
        *_party("parkee_", "parked channel's"),
        Field("parkee_account_code", "Account code, for billing.", sample=""),
        *_place("parkee_"),
        Field("parker_dial_string", "Who parked the call, and is called back when time is up.", sample="PJSIP/pjagent-01"),
        Field("parking_lot", "Parking lot that it is in.", sample="default"),
        Field("parking_space", "Parking space that it is in: the extension to dial to take the call.", sample="701"),
        Field("parking_duration", "Seconds for which it had been parked, as of C(tm_update).", type="int", sample=0),
        Field("parking_timeout", "Seconds that were left before it goes back, as of C(tm_update).", type="int", sample=45),
        TM_UPDATE,
    ),
)

QUEUE_ENTRY = Resource(
    system="jade",
    noun="queue_entry",
    plural="queue_entries",
    title="queue entry",
    description=("The callers who wait in queues now.",),
    list_path="/admin/queue/entries",
    detail_path="/admin/queue/entries/{unique_id}",
    key="unique_id",
    fields=(
        _identity("unique_id", "Asterisk's ID of the caller's channel (C(UNIQUEID)).", "1513556618.4"),
        Field("queue_name", "Queue that the caller waits in.", sample="sales_1"),
        Field("channel", "Name of the caller's channel.", sample="PJSIP/pjagent-01-00000002"),
        *_party("", "caller's"),
        Field("position", "Place in the queue, from 1.", type="int", sample=1),
        Field("wait", "Seconds of waiting, as of C(tm_update); C(null) where Asterisk hasn't told.", type="int", sample=12),
        TM_UPDATE,
    ),
)


class HangUpState(State):
    """A call that is hung up. Calls can't be made this way, so there is only C(absent).

    * ``told``: the fields by which people know a call. The diff shows them, since the call is gone afterwards.
    """

    states = (ABSENT,)
    told: tuple[str, ...]

    def state_help(self) -> tuple[str, ...]:
        """What it does."""
        return ("V(absent) hangs up. A call that has ended already, or that never was, is no error.",)

    def check_input(self, params: Params) -> None:
        """An ID that says nothing must not become the path of all calls, nor a number that of another one."""
        name, given = self.resource.key, params[self.resource.key]
        if isinstance(given, float):
            raise BadInput(
                f"{name} is the number {given}, which may have lost zeros at its end and so name another call: put it in quotes"
            )
        if isinstance(given, bool) or not isinstance(given, (str, int)) or not str(given).strip(". "):
            raise BadInput(f"{name} is {given!r}, but must be the ID of one {self.resource.title}")

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """With what tells people who is cut off."""
        todo = super().plan(client, params, current)
        return replace(todo, fields=tuple(replace(field, required=field.name in self.told) for field in todo.fields))

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Hang up. A call that has just ended answers 500, which reading settles."""
        key = todo.existing[self.resource.key]
        client.write("DELETE", detail(self.resource.detail_path, key))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade hands the request on to Asterisk, which does as it likes."""
        return "If the call goes on, Asterisk may be unable to end it: see its log, and try 'channel request hangup' there"


class ChannelState(HangUpState):
    """A leg of a call."""

    module = "jade_channel"
    noun = "channel"
    title = "Hang up a channel"
    description = (
        "Hangs up one channel of Asterisk, that is, one leg of a call. The other leg mostly ends with it.",
        "Calls can't be started this way; Jade has no call for that.",
    )
    resource = CHANNEL
    told = ("unique_id", "channel", "caller_id_name", "caller_id_num", "connected_line_name", "connected_line_num", "exten")
    calls = (("DELETE", CHANNEL.detail_path),)
    notes = ("M(telephony.pbx.jade_channel_info) finds the IDs.",)


class ParkedCallState(HangUpState):
    """A call that is parked."""

    module = "jade_parked_call"
    noun = "parked_call"
    title = "Hang up a parked call"
    description = (
        "Hangs up one call that is parked.",
        "A call that has been taken from its parking space meanwhile isn't parked any more, and goes on.",
    )
    resource = PARKED_CALL
    told = ("parkee_unique_id", "parkee_channel", "parkee_caller_id_name", "parkee_caller_id_num", "parking_lot", "parking_space")
    calls = (("DELETE", PARKED_CALL.detail_path),)
    notes = ("M(telephony.pbx.jade_parked_call_info) finds the IDs.",)


class QueueEntryState(HangUpState):
    """A caller in a queue."""

    module = "jade_queue_entry"
    noun = "queue_entry"
    title = "Hang up a caller who waits in a queue"
    description = (
        "Hangs up one caller who waits in a queue.",
        "A caller who has been put through meanwhile isn't in the queue any more, and the call goes on.",
    )
    resource = QUEUE_ENTRY
    told = ("unique_id", "queue_name", "position", "channel", "caller_id_name", "caller_id_num")
    calls = (("DELETE", QUEUE_ENTRY.detail_path),)
    notes = (
        "M(telephony.pbx.jade_queue_entry_info) finds the IDs.",
        "Jade's document has only the reading of entries; servers from before 2018 may not hang up by this call."
        " M(telephony.pbx.jade_channel) with the same ID does.",
    )

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Older servers can only be asked who waits (facts/jade.md 5, /admin/queue)."""
        try:
            super().delete(client, params, todo)
        except Unsupported as error:
            hint = "Hang up the caller's channel instead, which has the same ID: telephony.pbx.jade_channel"
            raise error.but(hint=hint) from None
