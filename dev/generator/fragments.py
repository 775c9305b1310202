# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation fragments: what the modules of a system, and all modules, have in common."""

from __future__ import annotations

import typing as t

from generator.facts import CONNECTION_SOURCE, SYSTEMS
from generator.rendering import File
from generator.sources import defining_file


def files() -> t.Iterator[File]:
    """The connection options of each system, for modules and for plugins; and the attributes of modules."""
    for name, system in SYSTEMS.items():
        sources = (defining_file(system), CONNECTION_SOURCE)
        yield File(f"plugins/doc_fragments/{name}.py", "plugins/doc_fragments/system.py", sources, {"system": system})
    yield File("plugins/doc_fragments/attributes.py", "plugins/doc_fragments/attributes.py")
