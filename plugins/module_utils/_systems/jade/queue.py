# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues and their members as they run. Document: /admin/queue; facts/jade.md 5, /admin/queue."""

from __future__ import annotations

import typing as t

from ..._engine.client import Client, Query
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, Plan, Reading
from ..._engine.polling import poll
from ..._engine.state import State
from ..._http.errors import BadInput, Conflict, NotFound
from ..._http.messages import Call
from ..._http.paging import Listing
from ..._model import converters
from ..._model.resource import Field, Object, Resource, Warn, silent
from .client import detail
from .fields import TM_UPDATE

MEMBERS = "/admin/queue/members"
BY_QUERY = "queue members by query"
YES, NO = "yes", "no"

QUEUE = Resource(
    system="jade",
    noun="queue",
    plural="queues",
    title="queue",
    description=("The queues that run in Asterisk now, with their figures.",),
    list_path="/admin/queue/queues",
    detail_path="/admin/queue/queues/{name}",
    fields=(
        Field("name", "Name of the queue.", sample="sales_1"),
        Field("strategy", "How calls are given to members.", sample="ringall"),
        Field("max", "Most calls that may wait; 0 is no limit.", type="int", sample=0),
        Field("weight", "Priority over other queues with the same members.", type="int", sample=0),
        Field("calls", "Calls that wait now.", type="int", sample=0),
        Field("completed", "Calls that were answered by a member.", type="int", sample=12),
        Field("abandoned", "Calls that were given up by the caller.", type="int", sample=2),
        Field("hold_time", "Average time of waiting, in seconds.", type="int", sample=18),
        Field("talk_time", "Average time of talking, in seconds.", type="int", sample=140),
        Field("service_level", "Seconds within which a call should be answered.", type="int", sample=5),
        Field("service_level_perf", "Share of calls that were, in percent.", type="float", sample=0.0),
        TM_UPDATE,
    ),
    notes=("For the settings behind a queue see M(telephony.pbx.jade_queue_config_info).",),
)


class MemberReader:
    """A member by its ID, or in older servers by its name with the queue as a query (facts/jade.md 5, members)."""

    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """As all lists."""
        return client.plain_rows(resource, query)

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """By the way that this server takes. It is found out by the first member that is there, or by a refusal."""
        known = client.learned(BY_QUERY)
        if known == YES:
            return self._by_query(client, key)
        try:
            found = client.one(resource, key)
        except BadInput as error:
            if error.status != 400:
                raise
            client.learn(BY_QUERY, YES)  # it misses the query
            return self._by_query(client, key)
        if found or known == NO:
            way = NO
        else:
            found, way = self._by_query(client, key), YES
        if found and known is None:
            client.learn(BY_QUERY, way)
        return found

    @staticmethod
    def _by_query(client: Client, key: str) -> Object | None:
        name, dummy, queue = key.rpartition("@")
        if not name or not queue:
            return None
        call = Call("GET", detail(MEMBERS + "/{name}", name), (("queue_name", queue),), repeatable=True)
        try:
            found = client.call(call)
        except NotFound:
            return None
        # A server that takes IDs ignores the query, and may have a member whose ID is just this name.
        return found if isinstance(found, dict) and found.get("id", key) == key else None


def _moment(name: str, what: str) -> Field:
    return Field(name, f"{what} UTC, ISO 8601.", convert=converters.epoch, sample="2026-11-23T09:14:02Z", assigned=True)


QUEUE_MEMBER = Resource(
    system="jade",
    noun="queue_member",
    plural="queue_members",
    title="queue member",
    description=("The members of the queues that run in Asterisk now.",),
    list_path=MEMBERS,
    detail_path=MEMBERS + "/{id}",
    key="id",
    reader=MemberReader(),
    fields=(
        Field("id", "Name and queue, as V(PJSIP/100@sales_1).", sample="PJSIP/100@sales_1"),
        Field("name", "Name of the member in the queue; by default its interface.", sample="PJSIP/100", required=True),
        Field("queue_name", "Name of the queue.", sample="sales_1", required=True),
        Field(
            "state_interface",
            (
                "Interface that is called, and whose state is watched. When a member is added it is C(name) by default.",
                "It can't be changed later on.",
            ),
            sample="PJSIP/100",
            write=True,
        ),
        Field("location", "Interface that is called.", sample="PJSIP/100"),
        Field("membership", "V(static) members come from a file, V(dynamic) ones were added.", sample="dynamic"),
        Field(
            "status",
            "State of the device: 0 unknown, 1 not in use, 2 in use, 3 busy, 4 invalid, 5 unavailable, 6 ringing,"
            " 7 ringing while in use, 8 on hold.",
            type="int",
            sample=1,
            assigned=True,
        ),
        Field("penalty", "Members with a higher penalty are called later.", type="int", sample=0, write=True),
        Field("paused", "Whether the member gets no calls for now.", type="bool", sample=False, write=True),
        Field("paused_reason", "Why it is paused.", sample="lunch", write=True),
        Field("calls_taken", "Calls that the member has answered.", type="int", sample=3, assigned=True),
        Field("in_call", "Whether the member is in a call of the queue.", type="bool", sample=False, assigned=True),
        _moment("last_call", "When it last had a call."),
        _moment("last_pause", "When it was last paused."),
        Field(
            "ring_inuse", "Whether it is called while in use; C(null) where the queue decides.", type="bool", assigned=True
        ),
        TM_UPDATE,
    ),
)


