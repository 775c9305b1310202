# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a list that comes in pages: the first page, then the rest at once, without losing or doubling a row.

Servers move rows between pages while we read, answer short pages, cap the page size in silence, and count wrongly. So the
list is read again until one reading is consistent, or, if it never is, everything that was seen is returned with a warning.
"""

from __future__ import annotations

import typing as t
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .errors import ProtocolFailed

Row = t.Dict[str, t.Any]
MAX_READINGS = 4
BATCH = 64  # pages
AHEAD = 4  # pages queued for each that is under way
MAX_PAGES = 100_000  # against a server that never ends


@dataclass(frozen=True)
class Page:
    """One answer: ``rows`` in the server's order, ``total`` (None if it doesn't say), ``extra``: what else it holds."""

    rows: list[Row]
    total: int | None = None
    extra: Row = field(default_factory=dict)


@dataclass
class Listing:
    """A whole list: ``rows`` in a stable order, ``warnings`` for people, ``extra`` of the first page."""

    rows: list[Row]
    warnings: list[str] = field(default_factory=list)
    extra: Row = field(default_factory=dict)


GetPage = t.Callable[[int], Page]


def by_offset(get_rows: t.Callable[[int, int], Page], size: int) -> GetPage:
    """Pages of ``size`` rows from a server that takes an offset and a limit, and may give fewer rows than asked for.

    ``get_rows(offset, limit)`` asks once. What a short answer leaves open is asked for from where it ended, so that nothing
    is skipped (facts/vendors.md 3.3 and 4.3).
    """

    def get_page(number: int) -> Page:
        start = (number - 1) * size
        page = get_rows(start, size)
        rows, last = list(page.rows), page
        while last.rows and len(rows) < size and (last.total is None or start + len(rows) < last.total):
            before, last = last, get_rows(start + len(rows), size - len(rows))
            if last.rows == before.rows:
                break  # it gives the same whatever it is asked for
            rows += last.rows
        return Page(rows, last.total, page.extra)

    return get_page


def read_pages(
    get_page: GetPage,
    key: str,
    *,
    size: int,
    concurrency: int,
    progress: t.Callable[[str], None] | None = None,
) -> Listing:
    """All rows of a list.

    ``get_page(n)`` fetches page n, counted from 1, of ``size`` rows; ``key`` names the row's identity on the wire.
    ``concurrency``: how many pages are under way at once. Raises whatever get_page raises; then nothing is returned, since
    a list with holes would look like a complete one.

    A row deleted and another one added between two pages leave the total as it was. In a list whose new rows come last, as in
    one sorted by ID, that shows on the last page: it is read before those in between, and again at the end, as the first is.
    """
    first = get_page(1)
    # A short page alone is no end: the server may have capped the size, and not tell how many rows there are.
    if len(first.rows) < size and (first.total or 0) == len(first.rows):
        if len({_identity(row, key) for row in first.rows}) == len(first.rows):
            return Listing(first.rows, extra=first.extra)
    with ThreadPoolExecutor(max_workers=concurrency) as pool:
        return _read_until_consistent(_Reader(get_page, key, size, pool, AHEAD * concurrency, progress), first)


def _read_until_consistent(reader: _Reader, first: Page) -> Listing:
    seen: dict[t.Any, Row] = {}
    previous: _Reading | None = None
    for number in range(1, MAX_READINGS + 1):
        reading = reader.read(first if number == 1 else reader.get_page(1))
        if reading.consistent:
            # What an earlier reading showed and this one doesn't was deleted while we read.
            return Listing(list(reading.rows.values()), extra=first.extra)
        if previous and reading.same_as(previous):
            # The list stands still: it is the server's count that is wrong.
            return Listing(list(reading.rows.values()), [reading.complaint(len(reading.rows))], first.extra)
        # Later sightings win, but a row keeps the place where it was first seen.
        seen.update(reading.rows)
        previous = reading
        reader.say(f"the list changed while it was read (reading {number} of {MAX_READINGS})")
    if len(seen) < min(reading.totals, default=0):
        raise ProtocolFailed(
            "the list can't be read as a whole: " + reading.complaint(len(seen)),
            hint="It changes faster than it can be read, or pages are not honored; try again, or with api_concurrency: 1",
        )
    return Listing(list(seen.values()), [reading.complaint(len(seen))], first.extra)


@dataclass
class _Reading:
    """One pass over all pages: ``rows`` by identity, what each page said of the ``totals``, how many came twice.

    ``moved``: the first or the last page was another one at the end.
    """

    rows: dict[t.Any, Row]
    received: int
    totals: set[int]
    short_page: bool
    moved: bool = False

    @property
    def consistent(self) -> bool:
        """Nothing came twice or moved, and the count is what the server says it is, on each page the same."""
        counted = self.totals == {len(self.rows)}
        trusted = counted or (not self.totals and not self.short_page)
        return trusted and self.received == len(self.rows) and not self.moved

    def same_as(self, other: _Reading) -> bool:
        """The same rows as in another pass, none of them twice, and none moved."""
        still = not (self.moved or other.moved)
        return still and self.received == len(self.rows) and self.rows.keys() == other.rows.keys() and self.totals == other.totals

    def complaint(self, found: int) -> str:
        """What to tell people about a list that isn't consistent."""
        totals = " or ".join(str(total) for total in sorted(self.totals)) or "an unknown number of"
        return f"the server speaks of {totals} rows, but {found} different ones were found"


