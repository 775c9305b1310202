# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jade's envelope, authentication, users and modules, as the real server has them."""

from __future__ import annotations

import http.client
import re
import ssl
from typing import Any
from urllib.parse import urlsplit

import pytest
from lab_client import Client

USERS = "/v1/admin/user/users"
MANAGER = "/v1/manager/users"
MODULES = "/v1/admin/core/modules"


def new_user(name: str, **more: Any) -> dict[str, Any]:
    return {"username": name, "password": "pw", "name": name, "context": "demo",
            "permissions": [{"permission": "user"}], **more}


def uuid_of(lab: Client, name: str) -> str:
    return next(user["uuid"] for user in lab.result(USERS)["list"] if user["username"] == name)


def test_the_envelope_of_a_failure_explains_nothing(lab: Client) -> None:
    answer = lab.jade("GET", f"{MODULES}/none")
    assert answer.status_code == 404 and answer.headers["content-type"] == "text/plain"
    body = answer.json()
    assert body["error"] == {"code": 404, "message": ""} and body["statuscode"] == 404
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(0|[1-9]\d{0,8})Z", body["timestamp"])


@pytest.mark.parametrize(("method", "path", "data", "status"), [
    ("GET", "/v1/none", None, 404), ("GET", "/admin/info", None, 404), ("GET", f"{MODULES}/", None, 400),
    ("GET", f"{MODULES}/ignored/app_queue.so", None, 200), ("HEAD", "/v1/admin/info", None, 405),
    ("OPTIONS", "/v1/admin/info", None, 200), ("POST", USERS, None, 400), ("POST", USERS, "{bad", 400),
    ("POST", USERS, "[1]", 500), ("GET", "/peers", None, 404), ("GET", "/v1/admin/pjsip/auth", None, 404),
    ("POST", "/v1/admin/pjsip/auths", "{}", 405), ("GET", "/agents/", None, 400),
])
def test_statuses(lab: Client, method: str, path: str, data: str | None, status: int) -> None:
    answer = lab.jade(method, path, data=data)
    assert answer.status_code == status
    if path in ("/v1/none", "/admin/info", "/peers"):
        assert answer.content == b""


def test_a_token_is_needed_and_a_permission_too(lab: Client) -> None:
    lab.set(jade="real", extra_users=True)
    entry = lab.ready["jade"]["real"]
    login = lab.session.post(entry["url"] + "/v1/me/login", auth=("limited", "limited"), timeout=10)
    limited = login.json()["result"]["authtoken"]
    statuses = {
        (path, token): lab.jade("GET", path, token=token).status_code
        for path in (USERS, "/v1/admin/info", "/v1/me/info", "/ping") for token in ("", "unknown", limited)
    }
    assert [status for (path, token), status in statuses.items() if token != limited] == [403] * 6 + [200] * 2
    assert [status for (path, token), status in statuses.items() if token == limited] == [403, 200, 200, 200]


def test_a_logged_out_or_old_token_is_refused(lab: Client) -> None:
    token = lab.token("real")
    assert lab.jade("DELETE", "/v1/admin/login").status_code == 200
    assert lab.jade("DELETE", "/v1/admin/login").status_code == 200
    assert lab.jade("GET", USERS, token=token).status_code == 403
    lab.forget_tokens()
    assert lab.jade("GET", USERS).status_code == 200
    lab.set(jade="real", token_seconds=0)
    assert lab.jade("GET", USERS).status_code == 403


def test_users_of_the_database(lab: Client) -> None:
    assert lab.jade("POST", USERS, {"username": "au", "password": "x:ü", "unknown": 1}).status_code == 200
    assert lab.jade("POST", USERS, {"username": "au"}).status_code == 500
    assert lab.jade("POST", USERS, {"username": "o'brien"}).status_code == 500
    key = uuid_of(lab, "au")
    assert lab.jade("PUT", f"{USERS}/{key}", {"username": "other", "name": "New"}).status_code == 200
    shown = lab.result(f"{USERS}/{key}")
    assert (shown["username"], shown["name"], shown["password"]) == ("au", "New", "x:ü") and shown["tm_update"]
    assert lab.jade("DELETE", f"{MANAGER}/{key}").status_code == 404
    assert lab.jade("DELETE", f"{USERS}/{key}").status_code == 200
    assert lab.jade("DELETE", f"{USERS}/{key}").status_code == 500


def test_a_manager_user_has_an_account(lab: Client) -> None:
    for missing in ("username", "password", "name", "context", "permissions"):
        body = new_user("mu")
        del body[missing]
        assert lab.jade("POST", MANAGER, body).status_code == 500
    assert lab.jade("POST", MANAGER, new_user("mu")).status_code == 200
    key = uuid_of(lab, "mu")
    assert lab.result(f"{MANAGER}/{key}")["context"] == "demo"
    (contact,) = lab.result("/v1/admin/user/contacts")["list"]
    assert contact["user_uuid"] == key and lab.result(f"/v1/admin/pjsip/endpoints/{contact['target']}")
    assert lab.jade("DELETE", f"{MANAGER}/{key}").status_code == 200
    assert lab.jade("GET", f"/v1/admin/pjsip/endpoints/{contact['target']}").status_code == 404
    assert lab.jade("GET", f"{MANAGER}/not-a-uuid").content == b""


def test_half_a_manager_update_stays_done(lab: Client) -> None:
    lab.jade("POST", MANAGER, new_user("mu"))
    key = uuid_of(lab, "mu")
    assert lab.jade("PUT", f"{MANAGER}/{key}", {"permissions": [{"permission": "admin"}]}).status_code == 500
    shown = lab.result(f"{MANAGER}/{key}")
    assert (shown["password"], shown["name"], shown["permissions"]) == ("", "", [{"permission": "admin"}])


