# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a report: one per object, with what is wrong with it. No addresses of proxies, no names of people."""

from __future__ import annotations

import datetime
import math
import re
import typing as t
from dataclasses import dataclass

from ._fleet_found import Data, Found
from ._fleet_wrong import Problem, judged, problem
from .values import is_online, moment

RUNNING, STOPPED = "Running", "Stopped"
CONNECTED, DISCONNECTED, ABNORMAL = "connected", "disconnected", "abnormal"
ENDS = (("plan_expiration_date", "plan"), ("expiration_date", "term"))
# What is used up: the columns' name, the fields of use and of capacity, and its name in a sentence.
CAPACITIES = (
    ("extensions", "used_extensions", "extension_capacity", "extensions"),
    ("calls", "active_calls", "concurrent_call_capacity", "concurrent calls"),
    ("recording", "used_recording", "recording_capacity", "minutes of recordings"),
)
# How an error begins: system, address and call. The report names the PBX already.
_ADDRESSED = re.compile(r"^[^:]+ at https?://\S+: (?:[A-Z]+ /\S*: )?")
Row = t.Tuple[Data, t.List[Problem]]


@dataclass(frozen=True)
class Limits:
    """From when on something is wrong: so many days before an end, and so many percent of a capacity."""

    now: datetime.datetime
    days: float
    percent: float


def _percent(used: int, capacity: int) -> int | None:
    """Rounded down, so that 100 means full."""
    return used * 100 // capacity if capacity > 0 else None


def _number(value: t.Any) -> int:
    return value if isinstance(value, int) else 0


def _end(pbx: Data) -> tuple[datetime.datetime, str] | None:
    """The earlier end of plan and term, and which of them it is."""
    ends = []
    for name, what in ENDS:
        try:
            ends.append((moment(pbx[name]), what))
        except (KeyError, ValueError):  # it never ends, or the server says what is no time
            continue
    return min(ends, default=None)


def _of_end(name: str, end: tuple[datetime.datetime, str] | None, limits: Limits) -> tuple[int | None, list[Problem]]:
    """Days that are left, and what is wrong about them."""
    if end is None:
        return None, []
    left = math.floor((end[0] - limits.now).total_seconds() / 86400)
    date = end[0].strftime("%Y-%m-%d")
    if end[0] <= limits.now:
        return left, [problem("pbx_ended", "Cloud PBX", name, f"its {end[1]} ended on {date}")]
    if end[0] <= limits.now + datetime.timedelta(days=limits.days):
        return left, [problem("pbx_ending", "Cloud PBX", name, f"its {end[1]} ends on {date}, in {left} days")]
    return left, []


def _of_capacity(name: str, pbx: Data, limits: Limits) -> tuple[Data, list[Problem]]:
    columns: Data = {}
    problems = []
    for column, used_field, capacity_field, what in CAPACITIES:
        used, capacity = _number(pbx.get(used_field)), _number(pbx.get(capacity_field))
        percent = _percent(used, capacity)
        columns.update({f"{column}_used": used, column: capacity, f"{column}_percent": percent})
        if percent is not None and percent >= min(limits.percent, 100):
            code = "pbx_full" if used >= capacity else "pbx_nearly_full"
            problems.append(problem(code, "Cloud PBX", name, f"{used} of {capacity} {what} are in use, {percent} %"))
    return columns, problems


def _of_status(found: Found) -> list[Problem]:
    status = found.object.get("status")
    if found.error:
        why = _ADDRESSED.sub("", found.error)
        return [problem("pbx_unreachable", "Cloud PBX", found.host, f"it runs, but can't be asked: {why}")]
    if status == RUNNING:
        return []
    code = "pbx_stopped" if status == STOPPED else "pbx_changing"
    return [problem(code, "Cloud PBX", found.host, f"its status is {status}")]


def pbx_row(found: Found, proxies: list[Data], limits: Limits) -> Row:
    """A Cloud PBX; ``proxies``: the rows of those that belong to it."""
    pbx = found.object
    end = _end(pbx)
    left, problems = _of_end(found.host, end, limits)
    capacity, more = _of_capacity(found.host, pbx, limits)
    problems = [*_of_status(found), *problems, *more]
    row = {"name": found.host, **judged(problems)}
    for name in ("sn", "status", "type", "plan", "region", "group", "version"):
        row[name] = str(pbx.get(name) or "")
    row.update(
        answers=not found.error if pbx.get("status") == RUNNING else None,
        ends=end[0].strftime("%Y-%m-%d") if end else "",
        days_left=left,
        **capacity,
        proxies=len(proxies),
        proxies_connected=sum(one["status"] in (CONNECTED, ABNORMAL) for one in proxies),
        phones=sum(one["phones"] for one in proxies),
        phones_online=sum(one["phones_online"] for one in proxies),
    )
    return row, problems


def proxy_row(found: Found) -> Row:
    """An Onsite Proxy."""
    proxy, problems = found.object, []
    name, status = str(proxy.get("name") or proxy.get("id") or ""), str(proxy.get("status") or "")
    phones, online = _number(proxy.get("phone_count")), _number(proxy.get("online_phone_count"))

    def wrong(code: str, text: str) -> None:
        problems.append(problem(code, "Onsite Proxy", name, text, found.parent))

    if status == DISCONNECTED:
        wrong("proxy_disconnected", f"it is disconnected, and with it {phones} phones" if phones else "it is disconnected")
    elif phones and not online:
        wrong("proxy_phones", f"none of its {phones} phones is online")
    if status == ABNORMAL:
        wrong("proxy_abnormal", "it is connected, but overloaded")
    row = {"name": name, "pbx": found.parent, **judged(problems)}
    row.update(status=status, version=str(proxy.get("version") or ""), phones=phones, phones_online=online)
    return row, problems


def phone_row(found: Found) -> Row:
    """A SIP phone, named by its extension, or by its MAC address if it has none."""
    phone = found.object
    name = str((phone.get("extension") or {}).get("number") or phone.get("mac_address") or phone.get("id") or "")
    model = phone.get("model") or {}
    known = isinstance(phone.get("online"), bool)
    online = is_online(phone) if known else None
    problems = [problem("phone_offline", "SIP phone", name, "it is offline")] if online is False else []
    made = " ".join(str(model[part]) for part in ("brand", "model") if isinstance(model, dict) and model.get(part))
    return _phone("SIP phone", name, made, online, problems), problems


def softphone_row(found: Found) -> Row:
    """A softphone number. Not every server says whether it is registered."""
    name, registered = str(found.object.get("number") or ""), found.object.get("registered")
    suspended = registered is False
    problems = [problem("softphone_suspended", "Softphone", name, "its registration is suspended")] if suspended else []
    return _phone("Softphone", name, "", registered if isinstance(registered, bool) else None, problems), problems


def _phone(kind: str, name: str, model: str, online: bool | None, problems: list[Problem]) -> Data:
    state = {True: "online", False: "offline", None: "unknown"}[online]
    return {"kind": kind, "name": name, "model": model, "status": state, **judged(problems)}


def trunk_row(found: Found) -> Row:
    """A registration of Asterisk at a provider."""
    name, status = str(found.object.get("name") or found.object.get("id") or ""), str(found.object.get("status") or "unknown")
    problems = [] if is_online({"status": status}) else [problem("trunk_unregistered", "Trunk", name, f"its status is {status}")]
    return {"name": name, "status": status, **judged(problems)}, problems
