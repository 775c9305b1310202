# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Central Management's writes: Cloud PBXs from create to delete, and the limits on the way."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
from lab_client import Client

ROOT = "/dm/open_api"
ALL = f"{ROOT}/v1/cloud_pbx/instances"
STOPPED, RUNNING = 7715, 7738
NEW: dict[str, Any] = {
    "name": "Branch", "plan": "Ultimate Plan", "extensionCapacity": 20, "concurrentCallCapacity": 10,
    "recordingStatus": "Enabled", "recordingCapacity": 500, "regionId": 2, "subDomain": "branch-1", "domainId": 3,
    "versionId": 764, "type": "Commercial", "customerIds": [50329411], "upgradeInPbx": "Enabled", "im": "Enabled",
    "passwordlessLogin": "Disabled",
}
FEATURES = {
    "name": "Renamed", "upgradeInPbx": "Disabled", "im": "Disabled", "passwordlessLogin": "Enabled",
    "allowSuperiorPasswordlessLogin": "Enabled",
}
CAPACITY = {
    "extensionCapacity": 30, "concurrentCallCapacity": 15, "recordingStatus": "Enabled", "recordingCapacity": 600,
}


class Ycm:
    """A YCM client that is logged in."""

    def __init__(self, lab: Client) -> None:
        self.lab, self.entry = lab, lab.ready["ycm"]
        form = {"grant_type": "client_credentials", "client_id": self.entry["client_id"],
                "client_secret": self.entry["client_secret"]}
        answer = lab.session.post(f"{self.entry['url']}{ROOT}/oauth/token", data=form, timeout=10)
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def call(self, method: str, path: str, **keywords: Any) -> requests.Response:
        return self.lab.session.request(method, self.entry["url"] + path, headers=self.headers, timeout=10, **keywords)

    def good(self, method: str, path: str, body: Any = None, **keywords: Any) -> Any:
        answer = self.call(method, path, json=body, **keywords)
        assert (answer.status_code, answer.json()["status"]) == (200, "Success"), answer.text
        return answer.json().get("data")

    def code(self, method: str, path: str, body: Any = None, **keywords: Any) -> int:
        answer = self.call(method, path, json=body, **keywords)
        assert answer.json()["status"] == "Failed", answer.text
        assert answer.status_code >= 400 and set(answer.json()) == {"code", "msg", "requestId", "status", "time"}
        return answer.json()["code"]

    def row(self, number: int) -> dict[str, Any]:
        return self.good("GET", f"{ALL}/{number}")

    def status(self, number: int) -> str:
        return self.good("GET", f"{ALL}/{number}/status")["pbxStatus"]

    def wait_for(self, number: int, status: str) -> None:
        end = time.monotonic() + 5
        while self.status(number) != status:
            assert time.monotonic() < end, status
            time.sleep(0.02)

    def rows(self, **query: Any) -> list[dict[str, Any]]:
        return self.good("GET", f"{ROOT}/v2/cloud_pbx/instances", params={"pageSize": 50, **query})["list"]

    def with_status(self, status: str) -> int:
        self.lab.set(ycm={"cloud_pbxs": 50})
        return next(row["cloudPbxId"] for row in self.rows() if row["pbxStatus"] == status)


@pytest.fixture
def ycm(lab: Client) -> Ycm:
    return Ycm(lab)


def without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def test_a_new_pbx_is_provisioned_and_then_runs(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"provision_seconds": 0.2})
    before = ycm.rows()
    number = ycm.good("POST", ALL, NEW)["cloudPbxId"]
    row = ycm.row(number)
    assert {name: row[name] for name in ("pbxStatus", "activationStatus", "region", "version", "url")} == {
        "pbxStatus": "Provisioning", "activationStatus": "Unactivated", "region": "US(Virginia)",
        "version": "84.8.0.25", "url": "branch-1.r2.pbx.example"}
    sent = without(NEW, "regionId", "subDomain", "domainId", "versionId", "customerIds")
    assert {name: row[name] for name in sent} == sent
    assert row["provisioningViaTemplate"] == "Disabled" and "initialStartUpTime" not in row
    assert ycm.code("PUT", f"{ALL}/{number}/start") == 3000009
    ycm.wait_for(number, "Running")
    assert ycm.row(number)["initialStartUpTime"] >= row["createTime"]
    assert [entry["cloudPbxId"] for entry in ycm.rows()] == [entry["cloudPbxId"] for entry in before] + [number]
    assert [entry["cloudPbxId"] for entry in ycm.rows(search="branch-1")] == [number]


