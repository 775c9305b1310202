# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as only TelecomX sends them, and its two shapes of a phone brought into one (facts/vendors.md 3.6)."""

from __future__ import annotations

import re
import typing as t

from ..._model import converters


def one_shape(raw: t.Mapping[str, t.Any]) -> t.Mapping[str, t.Any]:
    """The normal shape has objects where the full one has their IDs, and C(online) at the top (facts/vendors.md 3.6)."""
    shaped = dict(raw)
    for name in ("sipPhoneModel", "extension", "employee"):
        held = raw.get(name)
        if isinstance(held, str):
            shaped[name] = {"_id": held} if held else None
        elif isinstance(held, dict) and not any(held.values()):
            shaped[name] = None
    status = raw.get("status")
    if raw.get("online") is None and isinstance(status, dict):
        shaped["online"] = status.get("online")
    # The document's table has these at the top, its example inside of purchaseInfo.
    purchase = {name: raw[name] for name in ("orderId", "date", "paymentOption") if name in raw}
    inside = raw.get("purchaseInfo")
    if purchase or isinstance(inside, dict):
        shaped["purchaseInfo"] = {**purchase, **(inside if isinstance(inside, dict) else {})}
    return shaped


def countries(value: t.Any) -> list[str]:
    """A comma list; empty and null both occur for none."""
    return [part.strip() for part in converters.text(value).split(",") if part.strip()]


def seconds(value: t.Any) -> int | None:
    """-1 is offline."""
    found = converters.whole(value)
    return found if found >= 0 else None


def as_address(value: t.Any) -> str:
    """A MAC address, or that of a handset, in capitals and with nothing in between; what is no such address stays as it is."""
    text = converters.text(value)
    digits = re.sub(r"[\s:.\-]", "", text)
    return digits.upper() if re.fullmatch("[0-9A-Fa-f]{10,12}", digits) else text


def capitals(value: t.Any) -> str:
    """Brands are in capitals in the document's table, and not in its example."""
    return converters.text(value).upper()
