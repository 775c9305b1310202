# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, beside what is aimed at: as text, as Markdown, and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench_lab import BenchFailed, Cost

AT_MOST, AT_LEAST = "at most", "at least"
BEGIN, END = "<!-- Written by make bench: begin -->", "<!-- Written by make bench: end -->"


@dataclass(frozen=True)
class Ratio:
    """How many times of something else it takes: by the clock, and by processor time where that says something."""

    clock: float
    cpu: float | None = None


@dataclass(frozen=True)
class Target:
    """What a ratio is to be, by the clock. ``key``: the name under which a part reports it."""

    key: str
    text: str
    side: str
    limit: float

    def is_met_by(self, ratio: Ratio) -> bool:
        """Whether the ratio, to the digits that are shown, is on the right side."""
        shown = float(number(ratio.clock))
        return shown <= self.limit if self.side == AT_MOST else shown >= self.limit


GROUPS = "5 `keyed_groups`, 2 `compose`, 2 `groups`"
TARGETS = (
    Target("task / debug", "a task, in times of `debug`", AT_MOST, 1.3),
    Target("task less lab / debug", "the same, less what the lab itself computes for it", AT_MOST, 1.3),
    Target("loop / debug", "an item of a loop, in times of `debug`", AT_MOST, 2.0),
    Target("uri / task", "`ansible.builtin.uri`, in times of a task", AT_LEAST, 10.0),
    Target("uri / loop", "`ansible.builtin.uri` in a loop, in times of an item", AT_LEAST, 10.0),
    Target("far task / debug + trip", "a task 50 ms away, in times of `debug` and one round trip", AT_MOST, 1.1),
    Target("far item / trip", "an item of a loop 50 ms away, in times of one round trip", AT_MOST, 1.3),
    Target("ycm 10000 groups", f"10 000 Cloud PBXs with {GROUPS}, in times of without", AT_MOST, 1.4),
    Target("made-up 10000 groups", "10 000 made-up hosts with the same, in times of without", AT_MOST, 1.4),
    Target("made-up 10000 stock", "the same by Ansible's own `Constructable`, in times of ours", AT_LEAST, 5.0),
    Target("paging 8 / ideal", "a list at `api_concurrency: 8`, in times of latency alone", AT_MOST, 1.4),
    Target("paging 8 / requests", "the same, in times of a bare loop of `requests` and threads", AT_MOST, 1.05),
    Target("ycm 50000 / 10000", "50 000 Cloud PBXs, in times of 10 000", AT_MOST, 6.5),
    Target("ycm 50000 / 10000 groups", "the same with groups", AT_MOST, 6.5),
    Target("made-up 50000 / 10000", "50 000 made-up hosts, in times of 10 000", AT_MOST, 6.5),
    Target("made-up 50000 / 10000 groups", "the same with groups", AT_MOST, 6.5),
)


@dataclass(frozen=True)
class Table:
    """Rows of texts below a head. The notes say how to read it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


@dataclass
class Findings:
    """What a part found: tables for people, ratios by key, and the cost of each single run by what was run."""

    tables: list[Table] = field(default_factory=list)
    ratios: dict[str, Ratio] = field(default_factory=dict)
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def add(self, other: Findings) -> None:
        """Take in what another part found."""
        self.tables += other.tables
        self.ratios.update(other.ratios)
        self.costs.update(other.costs)


def ratio(cost: Cost, floor: Cost) -> Ratio:
    """One cost in times of another."""
    return Ratio(cost.wall / floor.wall, cost.cpu / floor.cpu if floor.cpu else None)


def number(value: float | None) -> str:
    """With as many digits as say something."""
    if value is None:
        return "-"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def thousands(value: int) -> str:
    """A count of hosts."""
    return f"{value:,}".replace(",", " ")


def target_table(ratios: Mapping[str, Ratio]) -> Table:
    """The targets beside what was measured."""
    rows = []
    for target in TARGETS:
        found = ratios.get(target.key)
        limit = f"{target.side} {target.limit:g}"
        if found is None:
            rows.append([target.text, "-", "-", limit, "not measured"])
        else:
            verdict = "met" if target.is_met_by(found) else "not met"
            rows.append([target.text, number(found.clock), number(found.cpu), limit, verdict])
    return Table("Targets", ["", "by the clock", "processor time", "target by the clock", ""], rows)


def as_text(table: Table) -> str:
    """A table for a terminal."""
    widths = [max(len(row[column]) for row in [table.head, *table.rows]) for column in range(len(table.head))]
    lines = [table.title]
    for row in [table.head, ["-" * width for width in widths], *table.rows]:
        cells = (cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(zip(row, widths)))
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join([*lines, *(f"  {note}" for note in table.notes)])


def as_markdown(table: Table) -> str:
    """A table for the page."""
    lines = [f"### {table.title}", "", _row(table.head), "|---" + "|--:" * (len(table.head) - 1) + "|"]
    lines += [_row(row) for row in table.rows]
    for note in table.notes:
        lines += ["", note]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def write_page(page: Path, tables: Sequence[Table], circumstances: str) -> None:
    """Put the tables between the page's marks; the rest of it is written by people. Raises BenchFailed."""
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise BenchFailed(f"{page.name} lacks the marks between which the tables belong")
    measured = "\n\n".join([circumstances, *map(as_markdown, tables)])
    marked = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    page.write_text(marked.sub(lambda dummy: f"{BEGIN}\n\n{measured}\n\n{END}", text), encoding="utf-8")


def as_json(environment: Mapping[str, Any], findings: Findings, failed: Mapping[str, str]) -> str:
    """Everything: ratios with their targets, tables, and each single run."""
    known = {target.key: target for target in TARGETS}
    ratios = {}
    for key, found in findings.ratios.items():
        target = known.get(key)
        ratios[key] = {**asdict(found), "target": None, "met": None}
        if target:
            ratios[key].update(target=f"{target.side} {target.limit:g}", met=target.is_met_by(found))
    content = {
        "environment": environment,
        "ratios": ratios,
        "tables": [asdict(table) for table in findings.tables],
        "runs": {name: [asdict(cost) for cost in costs] for name, costs in findings.costs.items()},
        "failed": dict(failed),
    }
    return json.dumps(content, indent=2) + "\n"
