# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bench makes of its numbers: medians, ratios, targets, pages. The numbers are made up; nothing is measured."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import typing as t
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROCESSORS = {
    "ansible_core": "2.19.0", "python": "3.12.0", "processors": 2, "copied_page_us": 0.7, "rounds": 3, "quick": False,
}  # fmt: skip


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> t.Callable[[str], t.Any]:
    """A module of the bench by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "bench"))
    return importlib.import_module


@pytest.fixture
def report(load: t.Callable[[str], t.Any]) -> t.Any:
    """The module bench_report."""
    return load("bench_report")


def test_medians_are_taken_of_each_part_and_ratios_of_medians(load: t.Callable[[str], t.Any], report: t.Any) -> None:
    lab = load("bench_lab")
    costs = [lab.Cost(wall, cpu, 100.0) for wall, cpu in ((9.0, 1.0), (2.0, 3.0), (4.0, 2.0))]
    middle = lab.median(costs)
    assert middle == lab.Cost(4.0, 2.0, 100.0)
    assert report.ratio(middle, lab.Cost(2.0, 4.0, 1.0)) == report.Ratio(2.0, 0.5)
    assert report.ratio(middle, lab.Cost(2.0, 0.0, 1.0)).cpu is None


def test_cases_take_turns(load: t.Callable[[str], t.Any]) -> None:
    lab, order = load("bench_lab"), []
    cases = {name: lambda name=name: order.append(name) or lab.Cost(1.0, 1.0, 1.0) for name in "ab"}
    assert {name: len(costs) for name, costs in lab.alternate(3, cases).items()} == {"a": 3, "b": 3}
    assert "".join(order) == "ababab"


def test_a_task_is_what_the_run_of_many_takes_more(load: t.Callable[[str], t.Any]) -> None:
    tasks, cost = load("bench_tasks"), load("bench_lab").Cost
    counts = {tasks.DEBUG: 11, tasks.OURS: 11, tasks.MODULE: 3, tasks.URI: 3}
    each = {tasks.DEBUG: 0.1, tasks.OURS: 0.125, tasks.MODULE: 5.0, tasks.URI: 2.5}
    lab = {tasks.DEBUG: 0.0, tasks.OURS: 0.005, tasks.MODULE: 0.01, tasks.URI: 0.01}
    costs = {
        f"{size} x {name}": cost(
            7.0 + each[name] * (size - 1), 3.0 + each[name] * (size - 1) / 2, 50.0 + size, lab[name] * (size - 1)
        )
        for name, count in counts.items()
        for size in (1, count)
    }
    found = tasks.compared("task", counts, costs, 3)
    less = found.ratios.pop("task less lab / debug")
    assert (round(less.clock, 6), less.cpu) == (1.2, None)
    rounded = {key: (round(ratio.clock, 6), round(ratio.cpu, 6)) for key, ratio in found.ratios.items()}
    assert rounded == {"task / debug": (1.25, 1.25), "uri / task": (20, 20), "module / task": (40, 40)}
    ours = found.tables[0].rows[1]
    assert ours == ["`jade_system_info`", "125", "62.5", "5.00", "1.25", "1.25", "1.00", "1.00", "61"]


def test_inventories_are_compared_with_those_without_groups_and_with_the_size_before(load: t.Callable[[str], t.Any]) -> None:
    inventory, cost = load("bench_inventory"), load("bench_lab").Cost
    costs = {
        (hosts, name): [cost(wall, wall, 10.0)]
        for hosts, name, wall in (
            (10_000, inventory.PLAIN, 8.0),
            (10_000, inventory.GROUPED, 10.0),
            (10_000, inventory.STOCK, 80.0),
            (50_000, inventory.PLAIN, 40.0),
            (50_000, inventory.GROUPED, 60.0),
        )
    }
    ratios = inventory.findings("made-up", "title", costs).ratios
    assert {key: ratio.clock for key, ratio in ratios.items()} == {
        "made-up 10000 groups": 1.25,
        "made-up 10000 stock": 8.0,
        "made-up 50000 groups": 1.5,
        "made-up 50000 / 10000": 5.0,
        "made-up 50000 / 10000 groups": 6.0,
    }


@pytest.mark.parametrize(
    ("pages", "concurrency", "latencies"), [(1, 8, 1), (2, 8, 2), (9, 8, 2), (10, 8, 3), (200, 8, 26), (200, 1, 200)]
)
def test_the_ideal_reads_the_first_page_before_the_others(
    load: t.Callable[[str], t.Any], pages: int, concurrency: int, latencies: int
) -> None:
    paging = load("bench_paging")
    assert paging.ideal_seconds(pages, concurrency) == pytest.approx(paging.LATENCY * latencies)


def test_paging_is_compared_with_the_quicker_of_the_bare_loops(load: t.Callable[[str], t.Any]) -> None:
    paging, cost = load("bench_paging"), load("bench_lab").Cost
    costs = {paging.OURS: 6.0, paging.SHARED: 8.0, paging.EACH: 5.0, paging.SAME: 6.0}
    found = paging.ratios(8, {way: cost(wall, 1.0, 30.0) for way, wall in costs.items()}, 4.0)
    assert {key: ratio.clock for key, ratio in found.items()} == {
        "paging 8 / ideal": 1.5,
        "paging 8 / requests": 1.2,
        "paging 8 / same requests": 1.0,
    }


@pytest.mark.parametrize(("key", "met", "missed"), [("task / debug", 1.304, 1.306), ("uri / task", 10.0, 9.96)])
def test_a_target_is_met_by_the_digits_that_are_shown(report: t.Any, key: str, met: float, missed: float) -> None:
    target = next(target for target in report.TARGETS if target.key == key)
    assert target.is_met_by(report.Ratio(met))
    assert not target.is_met_by(report.Ratio(missed))


def test_each_target_has_a_part_that_reports_it(load: t.Callable[[str], t.Any], report: t.Any) -> None:
    """No key is written one way here and another way there."""
    inventory = load("bench_inventory")
    sizes = [f"{part} {hosts}" for part in ("made-up", "ycm") for hosts in inventory.SIZES]
    known = {f"{size}{more}" for size in sizes for more in (" groups", " stock")}
    known |= {f"{size} / {smaller}{more}" for size in sizes for smaller in inventory.SIZES for more in ("", " groups")}
    known |= {f"paging {number} / {what}" for number in load("bench_paging").CONCURRENCIES for what in ("ideal", "requests")}
    known |= {f"{way}{less} / debug" for less in ("", " less lab") for way in ("task", "loop")}
    known |= {f"uri / {way}" for way in ("task", "loop")}
    known |= {load("bench_distance").FAR_TASK, load("bench_distance").FAR_ITEM}
    assert {target.key for target in report.TARGETS} <= known


@pytest.fixture
def findings(load: t.Callable[[str], t.Any], report: t.Any) -> t.Any:
    """One ratio that meets its target, one that doesn't, and one without any."""
    table = report.Table("A task", ["", "ms"], [["`debug`", "40.0"], ["a | b", "41.0"]], ["Medians of 3."])
    ratios = {"task / debug": report.Ratio(1.25, 1.2), "loop / debug": report.Ratio(2.5), "module / task": report.Ratio(9.0)}
    return report.Findings([table], ratios, {"task: debug": [load("bench_lab").Cost(4.0, 3.0, 60.0)]})


