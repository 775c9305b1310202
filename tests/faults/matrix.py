# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All calls, all their requests, all faults, counted by system, kind of request and fault."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.calls import DETAIL, LIST, Call
from tests.faults.case import AFTER, BEFORE, LOGIN, PAGED, REFRESH, Baseline, Outcome, baseline, run_case
from tests.faults.ground import Ground, NotOffered
from tests.faults.variants import Variant, applies, variants
from tests.system.support.lab import Lab

# Systems whose tokens can be traded for new ones.
REFRESHING = ("yeastar", "ycm")
KIND_ORDER = (LOGIN, REFRESH, LIST, PAGED, DETAIL, BEFORE, "create", "update", "delete", "action", AFTER)
MISSES = 10
Cell = tuple[str, str, str]  # system, kind of request, fault
Case = tuple[Ground, Baseline, int, Variant]


@dataclass
class Matrix:
    """What came of the cases of each cell, and what is wrong."""

    cells: dict[Cell, Counter[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, case: Case, outcome: Outcome) -> None:
        """Count a case."""
        ground, base, number, variant = case
        if not outcome.struck:
            return
        cell = cell_of(case)
        self.cells.setdefault(cell, Counter())["red" if outcome.problems else outcome.how] += 1
        entry = base.entries[number]
        where = f"{base.call.title} ({ground.profile}), {variant.title}, request {number + 1}: {entry['method']} {entry['path']}"
        self.problems += [f"{where}: {problem}" for problem in outcome.problems]

    def run(self, cases: Iterable[Case], per_cell: int) -> Matrix:
        """Run so many cases of each cell, from wherever in the collection, in the same order each time.

        A case whose fault meets no request says nothing. Another one of its cell takes its place, a few times.
        """
        every, missed = list(cases), Counter[Cell]()
        for case in random.Random(0).sample(every, len(every)):
            cell = cell_of(case)
            if sum(self.cells.get(cell, Counter()).values()) >= per_cell or missed[cell] >= per_cell + MISSES:
                continue
            with case[0].hurried():
                outcome = run_case(*case)
            missed[cell] += not outcome.struck
            self.add(case, outcome)
        return self


def cell_of(case: Case) -> Cell:
    """Where a case is counted."""
    __, base, number, variant = case
    return base.call.system, base.kind_of(number), variant.title


def grounds(lab: Lab, folder: Path) -> Callable[[Call], list[Ground]]:
    """What gives the grounds of a call: for Jade both profiles."""
    made: dict[str, Ground] = {}

    def of(call: Call) -> list[Ground]:
        return [made.setdefault(profile, Ground(lab, profile, folder)) for profile in call.profiles]

    return of


def cases_of(ground: Ground, call: Call) -> Iterator[Case]:
    """Each request of a call with each fault that makes a difference there."""
    for refreshes in (False, True) if call.kind == LIST and call.system in REFRESHING else (False,):
        with ground.hurried():
            try:
                base = baseline(ground, call, refreshes=refreshes)
            except NotOffered:
                return
        for number in _worth_it(base):
            for variant in variants():
                lists = call.kind == LIST and not base.entries[number]["login"]
                if applies(variant, writes=base.writes(number), lists=lists):
                    yield ground, base, number, variant


def _worth_it(base: Baseline) -> list[int]:
    """The requests that are unlike the others: of the pages of a list the first, the second and the last."""
    if base.refreshes:
        return [number for number in range(len(base.entries)) if base.kind_of(number) == REFRESH]
    pages = [number for number in range(len(base.entries)) if base.kind_of(number) == PAGED]
    return [number for number in range(len(base.entries)) if number not in pages[2:-1]]
