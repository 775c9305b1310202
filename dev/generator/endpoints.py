# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which call of which API is served by which module."""

from __future__ import annotations

import re

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED

START, END = "<!-- endpoints: written by dev/generate.py -->", "<!-- end of endpoints -->"


def table(system: str) -> str:
    """A Markdown table: method, path, module."""
    entry = REGISTERED[system]
    rows = [(method, path, resource.info_module) for resource in entry.resources for method, path in resource.calls]
    rows += [(method, path, state.module) for state in entry.states for method, path in state.calls]
    lines = ["| method | path | module |", "|---|---|---|"]
    order = {"GET": 0, "POST": 1, "PUT": 2, "DELETE": 3}
    for method, path, module in sorted(rows, key=lambda row: (row[1], order[row[0]])):
        lines.append(f"| {method} | `{path}` | `{module}` |")
    return "\n".join(lines)


def tables() -> str:
    """All systems."""
    return "\n\n".join(f"### {entry.system.title}\n\n{table(name)}" for name, entry in REGISTERED.items())


def page() -> str:
    """docs/endpoints.md."""
    return f"# Endpoints and modules\n\n<!-- written by dev/generate.py -->\n\n{tables()}\n"


def into_readme(text: str) -> str:
    """README.md with its table brought up to date: one row per object, since the whole table is in the docs."""
    rows = ["| system | object | list and find | create, change, remove |", "|---|---|---|---|"]
    for entry in REGISTERED.values():
        for resource in entry.resources:
            states = ", ".join(f"`{s.module}`" for s in entry.states if s.resource.list_path == resource.list_path)
            rows.append(f"| {entry.system.title} | `{resource.list_path}` | `{resource.info_module}` | {states} |")
        listed = {resource.list_path for resource in entry.resources}
        for state in entry.states:
            if state.resource.list_path not in listed:
                rows.append(f"| {entry.system.title} | `{state.resource.list_path}` | | `{state.module}` |")
    block = START + "\n" + "\n".join(rows) + "\n" + END
    return re.sub(re.escape(START) + ".*?" + re.escape(END), lambda match: block, text, flags=re.DOTALL)
