# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a list page by page, against what latency alone would take and against a loop of bare requests."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

from bench_lab import ROOT, BenchFailed, Cost, Lab, alternate, median
from bench_report import Findings, Ratio, Table, number, ratio, thousands
from fetch import PAGE_SIZE

LATENCY = 0.1  # seconds: large enough that it isn't the lab's own processor time that counts
CONCURRENCIES = (1, 8, 16)
OURS, SHARED, EACH, SAME = "ours", "one session", "session per thread", "same requests"
TITLES = {
    OURS: "ours",
    SHARED: "bare `requests`, one session",
    EACH: "bare `requests`, a session per thread",
    SAME: "bare `requests`, the same requests as ours",
}
SCRIPT = str(Path(__file__).with_name("fetch.py"))


def ideal_seconds(pages: int, concurrency: int) -> float:
    """What latency alone takes: the first page tells how many there are, the others come as many at once as may be."""
    return LATENCY * (1 + math.ceil((pages - 1) / concurrency))


def run_paging(rounds: int, quick: bool) -> Findings:
    """All Cloud PBXs, at several concurrencies."""
    hosts = 2000 if quick else 20_000
    pages = math.ceil(hosts / PAGE_SIZE)
    findings, rows = Findings(), []
    with Lab(hosts) as lab:
        account = {part: lab.environment[f"YCM_{part.upper()}"] for part in ("client_id", "client_secret")}
        login = {"grant_type": "client_credentials", **account}
        token = lab.call("POST", "/ycm/dm/open_api/oauth/token", form=login)["access_token"]  # type: ignore[index]
        variables = {"YCM_TOKEN": token, "PYTHONPATH": str(ROOT / ".build" / "collections")}
        lab.call("POST", "/_lab/set", {"latency": LATENCY})
        for concurrency in CONCURRENCIES:

            def read(way: str, concurrency: int = concurrency) -> Cost:
                whole, text = lab.run("python", SCRIPT, way, str(concurrency), **variables)
                found = json.loads(text)
                if found["rows"] != hosts:
                    raise BenchFailed(f"{found['rows']} Cloud PBXs were read in place of {hosts}")
                return replace(whole, wall=found["wall"], cpu=found["cpu"])  # without loading Python

            # One by one takes long, hardly varies, and needs one session.
            ways = TITLES if concurrency > 1 else (OURS, SHARED)
            cases = {way: lambda way=way, read=read: read(way) for way in ways}
            costs = alternate(rounds if concurrency > 1 else 1, cases, f"paging, {concurrency} at once")
            findings.costs.update({f"paging {concurrency}: {way}": runs for way, runs in costs.items()})
            middle = {way: median(runs) for way, runs in costs.items()}
            ideal = ideal_seconds(pages, concurrency)
            findings.ratios.update(ratios(concurrency, middle, ideal))
            rows += [row(concurrency, way, cost, middle[OURS], ideal) for way, cost in middle.items()]
    findings.tables.append(
        Table(
            f"{thousands(hosts)} Cloud PBXs: {pages} pages of {PAGE_SIZE}, {1000 * LATENCY:.0f} ms latency",
            ["at once", "", "s", "in ideal", "ours in this", "cpu s", "lab's cpu s", "MB"],
            rows,
            [
                f"Medians of {rounds} runs in turn (one run at 1). Ideal: latency * (1 + ceil((pages - 1) / at once)). No login,"
                " and the loading of Python isn't counted.",
                "Ours reads the last page before those in between, and the first and the last again at the end, so that no row is"
                " lost that moves meanwhile; where the last page is full, it looks for one behind it. That is up to four requests"
                " and two latencies more than the bare loop.",
            ],
        )
    )
    return findings


def ratios(concurrency: int, costs: dict[str, Cost], ideal: float) -> dict[str, Ratio]:
    """Ours against the ideal, against the quicker of the bare loops, and against a loop that sends the same requests."""
    mine = costs[OURS]
    quicker = min((costs[way] for way in (SHARED, EACH) if way in costs), key=lambda cost: cost.wall)
    found = {
        f"paging {concurrency} / ideal": Ratio(mine.wall / ideal),
        f"paging {concurrency} / requests": ratio(mine, quicker),
    }
    if SAME in costs:
        found[f"paging {concurrency} / same requests"] = ratio(mine, costs[SAME])
    return found


def row(concurrency: int, way: str, cost: Cost, mine: Cost, ideal: float) -> list[str]:
    """A row of the table."""
    figures = (cost.wall, cost.wall / ideal, mine.wall / cost.wall, cost.cpu, cost.lab)
    return [str(concurrency), TITLES[way], *map(number, figures), f"{cost.memory:.0f}"]
