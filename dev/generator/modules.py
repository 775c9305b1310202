# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules, and the action plugin of each."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.telephony.pbx.plugins.module_utils._model.options import COMMON
from generator.docs import Doc, connection_doc, option_docs
from generator.facts import CONNECTION_SOURCE, MODULE, RAW, RAW_CONNECTION, RAW_FIELDS, RAW_SOURCE
from generator.rendering import File


def files(root: Path) -> t.Iterator[File]:
    """A module for each description, and the raw call."""
    for name, module in MODULE.items():
        yield _module_file(root, name, module.kind, (module.source,), {"module": module})
        # Not a redirect in meta/runtime.yml: ansible-lint and antsibull-docs follow redirects, and would tell people to
        # write C(telephony.pbx.api) in their playbooks. It costs the same: 51.6 ms of CPU a task against 50.5.
        yield File(f"plugins/action/{name}.py", "plugins/action/module.py")
    yield _module_file(root, RAW.name, "raw", (RAW_SOURCE, CONNECTION_SOURCE), {"options": _raw_options()})


def _module_file(root: Path, name: str, kind: str, sources: tuple[str, ...], data: dict[str, t.Any]) -> File:
    examples = f"dev/examples/{name}.yml"
    data = {"name": name, "examples": (root / examples).read_text(), **data}
    return File(f"plugins/modules/{name}.py", f"plugins/modules/{kind}.py", (*sources, examples), data)


def _raw_options() -> Doc:
    """Its own, and the connection options of all systems, with common defaults in the text: each system may have another."""
    found = option_docs(RAW_FIELDS)
    for name, (option, systems) in RAW_CONNECTION.items():
        found[name] = connection_doc(option, systems)
        if option in COMMON and option.default is not None:
            found[name]["description"].append(f"Otherwise V({str(option.default).lower()}).")
    return found