def test_a_pbx_that_runs_has_its_own_api(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"provision_seconds": 60})
    first = ycm.good("POST", ALL, NEW)["cloudPbxId"]
    ycm.lab.set(ycm={"provision_seconds": 0})
    second = ycm.good("POST", ALL, {**NEW, "name": "Other", "subDomain": "other"})["cloudPbxId"]
    path = f"{ycm.lab.ready['url']}/yeastar/%s/openapi/v1.0/onsiteproxy/list"
    answers = [ycm.lab.session.get(path % ycm.row(number)["sn"].lower(), timeout=10) for number in (first, second)]
    assert [answer.status_code for answer in answers] == [503, 200]


@pytest.mark.parametrize("missing", sorted(NEW))
def test_each_field_of_create_is_required(ycm: Ycm, missing: str) -> None:
    assert ycm.code("POST", ALL, without(NEW, missing)) == 1000004
    assert len(ycm.rows()) == 30


@pytest.mark.parametrize("wrong", [
    {"colour": "red"}, {"name": " "}, {"plan": "ultimate"}, {"type": "commercial"}, {"extensionCapacity": "20"},
    {"extensionCapacity": -1}, {"recordingStatus": "yes"}, {"im": True}, {"subDomain": "a.b"}, {"customerIds": []},
    {"customerIds": 1}, {"regionId": 9}, {"regionId": True}, {"domainId": 1}, {"versionId": 1}, {"name": None},
    {"regionId": 5, "domainId": 6, "versionId": 766}, {"expirationDate": 1893456000},
    {"expirationDate": 1893456000, "allowRunAfterExpirationDate": "true"}, {"trunkDidRelations": [{"trunkId": 1}]},
])
def test_create_refuses(ycm: Ycm, wrong: dict[str, Any]) -> None:
    assert ycm.code("POST", ALL, {**NEW, **wrong}) == 1000004


def test_create_knows_names_and_urls_that_are_taken(ycm: Ycm) -> None:
    ycm.good("POST", ALL, NEW)
    assert ycm.code("POST", ALL, {**NEW, "subDomain": "branch-2"}) == 1000007
    assert ycm.code("POST", ALL, {**NEW, "name": "Branch 2"}) == 1000007
    assert ycm.call("POST", ALL, json=NEW).status_code == 409


def test_create_with_all_optional_fields(ycm: Ycm) -> None:
    more = {"expirationDate": 1893456000, "allowRunAfterExpirationDate": False, "transcriptionCapacity": 10,
            "allowSuperiorPasswordlessLogin": "Disabled", "provisioningViaTemplate": "Enabled",
            "trunkDidRelations": [{"trunkId": 1, "didIds": [2]}], "recordingCapacity": 0}
    row = ycm.row(ycm.good("POST", ALL, {**NEW, **more})["cloudPbxId"])
    assert (row["expirationDate"], row["provisioningViaTemplate"]) == (1893456000, "Enabled")
    # No recording minutes switch recording off.
    assert row["recordingStatus"] == "Disabled"
    assert not {"allowRunAfterExpirationDate", "transcriptionCapacity", "trunkDidRelations"} & set(row)


def test_a_body_is_a_json_object_that_says_so(ycm: Ycm) -> None:
    headers = {**ycm.headers, "Content-Type": "text/plain"}
    url = ycm.entry["url"] + ALL
    assert ycm.lab.session.post(url, json=NEW, headers=headers, timeout=10).json()["code"] == 1000004
    assert ycm.code("POST", ALL, [NEW]) == 1000004
    headers["Content-Type"] = "application/json; charset=utf-8"
    assert ycm.lab.session.post(url, data="{", headers=headers, timeout=10).json()["code"] == 1000004
    assert ycm.lab.session.post(url, json=NEW, headers=headers, timeout=10).json()["status"] == "Success"


