# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles that bring a PBX to what a list says, the playbooks that run them, and their surveys for AWX."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field
from generator.docs import Doc, option_doc
from generator.facts import MODULE, SHARED_OPTIONS, Module
from generator.rendering import File

SOURCE = "dev/generator/lists.yml"
WRITTEN = ("README.md", "defaults/main.yml", "meta/main.yml", "tasks/main.yml", "vars/main.yml")
SPEC = "meta/argument_specs.yml"
AWX = "playbooks/files/awx"
_MARKUP = re.compile(r"\b(?:O|RV)\(([^)]*)\)")


@dataclass(frozen=True)
class List:
    """An entry of lists.yml, which explains them.

    * ``settings``: the role's defaults, by names without the role's prefix. ``sources``: the files that all this is from.
    """

    role: str
    title: str
    modules: tuple[Module, ...]
    by_hand: bool
    settings: dict[str, t.Any]
    example: str
    playbook: str
    variable: str
    does: str
    entries: str
    call: str
    sources: tuple[str, ...]

    @property
    def module(self) -> Module:
        """The module that names and removes entries."""
        return self.modules[0]

    @property
    def play(self) -> str:
        """What the playbook's play is called."""
        return self.playbook.replace("_", " ").capitalize()

    @property
    def key(self) -> str:
        """The option that names an entry."""
        return self.module.resource.key

    @property
    def info_module(self) -> str:
        """The module that lists what there is."""
        return self.module.resource.info_module

    @property
    def shared_options(self) -> list[Field]:
        """Options of the modules that are given once for the whole list."""
        return [option for option in SHARED_OPTIONS if option.name in self.settings]

    @property
    def entry_options(self) -> Doc:
        """Options of all its modules, as far as they can be given for one entry."""
        found: Doc = {}
        for field in (field for module in self.modules for field in module.options):
            doc = plain_option_doc(field)
            doc.pop("default", None)  # the module's own counts
            if field.name == self.key:
                doc["required"] = True
            found.setdefault(field.name, doc)
        return found


def plain_option_doc(field: Field) -> Doc:
    """Without references to options, which are a module's own and would be looked for among the role's."""
    doc = option_doc(field)
    return {**doc, "description": [_MARKUP.sub(lambda match: f"C({match[1]})", text) for text in doc["description"]]}


def files(root: Path) -> t.Iterator[File]:
    """All files of all lists."""
    for item in lists(root):
        data = {"list": item, "role": item.role}
        for name in () if item.by_hand else WRITTEN:
            yield File(f"roles/{item.role}/{name}", f"roles/list/{name}", item.sources, data)
        if item.modules:
            sources = (*dict.fromkeys(module.source for module in item.modules), *item.sources)
            docs = {"shared_options": {option.name: plain_option_doc(option) for option in item.shared_options}}
            yield File(f"roles/{item.role}/{SPEC}", f"roles/list/{SPEC}", sources, {**data, **docs})
        yield File(f"playbooks/{item.playbook}.yml", "playbooks/list.yml", item.sources, data)
        for folder in ("surveys", "project"):
            yield File(f"{AWX}/{folder}/{item.playbook}.yml", f"{AWX}/{folder}/list.yml", item.sources, data)


def lists(root: Path) -> t.Iterator[List]:
    """The entries of lists.yml."""
    for role, entry in yaml.safe_load((root / SOURCE).read_text()).items():
        entry = {"title": "", "modules": (), "by_hand": False, "example": "", "call": f"-e @{entry['variable']}.yml", **entry}
        entry["modules"] = tuple(MODULE[name] for name in entry["modules"])
        own_defaults = f"roles/{role}/defaults/main.yml"
        if not entry["by_hand"]:
            yield List(role=role, settings=_defaults(entry["modules"]), sources=(SOURCE,), **entry)
        elif (root / own_defaults).exists():
            defaults = yaml.safe_load((root / own_defaults).read_text())
            settings = {name.removeprefix(f"{role}_"): value for name, value in defaults.items()}
            yield List(role=role, settings=settings, sources=(SOURCE, own_defaults), **entry)
        else:
            yield List(role=role, settings={}, sources=(SOURCE,), **entry)


def _defaults(modules: tuple[Module, ...]) -> dict[str, t.Any]:
    names = {field.name for module in modules for field in module.options}
    found = {option.name: option.default for option in SHARED_OPTIONS if option.name in names}
    if "update_password" in found:
        found["new_password"] = ""
    return {**found, "purge": False, "purge_limit": 5}
