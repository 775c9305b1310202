# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the ids in a phone stand for: models, extensions and employees."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parent.parent / "seeds" / "telecomx.json"
NORMAL, FULL = (json.loads(SEED.read_text(encoding="utf-8"))[shape] for shape in ("normal", "full"))
CUSTOMER: str = FULL["customer"]
NAMES = ("Anders Holm", "Bente Krogh", "Carl Friis", "Dorte Lund", "Erik Bang", "Freja Toft", "Gustav Dahl")
SPARE_EXTENSIONS = 3


def identifier(what: str) -> str:
    """An id of 24 hex characters that is the same in each run."""
    return hashlib.sha256(what.encode()).hexdigest()[:24]


OTHER_CUSTOMER = identifier("other customer")


def make_model(brand: str, name: str, model: str) -> dict[str, Any]:
    """A phone model with a picture."""
    return {"_id": identifier(f"model {model}"), "brand": brand, "brandName": name, "model": model,
            "picture": identifier(f"picture {model}")}


# The last one is a DECT base, whose handsets share its MAC address.
MODELS = [
    make_model("SNOM", "Snom", "D785"), make_model("YEALINK", "Yealink", "T54W"), make_model("MITEL", "Mitel", "6867i"),
    make_model("CISCO", "Cisco", "SPA112"), make_model("GENERIC", "Generic", "SIP"),
    make_model("GIGASET", "Gigaset", "N870 IP PRO"),
]
BASE: str = MODELS[-1]["_id"]
# The model that the example of the full shape names is described nowhere.
FULL_MODEL = {**make_model("SNOM", "Snom", "370"), "_id": FULL["sipPhoneModel"]}
FULL_EXTENSION = {"_id": FULL["extension"], "number": "593", "direct": "+4570305051"}
FULL_EMPLOYEE = {"_id": identifier("employee 593"), "name": "Hans Christian Anderson"}


class Directory:
    """Models, and extensions with the employees who have them."""

    def __init__(self) -> None:
        """Know what the document's examples name, and a few extensions without a phone."""
        models = [NORMAL["sipPhoneModel"], FULL_MODEL, *MODELS]
        self.models: dict[str, dict[str, Any]] = {model["_id"]: model for model in models}
        self.extensions: dict[str, dict[str, Any]] = {}
        self._add(NORMAL["extension"], NORMAL["employee"])
        self._add(FULL_EXTENSION, FULL_EMPLOYEE)
        self.spare = [self.extension(-1 - number) for number in range(SPARE_EXTENSIONS)]

    def _add(self, extension: dict[str, Any], employee: dict[str, Any] | None) -> None:
        self.extensions[extension["_id"]] = {"extension": extension, **({"employee": employee} if employee else {})}

    def extension(self, number: int) -> str:
        """The id of a generated extension; one in four has no direct number, one in five no employee."""
        extension = {"_id": identifier(f"extension {number}"), "number": str(600 + number)}
        if number % 4:
            extension["direct"] = f"+4570{310000 + number}"
        name = {"_id": identifier(f"employee {number}"), "name": NAMES[number % len(NAMES)]}
        self._add(extension, name if number % 5 else None)
        return extension["_id"]

    def user(self, phone: dict[str, Any]) -> dict[str, Any]:
        """Extension and employee of a phone, as far as there are any."""
        return self.extensions.get(phone["extension"], {})
