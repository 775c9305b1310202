# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one description of each object: its fields, where it is found, and what people have to know of it.

Everything that people see of an object is derived from here: options, documentation, results, the endpoint table.
"""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import dataclass, replace

from ansible_collections.telephony.pbx.plugins.module_utils._core import wire

MASKED = "********"
REST = "*"
_CONVERTERS: dict[str, wire.Converter] = {
    "str": wire.text,
    "int": wire.whole,
    "float": wire.real,
    "bool": wire.flag,
}
SECRET_NAMES = re.compile(r"(?i)(passwords?|passwd|pwd|secret|token|private_?key|md5_?cred|(^|_)pin)$")
Warn = t.Callable[[str], None]
Object = t.Dict[str, t.Any]


@dataclass(frozen=True)
class Field:
    """One field of an object, or one option of a module.

    * ``name``: in options and results. ``api``: on the wire, if it differs; C(a.b) is b inside a, C(a.*) all of a that no
      other field takes. ``old``: names that older servers use.
    * ``type``, ``elements``, ``choices``, ``default``: as in an Ansible argument spec. ``fields``: what is inside a dict.
    * ``description``, ``sample``: for the documentation. ``secret``: masked wherever it isn't asked for.
    * ``convert``: from the wire to ``type``, where the type alone doesn't tell.
    * ``write``: people may set it. ``required``: always has to be given.
    * ``assigned``: the server decides it, so a check run can't foretell it. ``unordered``: a list that is really a set.
    """

    name: str
    description: tuple[str, ...] | str
    type: str = "str"
    sample: t.Any = None
    api: str = ""
    old: tuple[str, ...] = ()
    elements: str | None = None
    choices: tuple[str, ...] = ()
    default: t.Any = None
    fields: tuple[Field, ...] = ()
    secret: bool = False
    convert: wire.Converter | None = None
    write: bool = False
    required: bool = False
    assigned: bool = False
    unordered: bool = False

    @functools.cached_property
    def path(self) -> tuple[str, ...]:
        """Where the field is on the wire."""
        return tuple((self.api or self.name).split("."))

    @property
    def lines(self) -> tuple[str, ...]:
        """The description as paragraphs."""
        return (self.description,) if isinstance(self.description, str) else self.description


@dataclass(frozen=True)
class Resource:
    """An object of a system.

    * ``noun``, ``plural``: names of the result (C(user), C(users)); C(<system>_<noun>_info) is the module.
    * ``title``: in sentences ("parking lot"). ``key``: the field that names one object.
    * ``list_path``; ``detail_path`` with C({name}) for a field, or "" where a list is all there is.
    * ``also_by``: other unique fields by which people may look it up; matched on the list.
    * ``filters``: what the server itself can search and sort by (option -> query parameter by ``api``).
    * ``since``: version of the collection that brought it.
    """

    system: str
    noun: str
    plural: str
    title: str
    description: tuple[str, ...]
    fields: tuple[Field, ...]
    list_path: str
    detail_path: str = ""
    key: str = "name"
    also_by: tuple[str, ...] = ()
    filters: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()
    since: str = "0.1.0"

    @property
    def info_module(self) -> str:
        """Name of the module that lists it."""
        return f"{self.system}_{self.noun}_info"

    @property
    def detail_key(self) -> str:
        """The field that the detail path wants; not always the one that people know the object by."""
        return self.detail_path.partition("{")[2].partition("}")[0]

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each call that reads it."""
        return tuple(("GET", path) for path in (self.list_path, self.detail_path) if path)

    def field(self, name: str) -> Field:
        """A field by its name. Raises KeyError."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the fields that hold secrets."""
        return tuple(candidate.name for candidate in self.fields if candidate.secret)


def normalize(resource: Resource, raw: t.Mapping[str, t.Any], warn: Warn) -> Object:
    """The documented shape of what the server sent: every field present, absent ones C(None).

    A value that can't be what it should be becomes C(None), with a warning: one bad field must not cost the list.
    """
    identity = _dig(raw, resource.field(resource.key).path)
    return {
        candidate.name: _convert(candidate, _found(candidate, raw, resource.fields), warn, f"{resource.title} {identity}")
        for candidate in resource.fields
    }


