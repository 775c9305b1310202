# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole task against a small server: results, failures, and no secret in either."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._engine.client import OpenSession
from ansible_collections.telephony.pbx.plugins.module_utils._faces import spec
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import module_spec
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import hidden_values, run_task, shown_arguments
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, Server, closed_port, serving
from ansible_collections.telephony.pbx.tests.unit.support.sessions import Tasks
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import SmallJade, envelope

HIDDEN_IN_TEXT = "********"
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
USERS = [
    {"uuid": "u1", "username": "robot", "password": SECRET, "name": f"made with {SECRET}"},
    {"uuid": "u2", "username": "alice", "password": "Hidden2", "name": "Alice"},
]


@pytest.fixture
def jade() -> SmallJade:
    return SmallJade(objects={"/admin/user/users": {"list": USERS}, "/admin/user/users/u2": USERS[1]})


@pytest.fixture
def server(jade: SmallJade) -> Iterator[Server]:
    with serving(jade) as running:
        yield running


def params(module: str, server: Server, **given: Any) -> dict[str, Any]:
    """Options as Ansible hands them over: each there, with its default."""
    spec = module_spec(module)["argument_spec"]
    found = {option: entry.get("default") for option, entry in spec.items()}
    login = {"api_url": server.url, "api_username": "robot", "api_password": SECRET, "api_retries": 0}
    return {**found, **login, **given}


def run(
    module: str, server: Server, check: bool = False, open_session: OpenSession = LocalSession, **given: Any
) -> dict[str, Any]:
    said: list[str] = []
    result = run_task(module, params(module, server, **given), check, open_session, said.append)
    assert SECRET not in f"{result} {said}"
    return result


def test_an_info_module_returns_its_list_without_secrets(server: Server) -> None:
    result = run("jade_user_info", server)
    assert [user["username"] for user in result["users"]] == ["robot", "alice"]
    assert [user["password"] for user in result["users"]] == ["********"] * 2
    assert result["users"][0]["name"] == f"made with {'*' * 8}"
    assert "failed" not in result


def test_secrets_that_are_asked_for_are_shown_but_not_those_of_the_task_itself(server: Server) -> None:
    result = run("jade_user_info", server, include_secrets=True)
    assert [user["password"] for user in result["users"]] == [HIDDEN_IN_TEXT, "Hidden2"]


def test_a_failure_is_a_line_and_a_structure(server: Server) -> None:
    result = run("jade_user_info", server, api_url=f"http://127.0.0.1:{closed_port()}")
    assert result["failed"] is True
    assert result["changed"] is False
    assert result["error"]["kind"] == "connection"
    assert result["msg"].startswith("Jade at http://127.0.0.1:")
    assert "\n" not in result["msg"]


def test_a_server_that_echoes_the_password_does_not_give_it_away(jade: SmallJade, server: Server) -> None:
    def echo(request: Any) -> Any:
        reply = envelope(500)
        body = reply.body.replace(b'"message": ""', b'"message": "no user %s"' % SECRET.encode())
        return type(reply)(body, 500, reply.headers)

    jade.override = echo
    result = run("jade_user_info", server)
    assert result["failed"]
    assert "no user" in result["msg"]


@pytest.mark.parametrize(("module", "given", "secrets"), [
    ("jade_user", {"username": "carol", "password": "Ca/rol+ä&1", "name": "C"}, ["Ca/rol+ä&1"]),
    (
        "api",
        {"system": "jade", "method": "PUT", "path": "/admin/user/users/u2", "body": {"in": [{"password": "Ca/rol+ä&1"}]},
         "parameters": {"access_token": "Da/ve+ä&2"}},
        ["Ca/rol+ä&1", "Da/ve+ä&2"],
    ),
])  # fmt: skip
def test_a_server_that_echoes_what_it_was_sent_does_not_give_that_away(
    module: str, given: dict[str, Any], secrets: list[str], jade: SmallJade, server: Server
) -> None:
    sent: list[str] = []

    def echo(request: Any) -> Any:
        if request.method not in ("POST", "PUT") or "login" in request.path:
            return None
        sent.append(f"{request.target} {request.body.decode()}")
        return Reply(json.dumps({"statuscode": 500, "error": {"message": sent[-1]}}).encode(), 500)

    jade.override = echo
    said: list[str] = []
    result = run_task(module, params(module, server, **given), False, LocalSession, said.append)
    assert "Ca/rol" in sent[0] or "Ca%2Frol" in sent[0]
    assert HIDDEN_IN_TEXT in result["msg"]
    assert HIDDEN_IN_TEXT in result["error"]["text"]
    text = json.dumps([result, said], ensure_ascii=False)
    assert [part for part in (*secrets, "Ca/", "Ca%2F", "rol+", "rol%2B", "Da%2F", "ve%2B") if part in text] == []


