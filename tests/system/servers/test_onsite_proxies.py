# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onsite proxies of a P-Series PBX: what is sent, what a failed write is told as, and what errors in a 200 mean."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed

LIST, GET, CREATE, UPDATE, DELETE = (f"/onsiteproxy/{call}" for call in ("list", "get", "create", "update", "delete"))
ASK = "- name: Ask\n  telephony.pbx.yeastar_onsite_proxy_info:\n"
# Proxies of the document; the passthrough of both is on.
PROXY_033, PROXY_010 = 47, 24


def task(**options: Any) -> str:
    """One task, which changes a proxy."""
    return yaml.safe_dump([{"name": "Change", "telephony.pbx.yeastar_onsite_proxy": options}], allow_unicode=True)


def writes(lab: Lab) -> list[str]:
    """The calls that change something, with what is in their query besides the token."""
    found = []
    for entry in lab.log(system="yeastar"):
        if not lab.only_asks(entry):
            query = {name: values[0] for name, values in parse_qs(entry["query"]).items() if name != "access_token"}
            found.append(f"{entry['method']} {entry['path'].rpartition('/')[2]} {query or ''}".strip())
    return found


def proxies(direct: Direct, **options: Any) -> list[dict[str, Any]]:
    """What the PBX has now."""
    asking = yaml.safe_dump([{"name": "Ask", "telephony.pbx.yeastar_onsite_proxy_info": options}])
    return direct.play(asking).must_succeed().result("Ask")["onsite_proxies"]


def answer(lab: Lab, path: str, code: int, words: str, *, times: int | None = 1, skip: int = 0, **more: Any) -> None:
    """Have a call answered by an error code, in HTTP 200 as a PBX does. By default it doesn't take effect."""
    when = more.pop("when", "before")
    body = json.dumps({"errcode": code, "errmsg": words, **more})
    lab.fault("status", times=times, skip=skip, match={"path": f"{path}$"}, status=200, body=body, when=when)


# What is sent


def test_a_rename_sends_the_passthrough_as_it_is(direct: Direct, lab: Lab) -> None:
    for options in ({"id": PROXY_033}, {"uuid": "80XXX-XXXX-XXXX-XXXX-XXXXXXXXXca4"}):
        new_name = f"Renamed by {' '.join(options)}"
        result = direct.play(task(**options, name=new_name)).must_succeed().result("Change")
        assert result["changed"]
        assert result["onsite_proxy"]["audio_rtp_passthrough"] is True
    # The PBX switches off what isn't named: it must have been named.
    found = {proxy["id"]: proxy for proxy in proxies(direct, search_name="Renamed")}
    assert {number: proxy["audio_rtp_passthrough"] for number, proxy in found.items()} == {PROXY_033: True, PROXY_010: True}
    assert writes(lab) == ["POST update"] * 2


def test_a_passthrough_is_switched_and_the_name_kept(direct: Direct, lab: Lab) -> None:
    run = direct.play(task(name="Proxy_033", audio_rtp_passthrough=False), "--diff").must_succeed()
    assert run.result("Change")["diff"]["before"] == {"name": "Proxy_033", "audio_rtp_passthrough": True}
    (found,) = proxies(direct, id=PROXY_033)
    assert (found["name"], found["audio_rtp_passthrough"]) == ("Proxy_033", False)


def test_nothing_is_written_where_nothing_differs(direct: Direct, lab: Lab) -> None:
    same: list[dict[str, Any]] = [{"name": "Proxy_033", "audio_rtp_passthrough": True}, {"id": PROXY_033, "name": "Proxy_033"}]
    run = direct.play("".join(task(**options) for options in [*same, {"name": "x", "state": "absent"}])).must_succeed()
    assert [record.changed for record in run.records] == [False] * 3
    assert writes(lab) == []