def test_update(ycm: Ycm) -> None:
    before = ycm.rows()
    one = f"{ALL}/{RUNNING}"
    assert ycm.good("PUT", one, {**FEATURES, "provisioningViaTemplate": "Enabled"}) is None
    changed = ycm.row(RUNNING)
    old = next(row for row in before if row["cloudPbxId"] == RUNNING)
    assert changed == {**old, **FEATURES, "provisioningViaTemplate": "Enabled"}
    assert ycm.rows() == [changed if row["cloudPbxId"] == RUNNING else row for row in before]
    assert ycm.rows(search=old["name"]) == [] and ycm.rows(search="renamed") == [changed]
    # Whoever leaves it out loses it.
    ycm.good("PUT", one, FEATURES)
    assert ycm.row(RUNNING)["provisioningViaTemplate"] == "Disabled"


def test_update_refuses(ycm: Ycm) -> None:
    one = f"{ALL}/{RUNNING}"
    before = ycm.row(RUNNING)
    for name in FEATURES:
        assert ycm.code("PUT", one, without(FEATURES, name)) == 1000004
        assert name == "name" or ycm.code("PUT", one, {**FEATURES, name: "no"}) == 1000004
    assert ycm.code("PUT", one, {**FEATURES, "plan": "Ultimate Plan"}) == 1000004
    assert ycm.code("PUT", one, {**FEATURES, "provisioningViaTemplate": None}) == 1000004
    assert ycm.code("PUT", one, {**FEATURES, "name": ycm.row(STOPPED)["name"]}) == 1000007
    assert ycm.code("PUT", f"{ALL}/1", FEATURES) == 1000005
    assert ycm.row(RUNNING) == before
    ycm.good("PUT", one, {**FEATURES, "name": before["name"]})


def test_capacity(ycm: Ycm) -> None:
    one = f"{ALL}/{STOPPED}/capacity"
    before = ycm.row(STOPPED)
    for wrong in ({"recordingCapacity": 499}, {"recordingStatus": "On"}, {"extensionCapacity": 1.5}, {"name": "x"}):
        assert ycm.code("PUT", one, {**CAPACITY, **wrong}) == 1000004
    for name in CAPACITY:
        assert ycm.code("PUT", one, without(CAPACITY, name)) == 1000004
    assert ycm.code("PUT", f"{ALL}/1/capacity", CAPACITY) == 1000005
    assert ycm.row(STOPPED) == before
    assert ycm.good("PUT", one, {**CAPACITY, "extensionCapacity": 5, "transcriptionCapacity": 0}) is None
    assert ycm.row(STOPPED) == {**before, **CAPACITY, "extensionCapacity": 5}


def test_start_and_stop_take_their_time(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"start_seconds": 0.2})
    assert ycm.good("PUT", f"{ALL}/{STOPPED}/start") is None
    assert ycm.status(STOPPED) == "Starting"
    ycm.wait_for(STOPPED, "Running")
    ycm.good("PUT", f"{ALL}/{STOPPED}/start")
    assert ycm.status(STOPPED) == "Running"
    ycm.good("PUT", f"{ALL}/{STOPPED}/stop")
    assert ycm.status(STOPPED) == "Running"
    ycm.wait_for(STOPPED, "Stopped")
    ycm.good("PUT", f"{ALL}/{STOPPED}/stop")
    assert ycm.row(STOPPED)["pbxStatus"] == "Stopped"
    assert ycm.code("PUT", f"{ALL}/1/start") == 1000005


def test_the_last_of_start_and_stop_wins(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"start_seconds": 60})
    ycm.good("PUT", f"{ALL}/{RUNNING}/stop")
    ycm.good("PUT", f"{ALL}/{RUNNING}/start")
    assert ycm.status(RUNNING) == "Starting"
    ycm.lab.set(ycm={"start_seconds": 0})
    ycm.good("PUT", f"{ALL}/{RUNNING}/stop")
    assert ycm.status(RUNNING) == "Stopped"


