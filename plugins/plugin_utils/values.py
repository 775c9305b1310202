# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small values of telephony, turned into other forms. The filters and tests are thin faces of this."""

from __future__ import annotations

import datetime
import re
import typing as t

LONGEST_SHOWN = 80
MAC_FORMS = {"plain": ("", 2), "colon": (":", 2), "dash": ("-", 2), "dot": (".", 4)}
_MOMENT = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|\+00:?00)?$")
_SPACES = re.compile(r"^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$")
# The variables of which a host or an object may have one, and what means that it works.
_STATES: tuple[tuple[str, frozenset[t.Any]], ...] = (
    ("online", frozenset((True,))),
    ("registered", frozenset((True,))),
    ("device_state", frozenset(("Not in use", "In use", "Busy", "Ringing", "Ring+Inuse", "On Hold"))),
    # An abnormal onsite proxy is overloaded, but connected. Numbers: device states of queue members.
    ("status", frozenset(("Running", "connected", "abnormal", "Registered", "Reachable", 1, 2, 3, 6, 7, 8))),
)


def shown(value: t.Any) -> str:
    """A value in a message: on one line, and not longer than a person reads."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def spaces(value: t.Any) -> list[str]:
    """The parking spaces of a range such as 701-720, in order. Raises ValueError."""
    match = _SPACES.match(str(value))
    if not match:
        raise ValueError(f"{shown(value)} is no range of parking spaces such as 701-720")
    first, last = match.group(1), match.group(2) or match.group(1)
    if int(first) > int(last):
        raise ValueError(f"{value!r}: the first parking space comes after the last one")
    if int(last) - int(first) > 100_000:
        raise ValueError(f"{value!r} has more than 100000 parking spaces")
    return [str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)]


def mac(value: t.Any, form: str = "colon", upper: bool = False) -> str:
    """A MAC address in one of the usual forms. Raises ValueError."""
    digits = re.sub(r"[\s:.\-]", "", str(value))
    if not re.fullmatch("[0-9A-Fa-f]{12}", digits):
        # YAML reads 10:20:30:40:50:55 without quotes as a number of base 60.
        hint = "; in YAML it needs quotes" if isinstance(value, int) and not isinstance(value, bool) else ""
        raise ValueError(f"{shown(value)} is no MAC address{hint}")
    if form not in MAC_FORMS:
        raise ValueError(f"form is {form!r}, but must be one of {', '.join(MAC_FORMS)}")
    between, size = MAC_FORMS[form]
    digits = digits.upper() if upper else digits.lower()
    return between.join(digits[start : start + size] for start in range(0, 12, size))


def moment(value: t.Any) -> datetime.datetime:
    """A time of any of the APIs: seconds since 1970 as number or text, or ISO 8601 in UTC. Raises ValueError.

    Jade's nanoseconds lack their leading zeros: .5Z is five of them (facts/jade.md 3).
    """
    text = str(value).strip()
    if re.fullmatch(r"\d{1,11}", text):
        return datetime.datetime.fromtimestamp(int(text), tz=datetime.timezone.utc)
    match = _MOMENT.match(text)
    if not match:
        raise ValueError(f"{shown(value)} is no time: neither seconds since 1970 nor like 2021-12-09T01:19:00Z, which is UTC")
    try:
        whole = datetime.datetime.fromisoformat(f"{match.group(1)}T{match.group(2)}+00:00")
    except ValueError:
        raise ValueError(f"{shown(value)} is no time: there is no such day or hour") from None
    return whole.replace(microsecond=int((match.group(3) or "0").zfill(9)) // 1000)


def iso8601(value: t.Any) -> str:
    """A time of any of the APIs as ISO 8601 in UTC, to the second."""
    return moment(value).strftime("%Y-%m-%dT%H:%M:%SZ")


def expires_within(value: t.Any, days: float, now: datetime.datetime | None = None) -> bool:
    """Whether something ends within so many days, or has ended. What never ends (null) doesn't.

    ``value``: a time, or an object with C(expiration_date) or C(plan_expiration_date), of which the earlier one counts.
    """
    if isinstance(value, dict):
        known = [value[name] for name in ("expiration_date", "plan_expiration_date") if value.get(name)]
    else:
        known = [value] if value else []
    moments = [moment(one) for one in known]
    try:
        limit = (now or datetime.datetime.now(datetime.timezone.utc)) + datetime.timedelta(days=float(days))
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"days is {shown(days)}, but must be a number of days") from None
    return any(one <= limit for one in moments)


def is_online(value: t.Any) -> bool:
    """Whether an object works: a PBX that runs, a proxy that is connected, a phone that is registered. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError(f"only an object of this collection's modules or inventories can be online, not {shown(value)}")
    for name, good in _STATES:
        found = value.get(name)
        if isinstance(found, (str, int)):  # a phone's C(status) is an object of its own
            return found in good
    if any(name in value for name, dummy in _STATES):
        return False
    raise ValueError(f"nothing tells whether it is online: the object has none of {', '.join(name for name, dummy in _STATES)}")
