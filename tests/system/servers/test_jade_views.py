# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can only be looked at: which way a server takes, what it says of what isn't there, and no password by the way."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

AGENTS, NEWER = "GET /agents", "GET /v1/agent/agents"
NO_SUCH_PATH: dict[str, Any] = {"kind": "status", "status": 404, "body": "", "times": None}


def view(module: str, task: str = "Look", **options: Any) -> str:
    """A task that looks at something."""
    return yaml.safe_dump([{"name": task, f"telephony.pbx.jade_{module}_info": options}])


def look(direct: Direct, module: str, **options: Any) -> list[dict[str, Any]]:
    """What it finds."""
    result = direct.play(view(module, **options)).must_succeed().result("Look")
    (found,) = (value for name, value in result.items() if isinstance(value, list))
    assert result["count"] == len(found)
    return found


def calls(lab: Lab) -> list[str]:
    """What was sent beyond logins."""
    return jade_calls(lab)


def logins(lab: Lab) -> list[str]:
    """The logins."""
    return lab.calls(system="jade", login="true")


# Agents: where they are asked for


def test_the_way_to_agents_is_found_out_once(direct_documented: Direct, lab: Lab) -> None:
    tasks = view("agent") + view("agent", "One", id="1001") + view("agent", "None", id="1003")
    run = direct_documented.play(tasks).must_succeed()
    assert [agent["status"] for agent in run.result("Look")["agents"]] == ["AGENT_IDLE", "AGENT_LOGGEDOFF"]
    assert [agent["id"] for agent in run.result("One")["agents"]] == ["1001"]
    assert run.result("None")["agents"] == []
    assert calls(lab).count(NEWER) == 1
    # The list and one call for each agent; then the one; then the other, which isn't there.
    assert calls(lab)[0] == NEWER
    assert sorted(calls(lab)[1:]) == [AGENTS, *[f"{AGENTS}/"] * 4]


