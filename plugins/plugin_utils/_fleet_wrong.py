# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a fleet, worst first."""

from __future__ import annotations

import typing as t

CRITICAL, WARNING, NOTE = "critical", "warning", "note"
SEVERITIES = (CRITICAL, WARNING, NOTE)
Problem = t.Dict[str, t.Any]
# The order is that of the report. Code: severity, and what the summary says.
PROBLEMS: dict[str, tuple[str, str]] = {
    "system_failed": (CRITICAL, "Systems that could not be read"),
    "pbx_unreachable": (CRITICAL, "Cloud PBXs that run, but don't answer"),
    "proxy_disconnected": (CRITICAL, "Onsite Proxies that are disconnected"),
    "trunk_unregistered": (CRITICAL, "Trunks that aren't registered"),
    "pbx_ended": (CRITICAL, "Cloud PBXs whose plan or term has ended"),
    "pbx_full": (CRITICAL, "Cloud PBXs with no capacity left"),
    "pbx_ending": (WARNING, "Cloud PBXs whose plan or term ends soon"),
    "pbx_nearly_full": (WARNING, "Cloud PBXs with little capacity left"),
    "proxy_abnormal": (WARNING, "Onsite Proxies that are overloaded"),
    "proxy_phones": (WARNING, "Onsite Proxies without any phone online"),
    "phone_offline": (WARNING, "SIP phones that are offline"),
    "softphone_suspended": (WARNING, "Softphones that are suspended"),
    "pbx_stopped": (NOTE, "Cloud PBXs that are stopped"),
    "pbx_changing": (NOTE, "Cloud PBXs that are starting, upgrading, restored or provisioned"),
}
_RANKS = {code: rank for rank, code in enumerate(PROBLEMS)}


def problem(code: str, kind: str, name: str, text: str, pbx: str = "") -> Problem:
    """One thing that is wrong; ``pbx``: the Cloud PBX that it belongs to."""
    rank, severity = _RANKS[code], PROBLEMS[code][0]
    return {"severity": severity, "code": code, "rank": rank, "kind": kind, "name": name, "pbx": pbx, "text": text}


def in_order(problems: t.Iterable[Problem]) -> list[Problem]:
    """Worst first; equal ones by Cloud PBX and name."""
    return sorted(problems, key=lambda one: (one["rank"], one["pbx"] or one["name"], one["name"], one["text"]))


def judged(problems: list[Problem]) -> dict[str, t.Any]:
    """The columns of a row that say what is wrong with it. ``rank``: what rows are sorted by, the worst first."""
    rank = min((one["rank"] for one in problems), default=len(PROBLEMS))
    severity = next((severity for severity in SEVERITIES for one in problems if one["severity"] == severity), "")
    return {"severity": severity, "rank": rank, "wrong": "; ".join(one["text"] for one in problems)}
