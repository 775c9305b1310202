# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Asterisk makes of queues and their members."""

from __future__ import annotations

from lab_client import Client

QUEUES, MEMBERS = "/v1/admin/queue/cfg_queues", "/v1/admin/queue/members"


def store(lab: Client, method: str, path: str, **body: object) -> None:
    assert lab.jade(method, path, body).status_code == 200
    assert lab.jade("PUT", "/v1/admin/core/modules/app_queue").status_code == 200


def strategy(lab: Client) -> str:
    return lab.result("/v1/admin/queue/queues/q1")["strategy"]


def test_a_queue_that_runs_is_not_changed_to_linear(lab: Client) -> None:
    store(lab, "POST", QUEUES, name="q1", data={"strategy": "random"})
    store(lab, "PUT", f"{QUEUES}/q1", data={"strategy": "linear"})
    assert strategy(lab) == "random"
    store(lab, "PUT", f"{QUEUES}/q1", data={"strategy": "rrmemory"})
    assert strategy(lab) == "rrmemory"


def test_a_new_queue_can_be_linear_and_stays_so(lab: Client) -> None:
    store(lab, "POST", QUEUES, name="q1", data={"strategy": "linear"})
    store(lab, "PUT", f"{QUEUES}/q1", data={"strategy": "linear", "maxlen": "3"})
    assert strategy(lab) == "linear"


def test_a_member_is_addressed_by_its_interface_and_is_in_a_queue_once(lab: Client) -> None:
    store(lab, "POST", QUEUES, name="q1", data={"member": "Local/1@demo,2,Ann,PJSIP/1"})
    ann = lab.result(f"{MEMBERS}/Ann@q1")
    assert (ann["location"], ann["state_interface"], ann["penalty"]) == ("Local/1@demo", "PJSIP/1", 2)
    for interface, penalty in (("PJSIP/1", 5), ("Local/1@demo", 7)):
        body = {"queue_name": "q1", "state_interface": interface, "penalty": penalty}
        assert lab.jade("PUT", f"{MEMBERS}/Ann@q1", body).status_code == 200
        assert lab.result(f"{MEMBERS}/Ann@q1")["penalty"] == (2 if interface == "PJSIP/1" else 7)
    twin = {"queue_name": "q1", "name": "Twin", "state_interface": "Local/1@demo"}
    assert lab.jade("POST", MEMBERS, twin).status_code == 200
    assert lab.jade("GET", f"{MEMBERS}/Twin@q1").status_code == 404
