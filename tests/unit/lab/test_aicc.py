# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AICC: tokens, the three shapes of the addresses, both versions of the query, paging."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests
from lab_client import DATA, Client

TOKEN = "/apigovernance/api/oauth/tokenByAkSk"
QUERY = "/apiaccess/CC-Management/%s/mobileAgent/queryPhone"
MATCH = {"system": "aicc", "path": "/queryPhone$"}
EXAMPLE = json.loads((DATA / "aicc-example.json").read_text(encoding="utf-8"))
PLACE = {"regIPAddress": "10.162.98.43", "regPort": "5060", "sipServicePort": "5060", "sipServiceIp": "10.162.98.44"}


class Aicc:
    """A client that has a token."""

    def __init__(self, lab: Client) -> None:
        self.lab, self.entry = lab, lab.ready["aicc"]
        self.credentials = {name: self.entry[name] for name in ("app_key", "app_secret")}
        self.token = self.login().json()["AccessToken"]

    def login(self, url: str | None = None, expire: str | None = "600", **changed: Any) -> requests.Response:
        headers = {} if expire is None else {"X-Token-Expire": expire}
        body = {**self.credentials, **changed}
        return self.lab.session.post((url or self.entry["url"]) + TOKEN, json=body, headers=headers, timeout=10)

    def query(self, version: str = "v2", token: str | None = None, app_key: str | None = None,
              **body: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        headers.update({} if app_key is None else {"X-APP-Key": app_key})
        return self.lab.session.post(self.entry["url"] + QUERY % version, json=body, headers=headers, timeout=10)

    def result(self, version: str = "v2", **body: Any) -> dict[str, Any]:
        answer = self.query(version, **body)
        assert answer.status_code == 200 and answer.json()["retCode"] == "0", answer.text
        return answer.json()["result"]

    def numbers(self, limit: int) -> list[str]:
        """All numbers, as a client gets them that goes on by the number of phones received."""
        found: list[str] = []
        while True:
            page = self.result(limit=str(limit), offset=str(len(found)))
            found += [phone["phoneNum"] for phone in page["phone"]]
            if len(found) >= page["total"]:
                return found


@pytest.fixture
def api(lab: Client) -> Aicc:
    return Aicc(lab)


def test_the_example_is_answered_as_printed(api: Aicc) -> None:
    answer = api.query(app_key=api.entry["app_key"], offset=0, limit=3).json()
    passwords = [phone["password"] for phone in answer["result"]["phone"]]
    assert len({*passwords, "****"}) == 3
    for phone in answer["result"]["phone"]:
        phone["password"] = "****"
    assert answer == EXAMPLE


def test_tokens_are_described_in_text(api: Aicc) -> None:
    answer = api.login().json()
    assert list(answer) == ["AccessToken", "ApplyType", "CreateTime", "Expires", "Scope", "AppKey", "UserID"]
    assert (answer["ApplyType"], answer["Expires"], answer["UserID"]) == ("Bearer", "600", "Anonymous")
    assert abs(int(answer["CreateTime"]) - time.time()) < 5 and answer["AppKey"] == api.entry["app_key"]
    assert api.login(expire="9999").json()["Expires"] == "3600"
    assert api.login(expire=None).json()["Expires"] == "600"
    assert api.login(expire="soon").status_code == 400
    for wrong in ({"app_secret": "x"}, {"app_key": "x"}, {"app_key": None}):
        assert api.login(**wrong).status_code == 401
    assert {entry["login"] for entry in api.lab.log()} == {True}


def test_a_second_address_gives_out_tokens_and_nothing_else(api: Aicc) -> None:
    url = api.lab.ready["tests"]["aicc"]["auth_url"]
    api.token = api.login(url).json()["AccessToken"]
    assert api.result()["total"] == 2
    assert api.lab.session.post(url + QUERY % "v2", json={}, timeout=10).status_code == 404
    assert [entry["name"] for entry in api.lab.log(system="aicc")] == ["aicc", "aicc-auth", "aicc", "aicc-auth"]


def test_a_token_is_needed_until_it_ends(api: Aicc) -> None:
    assert api.query(token="").status_code == api.query(token="x").status_code == 401
    assert api.query(app_key="another").status_code == 401
    api.lab.set(aicc={"token_seconds": 0.1})
    brief = api.login().json()["AccessToken"]
    time.sleep(0.15)
    assert api.query(token=brief).status_code == 401
    api.lab.fault("token_expired", MATCH)
    assert [api.query().status_code for dummy in range(2)] == [401, 401]
    api.lab.control("POST", "/reset")
    api.token = api.login().json()["AccessToken"]
    assert api.query().status_code == 200


def test_three_shapes_of_addresses(api: Aicc) -> None:
    assert set(api.result()) == {"total", "regPort", "phone", "regIPAddress"}
    api.lab.set(aicc={"addresses": "single"})
    single = api.result()
    assert set(single) == {"total", "singleRegServ", "phone"} and single["singleRegServ"] == [PLACE]
    api.lab.set(aicc={"addresses": "pool"})
    pool = api.result()["poolRegServ"]
    assert pool["node1"] == [PLACE] and set(pool["node2"][0]) == set(PLACE) and pool["node2"] != [PLACE]
    assert api.result("v1")["regIPAddress"] == PLACE["regIPAddress"]


def test_an_older_server_has_version_one_only(api: Aicc) -> None:
    api.lab.set(aicc={"v2": False, "softphones": 4})
    assert api.query().status_code == 404
    phones = api.result("v1")["phone"]
    assert [type(phone.get("id")) for phone in phones] == [type(None), type(None), str, str]
    api.lab.set(aicc={"v2": True})
    assert api.result()["phone"][2]["id"] == int(phones[2]["id"])


def test_generated_softphones(api: Aicc) -> None:
    api.lab.set(aicc={"softphones": 30})
    phones = api.result()["phone"]
    assert [set(phone) for phone in phones[:2]] == [{"phoneNum", "password"}] * 2
    assert set(phones[2]) == {"phoneNum", "password", "id", "status", "remark", "tenantId", "partdbId"}
    assert {phone["status"] for phone in phones[2:]} == {0, 1}
    assert len({phone["password"] for phone in phones}) == 30
    api.lab.control("POST", "/reset")
    assert Aicc(api.lab).result()["total"] == 2


def test_paging(api: Aicc) -> None:
    api.lab.set(aicc={"softphones": 250})
    assert [len(api.result(limit=limit)["phone"]) for limit in (7, "7", 100, "101", 0, "-3")] == [7, 7, 100, 100, 1, 1]
    assert len(api.result()["phone"]) == 100
    assert len(set(api.numbers(40))) == 250 and api.numbers(40) == api.numbers(100)
    assert api.result(offset="249")["phone"][0]["phoneNum"] == api.numbers(100)[-1]
    assert [api.query(limit=wrong).status_code for wrong in ("x", "", None, [])] == [400] * 4
    assert api.query(offset=250).json()["retCode"] == "4"
    api.lab.set(aicc={"past_end": "0"})
    assert api.result(offset=250) == {**api.result(limit=1), "phone": []}


def test_return_codes(api: Aicc) -> None:
    api.lab.set(aicc={"softphones": 0})
    assert api.query().json() == {"retCode": "2", "retMsg": "The mobile agent information is empty."}
    api.lab.set(aicc={"softphones": 2, "ret_code": "5"})
    answer = api.query()
    assert (answer.status_code, answer.json()["retCode"]) == (200, "5")
    api.lab.set(aicc={"ret_code": None})
    api.lab.fault("error", MATCH)
    answer = api.query()
    assert (answer.status_code, answer.json()["retCode"]) == (500, "1")


@pytest.mark.parametrize(("how", "lost", "doubled"), [("delete", 1, 0), ("insert", 0, 1), ("resort", 1, 1)])
def test_rows_that_move_between_pages(api: Aicc, how: str, lost: int, doubled: int) -> None:
    api.lab.set(aicc={"softphones": 30})
    before = api.numbers(100)
    api.lab.fault("move_rows", MATCH, skip=1, how=how)
    seen = api.numbers(10)
    after = api.numbers(100)
    assert len([number for number in before if number in after and number not in seen]) == lost
    assert len(seen) - len(set(seen)) == doubled


def test_short_pages_and_changing_totals(api: Aicc) -> None:
    api.lab.fault("short_page", MATCH)
    api.lab.fault("total_changes", MATCH, by=3)
    short, more = api.result(), api.result()
    assert (len(short["phone"]), short["total"]) == (1, 2)
    assert (len(more["phone"]), more["total"]) == (2, 5)


@pytest.mark.parametrize("wrong", [{"addresses": "both"}, {"ret_code": "9"}, {"nothing": 1}, {"v2": "no"}])
def test_a_setting_that_cannot_be_is_refused(lab: Client, wrong: dict[str, Any]) -> None:
    answer = lab.session.post(lab.ready["url"] + "/_lab/set", json={"aicc": wrong}, timeout=10)
    assert answer.status_code == 400
