# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries a plan out, and finds out what has come of it: a write that fails is settled by reading, never guessed."""

from __future__ import annotations

import typing as t

from .._http.errors import (
    ALL,
    NOTHING,
    PART,
    UNCLEAR,
    UNKNOWN,
    AmbiguousWrite,
    NotApplied,
    NotAsAsked,
    PbxError,
)
from .._model.resource import Object, Warn
from .client import Client
from .plan import DELETE, KEEP, Plan
from .polling import patiently, poll
from .state import Params, State

DONE = {"create": "created", "update": "changed", "delete": "removed"}
Found = t.TypeVar("Found")


def apply(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> Object | None:
    """Do what the plan says, and wait until it shows. Returns the object as it is then.

    Raises PbxError, whose ``effect`` tells what has become of the system.
    """
    found, due = todo.after, _due(state, params)
    if todo.action != KEEP:
        if state.unobservable:
            client.learn(due, "yes")
        _write(state, client, params, todo, warn)
        what = f"the {state.label(params)} was {DONE[todo.action]}, as far as the server says, but it can't be read back"
        found = _known(what, todo, lambda: _wait_for(state, client, params, todo, warn))
        state.warn_after(todo, found, warn)
    if state.reloads(params):
        written = f"was {DONE[todo.action]}" if todo.action != KEEP else "is stored"
        what = f"the {state.label(params)} {written}, but it isn't known to be in force"
        _known(what, todo, lambda: _bring_into_force(state, client, params, found, todo))
        if state.unobservable:
            client.learn(due, "")
    return found


def overdue(state: State, client: Client, params: Params) -> str:
    """In words, that an earlier task has stored something, and was stopped before it was in force; "" if not so.

    For what runs, but can't be seen. It is kept beside the token, so other machines don't know.
    """
    known = state.unobservable and client.learned(_due(state, params))
    return "an earlier task has stored something that it didn't bring into force" if known else ""


def _due(state: State, params: Params) -> str:
    return " ".join(("due:", state.noun, *(str(params[option.name]) for option in state.resource.scope)))


def _known(what: str, todo: Plan, act: t.Callable[[], Found]) -> Found:
    """The result of a step after the write. If it fails, the error tells that the write was done."""
    try:
        return act()
    except PbxError as error:
        if not isinstance(error, NotAsAsked):
            error.message = f"{what}: {error.message}"
            error.effect = UNKNOWN
        raise


def _write(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> None:
    answers, accepted = client.http.counters.answers, client.accepted
    try:
        state.write(client, params, todo)
    except NotAsAsked:
        raise
    except PbxError as error:
        # A plain refusal of the only call says by itself that nothing was done.
        if isinstance(error, UNCLEAR):
            untouched = not error.sent and client.http.counters.answers == answers
        else:
            untouched = client.accepted == accepted
        if untouched:
            raise
        _settle(state, client, params, todo, error, client.accepted > accepted, warn)


def _settle(
    state: State, client: Client, params: Params, todo: Plan, error: PbxError, began: bool, warn: Warn
) -> None:
    """A write failed in a way that says nothing about its effect: look, and report what is there.

    ``began``: the server has said yes to a call before the one that failed.
    """
    try:
        shown = patiently(lambda: state.find(client, params, warn), state.waits(params))
    except PbxError as second:
        raise AmbiguousWrite(
            f"{error}; and it can't be read whether it was {DONE[todo.action]}: {second}",
            hint=state.explain(client, todo, error) or "Look at the system, then run the task again",
        ) from None
    missing = todo.missing_from(shown)
    if not missing:
        warn(f"the call failed, but the {state.resource.title} was {DONE[todo.action]} all the same: {error}")
        return
    text, error.effect = _outcome(todo, missing, shown)
    if began and error.effect == NOTHING:
        text, error.effect = f"an earlier step was done, but the {state.resource.title} doesn't show it", UNKNOWN
    error.message += "; " + text
    error.hint = state.explain(client, todo, error) or error.hint
    raise error


def _outcome(todo: Plan, missing: list[str], shown: Object | None) -> tuple[str, str]:
    """What a write has done that stopped somewhere, in words and as an effect.

    ``missing``: fields that don't show what was written.
    """
    done = [name for name in todo.changes if name not in missing] if todo.action != DELETE and shown else []
    lacking = [name for name in missing if name not in todo.rewritten]
    lost = [name for name in missing if name in todo.rewritten]
    if done and lacking:
        text = f"only a part was {DONE[todo.action]}: {', '.join(done)}, but not {', '.join(lacking)}"
    else:
        text = f"{', '.join(done) or 'nothing'} {'were' if len(done) > 1 else 'was'} {DONE[todo.action]}"
    text += f", and what should have stayed is another now: {', '.join(lost)}" if lost else ""
    return text, PART if done or lost else NOTHING


def _wait_for(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> Object | None:
    """Read back until the change shows. Raises NotApplied that tells what shows instead."""
    found: Object | None = None

    def missing() -> list[str]:
        nonlocal found
        found = patiently(lambda: state.find(client, params, warn), state.waits(params))
        return todo.missing_from(found)

    lacking = poll(missing, state.waits(params))
    if not lacking:
        return found
    what = f"The {state.label(params)}"
    if todo.action == DELETE:
        message = f"{what} is still there, although the server said that it was removed"
    elif found is None:
        message = f"{what} doesn't show up, although the server said that it was {DONE[todo.action]}"
    else:
        message = f"{what} still shows other values than were written: {', '.join(lacking)}"
    hint = state.explain(client, todo, NotApplied(message)) or None
    raise NotApplied(message, system=client.connection.title, hint=hint)


def _bring_into_force(state: State, client: Client, params: Params, stored: Object | None, todo: Plan) -> None:
    if state.must_reload(todo):
        state.reload(client, params)
    waits = state.waits(params)
    difference = poll(lambda: patiently(lambda: state.runtime_difference(client, params, stored), waits), waits)
    if difference:
        written = "removed" if stored is None else "stored"
        raise NotApplied(
            f"The {state.label(params)} is {written} and Asterisk was told to reload, but {difference}",
            system=client.connection.title,
            hint="Asterisk may have refused the settings: see its log",
            effect=NOTHING if todo.action == KEEP else ALL,
        )
