# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same hosts through stock Constructable and through BatchedConstructable, with everything that came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible.template import Templar
from ansible.utils.unsafe_proxy import wrap_var
from hypothesis import assume, currently_in_test_context

from ansible_collections.telephony.pbx.plugins.plugin_utils.constructed import BatchedConstructable

try:
    from ansible.template import trust_as_template
except ImportError:
    trust_as_template = None


@dataclass
class Case:
    """Hosts' variables, constructed options, and how the plugin is called."""

    hostvars: dict[str, dict[str, Any]]
    options: dict[str, Any]
    extra_vars: dict[str, Any] = field(default_factory=dict)
    unsafe: bool = True


class _Source(BaseInventoryPlugin):
    """A plugin without files: options from a dict, its own inventory."""

    NAME = "source"

    def prepare(self, case: Case) -> None:
        self.options = {"strict": False, "compose": {}, "groups": {}, "keyed_groups": [], "leading_separator": True}
        self.options.update(use_extra_vars=bool(case.extra_vars), **trusted(case.options))
        self.inventory = InventoryData()
        self.templar = Templar(loader=DataLoader())
        self._vars = case.extra_vars
        self.evaluations = 0
        for host, values in case.hostvars.items():
            self.inventory.add_host(host)
            for name, value in values.items():
                self.inventory.set_variable(host, name, value)

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        return self.options[option]


class Stock(_Source, Constructable):
    """One host after the other, as other plugins do it."""

    def construct_all(self, hosts: list[str], hostvars: dict[str, dict[str, Any]]) -> None:
        strict = self.get_option("strict")
        for host in hosts:
            self._set_composite_vars(self.get_option("compose"), hostvars[host], host, strict=strict)
            self._add_host_to_composed_groups(self.get_option("groups"), hostvars[host], host, strict=strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), hostvars[host], host, strict=strict)


class Batched(_Source, BatchedConstructable):
    """All at once."""

    def _compose(self, *args: Any, **kwargs: Any) -> Any:
        before = self._served
        result = super()._compose(*args, **kwargs)
        self.evaluations += before is type(self)._served
        return result


def trusted(value: Any) -> Any:
    """Options as Ansible reads them from a file: its strings may be templates."""
    if isinstance(value, dict):
        return {name: trusted(item) for name, item in value.items()}
    if isinstance(value, list):
        return [trusted(item) for item in value]
    return trust_as_template(value) if trust_as_template and isinstance(value, str) else value


def typed(value: Any) -> Any:
    """A value with the type of each part of it, for comparisons to which 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return type(value), [(typed(name), typed(item)) for name, item in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value), [typed(item) for item in value]
    return type(value), repr(value)


def outcome(plugin: Any, case: Case) -> dict[str, Any]:
    """Everything that the plugin made of the case."""
    hostvars = {host: wrap_var(values) if case.unsafe else values for host, values in case.hostvars.items()}
    plugin.prepare(Case(hostvars, case.options, case.extra_vars))
    error = None
    try:
        plugin.construct_all(list(hostvars), hostvars)
    except Exception as exception:
        error = type(exception), str(exception)
    if error:
        return {"error": error}  # what the source had done until it failed is no result
    inventory = plugin.inventory
    return {
        "groups": list(inventory.groups),
        "hosts": {name: [host.name for host in group.hosts] for name, group in inventory.groups.items()},
        "children": {name: [child.name for child in group.child_groups] for name, group in inventory.groups.items()},
        "vars": {name: typed(host.vars) for name, host in inventory.hosts.items()},
    }


def assert_equal(case: Case) -> Batched:
    """Both give the same; returns the batched plugin, for what else there is to ask of it."""
    expected = outcome(Stock(), case)
    if currently_in_test_context():
        # A method as text has its address in it, which no two runs share.
        assume(not re.search("at.0x[0-9a-f]{6}", repr(expected)))
    batched = Batched()
    assert outcome(batched, case) == expected
    return batched
