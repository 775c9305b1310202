# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault does to a client what it says."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from lab_client import Client

USERS = "/v1/admin/user/users"
POST_USER: dict[str, str] = {"method": "POST", "path": "/user/users$"}
GET_USERS: dict[str, str] = {"method": "GET", "path": "/user/users$", "name": "real"}


def users(lab: Client) -> list[str]:
    return [user["username"] for user in lab.result(USERS)["list"]]


def test_a_status_with_headers_and_then_no_more(lab: Client) -> None:
    lab.fault("status", GET_USERS, status=429, headers={"Retry-After": "7"})
    lab.fault("status", GET_USERS, status=503, retry_after_date=60)
    first, second, third = (lab.jade("GET", USERS) for dummy in range(3))
    assert (first.status_code, first.headers["retry-after"]) == (429, "7")
    assert second.status_code == 503
    assert parsedate_to_datetime(second.headers["retry-after"]).timestamp() > time.time() + 30
    assert third.status_code == 200
    assert [entry["fault"] for entry in lab.log(path=USERS)] == ["status", "status", None]
    assert [rule["hits"] for rule in lab.control("GET", "/faults")] == [1, 1]


def test_skip_times_and_match(lab: Client) -> None:
    lab.fault("status", GET_USERS, times=None, skip=1, status=502)
    assert [lab.jade("GET", USERS).status_code for dummy in range(4)] == [200, 502, 502, 502]
    assert lab.jade("GET", USERS, name="doc").status_code == 200
    lab.control("DELETE", "/faults")
    assert lab.jade("GET", USERS).status_code == 200


@pytest.mark.parametrize(("when", "there"), [("before", ["admin"]), ("after", ["admin", "new"])])
@pytest.mark.parametrize("kind", ["error", "reset", "close", "html", "not_json"])
def test_before_and_after_the_effect(lab: Client, kind: str, when: str, there: list[str]) -> None:
    lab.fault(kind, POST_USER, when=when)
    if kind in ("reset", "close"):
        with pytest.raises(requests.ConnectionError):
            lab.jade("POST", USERS, {"username": "new"})
    else:
        answer = lab.jade("POST", USERS, {"username": "new"})
        assert answer.status_code == (500 if kind == "error" else 200)
        if kind == "error":
            assert answer.json()["error"] == {"code": 500, "message": ""}
        else:
            with pytest.raises(ValueError, match="Expecting"):
                answer.json()
    assert users(lab) == there


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_reset_and_a_close_differ_on_the_wire(lab: Client, kind: str) -> None:
    lab.fault(kind, {"path": "/ping$"})
    context = ssl.create_default_context(cafile=lab.ready["ca"])
    plain = socket.create_connection(("127.0.0.1", lab.ready["port"]), timeout=5)
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
        secure.sendall(b"GET /jade/real/ping HTTP/1.1\r\nHost: lab\r\n\r\n")
        if kind == "close":
            assert secure.recv(4096) == b""
            return
        # Read below TLS, whose library would tell of an unexpected end only.
        with socket.socket(fileno=os.dup(secure.fileno())) as raw:
            raw.settimeout(5)
            with pytest.raises(ConnectionResetError):
                while raw.recv(4096):
                    pass


def test_slow_and_trickle(lab: Client) -> None:
    lab.fault("slow", GET_USERS, seconds=0.2)
    started = time.monotonic()
    assert lab.jade("GET", USERS).status_code == 200
    assert time.monotonic() - started >= 0.2
    lab.fault("slow", GET_USERS, trickle=0.2)
    started = time.monotonic()
    assert lab.jade("GET", USERS).json()["result"]
    assert time.monotonic() - started >= 0.15


def test_a_truncated_body(lab: Client) -> None:
    lab.fault("truncated", GET_USERS, missing=5)
    with contextlib.suppress(requests.exceptions.ChunkedEncodingError, requests.ConnectionError):
        answer = lab.jade("GET", USERS)  # urllib3 finds it from 2.0 on
        assert int(answer.headers["Content-Length"]) - len(answer.content) == 5
    assert users(lab) == ["admin"]


def test_a_second_reply_reaches_the_next_request_of_the_connection(lab: Client) -> None:
    url = lab.ready["jade"]["real"]["url"] + "/ping"
    lab.fault("second_reply", {"path": "/ping$"}, body='{"stale": true}')
    assert "result" in lab.session.get(url, timeout=10).json()
    second, third = (lab.session.get(url, timeout=10).text for dummy in range(2))
    # urllib3 drops a connection on which it finds unasked-for bytes, if they are there in time.
    assert '{"stale": true}' in (second, third) or len({entry["connection"] for entry in lab.log(path="/ping")}) == 2


def test_a_token_that_expires(lab: Client) -> None:
    lab.token("real")
    lab.fault("token_expired", GET_USERS)
    assert [lab.jade("GET", USERS).status_code for dummy in range(2)] == [403, 403]
    lab.forget_tokens()
    assert lab.jade("GET", USERS).status_code == 200
    assert [entry["login"] for entry in lab.log(name="real")] == [True, False, False, True, False]


@pytest.mark.parametrize("rule", [
    {}, {"fault": {"kind": "nonsense"}}, {"fault": {"kind": "reset"}, "match": {"path": "("}},
    {"fault": {"kind": "reset"}, "match": {"paht": "x"}}, {"fault": {"kind": "status"}}, [],
])
def test_a_rule_that_cannot_work_is_refused(lab: Client, rule: Any) -> None:
    answer = lab.session.post(lab.ready["url"] + "/_lab/faults", json=rule, timeout=10)
    assert answer.status_code == 400 and answer.json()["error"]


def test_the_log_counts_and_keeps_no_secret(lab: Client) -> None:
    token = lab.token("real")
    lab.jade("GET", USERS, query="x=1")
    lab.set(latency=0.05)
    lab.jade("GET", "/v1/none")
    (entry,) = lab.log(path=USERS)
    assert entry["query"] == "authtoken=***&x=1" and entry["path"] == "/jade/real/v1/admin/user/users"
    assert (entry["status"], entry["system"], entry["name"]) == (200, "jade", "real") and entry["seconds"] < 0.05
    late = lab.log(path="/v1/none")[0]
    assert late["latency"] == 0.05 and late["seconds"] < 0.05
    with open(lab.ready["ca"].replace("ca.pem", "requests.jsonl"), encoding="utf-8") as file:
        text = file.read()
    assert token not in text and text.count("\n") == 3
    lab.control("DELETE", "/log")
    assert lab.log() == []