def test_a_failed_manager_create_leaves_an_orphan(lab: Client) -> None:
    lab.jade("POST", MANAGER, new_user("mu"))
    assert lab.jade("POST", MANAGER, new_user("mu")).status_code == 500
    assert lab.control("GET", "/state/jade/real")["files"]["jade.pjsip.aor.conf"].count("[") == 2


def test_async_dialplans_are_strict(lab: Client) -> None:
    masters, steps = "/v1/admin/dialplan/adpmas", "/v1/admin/dialplan/adps"
    assert lab.jade("POST", masters, {"nmae": "typo"}).status_code == 500
    assert lab.jade("POST", masters, {}).status_code == 200
    step = {"dpma_uuid": "any", "sequence": 1}
    assert lab.jade("POST", steps, step).status_code == 200
    for wrong in (step, {**step, "sequence": "2"}, {**step, "sequence": 0}, {"sequence": 2}):
        assert lab.jade("POST", steps, wrong).status_code == 500
    key = lab.result(steps)["list"][-1]["uuid"]
    assert lab.jade("PUT", f"{steps}/{key}", {"name": "x"}).status_code == 500
    assert lab.jade("DELETE", f"{steps}/{key}").status_code == 200


def test_modules_are_fire_and_forget(lab: Client) -> None:
    def after(method: str, name: str, listed: str) -> str:
        assert lab.jade(method, f"{MODULES}/{name}").status_code == 200
        return lab.result(f"{MODULES}/{listed}")["load"]

    assert after("DELETE", "app_milliwatt", "app_milliwatt.so") == "loaded"
    assert after("DELETE", "app_milliwatt.so", "app_milliwatt.so") == "unload"
    assert after("POST", "app_milliwatt.so", "app_milliwatt.so") == "loaded"
    assert after("POST", "app_directory.so", "app_directory.so") == "loaded"
    assert after("POST", "chan_dahdi.so", "chan_dahdi.so") == "not loaded"
    assert after("DELETE", "res_pjsip.so", "res_pjsip.so") == "loaded"
    assert after("POST", "no_such_module", "app_dial.so") == "loaded"


def test_members_by_id_and_by_body(lab: Client) -> None:
    path = "/v1/admin/queue/members"
    member = {"queue_name": "sales_1", "name": "PJSIP/100", "state_interface": "PJSIP/100"}
    assert lab.jade("POST", path, {**member, "queue_name": "none"}).status_code == 200
    assert lab.jade("POST", path, {"queue_name": "sales_1"}).status_code == 500
    assert lab.jade("POST", path, member).status_code == 200
    assert lab.jade("GET", f"{path}/PJSIP%2F100", query="queue_name=sales_1").status_code == 404
    pause = {"queue_name": "sales_1", "state_interface": "PJSIP/100", "penalty": 3, "paused": 1}
    assert lab.jade("PUT", f"{path}/whatever", pause).status_code == 500
    assert lab.jade("PUT", f"{path}/whatever", {**pause, "paused_reason": "lunch"}).status_code == 200
    shown = lab.result(f"{path}/PJSIP%2F100@sales_1")
    assert (shown["penalty"], shown["paused"], shown["paused_reason"]) == (3, 1, "lunch")
    assert lab.jade("DELETE", f"{path}/PJSIP%2F100@sales_1").status_code == 200
    assert lab.jade("DELETE", f"{path}/PJSIP%2F100@sales_1").status_code == 500


@pytest.mark.parametrize(("method", "path", "body"), [
    ("GET", "/device_states", None), ("POST", "/v1/admin/user/contacts", b'{"username": "c1"}'),
    ("POST", "/v1/admin/user/permissions", b'{"username": "p1"}'),
])
def test_replies_that_come_twice(lab: Client, method: str, path: str, body: bytes | None) -> None:
    url = urlsplit(lab.ready["jade"]["real"]["url"])
    context = ssl.create_default_context(cafile=lab.ready["ca"])
    connection = http.client.HTTPSConnection(url.hostname or "", url.port, context=context, timeout=5)
    connection.request(method, f"{url.path}{path}?authtoken={lab.token('real')}", body=body)
    assert connection.getresponse().read().startswith(b'{"api_ver"')
    connection.sock.settimeout(5)
    second = connection.sock.recv(65536)
    connection.close()
    assert second.startswith(b"HTTP/1.1 200 OK")
    assert len(lab.log(path=path)) == 1


def test_me(lab: Client) -> None:
    lab.jade("POST", USERS, {"username": "friend"})
    friend = uuid_of(lab, "friend")
    assert lab.jade("POST", "/v1/me/buddies", {"uuid_user": friend}).status_code == 200
    assert lab.jade("POST", "/v1/me/buddies", {"uuid_user": friend}).status_code == 500
    assert lab.jade("POST", "/v1/me/chats", {"type": 1, "members": [friend], "name": "ignored"}).status_code == 200
    (chat,) = lab.result("/me/chats")["list"]
    assert chat["name"] == "Chatting with friend" and len(chat["room"]["members"]) == 2
    assert lab.jade("POST", f"/v1/me/chats/{chat['uuid']}/messages", data='"hello"').status_code == 200
    later = {"query": "timestamp=9999"}
    assert lab.result(f"/v1/me/chats/{chat['uuid']}/messages", **later)["list"][0]["message"] == "hello"
    assert lab.result("/v1/me/search", query="filter=friend&type=username")["list"][0]["uuid"] == friend
    assert lab.jade("GET", "/v1/me/search", query="filter=none&type=username").status_code == 404
