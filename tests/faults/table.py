# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the fault matrix, print it as tables, and write them to docs/faults.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from telephony_lab import process
from tests.faults.calls import calls
from tests.faults.case import RECOVERED, TOLD
from tests.faults.ground import LAB
from tests.faults.matrix import KIND_ORDER, Matrix, cases_of, grounds
from tests.faults.variants import variants
from tests.system.support.lab import Lab

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "faults.md"
TITLES = {"jade": "Jade", "yeastar": "Yeastar P-Series", "ycm": "Yeastar Central Management", "telecomx": "TelecomX",
          "aicc": "Huawei AICC"}  # fmt: skip
HEAD = """# What faults come to

Each request of each module's calls can be made to meet each fault that the lab can inject, in both profiles of Jade, and what the
module then says is compared with what is there. `make faults` does so with up to three cases of each cell, taken from all
modules, and writes this page; `make faults FAULTS="--per-cell 0"` takes all, and hours. `make test` has one case of each cell.

A cell has two numbers: in how many cases the task **succeeded** all the same with everything done as asked, and in how many it
failed with **one line** that tells the cause and what has become of the system (`error.effect`). A case is red, and counted as
such, if a task does anything else: a traceback, a hang, a secret in the message, a success with something missing, done twice
or done to something else, a failure that says nothing of what was changed, and a next run that doesn't put right what was left.
An empty cell is a fault that makes no difference there: only lists have rows that move, and reading has no effect.
"""


def tables(matrix: Matrix) -> str:
    """All tables as Markdown."""
    parts = []
    for system, title in TITLES.items():
        there = {kind for of, kind, _fault in matrix.cells if of == system}
        kinds = [kind for kind in KIND_ORDER if kind in there]
        rows = [["fault", *kinds], ["---"] * (len(kinds) + 1)]
        for fault in (variant.title for variant in variants()):
            found = [_cell(matrix.cells.get((system, kind, fault))) for kind in kinds]
            if any(found):
                rows.append([fault, *found])
        parts.append(f"## {title}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(parts)


def _cell(counts: Counter[str] | None) -> str:
    if not counts:
        return ""
    red = f", **{counts['red']} red**" if counts["red"] else ""
    return f"{counts[RECOVERED]} / {counts[TOLD]}{red}"


def summary(matrix: Matrix, every: int) -> str:
    """How many cases there were, in one line."""
    total: Counter[str] = sum(matrix.cells.values(), Counter())
    return (
        f"{sum(total.values())} of {every} cases, in {len(matrix.cells)} cells: {total[RECOVERED]} succeeded all the same,"
        f" {total[TOLD]} were told in one line, {total['red']} are red."
    )


def main() -> int:
    """Run it. Returns 1 if a case is red."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="only these modules; then nothing is written")
    parser.add_argument("--per-cell", type=int, default=3, help="so many cases of each cell (default: %(default)s); 0: all")
    arguments = parser.parse_args()
    matrix = Matrix()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lab = Lab.start(folder / "lab", *LAB)
        try:
            of = grounds(lab, folder)
            wanted = [call for call in calls() if not arguments.modules or call.module in arguments.modules]
            every = [case for call in wanted for ground in of(call) for case in cases_of(ground, call)]
            matrix.run(every, arguments.per_cell or len(every))
        finally:
            process.stop(folder / "lab")
    print("\n".join(matrix.problems), file=sys.stderr)
    text = f"{summary(matrix, len(every))}\n\n{tables(matrix)}\n"
    print(text)
    if not arguments.modules:
        PAGE.write_text(f"{HEAD}\n{text}", encoding="utf-8")
    return 1 if matrix.problems else 0


if __name__ == "__main__":
    sys.exit(main())
