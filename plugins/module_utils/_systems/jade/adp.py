# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous dialplans: masters (adpmas) and their steps (adps), in Jade's database.

Documents: /admin/dialplan/adpmas and /admin/dialplan/adps; facts/jade.md 1.8 and 5, /admin/dialplan.
"""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    AmbiguousWrite,
    BadInput,
    NotFound,
    PbxError,
    ServerFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, DELETE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_CREATE, TM_UPDATE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import check_database

QUOTES = "Jade can't store a single quote in any of the values; such values are refused up front."

ADPMA = Resource(
    system="jade",
    noun="adpma",
    plural="adpmas",
    title="dialplan master",
    description=("The masters of asynchronous dialplans (adpmas): each holds the steps of one dialplan.",),
    list_path="/admin/dialplan/adpmas",
    detail_path="/admin/dialplan/adpmas/{uuid}",
    also_by=("uuid",),
    fields=(
        Field(
            "uuid",
            "Jade's own ID of the master.",
            sample="1d47735d-2265-463c-908a-d37dea085c21",
            assigned=True,
        ),
        Field("name", "Name of the master.", sample="Default originate call to device", required=True, write=True),
        Field("detail", "What it is for.", sample="Default", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=("For the steps of a master see M(telephony.pbx.jade_adp_info).",),
)

ADP = Resource(
    system="jade",
    noun="adp",
    plural="adps",
    title="dialplan step",
    description=("The steps of asynchronous dialplans (adps), each of which belongs to a master.",),
    list_path="/admin/dialplan/adps",
    detail_path="/admin/dialplan/adps/{uuid}",
    key="uuid",
    fields=(
        Field("uuid", "Jade's own ID of the step.", sample="abde9ef2-7255-4e64-acbe-a6edb964c442", assigned=True),
        Field("dpma_uuid", "ID of the master.", sample="1d47735d-2265-463c-908a-d37dea085c21"),
        Field("sequence", "Place among the steps of the master, from 1.", type="int", sample=1, required=True),
        Field("name", "Name of the step.", sample="answer", write=True),
        Field("detail", "What it is for.", sample="Take the call", write=True),
        Field("command", "Application of Asterisk that is run.", sample="Answer()", write=True),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=("For the masters see M(telephony.pbx.jade_adpma_info).",),
)


class AdpmaState(State):
    """A master, by its name, which people choose but Jade doesn't keep unique."""

    module = "jade_adpma"
    noun = "adpma"
    title = "Manage masters of asynchronous dialplans"
    description = ("Creates, changes and removes masters of asynchronous dialplans.",)
    resource = ADPMA
    calls = (("POST", ADPMA.list_path), ("PUT", ADPMA.detail_path), ("DELETE", ADPMA.detail_path))
    notes = (QUOTES, "Jade doesn't remove the steps of a master with it; the task warns where it leaves some behind.")

    @property
    def options(self) -> tuple[Field, ...]:
        """With the ID for masters that are to be renamed, or that share a name."""
        uuid = Field("uuid", "ID of a master that exists, to rename it or to tell it from another one of that name.")
        return (ADPMA.field("name"), uuid, ADPMA.field("detail"), self.state_option)

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "name", "detail")
        if not params["name"]:
            raise BadInput("name is empty")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """By ID where it is given, otherwise by name."""
        if not params.get("uuid"):
            return self.only(client, warn, name=params["name"])
        raw = client.row(ADPMA, params["uuid"])
        return None if raw is None else normalize(ADPMA, raw, warn)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An ID can't be chosen."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE and params.get("uuid"):
            raise NotFound(f"there is no dialplan master {params['uuid']}", system=client.connection.title)
        return todo

    def desired(self, params: Params, current: Object | None) -> Object:
        """The ID only finds."""
        return {**super().desired(params, current), "uuid": None}

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Steps without a master stay behind (facts/jade.md 5, adpmas)."""
        if todo.action == DELETE:
            before = t.cast(Object, todo.before)
            left = sum(1 for raw in client.rows(ADP, {}).rows if raw.get("dpma_uuid") == before["uuid"])
            if left:
                warn(f"the dialplan master {before['name']} has {left} steps, which Jade leaves behind; see jade_adp")

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Only what is given."""
        after = t.cast(Object, todo.after)
        t.cast(JadeClient, client).write("POST", ADPMA.list_path, {name: after[name] for name in todo.changes})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = t.cast(Object, todo.after)
        path = detail(ADPMA.detail_path, t.cast(Object, todo.before)["uuid"])
        t.cast(JadeClient, client).write("PUT", path, {name: after[name] for name in todo.changes})

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        t.cast(JadeClient, client).write("DELETE", detail(ADPMA.detail_path, t.cast(Object, todo.before)["uuid"]))


