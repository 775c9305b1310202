# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Constructed inventory features for many hosts at once."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any

from ansible.plugins.inventory import Constructable
from ansible.utils.vars import combine_vars

from ._constructed_batch import FEW_ROWS, Batch
from ._constructed_expression import Reads, holds_template, read_expression, read_template, shortest
from ._constructed_rows import Rows, Unshareable, freeze

try:
    from ansible.template import is_trusted_as_template
except ImportError:  # ansible-core before 2.19 trusts every expression
    is_trusted_as_template = None

Variables = Mapping[str, Any]
Replay = Callable[[str], Any]
UNKNOWN = object()


class _Entry:
    """One entry of compose, groups or keyed_groups, and what it did for the values it has met."""

    def __init__(self, apply: Callable[..., None], text: Any, parent: Any = None, conditional: bool = False) -> None:
        self.apply = apply
        """Ansible's own method for this entry: called with variables, host and the rest by name."""
        self.text = text
        self.conditional = conditional
        self.has_parent = isinstance(parent, str) and holds_template(parent)
        self.reads = _reads(text)
        """What the expression depends on; None if it is left to Ansible, host by host."""
        self.paths = self.reads.paths if self.reads else ()
        if self.reads and self.has_parent:
            self._add_parent(read_template(parent))
        self._known: dict[str, Any] = {}
        self._keys: dict[str, Hashable] = {}
        self._hosts: Counter[Hashable] = Counter()
        self._effects: dict[Hashable, list[Replay]] = {}

    def _add_parent(self, reads: Reads | None) -> None:
        if reads and reads.pure:
            self.paths = shortest({*self.paths, *reads.paths})
        else:
            self.reads = None

    def plan(self, readable: Rows, templar: Any) -> None:
        """Find out for which of the hosts this entry does the same, evaluating what that takes."""
        if self.reads is None:
            return
        rows = readable.read(self.paths, shared=self.reads.pure)
        distinct = {row.key: row for row in rows.values()}
        results = {}
        if len(distinct) > FEW_ROWS and not self.has_parent:
            results = Batch(templar, self.text, self.reads, self.conditional).evaluate(distinct.values())
        effect_keys = {key: _effect_key(key, results.get(key, UNKNOWN)) for key in distinct}
        self._known = {host: results[row.key] for host, row in rows.items() if row.key in results}
        self._keys = {host: effect_keys[row.key] for host, row in rows.items()}
        self._hosts = Counter(self._keys.values())

    def value(self, host: str) -> Any:
        """The expression's value for the host, or UNKNOWN."""
        return self._known.get(host, UNKNOWN)

    def effects(self, host: str) -> list[Replay] | None:
        """What this entry does to the host, if it has done it to one like it."""
        return self._effects.get(self._keys.get(host))

    def remember(self, host: str, effects: list[Replay]) -> None:
        """Keep what this entry has done to the host, if there are others like it."""
        key = self._keys.get(host)
        if self._hosts[key] > 1:
            self._effects[key] = effects


def _effect_key(row_key: Hashable, value: Any) -> Hashable:
    """Equal where an entry does the same."""
    if value is not UNKNOWN:
        try:
            return "value", freeze(value)
        except Unshareable:
            pass
    return "row", row_key


def _reads(text: Any) -> Reads | None:
    """What an entry's expression reads; None for what only Ansible can judge."""
    if not isinstance(text, str) or not (is_trusted_as_template is None or is_trusted_as_template(text)):
        return None
    return read_expression(text)


class _Recorder:
    """An inventory that keeps what is done to one host, to be done to others."""

    def __init__(self, inventory: Any) -> None:
        self._inventory = inventory
        self.replays: list[Replay] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inventory, name)

    def set_variable(self, entity: str, varname: str, value: Any) -> None:
        """Composed variables."""
        self._inventory.set_variable(entity, varname, value)
        if isinstance(value, (list, dict)):
            self.replays.append(lambda host: self._inventory.set_variable(host, varname, copy.deepcopy(value)))
        else:
            self.replays.append(lambda host: self._inventory.set_variable(host, varname, value))

    def add_host(self, host: str, group: str) -> str:
        """Keyed groups."""
        self.replays.append(lambda other: self._inventory.add_host(other, group))
        return self._inventory.add_host(host, group)


