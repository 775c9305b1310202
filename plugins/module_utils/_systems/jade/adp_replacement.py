# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of an asynchronous dialplan that Jade can't change, and that is therefore replaced (facts/jade.md 1.8)."""

from __future__ import annotations

import contextlib
import json
import typing as t

from ..._engine.client import Client
from ..._engine.journal import NOTHING, PART, UNKNOWN
from ..._engine.plan import Plan
from ..._engine.polling import patiently
from ..._http.errors import (
    AmbiguousWrite,
    NotApplied,
    NotAsAsked,
    PbxError,
)
from ..._model.resource import Object, Resource
from .client import detail

Look = t.Callable[[Object], t.Optional[Object]]
HIGHEST = 2**31 - 1  # a sequence is a plain number of C
# A step that only says what another one was, for as long as that is replaced. Run by chance, it does nothing.
NOTE, NOTHING_TO_DO = "telephony.pbx: a step that is being replaced", "NOOP"


def place_of(step: Object | None) -> Object:
    """What names a step."""
    return {name: t.cast(Object, step)[name] for name in ("dpma_uuid", "sequence")}


def _whole(step: Object | None) -> Object:
    """All of a step that can be written."""
    values = {name: t.cast(Object, step)[name] for name in ("name", "detail", "command")}
    return {**place_of(step), **{name: value for name, value in values.items() if value is not None}}


def recipe(step: Object | None) -> str:
    """What to do about a step that may be lost."""
    return f"Look whether it is there, and create it if not. It was: {json.dumps(_whole(step), ensure_ascii=False)}"


def note_of(step: Object) -> Object:
    """The note of a step, at the far end of its master's steps."""
    place = {**place_of(step), "sequence": HIGHEST - step["sequence"]}
    return {**place, "name": NOTE, "detail": json.dumps(_whole(step)), "command": NOTHING_TO_DO}


def noted(steps: t.Iterable[Object], place: Object) -> Object | None:
    """What a note among these steps says of the step at a place, with the note's own ID; None if there is no note of it."""
    for step in steps:
        if step["name"] == NOTE and step["dpma_uuid"] == place["dpma_uuid"]:
            with contextlib.suppress(ValueError, TypeError):
                values = json.loads(step["detail"])
                if place_of(values) == place:
                    return {**step, "name": None, "detail": None, **values}
    return None


class Replacement:
    """Removes a step and creates it again, with other values.

    Between the two there is no step, so a failure must never pass for "nothing was changed": what happened is read, the old
    step is put back, and what is lost is told.
    """

    def __init__(self, client: Client, resource: Resource, todo: Plan, look: Look, patience: float) -> None:
        """``look(place)`` reads the step that is there now; a server that is away is given ``patience`` seconds."""
        self.client, self.resource, self.todo = client, resource, todo
        self.look, self.patience = look, patience
        self.before = todo.existing
        self.told = f"this Jade can't change a step, so step {self.before['sequence']} had to be removed and created again"

    def run(self) -> None:
        """Do it. Raises an error that the runner has to settle only where the step is as it was, or as it should be.

        Before the step is removed, a note of it is made on the server, so that whoever is killed in between loses nothing.
        """
        try:
            with self.client.journal.apart():
                self.client.write("POST", self.resource.list_path, note_of(self.before))
            self._replace()
        except NotAsAsked:
            if self.client.journal.settled == NOTHING:
                self._remove_note("failed, without harm")
            raise
        except PbxError as error:
            self._remove_note(f"failed: {error}")
            raise
        self._remove_note("was done")

    def _remove_note(self, what: str) -> None:
        """The step is there. Raises NotApplied where the note of it stays. ``what``: what has become of the replacing."""
        place = {**place_of(self.before), "sequence": HIGHEST - self.before["sequence"]}
        try:
            note = patiently(lambda: self.look(place), self.patience)
            if note and note["name"] == NOTE:
                with self.client.journal.apart():
                    self.client.write("DELETE", detail(self.resource.detail_path, note["uuid"]))
        except PbxError as error:
            self.client.journal.settle(UNKNOWN)
            raise NotApplied(
                f"{self.told}, which {what}; but the note of it, step {place['sequence']}, may be left: {error}",
                hint="Run the task again, which removes it",
            ) from None

    def _replace(self) -> None:
        try:
            self.client.write("DELETE", detail(self.resource.detail_path, self.before["uuid"]))
        except PbxError as error:
            if self._is_old(self._look(error)):
                raise
        try:
            self.client.write("POST", self.resource.list_path, _whole(self.todo.after))
        except PbxError as error:
            found = self._look(error)
            if self._is_old(found):
                self.client.journal.disprove()
            elif self.todo.missing_from(found):
                self._put_back(error)
            raise

    def _is_old(self, found: Object | None) -> bool:
        return found is not None and found["uuid"] == self.before["uuid"]

    def _put_back(self, error: PbxError) -> None:
        second: PbxError | None = None
        try:
            self.client.write("POST", self.resource.list_path, _whole(self.before))
        except PbxError as failure:
            second = failure
        found = self._look(second or error)
        if found and _whole(found) == _whole(self.before):
            self.client.journal.settle(NOTHING)
            raise NotApplied(
                f"{self.told}, which failed: {error}; the old one is back, and its ID is now {found['uuid']}"
            )
        self.client.journal.settle(PART)
        raise NotApplied(
            f"{self.told}, which failed: {error}; it couldn't be put back either{f': {second}' if second else ''}",
            hint=f"Run the task again, which does it from the note that it has left. {recipe(self.before)}",
        )

    def _look(self, error: PbxError) -> Object | None:
        """The step at this place. Raises AmbiguousWrite if that can't be read."""
        try:
            return patiently(lambda: self.look(place_of(self.before)), self.patience)
        except PbxError as second:
            raise AmbiguousWrite(
                f"{self.told}, and it can't be read how far that came: {error}; {second}", hint=recipe(self.before)
            ) from None
