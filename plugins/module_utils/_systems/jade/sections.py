# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of the files that Jade manages: read, merged, written whole, and brought into force by a reload.

Facts: facts/jade.md 1.3 to 1.6. A section's settings are fields whose path begins with C(data); what no field takes is in
the field C(settings).
"""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import KEEP, UPDATE, Plan
from ..._http.errors import BadInput
from ..._model import converters
from ..._model.resource import Field, Object, Warn
from . import values
from .client import detail
from .files import (
    as_text,
    as_written,
    check_section,
    check_setting_name,
    cuts,
    losses,
)
from .state import RELOAD, AsteriskState

FILE_NOTES = (
    "Jade can't keep C(;), C(#) and line breaks in a value, nor quotes around it; such values are refused up front.",
    "Each write makes Jade read and write the whole file. Where another section of it would lose something, the task warns.",
)


def setting(
    name: str, description: str | tuple[str, ...], convert: converters.Converter = values.file_text, **more: t.Any
) -> Field:
    """A setting of a section; it travels as text inside C(data), by the name that Asterisk has for it."""
    api = "data." + str(more.pop("api", name))
    return Field(name, description, api=api, convert=convert, write=True, **more)


def all_other_settings(file: str) -> Field:
    """The field for the settings that have no field of their own."""
    return Field(
        "settings",
        (
            f"All other settings of the section, by their names in C({file}).",
            "Those that aren't named stay as they are. V(null) removes one. A list repeats the setting.",
        ),
        type="dict",
        api="data.*",
        convert=values.file_value,
        write=True,
        sample={},
    )


def warn_of_losses(
    rows: t.Iterable[Object], title: str, written: str, warn: Warn, rewritten: t.Container[str] | None = None
) -> None:
    """Warn of what the sections of a file lose when Jade writes it again. ``rows``: all of them; ``written``: the one to write.

    ``rewritten``: its settings that get new values; the others are written as Jade has read them. None means all of them.
    """
    for raw in rows:
        name, data = raw.get("name"), raw.get("data")
        if name != written:
            found = losses(data)
        else:
            found = [] if rewritten is None else cuts(data, rewritten)
        for loss in found:
            warn(f"Jade writes the whole file of the {title} {written} again, and {name} loses {loss}")


class SectionState(AsteriskState):
    """A section whose data is an object of texts."""

    extra_options: tuple[Field, ...] = (RELOAD,)
    reserved: frozenset[str] = frozenset()

    def check_input(self, params: Params) -> None:
        """Refuse what the file can't hold."""
        check_section("name", params["name"], self.reserved)
        known = {field.path[-1]: field.name for field in self.resource.fields}
        for name in params.get("settings") or {}:
            if name in known:
                raise BadInput(f"settings holds {name}, which is an option of its own: {known[name]}")
            check_setting_name("settings", str(name))
        self.as_data(params)

    def desired(self, params: Params, current: Object | None) -> Object:
        """Text values as the file gives them back, numbers and switches typed. A new section without other settings has none."""
        wanted = super().desired(params, current)
        if wanted.get("settings") or current is None:
            wanted["settings"] = {
                str(key): None if value is None else values.file_value(as_text(f"settings.{key}", value, str(key)))
                for key, value in (wanted.get("settings") or {}).items()
            }
        return wanted

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """The rest of the file is written again with it."""
        if todo.action != KEEP:
            rewritten = self._rewritten(todo) if todo.action == UPDATE else None
            warn_of_losses(todo.reading.rows, self.resource.title, todo.some["name"], warn, rewritten)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """A new section."""
        body = {"name": params["name"], "data": self.as_data(self.written(params, todo, todo.target))}
        client.write("POST", self.resource.list_path, body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The whole section."""
        client.write("PUT", self.path(params), {"data": self.merged(params, todo)})

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade answers 200 whether there was anything or not."""
        client.write("DELETE", self.path(params))

    def path(self, params: Params) -> str:
        """Where the section is."""
        return detail(self.resource.detail_path, params["name"])

    def written(self, params: Params, todo: Plan, values: Object) -> Object:
        """The values as they should be written, where that differs from how they are shown.

        Repeated settings are shown sorted. They are written in the order of the task, and only where the task changes them.
        """
        given = {str(key): value for key, value in (params.get("settings") or {}).items()}
        before = (todo.before or {}).get("settings") or {}
        new = {key: value for key, value in (values.get("settings") or {}).items() if before.get(key) != value}
        return {**values, "settings": {key: given.get(key, value) for key, value in new.items()}}

    def _rewritten(self, todo: Plan) -> set[str]:
        """The settings that a change gives new values, or removes."""
        before, after = (state["settings"] or {} for state in (todo.existing, todo.target))
        rest = {key for key in {**before, **after} if before.get(key) != after.get(key)}
        return rest | {self.resource.field(name).path[-1] for name in todo.changes}

    def merged(self, params: Params, todo: Plan) -> dict[str, t.Any]:
        """What is in the file now, with the changes. A setting that no field could make sense of stays as it is, too."""
        stored = todo.reading.raw.get("data")
        data = {key: as_written(value) for key, value in stored.items()} if isinstance(stored, dict) else {}
        before, after = todo.existing, todo.target
        for key in set(before["settings"] or {}) - set(after["settings"] or {}):
            data.pop(key, None)
        changed = {name: after[name] for name in todo.changes}
        for name in changed:
            data.pop(self.resource.field(name).path[-1], None)
        return {**data, **self.as_data(self.written(params, todo, changed))}

    def as_data(self, values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """The section's settings as Jade wants them: all text. Raises BadInput."""
        data = {
            field.path[-1]: as_text(field.name, values[field.name], field.path[-1])
            for field in self.resource.fields
            if field.path[0] == "data" and field.type != "dict" and values.get(field.name) not in (None, [])
        }
        rest = values.get("settings") or {}
        data.update({str(key): as_text(f"settings.{key}", value, str(key)) for key, value in rest.items() if value is not None})
        return data