def test_a_delete_is_a_get_and_still_not_sent_in_check_mode(direct: Direct, lab: Lab) -> None:
    check = direct.play(task(name="Proxy_033", state="absent"), "--check").must_succeed().result("Change")
    assert check["changed"]
    assert writes(lab) == []
    real = direct.play(task(name="Proxy_033", state="absent")).must_succeed().result("Change")
    assert writes(lab) == [f"GET delete {{'id': '{PROXY_033}'}}"]
    assert (real["diff"], real["onsite_proxy"]) == (check["diff"], None)
    assert proxies(direct, id=PROXY_033) == []
    assert len(proxies(direct)) == 49


def test_two_of_one_name_are_told_apart_by_their_ids(direct: Direct, lab: Lab) -> None:
    lab.fault("move_rows", match={"path": LIST}, how="insert", rows=1)  # one of the same name as the first
    twins = [row for row in proxies(direct) if row["name"] == "Proxy_001"]
    assert len(twins) == 2
    result = direct.play(task(name="Proxy_001", state="absent")).failure("Change")
    assert result["error"]["kind"] == "conflict"
    assert all(str(row["id"]) in result["msg"] for row in twins)
    assert writes(lab) == []
    direct.play("".join(task(id=row["id"], audio_rtp_passthrough=True) for row in twins)).must_succeed()
    found = [row for row in proxies(direct) if row["name"] == "Proxy_001"]
    assert [row["audio_rtp_passthrough"] for row in found] == [True, True]


def test_a_name_that_another_one_has_is_refused_before_any_write(direct: Direct, lab: Lab) -> None:
    for mode in (("--check",), ()):
        result = direct.play(task(id=PROXY_033, name="Proxy_010"), *mode).failure("Change")
        assert result["error"]["kind"] == "conflict"
    assert writes(lab) == []


def test_each_answer_closes_its_connection_and_all_name_themselves(direct: Direct, lab: Lab) -> None:
    direct.play(ASK + task(name="New") + task(name="New", state="absent")).must_succeed()
    entries = lab.log(system="yeastar")
    assert len(entries) > 6
    assert len({entry["connection"] for entry in entries}) == len(entries)
    # The lab, as a PBX, refuses with an error code who doesn't say who asks.
    assert {entry["status"] for entry in entries} == {200}


# Failed writes

WRITES: dict[str, tuple[dict[str, Any], str, str]] = {
    "create": ({"name": "New", "audio_rtp_passthrough": True}, CREATE, "created"),
    "update": ({"id": PROXY_033, "name": "Renamed"}, UPDATE, "changed"),
    "delete": ({"name": "Proxy_033", "state": "absent"}, DELETE, "removed"),
}


@pytest.mark.parametrize("kind", ["error", "close"])
@pytest.mark.parametrize("name", list(WRITES))
def test_a_write_that_took_effect_although_it_failed_is_settled_by_reading(
    name: str, kind: str, direct: Direct, lab: Lab
) -> None:
    options, path, done = WRITES[name]
    lab.fault(kind, match={"path": f"{path}$"}, when="after")
    run = direct.play(task(**options)).must_succeed()
    assert run.result("Change")["changed"]
    assert [text for text in run.warnings if f"the call failed, but the onsite proxy was {done} all the same" in text]
    assert len(writes(lab)) == 1
    assert lab.hits() == [1]


@pytest.mark.parametrize("kind", ["error", "close"])
@pytest.mark.parametrize("name", list(WRITES))
def test_a_write_that_took_no_effect_is_told_and_not_repeated(
    name: str, kind: str, direct: Direct, ansible: Ansible, lab: Lab
) -> None:
    options, path, done = WRITES[name]
    lab.fault(kind, times=None, match={"path": f"{path}$"}, when="before")
    run = direct.play(task(**options))
    assert f"nothing was {done}" in run.failure("Change")["msg"]
    assert len(writes(lab)) == 1
    assert list(exposed(run, lab.secrets | ansible.issued_tokens())) == []


@pytest.mark.parametrize("name", list(WRITES))
def test_a_token_that_ends_before_a_write_costs_one_refresh_and_the_write_is_done_once(
    name: str, direct: Direct, lab: Lab
) -> None:
    options, path, _done = WRITES[name]
    lab.fault("token_expired", match={"path": f"{path}$"})
    assert direct.play(task(**options)).must_succeed().result("Change")["changed"]
    # The first one was refused for its token.
    assert len(writes(lab)) == 2
    assert lab.hits() == [1]
    assert not direct.play(task(**options)).must_succeed().result("Change")["changed"]


