# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lookups of all systems share. Their files hold the documentation; the work is done here."""

from __future__ import annotations

import difflib
import os
import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ..module_utils._engine.client import Client
from ..module_utils._engine.info import run_info
from ..module_utils._engine.query import compiled, search
from ..module_utils._http.connection import Connection
from ..module_utils._http.errors import BadInput, NotFound, PbxError
from ..module_utils._model.option import check_text
from ..module_utils._model.options import resolve
from ..module_utils._model.resource import Resource
from ..module_utils._systems.registry import REGISTERED, open_client, resource_names
from .host_options import host_options, refuse_shared_address
from .session.remote import RemoteSession

DISPLAY = Display()


class ResourceLookup(LookupBase):
    """Finds objects of one system. A subclass names the system."""

    system: str

    def run(self, terms: list[t.Any], variables: t.Any = None, **kwargs: t.Any) -> list[t.Any]:
        """``terms``: the object's name as its module has it ("user", "users"), then keys or lists of keys.

        Raises AnsibleLookupError.
        """
        self.set_options(direct=kwargs)
        try:
            return self._find([str(term) for term in self._flatten(terms)], variables or {})
        except PbxError as error:
            failure = AnsibleLookupError(f"lookup telephony.pbx.{self.system}: {error}")
        raise failure from None

    def _connection(self, variables: t.Mapping[str, t.Any]) -> Connection:
        """Where to ask, as whom. Raises BadInput."""
        system, options = REGISTERED[self.system].system, self.get_options()
        options.update(host_options(system, options, variables, self._templar))
        if os.environ.get(system.env(system.url)):
            refuse_shared_address(system, options, variables, run_once=None)
        return resolve(system, options)

    def _find(self, terms: list[str], variables: t.Mapping[str, t.Any]) -> list[t.Any]:
        resource = self._resource(terms[0] if terms else "")
        options = self.get_options()
        check_text("one of the terms", terms)
        check_text("filters", options["filters"])
        connection = self._connection(variables)
        params = {**(options["filters"] or {}), "query": options["query"], "include_secrets": options["include_secrets"]}
        by = options["by"] or resource.key
        if by not in resource.keys and terms[1:]:
            raise BadInput(f"by is {by!r}, but must be one of {', '.join(resource.keys) or 'none'}")
        self._check_filters(resource, options["filters"] or {})
        client = open_client(connection, RemoteSession, DISPLAY.vvv)
        try:
            if not terms[1:]:
                return _rows(run_info(resource, client, params, DISPLAY.warning), resource)
            keys = [self._typed(resource, by, term) for term in terms[1:]]
            if len(keys) == 1 or by == resource.detail_key:
                return [row for key in keys for row in self._one(resource, client, params, by, key)]
            return self._several(resource, client, params, by, keys)
        finally:
            client.close()

    def _one(self, resource: Resource, client: Client, params: dict[str, t.Any], by: str, key: t.Any) -> list[t.Any]:
        result = run_info(resource, client, {**params, by: key}, DISPLAY.warning)
        if not result["count"]:
            raise NotFound(f"there is no {resource.title} {key}", system=client.connection.title)
        return _rows(result, resource)

    def _several(self, resource: Resource, client: Client, params: dict[str, t.Any], by: str, keys: list[t.Any]) -> list[t.Any]:
        """Objects that can be found in the list alone: it is read once for all of them."""
        query = compiled(params["query"])
        everything = run_info(resource, client, {**params, "query": None}, DISPLAY.warning)[resource.plural]
        rows: list[t.Any] = []
        for key in keys:
            found = [one for one in everything if one[by] == key]
            if not found:
                raise NotFound(f"there is no {resource.title} {key}", system=client.connection.title)
            result = {resource.plural: found}
            rows += _rows(result if query is None else {**result, "query_result": search(query, found)}, resource)
        return rows

    @staticmethod
    def _check_filters(resource: Resource, given: t.Mapping[str, t.Any]) -> None:
        known = [field.name for field in (*resource.scope, *resource.filters)]
        unknown = sorted(set(map(str, given)) - set(known))
        if unknown:
            can = f"it can filter by {', '.join(known)}" if known else "it can't filter them at all; use query"
            raise BadInput(f"filters holds {', '.join(unknown)}, which the server can't filter {resource.plural} by: {can}")

    @staticmethod
    def _typed(resource: Resource, by: str, key: str) -> t.Any:
        if resource.field(by).type != "int":
            return key
        if not key.isdigit():
            raise BadInput(f"{key!r} is no {by} of a {resource.title}: it must be a number")
        return int(key)

    def _resource(self, name: str) -> Resource:
        names = resource_names(self.system)
        if name not in names:
            plurals = sorted({resource.plural for resource in names.values()})
            close = difflib.get_close_matches(name, sorted(names), n=1)
            meant = f". Do you mean {close[0]}?" if close else ""
            raise BadInput(f"the first term must be one of {', '.join(plurals)}, not {name!r}{meant}")
        return names[name]


def _rows(result: dict[str, t.Any], resource: Resource) -> list[t.Any]:
    if "query_result" not in result:
        return t.cast("list[t.Any]", result[resource.plural])
    found = result["query_result"]
    return found if isinstance(found, list) else [found]
