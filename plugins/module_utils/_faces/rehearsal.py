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
import functools
import json
import socket
import typing as t

from .._engine.module import Result
from .._http.transport import Plain, Transport
from .._model.options import resolve
from .._systems.jade.asterisk import SYSTEM
from .._systems.jade.client import JADE
from .spec import validated
from .task import CLIENTS, run_task

ROUNDS = 8  # after so many calls Python 3.11 has adapted a function
MODULE = "jade_system_info"
# A port that nothing can listen on, should a call get past the stage.
OPTIONS = {"api_url": "http://127.0.0.1:0/v1", "api_token": "rehearsal", "api_token_cache": "off", "api_retries": 0}


class Stage(Plain):
    """A connection that leads nowhere. Behind the request waits an answer."""

    def connect(self) -> None:
        """Two ends of one line, and the answer in it."""
        self.sock, self._far = socket.socketpair()
        self._far.sendall(_answer())

    def close(self) -> None:
        """Both ends."""
        super().close()
        self._far.close()


def rehearse() -> Result:
    """Run a task that reads so often that Python has adapted to it. Returns the result of the last one.

    That is empty where the rehearsal was broken off: with a wrong variable in the environment, which the task that needs it
    will tell, or with a library that has changed within.
    """
    result: Result = {}
    with contextlib.suppress(Exception):
        for dummy in range(ROUNDS):
            result = _once()
    return result


def _once() -> Result:
    params = validated(MODULE, OPTIONS).validated_parameters
    connection = resolve(JADE, params)
    client = CLIENTS.prepare(connection)
    client.http.start_over(Transport(connection, Stage))
    try:
        return run_task(MODULE, params, False, lambda text: None)
    finally:
        CLIENTS.drop(client)


@functools.cache
def _answer() -> bytes:
    row: dict[str, t.Any] = {field.path[-1]: field.sample for field in SYSTEM.fields}
    body = json.dumps({"statuscode": 200, "result": [row]}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
