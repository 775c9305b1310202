# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages, case by case."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ProtocolFailed, ServerFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.paging import BATCH, MAX_READINGS, Page, read_pages
from ansible_collections.telephony.pbx.tests.unit.support.pager import Pager, ids


def test_one_short_page_costs_one_request() -> None:
    pager = Pager([3, 1, 2])
    assert ids(pager.read().rows) == [3, 1, 2]
    assert pager.asked == [1]


def test_an_empty_list_costs_one_request() -> None:
    pager = Pager([])
    assert pager.read().rows == []
    assert pager.asked == [1]


def test_many_pages_cost_one_request_each_but_for_both_ends_and_keep_their_order() -> None:
    pager = Pager(list(range(13, 0, -1)))
    listing = pager.read()
    assert ids(listing.rows) == list(range(13, 0, -1))
    assert listing.warnings == []
    assert listing.extra == {"first": True}
    assert pager.asked == [1, 3, 2, 1, 3]


def test_a_server_that_caps_the_page_size_in_silence_is_read_as_a_whole() -> None:
    listing = Pager(list(range(20)), cap=3).read()
    assert ids(listing.rows) == list(range(20))
    assert listing.warnings == []


def test_a_server_that_caps_and_does_not_count_is_read_as_a_whole() -> None:
    assert ids(Pager(list(range(20)), cap=3, total=lambda count: None).read().rows) == list(range(20))


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 10, 23])
def test_a_server_that_does_not_count_is_read_until_a_page_is_short(count: int) -> None:
    listing = Pager(list(range(count)), total=lambda real: None).read()
    assert ids(listing.rows) == list(range(count))
    assert listing.warnings == []


@pytest.mark.parametrize("wrong", [-5, 0, 1, 7, 22, 24, 40])
def test_a_count_that_is_wrong_costs_a_warning_and_no_row(wrong: int) -> None:
    listing = Pager(list(range(23)), total=lambda real: wrong).read()
    assert ids(listing.rows) == list(range(23))
    assert listing.warnings == [f"the server speaks of {wrong} rows, but 23 different ones were found"]


def test_a_server_that_does_not_honor_pages_is_an_error_and_no_short_list() -> None:
    with pytest.raises(ProtocolFailed) as caught:
        Pager(list(range(23)), deaf=True).read()
    assert "the server speaks of 23 rows, but 5 different ones were found" in str(caught.value)
    assert "api_concurrency" in str(caught.value)


def test_a_server_that_sends_everything_on_each_page_is_read_as_a_whole() -> None:
    pager = Pager(list(range(23)), deaf=True)
    listing = read_pages(lambda number: pager.page(number, 1000), "id", size=5, concurrency=2)
    assert ids(listing.rows) == list(range(23))


def test_a_server_that_does_not_honor_pages_and_does_not_count_ends() -> None:
    pager = Pager(list(range(5)), deaf=True, total=lambda real: None)
    assert ids(pager.read().rows) == list(range(5))
    assert len(pager.asked) < 10


def test_a_row_deleted_between_pages_loses_no_other() -> None:
    pager = Pager(list(range(12)), changes={1: lambda rows: rows.remove(0)})
    assert ids(pager.read().rows) == list(range(1, 12))


def test_a_row_put_in_front_between_pages_doubles_none() -> None:
    pager = Pager(list(range(12)), changes={1: lambda rows: rows.insert(0, 99)})
    assert ids(pager.read().rows) == [99, *range(12)]


@pytest.mark.parametrize("counts", [True, False])
def test_a_row_that_moves_between_pages_is_neither_lost_nor_doubled(counts: bool) -> None:
    pager = Pager(list(range(12)), changes={1: lambda rows: rows.insert(0, rows.pop())})
    if not counts:
        pager.total = lambda real: None
    assert sorted(ids(pager.read().rows)) == list(range(12))


