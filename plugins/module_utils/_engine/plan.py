# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be done to get from the object as it is to the object as it should be. Check mode returns exactly this."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass

from .._http.redaction import MASKED
from .._model.masking import mask
from .._model.resource import Field, Object

CREATE, UPDATE, DELETE, KEEP = "create", "update", "delete", "keep"
NEW_SECRET = MASKED + " (new)"


@dataclass(frozen=True)
class Reading:
    """An object as it was read.

    ``shown``: in documented shape, None if it doesn't exist. ``raw``: as sent, empty if it doesn't exist. ``rows``: all rows of
    its list as sent, where the list was read.
    """

    shown: Object | None = None
    raw: Object = dataclasses.field(default_factory=dict)
    rows: tuple[Object, ...] = ()


@dataclass(frozen=True)
class Plan:
    """``action`` is one of CREATE, UPDATE, DELETE, KEEP. ``before`` and ``after``: the whole object, C(None) = doesn't exist.

    ``changes``: names of the fields that the action has to bring about. ``runtime_difference``: in words, what the running
    system lacks of the settings that are stored already, so that a reload is due even with nothing to write. ``rewritten``:
    fields that the action writes again as they were, since the server replaces the whole, and that are lost if it stops
    half-way. ``reading``: how the object was read for this plan.
    """

    fields: tuple[Field, ...]
    action: str
    before: Object | None
    after: Object | None
    changes: tuple[str, ...] = ()
    runtime_difference: str = ""
    rewritten: tuple[str, ...] = ()
    reading: Reading = Reading()

    @property
    def existing(self) -> Object:
        """The object as it is, which the plan changes or removes. Raises ValueError if there is none."""
        if self.before is None:
            raise ValueError("the plan is for an object that doesn't exist")
        return self.before

    @property
    def target(self) -> Object:
        """The object as it should be. Raises ValueError if it should be gone."""
        if self.after is None:
            raise ValueError("the plan removes the object")
        return self.after

    @property
    def some(self) -> Object:
        """The object as it should be, or as it is if it should be gone. Raises ValueError if it is neither."""
        return self.existing if self.after is None else self.after

    @property
    def changed(self) -> bool:
        """Whether there is anything to do."""
        return self.action != KEEP or bool(self.runtime_difference)

    def missing_from(self, shown: Object | None) -> list[str]:
        """Which of the fields that were written the server doesn't show (empty = all there).

        For objects that should be gone: ["absent"]; for those that should be there: ["present"].
        """
        if self.after is None:
            return [] if shown is None else ["absent"]
        if shown is None:
            return ["present"]
        by_name = {field.name: field for field in self.fields}
        written = (*self.changes, *self.rewritten)
        return [name for name in written if not same(by_name[name], shown.get(name), self.after.get(name))]

    def foreign_in(self, shown: Object, names: list[str]) -> list[str]:
        """Which of these fields show neither what was there before nor what was written, and are none that the server sets."""
        if self.before is None:
            return []
        by_name = {field.name: field for field in self.fields if not field.assigned}
        return [name for name in names if name in by_name and not same(by_name[name], shown.get(name), self.before.get(name))]

    def diff(self) -> dict[str, Object]:
        """Before and after for Ansible's --diff: what people can set, secrets masked on both sides."""
        before, after = self._shown(self.before), self._shown(self.after)
        for field in self.fields:
            if field.secret and field.name in self.changes and self.before is not None and after.get(field.name):
                after[field.name] = NEW_SECRET
            if field.secrets_inside and field.name in self.changes and self.before and self.after:
                held = [field.secrets_inside.found(str(state.get(field.name))) for state in (self.before, self.after)]
                if held[0] != held[1]:
                    after["secrets in " + field.name] = NEW_SECRET
        if self.runtime_difference:
            before["running"], after["running"] = self.runtime_difference, "as stored"
        return {"before": before, "after": after}

    def _shown(self, state: Object | None) -> Object:
        if state is None:
            return {}
        settable = [field for field in self.fields if field.write or field.required]
        shown = mask(settable, {f.name: state[f.name] for f in settable if state.get(f.name) not in (None, {}, [])})
        # Ansible compares line by line, which a text of many lines in one value would defeat.
        return {name: v.splitlines() if isinstance(v, str) and "\n" in v else v for name, v in shown.items()}


def plan(fields: tuple[Field, ...], current: Object | None, desired: Object | None) -> Plan:
    """Compare the object as it is (C(None) = absent) with the fields that are asked for (C(None) = it has to go).

    ``present`` is partial: a field that isn't in ``desired``, or is C(None) there, stays as it is.
    """
    if desired is None:
        return Plan(fields, KEEP if current is None else DELETE, current, None)
    wanted = {field.name: _in_order(field, desired[field.name]) for field in fields if desired.get(field.name) is not None}
    if current is None:
        after = {field.name: _merged(None, wanted.get(field.name)) for field in fields}
        return Plan(fields, CREATE, None, after, tuple(wanted))
    after = dict(current)
    changes = []
    for field in fields:
        if field.name not in wanted:
            continue
        target = _merged(current.get(field.name), wanted[field.name])
        if not same(field, current.get(field.name), target):
            changes.append(field.name)
            after[field.name] = target
    return Plan(fields, UPDATE if changes else KEEP, current, after, tuple(changes))


def same(field: Field, one: t.Any, other: t.Any) -> bool:
    """Whether two values of a field mean the same. An empty text, list or dict equals a field that isn't there."""
    if field.unordered and isinstance(one, list) and isinstance(other, list):
        return set(map(str, one)) == set(map(str, other))
    return bool(_nothing(one) == _nothing(other))


def _in_order(field: Field, value: t.Any) -> t.Any:
    """A set is shown sorted, as the converters do it with what the server sends, and nothing is in it twice."""
    return sorted({str(item): item for item in value}.values(), key=str) if field.unordered and isinstance(value, list) else value


def _nothing(value: t.Any) -> t.Any:
    return None if value in ("", [], {}) else value


def _merged(current: t.Any, wanted: t.Any) -> t.Any:
    """Dicts are partial as well: a key that isn't named stays, whatever it is now, and one that is C(None) goes."""
    if not isinstance(wanted, dict):
        return wanted
    held = current if isinstance(current, dict) else {}
    return {key: item for key, item in {**held, **wanted}.items() if item is not None or key not in wanted}
