# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the real Jade server treats its configuration files, and when Asterisk sees them."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
from lab_client import Client

QUEUES = "/v1/admin/queue/cfg_queues"
PARK = "/v1/admin/park/cfg_parkinglots"
SDPS = "/v1/admin/dialplan/sdps"
PARKING_FILE = "jade.res_parking.conf"


def add_queue(lab: Client, name: str, data: dict[str, Any]) -> Any:
    assert lab.jade("POST", QUEUES, {"name": name, "data": data}).status_code == 200
    return lab.result(f"{QUEUES}/{name}")["data"]


def state(lab: Client, name: str = "real") -> dict[str, Any]:
    return lab.control("GET", f"/state/jade/{name}")


@pytest.mark.parametrize(("sent", "kept"), [
    (30, "(null)"), (True, "(null)"), ("sip:a;transport=tcp", "sip:a"), ("a#b", "a"), ('"quoted"', "quoted"),
    ("  blank ", "blank"), ('a "b" c', 'a "b" c'), ("> 700", "> 700"), ("100 % ü", "100 % ü"),
])
def test_a_value_comes_back_as_the_file_holds_it(lab: Client, sent: Any, kept: str) -> None:
    assert add_queue(lab, "q1", {"context": sent}) == {"context": kept}


def test_a_line_is_cut_at_511_bytes(lab: Client) -> None:
    kept = add_queue(lab, "q1", {"musicclass": "x" * 600})["musicclass"]
    assert len("musicclass=" + kept) == 511


def test_the_first_two_values_of_a_repeated_key_are_swapped_and_a_later_write_keeps_that(lab: Client) -> None:
    assert add_queue(lab, "q1", {"member": ["a", "b", "c"]}) == {"member": ["b", "a", "c"]}
    add_queue(lab, "q2", {})
    assert "member=b\nmember=a\nmember=c" in state(lab)["files"]["jade.queues.conf"]
    assert lab.result(f"{QUEUES}/q1")["data"] == {"member": ["a", "b", "c"]}


def test_a_write_loses_what_reading_lost_in_every_other_section(lab: Client) -> None:
    lab.set(jade="real", cfg_queues={"old": {"context": "kept; a comment"}})
    assert "; a comment" in state(lab)["files"]["jade.queues.conf"]
    add_queue(lab, "q1", {})
    assert "a comment" not in state(lab)["files"]["jade.queues.conf"]


def test_a_section_is_replaced_not_merged(lab: Client) -> None:
    add_queue(lab, "q1", {"strategy": "ringall", "timeout": "5"})
    assert lab.jade("PUT", f"{QUEUES}/q1", {"data": {"timeout": "9"}}).status_code == 200
    assert lab.result(f"{QUEUES}/q1")["data"] == {"timeout": "9"}


def test_each_write_leaves_a_backup_that_no_endpoint_lists(lab: Client) -> None:
    add_queue(lab, "q1", {})
    add_queue(lab, "q2", {})
    backups = [name for name in state(lab)["backups"] if name.startswith("jade.queues.conf.")]
    assert len(backups) == 2
    assert [entry["name"] for entry in lab.result("/v1/admin/queue/configurations")["list"]] == ["queues.conf"]


def test_a_queue_runs_only_after_the_reload_and_until_the_next(lab: Client) -> None:
    def running() -> list[str]:
        return [queue["name"] for queue in lab.result("/v1/admin/queue/queues")["list"]]

    add_queue(lab, "q1", {"member": "PJSIP/pjagent-01", "strategy": "linear"})
    assert running() == ["sales_1"]
    lab.jade("PUT", "/v1/admin/core/modules/app_queue")
    assert running() == ["sales_1", "q1"]
    assert lab.result("/v1/admin/queue/queues/q1")["strategy"] == "linear"
    assert lab.result("/v1/admin/queue/members/PJSIP%2Fpjagent-01@q1")["membership"] == "static"
    lab.jade("DELETE", f"{QUEUES}/q1")
    assert running() == ["sales_1", "q1"]
    lab.jade("PUT", "/v1/admin/core/modules/app_queue.so")
    assert running() == ["sales_1"]


def test_posting_a_parking_lot_kills_the_server_for_a_while(lab: Client) -> None:
    with pytest.raises(requests.ConnectionError):
        lab.jade("POST", PARK, {"name": "vip", "data": {"parkpos": "801-820"}})
    with pytest.raises(requests.ConnectionError):
        lab.jade("GET", "/ping")
    assert state(lab)["files"][PARKING_FILE] == ""
    assert lab.jade("GET", "/ping", name="doc").status_code == 200
    assert lab.log(path=PARK)[0]["status"] is None


def test_the_repaired_server_takes_a_parking_lot(lab: Client) -> None:
    lab.set(jade="real", park_post_works=True)
    assert lab.jade("POST", PARK, {"name": "vip", "data": {"parkpos": "801-820"}}).status_code == 200
    for body in ({"name": "vip", "data": {}}, {"name": "x"}, {"name": "default", "data": {}}):
        assert lab.jade("POST", PARK, body).status_code == 500
    lab.jade("PUT", "/v1/admin/core/modules/res_parking")
    lot = lab.result("/v1/admin/park/parkinglots/vip")
    assert (lot["start_space"], lot["stop_space"], lot["timeout"]) == ("801", "820", 45)


