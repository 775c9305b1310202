# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure tasks, loops, many hosts, large inventories and paging against the lab, side by side in one run.

It reports and asserts nothing: compare numbers of one run, they vary from machine to machine and minute to minute.
Run it with the Python of the environment whose ansible-core is to be measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_distance import run_distance, run_growth
from bench_inventory import run_fleet, run_made_up
from bench_lab import PROGRAMS, ROOT, BenchFailed, Programs, say
from bench_machine import copied_page, taken_by_others
from bench_paging import run_paging
from bench_report import Findings, as_json, as_text, target_table, write_page
from bench_tasks import run_hosts, run_tasks

PARTS: dict[str, Callable[[argparse.Namespace], Findings]] = {
    "tasks": lambda chosen: run_tasks(chosen.rounds, chosen.quick),
    "distance": lambda chosen: run_distance(chosen.rounds, chosen.quick),
    "growth": lambda chosen: run_growth(chosen.rounds, chosen.quick),
    "hosts": lambda chosen: run_hosts(chosen.rounds, chosen.quick),
    "made-up": lambda chosen: run_made_up(chosen.rounds, chosen.quick, chosen.full),
    "fleet": lambda chosen: run_fleet(chosen.rounds, chosen.quick),
    "paging": lambda chosen: run_paging(chosen.rounds, chosen.quick),
}
PAGE = ROOT / "docs" / "performance.md"
JSON = ROOT / ".build" / "bench.json"
ROUNDS, QUICK_ROUNDS = 3, 1


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer tasks, hosts and runs: shows that it works, measures little")
    parser.add_argument("--full", action="store_true", help="also stock Constructable with groups at 50 000 hosts: minutes more")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--rounds", type=int, help=f"runs of each, {ROUNDS} if not given")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)} even if not all was measured")
    chosen = parser.parse_args()
    chosen.rounds = max(1, chosen.rounds or (QUICK_ROUNDS if chosen.quick else ROUNDS))
    return chosen


def environment(chosen: argparse.Namespace) -> dict[str, Any]:
    """What the figures depend on, without a name of the machine."""
    version = subprocess.run(
        [str(PROGRAMS / "ansible"), "--version"], env=Programs().environment, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\[core ([^\]]+)\]", version)
    return {
        "ansible_core": found.group(1) if found else "unknown",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "copied_page_us": round(copied_page(), 2),
        "rounds": chosen.rounds,
        "quick": chosen.quick,
    }


def main() -> int:
    """Run the parts one after the other; one that fails leaves the results of the others."""
    chosen = arguments()
    measured, started, before = environment(chosen), time.monotonic(), taken_by_others()
    findings, failed = Findings(), dict[str, str]()
    for part in chosen.only or PARTS:
        try:
            findings.add(PARTS[part](chosen))
        except (BenchFailed, OSError, ValueError, KeyError) as error:
            failed[part] = f"{type(error).__name__}: {error}"
            say(f"{part} failed: {failed[part]}")
    measured["seconds"] = round(time.monotonic() - started)
    stolen, all_of_it = (now - then for now, then in zip(taken_by_others(), before))
    measured["taken_by_others_percent"] = round(100 * stolen / max(all_of_it, 1), 1)
    tables = [target_table(findings.ratios), *findings.tables]
    where = (
        f"ansible-core {measured['ansible_core']}, Python {measured['python']}, {measured['processors']} processors,"
        f" {measured['copied_page_us']} microseconds to copy a page after a fork,"
        f" {measured['taken_by_others_percent']} % of the processors taken by other machines."
    )
    print("\n\n".join([where, *map(as_text, tables)]))
    JSON.parent.mkdir(exist_ok=True)
    JSON.write_text(as_json(measured, findings, failed), encoding="utf-8")
    complete = not (failed or chosen.quick or chosen.only)
    if complete or chosen.write:
        write_page(PAGE, tables, f"Measured with {where}")
    told(JSON, "everything, each run by itself")
    told(PAGE, "written" if complete or chosen.write else "left as it is, since not all was measured")
    return 1 if failed else 0


def told(path: Path, what: str) -> None:
    """Say what became of a file."""
    say(f"{path.relative_to(ROOT)}: {what}")


if __name__ == "__main__":
    sys.exit(main())
