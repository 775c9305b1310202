# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes in from outside, made up by hypothesis, and how often."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# How many times as often as usual to try, by other examples each time. Without it each run is the same as the last one.
TIMES = int(os.environ.get("HOSTILE_TIMES", "1"))
TEXTS = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "1e999", "NaN", "null", "true", "{{ 7*7 }}", "..", "%2F", "a\r\nb: c", "a\x00b", "\ud800", "\U0001f4de",
         "\u202eevil", "9" * 400, "x" * 5000, "2018-05-22T13:24:14.5Z", "\x1b[2J", "=>", "(a|b)"]
    ),
    st.text(st.characters(), max_size=8),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 120),
    st.sampled_from([10**400, -(10**400), 2**63, float("nan"), float("inf"), float("-inf"), -0.0, 1e308, 0.1]),
)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
KEYS = st.one_of(st.sampled_from(["id", "uuid", "name", "data", "permission", "_id", "members", "strategy"]), TEXTS)


def deep(levels: int, square: bool) -> Any:
    """Something inside of something, many times."""
    found: Any = "deep"
    for _level in range(levels):
        found = [found] if square else {"data": found}
    return found


ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=5
    ),
    st.builds(deep, st.sampled_from([3, 60, 400, 900]), st.booleans()),
)


def tries(count: int) -> settings:
    """Settings of a test: the same examples each time, unless somebody wants to find more."""
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