def test_a_busy_pbx_is_asked_again(direct: Direct, lab: Lab) -> None:
    answer(lab, CREATE, 70082, "OVERLOAD_TASK_RUNNING", times=2)
    assert direct.play(task(name="New")).must_succeed().result("Change")["changed"]
    assert len(proxies(direct, search_name="New")) == 1


def test_a_pbx_that_is_still_at_work_is_waited_for(direct: Direct, lab: Lab) -> None:
    answer(lab, CREATE, 2, "PROCESSING", when="after")
    run = direct.play(task(name="New")).must_succeed()
    assert run.warnings == []
    assert run.result("Change")["onsite_proxy"]["name"] == "New"
    assert writes(lab) == ["POST create"]


def test_somebody_else_was_faster(direct: Direct, lab: Lab) -> None:
    answer(lab, DELETE, 60001, "DATA NOT FOUND", when="after")
    run = direct.play(task(name="Proxy_033", state="absent")).must_succeed()
    assert [text for text in run.warnings if "was removed all the same" in text]


# Error codes

CODES: dict[str, tuple[int, str, dict[str, Any], str, str]] = {
    "bad value": (
        40002, "PARAMETER ERROR", {"invalid_param_list": [{"field": "name", "validation_type": "maxLength"}]}, "bad_input",
        "the PBX doesn't accept a value (HTTP status 200, error 40002, \"PARAMETER ERROR, name: maxLength\")",
    ),
    "taken": (
        40003, "DUPLICATE KEY VALUE", {"duplicate_field_list": [{"field": "name", "value": "New"}]}, "conflict",
        "a value is taken already (HTTP status 200, error 40003, \"DUPLICATE KEY VALUE, name: New\")",
    ),
    "too many": (60002, "MAX LIMITATION EXCEEDED", {}, "conflict", "a limit of the PBX is reached"),
    "blocked": (70004, "ACCOUNT IP BLOCKED", {}, "authentication", "unblock it under Security > Security Rules > Blocked IPs"),
    "not allowed": (70087, "IP FORBIDDEN", {}, "permission", "the PBX doesn't allow this machine's address"),
    "too old": (10001, "INTERFACE NOT EXISTED", {}, "unsupported", "84.23 (Cloud) or 83.23 (Software) or later"),
    "no right": (10005, "ACCESS DENIED", {}, "permission", "the API client may not do this"),
}  # fmt: skip


def test_an_error_code_is_told_in_the_vendors_words(direct: Direct, lab: Lab) -> None:
    tasks = []
    for name, (code, words, more, _kind, _told) in CODES.items():
        answer(lab, CREATE, code, words, **more)
        tasks.append({"name": name, "telephony.pbx.yeastar_onsite_proxy": {"name": "New"}, "ignore_errors": True})
    run = direct.play(yaml.safe_dump(tasks))
    for name, (code, words, _more, kind, told) in CODES.items():
        result = run.failure(name)
        assert (result["error"]["kind"], result["error"]["code"]) == (kind, code)
        assert words in result["msg"]
        assert told in result["msg"]
    assert writes(lab) == ["POST create"] * len(CODES)


def test_an_older_pbx_is_told_by_the_list_too(direct: Direct, lab: Lab) -> None:
    answer(lab, LIST, 10001, "INTERFACE NOT EXISTED", times=None)
    result = direct.play(ASK).failure("Ask")
    assert result["error"]["kind"] == "unsupported"
    assert "INTERFACE NOT EXISTED" in result["msg"]


def test_another_server_is_not_taken_for_a_pbx_without_that_proxy(direct: Direct, lab: Lab) -> None:
    url = lab.ready["ycm"]["url"]
    result = direct.play(task(id=47, state="absent"), variables={"YEASTAR_URL": url}).failure("Change")
    assert result["error"]["kind"] == "unsupported"
    assert "no P-Series PBX answers here" in result["msg"]


