# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Asterisk runs with: it follows the configuration files only when the right module is reloaded."""

from __future__ import annotations

import time
from typing import Any

from telephony_lab.jade.conf import Files, object_of
from telephony_lab.jade.envelope import timestamp
from telephony_lab.jade.pjsip import PjsipReader
from telephony_lab.jade.profiles import Profile
from telephony_lab.jade.rows import Row, Table

KEYS = {
    "channels": "unique_id", "parkedcalls": "parkee_unique_id", "systems": "id", "parkinglots": "name",
    "queues": "name", "members": "id", "entries": "unique_id", "aors": "object_name", "auths": "object_name",
    "endpoints": "object_name", "pjsip_contacts": "id", "registrations": "object_name", "agents": "id",
    "device_states": "device", "peers": "peer", "registries": "account", "modules": "name",
}
NOT_A_LOT = ("general",)
NOT_A_QUEUE = ("general", "global")
NEW_QUEUE: Row = {
    "name": "", "max": 0, "strategy": "ringall", "calls": 0, "hold_time": 0, "talk_time": 0, "completed": 0,
    "abandoned": 0, "service_level": 0, "service_level_perf": 0.0, "weight": 0,
}
NEW_MEMBER: Row = {
    "membership": "static", "penalty": 0, "calls_taken": 0, "last_call": 0, "last_pause": 0, "in_call": 0,
    "status": 4, "paused": 0, "paused_reason": "", "ring_inuse": None,
}


class Runtime:
    """The runtime tables of one PBX."""

    def __init__(self, files: Files, seed: dict[str, list[Row]], profile: Profile, lag: float) -> None:
        """Start with seeded tables, which stand for what Asterisk has read so far."""
        self._files = files
        self._profile = profile
        self.lag = lag
        self._tables = {name: Table(seed[name], key) for name, key in KEYS.items()}
        self._pjsip = PjsipReader(files, seed)
        self._pending: list[tuple[float, dict[str, Table]]] = []
        self._tables.update(self._with_seeded_rows(seed))

    def _with_seeded_rows(self, seed: dict[str, list[Row]]) -> dict[str, Table]:
        """PJSIP tables at the start: seeded rows as they are, objects that only the files know behind them."""
        tables = self._pjsip.read()
        for name, table in tables.items():
            seeded = self._tables[name]
            table.rows = seeded.rows + [row for row in table if seeded.find(object_name=row["object_name"]) is None]
        return tables

    def __getitem__(self, name: str) -> Table:
        """A table as it is by now."""
        now = time.monotonic()
        while self._pending and self._pending[0][0] <= now:
            self._tables.update(self._pending.pop(0)[1])
        return self._tables[name]

    def reload(self, module: str) -> None:
        """Have a module, named without suffix, read its files again."""
        if module == "res_parking":
            self._read_parking_lots()
        elif module == "app_queue":
            self._read_queues()
        elif module == "res_pjsip":
            self._pending.append((time.monotonic() + self.lag, self._pjsip.read()))

    def _read_parking_lots(self) -> None:
        rows = []
        for name, pairs in self._files.asterisk_sections("res_parking.conf"):
            if name not in NOT_A_LOT:
                row = self._parking_lot(name, dict(pairs))
                if row is not None:
                    rows.append(row)
        self._tables["parkinglots"].rows = rows

    def _parking_lot(self, name: str, options: dict[str, str]) -> Row | None:
        start, dash, stop = options.get("parkpos", "701-750").partition("-")
        if not (dash and start.strip().isdigit() and stop.strip().isdigit()):
            return None
        timeout = options.get("parkingtime", "45")
        return {
            "name": name, "start_space": start.strip(), self._profile.stop_space: stop.strip(),
            "timeout": int(timeout) if timeout.isdigit() else 45, "tm_update": timestamp(),
        }

    def _read_queues(self) -> None:
        known = {row["name"]: row for row in self._tables["queues"]}
        rows = []
        members = [row for row in self._tables["members"] if row["membership"] == "dynamic"]
        for name, pairs in self._files.asterisk_sections("queues.conf"):
            if name in NOT_A_QUEUE:
                continue
            options = object_of(pairs)
            if name in known and options.get("strategy") == "linear":
                del options["strategy"]  # Asterisk changes a queue that runs to this one only when it restarts.
            rows.append(queue_row({**NEW_QUEUE, **known.get(name, {}), "name": name}, options))
            members += [static_member(name, value) for key, value in pairs if key == "member"]
        names = {row["name"] for row in rows}
        self._tables["queues"].rows = rows
        self._tables["members"].rows = [row for row in members if row["queue_name"] in names]

    def add_member(self, values: Row) -> None:
        """Add a dynamic queue member, as AMI does: nothing happens when the queue is unknown or has the interface."""
        table = self._tables["members"]
        member_id = f"{values['name']}@{values['queue_name']}"
        twin = table.find(queue_name=values["queue_name"], location=values["location"])
        if self._tables["queues"].find(name=values["queue_name"]) and twin is None and table.find(id=member_id) is None:
            table.rows.append({
                **NEW_MEMBER, **values, "id": member_id, "membership": "dynamic", "tm_update": timestamp(),
                "status": self._device_status(values["location"]),
            })

    def _device_status(self, interface: str) -> int:
        """The number of a device state: 1 not in use, 4 invalid, 5 unavailable."""
        technology, dummy, name = interface.partition("/")
        if technology == "Local":
            return 1
        return 5 if technology == "PJSIP" and self["endpoints"].find(object_name=name) else 4

    def contents(self) -> dict[str, Any]:
        """All tables with their rows."""
        return {name: self[name].rows for name in KEYS}


def queue_row(row: Row, options: dict[str, Any]) -> Row:
    """A queue with the options that its section sets."""
    for option, field in (("maxlen", "max"), ("weight", "weight"), ("servicelevel", "service_level")):
        value = options.get(option)
        if isinstance(value, str) and value.isdigit():
            row[field] = int(value)
    if isinstance(options.get("strategy"), str):
        row["strategy"] = options["strategy"]
    return {**row, "tm_update": timestamp()}


def static_member(queue: str, value: str) -> Row:
    """A member from a line ``member => interface,penalty,name,state interface``."""
    interface, penalty, name, state_interface = (part.strip() for part in (value.split(",") + ["", "", ""])[:4])
    name = name or interface
    return {
        "id": f"{name}@{queue}", "queue_name": queue, "name": name, "location": interface,
        "state_interface": state_interface or interface, **NEW_MEMBER, "penalty": int(penalty) if penalty.isdigit() else 0,
        "status": 1 if interface.startswith("Local/") else 4, "tm_update": timestamp(),
    }
