# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible is told of the collection as a whole, and the collection's version for its own code."""

from __future__ import annotations

import typing as t
from pathlib import Path

import yaml

from generator.facts import MODULE, RAW, REGISTRY, SYSTEMS, of_system
from generator.rendering import File


def files(root: Path) -> t.Iterator[File]:
    """One action group for each system, and C(all); the version of galaxy.yml."""
    groups = {system: sorted(module.name for module in of_system(system)) for system in SYSTEMS}
    groups["all"] = sorted((*MODULE, RAW.name))
    yield File("meta/runtime.yml", "meta/runtime.yml", (REGISTRY,), {"groups": groups})
    version = yaml.safe_load((root / "galaxy.yml").read_text())["version"]
    name = "plugins/module_utils/_http/version.py"
    yield File(name, name, ("galaxy.yml",), {"version": version})