def _found(candidate: Field, raw: t.Mapping[str, t.Any], siblings: tuple[Field, ...]) -> t.Any:
    if candidate.path[-1] == REST:
        parent = candidate.path[:-1]
        inside = _dig(raw, parent)
        taken = {sibling.path[-1] for sibling in siblings if sibling.path[:-1] == parent}
        return {key: value for key, value in inside.items() if key not in taken} if isinstance(inside, dict) else None
    value = _dig(raw, candidate.path)
    for old in candidate.old:
        value = raw.get(old) if value is None else value
    return value


def _dig(raw: t.Any, path: tuple[str, ...]) -> t.Any:
    for part in path:
        raw = raw.get(part) if isinstance(raw, dict) else None
    return raw


def _convert(candidate: Field, value: t.Any, warn: Warn, owner: str) -> t.Any:
    if value is None:
        return None
    where = f"{owner}, field {candidate.name}"
    try:
        if candidate.type == "dict":
            return _convert_dict(candidate, value, warn, where)
        if candidate.type == "list":
            return _convert_list(candidate, value, warn, where)
        return (candidate.convert or _CONVERTERS[candidate.type])(value)
    except (ValueError, TypeError, OverflowError):
        warn(f"{where}: the server sent a value that can't be read as {candidate.type}; it is returned as null")
        return None


def _convert_dict(candidate: Field, value: t.Any, warn: Warn, where: str) -> Object:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    if candidate.fields:
        return {
            inner.name: _convert(inner, _found(inner, value, candidate.fields), warn, where) for inner in candidate.fields
        }
    item_of = replace(candidate, type="str", fields=()) if candidate.convert else None
    return {str(key): _convert(item_of, item, warn, f"{where}.{key}") if item_of else item for key, item in value.items()}


def _convert_list(candidate: Field, value: t.Any, warn: Warn, where: str) -> list[t.Any]:
    if candidate.convert:
        return t.cast("list[t.Any]", candidate.convert(value))
    if not isinstance(value, list):
        raise ValueError("not a list")
    if candidate.fields:
        return [_convert_dict(candidate, item, warn, where) for item in value]
    return [_CONVERTERS[candidate.elements](item) if candidate.elements in _CONVERTERS else item for item in value]


def mask(fields: t.Iterable[Field], shown: t.Mapping[str, t.Any]) -> Object:
    """The object with its secrets masked. Empty and absent ones stay as they are, so that one sees where one is missing."""
    masked = dict(shown)
    for candidate in fields:
        value = masked.get(candidate.name)
        if candidate.secret and value:
            masked[candidate.name] = MASKED
        elif candidate.fields and isinstance(value, dict):
            masked[candidate.name] = mask(candidate.fields, value)
        elif candidate.fields and isinstance(value, list):
            masked[candidate.name] = [mask(candidate.fields, item) for item in value]
    return masked


def mask_raw(resource: Resource, raw: t.Any) -> t.Any:
    """What the server sent, with the secret fields masked under their names on the wire, at any depth."""
    names = set(_secret_names(resource.fields))

    def masked(value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {key: MASKED if key in names and item else masked(item) for key, item in value.items()}
        return [masked(item) for item in value] if isinstance(value, list) else value

    return masked(raw)


def mask_unknown(raw: t.Any) -> t.Any:
    """What the server sent for an object that nothing is known of: whatever is called a secret is masked, but for switches."""
    if isinstance(raw, dict):
        return {
            key: MASKED if value and value is not True and SECRET_NAMES.search(str(key)) else mask_unknown(value)
            for key, value in raw.items()
        }
    return [mask_unknown(item) for item in raw] if isinstance(raw, list) else raw


def _secret_names(fields: t.Iterable[Field]) -> t.Iterator[str]:
    for candidate in fields:
        if candidate.secret:
            yield candidate.path[-1]
            yield from candidate.old
        yield from _secret_names(candidate.fields)
