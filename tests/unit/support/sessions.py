# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of many tasks: in one process, or as the session process of a run keeps them, here in a thread of this one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._auth.session import Session
from ansible_collections.telephony.pbx.plugins.module_utils._http.connection import Connection
from ansible_collections.telephony.pbx.plugins.plugin_utils.session import door
from ansible_collections.telephony.pbx.plugins.plugin_utils.session.remote import RemoteSession
from ansible_collections.telephony.pbx.plugins.plugin_utils.session.server import House, Visit


class Tasks:
    """Gives each task its session."""

    def __init__(self, house: House, remote: bool) -> None:
        self.house, self.remote = house, remote
        self.lines: list[socket.socket] = []  # the tasks' ends of their connections

    def session(self, connection: Connection) -> Session:
        """What a task that starts now gets."""
        return RemoteSession(connection) if self.remote else self.shared(connection)

    def shared(self, connection: Connection) -> LocalSession:
        """What all of them share."""
        return self.house.session(connection)

    def connect(self) -> socket.socket:
        """As the door does it, but without a door."""
        mine, other = socket.socketpair()
        threading.Thread(target=Visit(self.house, other).run, daemon=True).start()
        self.lines.append(mine)
        return mine

    def kill_last(self) -> None:
        """The task that connected last goes away."""
        self.lines[-1].shutdown(socket.SHUT_RDWR)


@pytest.fixture(params=["one process", "session process"])
def tasks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tasks]:
    """Both ways to share a session."""
    found = Tasks(House(), request.param == "session process")
    monkeypatch.setattr(door, "connect", found.connect)
    yield found
    found.house.close()


@pytest.fixture
def remote_tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tasks]:
    """By a session process alone."""
    found = Tasks(House(), remote=True)
    monkeypatch.setattr(door, "connect", found.connect)
    yield found
    found.house.close()
