# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault that the lab can inject, once before and once after the request took effect where that makes a difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telephony_lab.faults import DELIVERY, KINDS, PAGING, REPLACING

# Seconds after which the calls of the matrix are given up, and how long the lab takes at most where it is only slow.
TIMEOUT = 0.6
BEARABLE, TOO_SLOW = 0.1, 1.2
STATUSES = (400, 401, 403, 404, 409, 429, 500, 503)
# What a kind needs besides. A kind that isn't here is injected as it stands, so that a new one can't be forgotten.
MORE: dict[str, list[dict[str, Any]]] = {
    "status": [
        *({"status": status} for status in STATUSES),
        {"status": 429, "headers": {"Retry-After": "0"}},
        {"status": 503, "headers": {"Retry-After": "a while"}},
        {"status": 200, "body": ""},
        {"status": 200, "body": "[[]]"},
        {"status": 302, "headers": {"Location": "https://elsewhere.example.com/"}},
    ],
    "slow": [{"seconds": BEARABLE}, {"seconds": BEARABLE, "trickle": BEARABLE}, {"seconds": TOO_SLOW}],
    "second_reply": [{"body": '{"result": "of another call"}'}],
    "move_rows": [{"how": "delete"}, {"how": "insert"}, {"how": "resort"}],
    "total_changes": [{"by": -1}, {"by": 7}],
}


@dataclass(frozen=True)
class Variant:
    """A fault as the lab wants it. ``lasting``: it strikes this call for ever, and not once."""

    fault: dict[str, Any] = field(hash=False)
    lasting: bool = False

    @property
    def kind(self) -> str:
        """The lab's name of it."""
        return str(self.fault["kind"])

    @property
    def after(self) -> bool:
        """Whether the request takes effect all the same."""
        return self.fault.get("when") == "after"

    @property
    def title(self) -> str:
        """What a person calls it."""
        headers = self.fault.get("headers", {})
        words = [self.kind.replace("_", " ")]
        words += [str(self.fault[name]) for name in ("status", "how", "by", "seconds") if name in self.fault]
        words += ["trickling"] if self.fault.get("trickle") else []
        words += [f"Retry-After {value}" for name, value in headers.items() if name == "Retry-After"]
        words += [repr(self.fault["body"])] if self.kind == "status" and "body" in self.fault else []
        words += ["after it took effect"] if self.after else []
        return " ".join(words) + (", for ever" if self.lasting else "")


def variants() -> list[Variant]:
    """All of them."""
    found = []
    for kind in sorted(KINDS):
        for more in MORE.get(kind, [{}]):
            found.append(Variant({"kind": kind, **more}))
            if kind in REPLACING and more.get("status") in (None, 200, 500):
                found.append(Variant({"kind": kind, **more, "when": "after"}))
    lasting = [{"kind": "reset"}, {"kind": "error"}, {"kind": "html"}, {"kind": "status", "status": 429},
               {"kind": "reset", "when": "after"}, {"kind": "error", "when": "after"}]  # fmt: skip
    return found + [Variant(fault, lasting=True) for fault in lasting]


def applies(variant: Variant, *, writes: bool, lists: bool) -> bool:
    """Whether it can be told from another variant on such a call: a read has no effect, and only lists have rows."""
    if variant.kind in PAGING:
        return lists
    return writes or not variant.after


def is_delivered(variant: Variant) -> bool:
    """Whether the true answer gets through, only in an odd way."""
    return variant.kind in DELIVERY and variant.fault.get("seconds") != TOO_SLOW and variant.kind != "truncated"