def test_the_table_of_targets(report: t.Any, findings: t.Any) -> None:
    rows = report.target_table(findings.ratios).rows
    assert [row[1:] for row in rows[:4]] == [
        ["1.25", "1.20", "at most 1.3", "met"],
        ["-", "-", "at most 1.3", "not measured"],
        ["2.50", "-", "at most 2", "not met"],
        ["-", "-", "at least 10", "not measured"],
    ]
    assert len(rows) == len(report.TARGETS)


def test_text_and_markdown(report: t.Any, findings: t.Any) -> None:
    assert report.as_text(findings.tables[0]).splitlines() == [
        "A task",
        "             ms",
        "  -------  ----",
        "  `debug`  40.0",
        "  a | b    41.0",
        "  Medians of 3.",
    ]
    lines = report.as_markdown(findings.tables[0]).splitlines()
    assert lines == ["### A task", "", "|  | ms |", "|---|--:|", "| `debug` | 40.0 |", "| a \\| b | 41.0 |", "", "Medians of 3."]


def test_json_has_everything(report: t.Any, findings: t.Any) -> None:
    content = json.loads(report.as_json(PROCESSORS, findings, {"paging": "no lab"}))
    assert content["environment"] == PROCESSORS
    assert content["failed"] == {"paging": "no lab"}
    assert content["ratios"]["task / debug"] == {"clock": 1.25, "cpu": 1.2, "target": "at most 1.3", "met": True}
    assert content["ratios"]["loop / debug"]["met"] is False
    assert content["ratios"]["module / task"] == {"clock": 9.0, "cpu": None, "target": None, "met": None}
    assert content["runs"] == {"task: debug": [{"wall": 4.0, "cpu": 3.0, "memory": 60.0, "lab": 0.0}]}
    assert content["tables"][0]["title"] == "A task"


