# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Huawei AICC's softphones: logins, refusals, pages, passwords, the lookup and the inventory."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

LIST = "- name: List\n  telephony.pbx.aicc_softphone_info:\n"
SOURCE = "plugin: telephony.pbx.aicc\n"
LOGIN, QUERY = "/tokenByAkSk$", "/queryPhone$"
V1, V2 = (f"POST /CC-Management/{version}/mobileAgent/queryPhone" for version in ("v1", "v2"))
TOKEN = "POST /api/oauth/tokenByAkSk"
LOOKUP = "'telephony.pbx.aicc'"


def passwords(lab: Lab, count: int) -> set[str]:
    """The passwords of the first softphones, from AICC itself."""
    entry = lab.ready["aicc"]
    body = {name: entry[name] for name in ("app_key", "app_secret")}
    token = lab._session.post(f"{entry['url']}/apigovernance/api/oauth/tokenByAkSk", json=body, timeout=10).json()
    answer = lab._session.post(
        f"{entry['url']}/apiaccess/CC-Management/v2/mobileAgent/queryPhone",
        json={"limit": str(count)},
        headers={"Authorization": f"Bearer {token['AccessToken']}"},
        timeout=10,
    )
    found = {phone["password"] for phone in answer.json()["result"]["phone"]}
    assert len(found) == count
    lab.forget_log()
    return found


def hostvars(run: Run) -> dict[str, dict[str, Any]]:
    """Variables by host."""
    found = json.loads(json.dumps(run.json).replace("__ansible_unsafe", "__u"))["_meta"]["hostvars"]
    return {name: _plain(variables) for name, variables in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return value["__u"] if value.keys() == {"__u"} else {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


# Logins and refusals


def test_a_run_costs_one_login_and_no_logout(direct: Direct, lab: Lab) -> None:
    direct.play(LIST * 3).must_succeed()
    assert lab.calls() == [TOKEN, V2, V2, V2]


def test_tokens_may_come_from_another_address(direct: Direct, lab: Lab) -> None:
    url = lab.ready["tests"]["aicc"]["auth_url"]
    assert direct.play(LIST, variables={"AICC_AUTH_URL": url}).must_succeed().result("List")["count"] == 2
    assert [(entry["name"], entry["login"]) for entry in lab.log()] == [("aicc-auth", True), ("aicc", False)]


def test_wrong_credentials_are_tried_once(ansible: Ansible, lab: Lab) -> None:
    wrong = "entirely-wr0ng-s3cret"
    tasks = LIST + "  ignore_errors: true\n- name: Again\n  telephony.pbx.aicc_softphone_info:\n"
    run = ansible.play(tasks, "-vvv", variables={"AICC_APP_SECRET": wrong})
    assert "app key or app secret is wrong" in run.failure("List")["msg"]
    assert "these credentials were refused" in run.failure("Again")["msg"]
    assert lab.calls() == [TOKEN]
    assert list(exposed(run, {wrong})) == []


@pytest.mark.parametrize("path", [LOGIN, QUERY])
def test_a_gateway_that_refuses_the_caller_is_told_as_that_and_not_remembered(path: str, direct: Direct, lab: Lab) -> None:
    lab.fault("html", match={"path": path}, status=403)
    result = direct.play(LIST).failure("List")
    assert (result["error"]["kind"], result["error"]["status"]) == ("permission", 403)
    assert "this machine's address on the operator's list" in result["msg"]
    assert "<html" not in str(result)
    # It was the address, not the credentials: they are tried again at once.
    direct.play(LIST).must_succeed()


def test_a_token_that_ends_costs_one_login_even_between_pages(direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"softphones": 250})
    lab.fault("token_expired", match={"path": QUERY}, skip=1)
    run = direct.play(LIST, variables={"AICC_CONCURRENCY": "1"}).must_succeed()
    found = run.result("List")["softphones"]
    assert len({phone["number"] for phone in found}) == len(found) == 250
    assert run.warnings == []
    assert lab.calls(login="true") == [TOKEN] * 2


def test_a_token_that_is_refused_at_once_is_told_with_what_may_be_behind_it(direct: Direct, lab: Lab) -> None:
    lab.fault("status", times=None, match={"path": QUERY}, status=401)
    result = direct.play(LIST).failure("List")
    assert result["error"]["kind"] == "authentication"
    assert "Has the service been bought" in result["msg"]
    assert lab.calls() == [TOKEN, V2, TOKEN, V2]


# Return codes, pages, versions

CODES = {
    "1": ("server", "the query failed", "Query failed."),
    "3": ("server", "no address or port where softphones register", "The registered service address or port number is empty."),
    "5": ("server", "no virtual call center", "The virtual call center information is empty."),
}


@pytest.mark.parametrize("code", list(CODES))
def test_a_return_code_in_a_good_answer_is_an_error_in_the_vendors_words(code: str, direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"ret_code": code})
    result = direct.play(LIST).failure("List")
    kind, words, vendor = CODES[code]
    assert (result["error"]["kind"], result["error"]["code"], result["error"]["text"]) == (kind, code, vendor)
    assert words in result["msg"]
    assert lab.calls(path="queryPhone") == [V2]