# Logins


def test_wrong_credentials_are_tried_once_and_never_lock_the_address(ansible: Ansible, lab: Lab) -> None:
    wrong = "entirely-wr0ng-s3cret"
    asking = ASK + "  ignore_errors: true\n"
    tasks = "".join(asking.replace("Ask", f"Ask {number}") for number in range(7))
    run = ansible.play(tasks, "-vvv", variables={"YEASTAR_CLIENT_SECRET": wrong})
    assert "client ID or client secret is wrong" in run.failure("Ask 0")["msg"]
    assert "five failures block this machine's address" in run.failure("Ask 0")["msg"]
    assert all("these credentials were refused" in run.failure(f"Ask {number}")["msg"] for number in range(1, 7))
    assert lab.calls(login="true") == ["POST /openapi/v1.0/get_token"]
    assert list(exposed(run, {wrong})) == []
    ansible.play(ASK).must_succeed()


def test_a_blocked_address_is_told_and_not_tried_again(direct: Direct, lab: Lab) -> None:
    answer(lab, "/get_token", 70004, "ACCOUNT IP BLOCKED", times=None)
    run = direct.play(ASK + "  ignore_errors: true\n" + ASK.replace("Ask", "Again"))
    assert "unblock it under Security" in run.failure("Ask")["msg"]
    assert "ACCOUNT IP BLOCKED" in run.failure("Ask")["msg"]
    assert "these credentials were refused" in run.failure("Again")["msg"]
    assert lab.calls() == ["POST /openapi/v1.0/get_token"]


def test_more_tasks_than_a_pbx_has_tokens_share_one_and_give_it_back(direct: Direct, lab: Lab) -> None:
    direct.play(ASK * 10).must_succeed()
    assert len(lab.log(path="get_token")) == len(lab.log(path="del_token")) == 1


def test_the_ninth_token_is_told_with_a_way_out(direct: Direct, lab: Lab) -> None:
    answer(lab, "/get_token", 60002, "MAX LIMITATION EXCEEDED", times=None)
    # With more time a token that somebody gives back is waited for.
    result = direct.play(ASK, variables={"YEASTAR_TIMEOUT": "1"}).failure("Ask")
    assert result["error"]["kind"] == "rate_limit"
    assert "eight tokens" in result["msg"] and "MAX LIMITATION EXCEEDED" in result["msg"]
    assert "Give runs that overlap API clients of their own" in result["msg"]
    assert lab.calls() == ["POST /openapi/v1.0/get_token"]


# Reading


READS: tuple[tuple[dict[str, Any], str, dict[str, list[str]]], ...] = (
    ({}, "list", {}),
    ({"sort_by": "name", "order_by": "desc"}, "list", {"sort_by": ["name"], "order_by": ["desc"]}),
    ({"search": "Proxy_03"}, "search", {"search_value": ["Proxy_03"]}),
    ({"search_name": "a&b=c"}, "search", {"name": ["a&b=c"]}),
    ({"search_intranet_ip": "172.17.0.1", "sort_by": "name"}, "search", {"intranet_ip": ["172.17.0.1"], "sort_by": ["name"]}),
    ({"name": "Proxy_033"}, "list", {}),
    ({"uuid": "x"}, "list", {}),
    ({"id": 47}, "get", {"id": ["47"]}),
)


def test_a_list_a_search_and_a_single_one_have_calls_of_their_own(direct: Direct, lab: Lab) -> None:
    tasks = [{"name": "Ask", "telephony.pbx.yeastar_onsite_proxy_info": options} for options, _path, _query in READS]
    direct.play(yaml.safe_dump(tasks)).must_succeed()
    entries = lab.log(path="/onsiteproxy/")
    assert [entry["path"].rpartition("/")[2] for entry in entries] == [path for _options, path, _query in READS]
    for entry, (_options, _path, query) in zip(entries, READS):
        sent = parse_qs(entry["query"])
        assert sent.pop("access_token") == ["***"]
        assert {name: values for name, values in sent.items() if name not in ("page", "page_size")} == query