def test_a_newer_server_is_never_asked_the_old_way(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", runtime={"agents": [{"id": "1001", "channel_state": "6"}, {"id": "1002"}]})
    assert [agent["channel_state"] for agent in look(direct, "agent")] == [6, None]
    assert len(look(direct, "agent", id="1002")) == 1
    assert look(direct, "agent", id="1003") == []
    assert calls(lab) == [NEWER] * 3


def test_a_server_that_keeps_the_old_path_and_wants_a_login_there(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", runtime={"agents": [{"id": "1001", "name": "Ann"}]})
    lab.fault(**NO_SUCH_PATH, match={"path": "agent/agents"})
    assert [agent["name"] for agent in look(direct, "agent")] == ["Ann"]
    assert calls(lab) == [NEWER, AGENTS, AGENTS]  # without a token, and with it


def test_a_server_from_before_v1(direct_documented: Direct, lab: Lab) -> None:
    lab.fault(**NO_SUCH_PATH, match={"path": "/v1/"})
    assert [agent["id"] for agent in look(direct_documented, "agent")] == ["1001", "1002"]
    assert "GET /agent/agents" in calls(lab)


OPEN = {"agent": "id", "device_state": "device", "peer": "peer", "registry": "account"}


@pytest.mark.parametrize("module", list(OPEN))
def test_a_server_from_before_there_was_a_login(module: str, direct_documented: Direct, lab: Lab) -> None:
    lab.fault(**NO_SUCH_PATH, match={"path": "/(admin|manager|me|v1)/"})
    found = look(direct_documented, module)
    assert found and found[0]["tm_update"]
    assert look(direct_documented, module, **{OPEN[module]: found[0][OPEN[module]]}) == found[:1]


# Device states, which everybody may see


def test_device_states_need_no_login(direct: Direct, lab: Lab) -> None:
    states = look(direct, "device_state")
    assert {row["device"]: row["state"] for row in states} == {
        "Local/10001@demo": "NOT_INUSE",
        "PJSIP/pjagent-01": "UNAVAILABLE",
    }
    assert logins(lab) == []
    assert calls(lab) == ["GET /device_states", *["GET /device_states/"] * 2]


def test_the_second_answer_of_device_states_is_nobodys(direct: Direct, lab: Lab) -> None:
    # One process and its connections: the list, whose answer comes twice, is asked for between other questions.
    asked = ("PJSIP/pjagent-01", "", "Local/10001@demo", "", "", "PJSIP/pjagent-01")
    tasks = "".join(view("device_state", **({"device": device} if device else {})) for device in asked)
    run = direct.play(tasks).must_succeed()
    found = [[row["device"] for row in record.result["device_states"]] for record in run.of("Look")]
    phone, local = "PJSIP/pjagent-01", "Local/10001@demo"
    assert found == [[phone], [local, phone], [local], [local, phone], [local, phone], [phone]]
    assert run.warnings == []
    lists = [entry["connection"] for entry in lab.log() if entry["path"].endswith("/device_states")]
    others = [entry["connection"] for entry in lab.log() if entry["path"].endswith("/device_states/")]
    assert len(set(lists)) == 3 and not set(lists) & set(others)


def test_one_device_is_one_question(direct: Direct, lab: Lab) -> None:
    (row,) = look(direct, "device_state", device="PJSIP/pjagent-01")
    assert row["state"] == "UNAVAILABLE"
    assert calls(lab) == ["GET /device_states/"]


def test_an_unknown_device_is_none_though_jade_says_500(direct: Direct, lab: Lab) -> None:
    assert look(direct, "device_state", device="PJSIP/nobody") == []
    assert calls(lab) == ["GET /device_states/", "GET /device_states"]


@pytest.mark.parametrize("options", [{}, {"device": "PJSIP/pjagent-01"}])
def test_a_failure_is_not_taken_for_an_unknown_device(options: dict[str, str], direct: Direct, lab: Lab) -> None:
    lab.fault("error", times=None, match={"path": "/device_states/$"})
    failure = direct.play(view("device_state", **options)).failure("Look")
    assert failure["error"]["kind"] == "server"
    assert "GET /device_states/" in failure["msg"]


# Peers and registries, which are gone


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("peer", {}, "Jade has no peers since December 2017: see jade_pjsip_endpoint_info"),
        ("peer", {"peer": "SIP/agent-01"}, "Jade has no peers since December 2017"),
        ("registry", {}, "Jade has no registries since December 2017: see jade_pjsip_registration_outbound_info"),
        ("registry", {"account": "a@b"}, "Jade has no registries since December 2017"),
    ],
)
def test_what_the_server_has_no_more_is_told(
    module: str, options: dict[str, str], words: str, direct: Direct, lab: Lab
) -> None:
    failure = direct.play(view(module, **options)).failure("Look")
    assert failure["error"]["kind"] == "unsupported"
    assert f"this Jade has no such endpoint (HTTP status 404). {words}" in failure["msg"]
    assert len(calls(lab)) == 1


def test_a_peer_is_found_by_what_the_list_calls_it_and_by_what_the_document_does(direct_documented: Direct, lab: Lab) -> None:
    listed = look(direct_documented, "peer")
    assert [(row["peer"], row["address"]) for row in listed] == [
        ("SIP/300", "192.168.200.1:5062"),
        ("SIP/agent-01", "192.168.200.1:5060"),
    ]
    for peer in ("SIP/agent-01", "agent-01"):
        assert look(direct_documented, "peer", peer=peer) == [listed[1]]
    # Another technology's peer of that name isn't it.
    assert look(direct_documented, "peer", peer="IAX2/agent-01") == []


def test_a_registry_is_found_by_what_the_list_calls_it_and_by_what_the_document_does(direct_documented: Direct) -> None:
    (first, second) = look(direct_documented, "registry")
    assert (first["account"], first["state"], first["registration_time"]) == ("2345@sip_proxy:5060", "Request Sent", None)
    assert second["registration_time"] == "2017-03-12T00:17:22Z"
    assert look(direct_documented, "registry", account="2345@sip_proxy:5060") == [first]
    assert look(direct_documented, "registry", account="2345@sip_proxy") == [{**first, "account": "2345@sip_proxy"}]


# PJSIP and calls


