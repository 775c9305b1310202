# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the fleet report in headless Chromium, with 10, 1 000 and 10 000 Cloud PBXs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.chromium import PROGRAM, Browser

SIZES = (10, 1000, 10000)
TABLES = ("problems", "pbxs", "proxies")
Report = Callable[[int], Path]

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="there is no Chromium on PATH"),
    pytest.mark.timeout(900),  # Ansible itself takes its time for an inventory of ten thousand hosts
]


def cells(browser: Browser, table: str, column: int) -> list[str]:
    """What a table shows in a column."""
    return browser.run(f"[...document.querySelectorAll('#table-{table} tbody tr')].map((row) => row.cells[{column}].textContent)")


def sort(browser: Browser, table: str, column: int) -> str:
    """Click on the head of a column; gives how it is sorted then."""
    head = f"document.querySelectorAll('#table-{table} thead th')[{column}]"
    browser.run(f"{head}.querySelector('[role=button]').click()")
    return browser.run(f"{head}.getAttribute('aria-sort')")


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_without_an_error_or_a_request(size: int, report: Report, browser: Browser) -> None:
    browser.open(report(size))
    assert browser.run("document.documentElement.dataset.ready") == "yes"
    assert browser.complaints() == []
    assert browser.requests() == []
    assert cells(browser, "problems", 1)[0] == "pbx00000"
    assert cells(browser, "pbxs", 1)[0] == "pbx00000"
    assert all(len(cells(browser, table, 0)) == 25 for table in TABLES if size > 10)
    pixels = "one.getContext('2d').getImageData(0, 0, one.width, one.height).data"
    assert browser.run(f"[...document.querySelectorAll('canvas')].every((one) => {pixels}.some((part) => part))")
    assert browser.run("document.querySelectorAll('img').length") == 0


@pytest.mark.parametrize("size", SIZES)
def test_tables_can_be_sorted_and_searched(size: int, report: Report, browser: Browser) -> None:
    browser.open(report(size))
    serials = [f"SN{number:05d}" for number in range(size)]
    assert sort(browser, "pbxs", 4) == "ascending"
    assert cells(browser, "pbxs", 4) == serials[:25]
    assert sort(browser, "pbxs", 4) == "descending"
    assert cells(browser, "pbxs", 4) == serials[::-1][:25]
    assert sort(browser, "pbxs", 8) == "ascending"
    shares = [int(text.split()[0]) for text in cells(browser, "pbxs", 8)]
    assert shares == sorted(number * 7 % 80 for number in range(size))[:25]
    browser.run("document.querySelector('[data-table=pbxs] input[type=search]').value = 'SN00003'")
    browser.run("document.querySelector('[data-table=pbxs] input[type=search]').dispatchEvent(new Event('input'))")
    assert cells(browser, "pbxs", 4) == ["SN00003"]
    assert browser.complaints() == []


def test_names_stay_text(report: Report, browser: Browser) -> None:
    browser.open(report(10))
    assert "</script><img src=x onerror=alert(1)>" in cells(browser, "pbxs", 1)
    assert browser.run("document.querySelectorAll('img, iframe, [onerror]').length") == 0


def test_without_javascript_what_is_wrong_is_there(report: Report, browser: Browser) -> None:
    browser.open(report(1000), script=False)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)  # for the questions that follow
    assert browser.run("document.documentElement.dataset.ready ?? null") is None
    assert browser.run("document.querySelector('#problems-static tbody tr').cells[1].textContent") == "pbx00000"
    assert browser.run("document.querySelector('#problems-static').checkVisibility()")
    assert browser.run("document.querySelectorAll('figure table').length") > 3
    assert browser.run("[...document.querySelectorAll('[data-table]')].some((one) => one.checkVisibility())") is False


def test_it_can_be_read_by_a_screen_reader(report: Report, browser: Browser) -> None:
    browser.open(report(10))
    assert browser.run("document.documentElement.lang") == "en"
    assert browser.run("[...document.querySelectorAll('header, main, footer, h1')].length") == 4
    assert browser.run("document.querySelector('a').hash") == "#wrong"
    heads = "[...document.querySelectorAll('thead th')]"
    assert browser.run(f"{heads}.every((head) => head.scope === 'col' && head.textContent.trim())")
    named = "table.caption?.textContent || document.getElementById(table.getAttribute('aria-labelledby'))?.textContent"
    assert browser.run(f"[...document.querySelectorAll('table')].every((table) => {named})")
    assert browser.run("[...document.querySelectorAll('canvas')].every((one) => one.getAttribute('role') === 'img')")
    assert browser.run("[...document.querySelectorAll('input, select')].every((one) => one.labels.length || one.ariaLabel)")
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in tree if not node["ignored"]}
    assert {"main", "banner", "contentinfo", "region", "table", "columnheader", "rowheader"} <= roles


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_the_screen(width: int, report: Report, browser: Browser) -> None:
    browser.open(report(1000), width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_on_paper_it_is_black_on_white_without_controls(report: Report, browser: Browser, tmp_path: Path) -> None:
    dark = {"name": "prefers-color-scheme", "value": "dark"}
    browser.call("Emulation.setEmulatedMedia", media="print", features=[dark])
    browser.open(report(1000))
    browser.run("dispatchEvent(new Event('beforeprint'))")
    style = "getComputedStyle(document.body)"
    assert browser.run(f"[{style}.color, {style}.backgroundColor]") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    hidden = "input, select, .dt-paging, .skip, canvas, #table-problems"
    assert browser.run(f"[...document.querySelectorAll('{hidden}')].some((one) => one.checkVisibility())") is False
    assert browser.run("document.querySelector('#problems-static').checkVisibility()")
    assert browser.run("getComputedStyle(document.querySelector('#table-pbxs thead')).display") == "table-header-group"
    assert len(cells(browser, "pbxs", 0)) == 250
    assert "first 250 of 1000 rows" in browser.run("document.querySelector('.left-out:not([hidden])').textContent")
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert len(cells(browser, "pbxs", 0)) == 25
    browser.paper(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert browser.complaints() == []
