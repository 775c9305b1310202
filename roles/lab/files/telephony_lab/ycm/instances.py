# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Cloud PBXs of a YCM: the document's two, as many generated ones as asked for, and what clients do to them."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

from telephony_lab.ycm.generated import create, generate

SEED = Path(__file__).resolve().parent.parent / "seeds" / "ycm.json"
SORT_FIELDS = ("cloudPbxId", "createTime")
UPGRADING = "Upgrading to "
SEARCHED = ("name", "sn", "group", "region", "url")


class Instances:
    """All Cloud PBXs; orders and searches are computed once and kept until something changes.

    A status that is to change later changes when somebody reads it after its time has come.
    """

    def __init__(self, total: int, port: int, dead_every: int) -> None:
        """Make the document's rows and as many more as the total needs."""
        self._port = port
        self._dead_every = dead_every
        self.resize(total)

    def resize(self, total: int) -> None:
        """Start afresh with another number of rows."""
        seeded = copy.deepcopy(json.loads(SEED.read_text(encoding="utf-8")))
        self.rows = (seeded + [generate(number, self._port) for number in range(max(0, total - len(seeded)))])[:total]
        self._next = max(0, total - len(seeded))
        self._coming: dict[int, tuple[float, str]] = {}
        self._plans: dict[int, float] = {}
        self._changed()

    def _changed(self) -> None:
        self._orders: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._by_id = {row["cloudPbxId"]: row for row in self.rows}
        self._by_sn = {row["sn"].lower(): row for row in self.rows}

    def ordered(self, sort: str, search: str) -> list[dict[str, Any]]:
        """The rows that match a search, in an order."""
        self._settle()
        key = (sort, search.lower())
        if key not in self._orders:
            field = sort.lstrip("-") or "createTime"
            found = [row for row in self.rows if matches(row, key[1])] if search else list(self.rows)
            found.sort(key=lambda row: row[field], reverse=sort.startswith("-"))
            self._orders[key] = found
        return self._orders[key]

    def get(self, number: int) -> dict[str, Any] | None:
        """The row with this id."""
        self._settle()
        return self._by_id.get(number)

    def by_serial(self, serial: str) -> dict[str, Any] | None:
        """The row with this serial number in lower case."""
        self._settle()
        return self._by_sn.get(serial)

    def is_dead(self, row: dict[str, Any]) -> bool:
        """Whether a PBX that YCM believes to be running doesn't answer."""
        return bool(self._dead_every) and row["cloudPbxId"] // 3 % self._dead_every == 0

    def is_taken(self, field: str, value: str, but: int = 0) -> bool:
        """Whether another row has this value."""
        return any(row[field] == value and row["cloudPbxId"] != but for row in self.rows)

    def remove(self, *rows: dict[str, Any]) -> None:
        """Delete rows."""
        gone = {row["cloudPbxId"] for row in rows}
        self.rows = [row for row in self.rows if row["cloudPbxId"] not in gone]
        self._changed()

    def add(self, **values: Any) -> None:
        """Generate one more row."""
        self.rows.append({**generate(self._next, self._port), **values})
        self._next += 1
        self._changed()

    def create(self, body: dict[str, Any], place: dict[str, str], seconds: float, plan_seconds: float) -> dict[str, Any]:
        """Add the row that a client asked for; it runs, and is on its plan, after so many seconds."""
        row = create(self._next, body, place)
        self._next += 1
        self.rows.append(row)
        self._changed()
        self.expect(row["cloudPbxId"], "Running", seconds)
        if plan_seconds and row["plan"] == "Ultimate Plan":
            row["plan"] = UPGRADING + row["plan"]
            self._plans[row["cloudPbxId"]] = time.monotonic() + plan_seconds
        return row

    def overwrite(self, number: int, values: dict[str, Any]) -> None:
        """Give a row other fields; None leaves one out."""
        self._by_id[number].update(values)
        for name in [name for name, value in values.items() if value is None]:
            del self._by_id[number][name]
        self._changed()

    def update(self, row: dict[str, Any], values: dict[str, Any]) -> None:
        """Change a row in its place."""
        row.update(values)
        self._changed()

    def switch(self, row: dict[str, Any], status: str, seconds: float) -> None:
        """Let a PBX be running or stopped after so many seconds; one that is or will be so is left alone."""
        heading = self._coming.get(row["cloudPbxId"], (0.0, row["pbxStatus"]))[1]
        if heading != status:
            if status == "Running":
                row["pbxStatus"] = "Starting"
            self.expect(row["cloudPbxId"], status, seconds)

    def expect(self, number: int, status: str, seconds: float) -> None:
        """Let a PBX have a status after so many seconds."""
        self._coming[number] = (time.monotonic() + seconds, status)

    def _settle(self) -> None:
        """Give each PBX the status whose time has come."""
        now = time.monotonic()
        for number in [number for number, (moment, dummy) in self._coming.items() if moment <= now]:
            status, row = self._coming.pop(number)[1], self._by_id.get(number)
            if row is not None:
                row["pbxStatus"] = status
                if status == "Running":
                    row.setdefault("initialStartUpTime", int(time.time()))
        for number in [number for number, moment in self._plans.items() if moment <= now]:
            del self._plans[number]
            if number in self._by_id:
                self._by_id[number]["plan"] = self._by_id[number]["plan"].removeprefix(UPGRADING)

    def move(self, how: str, rows: int, ordering: tuple[str, str]) -> None:
        """Delete the first rows of an order, insert rows before it, or have its first rows sorted last."""
        first = self.ordered(*ordering)[:rows]
        if how == "insert":
            for dummy in range(rows):
                self.add(cloudPbxId=min(self._by_id) - 1, createTime=min(r["createTime"] for r in self.rows) - 1)
            return
        for row in first:
            if how == "resort":
                # An id can't change, so an order by id is safe from this.
                row["createTime"] = int(time.time())
            else:
                self.rows.remove(row)
        self._changed()


def matches(row: dict[str, Any], keyword: str) -> bool:
    """Whether a search keyword occurs in a row."""
    return any(keyword in str(row.get(name, "")).lower() for name in SEARCHED)