class QueueMemberState(State):
    """A member that comes and goes. Everything goes through AMI, which doesn't tell what came of it."""

    module = "jade_queue_member"
    noun = "queue_member"
    title = "Manage members of running queues"
    description = (
        "Adds members to the queues that run in Asterisk now, pauses them, changes their penalty, and takes them out again.",
        "Such members are gone when Asterisk restarts, unless it keeps them (C(persistentmembers)).",
        "Jade reports success even where Asterisk refuses. So the member is read back until it shows the change.",
    )
    resource = QUEUE_MEMBER
    calls = (("POST", MEMBERS), ("PUT", MEMBERS + "/{id}"), ("DELETE", MEMBERS + "/{id}"))
    notes = ("For members that are set in the queue's file see O(telephony.pbx.jade_queue#module:members).",)

    @property
    def options(self) -> tuple[Field, ...]:
        """Queue and name are the key."""
        names = ("queue_name", "name", "state_interface", "penalty", "paused", "paused_reason")
        return (*(QUEUE_MEMBER.field(name) for name in names), self.state_option)

    def label(self, params: Params) -> str:
        """Member and queue."""
        return f"queue member {params['name']} of {params['queue_name']}"

    def check_input(self, params: Params) -> None:
        """A reason without a pause would be lost. A line break would end the line that Jade sends to Asterisk."""
        for option in ("queue_name", "name", "state_interface", "paused_reason"):
            if params.get(option) == "" and option != "paused_reason":
                raise BadInput(f"{option} is empty")
            if any(ord(character) < 32 for character in params.get(option) or ""):
                raise BadInput(f"{option} holds a line break or another control character")
        if params.get("paused_reason") and params.get("paused") is not True:
            raise BadInput("paused_reason is given without paused: true")
        if params.get("penalty") is not None and params["penalty"] < 0:
            raise BadInput("penalty must be 0 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The member of this queue."""
        raw = client.row(QUEUE_MEMBER, f"{params['name']}@{params['queue_name']}")
        return self.read(raw, warn)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """Asterisk would ignore, without a word, what can't be done: refuse it instead."""
        todo = super().plan(client, params, current)
        system = client.connection.title
        if todo.action == CREATE and client.row(QUEUE, params["queue_name"]) is None:
            raise NotFound(f"there is no running queue {params['queue_name']}", system=system, hint="jade_queue makes one")
        if todo.action == CREATE:
            self._refuse_twin(client, todo.target)
        if todo.action == DELETE and t.cast(Object, current)["membership"] == "static":
            raise BadInput(
                f"the {self.label(params)} is static: it comes from the queue's file, and Asterisk won't take it out",
                system=system,
                hint="Change members with telephony.pbx.jade_queue",
            )
        if "state_interface" in todo.changes and current is not None:
            raise BadInput(
                f"state_interface is {params['state_interface']}, but the {self.label(params)} has"
                f" {current['state_interface']}, which can't be changed",
                system=system,
                hint="Remove the member and add it again",
            )
        return todo

    @staticmethod
    def _refuse_twin(client: Client, wanted: Object) -> None:
        """An interface can be in a queue once only, whatever its name there."""
        for raw in client.rows(QUEUE_MEMBER, {}).rows:
            if all(raw.get(name) == wanted[name] for name in ("queue_name", "location")):
                raise Conflict(
                    f"{wanted['location']} is a member of {wanted['queue_name']} already, by the name {raw.get('name')}",
                    system=client.connection.title,
                    hint="Give that name, or remove that member first",
                )

    def desired(self, params: Params, current: Object | None) -> Object:
        """A new member has all that it needs. A pause that ends takes its reason with it."""
        wanted = super().desired(params, current)
        if wanted["paused"] is False:
            wanted["paused_reason"] = ""
        if current is None:
            interface = params["state_interface"] or params["name"]
            new = {"id": f"{params['name']}@{params['queue_name']}", "membership": "dynamic", "location": interface}
            wanted.update(new, state_interface=interface, penalty=wanted["penalty"] or 0, paused=bool(wanted["paused"]))
            wanted["paused_reason"] = wanted["paused_reason"] or ""
        return wanted

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """The reason of a pause can only follow once the member is there."""
        after = todo.target
        body = {name: after[name] for name in ("queue_name", "name", "state_interface", "penalty")}
        client.write("POST", MEMBERS, {**body, "paused": int(after["paused"])})
        if after["paused_reason"]:
            poll(lambda: "" if self.find(client, params, silent).shown else "member", self.patience)
            self._change(client, after, ("paused_reason",))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade finds the member by what the body says, not by the path (facts/jade.md 5, members).

        What it calls the state interface there is what Asterisk is told as the interface.
        """
        self._change(client, todo.target, todo.changes)

    @staticmethod
    def _change(client: Client, after: Object, changes: t.Container[str]) -> None:
        body: Object = {"queue_name": after["queue_name"], "state_interface": after["location"] or after["state_interface"]}
        if "penalty" in changes:
            body["penalty"] = after["penalty"]
        if "paused" in changes or "paused_reason" in changes:
            body.update(paused=int(after["paused"] or 0), paused_reason=after["paused_reason"] or "")
        client.write("PUT", detail(QUEUE_MEMBER.detail_path, after["id"]), body)

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By its ID; servers that want name and queue ignore what they don't need."""
        key = todo.existing["id"]
        if client.learned(BY_QUERY) == YES:
            name, dummy, queue = key.rpartition("@")
            client.write("DELETE", detail(MEMBERS + "/{name}", name), query=(("queue_name", queue),))
        else:
            client.write("DELETE", detail(QUEUE_MEMBER.detail_path, key))
