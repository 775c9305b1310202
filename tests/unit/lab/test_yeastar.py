# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Yeastar systems: Central Management and the P-Series PBXs behind it."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from lab_client import Client

INSTANCES = "/dm/open_api/v2/cloud_pbx/instances"


class Ycm:
    """A YCM client that is logged in."""

    def __init__(self, lab: Client) -> None:
        self.lab, self.entry = lab, lab.ready["ycm"]
        self.token = self.login().json()["access_token"]

    def login(self, **changed: str) -> requests.Response:
        form = {"grant_type": "client_credentials", "client_id": self.entry["client_id"],
                "client_secret": self.entry["client_secret"], **changed}
        return self.lab.session.post(self.entry["url"] + "/dm/open_api/oauth/token", data=form, timeout=10)

    def call(self, method: str, path: str, **keywords: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", **keywords.pop("headers", {})}
        return self.lab.session.request(method, self.entry["url"] + path, headers=headers, timeout=10, **keywords)

    def page(self, **query: Any) -> dict[str, Any]:
        return self.call("GET", INSTANCES, params=query).json()["data"]

    def ids(self, size: int, pages: int, **query: Any) -> list[int]:
        rows = [self.page(pageSize=size, pageNumber=page, **query)["list"] for page in range(1, pages + 1)]
        return [row["cloudPbxId"] for page in rows for row in page]


class Pbx:
    """A P-Series client that is logged in."""

    def __init__(self, lab: Client, name: str = "pbx") -> None:
        self.lab, self.entry = lab, lab.ready["yeastar"]["pbx"]
        self.url = f"{lab.ready['url']}/yeastar/{name}/openapi/v1.0/"
        self.token = self.login()["access_token"]

    def login(self, **changed: str) -> dict[str, Any]:
        body = {"username": self.entry["client_id"], "password": self.entry["client_secret"], **changed}
        return self.lab.session.post(self.url + "get_token", json=body, timeout=10).json()

    def call(self, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        method = "GET" if body is None else "POST"
        query["access_token"] = self.token
        answer = self.lab.session.request(method, self.url + path, params=query, json=body, timeout=10)
        assert answer.status_code == 200 and answer.headers["connection"] == "close"
        return answer.json()


@pytest.fixture
def ycm(lab: Client) -> Ycm:
    return Ycm(lab)


@pytest.fixture
def pbx(lab: Client) -> Pbx:
    return Pbx(lab)


def test_pages_cover_all_rows_once(ycm: Ycm) -> None:
    assert len(set(ycm.ids(7, 5, sort="cloudPbxId"))) == 30
    assert ycm.ids(10, 3, sort="cloudPbxId") == list(reversed(ycm.ids(10, 3, sort="-cloudPbxId")))
    assert ycm.page()["pageSize"] == 10
    ycm.lab.set(ycm={"cloud_pbxs": 120})
    assert len(ycm.page(pageSize=500)["list"]) == 50
    found = ycm.page(search="CLOUD pbx1")
    assert found["total"] == 1 and found["list"][0]["cloudPbxId"] == 7715
    for wrong in ({"pageSize": 0}, {"pageNumber": "x"}, {"sort": "name"}):
        assert ycm.call("GET", INSTANCES, params=wrong).json()["code"] == 1000004


def test_generated_rows_vary_and_are_the_same_each_time(ycm: Ycm) -> None:
    rows = [row for page in (1, 2) for row in ycm.page(pageSize=50, pageNumber=page)["list"]]
    for field in ("pbxStatus", "plan", "region", "group", "type", "extensionCapacity", "version"):
        assert len({row[field] for row in rows}) > 1, field
    assert len({frozenset(row) for row in rows}) > 3
    ycm.lab.control("POST", "/reset")
    ycm.token = ycm.login().json()["access_token"]
    assert rows == [row for page in (1, 2) for row in ycm.page(pageSize=50, pageNumber=page)["list"]]


def test_detail_status_and_switching(ycm: Ycm) -> None:
    one = "/dm/open_api/v1/cloud_pbx/instances/7715"
    assert ycm.call("GET", one).json()["data"]["name"] == "Yeastar P-Series Cloud PBX1"
    ycm.lab.set(ycm={"start_seconds": 0})
    assert ycm.call("PUT", one + "/start").json()["status"] == "Success"
    assert ycm.call("GET", one + "/status").json()["data"]["pbxStatus"] == "Running"
    missing = ycm.call("GET", "/dm/open_api/v1/cloud_pbx/instances/1")
    assert (missing.status_code, missing.json()["code"], missing.json()["status"]) == (404, 1000005, "Failed")
    ycm.lab.set(ycm={"errors_in_200": True})
    assert ycm.call("GET", "/dm/open_api/v1/cloud_pbx/instances/1").status_code == 200


def test_ycm_tokens(ycm: Ycm) -> None:
    granted = ycm.login().json()
    assert granted["token_type"] == "bearer" and granted["expires_in"] == 1800
    assert granted["access_token"].count(".") == 2
    renewed = ycm.login(grant_type="refresh_token", refresh_token=granted["refresh_token"]).json()
    assert renewed["access_token"] != granted["access_token"]
    assert ycm.login(grant_type="refresh_token", refresh_token=granted["refresh_token"]).json()["code"] == 1000036
    assert ycm.call("GET", INSTANCES, headers={"Authorization": "Bearer x"}).json()["code"] == 1000036
    ycm.lab.fault("token_expired", {"system": "ycm", "method": "GET"})
    assert ycm.call("GET", INSTANCES).json()["code"] == 1000035
    # None keeps requests from naming itself.
    assert ycm.call("GET", INSTANCES, headers={"User-Agent": ""}).json()["code"] == 1000004


def test_ycm_locks_out_after_more_than_five_failures(ycm: Ycm) -> None:
    codes = [ycm.login(client_secret="wrong").json()["code"] for dummy in range(7)]
    assert codes == [1000002] * 6 + [1000042]
    assert ycm.login().json()["code"] == 1000042


@pytest.mark.parametrize(("how", "sort", "lost", "doubled"), [
    ("delete", "cloudPbxId", 1, 0), ("insert", "createTime", 0, 1), ("resort", "createTime", 1, 1),
    ("resort", "cloudPbxId", 0, 0),
])
def test_rows_that_move_between_pages(ycm: Ycm, how: str, sort: str, lost: int, doubled: int) -> None:
    before = ycm.ids(10, 3, sort=sort)
    ycm.lab.fault("move_rows", {"system": "ycm", "method": "GET"}, skip=1, how=how)
    seen = ycm.ids(10, 4, sort=sort)
    after = ycm.ids(10, 4, sort=sort)
    assert len([number for number in before if number in after and number not in seen]) == lost
    assert len(seen) - len(set(seen)) == doubled


def test_short_pages_changing_totals_and_churn(ycm: Ycm) -> None:
    match = {"system": "ycm", "method": "GET"}
    ycm.lab.fault("short_page", match, rows=3)
    ycm.lab.fault("total_changes", match, by=-2)
    first, second, third = (ycm.page(pageSize=10) for dummy in range(3))
    assert (len(first["list"]), first["total"]) == (7, 30)
    assert (len(second["list"]), second["total"]) == (10, 28)
    assert (len(third["list"]), third["total"]) == (10, 30)
    ycm.lab.set(ycm={"churn": 2})
    seen = [ycm.page(sort="cloudPbxId")["list"][0]["cloudPbxId"] for dummy in range(4)]
    assert len(set(seen)) > 1 and ycm.page()["total"] == 30


def test_each_running_cloud_pbx_has_its_own_api(ycm: Ycm) -> None:
    ycm.lab.set(ycm={"cloud_pbxs": 200})
    rows = [row for page in range(1, 5) for row in ycm.page(pageSize=50, pageNumber=page)["list"]]
    outcomes: dict[str, set[str]] = {}
    for row in rows[2:]:
        try:
            answer = requests.get(f"https://{row['url']}/openapi/v1.0/onsiteproxy/list", verify=ycm.lab.ready["ca"],
                                  timeout=10)
            outcome = str(answer.json()["errcode"] if answer.status_code == 200 else answer.status_code)
        except requests.ConnectionError:
            outcome = "closed"
        outcomes.setdefault(row["pbxStatus"], set()).add(outcome)
    assert outcomes.pop("Running") == {"10004", "closed"}
    assert outcomes.pop("Stopped") == {"closed"}
    assert set.union(*outcomes.values()) == {"503"}


def test_proxies_of_a_generated_pbx(ycm: Ycm) -> None:
    row = next(row for row in ycm.page(pageSize=30)["list"][2:] if row["pbxStatus"] == "Running")
    pbx = Pbx(ycm.lab, row["sn"].lower())
    assert pbx.call("onsiteproxy/list")["total_number"] == 3
    assert pbx.call("system/information")["data"]["sn"] == row["sn"]


def test_a_proxy_from_create_to_delete(pbx: Pbx) -> None:
    wanted = {"name": "Branch", "platform": "linux", "audio_rtp_passthrough": 1}
    number = pbx.call("onsiteproxy/create", wanted)["id"]
    assert pbx.call("onsiteproxy/create", wanted)["errcode"] == 40003
    assert pbx.call("onsiteproxy/create", {"name": "x", "platform": "windows"})["errcode"] == 40002
    assert pbx.call("onsiteproxy/get", id=number)["data"]["audio_rtp_passthrough"] == 1
    assert pbx.call("onsiteproxy/update", {"id": number, "name": "Branch 2"})["errcode"] == 0
    shown = pbx.call("onsiteproxy/get", id=number)["data"]
    assert (shown["name"], shown["audio_rtp_passthrough"], shown["intranet_port"]) == ("Branch 2", 0, 443)
    assert pbx.call("onsiteproxy/search", name="branch")["total_number"] == 1
    assert pbx.call("onsiteproxy/delete", id=number)["errcode"] == 0
    assert pbx.call("onsiteproxy/delete", id=number)["errcode"] == 60001
    assert pbx.call("onsiteproxy/list", page_size=100)["total_number"] == 50


def test_yeastar_paging_and_wrong_calls(pbx: Pbx) -> None:
    pages = [pbx.call("onsiteproxy/list", page=page, page_size=20, sort_by="name")["data"] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 10, 0]
    names = [row["name"] for page in pages for row in page]
    assert names == sorted(names)
    assert pbx.call("onsiteproxy/list", sort_by="uuid")["errcode"] == 40002
    assert pbx.call("onsiteproxy/list", {})["errcode"] == 10001
    assert pbx.call("nothing/here")["errcode"] == 10001
    pbx.lab.fault("move_rows", {"system": "yeastar"}, skip=1)
    seen = [row["id"] for page in (1, 2) for row in pbx.call("onsiteproxy/list", page=page, page_size=25)["data"]]
    assert len(set(seen)) == 49


def test_yeastar_tokens(pbx: Pbx) -> None:
    first = pbx.login()
    assert (first["access_token_expire_time"], first["refresh_token_expire_time"]) == (1800, 86400)
    refresh = {"refresh_token": first["refresh_token"]}
    assert pbx.call("refresh_token", refresh)["errcode"] == 0
    assert pbx.call("refresh_token", refresh)["errcode"] == 10004
    assert [pbx.login()["errcode"] for dummy in range(7)] == [0] * 6 + [60002]
    assert pbx.call("del_token")["errcode"] == 0
    assert pbx.call("onsiteproxy/list")["errcode"] == 10004
    assert pbx.login()["errcode"] == 0
    pbx.lab.session.headers["User-Agent"] = ""
    assert pbx.login()["errcode"] == 40002


def test_yeastar_locks_out_after_five_failures(pbx: Pbx) -> None:
    answers = [pbx.login(password="wrong") for dummy in range(6)]
    assert [answer["errcode"] for answer in answers] == [-1] * 5 + [70004]
    assert answers[0]["invalid_param_list"] == [{"field": "username or password", "value": "error"}]
    assert pbx.login()["errcode"] == 70004
