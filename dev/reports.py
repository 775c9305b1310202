# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pytest's reports say: how many tests passed, and which were the slowest."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree


def count_tests(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests in a report; no tests where there is no report."""
    if not report.is_file():
        return 0, 0, 0
    total = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return max(total - failed - skipped, 0), failed, skipped


def slowest_tests(reports: Iterable[Path], count: int = 10) -> list[str]:
    """A line for each of the slowest tests of all reports: seconds with their fixtures, stage, test; slowest first."""
    return [f"{seconds:>8.1f}  {stage}: {test}" for seconds, stage, test in heapq.nlargest(count, _times(reports))]


def _times(reports: Iterable[Path]) -> Iterator[tuple[float, str, str]]:
    """Seconds, stage and name of each test."""
    for report in reports:
        if report.is_file():
            for case in ElementTree.parse(report).getroot().iter("testcase"):
                yield float(case.get("time", 0)), report.stem, f"{case.get('classname')}::{case.get('name')}"
