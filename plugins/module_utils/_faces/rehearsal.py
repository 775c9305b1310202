# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task before the first one, against an answer that is there already.

Ansible forks for each task, and whatever a task does for the first time it does for the first time in each of them: Python
adapts code to what it meets, and the system copies each page of memory that this touches. Done once before the fork, that saves
about a seventh of what our part of a task takes.
"""

from __future__ import annotations

import contextlib
import json
import socket
import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection, resolve
from ansible_collections.telephony.pbx.plugins.module_utils._core.runner import Result
from ansible_collections.telephony.pbx.plugins.module_utils._core.transport import Transport, pool_classes
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import validated
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import CLIENTS, run_task
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JADE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.core import SYSTEM

ROUNDS = 8  # after so many calls Python 3.11 has adapted a function
MODULE = "jade_system_info"
# A port that nothing can listen on, should a call get past the stage.
OPTIONS = {"api_url": "http://127.0.0.1:0/v1", "api_token": "rehearsal", "api_token_cache": "off", "api_retries": 0}


class Stage(Transport):
    """Connections that lead nowhere. Behind each request waits the same answer."""

    def __init__(self, connection: Connection, answer: bytes) -> None:
        super().__init__(connection)
        self._prefix = ""  # no proxy of the environment either

        class Line(pool_classes()["http"].ConnectionCls):  # type: ignore[misc]
            def connect(self) -> None:
                self.sock, far = socket.socketpair()
                with far:
                    far.sendall(answer)
                    far.shutdown(socket.SHUT_WR)

        self._pools = pool_classes()["http"]("127.0.0.1", 0)
        self._pools.ConnectionCls = Line


def rehearse() -> Result:
    """Run a task that reads so often that Python has adapted to it. Returns the result of the last one.

    That is empty where the rehearsal was broken off: with a wrong variable in the environment, which the task that needs it
    will tell, or with a library that has changed within.
    """
    result: Result = {}
    with contextlib.suppress(Exception):
        answer = _answer()
        for dummy in range(ROUNDS):
            result = _once(answer)
    return result


def _once(answer: bytes) -> Result:
    params = validated(MODULE, OPTIONS).validated_parameters
    connection = resolve(JADE, params)
    client = CLIENTS.prepare(connection)
    client.http.start_over(Stage(connection, answer))
    try:
        return run_task(MODULE, params, False, lambda text: None)
    finally:
        CLIENTS.drop(client)


def _answer() -> bytes:
    row: dict[str, t.Any] = {field.path[-1]: field.sample for field in SYSTEM.fields}
    body = json.dumps({"statuscode": 200, "result": [row]}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
