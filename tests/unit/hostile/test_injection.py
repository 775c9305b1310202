# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No option's value can become a header, another request, or another URL: it is refused by its name, or arrives encoded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import module_spec, options
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import run_task
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, RAW, REGISTERED
from ansible_collections.telephony.pbx.tests.unit.hostile.tasks import (
    CREDENTIALS,
    TASKS,
    assert_honest,
    params,
    quick,
    run,
)
from ansible_collections.telephony.pbx.tests.unit.hostile.world import World, world

POISONS = {
    "a header": "\r\nX-Injected: yes",
    "a request": " HTTP/1.1\r\nHost: x\r\n\r\nDELETE /v1/admin/info HTTP/1.1\r\n\r\n",
    "a line feed": "a\nb",
    "a NUL": "a\0b",
    "half a character": "a\ud800b",
    "a terminal's code": "\x1b[2J",
}
HEADERS = {
    b"host", b"accept-encoding", b"user-agent", b"accept", b"content-type", b"content-length", b"authorization", b"connection",
    b"x-token-expire", b"x-app-key",
}  # fmt: skip
# There is no object of such a name, or the world doesn't show the change: both are honest.
NO_FAULT = {"not_found", "conflict", "not_applied", "authentication", "unsupported", "ambiguous_write"}
FIRSTS = dict(reversed([(name, given) for name, given in TASKS if given or name.endswith("_info")]))


@pytest.fixture(scope="module")
def here() -> Iterator[World]:
    with world() as running, quick():
        yield running


def own(name: str) -> list[str]:
    """The options of a module but those of the connection that take any text, at any depth."""
    texts = ("str", "raw", "list", "dict", "path")
    fields = [one for one in options(name) if (one.given_as or one.type) in texts and one.elements != "int"]
    return [one.name for one in fields if not one.choices]


def poisoned(name: str, option: str, given: Any, poison: str) -> Any:
    """A value of the option's type with the poison in it."""
    kind = module_spec(name)["argument_spec"][option]["type"]
    if kind == "list":
        return [f"x{poison}"]
    if kind == "dict":
        return {"notes" if name.startswith("telecomx") else "accountcode": f"x{poison}"}
    return f"{given if isinstance(given, str) else 'x'}{poison}"


def assert_clean(raw: bytes) -> None:
    """One request, nothing but what belongs there in its head, and a body that is whole."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    line, *headers = head.split(b"\r\n")
    assert re.fullmatch(rb"(GET|POST|PUT|DELETE) /[!-~]* HTTP/1\.1", line), line
    for header in headers:
        assert re.fullmatch(rb"[A-Za-z-]+: [ -~]*", header), header
        assert header.partition(b":")[0].lower() in HEADERS, header
    if b"x-www-form-urlencoded" in head:
        assert re.fullmatch(rb"[!-~]*", body), body
        assert dict(parse_qsl(body.decode()))
    elif body:
        json.loads(body)
        assert re.fullmatch(rb"[ -~]*", body), body


def assert_kept_out(result: dict[str, Any], here: World, option: str) -> None:
    """The outcome of a task with poison in this option."""
    assert_honest(result)
    for raw in here.raw:
        assert_clean(raw)
    if result.get("failed") and result["error"]["kind"] not in NO_FAULT:
        assert result["error"]["kind"] == "bad_input", result["msg"]
        assert option in result["msg"] or " missing, but needed to " in result["msg"], result["msg"]
        assert here.writes == []


CASES = [(name, option) for name in FIRSTS for option in own(name)]


@pytest.mark.parametrize(("name", "option"), CASES, ids=[f"{name}-{option}" for name, option in CASES])
def test_an_option_of_an_object(name: str, option: str, here: World) -> None:
    system = MODULES[name].systems[0]
    for poison in POISONS.values():
        here.forget(system)
        given = FIRSTS[name]
        result = run(here, name, {**given, option: poisoned(name, option, given.get(option), poison)})
        assert_kept_out(result, here, option)


CONNECTIONS = [(system, option.option) for system, entry in REGISTERED.items() for option in entry.system.options]


@pytest.mark.parametrize(("system", "option"), CONNECTIONS, ids=[f"{system}-{option}" for system, option in CONNECTIONS])
def test_an_option_of_the_connection(system: str, option: str, here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(name for name, given in TASKS if not given and MODULES[name].systems[0] == system)
    kind = module_spec(name)["argument_spec"][option]["type"]
    for poison in POISONS.values():
        if kind not in ("str", "path"):
            continue
        here.forget(system)
        usual = {**params(here, name, {}), **({"api_token": None} if option in CREDENTIALS[system] else {})}
        start = {"api_url": here.url, "api_proxy": here.url}.get(option, "x")
        result = run_task(name, {**usual, option: start + poison}, False, LocalSession, lambda text: None)
        assert_kept_out(result, here, option)
        assert result["failed"], result
        assert here.raw == []


@pytest.mark.parametrize("option", ["path", "parameters", "names of parameters", "body"])
@pytest.mark.parametrize("system", REGISTERED)
def test_an_option_of_the_raw_call(system: str, option: str, here: World) -> None:
    for poison in POISONS.values():
        here.forget(system)
        values: dict[str, Any] = {
            "path": f"/x{poison}", "parameters": {"x": f"x{poison}"}, "names of parameters": {f"x{poison}": "x"},
            "body": {"x": [f"x{poison}"]},
        }  # fmt: skip
        name = option.rpartition(" ")[2]
        usual = {entry: spec.get("default") for entry, spec in module_spec(RAW.name)["argument_spec"].items()}
        login = {**CREDENTIALS[system], "api_url": here.url, "api_retries": 0}
        given = {**usual, **login, "system": system, "method": "POST", "path": "/x", name: values[option]}
        result = run_task(RAW.name, given, False, LocalSession, lambda text: None)
        assert_kept_out(result, here, name)
