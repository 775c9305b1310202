# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Cloud PBXs of a YCM: the document's two, and as many generated ones as asked for."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parent.parent / "seeds" / "ycm.json"
FIRST_GENERATED_ID = 7741
FIRST_CREATE_TIME = 1635752836
STATUSES = ("Running",) * 14 + ("Stopped",) * 3 + ("Starting", "Upgrading", "Provisioning")
REGIONS = ("China(GuangDong)", "US(Virginia)", "Germany(Frankfurt)", "Singapore", "Denmark(Copenhagen)")
GROUPS = ("commercial PCE", "retail", "logistics", "hotels", "clinics", "schools")
CITIES = ("Aarhus", "Berlin", "Cordoba", "Dresden", "Esbjerg", "Funchal", "Geneva", "Hanoi", "Izmir", "Jaipur")
PEOPLE = (("Wayne", "William"), ("Jane", "Smith"), ("Ada", "Jensen"), ("Omar", "Haddad"), ("Li", "Wei"))
VERSIONS = ("84.8.0.25", "84.19.0.110", "84.23.0.35")
SORT_FIELDS = ("cloudPbxId", "createTime")
SEARCHED = ("name", "sn", "group", "region", "url")


def generate(number: int, port: int) -> dict[str, Any]:
    """A Cloud PBX made from its number alone, so that it is the same in each run."""
    mix = number * 2654435761 & 0xFFFFFFFF
    pick = [mix >> shift & 0xFF for shift in (0, 5, 9, 13, 17, 21, 24)]
    status = STATUSES[pick[0] % len(STATUSES)]
    created = FIRST_CREATE_TIME + number * 5400
    serial = f"3659B43{number:08d}"
    first, last = PEOPLE[pick[1] % len(PEOPLE)]
    extensions = (10, 20, 50, 100, 250)[pick[2] % 5]
    recording = pick[3] % 3 > 0
    row: dict[str, Any] = {
        "cloudPbxId": FIRST_GENERATED_ID + number * 3,
        "pbxStatus": status,
        "activationStatus": "Unactivated" if status in ("Starting", "Provisioning") else "Activated",
        "name": f"{CITIES[pick[4] % len(CITIES)]} {number:05d}",
        "sn": serial,
        "plan": ("Enterprise Plan", "Ultimate Plan", "Ultimate Plan", "Upgrading to Ultimate Plan")[pick[5] % 4],
        "planExpirationDate": created + 31536000,
        "extensionCapacity": extensions,
        "concurrentCallCapacity": extensions // 2,
        "recordingStatus": "Enabled" if recording else "Disabled",
        "recordingCapacity": 500 if recording else 0,
        "region": REGIONS[pick[6] % len(REGIONS)],
        "url": f"127.0.0.1:{port}/yeastar/{serial.lower()}",
        "type": "Trial" if pick[1] % 7 == 0 else "Commercial",
        "version": VERSIONS[pick[2] % 3],
        "group": GROUPS[pick[3] % len(GROUPS)],
        "creator": {"firstName": first, "lastName": last, "email": f"{first.lower()}@example.com"},
        "createTime": created,
        "initialStartUpTime": created + 600,
        "upgradeInPbx": "Enabled",
        "im": "Enabled" if pick[4] % 2 else "Disabled",
        "passwordlessLogin": "Disabled",
        "provisioningViaTemplate": "Disabled",
        "activeCalls": str(pick[5] % 12 if status == "Running" else 0),
        "usedExtensions": str(extensions * (pick[6] % 10) // 10),
        "usedRecording": str(pick[0] * 2 if recording else 0),
    }
    row.update(optional_fields(created, pick))
    return row


def optional_fields(created: int, pick: list[int]) -> dict[str, Any]:
    """Fields that YCM leaves out where they have no value."""
    optional: dict[str, Any] = {}
    if pick[1] % 3:
        optional["expirationDate"] = created + 31536000
    if pick[2] % 4 == 0:
        optional.update(provisioningViaTemplate="Enabled", lastUsedTemplate="PCE-Provision-Template",
                        lastUsedTime=created + 86400)
    if pick[3] % 2:
        optional["allowSuperiorPasswordlessLogin"] = "no"
    if pick[4] % 3:
        optional["lastBackupTime"] = created + 172800
    return optional


class Instances:
    """All Cloud PBXs; orders and searches are computed once and kept until something changes."""

    def __init__(self, total: int, port: int, dead_every: int) -> None:
        """Make the document's rows and as many more as the total needs."""
        self._port = port
        self._dead_every = dead_every
        self.resize(total)

    def resize(self, total: int) -> None:
        """Start afresh with another number of rows."""
        seeded = copy.deepcopy(json.loads(SEED.read_text(encoding="utf-8")))
        self._rows = (seeded + [generate(number, self._port) for number in range(max(0, total - len(seeded)))])[:total]
        self._next = max(0, total - len(seeded))
        self._changed()

    def _changed(self) -> None:
        self._orders: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._by_id = {row["cloudPbxId"]: row for row in self._rows}
        self._by_sn = {row["sn"].lower(): row for row in self._rows}

    def ordered(self, sort: str, search: str) -> list[dict[str, Any]]:
        """The rows that match a search, in an order."""
        key = (sort, search.lower())
        if key not in self._orders:
            field = sort.lstrip("-") or "createTime"
            found = [row for row in self._rows if matches(row, key[1])] if search else list(self._rows)
            found.sort(key=lambda row: row[field], reverse=sort.startswith("-"))
            self._orders[key] = found
        return self._orders[key]

    def get(self, number: int) -> dict[str, Any] | None:
        """The row with this id."""
        return self._by_id.get(number)

    def by_serial(self, serial: str) -> dict[str, Any] | None:
        """The row with this serial number in lower case."""
        return self._by_sn.get(serial)

    def is_dead(self, row: dict[str, Any]) -> bool:
        """Whether a PBX that YCM believes to be running doesn't answer."""
        return bool(self._dead_every) and row["cloudPbxId"] // 3 % self._dead_every == 0

    def remove(self, row: dict[str, Any]) -> None:
        """Delete a row."""
        self._rows.remove(row)
        self._changed()

    def add(self, **values: Any) -> None:
        """Create one more row."""
        self._rows.append({**generate(self._next, self._port), **values})
        self._next += 1
        self._changed()

    def set_status(self, row: dict[str, Any], status: str) -> None:
        """Start or stop a PBX."""
        row["pbxStatus"] = status

    def move(self, how: str, rows: int, ordering: tuple[str, str]) -> None:
        """Delete the first rows of an order, insert rows before it, or have its first rows sorted last."""
        first = self.ordered(*ordering)[:rows]
        if how == "insert":
            for dummy in range(rows):
                self.add(cloudPbxId=min(self._by_id) - 1, createTime=min(r["createTime"] for r in self._rows) - 1)
            return
        for row in first:
            if how == "resort":
                # An id can't change, so an order by id is safe from this.
                row["createTime"] = int(time.time())
            else:
                self._rows.remove(row)
        self._changed()


def matches(row: dict[str, Any], keyword: str) -> bool:
    """Whether a search keyword occurs in a row."""
    return any(keyword in str(row.get(name, "")).lower() for name in SEARCHED)
