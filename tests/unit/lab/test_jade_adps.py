# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade's database takes of asynchronous dialplans."""

from __future__ import annotations

from typing import Any

import pytest
from lab_client import Client

MASTERS, STEPS = "/v1/admin/dialplan/adpmas", "/v1/admin/dialplan/adps"
STEP = {"dpma_uuid": "anything", "sequence": 1}


def rows(lab: Client, path: str = STEPS, name: str = "real", **wanted: Any) -> list[dict[str, Any]]:
    found = lab.result(path, name=name)["list"]
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize(("path", "body", "status"), [
    (STEPS, STEP, 200), (STEPS, {"sequence": 1}, 500), (STEPS, {"dpma_uuid": "x"}, 500),
    (STEPS, {**STEP, "sequence": "1"}, 500), (STEPS, {**STEP, "sequence": 0}, 500), (STEPS, {**STEP, "sequence": True}, 500),
    (STEPS, {**STEP, "unknown": "x"}, 500), (STEPS, {**STEP, "command": "it's"}, 500),
    (MASTERS, {}, 200), (MASTERS, {"name": "x", "unknown": "x"}, 500), (MASTERS, {"name": "it's"}, 500),
])
def test_what_can_be_created(lab: Client, path: str, body: Any, status: int) -> None:
    before = len(rows(lab, path))
    assert lab.jade("POST", path, body).status_code == status
    assert len(rows(lab, path)) == before + (status == 200)


def test_a_place_is_taken_once_and_an_id_is_never_chosen(lab: Client) -> None:
    assert lab.jade("POST", STEPS, {**STEP, "uuid": "mine", "tm_create": "mine"}).status_code == 200
    assert lab.jade("POST", STEPS, STEP).status_code == 500
    (row,) = rows(lab, dpma_uuid="anything")
    assert row["uuid"] != "mine" and row["tm_create"] != "mine" and row["tm_update"] is None


def test_the_real_server_can_not_change_a_step(lab: Client) -> None:
    (row,) = rows(lab)
    for body in ({"name": "x"}, {"dpma_uuid": row["dpma_uuid"], "sequence": 1, "name": "x"}):
        assert lab.jade("PUT", f"{STEPS}/{row['uuid']}", body).status_code == 500
    assert rows(lab) == [row]


def test_the_documented_server_changes_a_step_if_it_is_told_the_master(lab: Client) -> None:
    (row,) = rows(lab, name="doc")
    path, place = f"{STEPS}/{row['uuid']}", {"dpma_uuid": row["dpma_uuid"], "sequence": row["sequence"]}
    for body in ({"name": "x"}, {**place, "dpma_uuid": "unknown", "name": "x"}):
        assert lab.jade("PUT", path, body, name="doc").status_code == 500
    assert rows(lab, name="doc") == [row]
    assert lab.jade("PUT", path, {**place, "uuid": "mine", "name": "x"}, name="doc").status_code == 200
    (changed,) = rows(lab, name="doc")
    assert changed == {**row, "name": "x", "tm_update": changed["tm_update"]} and changed["tm_update"] != row["tm_update"]


@pytest.mark.parametrize("path", [MASTERS, STEPS])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_not_there_is_a_500(lab: Client, method: str, path: str) -> None:
    assert lab.jade(method, f"{path}/none", {"name": "x"}).status_code == 500


def test_a_master_goes_without_its_steps(lab: Client) -> None:
    (row,) = rows(lab)
    assert lab.jade("DELETE", f"{MASTERS}/{row['dpma_uuid']}").status_code == 200
    assert rows(lab) == [row]
