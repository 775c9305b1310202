# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of a list in pages that changes, caps, and counts as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._http.paging import Listing, Page, Row, read_pages

Change = Callable[[list[Any]], None]


@dataclass
class Pager:
    """Serves ``ids`` in pages. ``changes``: what happens to the list right before the n-th request (counted from 0)."""

    ids: list[Any]
    cap: int = 1000
    total: Callable[[int], int | None] = lambda count: count
    deaf: bool = False  # to the page's number
    changes: dict[int, Change] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def page(self, number: int, size: int) -> Page:
        with self.lock:
            change = self.changes.get(len(self.asked))
            if change:
                change(self.ids)
            self.asked.append(number)
            size, number = min(size, self.cap), 1 if self.deaf else number
            rows: list[Row] = [{"id": one, "seen": len(self.asked)} for one in self.ids[(number - 1) * size : number * size]]
            return Page(rows, self.total(len(self.ids)), {"first": self.asked == [1]})

    def read(self, size: int = 5, concurrency: int = 1, say: Callable[[str], None] | None = None) -> Listing:
        return read_pages(lambda number: self.page(number, size), "id", size=size, concurrency=concurrency, progress=say)


def ids(rows: Iterable[Row]) -> list[Any]:
    return [row["id"] for row in rows]
