# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every call and every field of Jade's API document, and of what was seen of the real server, is served by a module.

``jade-document-headings.txt`` holds the headings of the API document with the methods that it lists under each (``-``: the
document has nothing but the heading), ``jade-facts-calls.txt`` the calls that the newest published server takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data"
ROW = re.compile(r"^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \| `(\w+)` \|$")
DETAIL = re.compile(r"<\w+>|\{\w+\}")
# The document's heading says auth, its calls and the server auths.
MISPRINTED = {"/admin/pjsip/auth": "/admin/pjsip/auths", "/admin/pjsip/auth/<detail>": "/admin/pjsip/auths/<detail>"}
# Calls that no module needs, since another call gives the same on all servers.
NOT_NEEDED = {("GET", "/me/buddies/<detail>"): "the list has the same, and old servers have nothing else"}
RESOURCES = REGISTERED["jade"].resources


def table() -> dict[tuple[str, str], list[str]]:
    """The table of docs/endpoints.md for Jade: method and path, with the modules."""
    section = (ROOT / "docs" / "endpoints.md").read_text(encoding="utf-8").partition("### Jade\n")[2].partition("\n### ")[0]
    found: dict[tuple[str, str], list[str]] = {}
    for line in section.splitlines():
        match = ROW.match(line)
        if match:
            found.setdefault((match[1], DETAIL.sub("<detail>", match[2])), []).append(match[3])
    return found


def listed(file: str) -> Iterator[tuple[str, str]]:
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        path, *methods = line.split()
        path = DETAIL.sub("<detail>", MISPRINTED.get(path, path)).removeprefix("/v1")
        yield from ((method, path) for method in methods if (method, path) not in NOT_NEEDED)


HEADINGS = sorted(set(listed("jade-document-headings.txt")))
FACTS = sorted(set(listed("jade-facts-calls.txt")))


def test_the_lists_are_whole() -> None:
    paths = {path for dummy, path in HEADINGS}
    assert len({DETAIL.sub("", path).rstrip("/") for path in paths}) == 39
    assert len(HEADINGS) > 90 and len(FACTS) > 110


@pytest.mark.parametrize(("method", "path"), HEADINGS)
def test_the_document_is_served(method: str, path: str) -> None:
    if method == "-":  # a heading and nothing else: the facts tell what there is
        found = [call for call in FACTS if call[1] == path]
        assert found and set(found) <= set(table())
    else:
        assert table().get((method, path))


@pytest.mark.parametrize(("method", "path"), FACTS)
def test_the_server_is_served(method: str, path: str) -> None:
    assert table().get((method, path))


def test_each_module_of_the_table_is_there() -> None:
    modules = {module for found in table().values() for module in found}
    assert modules == {path.stem for path in (ROOT / "plugins" / "modules").glob("jade_*.py")}


def examples() -> Iterator[tuple[str, Any]]:
    """Path without base, and result, of each read that is printed in the document or was recorded."""
    for file, reply in (("jade-documented-examples.jsonl", "reply"), ("jade-f31439d.jsonl", "response")):
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            example = json.loads(line)
            answer = example[reply]
            if example["method"] == "GET" and isinstance(answer, dict) and "result" in answer:
                yield re.sub(r"^/v1", "", example["path"]), answer["result"]


def resource_of(path: str) -> Resource | None:
    """Who reads this path: as its own, or else on the way to something else."""
    found = [
        (template not in (resource.list_path, resource.detail_path), number)
        for number, resource in enumerate(RESOURCES)
        for dummy, template in resource.calls
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path)
    ]
    return RESOURCES[min(found)[1]] if found else None


def names(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Names on the wire; what is inside of an object as a dict, anything as None."""
    found: dict[str, Any] = {}
    for field in fields:
        inside = found
        for part in field.path[:-1]:
            inside = inside.setdefault(part, {})
        inside[field.path[-1]] = names(field.fields) or None
        found.update(dict.fromkeys(field.old))
    return found


def uncovered(row: Any, known: dict[str, Any] | None, where: str = "") -> Iterator[str]:
    if isinstance(row, list):
        for item in row:
            yield from uncovered(item, known, where)
    elif isinstance(row, dict) and known is not None and "*" not in known:
        for key, value in row.items():
            if key not in known:
                yield where + key
            else:
                yield from uncovered(value, known[key], f"{where}{key}.")


# Two examples of the document still call the paths of before /admin.
OLDER_PATHS = ("/park/parkedcalls", "/pjsip/contacts")
CASES = [(path, result) for path, result in examples() if path != "/ping"]


@pytest.mark.parametrize(("path", "result"), CASES, ids=[path for path, dummy in CASES])
def test_every_field_is_described(path: str, result: Any) -> None:
    resource = resource_of("/admin" + path if path.startswith(OLDER_PATHS) else path)
    assert resource, "no module reads this"
    rows = result.get("list", result) if isinstance(result, dict) else result
    assert sorted(set(uncovered(rows, names(resource.fields)))) == []
