# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a system is asked while somebody waits for it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import polling as patience


class Clock:
    """Time that passes while one sleeps, and only then."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("seconds", "fewest", "most"), [(0, 1, 1), (10, 10, 20), (60, 60, 70), (600, 60, 80), (3600, 60, 80)])
def test_who_waits_for_minutes_asks_no_more_often_than_who_waits_for_one(
    seconds: float, fewest: int, most: int, monkeypatch: Any
) -> None:
    asked: list[float] = []
    clock = Clock()
    monkeypatch.setattr(patience, "time", clock)

    def lacking() -> list[str]:
        asked.append(clock.now)
        return ["status"]

    assert patience.poll(lacking, seconds) == ["status"]
    assert fewest <= len(asked) <= most
    assert asked[-1] >= seconds


def test_what_is_there_at_once_is_asked_for_once() -> None:
    asked: list[str] = []

    def lacking() -> str:
        asked.append("once")
        return ""

    assert patience.poll(lacking, 600) == ""
    assert asked == ["once"]
