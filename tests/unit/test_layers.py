# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports point down the layers of docs/developing.md, never up; no two files need each other; files and functions stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"
LAB = ROOT / "roles/lab/files"
PACKAGE = "ansible_collections.telephony.pbx.plugins"
# From the bottom up; the folders of one tuple don't import each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("module_utils/_http",),
    ("module_utils/_model",),
    ("module_utils/_auth",),
    ("module_utils/_engine",),
    ("module_utils/_systems",),
    ("module_utils/_faces",),
    ("plugin_utils",),
    ("action", "doc_fragments", "filter", "inventory", "lookup", "modules", "test"),
)
SYSTEMS = "module_utils/_systems"
FILES = sorted(path.relative_to(PLUGINS) for path in PLUGINS.rglob("*.py"))
LAB_FILES = sorted(path.relative_to(LAB) for path in LAB.rglob("*.py"))


def layer(path: Path) -> int:
    """The number of a file's layer, counted from the bottom."""
    (found,) = (number for number, folders in enumerate(LAYERS) for folder in folders if path.is_relative_to(folder))
    return found


def imports(path: Path, source: str, files: list[Path], package: str = "") -> Iterator[Path]:
    """Those of the files that a file imports, also inside functions and for type checking."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "").removeprefix(package).lstrip(".").replace(".", "/")
            base = path.parents[node.level - 1] / module if node.level else Path(module)
            names = [base.with_suffix(".py"), *(base / f"{alias.name}.py" for alias in node.names)]
            yield from (name for name in names if name in files)


def graph(folder: Path, files: list[Path], package: str = "") -> dict[Path, list[Path]]:
    """What each file imports."""
    sources = {path: (folder / path).read_text(encoding="utf-8") for path in files}
    return {path: sorted(set(imports(path, source, files, package))) for path, source in sources.items()}


GRAPH = graph(PLUGINS, FILES, PACKAGE)


def upward(graph: dict[Path, list[Path]]) -> list[str]:
    """Imports that point up, and those from one system to another."""
    found = [f"{one} imports {other}" for one, others in graph.items() for other in others if layer(other) > layer(one)]
    between = [
        f"{one} imports {other}"
        for one, others in graph.items()
        for other in others
        if {one.parent.parent, other.parent.parent} == {Path(SYSTEMS)} and one.parent != other.parent
    ]
    return found + between


def circles(graph: dict[Path, list[Path]]) -> list[str]:
    """Each circle of imports, once for each file at which it is met again."""
    done: set[Path] = set()
    found: list[str] = []

    def visit(path: Path, trail: tuple[Path, ...]) -> None:
        if path in trail:
            found.append(" -> ".join(map(str, (*trail[trail.index(path) :], path))))
        elif path not in done:
            for other in graph[path]:
                visit(other, (*trail, path))
            done.add(path)

    for start in graph:
        visit(start, ())
    return found


def test_every_file_has_a_layer() -> None:
    assert all(layer(path) >= 0 for path in FILES)
    assert len({layer(other) for others in GRAPH.values() for other in others}) == len(LAYERS)


def test_no_import_points_up() -> None:
    assert upward(GRAPH) == []


def test_no_circle() -> None:
    assert circles(GRAPH) == []
    assert circles(graph(LAB, LAB_FILES)) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("module_utils/_http/retry.py", "from .._model.options import Option"),
        ("module_utils/_http/retry.py", f"from {PACKAGE}.module_utils._engine import plan"),
        ("module_utils/_engine/plan.py", "def late():\n    from .._systems.jade import trunk"),
        ("module_utils/_systems/ycm/client.py", "from ..yeastar.client import YEASTAR"),
    ],
)
def test_an_upward_import_is_found(path: str, line: str) -> None:
    assert upward({Path(path): list(imports(Path(path), line, FILES, PACKAGE))})


def test_a_circle_is_found() -> None:
    here, there = Path("module_utils/_http/retry.py"), Path("module_utils/_http/paging.py")
    assert circles({here: [there], there: [here]})


def written_by_hand(path: Path) -> bool:
    return "Written by dev/generate.py" not in (PLUGINS / path).read_text(encoding="utf-8")[:1000]


HANDWRITTEN = [path for path in FILES if written_by_hand(path)]


def test_no_file_is_longer_than_300_lines() -> None:
    assert len(HANDWRITTEN) > 100
    lengths = {str(path): len((PLUGINS / path).read_text(encoding="utf-8").splitlines()) for path in HANDWRITTEN}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    functions = [
        (path, node)
        for path in HANDWRITTEN
        for node in ast.walk(ast.parse((PLUGINS / path).read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    assert [(str(path), node.name) for path, node in functions if (node.end_lineno or 0) - node.lineno >= 40] == []
