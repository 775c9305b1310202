# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages, under whatever comes to mind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http import paging
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ProtocolFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.paging import Listing, Page, by_offset, read_pages
from ansible_collections.telephony.pbx.tests.unit.support.pager import Change, Pager, ids

SIZES = st.integers(1, 7)
QUICK = settings(max_examples=300, deadline=None)


@QUICK
@given(count=st.integers(0, 60), size=SIZES, cap=SIZES, counts=st.booleans(), concurrency=st.integers(1, 4))
def test_a_list_that_stands_still_comes_whole_and_in_order(
    count: int, size: int, cap: int, counts: bool, concurrency: int
) -> None:
    pager = Pager(list(range(count)), cap=cap, total=lambda real: real if counts else None)
    listing = pager.read(size, concurrency)
    assert ids(listing.rows) == list(range(count))
    assert listing.warnings == []
    pages = -(-count // min(size, cap))
    assert len(pager.asked) <= max(1, pages + 3)  # nothing is read twice but the first and the last page


@QUICK
@given(count=st.integers(0, 40), size=SIZES, cap=SIZES, claimed=st.integers(-3, 90), deaf=st.booleans())
def test_a_count_that_lies_loses_no_row_in_silence(count: int, size: int, cap: int, claimed: int, deaf: bool) -> None:
    assume(claimed >= size or claimed != min(count, cap))  # count and page agree: there is nothing to notice
    pager = Pager(list(range(count)), cap=cap, total=lambda real: claimed, deaf=deaf)
    try:
        listing = pager.read(size)
    except ProtocolFailed:
        assert deaf
        return
    found = ids(listing.rows)
    assert len(found) == len(set(found))
    if not deaf:
        assert found == list(range(count))
        assert bool(listing.warnings) is (claimed != count)
    elif claimed > len(found):
        assert listing.warnings


def _delete(at: int) -> Change:
    return lambda rows: rows.pop(at % len(rows)) if rows else None


def _insert(at: int, new: int) -> Change:
    return lambda rows: rows.insert(at % (len(rows) + 1), new)


def _move(at: int, to: int) -> Change:
    return lambda rows: rows.insert(to % len(rows), rows.pop(at % len(rows))) if rows else None


def _append(new: int) -> Change:
    return lambda rows: rows.append(new)


def _replace(at: int, new: int) -> Change:
    """One is deleted and another added, so that no count shows it."""

    def change(rows: list[Any]) -> None:
        if rows:
            rows.pop(at % len(rows))
            rows.append(new)

    return change


PLACE = st.integers(0, 59)
KINDS = {
    "deleted": st.builds(_delete, PLACE),
    "inserted": st.builds(_insert, PLACE, st.integers(1000, 10**9)),
    "moved": st.builds(_move, PLACE, PLACE),
    "appended": st.builds(_append, st.integers(1000, 10**9)),
    "replaced": st.builds(_replace, PLACE, st.integers(1000, 10**9)),
}


@st.composite
def _changes(draw: st.DrawFn) -> dict[int, Change]:
    """Deletions and insertions at any place aren't mixed: one of each between two pages leaves no trace in any count.

    New rows that come last, as where lists are sorted by ID, may well be mixed with deletions.
    """
    kinds = draw(st.sampled_from([("deleted", "moved"), ("inserted", "moved"), ("moved",), ("deleted", "appended", "replaced")]))
    change: st.SearchStrategy[Any] = st.one_of([KINDS[kind] for kind in kinds])
    return draw(st.dictionaries(st.integers(0, 60), change, max_size=draw(st.sampled_from([1, 2, 4, 30]))))


@QUICK
@given(count=st.integers(0, 50), size=SIZES, cap=SIZES, changes=_changes())
def test_a_list_that_changes_loses_and_doubles_no_row_that_was_there_throughout(
    count: int, size: int, cap: int, changes: dict[int, Change]
) -> None:
    pager = Pager(list(range(count)), cap=cap, changes=changes)
    try:
        listing = pager.read(size)
    except ProtocolFailed:
        event("given up")
        return
    found = ids(listing.rows)
    assert len(found) == len(set(found))
    lost = {one for one in range(count) if one in pager.ids} - set(found)
    event("warned" if listing.warnings else "whole")
    assert not lost or listing.warnings


TOTALS = st.sampled_from([10**400, 10**12, 2**31, 1000, 1, 0, -1, -(10**400)])


@QUICK
@given(count=st.integers(0, 30), size=SIZES, cap=SIZES, claimed=TOTALS, deaf=st.booleans(), changes=_changes())
def test_whatever_a_server_claims_costs_a_bounded_number_of_requests(
    count: int, size: int, cap: int, claimed: int, deaf: bool, changes: dict[int, Change]
) -> None:
    pager = Pager(list(range(count)), cap=cap, total=lambda real: claimed, deaf=deaf, changes=changes)
    try:
        found = ids(pager.read(size).rows)
        assert len(found) == len(set(found))
    except ProtocolFailed:
        event("given up")
    pages = -(-max(count, len(pager.ids)) // min(size, cap))
    under_way = 16  # paging.AHEAD times the pager's concurrency
    ends = 5  # the first page, the last and the one behind it, and the first two once more
    assert len(pager.asked) <= paging.MAX_READINGS * (pages + len(changes) + paging.BATCH + under_way + ends)


@QUICK
@given(size=SIZES, claims=st.booleans(), concurrency=st.integers(1, 4))
def test_a_list_without_an_end_is_given_up(size: int, claims: bool, concurrency: int) -> None:
    asked: list[int] = []

    def page(number: int) -> Page:
        asked.append(number)
        return Page([{"id": number * size + row} for row in range(size)], 10**400 if claims else None)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(paging, "MAX_PAGES", 40)
        try:
            read_pages(page, "id", size=size, concurrency=concurrency)
        except ProtocolFailed:
            event("given up")
    assert max(asked) <= 41
    assert len(asked) <= paging.MAX_READINGS * 45


@QUICK
@given(
    count=st.integers(0, 40),
    size=SIZES,
    given_rows=st.lists(st.integers(1, 7), min_size=1, max_size=9),
    counts=st.booleans(),
    concurrency=st.integers(1, 4),
)
def test_an_offset_skips_and_doubles_nothing_however_short_the_answers_are(
    count: int, size: int, given_rows: list[int], counts: bool, concurrency: int
) -> None:
    asked: list[tuple[int, int]] = []

    def rows(offset: int, limit: int) -> Page:
        asked.append((offset, limit))
        end = offset + min(limit, given_rows[len(asked) % len(given_rows)])
        return Page([{"id": one} for one in range(offset, min(end, count))], count if counts else None)

    listing: Listing = read_pages(by_offset(rows, size), "id", size=size, concurrency=concurrency)
    assert ids(listing.rows) == list(range(count))
    assert len(asked) <= 4 * (count + 4 * size + 16)