def test_a_list_that_never_stands_still_is_returned_with_a_warning_and_without_holes() -> None:
    new = iter(range(100, 1000))
    pager = Pager(list(range(12)))
    pager.changes = {number: lambda rows: rows.insert(0, next(new)) for number in range(1, 200)}
    said: list[str] = []
    listing = pager.read(say=said.append)
    assert set(range(12)) <= set(ids(listing.rows))
    assert len(ids(listing.rows)) == len(set(ids(listing.rows)))
    assert len(listing.warnings) == 1
    assert said[-1] == f"the list changed while it was read (reading {MAX_READINGS} of {MAX_READINGS})"


@pytest.mark.parametrize("deleted", [False, True])
def test_the_newest_sight_of_a_row_is_what_is_returned(deleted: bool) -> None:
    pager = Pager(list(range(12)), changes={2: lambda rows: rows.remove(11)} if deleted else {})
    rows = pager.read().rows
    assert rows[0]["seen"] == (6 if deleted else 1)


@pytest.mark.parametrize("request_number", range(1, 6))
@pytest.mark.parametrize("gone", [0, 4, 5, 9, 12])
def test_a_row_deleted_and_one_added_behind_leave_the_count_as_it_was_and_lose_no_row(request_number: int, gone: int) -> None:
    def change(rows: list[Any]) -> None:
        rows.remove(gone)
        rows.append(13)

    listing = Pager(list(range(13)), changes={request_number: change}).read()
    found = ids(listing.rows)
    assert set(range(13)) - {gone} <= set(found)
    assert len(found) == len(set(found))


def test_rows_that_come_twice_on_one_page_are_told() -> None:
    with pytest.raises(ProtocolFailed):
        Pager([1, 2, 2]).read()


@pytest.mark.parametrize("identity", [{"a": 1}, ["x"], None])
def test_an_identity_that_is_none_is_no_traceback(identity: object) -> None:
    assert ids(Pager([identity]).read().rows) == [identity]
    assert len(Pager([identity, 1, 2, 3, 4, 5, 6]).read().rows) == 7


@pytest.mark.parametrize("concurrency", [1, 3, 8])
def test_no_more_pages_are_under_way_at_once_than_asked_for(concurrency: int) -> None:
    here, most, lock = 0, 0, threading.Lock()
    pager = Pager(list(range(200)))

    def page(number: int) -> Page:
        nonlocal here, most
        with lock:
            here += 1
            most = max(most, here)
        time.sleep(0.002)
        with lock:
            here -= 1
        return pager.page(number, 5)

    listing = read_pages(page, "id", size=5, concurrency=concurrency)
    assert ids(listing.rows) == list(range(200))
    assert most <= concurrency
    assert most > 1 or concurrency == 1


@pytest.mark.parametrize(
    ("rows", "slow", "other"),
    [(500, BATCH + 1, BATCH + 3), (15, 2, 4)],
    ids=["the next batch", "the page behind a full last one"],
)
def test_a_slow_page_holds_up_no_other(rows: int, slow: int, other: int) -> None:
    pager, came = Pager(list(range(rows))), threading.Event()
    waited: list[bool] = []

    def page(number: int) -> Page:
        if number == other:
            came.set()
        if number == slow:
            waited.append(came.wait(10))
        return pager.page(number, 5)

    assert ids(read_pages(page, "id", size=5, concurrency=2).rows) == list(range(rows))
    assert waited == [True]


@pytest.mark.parametrize("bad", [1, 2, 17])
def test_one_page_that_fails_fails_the_list_and_ends_it_soon(bad: int) -> None:
    pager = Pager(list(range(5000)))

    def page(number: int) -> Page:
        if number == bad:
            raise ServerFailed("no")
        time.sleep(0.001)
        return pager.page(number, 5)

    with pytest.raises(ServerFailed):
        read_pages(page, "id", size=5, concurrency=4)
    assert len(pager.asked) < 100


def test_progress_of_a_long_list_is_told_after_each_batch() -> None:
    said: list[str] = []
    Pager(list(range(500))).read(say=said.append)
    assert said == ["65 of 100 pages read", "100 of 100 pages read"]


def test_a_total_far_from_the_truth_costs_one_batch_a_reading() -> None:
    pager = Pager(list(range(12)), total=lambda count: 10**9)
    with contextlib.suppress(ProtocolFailed):
        pager.read()
    assert len(pager.asked) < MAX_READINGS * (BATCH + 3)
