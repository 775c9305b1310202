# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of an asynchronous dialplan that Jade can't change, and that is therefore replaced (facts/jade.md 1.8)."""

from __future__ import annotations

import json
import typing as t

from ..._engine.client import Client
from ..._engine.journal import NOTHING, PART
from ..._engine.plan import Plan
from ..._engine.polling import patiently
from ..._http.errors import AmbiguousWrite, NotApplied, PbxError
from ..._model.resource import Object, Resource
from .client import detail

Look = t.Callable[[], t.Optional[Object]]


def place_of(step: Object | None) -> Object:
    """What names a step."""
    return {name: t.cast(Object, step)[name] for name in ("dpma_uuid", "sequence")}


def _whole(step: Object | None) -> Object:
    """All of a step that can be written."""
    values = {name: t.cast(Object, step)[name] for name in ("name", "detail", "command")}
    return {**place_of(step), **{name: value for name, value in values.items() if value is not None}}


def recipe(client: Client, step: Object | None) -> str:
    """What to do about a step that may be lost: its values as JSON, by the names of the options of C(jade_adp).

    On one line that comes through unchanged wherever blanks are joined. Secrets of the connection are masked.
    """
    values = {name: client.http.redact(v) if isinstance(v, str) else v for name, v in _whole(step).items()}
    text = json.dumps(values, ensure_ascii=False).replace("  ", " \\u0020")
    text = "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)
    return f"Look whether it is there, and create it if not. It was: {text}"


class Replacement:
    """Removes a step and creates it again, with other values.

    Between the two there is no step, so a failure must never pass for "nothing was changed": what happened is read, the old
    step is put back, and what is lost is told. Who is killed in between can tell nothing, so that is told beforehand.
    """

    def __init__(self, client: Client, resource: Resource, todo: Plan, look: Look, patience: float) -> None:
        """``look`` reads the step that is in this place now; a server that is away is given ``patience`` seconds."""
        self.client, self.resource, self.todo = client, resource, todo
        self.look, self.patience = look, patience
        self.before = todo.existing
        self.told = f"this Jade can't change a step, so step {self.before['sequence']} had to be removed and created again"

    def run(self) -> None:
        """Do it. Raises an error that the runner has to settle only where the step is as it was, or as it should be."""
        self.client.journal.announce(
            f"this Jade can't change a step, so step {self.before['sequence']} is removed and created again now. Should this task"
            f" be stopped before it ends, the step may be lost. {recipe(self.client, self.before)}"
        )
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
            hint=recipe(self.client, self.before),
        )

    def _look(self, error: PbxError) -> Object | None:
        """The step at this place. Raises AmbiguousWrite if that can't be read."""
        try:
            return patiently(self.look, self.patience)
        except PbxError as second:
            raise AmbiguousWrite(
                f"{self.told}, and it can't be read how far that came: {error}; {second}",
                hint=recipe(self.client, self.before),
            ) from None
