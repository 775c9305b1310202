# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of a SIP phone that a task gives by their names in the API document: their types, and when two are the same."""

from __future__ import annotations

import datetime
import re
import typing as t
from dataclasses import replace

from ..._http.errors import BadInput
from ..._http.redaction import MASKED
from ..._model import converters
from ..._model.resource import Field, Object
from .sip_phone import SIP_PHONE

_CONVERTERS: dict[str, tuple[converters.Converter, str]] = {
    "str": (converters.text, "a text"),
    "int": (converters.whole, "a whole number"),
    "bool": (converters.flag, "true or false"),
}
# What can be set, but for what is an option of its own
_SETTABLE = (
    "ip", "call_waiting", "side_panel", "side_panel_count", "softkeys_on_device", "softkey_blf_blind_transfer",
    "headset_button", "dhsg", "display_brightness", "display_brightness_idle", "display_background", "display_font_color",
    "instance_id", "ringer", "volume", "softkeys", "codec", "network", "purchase_info",
)  # fmt: skip
_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?)?(?:Z|\+00:00)?$")


def _date(value: t.Any) -> str:
    """ISO 8601 to the second in UTC. YAML makes dates of what isn't quoted."""
    text = value.isoformat() if isinstance(value, datetime.date) else converters.text(value)
    match = _DATE.match(text)
    return f"{match.group(1)}T{match.group(2) or '00:00:00'}Z" if match else text


def _countries(value: t.Any) -> str:
    """A comma list; a list is taken as well."""
    parts = value if isinstance(value, list) else converters.text(value).split(",")
    return ",".join(converters.text(part).strip().upper() for part in parts if converters.text(part).strip())


_SPECIAL = {"date": _date, "countries": _countries}


def _on_the_wire(field: Field) -> Field:
    """The field under its name in the API document, which is how a task gives it."""
    name = field.path[-1]
    inner = tuple(_on_the_wire(one) for one in field.fields)
    if name in _SPECIAL:
        return replace(field, name=name, api="", type="str", elements=None, convert=_SPECIAL[name])
    return replace(field, name=name, api="", fields=inner)


SETTINGS = tuple(_on_the_wire(SIP_PHONE.field(name)) for name in _SETTABLE)


def typed(wanted: t.Any, fields: tuple[Field, ...] = SETTINGS, where: str = "settings") -> Object:
    """What a task gives, each value in the type that the document says. Raises BadInput that names the setting."""
    if not isinstance(wanted, dict):
        raise BadInput(f"{where} must be a dictionary")
    by_name = {field.name: field for field in fields}
    unknown = [str(name) for name in wanted if name not in by_name]
    if unknown:
        raise BadInput(f"{where} holds {', '.join(unknown)}, but can only hold {', '.join(by_name)}")
    return {name: _typed(by_name[name], value, f"{where}.{name}") for name, value in wanted.items()}


def _typed(field: Field, value: t.Any, where: str) -> t.Any:
    if field.type == "dict":
        return typed(value, field.fields, where)
    if field.type == "list":
        if not isinstance(value, list):
            raise BadInput(f"{where} must be a list")
        return [typed(item, field.fields, f"{where}[{number}]") for number, item in enumerate(value)]
    # Null is how TelecomX writes that a setting isn't set, but within ip.
    if value is None or (value == "" and (field.type != "str" or where.count(".") == 1)):
        return None
    if field.secrets_inside and MASKED in str(value):
        raise BadInput(f"{where} holds {MASKED}, which stands for a secret that isn't shown", hint="Give it in full")
    convert, what = _CONVERTERS[field.type]
    try:
        return (field.convert or convert)(value)
    except (ValueError, TypeError, OverflowError):
        raise BadInput(f"{where} is {value!r}, but must be {what}") from None


def named(held: t.Any, wanted: t.Any) -> t.Any:
    """As much of a setting as a task names."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        return {name: named(held.get(name), value) for name, value in wanted.items()}
    return held


def merged(held: t.Any, wanted: t.Any) -> t.Any:
    """Objects are partial at each level; all else is replaced."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        return {**held, **{name: merged(held.get(name), value) for name, value in wanted.items()}}
    return wanted


def plain(value: t.Any) -> t.Any:
    """The same for all that means the same: nothing, an empty text and an empty list are left out, soft keys are in order."""
    if isinstance(value, dict):
        items = {name: plain(item) for name, item in value.items()}
        return {name: item for name, item in items.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        rows = [plain(item) for item in value]
        in_order = all(isinstance(row, dict) and "index" in row for row in rows)
        return sorted(rows, key=lambda row: row["index"]) if in_order else rows
    return value