@pytest.mark.parametrize("options", [{}, {"name": "pjagent-01"}, {"raw": True}, {"query": "[].[password, md5_cred]"}])
def test_passwords_of_phones_stay_hidden(options: dict[str, Any], ansible: Ansible, lab: Lab) -> None:
    secrets = {"Phone-Pa55word-1", "Phone-Md5-Cred-1"}
    row = {"object_name": "pjagent-01", "username": "alice", "password": "Phone-Pa55word-1", "md5_cred": "Phone-Md5-Cred-1"}
    lab.set(jade="f31439d", runtime={"auths": [row]})
    run = ansible.play(view("pjsip_auth", **options), "-vvv").must_succeed()
    (found,) = run.result("Look")["pjsip_auths"]
    assert (found["password"], found["md5_cred"], found["username"]) == ("********", "********", "alice")
    assert list(exposed(run, secrets)) == []
    shown = ansible.play(view("pjsip_auth", include_secrets=True, raw=True)).must_succeed().result("Look")
    assert {shown["pjsip_auths"][0][name] for name in ("password", "md5_cred")} == secrets
    assert shown["raw"][0]["password"] == "Phone-Pa55word-1"


def test_authentications_are_where_the_server_has_them(direct_documented: Direct, lab: Lab) -> None:
    # The document's heading says /auth.
    assert look(direct_documented, "pjsip_auth", name="pjagent-01")
    look(direct_documented, "pjsip_auth")
    assert calls(lab) == ["GET /v1/admin/pjsip/auths/pjagent-01", "GET /v1/admin/pjsip/auths"]


def test_an_id_is_sent_as_the_document_writes_it(direct_documented: Direct, lab: Lab) -> None:
    (contact,) = look(direct_documented, "pjsip_contact", id="pjagent-01;@116e48d167ff94856cbc9009cdc735b2")
    assert (contact["qualify_timeout"], contact["round_trip_usec"]) == (3, None)
    assert calls(lab) == ["GET /v1/admin/pjsip/contacts/pjagent-01%3B%40116e48d167ff94856cbc9009cdc735b2"]


SWITCHES = {"true": True, "false": False, "yes": True, "no": False, "Yes": True, "": False, "1": True}


def test_switches_in_words_are_switches(direct: Direct, lab: Lab) -> None:
    rows = [{"object_name": f"e{number}", "webrtc": word, "ice_support": word} for number, word in enumerate(SWITCHES)]
    lab.set(jade="f31439d", runtime={"endpoints": rows})
    found = [row for row in look(direct, "pjsip_endpoint") if row["name"].startswith("e")]
    assert [(row["webrtc"], row["ice_support"]) for row in found] == [(value, value) for value in SWITCHES.values()]


def test_a_value_that_can_not_be_read_costs_a_warning_and_not_the_list(direct: Direct, lab: Lab) -> None:
    rows = [{"object_name": "odd", "rtp_timeout": "soon"}, {"object_name": "good", "rtp_timeout": "30"}]
    lab.set(jade="f31439d", runtime={"endpoints": rows})
    run = direct.play(view("pjsip_endpoint")).must_succeed()
    found = {row["name"]: row["rtp_timeout"] for row in run.result("Look")["pjsip_endpoints"]}
    assert (found["odd"], found["good"]) == (None, 30)
    (warning,) = run.warnings
    assert "PJSIP endpoint odd, field rtp_timeout: the server sent a value that can't be read as int" in warning


VIEWS = [
    "agent", "device_state", "channel", "parked_call", "queue_entry", "pjsip_aor", "pjsip_auth", "pjsip_contact",
    "pjsip_endpoint", "pjsip_registration_outbound",
]  # fmt: skip


@pytest.fixture(scope="module")
def broken(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Each list of a server that answers with a web page."""
    running.reset()
    direct = Direct(Ansible(tmp_path_factory.mktemp("broken"), running.environment()))
    direct.play(view("system")).must_succeed()  # a login, which the others share
    running.fault("html", times=None)
    tasks = [{**yaml.safe_load(view(module, module))[0], "ignore_errors": True} for module in VIEWS]
    return direct.play(yaml.safe_dump(tasks))


@pytest.mark.parametrize("module", VIEWS)
def test_a_web_page_is_no_empty_list(module: str, broken: Run) -> None:
    failure = broken.failure(module)
    assert failure["error"]["kind"] == "protocol"
    assert "the answer is a web page, not JSON" in failure["msg"]
    assert "count" not in failure
