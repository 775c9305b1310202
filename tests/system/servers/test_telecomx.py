# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX: modules and lookup, as people meet them when something is special or goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

LIST = {"system": "telecomx", "path": "/pbx/sipphone$"}
ASK = "- name: Ask\n  telephony.pbx.telecomx_sip_phone_info:\n"
FLEET = ",".join(f"host{number:02d}" for number in range(12))
EVERYWHERE = {"hosts": "all", "connection": "local"}
MAC = "0A0027000001"
DESK = "22f884e53fc389636578e484"  # the lab's model D785


def api(lab: Lab, method: str, path: str, body: Any = None, **query: Any) -> Any:
    """Call TelecomX by other means than the collection's."""
    token = lab.ready["tests"]["telecomx"]["machine_token"]
    url = lab.ready["telecomx"]["url"] + path
    query = {"token": token, **query}
    answer = requests.request(method, url, params=query, json=body, verify=lab.ready["ca"], timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


def phones(lab: Lab, **query: Any) -> list[dict[str, Any]]:
    """The phones as they are, in full."""
    found: list[dict[str, Any]] = api(lab, "GET", "/pbx/sipphone", limit=1000, full="true", **query)["sipPhones"]
    return found


def logins_of_phones(lab: Lab) -> set[str]:
    """Their SIP user names and passwords."""
    return {phone[name] for phone in phones(lab) for name in ("username", "password")}


def create(lab: Lab, **values: Any) -> dict[str, Any]:
    """A phone, made by other means; the requests so far are forgotten."""
    made = api(lab, "POST", "/pbx/sipphone", {"macAddress": MAC, "sipPhoneModel": DESK, "notes": "old", **values})
    lab.forget_log()
    return dict(made)


def task(name: str = "Change", **options: Any) -> str:
    """One task, which changes a phone."""
    found = {"mac_address": MAC, **options}
    return yaml.safe_dump([{"name": name, "telephony.pbx.telecomx_sip_phone": found, "ignore_errors": True}])


def of_accounts(lab: Lab) -> list[str]:
    """Calls that are about logins and sessions."""
    return [f"{entry['method']} {entry['path'].split('/telecomx', 1)[1]}" for entry in lab.log(path="/auth/")]


def writes(lab: Lab) -> list[str]:
    """The collection's calls that change something."""
    entries = [entry for entry in lab.log(system="telecomx") if not lab.only_asks(entry)]
    return [f"{entry['method']} {entry['path'].split('/telecomx', 1)[1]}" for entry in entries]


# Logins


def test_one_login_by_post_for_all_and_no_logout(ansible: Ansible, lab: Lab) -> None:
    secrets = {*lab.secrets, *logins_of_phones(lab)}
    lab.forget_log()
    tasks = ASK + "    full: true\n    raw: true\n" + ASK.replace("Ask", "Ask again") + task(state="absent")
    run = ansible.play(tasks, "-i", FLEET, "--forks", "6", "-vvvv", "--diff", **EVERYWHERE).must_succeed()
    assert of_accounts(lab) == ["POST /auth/login"]
    assert {record.result["count"] for record in run.of("Ask")} == {25}
    assert list(exposed(run, {*secrets, *ansible.issued_tokens()})) == []
    assert len(ansible.issued_tokens()) == 1


def test_a_machine_token_needs_no_login(ansible: Ansible, lab: Lab) -> None:
    token = lab.ready["tests"]["telecomx"]["machine_token"]
    alone = {"TELECOMX_TOKEN": token, "TELECOMX_USERNAME": "", "TELECOMX_PASSWORD": ""}
    tasks = ASK + ASK.replace("Ask", "Fail") + "    customer: nobody\n  ignore_errors: true\n"
    run = ansible.play(tasks, "-vvvv", variables=alone).must_succeed()
    assert run.result("Ask")["count"] == 25
    assert "customer is 'nobody', which TelecomX doesn't know" in run.failure("Fail")["msg"]
    assert lab.calls(login="true") == []
    assert list(exposed(run, {token})) == []


def test_a_wrong_password_is_tried_once(ansible: Ansible, lab: Lab) -> None:
    wrong = "entirely-wr0ng-Pa55word"
    run = ansible.play(ASK, "-i", FLEET, "--forks", "6", "-vvv", variables={"TELECOMX_PASSWORD": wrong}, **EVERYWHERE)
    messages = [record.result["msg"] for record in run.of("Ask")]
    assert {record.result["error"]["kind"] for record in run.of("Ask")} == {"authentication"}
    assert of_accounts(lab) == ["POST /auth/login"]
    assert len(lab.log()) == 1
    assert all('"credentials_invalid"' in message for message in messages)
    assert sum("these credentials were refused" in message for message in messages) == len(messages) - 1
    assert list(exposed(run, {wrong})) == []


def test_a_second_factor_that_a_new_login_asks_for(direct: Direct, lab: Lab) -> None:
    lab.fault("token_expired", skip=1, match=LIST)
    lab.fault("status", status=401, body=json.dumps({"message": "smsKey"}), times=None, skip=1, match={"path": "/auth/login"})
    result = direct.play(ASK + ASK.replace("Ask", "Again")).failure("Again")
    assert result["error"]["kind"] == "authentication"
    assert "the account has a second factor, which nobody can enter here" in result["msg"]
    assert "give it as api_token" in result["msg"]


def test_a_blocked_address_is_told(direct: Direct, lab: Lab) -> None:
    lab.fault("status", status=403, body=json.dumps({"message": "blacklisted"}), match={"path": "/auth/login"})
    result = direct.play(ASK).failure("Ask")
    assert result["error"]["kind"] == "permission"
    assert "TelecomX has blocked this machine's IP address" in result["msg"]
    # The password isn't taken for a wrong one.
    direct.play(ASK).must_succeed()


def test_a_viewer_reads_and_is_told_why_no_more(direct: Direct, lab: Lab) -> None:
    phone = create(lab)
    extra = lab.ready["tests"]["telecomx"]
    viewer = {"TELECOMX_USERNAME": extra["viewer_username"], "TELECOMX_PASSWORD": extra["viewer_password"]}
    tasks = ASK + task("Change", notes="new", update_by="put") + task("Reload", state="reloaded")
    tasks += task("Create", mac_address="0A0027000002", model=DESK)
    tasks += ASK.replace("Ask", "Other") + f"    customer: {extra['other_customer']}\n  ignore_errors: true\n"
    run = direct.play(tasks, variables=viewer).must_succeed()
    assert run.result("Ask")["count"] == 26
    for name in ("Change", "Reload", "Create", "Other"):
        result = run.failure(name)
        assert result["error"]["kind"] == "permission"
        assert 'the account may not do this (HTTP status 403, "access_denied"). Reading needs the access' in result["msg"]
    assert phones(lab, filter=MAC)[0] == {name: value for name, value in phone.items() if name != "product"}


# Lists

TWICE = ASK + ASK.replace("Ask", "Afterwards")
FAULTS: dict[str, dict[str, Any]] = {
    "rows deleted": {"kind": "move_rows", "how": "delete", "rows": 3},
    "rows inserted": {"kind": "move_rows", "how": "insert", "rows": 3},
    "rows put last": {"kind": "move_rows", "how": "resort", "rows": 3},
    "short page": {"kind": "short_page", "rows": 5},
    "other total": {"kind": "total_changes", "by": 7},
    "token expired": {"kind": "token_expired"},
    "server error": {"kind": "error"},
    "reset": {"kind": "reset"},
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_no_phone_is_lost_or_doubled(name: str, direct: Direct, lab: Lab) -> None:
    lab.set(telecomx={"sip_phones": 1100, "short_lists": 0})
    lab.fault(skip=2, match=LIST, **FAULTS[name])
    run = direct.play(TWICE).must_succeed()
    assert lab.hits() == [1]
    found, afterwards = ([phone["id"] for phone in run.result(one)["sip_phones"]] for one in ("Ask", "Afterwards"))
    assert len(set(found)) == len(found) >= 1097
    assert sorted(found) == sorted(afterwards)
    assert len(lab.calls(login="true")) == (2 if name == "token expired" else 1)
    assert run.warnings == []
    limits = {entry["query"].partition("limit=")[2].partition("&")[0] for entry in lab.log(path="/pbx/sipphone")}
    assert all(1 <= int(limit) <= 1000 for limit in limits)


def test_fewer_phones_than_asked_for(direct: Direct, lab: Lab) -> None:
    lab.set(telecomx={"sip_phones": 1100, "short_lists": 2})
    run = direct.play(ASK).must_succeed()
    ids = [phone["id"] for phone in run.result("Ask")["sip_phones"]]
    assert ids == [phone["_id"] for page in (0, 1) for phone in api_page(lab, page * 550)]
    assert run.warnings == []


def api_page(lab: Lab, offset: int) -> list[dict[str, Any]]:
    """550 phones from an offset on, in as many calls as it takes."""
    found: list[dict[str, Any]] = []
    while len(found) < 550:
        found += api(lab, "GET", "/pbx/sipphone", offset=offset + len(found), limit=550 - len(found))["sipPhones"]
    return found


def test_both_shapes_and_the_detail_are_one(direct: Direct, lab: Lab) -> None:
    identity = phones(lab)[1]["_id"]
    tasks = "".join(
        f"- name: {name}\n  telephony.pbx.telecomx_sip_phone_info: {options}\n"
        for name, options in (("Normal", "{}"), ("Full", "{full: true}"), ("One", f"{{id: {identity}}}"))
    )
    run = direct.play(tasks).must_succeed()
    normal, full = (run.result(name)["sip_phones"][1] for name in ("Normal", "Full"))
    (one,) = run.result("One")["sip_phones"]
    assert normal.keys() == full.keys() == one.keys()
    assert {**one, "product": None} == full
    assert (normal["model"]["id"], normal["extension"]["id"]) == (full["model"]["id"], full["extension"]["id"])
    assert (normal["online"], normal["status"]) == (full["online"], None) == (full["status"]["online"], None)
    assert full["password"] == full["username"] == "********" and normal["password"] is None


# Changes


def test_the_way_of_a_change_has_to_be_said_and_to_be_right(direct: Direct, lab: Lab) -> None:
    phone = create(lab)
    refused = direct.play(task(notes="new")).failure("Change")
    assert refused["error"]["kind"] == "bad_input"
    assert "differs in notes, and update_by isn't given" in refused["msg"]
    assert writes(lab) == []
    for right, wrong in (("put", "post"), ("post", "put")):
        lab.set(telecomx={"update_method": right.upper()})
        run = direct.play(task("Wrong", notes=right, update_by=wrong) + task("Right", notes=right, update_by=right))
        result = run.failure("Wrong")
        assert result["error"]["kind"] == "unsupported"
        assert f"This TelecomX seems not to take changes by update_by: {wrong}; try {right}" in result["msg"]
        assert run.result("Right")["sip_phone"]["notes"] == right
    assert writes(lab) == [f"{method} /pbx/sipphone/{phone['_id']}" for method in ("POST", "PUT", "PUT", "POST")]


def test_a_server_without_the_call_and_one_that_does_nothing(direct: Direct, lab: Lab) -> None:
    create(lab)
    missing = json.dumps({"message": "not_found"})
    lab.fault("status", status=404, body=missing, match={"method": "PUT", "path": "/pbx/sipphone/"})
    lab.fault("status", status=200, body=json.dumps({"success": True}), match={"method": "PUT", "path": "/pbx/sipphone/"})
    run = direct.play(task("Missing", notes="new", update_by="put") + task("Idle", notes="new", update_by="put"))
    result = run.failure("Missing")
    assert "; nothing was changed" in result["msg"] and "update_by: put; try post" in result["msg"]
    result = run.failure("Idle")
    assert result["error"]["kind"] == "not_applied"
    assert "still shows other values than were written: notes" in result["msg"]
    assert "TelecomX may take changes by the other method: see update_by" in result["msg"]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "extension": ({"extension": "nowhere", "update_by": "put"}, "bad_input", "a value: extension (HTTP status 422"),
    "model": ({"mac_address": "0A0027000002", "model": "x"}, "bad_input", "a value: model (HTTP status 422, \"sipPhoneModel\")"),
    "settings": (
        {"settings": {"network": {"vlanId": 4095}}, "update_by": "put"}, "bad_input", "a value: settings.network.vlanId (HTTP",
    ),
    "MAC address of another customer's phone": (
        {"mac_address": "{other}", "model": DESK}, "conflict", "or has changed in between: mac_address (HTTP status 409",
    ),
    "customer": (
        {"mac_address": "0A0027000002", "model": DESK, "customer": "nobody"}, "not_found", "customer is 'nobody', which TelecomX",
    ),
    "customer of a phone": ({"id": "{id}", "customer": "x" * 24}, "bad_input", "which can't be changed to xxxx"),
    "extension of a hotdesk phone": (
        {"mac_address": "000413000003", "state": "grabbed", "extension": "nowhere"}, "not_found", ": extension",
    ),
    "no hotdesk phone": (
        {"state": "grabbed", "extension": "{spare}"}, "conflict", "it is no hotdesk phone, or not free (HTTP status 409",
    ),
    "one that can't be released": (
        {"mac_address": "000413000000", "state": "released"}, "conflict", "it is no hotdesk phone, or not in use",
    ),
    "settings of a hotdesk phone": ({"state": "released", "notes": "x"}, "bad_input", "notes can't be given with state"),
    "soft keys that are none": ({"settings": {"softkeys": ["a"]}}, "bad_input", "settings.softkeys[0] must be a dictionary"),
}  # fmt: skip


def test_what_is_wrong_is_told_by_its_option(ansible: Ansible, lab: Lab) -> None:
    extra = lab.ready["tests"]["telecomx"]
    places = {
        "{id}": create(lab)["_id"], "{spare}": extra["spare_extension"],
        "{other}": phones(lab, customer=extra["other_customer"])[0]["macAddress"],
    }  # fmt: skip
    tasks = ""
    for name, (options, _kind, _words) in WRONG.items():
        filled = {key: places.get(value, value) if isinstance(value, str) else value for key, value in options.items()}
        tasks += task(name, **filled)
    run = ansible.play(tasks, "-vvv").must_succeed()
    for name, (_options, kind, words) in WRONG.items():
        result = run.failure(name)
        assert (result["error"]["kind"], words in result["msg"]) == (kind, True), result["msg"]
    assert "Traceback" not in run.output


def test_another_customers_phone_is_found_with_the_customer(direct: Direct, lab: Lab) -> None:
    """Otherwise a second one would be made."""
    other = lab.ready["tests"]["telecomx"]["other_customer"]
    tasks = task("Create", model=DESK, customer=other) + task("Create again", model=DESK, customer=other)
    tasks += task("Delete", customer=other, state="absent")
    run = direct.play(tasks).must_succeed()
    assert [run.result(name)["changed"] for name in ("Create", "Create again", "Delete")] == [True, False, True]
    assert run.result("Create again")["sip_phone"]["customer"] == other
    assert [call.partition(" ")[0] for call in writes(lab)] == ["POST", "DELETE"]


SETTLED: dict[str, tuple[dict[str, Any], str, str]] = {
    "create": ({"mac_address": "0A0027000002", "model": DESK}, "POST", "created"),
    "change": ({"notes": "new", "update_by": "put"}, "PUT", "changed"),
    "grab": ({"mac_address": "000413000003", "state": "grabbed", "extension": "{spare}"}, "POST", "changed"),
    "delete": ({"state": "absent"}, "DELETE", "removed"),
}  # fmt: skip


@pytest.mark.parametrize("fault", [{"kind": "error"}, {"kind": "reset"}, {"kind": "html", "status": 502}])
@pytest.mark.parametrize("when", ["after", "before"])
def test_a_write_without_a_clear_answer_is_settled(fault: dict[str, Any], when: str, direct: Direct, lab: Lab) -> None:
    """By reading, never by guessing, and never by doing it again."""
    create(lab)
    spare = lab.ready["tests"]["telecomx"]["spare_extension"]
    tasks = ""
    for name, (options, method, _told) in SETTLED.items():
        path = "/hotdesk$" if name == "grab" else "/pbx/sipphone(/[0-9a-f]+)?$"
        lab.fault(when=when, match={"method": method, "path": path}, **fault)
        tasks += task(name, **{key: spare if value == "{spare}" else value for key, value in options.items()})
    run = direct.play(tasks).must_succeed()
    assert lab.hits() == [1] * len(SETTLED)
    assert len(writes(lab)) == len(SETTLED)
    for name, (_options, _method, told) in SETTLED.items():
        if when == "after":
            assert run.result(name)["changed"]
            assert [text for text in run.warnings if f"the call failed, but the SIP phone was {told} all the same" in text]
        else:
            assert f"nothing was {told}" in run.failure(name)["msg"]


def test_a_reload_without_a_clear_answer_is_never_a_success(direct: Direct, lab: Lab) -> None:
    create(lab)
    for kind in ("error", "reset"):
        lab.fault(kind, when="after", match={"path": "/configreload$"})
    run = direct.play(task("One", state="reloaded") + task("Two", state="reloaded") + task("Three", state="reloaded"))
    for name in ("One", "Two"):
        result = run.failure(name)
        assert result["error"]["kind"] == "ambiguous_write"
        assert "it can't be read whether the phone was told" in result["msg"]
    assert run.result("Three")["changed"]
    # Not repeated on its own, although it is a GET.
    assert len(writes(lab)) == 3


def test_secrets_of_a_phone_are_seen_nowhere(ansible: Ansible, lab: Lab) -> None:
    config, key, picture, other = (f"{word}-Pa55word-of-mine" for word in ("config", "key", "picture", "other"))
    url = "https://pictures.example.com/logo.png?token="
    soft_keys = [{"index": 0, "function": "URL", "value": f"https://robot:{key}@intranet.example.com/menu.xml"}]
    settings = {"softkeys": soft_keys, "displayBackground": url + picture}
    # As in real life not written in the playbook, of which Ansible shows the lines around a failed task.
    given = {
        "old": {"custom_config": config, "settings": settings},
        "new": {"custom_config": "new " + config, "settings": {"displayBackground": url + other}},
        "wrong": {"custom_config": config, "settings": {**settings, "ip": {"mode": "SHUT"}}},
    }
    variables = ansible.write("variables.json", json.dumps(given))

    def with_secrets(name: str, source: str, **options: Any) -> str:
        filled = {option: "{{ %s.%s }}" % (source, option) for option in ("custom_config", "settings")}
        return task(name, model=DESK, update_by="put", **filled, **options)

    names = {"Create": "old", "Keep": "old", "Change": "new", "Travel": "old", "Fail": "wrong"}
    tasks = "".join(with_secrets(name, source) for name, source in names.items())
    tasks = tasks.replace("- name: Travel\n", "- name: Travel\n  environment: {A: b}\n")
    tasks += "- name: Find\n  telephony.pbx.telecomx_sip_phone_info: {full: true, raw: true, search: %s}\n" % MAC
    secrets = {config, key, picture, other, *lab.secrets}
    for mode in (("--check",), ()):
        run = ansible.play(tasks, "--diff", "-vvvv", "-e", f"@{variables}", *mode)
        assert "Traceback" not in run.output
        secrets |= {*ansible.issued_tokens(), *logins_of_phones(lab)}
        assert list(exposed(run, secrets)) == []
    assert [run.result(name)["changed"] for name in names if name != "Fail"] == [True, False, True, True]
    assert run.failure("Fail")["error"]["kind"] == "bad_input"
    assert run.result("Change")["diff"]["after"]["custom_config"] == "******** (new)"
    (phone,) = phones(lab, filter=MAC)
    assert (phone["customConfig"], phone["softkeys"]) == (config, soft_keys)


# Lookup

TELECOMX = "'telephony.pbx.telecomx'"
ONE = "1234567890123457890ABCD"
# Expressions, and what they give.
FOUND: dict[str, tuple[str, Any]] = {
    "all": (f"query({TELECOMX}, 'sip_phones') | length", 25),
    "one": (f"lookup({TELECOMX}, 'sip_phone', '{ONE}').mac_address", "4EE8A34B56F3"),
    "two": (f"query({TELECOMX}, 'sip_phone', '{ONE}', '12345678901234567890ABCD') | length", 2),
    "filtered": (f"query({TELECOMX}, 'sip_phones', filters={{'search': 'donald duck'}})[0].id", ONE),
    "available": (f"query({TELECOMX}, 'sip_phones', filters={{'available': true}}, query='[].extension')", []),
    "searched": (f"query({TELECOMX}, 'sip_phones', query=\"[?extension.number=='592'].employee.name\")", ["Donald Duck"]),
    "masked": (f"lookup({TELECOMX}, 'sip_phone', '{ONE}').password", "********"),
    "on purpose": (f"lookup({TELECOMX}, 'sip_phone', '{ONE}', include_secrets=true).password | length", 32),
    "ignored": (f"query({TELECOMX}, 'sip_phone', 'nowhere', errors='ignore')", []),
    "warned of": (f"query({TELECOMX}, 'sip_phone', 'nowhere', errors='warn')", []),
}
FAILED: dict[str, tuple[str, str]] = {
    "not found": (f"lookup({TELECOMX}, 'sip_phone', 'nowhere')", "there is no SIP phone nowhere"),
    "no such kind": (f"lookup({TELECOMX}, 'extension')", "the first term must be one of sip_phones"),
    "no such filter": (f"query({TELECOMX}, 'sip_phones', filters={{'colour': 1}})", "filters holds colour"),
    "no such customer": (f"query({TELECOMX}, 'sip_phones', filters={{'customer': 'x'}})", "customer is 'x', which TelecomX"),
    "wrong password": (
        f"query({TELECOMX}, 'sip_phones', api_username='somebody', api_password='entirely-wrong')",
        "user name or password is wrong",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def lookups(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them in one play."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("lookups"), running.environment())
    return ansible.evaluate({name: case[0] for name, case in {**FOUND, **FAILED}.items()}, "-vvv")


@pytest.mark.parametrize("name", list(FOUND))
def test_a_lookup_finds(name: str, lookups: Run) -> None:
    # Up to 2.18 a number becomes text on its way into the message.
    assert lookups.result(name)["msg"] in (FOUND[name][1], str(FOUND[name][1]))


@pytest.mark.parametrize("name", list(FAILED))
def test_a_lookup_fails(name: str, lookups: Run) -> None:
    assert FAILED[name][1] in lookups.failure(name)["msg"]


def test_lookups_log_in_once_and_leak_nothing(lookups: Run, running: Lab) -> None:
    secrets = {*running.secrets, *logins_of_phones(running)}
    assert of_accounts(running) == ["POST /auth/login"] * 2  # the other one with the wrong password
    assert "Traceback" not in lookups.output
    assert ["there is no SIP phone nowhere" in text for text in lookups.warnings] == [True]
    assert list(exposed(lookups, secrets)) == []
