# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates become text. A template lies in templates/ where the file that it makes lies in the collection."""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import yaml

from generator.docs import connection_docs, option_doc, option_docs, return_docs

TEMPLATES = "dev/generator/templates"
# The first line of the header of each generated file. Files that have it, but are no longer generated, are removed.
MARK = "Written by dev/generate.py from these files."


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # six times as fast, where PyYAML is built with it


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def inline(data: t.Any) -> str:
    """Any value as YAML on one line."""
    return json.dumps(data, ensure_ascii=False)


def tidy(text: str) -> str:
    """YAML text as people write it: no needless quotes, one entry a line, long lines wrapped. Comments are lost."""
    data = yaml.load(text, Loader=_LOADER)
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=100, allow_unicode=True, default_flow_style=False)


def literal(value: t.Any) -> str:
    """A value as a Jinja expression has it."""
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _environment() -> jinja2.Environment:
    """Delimiters of its own, because half of what is written is Jinja for Ansible."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters = (inline, tidy, literal, option_doc, option_docs, return_docs, connection_docs)
    environment.filters.update({function.__name__: function for function in filters})
    environment.globals["mark"] = MARK
    return environment


ENVIRONMENT = _environment()


@dataclass(frozen=True)
class File:
    """One file that is generated.

    * ``path``: in the collection. ``template``: below templates, without its suffix C(.j2).
    * ``sources``: the files in which people change what the template is filled with. ``data``: what it is filled with.
    """

    path: str
    template: str
    sources: tuple[str, ...] = ()
    data: dict[str, t.Any] = field(default_factory=dict)

    def text(self) -> str:
        """The whole file. Raises jinja2.UndefinedError if the template names what ``data`` lacks."""
        sources = (*self.sources, f"{TEMPLATES}/{self.template}.j2")
        return ENVIRONMENT.get_template(f"{self.template}.j2").render(self.data, sources=sources)
