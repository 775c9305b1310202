# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lookups of all systems share. Their files hold the documentation; the work is done here."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, NotFound, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import resolve
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Resource
from ansible_collections.telephony.pbx.plugins.module_utils._core.runner import run_info
from ansible_collections.telephony.pbx.plugins.module_utils._core.transport import LIBRARY, LIBRARY_ERROR
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import CLIENTS
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED, resource_names

DISPLAY = Display()


class ResourceLookup(LookupBase):
    """Finds objects of one system. A subclass names the system."""

    system: str

    def run(self, terms: list[t.Any], variables: t.Any = None, **kwargs: t.Any) -> list[t.Any]:
        """``terms``: the object's name as its module has it ("user", "users"), then keys. Raises AnsibleLookupError."""
        self.set_options(var_options=variables, direct=kwargs)
        if LIBRARY_ERROR:
            raise AnsibleLookupError(f"The telephony.pbx lookups need the Python library {LIBRARY}")
        try:
            return self._find([str(term) for term in terms])
        except PbxError as error:
            failure = AnsibleLookupError(f"lookup telephony.pbx.{self.system}: {error}")
        raise failure from None

    def _find(self, terms: list[str]) -> list[t.Any]:
        resource = self._resource(terms[0] if terms else "")
        options = self.get_options()
        client = CLIENTS.get(resolve(REGISTERED[self.system].system, options), DISPLAY.vvv)
        params = {**(options["filters"] or {}), "query": options["query"], "include_secrets": options["include_secrets"]}
        by = options["by"] or resource.key
        if by not in resource.keys and terms[1:]:
            raise BadInput(f"by is {by!r}, but must be one of {', '.join(resource.keys) or 'none'}")
        unknown = set(options["filters"] or {}) - {field.name for field in (*resource.scope, *resource.filters)}
        if unknown:
            raise BadInput(f"filters holds {', '.join(sorted(unknown))}, which the server can't filter {resource.plural} by")
        try:
            if not terms[1:]:
                return _rows(run_info(resource, client, params, DISPLAY.warning), resource)
            keys = [self._typed(resource, by, term) for term in terms[1:]]
            return [row for key in keys for row in self._one(resource, client, {**params, by: key})]
        finally:
            CLIENTS.done(client)

    def _one(self, resource: Resource, client: t.Any, params: dict[str, t.Any]) -> list[t.Any]:
        result = run_info(resource, client, params, DISPLAY.warning)
        if not result["count"]:
            wanted = next(str(params[name]) for name in (resource.key, *resource.also_by) if name in params)
            raise NotFound(f"there is no {resource.title} {wanted}", system=client.connection.title)
        return _rows(result, resource)

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
            plurals = ", ".join(sorted({resource.plural for resource in names.values()}))
            raise BadInput(f"the first term must be one of {plurals}, not {name!r}")
        return names[name]


def _rows(result: dict[str, t.Any], resource: Resource) -> list[t.Any]:
    if "query_result" not in result:
        return t.cast("list[t.Any]", result[resource.plural])
    found = result["query_result"]
    return found if isinstance(found, list) else [found]
