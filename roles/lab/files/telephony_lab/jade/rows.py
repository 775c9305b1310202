# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of Jade's database and of its runtime tables."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from typing import Any

from telephony_lab.jade.envelope import Failure, timestamp

VIEWS = "_views"
Row = dict[str, Any]


class Table:
    """Rows in order.

    The document's examples were taken at different times and don't agree with each other: a seeded row can therefore
    say, per view, what differs there, or (with None) that a list doesn't show it. The first update ends that.
    """

    def __init__(self, rows: list[Row], key: str = "uuid", columns: tuple[str, ...] = ()) -> None:
        """Start with seeded rows."""
        self.rows = copy.deepcopy(rows)
        self.key = key
        self.columns = columns

    def __iter__(self) -> Iterator[Row]:
        """All rows, also the unlisted."""
        return iter(self.rows)

    def find(self, **wanted: Any) -> Row | None:
        """The first row with these values."""
        for row in self.rows:
            if all(row.get(name) == value for name, value in wanted.items()):
                return row
        return None

    def by_key(self, key: str, status: int = 404) -> Row:
        """The row with this key, or a failure."""
        row = self.find(**{self.key: key})
        if row is None:
            raise Failure(status)
        return row

    def listed(self, view: str = "list") -> list[Row]:
        """The rows that a list shows, as it shows them."""
        return [present(row, view) for row in self.rows if row.get(VIEWS, {}).get(view, {}) is not None]

    def shown(self, key: str, view: str = "detail") -> Row:
        """One row as its detail shows it; 404 when there is none."""
        return present(self.by_key(key), view)

    def taken(self, view: str, **wanted: Any) -> bool:
        """Whether a listed row has these values."""
        return any(all(row.get(name) == value for name, value in wanted.items()) for row in self.listed(view))

    def insert(self, values: Row) -> Row:
        """Add a row as SQL would: unknown columns and quotes in values fail."""
        self.check(values)
        row: Row = {self.key: str(uuid.uuid4()), **dict.fromkeys(self.columns), **values}
        row.update(tm_create=timestamp(), tm_update=None)
        self.rows.append(row)
        return row

    def put(self, rows: list[Row]) -> None:
        """Have these rows; those with the same key are replaced, all columns that aren't given are null."""
        keys = {row[self.key] for row in rows}
        added = [{**dict.fromkeys(self.columns), **row} for row in rows]
        self.rows = [row for row in self.rows if row[self.key] not in keys] + copy.deepcopy(added)

    def update(self, row: Row, values: Row) -> None:
        """Change a row and its tm_update."""
        self.check(values)
        row.update(values, tm_update=timestamp())
        row.pop(VIEWS, None)

    def remove(self, key: str) -> None:
        """Remove a row; a missing one fails."""
        self.rows.remove(self.by_key(key, status=500))

    def remove_where(self, **wanted: Any) -> None:
        """Remove all rows with these values."""
        self.rows = [row for row in self.rows if any(row.get(name) != value for name, value in wanted.items())]

    def check(self, values: Row) -> None:
        """Fail like Jade's hand-made SQL: a key it has no column for, or a quote inside a value."""
        known = {self.key, *self.columns}
        if not known.issuperset(values) or any("'" in value for value in values.values() if isinstance(value, str)):
            raise Failure(500)


def present(row: Row, view: str) -> Row:
    """A row as one view shows it."""
    shown = {name: value for name, value in row.items() if name != VIEWS}
    shown.update(row.get(VIEWS, {}).get(view) or {})
    return shown
