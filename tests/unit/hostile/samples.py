# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows as a well-behaved server would send them, made from the descriptions: where these are wrong, other tests tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED
from ansible_collections.telephony.pbx.plugins.module_utils._model import converters
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import REST, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES

RESOURCES: dict[str, Resource] = {name: item.resource for name, item in MODULES.items() if isinstance(item, InfoModule)}
PASSWORD = "Hidden-in-samples"
DEFAULTS: dict[str, Any] = {"str": "text", "int": 7, "float": 0.5, "bool": True, "raw": "text", "dict": {}, "list": []}
# Forms of which a converter may want one, where it isn't the sample's own.
OTHERS: tuple[Any, ...] = (
    1_700_000_000,
    "2018-05-22T13:24:14.979704248Z",
    [{"permission": "user"}],
    [{"exten": "> 100,1,NoOp()"}, {"same": "> n,Hangup()"}],
    ["one"],
)


def as_sent(field: Field) -> Any:
    """A value on the wire that reads as the sample, or else any that can be read."""
    if field.fields:
        inside = placed(field.fields)
        return [inside] if field.type == "list" else inside
    sample = PASSWORD if field.sample == MASKED else DEFAULTS[field.type] if field.sample is None else field.sample
    if field.convert is None:
        return sample
    joined = ",".join(map(str, sample)) if isinstance(sample, list) else str(sample)
    ways = [way for way in (sample, joined, *OTHERS) if _reads(field.convert, way) is not None]
    return next((way for way in ways if _reads(field.convert, way) == sample), ways[0])


def _reads(convert: converters.Converter, value: Any) -> Any:
    try:
        return convert(value)
    except (ValueError, TypeError):
        return None


def placed(fields: tuple[Field, ...]) -> dict[str, Any]:
    """An object on the wire with a value for each field."""
    found: dict[str, Any] = {}
    for field in fields:
        holder = found
        for part in field.path[:-1]:
            holder = holder.setdefault(part, {})
        if field.path[-1] == REST:
            holder.update({str(key): str(value) for key, value in (field.sample or {}).items()})
        elif field.path[-1] not in holder:  # several fields may be made of one value
            holder[field.path[-1]] = as_sent(field)
    return found


def row_of(resource: Resource) -> dict[str, Any]:
    """One object of the resource as sent."""
    return placed(resource.fields)


def shaped(resource: Resource, raw: Any) -> tuple[dict[str, Any], list[str]]:
    """The object in documented shape, and the warnings that it costs."""
    warnings: list[str] = []
    return normalize(resource, raw, warnings.append), warnings


def leaves(fields: tuple[Field, ...], found: dict[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Each field with its value, those inside of others too."""
    for field in fields:
        value = found[field.name]
        yield field, value
        if field.fields and value is not None:
            for item in value if isinstance(value, list) else [value]:
                yield from leaves(field.fields, item)
