# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of scenarios: their files, what is declared at their heads, and which of their runs share a process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import ROOT

SCENARIOS = ROOT / "tests" / "scenarios"
OTHER_SETTINGS = {"jade", "ycm", "telecomx", "aicc", "latency"}
RUNS = ("check", "real", "again", "check again")
CONTINUED = "#   "  # a declaration goes on in the next line
HEAD = re.compile(r"^# (profiles|setup|warns|varies|always changes)(?:: (.+))?$")


@dataclass(frozen=True)
class Step:
    """One playbook of a scenario."""

    file: Path

    @cached_property
    def head(self) -> dict[str, list[str]]:
        """The declarations at the file's head."""
        found: dict[str, list[str]] = {}
        texts: list[str] = []
        for line in self.file.read_text(encoding="utf-8").splitlines()[1:]:
            if not line.startswith("#"):
                break
            match = HEAD.match(line)
            if match:
                texts = found.setdefault(match.group(1), [])
                texts.append(match.group(2) or "")
            elif found and line.startswith(CONTINUED):
                texts[-1] += line[len(CONTINUED) - 1 :]
        return found

    @property
    def warns(self) -> list[str]:
        """Warnings that have to appear."""
        return self.head.get("warns", [])

    @property
    def varies(self) -> set[str]:
        """Parts of results that aren't the same in each run."""
        return {name for text in self.head.get("varies", []) for name in text.split()}

    @property
    def always_changes(self) -> bool:
        """Whether it can't be idempotent."""
        return "always changes" in self.head

    def is_for(self, profile: str) -> bool:
        """Whether the step is meant for this profile."""
        return profile in self.head.get("profiles", [profile])

    def set_up(self, lab: Lab, profile: str) -> None:
        """Bring the lab into the state that the step expects."""
        for text in self.head.get("setup", []):
            wanted = json.loads(text)
            lab.set(**(wanted if OTHER_SETTINGS & wanted.keys() else {"jade": profile, **wanted}))

    @property
    def module(self) -> str:
        """The module that it is about."""
        return self.file.parent.name

    @property
    def plays(self) -> int:
        """How many plays it has."""
        return len(yaml.safe_load(self.file.read_text(encoding="utf-8")))

    @property
    def passwords(self) -> set[str]:
        """Every password that is written in it."""
        return set(_passwords(yaml.safe_load(self.file.read_text(encoding="utf-8")))) - {""}


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary in it, at any depth."""
    if isinstance(tree, dict):
        yield tree
    for item in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(item)


def _passwords(tree: Any) -> Iterator[str]:
    for node in nodes(tree):
        for name, value in node.items():
            if isinstance(value, str) and name.endswith("password") and name != "update_password" and "{{" not in value:
                yield value


@dataclass(frozen=True)
class Part:
    """One of the four runs of a step."""

    step: Step
    name: str

    @property
    def is_check(self) -> bool:
        """Whether it is in check mode."""
        return self.name.startswith("check")

    @property
    def is_second(self) -> bool:
        """Whether it must not find anything to do."""
        return self.name.endswith("again") and not self.step.always_changes

    @property
    def may_write(self) -> bool:
        """Whether it may send anything but questions."""
        return not self.is_check and not self.is_second

    @property
    def title(self) -> str:
        """The step and the run."""
        return f"{self.step.file.relative_to(SCENARIOS)} ({self.name})"


def steps_of(module: str, profile: str) -> list[Step]:
    """The steps of a module's scenario, in order."""
    steps = [Step(file) for file in sorted((SCENARIOS / module).glob("*.yml"))]
    return [step for step in steps if step.is_for(profile)]


def batches(steps: dict[str, list[Step]]) -> Iterator[list[Part]]:
    """Which parts share a process, whose start costs most: neighbors of the same mode.

    Scenarios go side by side: the first steps of all modules, then the second ones. A step that has to be set up begins a
    new process.
    """
    batch: list[Part] = []
    for row in zip_longest(*steps.values()):
        present = [step for step in row if step]
        turns = [[Part(step, "check") for step in present]]
        turns.append([Part(step, name) for step in present for name in ("real", "again")])
        turns.append([Part(step, "check again") for step in present])
        for number, turn in enumerate(turns):
            starts_afresh = number == 0 and any("setup" in step.head for step in present)
            if batch and (starts_afresh or batch[0].is_check != turn[0].is_check):
                yield batch
                batch = []
            batch += turn
    if batch:
        yield batch
