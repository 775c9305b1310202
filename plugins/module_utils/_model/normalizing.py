# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one documented shape of what servers send in several."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from . import converters
from .resource import Field, Object, Resource, Warn

REST = "*"
_CONVERTERS: dict[str, converters.Converter] = {
    "str": converters.text,
    "int": converters.whole,
    "float": converters.real,
    "bool": converters.flag,
    "raw": converters.as_sent,
}


def normalize(resource: Resource, raw: t.Mapping[str, t.Any], warn: Warn) -> Object:
    """The documented shape of what the server sent: every field present, absent ones C(None).

    A value that can't be what it should be becomes C(None), with a warning: one bad field must not cost the list.
    """
    raw = resource.reshape(raw) if resource.reshape else raw
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
        owner = converters.line(where, 200)
        warn(f"{owner}: the server sent a value that can't be read as {candidate.type}; it is returned as null")
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
