# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading: the module that lists a resource or finds one of it, and what lookups share with it."""

from __future__ import annotations

from .._http.errors import Unsupported
from .._model.masking import mask, mask_raw
from .._model.normalizing import normalize
from .._model.resource import Field, Object, Resource, Warn, silent
from .client import Client
from .module import Module, Params, Result
from .query import compiled, search

QUERY = Field(
    "query",
    (
        "JMESPath expression that is applied to the result, which then comes as RV(query_result).",
        "Needs the Python library C(jmespath).",
    ),
)
RAW = Field("raw", "Whether to return what the server sent as well, as RV(raw).", type="bool", default=False)
INCLUDE_SECRETS = Field(
    "include_secrets",
    "Whether to return passwords and other secrets. Otherwise they are masked.",
    type="bool",
    default=False,
)


class InfoModule(Module):
    """C(<system>_<noun>_info): lists a resource."""

    def __init__(self, resource: Resource) -> None:
        """The module of this resource."""
        self.resource: Resource = resource
        self.name = resource.info_module
        self.systems = (resource.system,)
        self.exclusive = (resource.keys,) if len(resource.keys) > 1 else ()

    @property
    def options(self) -> tuple[Field, ...]:
        """One object by key, what the server can search and sort by, and how to return it."""
        resource = self.resource
        keys = tuple(resource.field(name) for name in resource.keys)
        found = tuple(Field(key.name, f"Return only the {resource.title} with this {key.name}.", key.type) for key in keys)
        secrets = (INCLUDE_SECRETS,) if resource.has_secrets else ()
        return (*resource.scope, *found, *resource.filters, QUERY, RAW, *secrets)

    def run(self, client: Client, params: Params, check: bool, warn: Warn) -> Result:
        """Reads, in check mode too."""
        return run_info(self.resource, client, params, warn)


def run_info(resource: Resource, client: Client, params: Params, warn: Warn) -> Result:
    """List a resource, or find one of it.

    ``params``: one of the keys at most (C(None) = not given), the resource's filters, C(include_secrets), C(raw),
    C(query). Returns C({plural: [...], "count": n}), plus C(query_result) and C(raw) where asked for.
    """
    query = compiled(params.get("query"))
    rows = _find_rows(resource, client, params, warn)
    found = [normalize(resource, row, warn) for row in rows]
    if not params.get("include_secrets"):
        found = [mask(resource.fields, item) for item in found]
        rows = [mask_raw(resource, row) for row in rows]
    result: Result = {"changed": False, resource.plural: found, "count": len(found)}
    if params.get("raw"):
        result["raw"] = rows
    if query is not None:
        result["query_result"] = search(query, found)
    return result


def _find_rows(resource: Resource, client: Client, params: Params, warn: Warn) -> list[Object]:
    """The objects that are asked for, as sent. Not found is an empty list."""
    places = resource.places(params)
    rows, failures = [], []
    for place in places:
        try:
            rows += [{**row, **dict(place.place)} for row in _rows_at(place, client, params, warn)]
        except Unsupported as error:
            failures.append(error)
    if len(failures) == len(places):
        raise failures[0]
    for failure in failures:
        warn(str(failure))
    return rows


def _rows_at(resource: Resource, client: Client, params: Params, warn: Warn) -> list[Object]:
    key = next((name for name in resource.keys if params.get(name) is not None), None)
    if key and key == resource.detail_key:
        row = client.row(resource, params[key])
        return [] if row is None else [row]
    filters = {field.api or field.name: params.get(field.name) for field in resource.filters}
    listing = client.rows(resource, {name: value for name, value in filters.items() if value is not None})
    for warning in listing.warnings:
        warn(f"{client.connection.title}, {resource.plural}: {warning}")
    if not key:
        return listing.rows
    return [row for row in listing.rows if normalize(resource, row, silent)[key] == params[key]]
