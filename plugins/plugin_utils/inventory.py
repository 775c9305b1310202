# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventories of all systems share: options, cache, names, host variables, constructed features."""

from __future__ import annotations

import hashlib
import json
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import ansible.template
from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, get_cache_plugin
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.masking import mask
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection, System, resolve
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Object, Resource, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.runner import compiled, search
from ansible_collections.telephony.pbx.plugins.module_utils._core.transport import LIBRARY, LIBRARY_ERROR
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import open_client
from ansible_collections.telephony.pbx.plugins.plugin_utils.constructed import BatchedConstructable
from ansible_collections.telephony.pbx.plugins.plugin_utils.hostnames import host_names

CHOICES = ("include", "exclude")
ENDINGS = (".yml", ".yaml")
Data = t.Dict[str, t.Any]
# From ansible-core 2.19 on, text is no template unless it is tagged as trusted; marking it costs a third of a large inventory.
PLAIN_IS_UNTRUSTED = hasattr(ansible.template, "trust_as_template")


@dataclass
class Entry:
    """A host to be. ``hostnames``: fields or templates, the first that gives a text counts; else ``default_name``."""

    resource: Resource
    object: Object
    hostnames: list[str] | None
    default_name: str
    pbx_id: str
    address: str | None
    enabled: bool
    connection: str | None = None
    groups: list[str] = field(default_factory=list)
    more: Data = field(default_factory=dict)

    def variables(self, system: str) -> Data:
        """The host's variables. All that comes from an API is marked unsafe: a PBX must not inject templates."""
        found: Data = {
            self.resource.noun: self.object,
            "pbx_system": system,
            "pbx_id": self.pbx_id,
            "pbx_enabled": self.enabled,
            **self.more,
        }
        if self.address:
            found["ansible_host"] = self.address
        if not PLAIN_IS_UNTRUSTED:
            found = t.cast(Data, wrap_var(found))
        if self.connection:
            found["ansible_connection"] = self.connection
        return found


class SystemInventory(BaseInventoryPlugin, BatchedConstructable, Cacheable):  # type: ignore[misc]
    """A subclass says what to fetch and which hosts it makes of it."""

    system: System
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
        if LIBRARY_ERROR:
            raise AnsibleParserError(f"{self.NAME} needs the Python library {LIBRARY}")
        self._read_config_data(path)
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
        key = self._cache_key(path, connection)
        if may_read_cache:
            try:
                return t.cast(Data, self._cache[key])
            except KeyError:
                pass
        try:
            data = self.fetch(connection)
        except PbxError as error:
            stale = self._stale(key) if self.get_option("stale_if_error") else None
            if stale is None:
                raise
            self.display.warning(f"{path}: using what was cached earlier, since the system can't be read now: {error}")
            return stale
        self._cache[key] = data
        return data

    def _templated_options(self) -> Data:
        """Connection options; in an inventory file they may be templates, such as a lookup of a secret."""
        found = {option.option: self.get_option(option.option) for option in self.system.options}
        return {name: self.templar.template(value) if isinstance(value, str) else value for name, value in found.items()}

    def _cache_key(self, path: str, connection: Connection) -> str:
        shape = json.dumps([connection.url, connection.principal, self.shaping_options()], sort_keys=True, default=str)
        return f"{self.get_cache_key(path)}_{hashlib.sha256(shape.encode()).hexdigest()[:16]}"

    def _stale(self, key: str) -> Data | None:
        """The same store, read as if nothing in it ever expired."""
        options = {"_timeout": 0}
        for name, option in (("_uri", "cache_connection"), ("_prefix", "cache_prefix")):
            if self.get_option(option) is not None:
                options[name] = self.get_option(option)
        try:
            return t.cast(Data, get_cache_plugin(self.get_option("cache_plugin"), **options)[key])
        except KeyError:
            return None

    def read(self, connection: Connection, resource: Resource, query: Data) -> list[Object]:
        """All objects of a resource in documented shape, secrets masked. Raises PbxError."""
        client = open_client(connection, self.display.v)
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
        known = {candidate.name: candidate.api or candidate.name for candidate in resource.filters}
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise BadInput(f"filters holds {', '.join(unknown)}; the server can filter by {', '.join(known)}")
        return {known[name]: value for name, value in given.items()}

    # Hosts

    def children(self, data: Data, parents: list[tuple[str, Entry]]) -> t.Iterator[Entry]:
        """Hosts that belong to others, whose names are known by now."""
        return iter(())

    def _fill(self, data: Data) -> None:
        hostvars: dict[str, Data] = {}
        entries = list(self.entries(data))
        names = self._add(entries, hostvars)
        self._add(list(self.children(data, list(zip(names, entries)))), hostvars)
        self.construct_all(list(hostvars), hostvars)

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
        return str(self.templar.template(template))

    def wanted(self, found: Object) -> bool:
        """C(include): at least one has to match; C(exclude): none may. Raises BadInput."""
        if self._expressions is None:
            self._expressions = tuple([compiled(text) for text in self.get_option(name) or []] for name in CHOICES)
        include, exclude = self._expressions
        if include and not any(search(expression, found) for expression in include):
            return False
        return not any(search(expression, found) for expression in exclude)


def network_location(url: str) -> str:
    """Host and port of an address: what tells two servers of a kind apart."""
    return urlsplit(url).netloc
