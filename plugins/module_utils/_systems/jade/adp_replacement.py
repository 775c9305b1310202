# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step of an asynchronous dialplan that Jade can't change, and that is therefore replaced (facts/jade.md 1.8)."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import AmbiguousWrite, NotApplied, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.patience import patiently
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Object, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail

Look = t.Callable[[], t.Optional[Object]]


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


class Replacement:
    """Removes a step and creates it again, with other values.

    Between the two there is no step, so a failure must never pass for "nothing was changed": what happened is read, the old
    step is put back, and what is lost is told.
    """

    def __init__(self, client: JadeClient, resource: Resource, todo: Plan, look: Look, patience: float) -> None:
        """``look()`` reads the step that is at this place now; a server that is away is given ``patience`` seconds."""
        self.client, self.resource, self.todo = client, resource, todo
        self.look, self.patience = look, patience
        self.before = t.cast(Object, todo.before)
        self.told = f"this Jade can't change a step, so step {self.before['sequence']} had to be removed and created again"

    def run(self) -> None:
        """Do it. Raises an error that the runner has to settle only where the step is as it was, or as it should be."""
        try:
            self.client.write("DELETE", detail(self.resource.detail_path, self.before["uuid"]))
        except PbxError as error:
            if self._is_old(self._look(error)):
                raise
        try:
            self.client.write("POST", self.resource.list_path, _whole(self.todo.after))
        except PbxError as error:
            found = self._look(error)
            if not self._is_old(found) and self.todo.missing_from(found):
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
            raise NotApplied(f"{self.told}, which failed: {error}; the old one is back, and its ID is now {found['uuid']}")
        raise NotApplied(
            f"{self.told}, which failed: {error}; it couldn't be put back either{f': {second}' if second else ''}",
            hint=recipe(self.before),
        )

    def _look(self, error: PbxError) -> Object | None:
        """The step at this place. Raises AmbiguousWrite if that can't be read."""
        try:
            return t.cast("Object | None", patiently(self.look, self.patience))
        except PbxError as second:
            raise AmbiguousWrite(
                f"{self.told}, and it can't be read how far that came: {error}; {second}", hint=recipe(self.before)
            ) from None
