# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong is told in one line that says what to do, without a traceback and without a secret."""

from __future__ import annotations

import json
import socket
from typing import Any

import certifi
import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

# As in real life not written in the playbook, of which Ansible shows the lines around a failed task.
WRONG = {"password": "entirely-wr0ng-Pa55word", "token": "no-t0ken-that-there-is"}
PASSWORD = "{{ wrong.password }}"
SYSTEMS, LOTS, USERS = "jade_system_info", "jade_parking_lot_info", "jade_user_info"
PBXS, PROXIES = "ycm_cloud_pbx_info", "yeastar_onsite_proxy_info"
CLOSED, OTHER = "{closed}", "{other}"
# What is tried, with which module and options; the kind of error, and words that its line has to hold.
CASES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "wrong path": (SYSTEMS, {"api_url": "{jade}/nonsense"}, "unsupported", "there is no Jade API at this address"),
    "another system's address": (SYSTEMS, {"api_url": OTHER}, "unsupported", "Check api_url"),
    "unknown host": (SYSTEMS, {"api_url": "https://pbx.invalid"}, "connection", "the host's name isn't known"),
    "closed port": (SYSTEMS, {"api_url": CLOSED}, "connection", "no connection: connection refused"),
    "no TLS asked for": (SYSTEMS, {"api_url": "{plain}"}, "connection", "closed the connection"),
    "untrusted certificate": (SYSTEMS, {"api_ca_path": certifi.where()}, "tls", "certificate isn't trusted"),
    "wrong password": (
        SYSTEMS, {"api_username": "admin", "api_password": PASSWORD}, "authentication", "Check api_username and api_password",
    ),
    "wrong client secret": (
        PBXS, {"api_client_id": "somebody", "api_client_secret": PASSWORD},
        "authentication", "Check api_client_id and api_client_secret",
    ),
    "wrong client of a PBX": (
        PROXIES, {"api_client_id": "nobody", "api_client_secret": PASSWORD},
        "authentication", "client ID or client secret is wrong",
    ),
    "dead token": (SYSTEMS, {"api_token": "{{ wrong.token }}"}, "authentication", "api_token isn't accepted"),
    "missing permission": (
        SYSTEMS, {"api_username": "limited", "api_password": "limited"}, "permission", "Jade wants the permission admin",
    ),
    "web page": (LOTS, {}, "protocol", "the answer is a web page, not JSON"),
    "broken JSON": (USERS, {}, "protocol", "the answer is no valid JSON"),
    "busy for good": (PBXS, {"api_retries": 0}, "rate_limit", "the server asks to send fewer requests"),
    "PBX away": (PROXIES, {"api_retries": 0}, "server", "status 503"),
    "secret in the server's words": (PROXIES, {"id": 1}, "bad_input", "what is ********?"),
    "bad JMESPath": (SYSTEMS, {"query": "[?"}, "bad_input", "query is no valid JMESPath expression"),
    "JMESPath of another type": (SYSTEMS, {"query": "sum(@)"}, "bad_input", "query can't be applied to the result"),
    "time-out out of range": (SYSTEMS, {"api_timeout": 0}, "bad_input", "api_timeout is 0.0, but must be at least 0.1"),
    "no address": (SYSTEMS, {"api_url": ""}, "bad_input", "api_url is missing"),
    "address that is none": (SYSTEMS, {"api_url": "pbx1"}, "bad_input", "api_url must look like https://"),
    "missing certificate file": (SYSTEMS, {"api_ca_path": "/nowhere/ca.pem"}, "bad_input", "doesn't exist or can't be read"),
    "unknown value": ("jade_parking_lot", {"name": "a", "findslot": "any"}, "", "value of findslot must be one of: first, next"),
    "missing option": ("jade_parking_lot", {}, "", "missing required arguments: name"),
    "unknown option": (SYSTEMS, {"colour": "blue"}, "", "there is no option colour"),
    "wrong type": ("jade_parking_lot", {"name": "a", "parkingtime": "soon"}, "", "parkingtime"),
}  # fmt: skip
# Bad input that only the server or its answer can tell; all else doesn't get as far as a request.
FOUND_LATE = ("JMESPath of another type", "secret in the server's words")
BEFORE_ANY_REQUEST = [name for name, case in CASES.items() if case[2] in ("", "bad_input") and name not in FOUND_LATE]


