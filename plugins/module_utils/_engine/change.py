# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing: the module that brings one object into the state that is asked for. Check mode does all of it but the writes."""

from __future__ import annotations

from dataclasses import replace

from .._http.errors import BadInput, Conflict
from .._http.redaction import MASKED
from .._model.masking import mask
from .._model.resource import Field, Object, Warn
from .client import Client
from .executor import execute
from .module import Module, Params, Result
from .plan import KEEP, Plan
from .state import State

MAX_PLANS = 3
LONGEST_LOCK = 60.0  # seconds that a change may take besides waiting for its effect


class StateModule(Module):
    """C(<system>_<noun>): creates, changes and removes an object."""

    def __init__(self, state: State) -> None:
        """The module of this description."""
        self.state = state
        self.resource = state.resource
        self.name = state.module
        self.systems = (state.resource.system,)

    @property
    def options(self) -> tuple[Field, ...]:
        """Those of the description."""
        return self.state.options

    def run(self, client: Client, params: Params, check: bool, warn: Warn) -> Result:
        """Bring the object into the state that is asked for. With ``check`` nothing is written, and the same is returned.

        Returns C({"changed", "diff", "action", <noun>: the object or None}), secrets masked, and what else the state has to tell.
        """
        state = self.state
        _refuse_masks(state, params)
        state.check_input(params)
        if check:
            todo = _planned(state, client, params, check, warn)
            after = todo.after
        else:
            todo, after = _brought_about(state, client, params, warn)
        shown = None if after is None else mask(state.resource.fields, after)
        diff: Result = {**todo.diff()}
        label = state.label(params)
        if label != state.resource.title:
            diff.update(before_header=label, after_header=label)
        result: Result = {"changed": todo.changed, "diff": diff, "action": todo.action, state.noun: shown}
        return {**result, **state.more_results(params)}


def _brought_about(state: State, client: Client, params: Params, warn: Warn) -> tuple[Plan, Object | None]:
    """What was planned and done, and the object as it is then."""
    what = f"the {state.label(params)}"
    patience = state.waits(params) + LONGEST_LOCK
    with client.object_lock(what, patience) as mine:
        if not mine:
            raise Conflict(
                f"another task on this machine has been changing {what} for {patience:.0f} seconds",
                system=client.connection.title,
                hint="Nothing was written. Run the task again when that one has ended",
            )
        todo = _planned(state, client, params, False, warn)
        return todo, execute(state, client, params, todo, warn) if todo.changed else todo.after


def _planned(state: State, client: Client, params: Params, check: bool, warn: Warn) -> Plan:
    """What to do about the object as it is at the last moment before the first write.

    A plan may need more readings than the object's own. Who changes the object meanwhile must not lose that to a server
    that takes whole objects, so it is read once more then, and planned anew if it has changed.
    """
    reading = state.find(client, params, warn)
    for dummy in range(MAX_PLANS):
        requests = client.http.counters.requests
        warnings: list[str] = []
        todo = state.plan_of(client, params, reading)
        state.warn_before(client, todo, warnings.append)
        latest = reading
        if todo.action != KEEP and not check and client.http.counters.requests > requests:
            latest = state.find(client, params, warnings.append)
        if _settable(state, latest.shown) == _settable(state, reading.shown):
            for text in warnings:
                warn(text)
            return replace(todo, reading=latest)
        reading = latest
    raise Conflict(
        f"somebody else keeps changing the {state.label(params)}",
        system=client.connection.title,
        hint="Nothing was written. Run the task again when that has ended",
    )


def _settable(state: State, found: Object | None) -> Object | None:
    """What a write may replace; what else a server tells of an object may change all the time."""
    names = {field.name for field in state.resource.fields if field.write}
    return found and {name: value for name, value in found.items() if name in names}


def _refuse_masks(state: State, params: Params) -> None:
    """What a masked result shows in the place of a secret would be written as it is. Raises BadInput."""
    for option in state.options:
        if option.secret and params.get(option.name) == MASKED:
            raise BadInput(
                f"{option.name} is {MASKED}, which stands for a secret that isn't shown",
                hint=f"Read it with include_secrets: true, or leave {option.name} out to keep what is there",
            )
