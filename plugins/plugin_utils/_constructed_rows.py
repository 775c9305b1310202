# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values as comparable keys, and the rows of values that hosts give an expression."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

from ._constructed_expression import Path, holds_template
from .untrusted import AnsibleUnsafe

try:
    from ansible.template import is_trusted_as_template
except ImportError:  # ansible-core before 2.19 marks what is unsafe, not what is trusted
    is_trusted_as_template = None

TRUSTS = is_trusted_as_template is not None


class Unshareable(Exception):
    """A value whose meaning depends on more than itself, such as a template."""


class Row:
    """The values that one or more hosts give an expression."""

    def __init__(self, key: tuple[Hashable, ...], paths: tuple[Path, ...], found: list[tuple[int, Any]]) -> None:
        self.key = key
        """Equal for hosts that give equal values of equal types."""
        self.unsafe = key[0]
        self.shape = (key[0], *((depth, frozen and frozen[0]) for depth, frozen in key[2:]))
        """Equal for hosts that have a value of the same type at the same paths."""
        self.values: dict[str, Any] = {}
        """The variables at the paths, with nothing but the paths in them."""
        for path, (depth, value) in zip(paths, found):
            self._put(path, depth, value)

    def _put(self, path: Path, depth: int, value: Any) -> None:
        target = self.values
        for name in path[: abs(depth) - (depth > 0)]:
            target = target.setdefault(name, {})
        if depth > 0:
            target[path[depth - 1]] = value


class Rows:
    """The rows that hosts give expressions, from their variables."""

    def __init__(self, variables: Mapping[str, Mapping[str, Any]]) -> None:
        self._variables = variables
        self._unsafe: dict[tuple[str, str], bool | None] = {}

    def read(self, paths: tuple[Path, ...], shared: bool) -> dict[str, Row]:
        """Rows by host, without the hosts that have something there which only Ansible can judge.

        Hosts that give equal values have one row if that is to be shared.
        """
        rows: dict[str, Row] = {}
        distinct: dict[Hashable, Row] = {}
        for host, values in self._variables.items():
            found = [follow(values, path) for path in paths]
            try:
                unsafe = not TRUSTS and max([self._is_unsafe(host, path[0]) for path in paths], default=False)
                frozen = [(depth, freeze(value) if depth > 0 else None) for depth, value in found]
            except Unshareable:
                continue
            key = (unsafe, None if shared else host, *frozen)
            row = distinct.get(key)
            rows[host] = row if row else distinct.setdefault(key, Row(key, paths, found))
        return rows

    def _is_unsafe(self, host: str, name: str) -> bool:
        """Whether the variable makes all that is made with it unsafe. Raises Unshareable."""
        place = host, name
        if place not in self._unsafe:
            try:
                self._unsafe[place] = holds_unsafe(self._variables[host].get(name))
            except Unshareable:
                self._unsafe[place] = None
        unsafe = self._unsafe[place]
        if unsafe is None:
            raise Unshareable(place)
        return unsafe


def follow(source: Any, path: Path) -> tuple[int, Any]:
    """Follow path as far as dicts go. Returns how many names that was, negative or zero if the next is missing."""
    last = len(path)
    for depth, name in enumerate(path, 1):
        if name not in source:
            return 1 - depth, None
        source = source[name]
        if depth == last or base_type(type(source)) is not dict:
            return depth, source
    raise AssertionError("a path has at least one name")


@cache
def base_type(cls: type) -> type | None:
    """The JSON type that a value's type is or, if it is one of Ansible's own, stands for."""
    for base in (str, dict, list, tuple, bool, int, float, type(None)):
        if cls is base or (issubclass(cls, base) and cls.__module__.startswith("ansible.")):
            return base
    return None


def freeze(value: Any) -> tuple[Hashable, ...]:
    """A hashable key, equal only for values of equal types throughout. Raises Unshareable."""
    cls = type(value)
    base = base_type(cls)
    if base is str:
        return _freeze_text(value, cls)
    if base is float:
        return cls, repr(value)  # 0.0 == -0.0, yet they differ as text
    if base in (bool, int, type(None)):
        return cls, value
    if base is dict:
        return cls, tuple((freeze(name), freeze(item)) for name, item in value.items())
    if base in (list, tuple):
        return cls, tuple(freeze(item) for item in value)
    raise Unshareable(cls)


def _freeze_text(value: str, cls: type) -> tuple[Hashable, ...]:
    if TRUSTS:
        trusted = cls is not str and is_trusted_as_template(value)
        if trusted and holds_template(value):
            raise Unshareable(cls)
        return cls, value, trusted
    if not isinstance(value, AnsibleUnsafe) and holds_template(value):
        raise Unshareable(cls)
    return cls, value


def holds_unsafe(value: Any) -> bool:
    """Whether cores that mark unsafe text would mark everything made with this value.

    They evaluate templates in all of a variable, whatever is read of it: for such a value, raises Unshareable.
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return max(map(holds_unsafe, value), default=False)  # any() would not look at all of them
    if isinstance(value, AnsibleUnsafe):
        return True
    if isinstance(value, str) and holds_template(value):
        raise Unshareable(type(value))
    return False