class _ConditionalRecorder(_Recorder):
    """The same for groups with conditions, where a child is the host."""

    def add_child(self, group: str, child: str) -> Any:
        """Groups of hosts that meet a condition."""
        self.replays.append(lambda other: self._inventory.add_child(group, other))
        return self._inventory.add_child(group, child)


class BatchedConstructable(Constructable):
    """Constructable for all hosts at once: each expression is evaluated once for hosts that give it equal values.

    Ansible's own methods still do everything, once for each different result; what they did is repeated for the
    other hosts. Whatever can't be shared is left to them, host by host.

    Variables are composed for all hosts before the first group is made. It shows where Ansible warns anyway: a
    group that takes the name of a host gets the variables that are composed for that host after it.
    """

    _served: Any = UNKNOWN

    def construct_all(self, hosts: Iterable[str], hostvars: Mapping[str, Variables]) -> None:
        """Apply compose, groups and keyed_groups to hosts that are in the inventory, as Ansible does one by one.

        The variables are what a plugin passes to Ansible's methods: those that it has set on the host.
        """
        names = list(hosts)
        compose, groups = self._entries()
        failure = None
        variables = {host: hostvars[host] for host in names}
        self._plan(compose, variables)
        for position, host in enumerate(names):
            try:
                self._apply(compose, host, variables[host])
            except Exception as error:  # the hosts before it are to be grouped, and may fail, first
                failure = error
                names = names[:position]
                break
        if groups:
            variables = {host: self._all_variables(host, variables[host]) for host in names}
            self._plan(groups, variables)
            for host in names:
                self._apply(groups, host, variables[host])
        if failure:
            raise failure

    def _entries(self) -> tuple[list[_Entry], list[_Entry]]:
        """The entries of compose; those of groups and keyed_groups."""
        strict = self.get_option("strict")
        compose, groups, keyed = (self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        composing, grouping = [], []
        for name, text in compose.items() if isinstance(compose, dict) else ():
            composing.append(_Entry(partial(self._set_composite_vars, {name: text}, strict=strict), text))
        for name, text in groups.items() if isinstance(groups, dict) else ():
            apply = partial(self._add_host_to_composed_groups, {name: text}, strict=strict)
            grouping.append(_Entry(apply, text, conditional=True))
        for item in keyed if isinstance(keyed, list) else ():
            text, parent = (item.get("key"), item.get("parent_group")) if isinstance(item, dict) else (None, None)
            apply = partial(self._add_host_to_keyed_groups, [item], strict=strict)
            grouping.append(_Entry(apply, text, parent))
        return composing, grouping

    def _all_variables(self, host: str, variables: Variables) -> Variables:
        """What Ansible's methods use as variables of a host: those it is given, and those in the inventory."""
        return combine_vars(variables, self.inventory.get_host(host).get_vars())

    def _plan(self, entries: list[_Entry], variables: Mapping[str, Variables]) -> None:
        rows = extended = Rows(variables)
        if self._uses_extra_vars():
            extended = Rows({host: combine_vars(values, self._vars) for host, values in variables.items()})
        for entry in entries:
            entry.plan(rows if entry.conditional else extended, self.templar)

    def _uses_extra_vars(self) -> bool:
        try:
            return bool(self.get_option("use_extra_vars"))
        except Exception:  # as Ansible's own method has it, for plugins without the option
            return False

    def _apply(self, entries: list[_Entry], host: str, variables: Variables) -> None:
        for entry in entries:
            effects = entry.effects(host)
            if effects is None:
                self._record(entry, host, variables)
            else:
                for repeat in effects:
                    repeat(host)

    def _record(self, entry: _Entry, host: str, variables: Variables) -> None:
        """Let Ansible's own method apply the entry to the host, and remember what it did."""
        inventory = self.inventory
        recorder = (_ConditionalRecorder if entry.conditional else _Recorder)(inventory)
        self.inventory = recorder
        self._served = UNKNOWN if entry.conditional else entry.value(host)
        try:
            entry.apply(variables, host)
        finally:
            self.inventory = inventory
            self._served = UNKNOWN
        entry.remember(host, recorder.replays)

    def _compose(self, template: str, variables: Variables, *args: Any, **kwargs: Any) -> Any:
        """Ansible's method, or the value that is known already."""
        return super()._compose(template, variables, *args, **kwargs) if self._served is UNKNOWN else self._served
