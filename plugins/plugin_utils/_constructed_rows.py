# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values as comparable keys, and the rows of values that hosts give an expression."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

from ansible.utils.unsafe_proxy import AnsibleUnsafe

from ._constructed_expression import Path, holds_template

try:
    from ansible.template import is_trusted_as_template
except ImportError:  # ansible-core before 2.19 marks what is unsafe, not what is trusted
    is_trusted_as_template = None

TRUSTS = is_trusted_as_template is not None


class Unshareable(Exception):
    """A value whose meaning depends on more than itself, such as a template."""


class Row:
    """The values that one or more hosts give an expression; a host's own if salt tells them apart."""

    def __init__(self, variables: Mapping[str, Any], paths: tuple[Path, ...], salt: Hashable = None) -> None:
        self.values: dict[str, Any] = {}
        """The variables at the paths, with nothing but the paths in them."""
        self.unsafe = not TRUSTS and any(holds_unsafe(variables.get(path[0])) for path in paths)
        key: list[Hashable] = [self.unsafe, salt]
        shape: list[Hashable] = [self.unsafe]
        for path in paths:
            depth, value = self._copy(variables, path)
            frozen = freeze(value) if depth > 0 else None
            key.append((depth, frozen))
            shape.append((depth, frozen and frozen[0]))
        self.key = tuple(key)
        """Equal for hosts that give equal values of equal types."""
        self.shape = tuple(shape)
        """Equal for hosts that have a value of the same type at the same paths."""

    def _copy(self, source: Any, path: Path) -> tuple[int, Any]:
        """Follow path as far as dicts go. Returns how many names that was, negative or zero if the next is missing."""
        target = self.values
        for depth, name in enumerate(path):
            if name not in source:
                return -depth, None
            value = source[name]
            if depth + 1 == len(path) or base_type(type(value)) is not dict:
                target[name] = value
                return depth + 1, value
            source, target = value, target.setdefault(name, {})
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
    """Whether cores that mark unsafe text would mark everything made with this value."""
    if isinstance(value, dict):
        return any(map(holds_unsafe, value.values()))
    if isinstance(value, list):
        return any(map(holds_unsafe, value))
    return isinstance(value, AnsibleUnsafe)
