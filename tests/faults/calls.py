# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that meet faults: all lists and single objects of all info modules, and the writes of calls.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from tests.system.support.lab import PROFILES

FILE = Path(__file__).with_name("calls.yml")
LIST, DETAIL, GROUND = "list", "detail", "ground"
Options = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One task. ``ground``: modules and options of the tasks before it."""

    module: str
    kind: str
    options: Options = field(hash=False)
    ground: tuple[tuple[str, Options], ...] = field(default=(), hash=False)
    number: int = 0
    profile: str = ""

    @property
    def system(self) -> str:
        """The system that it is sent to."""
        return str(self.options.get("system") or self.module.split("_")[0])

    @property
    def key(self) -> str:
        """Of an info module or a raw list: the field that makes a row unique."""
        resource = MODULES[self.module].resource
        return str(self.options["key"]) if resource is None else resource.detail_key or resource.key

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.kind in (LIST, DETAIL)

    @property
    def profiles(self) -> tuple[str, ...]:
        """Profiles of Jade with which it makes a difference."""
        if self.profile:
            return (self.profile,)
        return PROFILES if self.system == "jade" else PROFILES[:1]

    @property
    def title(self) -> str:
        """For people."""
        return f"{self.module} {self.kind}" + (f" {self.number}" if self.number else "")


def calls() -> list[Call]:
    """All calls, those of one module after each other."""
    text = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [*_reads(text["reads"]), *_writes(text["writes"])]


def _reads(text: dict[str, Options]) -> Iterator[Call]:
    for module in MODULES:
        if isinstance(MODULES[module], StateModule):
            continue
        item = MODULES[module].resource
        options = dict(text.get(module, {}))
        profile = options.pop("profile", "")
        yield Call(module, LIST, options, profile=profile)
        if item is not None and item.detail_key:
            scope = {option.name for option in item.scope}
            here = {name: value for name, value in options.items() if name in scope}
            wanted = f"$[0].{item.plural}[0].{item.detail_key} || 'nobody'"
            yield Call(module, DETAIL, {**here, item.detail_key: wanted}, ((module, options),), profile=profile)


def _writes(text: dict[str, list[dict[str, Options]]]) -> Iterator[Call]:
    for module, steps in text.items():
        before: tuple[tuple[str, Options], ...] = ()
        for number, step in enumerate(steps):
            ((kind, options),) = step.items()
            options = dict(options)
            name, profile = options.pop("module", module), options.pop("profile", "")
            if kind != GROUND:
                yield Call(name, kind, options, before, number, profile)
            before = (*before, (name, options))