def test_put_replaces_a_given_parking_lot_and_wants_a_reload(lab: Client) -> None:
    lab.set(jade="real", cfg_parkinglots={"vip": {"parkpos": "801-820", "findslot": "next"}})
    assert lab.result("/v1/admin/park/parkinglots/vip")["stop_space"] == "820"
    assert lab.jade("PUT", f"{PARK}/vip", {"data": {"parkpos": "801-830"}}).status_code == 200
    assert lab.result(f"{PARK}/vip")["data"] == {"parkpos": "801-830"}
    assert lab.result("/v1/admin/park/parkinglots/vip")["stop_space"] == "820"
    lab.jade("PUT", "/v1/admin/core/modules/res_parking.so")
    assert lab.result("/v1/admin/park/parkinglots/vip")["stop_space"] == "830"
    assert lab.jade("DELETE", "/v1/admin/park/parkinglots/vip").status_code == 405
    assert lab.jade("PUT", f"{PARK}/default", {"data": {}}).status_code == 500


def test_the_documented_parking_lot_takes_effect_at_once(lab: Client) -> None:
    lot = "/admin/park/parkinglots/vip"
    assert lab.jade("PUT", lot, {"parkpos": "> 801-820", "findslot": "next"}, name="doc").status_code == 200
    assert lab.result(lot, name="doc")["stop_spcae"] == "820"
    assert lab.jade("DELETE", lot, name="doc").status_code == 200
    assert lab.jade("GET", lot, name="doc").status_code == 404


def test_the_wrong_shape_empties_a_dialplan(lab: Client) -> None:
    lines = [{"exten": "> 1,1,NoOp()"}, {"same": "> n,Hangup()", "dropped": "x"}]
    assert lab.jade("POST", SDPS, {"name": "s1", "data": lines}).status_code == 200
    assert lab.result(f"{SDPS}/s1")["data"] == [{"exten": "> 1,1,NoOp()"}, {"same": "> n,Hangup()"}]
    assert lab.jade("PUT", f"{SDPS}/s1", {"data": lines}).status_code == 200
    assert lab.result(f"{SDPS}/s1")["data"] == []


@pytest.mark.parametrize("name", ["a/b", "a@b;c", "50 %", "a+b&c=[d]'e", "ümlaut"])
def test_a_section_is_found_by_its_encoded_name(lab: Client, name: str) -> None:
    lab.set(jade="real", sdps={name.replace(";", ""): [{"exten": "> 1,1,NoOp()"}]})
    encoded = requests.utils.quote(name.replace(";", ""), safe="")
    assert lab.result(f"{SDPS}/{encoded}")["name"] == name.replace(";", "")


def test_a_configuration_without_its_include_loses_what_jade_manages(lab: Client) -> None:
    lab.set(jade="real", cfg_parkinglots={"vip": {"parkpos": "801-820"}})
    path = "/v1/admin/park/configurations"
    assert lab.jade("PUT", f"{path}/res_parking.conf", {"data": "[default]\nparkpos => 701-702\n"}).status_code == 200
    lab.jade("PUT", "/v1/admin/core/modules/res_parking")
    lots = lab.result("/v1/admin/park/parkinglots")["list"]
    assert [(lot["name"], lot["stop_space"]) for lot in lots] == [("default", "702")]
    live, backup = lab.result(path)["list"]
    assert live["name"] == "res_parking.conf" and "#include" in backup["data"]
    assert lab.jade("PUT", f"{path}/{backup['name']}", {"data": "x"}).status_code == 500
    assert lab.jade("PUT", f"{path}/res_parking.conf", {"data": ""}).status_code == 500
    assert len(lab.result(path)["list"]) == 3
    assert lab.jade("DELETE", f"{path}/{backup['name']}").status_code == 200
    assert lab.jade("DELETE", f"{path}/{backup['name']}").status_code == 500
    assert lab.jade("DELETE", f"{path}/res_parking.conf").status_code == 500
    assert lab.jade("POST", path, {"data": "x"}).status_code == 405


def test_a_pjsip_change_shows_late(lab: Client) -> None:
    lab.set(jade="real", pjsip_lag=0.3)
    lab.jade("POST", "/v1/manager/trunks", {"name": "t1", "server_uri": "sip:127.0.0.1", "context": "demo"})
    assert lab.jade("GET", "/v1/admin/pjsip/endpoints/t1").status_code == 404
    lab.set(jade="real", pjsip_lag=0)
    lab.jade("PUT", "/v1/admin/core/modules/res_pjsip")
    give_up = time.monotonic() + 10
    while lab.jade("GET", "/v1/admin/pjsip/endpoints/t1").status_code != 200 and time.monotonic() < give_up:
        time.sleep(0.05)
    assert lab.result("/v1/admin/pjsip/endpoints/t1")["context"] == "demo"
    assert lab.result("/v1/admin/pjsip/registration_outbounds/t1")["status"] == "Unregistered"
    assert lab.jade("POST", "/v1/manager/trunks", {"name": "jade-transport-udp"}).status_code == 500