def closed_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _play(running: Lab, ansible: Ansible, names: list[str], *arguments: str) -> Run:
    url = running.ready["jade"]["f31439d"]["url"]
    places = {
        "jade": url, "plain": url.replace("https:", "http:"), "other": running.ready["ycm"]["url"],
        "closed": f"https://127.0.0.1:{closed_port()}",
    }  # fmt: skip
    tasks = []
    for name in names:
        module, options, _kind, _words = CASES[name]
        filled = {key: value.format(**places) if key == "api_url" else value for key, value in options.items()}
        tasks.append({"name": name, f"telephony.pbx.{module}": {"api_retries": 0, **filled}, "ignore_errors": True})
    variables = ansible.write("variables.json", json.dumps({"wrong": WRONG}))
    return ansible.play(yaml.safe_dump(tasks, sort_keys=False), "-e", f"@{variables}", *arguments)


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All failures in one talkative run."""
    running.reset()
    running.fault("html", times=None, match={"path": "parkinglots"})
    running.fault("not_json", times=None, match={"path": "user/users"})
    running.fault("status", status=429, times=None, match={"path": "cloud_pbx", "system": "ycm"})
    words = json.dumps({"errcode": 40002, "errmsg": f"what is {running.ready['yeastar']['pbx']['client_secret']}?"})
    running.fault("status", status=200, body=words, times=None, match={"path": "onsiteproxy/get", "system": "yeastar"})
    running.fault("status", status=503, times=None, match={"path": "onsiteproxy", "system": "yeastar"})
    ansible = Ansible(tmp_path_factory.mktemp("failures"), running.environment())
    return _play(running, ansible, list(CASES), "-vvv")


@pytest.mark.parametrize("name", list(CASES))
def test_failure(name: str, run: Run) -> None:
    result = run.failure(name)
    assert CASES[name][3] in result["msg"]
    assert result.get("error", {}).get("kind", "") == CASES[name][2], result["msg"]
    # From 2.19 on, Ansible itself puts these words where there is none.
    assert result.get("exception", "(traceback unavailable)") == "(traceback unavailable)"


def test_nothing_leaks_and_nothing_is_traced_back(run: Run, running: Lab) -> None:
    assert "Traceback" not in run.output
    assert list(exposed(run, {*running.secrets, *WRONG.values()})) == []
    assert run.warnings == []


def test_bad_input_is_found_before_the_first_request(ansible: Ansible, lab: Lab) -> None:
    run = _play(lab, ansible, BEFORE_ANY_REQUEST)
    assert len(run.records) == len(BEFORE_ANY_REQUEST) > 5
    assert lab.log() == []


def without(ansible: Ansible, library: str) -> dict[str, str]:
    """Variables with which Python can't import a library."""
    (ansible.folder / library).mkdir()
    ansible.write(f"{library}/__init__.py", "raise ImportError('none here')\n")
    return {"PYTHONPATH": str(ansible.folder)}


@pytest.mark.parametrize("travels", ["{}", "{MAKES: it travel}"], ids=["here", "elsewhere"])
def test_jmespath_is_needed_for_query_alone(ansible: Ansible, travels: str) -> None:
    tasks = "".join(
        f"- name: {name}\n  telephony.pbx.jade_system_info: {options}\n  environment: {travels}\n"
        for name, options in {"Ask": "{}", "Search": "{query: 'systems[0].id'}"}.items()
    )
    run = ansible.play(tasks, variables=without(ansible, "jmespath"))
    assert "Traceback" not in run.output
    assert run.result("Ask")["systems"]
    assert "query needs the Python library jmespath" in run.failure("Search")["msg"]


MISSING = "Failed to import the required Python library (requests) on "


@pytest.mark.parametrize("travels", ["{}", "{MAKES: it travel}"], ids=["here", "elsewhere"])
def test_a_task_without_requests_fails_as_ansible_would_put_it(ansible: Ansible, travels: str) -> None:
    tasks = f"- name: Ask\n  telephony.pbx.jade_system_info: {{}}\n  environment: {travels}\n"
    run = ansible.play(tasks, "-vvv", variables=without(ansible, "requests"))
    assert "Traceback" not in run.output
    failure = run.failure("Ask")
    assert MISSING in failure["msg"]
    assert failure["error"]["kind"] == "bad_input"


def test_a_lookup_and_an_inventory_without_requests_fail_as_ansible_would_put_it(ansible: Ansible) -> None:
    variables = without(ansible, "requests")
    looked = ansible.play(
        "- name: Look\n  ansible.builtin.debug:\n    msg: \"{{ query('telephony.pbx.jade', 'users') }}\"\n", variables=variables
    )
    listed = ansible.inventory("plugin: telephony.pbx.ycm\n", "--list", **variables)
    for run in (looked, listed):
        assert "Traceback" not in run.output
        assert MISSING in run.output