class _Reader:
    def __init__(
        self,
        get_page: GetPage,
        key: str,
        size: int,
        pool: ThreadPoolExecutor,
        ahead: int,
        progress: t.Callable[[str], None] | None,
    ) -> None:
        self.get_page = get_page
        self.say = progress or (lambda text: None)
        self._key = key
        self._size = size
        self._pool = pool
        self._ahead = ahead  # so many pages are queued, lest a slow one hold up the others

    def read(self, first: Page) -> _Reading:
        """One pass. Pages behind the expected end are read too, as long as they bring new rows."""
        # A server that caps the page size shows it on the first page: the rest has to be counted in its size.
        size = len(first.rows) or self._size
        expected = min(MAX_PAGES, -(-(first.total or 0) // size))
        ends = {1: first}
        behind = 0
        if expected > 2:
            ends[expected] = self.get_page(expected)
            behind = int(len(ends[expected].rows) >= size)  # then it takes one more page to see the end
        pages = [first, *self._fetch(expected, behind, ends)]
        after = [pages.pop()] if behind and len(pages) > expected else []
        rows: dict[t.Any, Row] = {}
        for page in pages:
            self._add(rows, page)
        last = pages[-1]
        while self._may_have_more(last, rows, size) and len(pages) < MAX_PAGES:
            known, last = len(rows), after.pop() if after else self.get_page(len(pages) + 1)
            self._add(rows, last)
            if len(rows) == known:
                break
            pages.append(last)
        reading = _Reading(
            rows=rows,
            received=sum(len(page.rows) for page in pages),
            totals={page.total for page in pages if page.total is not None},
            short_page=any(len(page.rows) < size for page in pages[:-1]),
        )
        if len(pages) > 1:
            self._look_again(reading, ends)
        return reading

    def _look_again(self, reading: _Reading, ends: dict[int, Page]) -> None:
        """Whether the first or the last page holds other rows by now; those count as seen."""
        for now, then in zip(self._pool.map(self.get_page, ends), ends.values()):
            if self._identities(now) != self._identities(then):
                reading.moved = True
                self._add(reading.rows, now)

    def _identities(self, page: Page) -> list[t.Hashable]:
        return [_identity(row, self._key) for row in page.rows]

    def _add(self, rows: dict[t.Any, Row], page: Page) -> None:
        for row in page.rows:
            rows[_identity(row, self._key)] = row

    @staticmethod
    def _may_have_more(last: Page, rows: dict[t.Any, Row], size: int) -> bool:
        return len(last.rows) >= size or (bool(last.rows) and len(rows) < (last.total or 0))

    def _fetch(self, expected: int, behind: int, known: dict[int, Page]) -> list[Page]:
        """The pages from the second on, and so many behind the expected ones; those that are known already without asking.

        The next is asked for as soon as one has come; if a batch had to end first, all would wait for its slowest page.
        """

        def page(number: int) -> Page:
            return known.get(number) or self.get_page(number)

        pages: list[Page] = []
        seen, idle = set(self._identities(known[1])), 0
        numbers = range(2, expected + behind + 1)
        waiting = deque(self._pool.submit(page, number) for number in numbers[: self._ahead])
        try:
            while waiting and idle < BATCH:  # else the total is far from the truth, or each page is the same one
                pages.append(waiting.popleft().result())
                waiting.extend(self._pool.submit(page, number) for number in numbers[len(pages) + len(waiting) :][:1])
                found = set(self._identities(pages[-1]))
                idle = idle + 1 if found <= seen else 0
                seen |= found
                read = len(pages) + 1
                if expected > BATCH + 1 and (len(pages) % BATCH == 0 or read == expected) and read <= expected:
                    self.say(f"{read} of {expected} pages read")
        finally:
            for future in waiting:
                future.cancel()
        return pages


def _identity(row: Row, key: str) -> t.Hashable:
    """What tells rows apart. A server may send anything for it."""
    value = row.get(key)
    return value if isinstance(value, (str, int)) else repr(value)