class AdpState(State):
    """A step, by its master and its place."""

    module = "jade_adp"
    noun = "adp"
    title = "Manage steps of asynchronous dialplans"
    description = (
        "Creates, changes and removes steps of asynchronous dialplans.",
        "A step is known by its master and its place (O(sequence)), which Jade keeps unique.",
    )
    resource = ADP
    calls = (("POST", ADP.list_path), ("PUT", ADP.detail_path), ("DELETE", ADP.detail_path))
    notes = (
        QUOTES,
        "The newest published Jade can't change a step: it always answers 500. The module then removes the step and creates it"
        " again, which gives it a new ID, and warns of it.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """The master by its name or ID."""
        master = Field("adpma", "Name of the master. Either this or O(dpma_uuid) has to be given.")
        own = tuple(ADP.field(name) for name in ("dpma_uuid", "sequence", "name", "detail", "command"))
        return (master, *own, self.state_option)

    def label(self, params: Params) -> str:
        """Master and place."""
        return f"dialplan step {params['sequence']} of {params.get('adpma') or params.get('dpma_uuid')}"

    def check_input(self, params: Params) -> None:
        """Values that Jade can't take."""
        check_database(params, "dpma_uuid", "name", "detail", "command")
        if bool(params.get("adpma")) == bool(params.get("dpma_uuid")):
            raise BadInput("give either adpma, the name of the master, or dpma_uuid, its ID")
        if params["sequence"] < 1:
            raise BadInput(f"sequence is {params['sequence']}, but must be 1 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """By master and place. Without the master there is no step."""
        master = self._master(client, params)
        return self.only(client, warn, dpma_uuid=master, sequence=params["sequence"]) if master else None

    def _master(self, client: Client, params: Params) -> str | None:
        """The master's ID. Raises Conflict if several have the name."""
        if params.get("dpma_uuid"):
            return t.cast(str, params["dpma_uuid"])
        found = AdpmaState().only(client, lambda text: None, name=params["adpma"])
        return found["uuid"] if found else None

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """Jade takes a step for a master that isn't there (facts/jade.md 5, adps); nothing would ever run it."""
        todo = super().plan(client, params, current)
        if todo.action != CREATE:
            return todo
        master = self._master(client, params)
        if master is None or client.row(ADPMA, master) is None:
            raise NotFound(
                f"there is no dialplan master {params.get('adpma') or master}",
                system=client.connection.title,
                hint="jade_adpma makes one",
            )
        return Plan(todo.fields, CREATE, None, {**t.cast(Object, todo.after), "dpma_uuid": master}, todo.changes)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """The sequence has to be a number."""
        after = t.cast(Object, todo.after)
        body = {name: after[name] for name in ("dpma_uuid", "sequence", *todo.changes)}
        t.cast(JadeClient, client).write("POST", ADP.list_path, body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial where it works; where the server fails and nothing has changed, by removing and creating."""
        before, after = t.cast(Object, todo.before), t.cast(Object, todo.after)
        changes = {name: after[name] for name in todo.changes}
        try:
            t.cast(JadeClient, client).write("PUT", detail(ADP.detail_path, before["uuid"]), changes)
        except ServerFailed:
            if not todo.missing_from(self.find(client, params, lambda text: None)):
                raise
            self._replace(client, todo)

    def warn_after(self, todo: Plan, found: Object | None, warn: Warn) -> None:
        """Whoever keeps the step's ID has to know."""
        if todo.before and found and todo.before["uuid"] != found["uuid"]:
            warn(f"this Jade can't change a step: it was created again, and its ID is now {found['uuid']}")

    def _replace(self, client: Client, todo: Plan) -> None:
        before, after = t.cast(Object, todo.before), t.cast(Object, todo.after)
        kept = {name: after[name] for name in ("dpma_uuid", "sequence", "name", "detail", "command") if after[name] is not None}
        t.cast(JadeClient, client).write("DELETE", detail(ADP.detail_path, before["uuid"]))
        try:
            t.cast(JadeClient, client).write("POST", ADP.list_path, kept)
        except PbxError as error:
            raise AmbiguousWrite(
                f"this Jade can't change a step, so it was removed to be created again, which failed: {error}."
                f" It was: {', '.join(f'{name} {value}' for name, value in before.items() if value is not None)}",
                hint="Run the task again, with all values given",
            ) from None

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        t.cast(JadeClient, client).write("DELETE", detail(ADP.detail_path, t.cast(Object, todo.before)["uuid"]))
