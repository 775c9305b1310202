# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is common to the objects that Asterisk has to take over from a file."""

from __future__ import annotations

from dataclasses import replace

from ..._engine.client import Client
from ..._engine.journal import ALL, NOTHING
from ..._engine.module import Params
from ..._engine.plan import KEEP, Plan, Reading
from ..._engine.polling import patiently, poll
from ..._engine.state import State
from ..._http.errors import NotApplied
from ..._model.resource import Field, Object, Warn, segment
from .asterisk import MODULE
from .client import detail

RELOAD = Field(
    "reload",
    (
        "Whether to make Asterisk take over what has been written, and to wait until it shows.",
        "Without it the change is stored, but isn't in force before the next reload.",
    ),
    type="bool",
    default=True,
)
UNSEEN_RELOAD = (
    "If a task is killed after the write and before the reload, nothing shows that the reload is still due: run"
    " M(telephony.pbx.jade_module) with C(state: reloaded)."
)


def reload_module(client: Client, name: str) -> None:
    """Make a module of Asterisk read its files again. ``name``: as the server lists it, or with C(.so)."""
    client.write("PUT", detail(MODULE.detail_path, name))


class AsteriskState(State):
    """An object of which one version is stored, and another one may run.

    * ``asterisk_module``: see C(module_to_reload).
    * ``reloads_itself``: Jade brings each change into force without being told.
    * ``unobservable``: why what runs can't be compared with what is stored.
    """

    asterisk_module: str
    reloads_itself: bool = False
    unobservable: str = ""

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The object with all rows of its list: Jade writes a file as a whole, so a change has to know what else is in it.

        Raises BadInput for a name that no path can hold.
        """
        segment(params[self.resource.key])
        rows = tuple(client.rows(self.resource, {}).rows)
        name = self.resource.field(self.resource.key).path[-1]
        raw = next((row for row in rows if row.get(name) == params[self.resource.key]), None)
        return replace(self.read(raw, warn), rows=rows)

    def reloads(self, params: Params) -> bool:
        """Whether a change has to be brought into force, by a reload or by Jade itself, and to show there."""
        return self.reloads_itself or bool(params["reload"])

    def must_reload(self, todo: Plan) -> bool:
        """Whether Asterisk has to be told: not where Jade does so with each write."""
        return not self.reloads_itself or todo.action == KEEP

    def module_to_reload(self, params: Params) -> str:
        """The module of Asterisk that takes over what is stored."""
        return self.asterisk_module

    def reload(self, client: Client, params: Params) -> None:
        """Make Asterisk take over what is stored."""
        reload_module(client, self.module_to_reload(params))

    def left_to_do(self, params: Params) -> str:
        """The reload, where nothing shows that it is due."""
        if not (self.unobservable and self.reloads(params)):
            return ""
        name = self.module_to_reload(params)
        return f"Run telephony.pbx.jade_module with name: {name} and state: reloaded. This task can't see that it is due"

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        """In words, what the running system lacks of what is stored; "" if nothing."""
        return ""

    def plan_of(self, client: Client, params: Params, reading: Reading) -> Plan:
        """What is stored already may still lack in the running system."""
        todo = super().plan_of(client, params, reading)
        if todo.action != KEEP or not self.reloads(params):
            return todo
        return replace(todo, runtime_difference=self.runtime_difference(client, params, todo.after))

    def after_write(self, client: Client, params: Params, todo: Plan, stored: Object | None, warn: Warn) -> None:
        """Bring it into force, and wait until it shows there. Raises NotApplied if it doesn't."""
        if not self.reloads(params):
            return
        if self.must_reload(todo):
            self.reload(client, params)
        patience = self.waits(params)
        lacking = poll(lambda: patiently(lambda: self.runtime_difference(client, params, stored), patience), patience)
        if lacking:
            client.journal.settle(NOTHING if todo.action == KEEP else ALL)
            written = "removed" if stored is None else "stored"
            raise NotApplied(
                f"The {self.label(params)} is {written} and Asterisk was told to reload, but {lacking}",
                system=client.connection.title,
                hint="Asterisk may have refused the settings: see its log",
            )

    def more_results(self, params: Params) -> Object:
        """How far the running system was compared with what is stored."""
        if params.get("reload") is False:
            return {"running": "not compared: reload is off"}
        return {"running": f"not compared: {self.unobservable}" if self.unobservable else "as stored"}
