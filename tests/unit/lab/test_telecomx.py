# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX: logins, both shapes of the list, paging and writes."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests
from lab_client import DATA, Client

PHONES = "/pbx/sipphone"
LIST = {"system": "telecomx", "path": "/pbx/sipphone$"}
EXAMPLES = json.loads((DATA / "telecomx-example.json").read_text(encoding="utf-8"))
FIRST, SECOND = (EXAMPLES[shape]["sipPhones"][0]["_id"] for shape in ("normal", "full"))


class Telecomx:
    """A client that is logged in."""

    def __init__(self, lab: Client) -> None:
        self.lab, self.entry, self.extra = lab, lab.ready["telecomx"], lab.ready["tests"]["telecomx"]
        self.token = self.login().json()["token"]

    def login(self, method: str = "POST", **changed: Any) -> requests.Response:
        given = {"username": self.entry["username"], "password": self.entry["password"], **changed}
        where = {"json": given} if method == "POST" else {"params": given}
        return self.lab.session.request(method, self.entry["url"] + "/auth/login", timeout=10, **where)

    def login_viewer(self) -> None:
        answer = self.login(username=self.extra["viewer_username"], password=self.extra["viewer_password"])
        self.token = answer.json()["token"]

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        query = {"token": self.token, **query}
        url = self.entry["url"] + path
        return self.lab.session.request(method, url, params=query, json=body, timeout=10)

    def page(self, **query: Any) -> dict[str, Any]:
        answer = self.call("GET", PHONES, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ids(self, limit: int, **query: Any) -> list[str]:
        """The ids of all phones, as a client gets them that goes on by the number of phones received."""
        found: list[str] = []
        while True:
            page = self.page(offset=len(found), limit=limit, **query)
            found += [phone["_id"] for phone in page["sipPhones"]]
            if len(found) >= page["total"] or not page["sipPhones"]:
                return found

    def phone(self, number: str) -> dict[str, Any]:
        return self.call("GET", f"{PHONES}/{number}").json()


@pytest.fixture
def api(lab: Client) -> Telecomx:
    return Telecomx(lab)


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["message"]


def test_the_examples_are_answered_as_printed(api: Telecomx) -> None:
    for place, (shape, query) in enumerate((("normal", {}), ("full", {"full": "true"}))):
        page, example = api.page(**query), EXAMPLES[shape]
        assert page["sipPhones"][place] == example["sipPhones"][0]
        assert list(page["sipPhones"][place]) == list(example["sipPhones"][0])
        assert {**page, "sipPhones": []} == {**example, "sipPhones": []}
        assert len(page["sipPhones"]) == 25


def test_logins(api: Telecomx) -> None:
    answer = api.login().json()
    assert set(answer) == {"token", "expiresInMinutes", "employee", "customer", "accessLevel"}
    assert answer["expiresInMinutes"] == 15 and api.login("GET").json()["accessLevel"] == "RESELLER"
    assert api.login(persist=True).json()["expiresInMinutes"] == -1
    for wrong in ({"password": "wrong"}, {"username": "x"}, {"password": None}):
        assert refusal(api.login(**wrong)) == (401, "credentials_invalid")
    (by_get,) = api.lab.log(method="GET", login="true")
    assert by_get["query"] == "username=lab%40telecomx.example&password=***"
    assert [entry["login"] for entry in api.lab.log()] == [True] * 7


def test_tokens(api: Telecomx) -> None:
    assert refusal(api.call("GET", PHONES, token="")) == (401, "credentials_invalid")
    assert refusal(api.call("GET", PHONES, token="nonsense")) == (401, "invalid_token")
    api.lab.set(telecomx={"token_seconds": 0.1})
    brief = api.login().json()
    time.sleep(0.15)
    assert brief["expiresInMinutes"] == 1
    assert refusal(api.call("GET", PHONES, token=brief["token"])) == (401, "expired")
    assert api.call("GET", "/auth/validateToken").json()["success"] is True
    assert api.call("GET", "/auth/validateToken", token="x").json() == {"success": False}
    for token, status in (("x", 403), (api.token, 200)):
        assert api.call("GET", "/auth/validateToken", simple="true", token=token).status_code == status
    assert api.lab.log(path="sipphone")[0]["query"] == "token=***"


def test_a_logout_ends_all_tokens_of_the_user_but_the_permanent_one(api: Telecomx) -> None:
    other = api.login().json()["token"]
    assert api.call("GET", "/auth/logout").json() == {"success": True}
    for ended in (other, api.token):
        assert refusal(api.call("GET", PHONES, token=ended)) == (401, "invalid_token")
    assert api.page(token=api.extra["machine_token"])["total"] == 25
    assert len(api.lab.log(path="/auth/logout")) == 1


@pytest.mark.parametrize("machine", [False, True])
def test_a_token_that_expires(api: Telecomx, machine: bool) -> None:
    token = api.extra["machine_token"] if machine else api.token
    api.lab.fault("token_expired", LIST)
    assert [refusal(api.call("GET", PHONES, token=token)) for dummy in range(2)] == [(401, "expired")] * 2
    api.lab.control("POST", "/reset")
    assert api.call("GET", PHONES, token=token).status_code == (200 if machine else 401)


def test_both_shapes_of_generated_phones(api: Telecomx) -> None:
    normal, full = api.page()["sipPhones"], api.page(full="true")["sipPhones"]
    for short, whole in zip(normal, full):
        assert short["_id"] == whole["_id"] and short["online"] == whole["status"]["online"]
        assert short["sipPhoneModel"]["_id"] == whole["sipPhoneModel"]
        assert short.get("extension", {}).get("_id") == whole["extension"]
        assert "username" not in short and len(whole["username"]) == len(whole["password"]) == 32
        assert "product" not in whole and api.phone(short["_id"]) == {"product": None, **whole}
    assert len({frozenset(phone) for phone in normal}) > 3
    assert {phone["ip"]["mode"] for phone in full} == {"OPEN", "LOCKED", "ROAMING"}
    handsets = [phone for phone in full if phone["handsetIndex"] is not None]
    assert [phone["handsetIndex"] for phone in handsets[:2]] == [0, 1]
    assert handsets[0]["macAddress"] == handsets[1]["macAddress"]
    api.lab.control("POST", "/reset")
    assert Telecomx(api.lab).page(full="true")["sipPhones"] == full


def test_filters(api: Telecomx) -> None:
    for text in ("4ee8a34b56f3", "213.83.176", "592", "+4570305050", "donald DUCK", "note about"):
        assert api.page(filter=text)["sipPhones"][0]["_id"] == FIRST
    assert api.page(filter="donald duck")["total"] == 1
    free = api.page(available="true", full="true")
    assert 0 < free["total"] < 25 and {phone["extension"] for phone in free["sipPhones"]} == {None}
    assert api.page(customer=api.extra["other_customer"])["total"] == 2
    assert refusal(api.call("GET", PHONES, customer="x")) == (404, "customer")


def test_paging(api: Telecomx) -> None:
    everything = api.ids(1000)
    assert len(everything) == len(set(everything)) == 25 and api.ids(7) == everything
    assert api.page(offset=40)["sipPhones"] == []
    for wrong in ({"limit": 0}, {"limit": 1001}, {"limit": "x"}, {"offset": -1}):
        assert refusal(api.call("GET", PHONES, **wrong)) == (422, next(iter(wrong)))
    api.lab.set(telecomx={"sip_phones": 120, "short_lists": 2})
    pages = [api.page(offset=offset, limit=20)["sipPhones"] for offset in (0, 0)]
    assert [len(page) for page in pages] == [20, 10]
    assert len(set(api.ids(20))) == 120


@pytest.mark.parametrize(("how", "lost", "doubled"), [("delete", 1, 0), ("insert", 0, 1), ("resort", 1, 1)])
def test_rows_that_move_between_pages(api: Telecomx, how: str, lost: int, doubled: int) -> None:
    before = api.ids(1000)
    api.lab.fault("move_rows", LIST, skip=1, how=how)
    seen = api.ids(10)
    assert len([phone for phone in before if phone in api.ids(1000) and phone not in seen]) == lost
    assert len(seen) - len(set(seen)) == doubled


def test_other_faults(api: Telecomx) -> None:
    api.lab.fault("short_page", LIST, rows=3)
    api.lab.fault("total_changes", LIST, by=-2)
    api.lab.fault("error", LIST)
    first, second = api.page(), api.page()
    assert (len(first["sipPhones"]), first["total"]) == (22, 25)
    assert (len(second["sipPhones"]), second["total"]) == (25, 23)
    assert refusal(api.call("GET", PHONES)) == (500, "internal_error")


def test_a_phone_from_create_to_delete(api: Telecomx) -> None:
    model = api.page()["sipPhones"][2]["sipPhoneModel"]["_id"]
    wanted = {"sipPhoneModel": model, "macAddress": "0004130000FF", "product": "p1",
              "ip": {"mode": "ROAMING", "countries": "DK"}}
    created = api.call("POST", PHONES, wanted).json()
    where = f"{PHONES}/{created['_id']}"
    assert len(created["_id"]) == 24 and len(created["username"]) == len(created["password"]) == 32
    assert created["ip"] == {"mode": "ROAMING", "countries": "DK", "address": ""} and created["handsetIndex"] is None
    assert created == api.phone(created["_id"]) and created["product"] == "p1"
    assert refusal(api.call("POST", PHONES, wanted)) == (409, "macAddress")
    change = {"ip": {"mode": "OPEN"}, "volume": {"headset": {"mic": 9}}, "extension": api.extra["spare_extension"],
              "handsetIndex": 4, "status": {"online": True}, "_id": "x"}
    assert api.call("PUT", where, change).status_code == 200
    changed = api.phone(created["_id"])
    assert changed["ip"] == {"mode": "OPEN", "countries": "DK", "address": ""}
    assert changed["volume"]["headset"] == {"mic": 9, "speaker": 5}
    assert changed["extension"] == api.extra["spare_extension"]
    assert changed["handsetIndex"] is None and changed["status"]["online"] is False
    assert api.page()["total"] == 26
    assert api.call("DELETE", where).json() == {"success": True}
    assert [refusal(api.call(method, where, {})) for method in ("GET", "PUT", "DELETE")] == [(404, "not_found")] * 3


def test_handsets_of_one_base_are_counted(api: Telecomx) -> None:
    wanted = {"sipPhoneModel": api.extra["base_model"], "macAddress": "7C2F80000001"}
    assert [api.call("POST", PHONES, wanted).json()["handsetIndex"] for dummy in range(2)] == [0, 1]


def test_the_method_of_an_update_is_a_setting(api: Telecomx) -> None:
    change = {"notes": "changed"}
    assert refusal(api.call("POST", f"{PHONES}/{SECOND}", change)) == (405, "method_not_allowed")
    api.lab.set(telecomx={"update_method": "POST"})
    assert refusal(api.call("PUT", f"{PHONES}/{SECOND}", change)) == (405, "method_not_allowed")
    assert api.call("POST", f"{PHONES}/{SECOND}", change).status_code == 200
    assert api.phone(SECOND)["notes"] == "changed"


@pytest.mark.parametrize(("body", "status", "message"), [
    ({"ip": {"mode": "SHUT"}}, 422, "ip.mode"), ({"ip": {"mod": "OPEN"}}, 422, "ip.mod"), ({"ip": 1}, 422, "ip"),
    ({"macAddress": "00:04:13:00:00:01"}, 422, "macAddress"), ({"callWaiting": "yes"}, 422, "callWaiting"),
    ({"softkeys": [{"function": "FLY"}]}, 422, "softkeys.function"), ({"nothing": 1}, 422, "nothing"),
    ({"sipPhoneModel": "x"}, 422, "sipPhoneModel"), ({"extension": "x"}, 422, "extension"), ([], 400, "bad_request"),
    ({"network": {"vlanId": 4095}}, 422, "network.vlanId"), ({"pbxCluster": None}, 422, "pbxCluster"),
])
def test_wrong_settings_are_refused_by_name(api: Telecomx, body: Any, status: int, message: str) -> None:
    before = api.phone(SECOND)
    assert refusal(api.call("PUT", f"{PHONES}/{SECOND}", body)) == (status, message)
    assert api.phone(SECOND) == before
    assert refusal(api.call("POST", PHONES, {})) == (422, "sipPhoneModel")


def test_a_reload_by_get_changes_when_the_configuration_was_loaded(api: Telecomx) -> None:
    before = api.phone(SECOND)
    assert api.call("GET", f"{PHONES}/{SECOND}/configreload").json() == {"success": True}
    after = api.phone(SECOND)
    assert after["status"].pop("configLoaded") > before["status"].pop("configLoaded") and after == before


def test_a_hotdesk_phone_is_grabbed_and_released(api: Telecomx) -> None:
    where, body = f"{PHONES}/{api.extra['hotdesk_phone']}/hotdesk", {"extensionId": api.extra["spare_extension"]}
    assert refusal(api.call("DELETE", where)) == (409, "id")
    assert refusal(api.call("POST", where, {"extensionId": "x"})) == (404, "extensionId")
    assert api.call("POST", where, body).json() == {"success": True}
    assert api.phone(api.extra["hotdesk_phone"])["extension"] == api.extra["spare_extension"]
    assert refusal(api.call("POST", where, body)) == (409, "id")
    assert api.call("DELETE", where).json() == {"success": True}
    assert api.phone(api.extra["hotdesk_phone"])["extension"] is None
    for method in ("POST", "DELETE"):
        assert refusal(api.call(method, f"{PHONES}/{SECOND}/hotdesk", body)) == (409, "id")
        assert refusal(api.call(method, f"{PHONES}/x/hotdesk", body)) == (404, "not_found")


def test_a_viewer_reads_and_does_not_write(api: Telecomx) -> None:
    api.login_viewer()
    assert api.page()["total"] == 25 and api.phone(SECOND)["username"]
    for method, path in (("POST", PHONES), ("PUT", f"{PHONES}/{SECOND}"), ("DELETE", f"{PHONES}/{SECOND}"),
                         ("GET", f"{PHONES}/{SECOND}/configreload")):
        assert refusal(api.call(method, path, {})) == (403, "access_denied")
    assert refusal(api.call("GET", PHONES, customer=api.extra["other_customer"])) == (403, "access_denied")


@pytest.mark.parametrize("wrong", [{"update_method": "PATCH"}, {"nothing": 1}, {"short_lists": "x"}])
def test_a_setting_that_cannot_be_is_refused(lab: Client, wrong: dict[str, Any]) -> None:
    answer = lab.session.post(lab.ready["url"] + "/_lab/set", json={"telecomx": wrong}, timeout=10)
    assert answer.status_code == 400
