# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one kind of object is changed: what a system's description of a state module consists of."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._http.errors import BadInput, Conflict, PbxError, series
from .._model.normalizing import normalize
from .._model.resource import Field, Object, Resource, Warn
from .client import Client
from .module import Params
from .plan import CREATE, DELETE, UPDATE, Plan, Reading, plan

PRESENT, ABSENT = "present", "absent"

UPDATE_PASSWORD = Field(
    "update_password",
    (
        "V(always) sets the password wherever it differs.",
        "V(on_create) sets it on new objects only, and leaves the password of those that exist alone.",
    ),
    choices=("always", "on_create"),
    default="always",
)


class State:
    """Describes a state module. A subclass sets the attributes and the few methods in which its object is special.

    * ``module``, ``noun``: the module's name, and the name of the object in its result.
    * ``resource``: the object. ``extra_options``: options that aren't fields of it.
    * ``calls``: method and path of each call of the API that it may make, for the endpoint table.
    * ``patience``: seconds for which the server may take its time to show a change.
    """

    module: str
    noun: str
    title: str
    description: tuple[str, ...]
    resource: Resource
    states: tuple[str, ...] = (PRESENT, ABSENT)
    extra_options: tuple[Field, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    patience: float = 10.0
    idempotent: str = "full"
    idempotent_details: str = ""
    since: str = "0.1.0"

    @property
    def options(self) -> tuple[Field, ...]:
        """The module's options, in the order in which the documentation shows them."""
        settable = tuple(field for field in self.resource.fields if field.write or field.name == self.resource.key)
        return (*self.resource.scope, *settable, self.state_option, *self.extra_options)

    @property
    def state_option(self) -> Field:
        """The option C(state)."""
        return Field("state", self.state_help(), choices=self.states, default=self.states[0])

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            f"V(present) makes the {self.resource.title} exist with the settings that are given; others stay as they are.",
            "V(absent) removes it.",
        )

    def absent(self, params: Params) -> bool:
        """Whether the object is asked to go."""
        return bool(params["state"] == ABSENT)

    # Before any request

    def check_input(self, params: Params) -> None:
        """Refuse what can't work. Raises BadInput that names the option. Called before the first request."""

    # Reading

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The object as it is now."""
        resource = self.resource.within(params)
        key = params[resource.key]
        if resource.detail_key == resource.key:
            raw = client.row(resource, key)
            return self.read(raw and {**raw, **dict(resource.place)}, warn)
        return self.only(client, warn, **{resource.key: key})

    def read(self, raw: Object | None, warn: Warn) -> Reading:
        """The reading of an object as sent; None: there is none."""
        return Reading() if raw is None else Reading(normalize(self.resource, raw, warn), raw)

    def waits(self, params: Params) -> float:
        """Seconds for which a change may take to show."""
        return self.patience

    def only(self, client: Client, warn: Warn, query: t.Mapping[str, t.Any] | None = None, **wanted: t.Any) -> Reading:
        """The one object of the list with these values. Raises Conflict if there are more than one.

        ``query``: what the server itself is to search by, to keep the list short.
        """
        resource = self.resource
        rows = tuple(client.rows(resource, query or {}).rows)
        shown = [(normalize(resource, raw, warn), raw) for raw in rows]
        found = [pair for pair in shown if all(pair[0][name] == value for name, value in wanted.items())]
        if len(found) > 1:
            which = series([f"{name} {value}" for name, value in wanted.items()])
            key = resource.detail_key or resource.key
            ids = ", ".join(str(row[key]) for row, dummy in found)
            raise Conflict(
                f"there are {len(found)} with the {which}, so it isn't clear which one is meant: {ids}",
                system=client.connection.title,
                hint=f"Give {key}, if the module has it, or remove the others first",
            )
        return Reading(*found[0], rows) if found else Reading(rows=rows)

    # Planning

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """What to do. Reads, but doesn't write."""
        if self.absent(params):
            return plan(self.resource.fields, current, None)
        return plan(self.resource.fields, current, self.desired(params, current))

    def desired(self, params: Params, current: Object | None) -> Object:
        """The fields that the task asks for, in documented shape; C(None) = not given."""
        wanted: Object = {field.name: params.get(field.name) for field in self.resource.fields if field.name in params}
        if current is not None and params.get("update_password") == "on_create":
            wanted.update(dict.fromkeys(self.resource.secrets))
        return wanted

    # Writing

    def write(self, client: Client, params: Params, todo: Plan) -> None:
        """Do what the plan says."""
        {CREATE: self.create, UPDATE: self.update, DELETE: self.delete}[todo.action](client, params, todo)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Make the object ``todo.after``."""
        raise NotImplementedError

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Change the object. ``todo.after`` is whole: current values merged with what is asked for."""
        raise NotImplementedError

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Remove the object ``todo.before``."""
        raise NotImplementedError

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """What to add to the message of a write that failed."""
        return ""

    def label(self, params: Params) -> str:
        """The object as sentences name it; not every key is an option."""
        return f"{self.resource.title} {params.get(self.resource.key) or ''}".strip()

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """Tell of side effects that the person may not expect. Reads only; called in check mode too."""

    # Beyond the object

    def plan_of(self, client: Client, params: Params, reading: Reading) -> Plan:
        """The plan for an object as it was read. A system adds what the object itself doesn't show."""
        return replace(self.plan(client, params, reading.shown), reading=reading)

    def left_to_do(self, params: Params) -> str:
        """What a person has to do where a task fails between its write and its end, and another run wouldn't."""
        return ""

    def after_write(self, client: Client, params: Params, todo: Plan, stored: Object | None, warn: Warn) -> None:
        """Do what a change needs besides the write, and tell what else that has brought about.

        Called when the object is known to be stored as it should be, even if nothing had to be written. Raises PbxError; the
        journal then has what is known of the effect.
        """

    def more_results(self, params: Params) -> Object:
        """What the result has besides the object."""
        return {}


def require(params: Params, *options: str, when: str) -> None:
    """Raise BadInput naming the options that are missing."""
    missing = [option for option in options if params.get(option) is None]
    if missing:
        raise BadInput(f"{series(missing)} {'are' if len(missing) > 1 else 'is'} missing, but needed {when}")
