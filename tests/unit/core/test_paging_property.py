# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages, under whatever comes to mind."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import ProtocolFailed
from ansible_collections.telephony.pbx.tests.unit.core.pager import Change, Pager, ids

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
