# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a task sends: each is a round trip to a server that may be far away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.ground import Ground, succeeded
from tests.system.support.lab import Lab

LOT = {"name": "sales", "parkpos": "811-830", "context": "sales_park"}
LOTS = "/v1/admin/park/cfg_parkinglots"


@pytest.fixture
def ground(lab: Lab, tmp_path: Path) -> Ground:
    """A Jade that creates parking lots."""
    return Ground(lab, "f31439d", tmp_path)


def test_a_change_of_one_setting_costs_six_requests_with_login(ground: Ground, lab: Lab) -> None:
    with ground.hurried():
        ground.begin()
        succeeded(ground.run("jade_parking_lot", LOT))
        ground.forget_sessions()
        lab.forget_log()
        result = succeeded(ground.run("jade_parking_lot", {"name": "sales", "parkingtime": 90}))
        sent = lab.calls(system="jade")
    assert result["changed"]
    assert sent == [
        "POST /v1/admin/login",
        f"GET {LOTS}",
        f"PUT {LOTS}/sales",
        f"GET {LOTS}",
        "PUT /v1/admin/core/modules/res_parking.so",
        "GET /v1/admin/park/parkinglots/sales",
    ]


def test_what_is_so_already_costs_two_requests(ground: Ground, lab: Lab) -> None:
    with ground.hurried():
        ground.begin()
        succeeded(ground.run("jade_parking_lot", LOT))
        lab.forget_log()
        assert not succeeded(ground.run("jade_parking_lot", LOT))["changed"]
        assert lab.calls(system="jade") == [f"GET {LOTS}", "GET /v1/admin/park/parkinglots/sales"]
