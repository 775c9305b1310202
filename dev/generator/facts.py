# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the generator knows of modules and systems. Only this file looks into the registry and the argument specs."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import INCLUDE_SECRETS, InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._engine.state import UPDATE_PASSWORD
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import connection_options
from ansible_collections.telephony.pbx.plugins.module_utils._model.option import Option
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import System
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.state import RELOAD, AsteriskState
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, RAW, REGISTERED
from generator.sources import defining_file

SYSTEMS: dict[str, System] = {name: entry.system for name, entry in REGISTERED.items()}
SECRETS_OPTION: Field = INCLUDE_SECRETS
SHARED_OPTIONS: tuple[Field, ...] = (RELOAD, UPDATE_PASSWORD)  # of many modules; a role takes them once for a whole list
REGISTRY = "plugins/module_utils/_systems/registry.py"
DESCRIPTIONS = "plugins/module_utils/_systems/*/*.py"
CONNECTION_SOURCE = "plugins/module_utils/_model/options.py"
RAW_SOURCE = "plugins/module_utils/_engine/raw.py"


@dataclass(frozen=True)
class Module:
    """One module with a description of its own: all but the raw call.

    * ``described``: its description, a State or a Resource. ``kind``: C(info) or C(state).
    * ``resource``: its object. ``related``: the other modules for the same object.
    """

    name: str
    kind: str
    described: t.Any
    resource: Resource
    options: tuple[Field, ...]

    @property
    def system(self) -> System:
        """The system that it belongs to."""
        return SYSTEMS[self.resource.system]

    @property
    def source(self) -> str:
        """The file with its description."""
        return defining_file(self.described)

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each call that it may make."""
        return tuple(self.described.calls)

    @property
    def has_runtime(self) -> bool:
        """Whether what is stored is one thing, and what runs another."""
        return isinstance(self.described, AsteriskState)

    @property
    def related(self) -> tuple[str, ...]:
        """The modules of the other kind for the same object."""
        return tuple(other.name for other in of_object(self.resource) if other.kind != self.kind)


def _modules() -> t.Iterator[Module]:
    for name, module in MODULES.items():
        if isinstance(module, InfoModule):
            yield Module(name, "info", module.resource, module.resource, module.options)
        elif isinstance(module, StateModule):
            yield Module(name, "state", module.state, module.state.resource, module.options)


MODULE: dict[str, Module] = {module.name: module for module in _modules()}
RAW_FIELDS: tuple[Field, ...] = RAW.options
RAW_CONNECTION: dict[str, tuple[Option, tuple[System, ...]]] = connection_options(RAW.name)


def of_system(system: str, kind: str = "") -> list[Module]:
    """The modules of a system, in the order of the registry; those of one kind, if given."""
    return [module for module in MODULE.values() if module.system.name == system and kind in ("", module.kind)]


def of_object(resource: Resource) -> list[Module]:
    """The modules of a system that work on the objects below one path."""
    return [module for module in of_system(resource.system) if module.resource.list_path == resource.list_path]
