# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masters of asynchronous dialplans (adpmas) in Jade's database, and what their steps are.

Documents: /admin/dialplan/adpmas and /admin/dialplan/adps; facts/jade.md 5, /admin/dialplan.
"""

from __future__ import annotations

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, UPDATE, Plan, Reading
from ..._engine.state import State
from ..._http.errors import BadInput, Conflict, NotFound
from ..._model.resource import Field, Object, Resource, Warn, silent
from .client import detail
from .fields import TM_CREATE, TM_UPDATE
from .files import check_database

QUOTES = "Jade can't store a single quote in any of the values; such values are refused up front."
DEFAULT_MASTER = "72ebc4b8-ac5e-4863-a7d3-55ffdfef43ee"  # Jade makes it at its start (facts/jade.md 5, adpmas)
RAN = (
    "A call runs a master where Asterisk's dialplan calls C(AGI) with C(agi:async,jade_dialplan,) and the ID of the master. Jade"
    " then sends the commands of the steps to Asterisk, in the order of their C(sequence)."
)


ADPMA = Resource(
    system="jade",
    noun="adpma",
    plural="adpmas",
    title="dialplan master",
    description=("The masters of asynchronous dialplans (adpmas): each holds the steps of one dialplan.", RAN),
    list_path="/admin/dialplan/adpmas",
    detail_path="/admin/dialplan/adpmas/{uuid}",
    alternate_keys=("uuid",),
    fields=(
        Field(
            "uuid",
            "Jade's own ID of the master.",
            sample="1d47735d-2265-463c-908a-d37dea085c21",
            assigned=True,
        ),
        Field(
            "name",
            ("Name of the master.", "Jade lets several masters have the same name."),
            sample="Night service",
            required=True,
            write=True,
        ),
        Field("detail", "What it is for.", sample="Takes the calls after six", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=(
        "For the steps of a master see M(telephony.pbx.jade_adp_info).",
        "Newer servers always have the master C(Default originate call to device), by which Jade itself places calls.",
    ),
)

ADP = Resource(
    system="jade",
    noun="adp",
    plural="adps",
    title="dialplan step",
    description=("The steps of asynchronous dialplans (adps), each of which belongs to a master.", RAN),
    list_path="/admin/dialplan/adps",
    detail_path="/admin/dialplan/adps/{uuid}",
    key="uuid",
    fields=(
        Field("uuid", "Jade's own ID of the step.", sample="abde9ef2-7255-4e64-acbe-a6edb964c442", assigned=True),
        Field("dpma_uuid", "ID of the master.", sample="1d47735d-2265-463c-908a-d37dea085c21"),
        Field(
            "sequence",
            "Place among the steps of the master, from 1. Places may be left free.",
            type="int",
            sample=10,
            required=True,
        ),
        Field("name", "Name of the step.", sample="Greeting", write=True),
        Field("detail", "What it is for.", sample="Says that the office is closed", write=True),
        Field(
            "command",
            (
                "AGI command that Asterisk runs, for example V(ANSWER), V(EXEC Playback hello-world) or V(HANGUP).",
                "A step without a command does nothing.",
            ),
            sample="EXEC Playback hello-world",
            write=True,
        ),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=(
        "For the masters see M(telephony.pbx.jade_adpma_info).",
        "Jade lists the steps of all masters, in no order. O(query) can pick those of one and sort them.",
    ),
)


class AdpmaState(State):
    """A master, by its name, which people choose but Jade doesn't keep unique."""

    module = "jade_adpma"
    noun = "adpma"
    title = "Manage masters of asynchronous dialplans"
    description = ("Creates, changes and removes masters of asynchronous dialplans (adpmas).", RAN)
    resource = ADPMA
    calls = (("POST", ADPMA.list_path), ("PUT", ADPMA.detail_path), ("DELETE", ADPMA.detail_path))
    notes = (
        QUOTES,
        "Jade doesn't remove the steps of a master with it; the task warns where it leaves some behind. So remove them first,"
        " with M(telephony.pbx.jade_adp).",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """With the ID for masters that are to be renamed, or that share a name."""
        name = Field(
            "name",
            (
                "Name of the master.",
                "Jade lets several masters have the same name. The task fails where it can't tell which one is meant, unless"
                " O(uuid) says so.",
            ),
            required=True,
            write=True,
        )
        uuid = Field(
            "uuid",
            (
                "ID of a master that exists, to rename it to O(name), or to tell it from others of that name.",
                "With O(state=absent) it alone counts, whatever the name of the master.",
            ),
        )
        return (name, uuid, ADPMA.field("detail"), self.state_option)

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "name", "uuid", "detail")
        if not params["name"]:
            raise BadInput("name is empty")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By ID where it is given, otherwise by name."""
        if not params.get("uuid"):
            return self.only(client, warn, name=params["name"])
        raw = client.row(ADPMA, params["uuid"])
        return self.read(raw, warn)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An ID can't be chosen, and a name that others have would make both hard to find."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE and params.get("uuid"):
            raise NotFound(
                f"there is no dialplan master {params['uuid']}",
                system=client.connection.title,
                hint="Leave uuid out to create one; Jade itself chooses the ID",
            )
        if todo.action == UPDATE and "name" in todo.changes:
            other = self.only(client, silent, name=params["name"]).shown
            if other:
                raise Conflict(
                    f"there is another dialplan master {params['name']} already: {other['uuid']}",
                    system=client.connection.title,
                    hint="Choose another name, or remove that one first",
                )
        return todo

    def desired(self, params: Params, current: Object | None) -> Object:
        """The ID only finds."""
        return {**super().desired(params, current), "uuid": None}

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Steps without a master stay behind (facts/jade.md 5, adpmas), where they keep Jade from starting."""
        if todo.action != DELETE:
            return
        before = todo.existing
        left = sum(1 for raw in client.rows(ADP, {}).rows if raw.get("dpma_uuid") == before["uuid"])
        if left:
            warn(
                f"Jade leaves the {left} step{'s' if left > 1 else ''} of the dialplan master {before['name']} behind;"
                f" telephony.pbx.jade_adp removes such steps by dpma_uuid {before['uuid']}"
            )
        if before["uuid"] == DEFAULT_MASTER:
            warn(
                f"the dialplan master {before['name']} is the one by which Jade itself places calls; it makes that again when it"
                " starts, but only if step 1 of the old one is gone"
            )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Only what is given."""
        client.write("POST", ADPMA.list_path, changes(todo))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        path = detail(ADPMA.detail_path, todo.existing["uuid"])
        client.write("PUT", path, changes(todo))

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        client.write("DELETE", detail(ADPMA.detail_path, todo.existing["uuid"]))


def changes(todo: Plan) -> Object:
    """The values that are to be written; a key that Jade has no column for is a 500 (facts/jade.md 5)."""
    after = todo.target
    return {name: after[name] for name in todo.changes}