def test_only_what_is_between_the_marks_is_written(report: t.Any, findings: t.Any, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"), encoding="utf-8")
    before, dummy, rest = page.read_text(encoding="utf-8").partition(report.BEGIN)
    behind = rest.partition(report.END)[2]
    for where in (r"Measured \1 before", "Measured again"):
        report.write_page(page, findings.tables, where)
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"{before}{report.BEGIN}\n\n{where}\n\n### A task\n")
        assert text.endswith(f"Medians of 3.\n\n{report.END}{behind}")
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(report.BenchFailed):
        report.write_page(page, findings.tables, "Measured")


@pytest.mark.parametrize(("options", "written"), [([], False), (["--only", "hosts", "--write"], True)])
def test_a_part_that_fails_leaves_what_the_others_found(
    load: t.Callable[[str], t.Any], report: t.Any, findings: t.Any, options: list[str], written: bool,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    bench = load("bench")

    def broken(chosen: argparse.Namespace) -> t.Any:
        raise report.BenchFailed(f"ansible-playbook ended with {chosen.rounds}")

    page = tmp_path / "performance.md"
    page.write_text(f"{report.BEGIN}{report.END}", encoding="utf-8")
    monkeypatch.setattr(bench, "PARTS", {"tasks": broken, "hosts": lambda chosen: findings})
    monkeypatch.setattr(bench, "environment", lambda chosen: dict(PROCESSORS))
    for name, value in (("ROOT", tmp_path), ("PAGE", page), ("JSON", tmp_path / ".build" / "bench.json")):
        monkeypatch.setattr(bench, name, value)
    monkeypatch.setattr(sys, "argv", ["bench.py", *options])
    assert bench.main() == (0 if options else 1)
    content = json.loads((tmp_path / ".build" / "bench.json").read_text(encoding="utf-8"))
    assert content["ratios"]["task / debug"]["met"] is True
    assert content["failed"] == ({} if options else {"tasks": "BenchFailed: ansible-playbook ended with 3"})
    assert "at most 1.3" in capsys.readouterr().out
    assert ("### A task" in page.read_text(encoding="utf-8")) is written


def test_what_the_machine_does_is_measured_in_numbers_that_can_be(load: t.Callable[[str], t.Any]) -> None:
    machine = load("bench_machine")
    taken, whole = machine.taken_by_others()
    assert 0 <= taken <= whole
    assert 0 < machine.copied_page() < 1000
