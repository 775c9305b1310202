# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet report as plain data: what is wrong first, a summary, and a row per object."""

from __future__ import annotations

import base64
import collections
import contextlib
import datetime
import hashlib
import json
import typing as t

from ._fleet_found import FAILED, Data, Fleet, Found, gather, plain
from ._fleet_rows import (
    RUNNING,
    Limits,
    Row,
    pbx_row,
    phone_row,
    proxy_row,
    softphone_row,
    trunk_row,
)
from ._fleet_wrong import (
    PROBLEMS,
    SEVERITIES,
    Problem,
    in_order,
    problem,
)
from .untrusted import untrusted
from .values import iso8601, moment

FORMAT = 1
SHARES = ("0 to 24 %", "25 to 49 %", "50 to 74 %", "75 to 89 %", "90 to 99 %", "full", "no capacity")
SHARE_ENDS = (25, 50, 75, 90, 100)
# What closes a script, opens a comment, or ends a line of JavaScript.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def report(
    hostvars: t.Any,
    results: t.Any = (),
    days: float = 30,
    capacity_percent: float = 90,
    earlier: t.Any = None,
    now: t.Any = None,
) -> t.Any:
    """The report of the hosts and results. Raises ValueError.

    ``earlier``: the report of the run before. If nothing but the time differs, its time stays, so that files can stay too.
    """
    limits = Limits(moment(now) if now else datetime.datetime.now(datetime.timezone.utc), _least(days), _least(capacity_percent))
    made = plain(_report(gather(hostvars, results), limits))
    if isinstance(earlier, t.Mapping) and {**plain(earlier), "generated": ""} == {**made, "generated": ""}:
        with contextlib.suppress(ValueError):  # somebody has edited it
            made["generated"] = iso8601(earlier.get("generated"))
    # Names come from an API: none may be taken for a template.
    return untrusted(made)


def _least(value: t.Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= 100_000:
        raise ValueError(f"days and capacity_percent must be numbers from 0 to 100000, not {value!r}")
    return number


def embedded(value: t.Any) -> str:
    """JSON that may stand in a script element of a page, whatever text is in it."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)


def source_hash(text: t.Any) -> str:
    """How a Content-Security-Policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()}'"


def _report(fleet: Fleet, limits: Limits) -> Data:
    found, problems = fleet.found, [
        problem("system_failed", "System", one["system"], one["text"]) for one in fleet.systems if one["state"] == FAILED
    ]

    def rows(of: t.Iterable[Row]) -> list[Data]:
        made = list(of)
        problems.extend(one for dummy, some in made for one in some)
        return [row for row, dummy in made]

    proxies = rows(map(proxy_row, found["onsite_proxy"]))
    by_pbx: dict[str, list[Data]] = collections.defaultdict(list)
    for row in proxies:
        by_pbx[row["pbx"]].append(row)
    pbxs = rows(pbx_row(one, by_pbx.get(one.host, []), limits) for one in found["cloud_pbx"])
    phones = rows([*map(phone_row, found["sip_phone"]), *map(softphone_row, found["softphone"])])
    trunks = rows(map(trunk_row, found["trunk"]))
    tables = {"pbxs": pbxs, "proxies": proxies, "phones": phones, "trunks": trunks}
    return {
        "format": FORMAT,
        "generated": iso8601(int(limits.now.timestamp())),
        "limits": {"days": limits.days, "capacity_percent": limits.percent},
        "systems": fleet.systems,
        "summary": _summary(tables, problems, limits),
        "problems": in_order(problems),
        "charts": _charts(tables, found["system"], limits),
        **{name: sorted(some, key=lambda row: (row.get("pbx", ""), row["name"])) for name, some in tables.items()},
    }


def _summary(tables: dict[str, list[Data]], problems: list[Problem], limits: Limits) -> Data:
    pbxs, proxies, phones = tables["pbxs"], tables["proxies"], tables["phones"]
    codes = collections.Counter(one["code"] for one in problems)
    severities = collections.Counter(one["severity"] for one in problems)
    return {
        "severities": {severity: severities[severity] for severity in SEVERITIES},
        "problems": [
            {"code": code, "severity": severity, "title": title, "count": codes[code]}
            for code, (severity, title) in PROBLEMS.items()
            if codes[code]
        ],
        "pbxs": len(pbxs),
        "pbxs_running": sum(row["status"] == RUNNING for row in pbxs),
        "pbxs_unreachable": codes["pbx_unreachable"],
        "pbxs_ended": codes["pbx_ended"],
        "pbxs_ending": codes["pbx_ending"],
        "extensions": sum(row["extensions"] for row in pbxs),
        "extensions_used": sum(row["extensions_used"] for row in pbxs),
        "proxies": len(proxies),
        "proxies_connected": len(proxies) - codes["proxy_disconnected"],
        "proxy_phones": sum(row["phones"] for row in proxies),
        "proxy_phones_online": sum(row["phones_online"] for row in proxies),
        "phones": len(phones),
        "phones_online": sum(row["status"] == "online" for row in phones),
        "trunks": len(tables["trunks"]),
        "trunks_registered": len(tables["trunks"]) - codes["trunk_unregistered"],
    }


def _charts(tables: dict[str, list[Data]], asterisks: list[Found], limits: Limits) -> list[Data]:
    """Counts to be drawn, and to be read as a table. Those without any value are left out."""
    pbxs, proxies = tables["pbxs"], tables["proxies"]
    jade = [{"version": str(one.object.get("ast_version") or "")} for one in asterisks]
    ends, shares = _ends(limits), collections.Counter(_share(row["extensions_percent"]) for row in pbxs)
    ending = collections.Counter(_ending(row["days_left"], limits) for row in pbxs)
    charts = [
        ("status", "Status of the Cloud PBXs", "Status", _counted(pbxs, "status")),
        ("ends", "When plan or term ends", "End", [[name, ending[name]] for name in ends]),
        ("extensions", "Extensions in use", "Share of the capacity", [[name, shares[name]] for name in SHARES]),
        ("plans", "Plans of the Cloud PBXs", "Plan", _counted(pbxs, "plan")),
        ("versions", "Versions of the Cloud PBXs", "Version", _counted(pbxs, "version")),
        ("proxies", "Status of the Onsite Proxies", "Status", _counted(proxies, "status")),
        ("proxy_versions", "Versions of the Onsite Proxies", "Version", _counted(proxies, "version")),
        ("phones", "Phones", "Status", _counted(tables["phones"], "status")),
        ("asterisk", "Versions of Asterisk", "Version", _counted(jade, "version")),
    ]
    return [
        {"id": name, "title": title, "label": label, "rows": rows}
        for name, title, label, rows in charts
        if any(count for dummy, count in rows)
    ]


def _counted(rows: list[Data], column: str) -> list[list[t.Any]]:
    """How often each value occurs, most often first."""
    counts = collections.Counter(row[column] or "unknown" for row in rows)
    return [[value, count] for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _ends(limits: Limits) -> list[str]:
    return ["ended", f"within {limits.days:g} days", "within a year", "later", "never"]


def _ending(left: int | None, limits: Limits) -> str:
    names = _ends(limits)
    if left is None:
        return names[4]
    if left < 0:
        return names[0]
    return names[1] if left < limits.days else names[2] if left < 365 else names[3]


def _share(percent: int | None) -> str:
    if percent is None:
        return SHARES[6]
    return next((name for name, end in zip(SHARES, SHARE_ENDS) if percent < end), SHARES[5])
