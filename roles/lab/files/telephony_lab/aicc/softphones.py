# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The softphone numbers of an AICC: the document's two, and as many generated ones as asked for."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parent.parent / "seeds" / "aicc.json"
FIRST_GENERATED = 88881198
REMARKS = ("Front desk", "Night shift", "", "Training room")
# The port of the registration servers and their addresses; the first one is the document's.
PORT, ADDRESSES = "5060", (("10.162.98.43", "10.162.98.44"), ("10.162.99.43", "10.162.99.44"))


def generate(number: int) -> dict[str, Any]:
    """A softphone made from its number alone, so that it is the same in each run."""
    mix = hashlib.sha256(f"softphone {number}".encode()).hexdigest()
    return {
        "phoneNum": str(FIRST_GENERATED + number), "password": f"Sp{mix[:5]}~{mix[5:9].upper()}@{mix[9:12]}",
        "id": 40100 + number * 3, "status": 1 if number % 4 == 3 else 0, "remark": REMARKS[number % len(REMARKS)],
        "tenantId": "202109175821", "partdbId": str(1 + number % 2),
    }


class Softphones:
    """Softphones in the order of their list."""

    def __init__(self, total: int) -> None:
        """Make the document's softphones and as many more as the total needs."""
        self.resize(total)

    def resize(self, total: int) -> None:
        """Start afresh with another number of softphones."""
        seeded = copy.deepcopy(json.loads(SEED.read_text(encoding="utf-8")))
        self._next = max(0, total - len(seeded))
        self.rows = (seeded + [generate(number) for number in range(self._next)])[:total]

    def move(self, how: str, rows: int, ordering: Any) -> None:
        """Delete the first rows, insert rows before them, or have them listed last."""
        if how == "insert":
            self.rows[:0] = [generate(self._next + number) for number in range(rows)]
            self._next += rows
            return
        moved = self.rows[:rows]
        del self.rows[:rows]
        if how == "resort":
            self.rows += moved


def address(node: int) -> dict[str, str]:
    """Where softphones register, as one entry of singleRegServ or of a node."""
    registration, service = ADDRESSES[node]
    return {"regIPAddress": registration, "regPort": PORT, "sipServicePort": PORT, "sipServiceIp": service}


def result(shape: str, total: int, phones: list[dict[str, Any]]) -> dict[str, Any]:
    """The result of a query, with the addresses in one of three shapes."""
    if shape == "single":
        return {"total": total, "singleRegServ": [address(0)], "phone": phones}
    if shape == "pool":
        return {"total": total, "poolRegServ": {"node1": [address(0)], "node2": [address(1)]}, "phone": phones}
    return {"total": total, "regPort": PORT, "phone": phones, "regIPAddress": ADDRESSES[0][0]}


SHAPES = ("flat", "single", "pool")
