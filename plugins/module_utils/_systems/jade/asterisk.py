# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asterisk as a whole, and its modules. Document: /admin/core; facts/jade.md 5, /admin/core."""

from __future__ import annotations

import typing as t

from ..._engine.client import Client, Query
from ..._engine.module import Params
from ..._engine.plan import KEEP, UPDATE, Plan
from ..._engine.state import State
from ..._http.errors import BadInput, NotFound, PbxError
from ..._http.paging import Listing
from ..._model import converters
from ..._model.resource import Field, Object, Resource
from .client import detail
from .fields import TM_UPDATE

LOADED, UNLOADED, UNKNOWN = "loaded", "unloaded", "unknown"
RELOADED = "reloaded"
SUFFIX = ".so"
_LOAD_WORDS = {"loaded": LOADED, "not loaded": UNLOADED, "unload": UNLOADED}

SYSTEM = Resource(
    system="jade",
    noun="system",
    plural="systems",
    title="system",
    description=("Version, start-up and reload times, calls and limits of the Asterisk that Jade serves.",),
    list_path="/admin/core/systems",
    detail_path="/admin/core/systems/{id}",
    key="id",
    fields=(
        Field("id", "The system's ID; a Jade server has one, V(1).", sample="1"),
        Field("system_name", "Name of the system as set in C(asterisk.conf).", sample=""),
        Field("ast_version", "Version of Asterisk.", sample="16.28.0"),
        Field("ami_version", "Version of the Asterisk Manager Interface.", sample="5.0.4"),
        Field("startup_date", "Date of the last start, as Asterisk tells it.", sample="2026-11-22"),
        Field("startup_time", "Time of the last start.", sample="12:01:35"),
        Field("reload_date", "Date of the last reload.", sample="2026-11-22"),
        Field("reload_time", "Time of the last reload.", sample="12:01:47"),
        Field("current_calls", "Calls under way.", type="int", sample=0),
        Field("max_calls", "Most calls that are allowed at once; 0 is no limit.", type="int", sample=0),
        Field("max_load_avg", "Load average above which no call is taken; 0 is no limit.", type="float", sample=0.0),
        Field("max_file_handles", "Limit of open files; 0 is the system's own.", type="int", sample=0),
        Field("run_user", "User that Asterisk runs as; empty is the one that started it.", sample=""),
        Field("run_group", "Group that Asterisk runs as.", sample=""),
        Field("real_time_enabled", "Whether settings come from a database.", type="bool", sample=False),
        Field("cdr_enabled", "Whether call detail records are written.", type="bool", sample=True),
        Field("http_enabled", "Whether Asterisk's own HTTP server is on.", type="bool", sample=False),
        TM_UPDATE,
    ),
)


def _load(value: t.Any) -> str:
    return _LOAD_WORDS.get(converters.text(value), UNKNOWN)


class ModuleReader:
    """Old servers list names without C(.so), newer ones with it, and want them just so (facts/jade.md 5, /admin/core)."""

    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """All modules."""
        return client.plain_rows(resource, query)

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """One module by either spelling, under the name by which the server lists it."""
        other = key[: -len(SUFFIX)] if key.endswith(SUFFIX) else key + SUFFIX
        return client.one(resource, key) or client.one(resource, other)


MODULE = Resource(
    system="jade",
    noun="module",
    plural="modules",
    title="module",
    description=("The modules of Asterisk: what lies in its module directory, and what is loaded.",),
    list_path="/admin/core/modules",
    detail_path="/admin/core/modules/{name}",
    reader=ModuleReader(),
    fields=(
        Field(
            "name",
            ("The module's name, with or without C(.so).", "Results show the name as the server lists it."),
            sample="app_queue.so",
            required=True,
        ),
        Field(
            "load",
            (
                "V(loaded) or V(unloaded).",
                "V(unknown) where the server has not looked yet, as older ones do until a module is first addressed.",
            ),
            sample=LOADED,
            convert=_load,
            write=True,
        ),
        Field("size", "Size of its file in bytes.", type="int", sample=219000),
        Field("version", "Version, where the server tells it.", sample=""),
        TM_UPDATE,
    ),
    notes=("Old servers list names without C(.so), newer ones with it; both spellings work as O(name).",),
)


class ModuleState(State):
    """Load, reload, unload. Jade answers 200 whatever Asterisk does, so only reading back tells.

    It keeps a module's state up to date only when that is addressed by the very name in its list.
    """

    module = "jade_module"
    noun = "module"
    title = "Load, reload and unload modules of Asterisk"
    description = (
        "Loads, reloads and unloads modules of Asterisk through Jade.",
        "Jade reports success even where Asterisk refuses. So the state is read back, and a module that could not be loaded"
        " or unloaded fails the task.",
    )
    resource = MODULE
    states = (LOADED, RELOADED, UNLOADED)
    calls = tuple((method, "/admin/core/modules/{name}") for method in ("POST", "PUT", "DELETE"))
    notes = ("Unloading a module that is in use may hang up calls, or is refused by Asterisk.",)
    idempotent = "partial"
    idempotent_details = "V(state=reloaded) reloads each time. All else is idempotent."
    patience = 5.0

    @property
    def options(self) -> tuple[Field, ...]:
        """The name and the state."""
        return (MODULE.field("name"), self.state_option)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(loaded) loads the module if it isn't loaded.",
            "V(reloaded) makes it read its configuration again, and loads it first if need be.",
            "V(unloaded) unloads it.",
        )

    def check_input(self, params: Params) -> None:
        """A path in place of a name would address something else."""
        if not params["name"] or "/" in params["name"]:
            raise BadInput("name must be the name of a module, for example app_queue.so")

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A module that the server doesn't know can't be loaded; it counts as unloaded."""
        target = params["state"]
        if current is None:
            if target != UNLOADED:
                raise NotFound(
                    f"Asterisk has no module {params['name']}",
                    system=client.connection.title,
                    hint="jade_module_info lists those that it has",
                )
            return Plan(MODULE.fields, KEEP, None, None)
        after = {**current, "load": UNLOADED if target == UNLOADED else LOADED}
        if target == RELOADED:
            return Plan(MODULE.fields, UPDATE, current, after, ("load",), runtime_difference="not reloaded")
        if current["load"] == target:
            return Plan(MODULE.fields, KEEP, current, current)
        return Plan(MODULE.fields, UPDATE, current, after, ("load",))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The call depends on where the module comes from and where it has to go."""
        before, after = todo.existing, todo.target
        if after["load"] == UNLOADED:
            method = "DELETE"
        else:
            # A server that doesn't say whether it is loaded: loading one that runs would not reload it.
            runs = before["load"] == LOADED or (before["load"] == UNKNOWN and params["state"] == RELOADED)
            method = "PUT" if runs else "POST"
        client.write(method, detail(MODULE.detail_path, before["name"]))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Asterisk's reason isn't to be had over the API."""
        return "Asterisk refused: a module that others need, or that is in use, or one whose configuration is missing"
