# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names for hosts: from fields or templates, each unique."""

from __future__ import annotations

import typing as t
from collections import Counter

from ..module_utils._http.errors import BadInput, series
from .entry import Entry

SUFFIX = "suffix"
TEMPLATE_MARKS = ("{{", "{%", "{#")
BRACES = str.maketrans("{}", "()")
OWN_MARKS = "#jinja2:"  # what a text begins with that says itself which marks are those of templates
Variables = t.Dict[str, t.Any]
Template = t.Callable[[str, Variables], str]


def host_names(
    entries: list[Entry], variables: list[Variables], taken: t.Collection[str], on_clash: str, template: Template
) -> list[str]:
    """One name per entry. Raises BadInput that names both objects where two would get the same one.

    ``taken``: names that other hosts have already. With C(suffix) every object that shares its name gets its ID behind it,
    so that names don't depend on the order of the list.
    """
    names = [_name(entry, known, template) for entry, known in zip(entries, variables)]
    counted = Counter([*taken, *names])
    if len(counted) == len(taken) + len(names):
        return names
    if on_clash == SUFFIX:
        names = [
            f"{name}_{entry.object[entry.resource.key]}" if counted[name] > 1 else name
            for name, entry in zip(names, entries)
        ]
        counted = Counter([*taken, *names])
    for name, count in counted.items():
        if count > 1:
            owners = [f"{entry.resource.title} {entry.pbx_id}" for found, entry in zip(names, entries) if found == name]
            raise BadInput(
                f"two hosts would get the name {name!r}: {series([*owners, 'another kind of object'][:2])}",
                hint="Add a field that tells them apart, or set on_host_clash: suffix",
            )
    return names


def _name(entry: Entry, variables: Variables, template: Template) -> str:
    for text in entry.hostnames or []:
        if "{{" in text or "{%" in text:
            name = template(text, variables)
        elif text in entry.object:
            name = str(entry.object[text] or "")
        else:
            raise BadInput(f"hostnames holds {text!r}, which is neither a template nor a field of a {entry.resource.title}")
        if name.strip():
            return _harmless(name)
    return _harmless(entry.default_name) or entry.pbx_id


def _harmless(name: str) -> str:
    """On one line, and no template: up to ansible-core 2.18 C(inventory_hostname) is templated wherever it is used.

    A PBX that somebody has named like one would otherwise run what it says in the controller.
    """
    name = " ".join(name.split())
    if name.startswith(OWN_MARKS):
        name = "(" + name
    return name.translate(BRACES) if any(mark in name for mark in TEMPLATE_MARKS) else name
