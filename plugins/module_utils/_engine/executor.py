# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Executes a plan, and finds out what has become of it: a write that fails is settled by reading, never guessed."""

from __future__ import annotations

import functools
import typing as t

from .._http.errors import AmbiguousWrite, ChangedMeanwhile, NotApplied, NotAsAsked, PbxError
from .._model.resource import Object, Warn
from .client import Client
from .journal import NOTHING, PART, UNKNOWN
from .module import Params
from .plan import DELETE, KEEP, Plan, Reading
from .polling import patiently, poll
from .state import State

DONE = {"create": "created", "update": "changed", "delete": "removed"}
Found = t.TypeVar("Found")


def execute(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> Object | None:
    """Do what the plan says, and wait until it shows. Returns the object as it is then.

    Raises PbxError; the client's journal then has what has become of the system.
    """
    return _Execution(state, client, params, todo, warn).run()


class _Execution:
    """One plan that is being executed."""

    def __init__(self, state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> None:
        self.state, self.client, self.params, self.todo, self.warn = state, client, params, todo, warn
        self.journal = client.journal
        self.patience = state.waits(params)
        self.what = f"the {state.label(params)}"
        self.done = DONE.get(todo.action, "stored")

    def run(self) -> Object | None:
        """Write, read back, and do what else the change needs."""
        found = self.todo.after
        if self.todo.action != KEEP:
            self._write()
            found = self._after_write(f"was {self.done}, as far as the server says, but it can't be read back", self._read_back)
        written = f"was {self.done}" if self.todo.action != KEEP else "is stored"
        after = functools.partial(self.state.after_write, self.client, self.params, self.todo, found, self.warn)
        self._after_write(f"{written}, but it isn't known to be in force", after)
        return found

    def _after_write(self, known: str, act: t.Callable[[], Found]) -> Found:
        """The result of a step after the write. If it fails, the error says that the write was done."""
        try:
            return act()
        except NotAsAsked:
            raise
        except PbxError as error:
            self.journal.settle(UNKNOWN)
            hint = self.state.left_to_do(self.params) or error.hint
            failure = error.but(message=f"{self.what} {known}: {error.message}", hint=hint)
        raise failure from None

    def _write(self) -> None:
        try:
            self.state.write(self.client, self.params, self.todo)
            return
        except NotAsAsked:
            raise
        except PbxError as error:
            if self.journal.untouched:
                raise
            failure = self._settled(error)
        if failure:
            raise failure from None

    def _settled(self, error: PbxError) -> PbxError | None:
        """A write failed in a way that says nothing about its effect: read what is there. None if all of it is."""
        try:
            shown = self._find().shown
        except PbxError as second:
            return AmbiguousWrite(
                f"{error}; and it can't be read whether it was {self.done}: {second}",
                hint=self.state.explain(self.client, self.todo, error) or "Look at the system, then run the task again",
            )
        missing = self.todo.missing_from(shown)
        if not missing:
            self.warn(f"the call failed, but the {self.state.resource.title} was {self.done} all the same: {error}")
            return None
        text, effect = self._outcome(missing, shown)
        if self.journal.begun and effect == NOTHING:
            text, effect = f"an earlier step was done, but the {self.state.resource.title} doesn't show it", UNKNOWN
        self.journal.settle(effect)
        hint = self.state.explain(self.client, self.todo, error) or error.hint
        return error.but(message=f"{error.message}; {text}", hint=hint)

    def _find(self) -> Reading:
        """The object as it is now; a server that was cut off is given time to come back."""
        return patiently(lambda: self.state.find(self.client, self.params, self.warn), self.patience)

    def _outcome(self, missing: list[str], shown: Object | None) -> tuple[str, str]:
        """What a write has done that stopped somewhere, in words and as an effect.

        ``missing``: fields that don't show what was written.
        """
        todo = self.todo
        done = [name for name in todo.changes if name not in missing] if todo.action != DELETE and shown else []
        lacking = [name for name in missing if name not in todo.rewritten]
        lost = [name for name in missing if name in todo.rewritten]
        if done and lacking:
            text = f"only a part was {self.done}: {', '.join(done)}, but not {', '.join(lacking)}"
        else:
            text = f"{', '.join(done) or 'nothing'} {'were' if len(done) > 1 else 'was'} {self.done}"
        text += f", and what should have stayed is another now: {', '.join(lost)}" if lost else ""
        return text, PART if done or lost else NOTHING

    def _read_back(self) -> Object | None:
        """Read until the change shows. Raises NotApplied that says what shows instead."""
        found: Object | None = None

        def missing() -> list[str]:
            nonlocal found
            found = self._find().shown
            return self.todo.missing_from(found)

        lacking = poll(missing, self.patience)
        if not lacking:
            return found
        what = f"The {self.state.label(self.params)}"
        if self.todo.action == DELETE:
            message = f"{what} is still there, although the server said that it was removed"
        elif found is None:
            message = f"{what} doesn't show up, although the server said that it was {self.done}"
        else:
            message = f"{what} still shows other values than were written: {', '.join(lacking)}"
            others = self.todo.foreign_in(found, lacking)
            if others:
                raise ChangedMeanwhile(
                    f"{what} shows neither what was written nor what was there before: {', '.join(others)}",
                    system=self.client.connection.title,
                    hint="Somebody else may have changed it at the same time, or the server stores another value than it is"
                    " given. Run the task again: if it fails in the same way, it is the server",
                )
        hint = self.state.explain(self.client, self.todo, NotApplied(message)) or None
        raise NotApplied(message, system=self.client.connection.title, hint=hint)