@pytest.mark.parametrize("status", ["Upgrading", "Provisioning"])
def test_a_busy_pbx_is_neither_started_nor_stopped(ycm: Ycm, status: str) -> None:
    number = ycm.with_status(status)
    assert [ycm.code("PUT", f"{ALL}/{number}/{verb}") for verb in ("start", "stop")] == [3000009] * 2
    assert ycm.status(number) == status


def test_delete_takes_all_or_none(ycm: Ycm) -> None:
    before = [row["cloudPbxId"] for row in ycm.rows()]
    first, second, third = before[:3]
    assert ycm.code("DELETE", ALL, {"cloudPbxIds": [first, 1]}) == 1000005
    for wrong in ({}, {"cloudPbxIds": []}, {"cloudPbxIds": [str(first)]}, {"cloudPbxIds": [first], "force": True}):
        assert ycm.code("DELETE", ALL, wrong) == 1000004
    assert ycm.code("DELETE", ALL) == 1000004
    assert [row["cloudPbxId"] for row in ycm.rows()] == before
    assert ycm.good("DELETE", ALL, {"cloudPbxIds": [first, third, first]}) is None
    assert [row["cloudPbxId"] for row in ycm.rows()] == [second, *before[3:]]
    assert ycm.code("GET", f"{ALL}/{first}") == 1000005
    # An id isn't given out again.
    created = ycm.good("POST", ALL, NEW)["cloudPbxId"]
    ycm.good("DELETE", ALL, {"cloudPbxIds": [created]})
    assert ycm.good("POST", ALL, NEW)["cloudPbxId"] not in [*before, created]


def test_ids_for_create(ycm: Ycm) -> None:
    regions = ycm.good("GET", f"{ROOT}/v1/cluster/regions")
    assert regions[0] == {"regionId": 1, "region": "China(GuangDong)"}
    domains = ycm.good("GET", f"{ROOT}/v1/cluster/domains", params={"regionIds": "1,2"})
    assert [(entry["regionId"], entry["domainId"]) for entry in domains] == [(1, 1), (1, 2), (2, 3)]
    assert ycm.good("GET", f"{ROOT}/v1/cluster/domains", params={"regionIds": "9"}) == []
    every = ycm.good("GET", f"{ROOT}/v1/firmware", params={"type": "pbx"})
    assert every[0] == {"versionId": 764, "version": "84.8.0.25", "regionIds": [1, 2, 3, 4, 5]}
    last = ycm.good("GET", f"{ROOT}/v1/firmware", params={"type": "pbx", "regionIds": "5"})
    assert last == every[:2] and len(every) == 3
    for path in ("cluster/domains", "cluster/domains?regionIds=x", "firmware", "firmware?type=pbx&regionIds=1,"):
        assert ycm.code("GET", f"{ROOT}/v1/{path}") == 1000004


def test_every_combination_of_listed_ids_is_accepted(ycm: Ycm) -> None:
    for region in ycm.good("GET", f"{ROOT}/v1/cluster/regions"):
        query = {"regionIds": region["regionId"]}
        for domain in ycm.good("GET", f"{ROOT}/v1/cluster/domains", params=query):
            for firmware in ycm.good("GET", f"{ROOT}/v1/firmware", params={"type": "pbx", **query}):
                name = f"pbx-{domain['domainId']}-{firmware['versionId']}"
                ids = {"regionId": region["regionId"], "domainId": domain["domainId"],
                       "versionId": firmware["versionId"]}
                row = ycm.row(ycm.good("POST", ALL, {**NEW, **ids, "name": name, "subDomain": name})["cloudPbxId"])
                assert (row["region"], row["version"], row["url"]) == (
                    region["region"], firmware["version"], f"{name}.{domain['domain']}")


