# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs before the first task: it must be a whole task, touch no network, and leave nothing behind."""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._faces import rehearsal
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import CLIENTS


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise AssertionError(f"a rehearsal reaches out: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "empty": {},
    "proxy": {"HTTP_PROXY": "http://proxy.example.com:3128"},
    "proxy of Jade": {"JADE_PROXY": "http://proxy.example.com:3128"},
    "another server": {"JADE_URL": "https://pbx.example.com", "JADE_USERNAME": "robot", "JADE_PASSWORD": "x"},
}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_it_is_a_whole_task_without_a_network(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = rehearsal.rehearse()
    assert not result.get("failed"), result
    assert result["count"] == 1
    assert result["systems"][0]["id"] == "1"


def test_it_leaves_nothing_open() -> None:
    rehearsal.rehearse()
    before = len(os.listdir("/proc/self/fd"))
    rehearsal.rehearse()
    assert len(os.listdir("/proc/self/fd")) == before
    assert not any(connection.url.endswith(":0/v1") for connection in (*CLIENTS._open, *CLIENTS._prepared))


@pytest.mark.parametrize("variable", ["JADE_CLIENT_CERT", "JADE_CA_PATH", "JADE_TIMEOUT"])
def test_an_environment_that_is_wrong_is_left_to_the_task_that_needs_it(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "/there/is/none")
    rehearsal.rehearse()