def test_bad_input_sends_nothing(server: Server) -> None:
    result = run("jade_user", server, username="o'x", password="Hidden9", state="present", update_password="always")
    assert result["error"]["kind"] == "bad_input"
    assert server.received == []


def test_a_state_module_tells_what_it_would_do(server: Server) -> None:
    result = run("jade_user", server, check=True, username="alice", name="Alicia")
    assert (result["changed"], result["action"]) == (True, "update")
    assert result["diff"]["after"]["name"] == "Alicia"
    assert not [path for path in server.paths if path.startswith("PUT")]


def test_a_warning_is_given_once(jade: SmallJade, server: Server) -> None:
    jade.objects["/admin/user/users"] = {"list": [{**USERS[1], "name": {"bad": 1}}] * 2}
    assert len(run("jade_user_info", server)["warnings"]) == 1


def test_a_login_of_its_own_is_given_back_after_each_task(jade: SmallJade, server: Server) -> None:
    run("jade_user_info", server)
    run("jade_user_info", server)
    assert jade.tokens == set()
    assert jade.given == 2


def test_the_tasks_of_a_run_share_login_and_connection(jade: SmallJade, server: Server, remote_tasks: Tasks) -> None:
    for __ in range(3):
        run("jade_user_info", server, open_session=remote_tasks.session)
    assert jade.given == 1
    assert len(jade.tokens) == 1
    assert len({request.port for request in server.received}) == 1
    remote_tasks.house.close()
    assert jade.tokens == set()


def test_hidden_are_the_secrets_among_the_options_and_of_the_object() -> None:
    login = {"api_username": "robot", "api_password": SECRET, "api_token": "t0ken"}
    assert hidden_values("jade_user", {**login, "username": "bob", "password": "pw", "name": ""}) == {SECRET, "t0ken", "pw"}


def test_a_secret_that_is_given_in_the_open_as_well_is_none() -> None:
    given = {"api_username": "admin", "api_password": "admin", "username": "alice", "password": "alice"}
    assert hidden_values("jade_user", given) == set()


def test_a_raw_calls_content_is_shown_without_what_is_called_a_secret() -> None:
    given = {"system": "jade", "path": "/x", "body": [{"password": "one", "name": "a"}], "parameters": {"token": "two", "a": 1}}
    shown = shown_arguments("api", given)
    assert shown["body"] == [{"password": HIDDEN_IN_TEXT, "name": "a"}]
    assert shown["parameters"] == {"token": HIDDEN_IN_TEXT, "a": 1}
    assert {"one", "two"} <= hidden_values("api", given)


def test_what_is_no_option_is_not_shown() -> None:
    shown = shown_arguments("jade_user", {"username": "bob", "pasword": "typo", "more": {"a": "typo"}, "number": 5, "no": None})
    assert shown == {"username": "bob", "pasword": HIDDEN, "more": HIDDEN, "number": 5, "no": None}


def test_a_proxys_password_is_hidden_by_itself() -> None:
    assert "pass/word" in hidden_values("jade_user", {"api_proxy": "http://me:pass%2Fword@proxy:1", "username": "bob"})


CALL = {"system": "jade", "path": "/x"}


@pytest.mark.parametrize(("name", "given"), [("api", CALL), ("jade_user_info", {})])
def test_what_the_environment_adds_to_a_task_is_hidden(
    name: str, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JADE_PASSWORD", "from-outside")
    monkeypatch.setenv("JADE_PROXY", "http://me:pass%2Fword@proxy:1")
    monkeypatch.setenv("YCM_CLIENT_SECRET", "of-another")
    assert hidden_values(name, given) == {"from-outside", "http://me:pass%2Fword@proxy:1", "pass%2Fword", "pass/word"}
    assert "from-outside" not in hidden_values(name, {**given, "api_token": "given"})


def test_a_password_that_equals_the_user_name_in_the_environment_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JADE_USERNAME", "admin")
    monkeypatch.setenv("JADE_PASSWORD", "admin")
    assert hidden_values("api", CALL) == set()


@pytest.mark.parametrize(
    ("options", "registered"),
    [
        ({"api_password": "Long-Enough1"}, {"Long-Enough1"}),
        ({"api_password": "Seven77"}, set()),
        ({"api_password": "the-same-text", "api_username": "the-same-text"}, set()),
        ({"api_password": "Long-Enough1", "password": "Of-An-Object1"}, {"Long-Enough1"}),
    ],
)
def test_ansible_is_told_of_long_login_secrets_alone(
    options: dict[str, str], registered: set[str], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: set[str] = set()
    monkeypatch.setattr(spec, "register_secrets", told.update)
    run_task("jade_user", params("jade_user", server, username="bob", **options), True, LocalSession, lambda text: None)
    assert told == registered