def test_rate_limit(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"rate_limit": 2})
    answers = [ycm.call("GET", f"{ALL}/{RUNNING}") for dummy in range(4)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, 1000040)
    assert "retry-after" not in answers[-1].headers
    time.sleep(0.6)
    assert ycm.call("GET", f"{ALL}/{RUNNING}").status_code == 200
    ycm.lab.set(ycm={"rate_limit": 1, "errors_in_200": True})
    answers = [ycm.call("DELETE", ALL, json={"cloudPbxIds": [RUNNING]}) for dummy in range(2)]
    assert [(answer.status_code, answer.json().get("code")) for answer in answers] == [(200, None), (200, 1000040)]
    ycm.lab.set(ycm={"rate_limit": 0})
    assert all("data" in ycm.call("GET", f"{ALL}/{STOPPED}").json() for dummy in range(5))


def test_a_write_without_a_token_or_with_a_fault_has_no_effect(ycm: Ycm) -> None:
    headers = {"Authorization": "Bearer x"}
    for method, path, body in (("POST", ALL, NEW), ("DELETE", ALL, {"cloudPbxIds": [RUNNING]}),
                               ("PUT", f"{ALL}/{RUNNING}", FEATURES), ("PUT", f"{ALL}/{STOPPED}/start", None)):
        answer = ycm.lab.session.request(method, ycm.entry["url"] + path, json=body, headers=headers, timeout=10)
        assert answer.json()["code"] == 1000036
    ycm.lab.fault("error", {"system": "ycm", "method": "POST"})
    assert ycm.code("POST", ALL, NEW) == 1000001
    assert len(ycm.rows()) == 30
    ycm.lab.fault("reset", {"system": "ycm", "method": "POST"}, when="after")
    with pytest.raises(requests.ConnectionError):
        ycm.call("POST", ALL, json=NEW)
    assert [row["name"] for row in ycm.rows(search="branch-1")] == ["Branch"]


def test_a_new_pbx_may_switch_to_its_plan_for_a_while(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"plan_seconds": 0.2})
    number = ycm.good("POST", ALL, NEW)["cloudPbxId"]
    other = ycm.good("POST", ALL, {**NEW, "name": "Other", "subDomain": "other", "plan": "Enterprise Plan"})["cloudPbxId"]
    assert [ycm.row(one)["plan"] for one in (number, other)] == ["Upgrading to Ultimate Plan", "Enterprise Plan"]
    time.sleep(0.25)
    assert ycm.row(number)["plan"] == "Ultimate Plan"


def test_rows_can_be_overwritten_and_told_what_comes(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"rows": {str(RUNNING): {"pbxStatus": "Restoring", "allowSuperiorPasswordlessLogin": None}}})
    row = ycm.row(RUNNING)
    assert row["pbxStatus"] == "Restoring" and "allowSuperiorPasswordlessLogin" not in row
    ycm.lab.set(ycm={"coming": {str(RUNNING): ["Running", 0.1]}})
    ycm.wait_for(RUNNING, "Running")
    ycm.lab.control("POST", "/reset")
    assert Ycm(ycm.lab).row(RUNNING)["allowSuperiorPasswordlessLogin"] == "no"


@pytest.mark.parametrize("wrong", [
    {"start_seconds": -1}, {"provision_seconds": "x"}, {"rate_limit": 0.5}, {"rate_limit": None}, {"unknown": 1},
])
def test_settings_that_cannot_be(ycm: Ycm, wrong: dict[str, Any]) -> None:
    answer = ycm.lab.session.post(f"{ycm.lab.ready['url']}/_lab/set", json={"ycm": wrong}, timeout=10)
    assert answer.status_code == 400


def test_reset_takes_back_writes_and_settings(ycm: Ycm) -> None:
    before = ycm.rows()
    ycm.lab.set(ycm={"start_seconds": 60, "provision_seconds": 60, "rate_limit": 1000})
    ycm.good("POST", ALL, NEW)
    ycm.good("PUT", f"{ALL}/{RUNNING}", FEATURES)
    ycm.good("PUT", f"{ALL}/{STOPPED}/start")
    ycm.lab.set(ycm={"rate_limit": 1})
    ycm.lab.control("POST", "/reset")
    again = Ycm(ycm.lab)
    assert again.rows() == before
    again.good("PUT", f"{ALL}/{STOPPED}/start")
    again.wait_for(STOPPED, "Running")
    again.wait_for(again.good("POST", ALL, NEW)["cloudPbxId"], "Running")
