# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookups: one for each system."""

from __future__ import annotations

import typing as t
from pathlib import Path

from generator.facts import SECRETS_OPTION, SYSTEMS, of_system
from generator.rendering import File


def files(root: Path) -> t.Iterator[File]:
    """The lookup of each system finds all that its info modules list."""
    for name, system in SYSTEMS.items():
        modules = of_system(name, "info")
        resources = [module.resource for module in modules]
        filters = [(resource.plural, [field.name for field in (*resource.scope, *resource.filters)]) for resource in resources]
        examples = f"dev/examples/lookup_{name}.yml"
        data = {
            "system": system,
            "examples": (root / examples).read_text(),
            "modules": [module.name for module in modules],
            "plurals": [resource.plural for resource in resources],
            "keys": [(resource.plural, resource.keys) for resource in resources if resource.keys],
            "filters": [(plural, names) for plural, names in filters if names],
            "include_secrets": SECRETS_OPTION,
        }
        sources = (*sorted({module.source for module in modules}), examples)
        yield File(f"plugins/lookup/{name}.py", "plugins/lookup/system.py", sources, data)
