# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What dev/docs.py makes of pages before Sphinx reads them. That references lead somewhere is Sphinx's to tell (`make docs`)."""

from __future__ import annotations

import importlib
import typing as t
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path("docs/developing.md")
GITHUB = "https://github.com/telephony-pbx/telephony.pbx/blob/main"


@pytest.fixture
def docs(monkeypatch: pytest.MonkeyPatch) -> t.Any:
    """The module dev/docs.py."""
    monkeypatch.syspath_prepend(str(ROOT / "dev"))
    return importlib.import_module("docs")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use `jade_queue` here", "Use [`jade_queue`](../collection/jade_queue_module.rst) here"),
        ("`telephony.pbx.jade_queue`", "[`telephony.pbx.jade_queue`](../collection/jade_queue_module.rst)"),
        ("`jade_queues` is a role, `queues.yml` a file", "`jade_queues` is a role, `queues.yml` a file"),
        ("```console\n$ x `jade_queue`\n```\n", "```console\n$ x `jade_queue`\n```\n"),
        ("[`jade_queue`](endpoints.md#jade)", "[`jade_queue`](endpoints.md#jade)"),
        ("[lab](../roles/lab/README.md)", "[lab](../roles/lab/README.md)"),
        ("[list](../playbooks/edit_queues.yml#L3)", f"[list]({GITHUB}/playbooks/edit_queues.yml#L3)"),
        ("[site](https://example.com/a)", "[site](https://example.com/a)"),
        ("[nothing](../no/such/file.md)", "[nothing](../no/such/file.md)"),  # for Sphinx to refuse
    ],
)
def test_markdown(docs: t.Any, text: str, expected: str) -> None:
    """Modules' names become links, and links to what the site lacks lead to the repository; blocks of code stay."""
    assert docs.for_site(PAGE, text) == expected


def test_pages(docs: t.Any) -> None:
    """The site takes in all Markdown guides, and the READMEs of roles that can be run."""
    pages = {page.as_posix() for page in docs.markdown_pages()}
    assert {"docs/endpoints.md", "docs/developing.md", "roles/lab/README.md", "roles/jade_queues/README.md"} <= pages
    assert "roles/jade_list/README.md" not in pages


def test_reference(docs: t.Any, tmp_path: Path) -> None:
    """Pages lose the list of their sections, which this theme marks as an error; the navigation has short names."""
    contents = ".. contents::\n   :local:\n   :depth: 1\n\n"
    tree = ".. toctree::\n    :maxdepth: 1\n\n"
    guides = f"Guides\n------\n\n{tree}    docsite/fleet\n\n"
    index = f"Telephony.Pbx\n=============\n\n{contents}Text\n\n{guides}.. _plugin_index_for:\n\n"
    (tmp_path / "index.rst").write_text(f"{index}{tree}    jade_queue_module\n    jade_lookup\n", encoding="utf-8")
    (tmp_path / "jade_queue_module.rst").write_text(f"A\n=\n\n{contents}Synopsis\n", encoding="utf-8")
    docs.tidy_reference(tmp_path)
    title = "Modules, plugins and roles\n==========================\n\nText\n\n.. _plugin_index_for:\n\n"
    entries = "    jade_queue <jade_queue_module>\n    jade (lookup) <jade_lookup>\n"
    assert (tmp_path / "index.rst").read_text(encoding="utf-8") == title + tree + entries
    assert (tmp_path / "jade_queue_module.rst").read_text(encoding="utf-8") == "A\n=\n\nSynopsis\n"
