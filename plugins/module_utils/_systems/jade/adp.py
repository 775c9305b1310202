# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of asynchronous dialplans (adps) in Jade's database.

Document: /admin/dialplan/adps; facts/jade.md 1.8 and 5, /admin/dialplan.
"""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, UPDATE, Plan, Reading
from ..._engine.state import State
from ..._http.errors import BadInput, NotApplied, NotFound, PbxError, ServerFailed
from ..._model.resource import Field, Object, Warn, silent
from .adp_replacement import Replacement, place_of, recipe
from .adpma import ADP, ADPMA, QUOTES, RAN, AdpmaState, changes
from .client import detail
from .files import check_database

HIGHEST = 2**31 - 1  # a sequence is a plain number of C


class AdpState(State):
    """A step, by its master and its place."""

    module = "jade_adp"
    noun = "adp"
    title = "Manage steps of asynchronous dialplans"
    description = (
        "Creates, changes and removes steps of asynchronous dialplans (adps).",
        "A step is known by its master and its place (O(sequence)), which Jade keeps unique. To move a step, remove it and create"
        " another one.",
        RAN,
    )
    resource = ADP
    calls = (("POST", ADP.list_path), ("PUT", ADP.detail_path), ("DELETE", ADP.detail_path))
    notes = (
        QUOTES,
        "The newest published Jade can't change a step: it always answers 500. The module then removes the step and creates it"
        " again, which gives it a new ID, and warns of it. Should the step not come back, the module puts the old one back, or"
        " tells in full what is lost.",
        "If the task is killed between the removal and the creation, the step is gone. So right before the removal a warning"
        " shows all values of the step as options of this module, from which it can be created again. There is no such warning"
        " with C(no_log), or where the task doesn't run in the controller (another connection than local, C(become), C(async)).",
        "A step is only created for a master that exists, since Jade itself doesn't look. So in check mode the master has to be"
        " there already, too.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """The master by its name or ID."""
        master = Field("adpma", "Name of the master. Either this or O(dpma_uuid) has to be given.")
        uuid = Field(
            "dpma_uuid",
            (
                "ID of the master. Either this or O(adpma) has to be given.",
                "With it the steps that a removed master has left behind can still be changed and removed.",
            ),
        )
        own = tuple(ADP.field(name) for name in ("sequence", "name", "detail", "command"))
        return (master, uuid, *own, self.state_option)

    def label(self, params: Params) -> str:
        """Master and place."""
        return f"dialplan step {params['sequence']} of {params.get('adpma') or params.get('dpma_uuid')}"

    def check_input(self, params: Params) -> None:
        """Values that Jade can't take."""
        check_database(params, "dpma_uuid", "name", "detail", "command")
        if bool(params.get("adpma")) == bool(params.get("dpma_uuid")):
            raise BadInput("give either adpma, the name of the master, or dpma_uuid, its ID")
        if not 1 <= params["sequence"] <= HIGHEST:
            raise BadInput(f"sequence is {params['sequence']}, but must be from 1 to {HIGHEST}")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By master and place, which Jade keeps unique. Without the master there is no step."""
        master = self._master(client, params)
        if not master:
            return Reading()
        return self.only(client, warn, dpma_uuid=master, sequence=params["sequence"])

    def _master(self, client: Client, params: Params) -> str | None:
        """The master's ID. Raises Conflict if several have the name."""
        if params.get("dpma_uuid"):
            return t.cast(str, params["dpma_uuid"])
        found = AdpmaState().only(client, silent, name=params["adpma"]).shown
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
                hint="telephony.pbx.jade_adpma makes one",
            )
        return Plan(todo.fields, CREATE, None, {**todo.target, "dpma_uuid": master}, todo.changes)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """The sequence has to be a number."""
        client.write("POST", ADP.list_path, {**place_of(todo.after), **changes(todo)})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial where it works; where the server says no and nothing has changed, by removing and creating.

        Servers that can do it want to be told the master, as the document's example does.
        """
        try:
            client.write("PUT", detail(ADP.detail_path, todo.existing["uuid"]), {**place_of(todo.before), **changes(todo)})
        except ServerFailed:

            def look() -> Object | None:
                return self.only(client, silent, **place_of(todo.before)).shown

            if not todo.missing_from(look()):
                raise
            Replacement(client, ADP, todo, look, self.patience).run()

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """A step that was created again, but doesn't show."""
        return recipe(client, todo.before) if todo.action == UPDATE and isinstance(error, NotApplied) else ""

    def after_write(self, client: Client, params: Params, todo: Plan, stored: Object | None, warn: Warn) -> None:
        """Whoever keeps the step's ID has to know."""
        if todo.before and stored and todo.before["uuid"] != stored["uuid"]:
            warn(f"this Jade can't change a step: it was created again, and its ID is now {stored['uuid']}")

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By Jade's own ID."""
        client.write("DELETE", detail(ADP.detail_path, todo.existing["uuid"]))
