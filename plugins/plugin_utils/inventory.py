# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventories of all systems share: options, cache, names, host variables, constructed features."""

from __future__ import annotations

import os
import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin

from ..module_utils._auth.local import LocalSession
from ..module_utils._engine.query import compiled, search
from ..module_utils._http.connection import Connection
from ..module_utils._http.errors import BadInput, PbxError
from ..module_utils._model.masking import mask
from ..module_utils._model.normalizing import normalize
from ..module_utils._model.option import check_text
from ..module_utils._model.options import System, forget_empty_variables, resolve
from ..module_utils._model.resource import Object, Resource
from ..module_utils._systems.registry import open_client
from .caching import CachedData
from .constructed import BatchedConstructable
from .entry import Entry
from .hostnames import host_names

CHOICES = ("include", "exclude")
ENDINGS = (".yml", ".yaml")
BAD_KEY = "Invalid group name format"  # as Ansible says it
LOGS_REQUESTS = 3  # at -vvv
KEY_HINT = (
    "Make text of a number or a switch, for example with cloud_pbx.id | string or pbx_enabled | ternary('enabled', 'disabled')"
)
Data = t.Dict[str, t.Any]


class SystemInventory(BaseInventoryPlugin, BatchedConstructable, CachedData):  # type: ignore[misc]
    """A subclass says what to fetch and which hosts it makes of it."""

    system: System
    _written: t.Mapping[str, t.Any] = {}  # the file's text
    _folder = ""  # where it is
    earlier: Data | None = None
    """What was cached earlier, however old, where C(stale_if_error) allows to use it."""
    _expressions: tuple[list[t.Any], ...] | None = None

    def fetch(self, connection: Connection) -> Data:
        """Everything that the inventory needs, as plain data that can be cached: no secrets in it. Raises PbxError."""
        raise NotImplementedError

    def entries(self, data: Data) -> t.Iterator[Entry]:
        """The hosts, without those that C(include) and C(exclude) leave out."""
        raise NotImplementedError

    def shaping_options(self) -> list[t.Any]:
        """Options that shape what is fetched, besides address and account: another cache record for each combination."""
        return [self.get_option("filters")]

    # Called by Ansible

    def verify_file(self, path: str) -> bool:
        """Only files that are named for this plugin, C(*.ycm.yml) for example."""
        if not super().verify_file(path):
            return False
        short = self.NAME.rpartition(".")[2]
        if path.endswith(tuple(f"{short}{ending}" for ending in ENDINGS)):
            return True
        self.display.v(f"{self.NAME}: skips {path}: the file's name has to end in {short}.yml or {short}.yaml")
        return False

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Fill the inventory. Raises AnsibleParserError, one line."""
        super().parse(inventory, loader, path)
        forget_empty_variables(self.system)
        self._folder = os.path.dirname(os.path.abspath(path))
        self._written = dict(self._read_config_data(path))
        try:
            self._fill(self._load(path, cache))
            return
        except PbxError as error:
            failure = AnsibleParserError(f"{path}: {error}")
        raise failure from None

    # Data

    def _load(self, path: str, may_read_cache: bool) -> Data:
        """From the cache if that is allowed and fresh; else from the network, or from an old cache if that fails."""
        connection = resolve(self.system, self._templated_options())
        if not self.get_option("cache"):
            return self.fetch(connection)
        self.load_cache_plugin()
        key = self.cache_key(path, connection, self.shaping_options())
        found = self.cached(key) if may_read_cache else None
        if found is not None:
            return found
        self.earlier = self.cached_earlier(key) if self.get_option("stale_if_error") else None
        try:
            data = self.fetch(connection)
        except PbxError as error:
            if self.earlier is None:
                raise
            self.display.warning(f"{path}: using what was cached earlier, since the system can't be read now: {error}")
            return self.earlier
        self.keep(key, data)
        return data

    def _templated_options(self) -> Data:
        """Connection options of the file, where they may be templates, such as a lookup of a secret."""
        written = [option for option in self.system.options if option.option in self._written]
        return {option.option: self.templated_option(option.option, option.secret) for option in written}

    def templated_option(self, name: str, secret: bool = False) -> t.Any:
        """An option's value with its template done. What isn't from the file is no template: a password may look like one."""
        value, written = self.get_option(name), self._written.get(name)
        if isinstance(written, str) and "{{" in written and value != written:
            # Ansible has put this file's folder before a path, without knowing what its template gives.
            text = self.templated(name, written, secret)
            return os.path.join(self._folder, os.path.expanduser(text)) if text else None
        return self.templated(name, value, secret) if name in self._written else value

    def templated(self, name: str, value: t.Any, secret: bool = False) -> t.Any:
        """A value with its template done. Raises BadInput that names the option; of a secret it doesn't say more."""
        if not isinstance(value, str):
            return value
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            why = "" if secret else f": {error}"
            failure = BadInput(f"{name} is a template that fails{why}")
        raise failure from None

    def read(self, connection: Connection, resource: Resource, query: Data) -> list[Object]:
        """All objects of a resource in documented shape, secrets masked. Raises PbxError."""
        if self.get_option("filters") and not resource.filters:
            raise BadInput(f"filters is given, but the server can't filter {resource.plural}", hint="Use include and exclude")
        client = open_client(connection, LocalSession, self.display.v)
        client.http.log = self.display.vvv if self.display.verbosity >= LOGS_REQUESTS else None
        try:
            listing = client.rows(resource, query)
        finally:
            client.close()
        for warning in listing.warnings:
            self.display.warning(f"{connection.title}, {resource.plural}: {warning}")
        return [mask(resource.fields, normalize(resource, row, self.display.warning)) for row in listing.rows]

    def server_filters(self, resource: Resource) -> Data:
        """The option C(filters) in the server's own names. Raises BadInput."""
        given = self.get_option("filters") or {}
        check_text("filters", given)
        known = {candidate.name: candidate.api or candidate.name for candidate in resource.filters}
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise BadInput(f"filters holds {', '.join(unknown)}; the server can filter by {', '.join(known)}")
        for candidate in resource.filters:
            value = given.get(candidate.name)
            if candidate.choices and value is not None and value not in candidate.choices:
                allowed = ", ".join(map(str, candidate.choices))
                raise BadInput(f"filters: {candidate.name} is {value!r}, but must be one of {allowed}")
        return {known[name]: value for name, value in given.items() if value is not None}

    # Hosts

    def children(self, data: Data, parents: list[tuple[str, Entry]]) -> t.Iterator[Entry]:
        """Hosts that belong to others, whose names are known by now."""
        return iter(())

    def _fill(self, data: Data) -> None:
        hostvars: dict[str, Data] = {}
        entries = list(self.entries(data))
        names = self._add(entries, hostvars)
        self._add(list(self.children(data, list(zip(names, entries)))), hostvars)
        try:
            self.construct_all(list(hostvars), hostvars)
            return
        except AnsibleParserError as error:
            if BAD_KEY not in str(error):
                raise
            failure = AnsibleParserError(f"keyed_groups: {error}. {KEY_HINT}")
        raise failure from None

    def _add(self, entries: list[Entry], hostvars: dict[str, Data]) -> list[str]:
        everything = [entry.variables(self.system.name) for entry in entries]
        names = host_names(entries, everything, hostvars, self.get_option("on_host_clash"), self._template)
        for name, entry, variables in zip(names, entries, everything):
            self.inventory.add_host(name)
            for key, value in variables.items():
                self.inventory.set_variable(name, key, value)
            for group in (entry.resource.plural, *entry.groups):
                self.inventory.add_host(name, self.inventory.add_group(self._sanitize_group_name(group)))
            hostvars[name] = variables
        return names

    def _template(self, template: str, variables: Data) -> str:
        self.templar.available_variables = variables
        return str(self.templated(f"hostnames: {template!r}", template))

    def wanted(self, found: Object) -> bool:
        """C(include): at least one has to match; C(exclude): none may. Raises BadInput."""
        if self._expressions is None:
            self._expressions = tuple([compiled(text) for text in self.get_option(name) or []] for name in CHOICES)
        include, exclude = self._expressions
        if include and not any(search(expression, found) for expression in include):
            return False
        return not any(search(expression, found) for expression in exclude)
