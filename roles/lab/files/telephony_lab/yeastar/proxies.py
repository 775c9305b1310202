# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Onsite Proxies of one P-Series PBX."""

from __future__ import annotations

import json
import time
import zlib
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parent.parent / "seeds" / "yeastar.json"
DOCUMENTED_TOTAL = 50
FIRST_ID = 15
FIRST_CREATE_TIME = 1769753209
SORT_FIELDS = (
    "status", "name", "platform", "version", "intranet_ip", "public_ip", "phone_count", "online_phone_count",
    "audio_rtp_passthrough", "status_update_time",
)


def make_proxy(number: int, uuid: str, status: str) -> dict[str, Any]:
    """A proxy made from its number, the first being 1."""
    phones = number * 7 % 12
    return {
        "id": FIRST_ID + number - 1, "uuid": uuid, "name": f"Proxy_{number:03d}", "platform": "linux",
        "version": "99.0.0.9", "intranet_ip": f"172.17.{number // 200}.{number % 200 + 50}",
        "public_ip": f"192.0.2.{number % 200 + 20}", "audio_rtp_passthrough": number % 2, "status": status,
        "phone_count": phones, "online_phone_count": phones // 2 if status == "connected" else 0,
        "create_time": FIRST_CREATE_TIME + number // 20, "update_time": 1772422800 + number * 3,
    }


def documented_proxies() -> list[dict[str, Any]]:
    """The document's three proxies among fifty; the others sort behind these by status and uuid."""
    seeded = {row["name"]: row for row in json.loads(SEED.read_text(encoding="utf-8"))}
    rows = []
    for number in range(1, DOCUMENTED_TOTAL + 1):
        uuid = f"{'bcdef'[number % 5]}{number * 40503 & 0xFFFFFFF:07x}-4c1e-4b7a-9d55-{number * 7919:012x}"
        row = make_proxy(number, uuid, "connected" if number % 3 else "disconnected")
        rows.append(seeded.get(row["name"], row))
    return rows


def generated_proxies(serial: str, total: int) -> list[dict[str, Any]]:
    """The proxies of a generated PBX."""
    base = zlib.crc32(serial.encode())
    statuses = ("connected", "connected", "disconnected", "abnormal")
    return [
        make_proxy(number, f"{base:08x}-4c1e-4b7a-9d55-{number:012x}", statuses[(base + number) % 4])
        for number in range(1, total + 1)
    ]


class Proxies:
    """Proxies that can be listed, created, changed and deleted."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        """Start with some."""
        self.rows = rows

    def ordered(self, sort_by: str, descending: bool, wanted: dict[str, str]) -> list[dict[str, Any]]:
        """The proxies that match, in an order; equal ones by uuid."""
        rows = [row for row in self.rows if matches(row, wanted)]
        if not sort_by:
            return rows
        field = "update_time" if sort_by == "status_update_time" else sort_by
        return sorted(rows, key=lambda row: (row[field], row["uuid"]), reverse=descending)

    def find(self, number: int) -> dict[str, Any] | None:
        """The proxy with this id."""
        return next((row for row in self.rows if row["id"] == number), None)

    def is_taken(self, name: str, but: int = 0) -> bool:
        """Whether another proxy has this name."""
        return any(row["name"] == name and row["id"] != but for row in self.rows)

    def create(self, values: dict[str, Any]) -> int:
        """Add a proxy that has never connected and return its id."""
        number = max((row["id"] for row in self.rows), default=FIRST_ID - 1) + 1
        now = int(time.time())
        row = make_proxy(number - FIRST_ID + 1, f"f{number:07x}-4c1e-4b7a-9d55-{now:012x}", "disconnected")
        row.update(intranet_ip="", public_ip="", version="", phone_count=0, create_time=now, update_time=now, **values)
        self.rows.append(row)
        return number

    def update(self, row: dict[str, Any], values: dict[str, Any]) -> None:
        """Change a proxy."""
        row.update(values, update_time=int(time.time()))

    def delete(self, row: dict[str, Any]) -> None:
        """Remove a proxy."""
        self.rows.remove(row)

    def move(self, how: str, rows: int, ordering: tuple[str, bool, dict[str, str]]) -> None:
        """Delete the first rows of an order, insert rows before it, or have its first rows sorted last."""
        sort_by, found = ordering[0] or "name", self.ordered(*ordering)
        for row in found[:rows]:
            if how == "delete":
                self.rows.remove(row)
            elif how == "resort":
                row[sort_by] = found[-1][sort_by]
                row["uuid"] = ("0" if ordering[1] else "f") + row["uuid"][1:]
            else:
                number = self.create({"name": f"AAA_{len(self.rows)}", sort_by: found[0][sort_by]})
                added = self.rows.pop()
                added["uuid"] = ("f" if ordering[1] else "0") + f"{number:07x}" + added["uuid"][8:]
                self.rows.insert(0, added)


def matches(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Whether a proxy fits the search parameters."""
    if not all(text.lower() in str(row[name]).lower() for name, text in wanted.items() if name != "search_value"):
        return False
    keyword = wanted.get("search_value", "").lower()
    return any(keyword in str(row[name]).lower() for name in ("name", "intranet_ip", "public_ip", "uuid"))
