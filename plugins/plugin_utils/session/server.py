# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session process of a run: it holds connections, logins and locks for all tasks, and exchanges bytes for them.

Started by door.py as a bare Python; it ends with the main process of the run, and logs out what was logged in.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor, wait

from ...module_utils._auth.local import LocalSession
from ...module_utils._http.connection import Connection
from ...module_utils._http.errors import PbxError, as_record
from ...module_utils._http.messages import Request
from . import frames

DRAIN = 5.0  # seconds that tasks are given to finish what they have begun when the main process is gone
LOGOUTS = 4.0  # seconds for all logouts together
AT_ONCE = 32  # logouts
LOOK = 0.05  # seconds


def serve(main_pid: int, path: str) -> None:
    """Serve the socket that is this process's standard input, until the main process ends. Doesn't return.

    ``path``: the socket's, to be removed at the end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    house = House()
    threading.Thread(target=_watch, args=(main_pid, house.end), daemon=True).start()
    threading.Thread(target=_accept, args=(socket.socket(fileno=0), house), daemon=True).start()
    house.end.wait()
    house.close()
    with contextlib.suppress(OSError):
        os.unlink(path)
    os._exit(0)  # whatever a thread still waits for


def _accept(listener: socket.socket, house: House) -> None:
    while True:
        line, dummy = listener.accept()
        threading.Thread(target=Visit(house, line).run, daemon=True).start()


def _watch(pid: int, end: threading.Event) -> None:
    """Wait for the end of a process that is no child of this one."""
    try:
        if hasattr(os, "pidfd_open"):
            handle = os.pidfd_open(pid)
            select.select([handle], [], [])
        else:
            while True:
                os.kill(pid, 0)
                time.sleep(LOOK)
    except OSError:
        pass  # it is gone already
    end.set()


class House:
    """The sessions of a run, and the tasks that visit them."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self.visits: set[Visit] = set()
        self._lock = threading.Lock()
        self._sessions: dict[Connection, LocalSession] = {}

    def session(self, connection: Connection) -> LocalSession:
        """The one session of all who ask with the same options. Raises BadInput."""
        with self._lock:
            if connection not in self._sessions:
                self._sessions[connection] = LocalSession(connection)
            return self._sessions[connection]

    def forgive(self, connection: Connection) -> None:
        """In all sessions with the address of this one."""
        with self._lock:
            for other, session in self._sessions.items():
                if (other.system, other.url) == (connection.system, connection.url):
                    session.forgive()

    def close(self) -> None:
        """Let what has been begun come to an end, then log out everywhere."""
        late = time.monotonic() + DRAIN
        while any(visit.busy for visit in tuple(self.visits)) and time.monotonic() < late:
            time.sleep(LOOK)
        with self._lock:
            sessions = list(self._sessions.values())
        pool = ThreadPoolExecutor(AT_ONCE)
        wait([pool.submit(session.close) for session in sessions], timeout=LOGOUTS)


class Visit:
    """One connection of a task, whose messages are answered one after the other."""

    def __init__(self, house: House, line: socket.socket) -> None:
        self._house, self._line = house, line
        self._session: LocalSession | None = None
        self._locks: list[contextlib.ExitStack] = []
        self._sending = False

    @property
    def busy(self) -> bool:
        """Whether a request is under way, or something is being changed."""
        return self._sending or bool(self._locks)

    def run(self) -> None:
        """Until the task goes away. What it holds is given back then, after what was under way."""
        self._house.visits.add(self)
        try:
            with self._line:
                while True:
                    self._answer(*frames.read(self._line))
        except (OSError, ValueError):
            pass
        finally:
            self._house.visits.discard(self)
            while self._locks:
                self._locks.pop().close()

    def _answer(self, values: frames.Values, body: bytes) -> None:
        content = b""
        try:
            answer, content = self._done(values.pop("do"), values, body)
        except PbxError as error:
            answer = {"error": as_record(error)}
        frames.write(self._line, {**answer, "known": self._session.known if self._session else {}}, content)

    def _done(self, what: str, values: frames.Values, body: bytes) -> tuple[frames.Values, bytes]:
        """What is answered to a message, and its bytes. Raises PbxError, and ValueError for what can't be answered."""
        if what == "open":
            self._session = self._house.session(Connection.from_record(values["connection"]))
            return {}, b""
        if what == "end":
            self._house.end.set()
            threading.Event().wait()  # the main process waits for this connection to close
        session = self._session
        if session is None:
            raise ValueError("no session is open")
        if what == "send":
            return self._sent(session, Request(**{**values["request"], "body": body if values["has_body"] else None}))
        if what == "login_lock":
            return self._taken(session.login_lock(**values)), b""
        if what == "object_lock":
            return self._taken(session.object_lock(**values)), b""
        if what == "unlock":
            self._locks.pop().close()
        elif what == "learn":
            session.learn(**values)
        elif what == "start_over":
            session.start_over()
        elif what == "forgive":
            self._house.forgive(session.connection)
        return {}, b""

    def _sent(self, session: LocalSession, request: Request) -> tuple[frames.Values, bytes]:
        self._sending = True
        try:
            reply = session.send(request, self._is_there)
        finally:
            self._sending = False
        return {"status": reply.status, "headers": reply.headers, "kept": reply.kept}, reply.body

    def _taken(self, lock: t.ContextManager[bool]) -> frames.Values:
        stack = contextlib.ExitStack()
        mine = stack.enter_context(lock)
        self._locks.append(stack)
        return {"mine": mine}

    def _is_there(self) -> bool:
        """Whether the task still waits."""
        poll = select.poll()
        poll.register(self._line, select.POLLHUP | getattr(select, "POLLRDHUP", 0))
        return not poll.poll(0)
