# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls: channels, parked calls, callers in queues. All can be looked at and hung up. Document: /admin/core/channels,
/admin/park/parkedcalls, /admin/queue/entries; facts/jade.md 5.
"""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import ABSENT, Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_UPDATE


def _party(prefix: str, whose: str) -> tuple[Field, ...]:
    """Who is at the ends of a call, as Asterisk tells it of every channel."""
    return (
        Field(f"{prefix}caller_id_name", f"Name of the {whose} caller ID.", sample="Alice"),
        Field(f"{prefix}caller_id_num", f"Number of the {whose} caller ID.", sample="100"),
        Field(f"{prefix}connected_line_name", "Name of the other party.", sample="<unknown>"),
        Field(f"{prefix}connected_line_num", "Number of the other party.", sample="<unknown>"),
    )


def _place(prefix: str) -> tuple[Field, ...]:
    """Where in the dialplan a channel is."""
    return (
        Field(f"{prefix}context", "Dialplan context it is in.", sample="queue_sales"),
        Field(f"{prefix}exten", "Extension it is in.", sample="s"),
        Field(f"{prefix}priority", "Priority it is at.", sample="2"),
    )


CHANNEL = Resource(
    system="jade",
    noun="channel",
    plural="channels",
    title="channel",
    description=("The channels that are up in Asterisk now: each leg of each call.",),
    list_path="/admin/core/channels",
    detail_path="/admin/core/channels/{unique_id}",
    key="unique_id",
    also_by=("channel",),
    fields=(
        Field("unique_id", "Asterisk's ID of the channel.", sample="1513946896.7", required=True),
        Field("linked_id", "ID of the channel with which the call began.", sample="1513946896.7"),
        Field("channel", "Name of the channel.", sample="PJSIP/pjagent-01-00000007"),
        Field("channel_state", "State as a number; 6 is up.", type="int", sample=4),
        Field("channel_state_desc", "State in words.", sample="Ring"),
        *_place(""),
        *_party("", "channel's"),
        Field("account_code", "Account code.", sample=""),
        Field("language", "Language of announcements.", sample="en"),
        Field("application", "Application that runs.", sample="Queue"),
        Field("application_data", "Arguments of the application.", sample=""),
        Field("bridge_id", "Bridge that it is in.", sample="6f7b0a4e-0d37-4a54-a3a5-0a3e2b7a9d3c"),
        Field("duration", "How long it has been up, as Asterisk tells it.", sample="00:01:12"),
        Field("hangup_cause", "Why it was hung up, as a number.", type="int", sample=16),
        Field("hangup_cause_desc", "Why it was hung up, in words.", sample="Normal Clearing"),
        Field("variables", "Channel variables.", type="dict", sample={}),
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
        Field("parkee_unique_id", "Asterisk's ID of the parked channel.", sample="1514423807.111", required=True),
        Field("parkee_linked_id", "ID of the channel with which the call began.", sample="1514423807.111"),
        Field("parkee_channel", "Name of the parked channel.", sample="PJSIP/pjagent-01-00000044"),
        Field("parkee_channel_state", "State as a number; 6 is up.", type="int", sample=6),
        Field("parkee_channel_state_desc", "State in words.", sample="Up"),
        *_party("parkee_", "parked channel's"),
        Field("parkee_account_code", "Account code.", sample=""),
        *_place("parkee_"),
        Field("parker_dial_string", "How to call back who parked the call.", sample="PJSIP/pjagent-01"),
        Field("parking_lot", "Parking lot that it is in.", sample="default"),
        Field("parking_space", "Parking space that it is in.", sample="701"),
        Field("parking_duration", "Seconds since it was parked, as of C(tm_update).", type="int", sample=0),
        Field("parking_timeout", "Seconds until it is called back, as of C(tm_update).", type="int", sample=45),
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
        Field("unique_id", "Asterisk's ID of the caller's channel.", sample="1513556618.4", required=True),
        Field("queue_name", "Queue that the caller waits in.", sample="sales_1"),
        Field("channel", "Name of the caller's channel.", sample="PJSIP/pjagent-01-00000002"),
        *_party("", "caller's"),
        Field("position", "Place in the queue, from 1.", type="int", sample=1),
        Field("wait", "Seconds of waiting; C(null) where Asterisk hasn't told.", type="int", sample=12),
        TM_UPDATE,
    ),
)


class HangUpState(State):
    """A call that is hung up. Calls can't be made this way, so there is only C(absent)."""

    states = (ABSENT,)

    def state_help(self) -> tuple[str, ...]:
        """What it does."""
        return ("V(absent) hangs up. A call that has ended already is no error.",)

    def check_input(self, params: Params) -> None:
        """An ID that is empty would address all of them."""
        if not params[self.resource.key]:
            raise BadInput(f"{self.resource.key} is empty")

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Hang up. A call that has just ended answers 500, which reading settles."""
        key = t.cast(Object, todo.before)[self.resource.key]
        t.cast(JadeClient, client).write("DELETE", detail(self.resource.detail_path, key))


class ChannelState(HangUpState):
    """A leg of a call."""

    module = "jade_channel"
    noun = "channel"
    title = "Hang up a channel"
    description = ("Hangs up a channel of Asterisk, that is, one leg of a call.",)
    resource = CHANNEL
    calls = (("DELETE", CHANNEL.detail_path),)


class ParkedCallState(HangUpState):
    """A call that is parked."""

    module = "jade_parked_call"
    noun = "parked_call"
    title = "Hang up a parked call"
    description = ("Hangs up a call that is parked.",)
    resource = PARKED_CALL
    calls = (("DELETE", PARKED_CALL.detail_path),)


class QueueEntryState(HangUpState):
    """A caller in a queue."""

    module = "jade_queue_entry"
    noun = "queue_entry"
    title = "Hang up a caller who waits in a queue"
    description = ("Hangs up a caller who waits in a queue. Jade takes this call since 2018; its document has only the reading.",)
    resource = QUEUE_ENTRY
    calls = (("DELETE", QUEUE_ENTRY.detail_path),)
