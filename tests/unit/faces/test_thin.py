# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of modules, lookups and actions hold no logic: only documentation and a name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._faces import spec

PLUGINS = Path(spec.__file__).resolve().parents[2]
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
BY_HAND = {PLUGINS / "action" / "api.py"}
MOST = 6  # statements, definitions and their bodies counted, imports not


def code(file: Path) -> list[ast.stmt]:
    """The statements of a file without its documentation and imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = [node for node in tree.body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    return [
        node
        for node in named
        if not (isinstance(node, ast.Assign) and {ast.unparse(target) for target in node.targets} <= DOCUMENTATION)
    ]


def without_names(node: ast.stmt) -> str:
    """The code with its texts left out, so that only its form counts."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            part.value = ""
    return ast.unparse(node)


@pytest.mark.parametrize("kind", ["modules", "lookup", "action"])
def test_they_are_all_of_one_form(kind: str) -> None:
    files = sorted(set((PLUGINS / kind).glob("*.py")) - BY_HAND)
    forms = {"\n".join(map(without_names, code(file))) for file in files}
    assert len(files) > 2 and len(forms) == 1
    statements = [node for top in code(files[0]) for node in ast.walk(top) if isinstance(node, ast.stmt)]
    assert len(statements) <= MOST
