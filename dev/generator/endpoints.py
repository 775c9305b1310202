# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that says which module serves which object, and which call of which API."""

from __future__ import annotations

import typing as t

from generator.facts import DESCRIPTIONS, REGISTRY, SYSTEMS, Module, of_object, of_system
from generator.rendering import File

METHODS = ("GET", "POST", "PUT", "DELETE")


def files() -> t.Iterator[File]:
    """docs/endpoints.md."""
    data = {"systems": [(system.title, _objects(name), _calls(name)) for name, system in SYSTEMS.items()]}
    yield File("docs/endpoints.md", "docs/endpoints.md", (REGISTRY, DESCRIPTIONS), data)


def _objects(system: str) -> list[tuple[str, list[Module]]]:
    """Path and modules of each object; those that no info module lists come last."""
    listed = of_system(system, "info")
    paths = {module.resource.list_path for module in listed}
    only_states = [module for module in of_system(system, "state") if module.resource.list_path not in paths]
    return [(module.resource.list_path, of_object(module.resource)) for module in (*listed, *only_states)]


def _calls(system: str) -> list[tuple[str, str, str]]:
    """Method, path and module."""
    rows = [(method, path, module.name) for module in of_system(system) for method, path in module.calls]
    return sorted(rows, key=lambda row: (row[1], METHODS.index(row[0])))