@pytest.mark.parametrize("code", ["2", "4"])
def test_a_return_code_that_means_nothing_is_an_empty_list(code: str, direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"ret_code": code})
    run = direct.play(LIST).must_succeed()
    assert run.result("List")["softphones"] == []
    assert run.warnings == []


def test_a_failure_of_the_business_is_told_with_its_code(direct: Direct, lab: Lab) -> None:
    lab.fault("error", times=None, match={"path": QUERY})
    result = direct.play(LIST, variables={"AICC_RETRIES": "0"}).failure("List")
    assert (result["error"]["status"], result["error"]["code"]) == (500, "1")
    assert "Query failed." in result["msg"]


@pytest.mark.parametrize("how", ["delete", "insert", "resort"])
def test_softphones_that_move_between_pages_are_all_listed_once(how: str, direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"softphones": 250})
    lab.fault("move_rows", match={"path": QUERY}, skip=1, how=how)
    found = direct.play(LIST).must_succeed().result("List")["softphones"]
    numbers = [phone["number"] for phone in found]
    assert len(set(numbers)) == len(numbers) == {"delete": 249, "insert": 251, "resort": 250}[how]
    assert lab.hits() == [1]


def test_a_page_that_is_cut_short_is_filled_from_where_it_ended(direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"softphones": 250})
    lab.fault("short_page", match={"path": QUERY}, times=2, rows=60)
    run = direct.play(LIST, variables={"AICC_CONCURRENCY": "1"}).must_succeed()
    assert run.result("List")["count"] == 250
    assert run.warnings == []


@pytest.mark.parametrize("past_end", ["0", "4"])
def test_a_full_last_page_ends_the_list(past_end: str, direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"softphones": 200, "past_end": past_end})
    run = direct.play(LIST).must_succeed()
    assert run.result("List")["count"] == 200
    assert run.warnings == []


def test_which_version_a_server_has_is_found_out_once_per_run(direct: Direct, lab: Lab) -> None:
    lab.set(aicc={"v2": False})
    direct.play(LIST * 2).must_succeed()
    assert lab.calls() == [TOKEN, V2, V1, V1]


def test_passwords_are_seen_nowhere_but_on_request(ansible: Ansible, lab: Lab) -> None:
    lab.set(aicc={"softphones": 20})
    hidden = passwords(lab, 20)
    tasks = """
- name: List
  telephony.pbx.aicc_softphone_info: {raw: true, query: "[].password"}
- name: Look up
  ansible.builtin.debug: {msg: "{{ query('telephony.pbx.aicc', 'softphones') }}"}
"""
    run = ansible.play(tasks, "-vvv").must_succeed()
    assert list(exposed(run, hidden | lab.secrets | ansible.issued_tokens())) == []
    assert set(run.result("List")["query_result"]) == {"********"}
    run = ansible.play("- name: List\n  telephony.pbx.aicc_softphone_info: {include_secrets: true}\n").must_succeed()
    assert {phone["password"] for phone in run.result("List")["softphones"]} == hidden


# The lookup

FOUND: dict[str, tuple[str, Any]] = {
    "all": (f"query({LOOKUP}, 'softphones') | map(attribute='number') | list", ["88881196", "88881197"]),
    "one": (f"lookup({LOOKUP}, 'softphone', '88881197').number", "88881197"),
    "address": (f"lookup({LOOKUP}, 'softphone', '88881197').servers[0].address", "10.162.98.43"),
    "searched": (f"query({LOOKUP}, 'softphones', query='[?number==`\"88881196\"`].number')", ["88881196"]),
    "masked": (f"lookup({LOOKUP}, 'softphone', '88881197').password", "********"),
    "on purpose": (f"lookup({LOOKUP}, 'softphone', '88881197', include_secrets=true).password != '********'", True),
    "ignored": (f"query({LOOKUP}, 'softphone', '1', errors='ignore')", []),
    "warned": (f"query({LOOKUP}, 'softphone', '2', errors='warn')", []),
    "not found": (f"lookup({LOOKUP}, 'softphone', '1')", None),
    "filtered": (f"query({LOOKUP}, 'softphones', filters={{'remark': 'x'}})", None),
}  # fmt: skip
FAILED = {"not found": "there is no softphone 1", "filtered": "filters holds remark"}


