# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which file of the collection a description is written."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import types
import typing as t

PACKAGE = "ansible_collections.telephony.pbx."
DESCRIPTIONS = f"{PACKAGE}plugins.module_utils._systems."


def defining_file(described: t.Any) -> str:
    """The file with the class of a state, or with the assignment of a resource or system.

    Raises LookupError if there isn't exactly one.
    """
    module = type(described).__module__
    if module.startswith(DESCRIPTIONS):
        return _path(module)
    found = [module.__name__ for module in _descriptions() if _assigns(module, described)]
    if len(found) != 1:
        raise LookupError(f"{str(described)[:80]}… is assigned in {' and '.join(found) or 'no file'}")
    return _path(found[0])


def _path(module: str) -> str:
    return module.removeprefix(PACKAGE).replace(".", "/") + ".py"


def _descriptions() -> list[types.ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith(DESCRIPTIONS) and module.__file__]


def _assigns(module: types.ModuleType, value: t.Any) -> bool:
    """Whether the value is made here; where it is imported, it has a name too, but no assignment."""
    return any(getattr(module, name) is value for name in _assigned(module))


@functools.cache
def _assigned(module: types.ModuleType) -> tuple[str, ...]:
    """Names that the top level of a module assigns."""
    body = ast.parse(inspect.getsource(module)).body
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return tuple(target.id for target in targets if isinstance(target, ast.Name))