def test_lookups(ansible: Ansible, lab: Lab) -> None:
    tasks = [
        {"name": name, "ansible.builtin.debug": {"msg": "{{ %s }}" % expression}, "ignore_errors": True}
        for name, (expression, _expected) in FOUND.items()
    ]
    run = ansible.play(yaml.safe_dump(tasks, sort_keys=False))
    for name, (_expression, expected) in FOUND.items():
        if name in FAILED:
            assert FAILED[name] in run.failure(name)["msg"]
        else:
            assert run.result(name)["msg"] in (expected, str(expected)), name
    assert [warning for warning in run.warnings if "there is no softphone 2" in warning]
    assert lab.calls(login="true") == [TOKEN]


# The inventory


def test_softphones_are_hosts(ansible: Ansible, lab: Lab) -> None:
    lab.set(aicc={"softphones": 10, "addresses": "pool"})
    hidden = passwords(lab, 10)
    source = SOURCE + """
keyed_groups:
  - {key: softphone.partition_id, prefix: partition}
groups:
  suspended: softphone.registered is false
compose:
  sip_server: softphone.servers[0].address
"""
    run = ansible.inventory(source, "--list", name="phones.aicc.yml")
    hosts = hostvars(run)
    assert len(hosts) == 10
    # The document's two have no status.
    assert [hosts[name]["pbx_enabled"] for name in ("88881196", "88881198", "88881201")] == [True, True, False]
    phone = hosts["88881201"]
    assert phone["pbx_system"] == "aicc"
    assert phone["pbx_id"] == f"aicc:127.0.0.1:{lab.ready['port']}/88881201"
    assert phone["ansible_connection"] == "local"
    assert "ansible_host" not in phone
    assert phone["sip_server"] == "10.162.98.43"
    assert phone["softphone"]["password"] == "********"
    assert run.json["suspended"]["hosts"] == ["88881201", "88881205"]
    assert {"partition_1", "partition_2", "softphones"} <= run.json.keys()
    assert run.stderr == ""
    assert list(exposed(run, hidden | lab.secrets | ansible.issued_tokens())) == []


def test_names_choices_and_connections_of_hosts(ansible: Ansible, lab: Lab) -> None:
    lab.set(aicc={"softphones": 10})
    source = SOURCE + """
hostnames: ["{{ softphone.remark | lower | replace(' ', '-') }}", number]
on_host_clash: suffix
include: ["partition_id=='1'"]
exclude: ["registered==`false`"]
connect_with: ssh
"""
    hosts = hostvars(ansible.inventory(source, "--list", name="phones.aicc.yml"))
    assert {found["softphone"]["partition_id"] for found in hosts.values()} == {"1"}
    assert {found["softphone"]["registered"] for found in hosts.values()} == {True}
    assert {found["ansible_connection"] for found in hosts.values()} == {"ssh"}
    assert set(hosts) == {"front-desk_88881198", "88881200", "front-desk_88881202", "88881204"}


def test_an_inventory_is_cached_without_passwords_and_outlives_the_server(ansible: Ansible, lab: Lab) -> None:
    hidden = passwords(lab, 2)
    folder = ansible.folder / "cache"
    source = f"{SOURCE}cache: true\ncache_plugin: jsonfile\ncache_connection: {folder}\ncache_timeout: %s\n"
    first = hostvars(ansible.inventory(source % 3600, "--list", name="phones.aicc.yml"))
    lab.forget_log()
    assert hostvars(ansible.inventory(source % 3600, "--list", name="phones.aicc.yml")) == first
    assert lab.log() == []
    cached = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert "88881196" in cached
    assert not any(secret in cached for secret in hidden | lab.secrets | ansible.issued_tokens())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("api_auth_url: nowhere\n", "api_auth_url must look like"),
        ("filters: {number: 1}\n", "the server can't filter"),
        ("hostnames: [colour]\n", "hostnames holds 'colour'"),
    ],
)
def test_a_wrong_inventory_file_is_told_in_one_line(source: str, words: str, ansible: Ansible, lab: Lab) -> None:
    run = ansible.inventory(SOURCE + source, "--list", name="phones.aicc.yml")
    assert words in " ".join(run.stderr.split())
    assert "Traceback" not in run.output
