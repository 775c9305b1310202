# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session that the session process of this run holds, as a task sees it."""

from __future__ import annotations

import contextlib
import socket
import threading
import typing as t

from ...module_utils._auth.session import Session
from ...module_utils._http.connection import Connection
from ...module_utils._http.errors import ConnectionFailed, PbxError, from_record
from ...module_utils._http.messages import Reply, Request
from . import door, frames

LONGEST = 12  # times api_timeout that a request may take in all, its way through the process included
HINT = "Run the task again: the next one starts a new process"


class RemoteSession(Session):
    """One for each task; each of its threads has a connection of its own to the process."""

    def __init__(self, connection: Connection) -> None:
        """Raises BadInput where requests is missing or a certificate file can't be used, and ConnectionFailed."""
        super().__init__(connection)
        self._patience = LONGEST * connection.timeout
        self._here = threading.local()
        self._ask(None)

    def send(self, request: Request) -> Reply:
        """Through the process. Where that dies meanwhile, nobody knows whether the system has heard the request."""
        values = {"do": "send", "request": {**vars(request), "body": None}, "has_body": request.body is not None}
        answer, body = self._ask(values, request.body or b"", patience=self._patience)
        return Reply(answer["status"], answer["headers"], body, answer["kept"])

    def start_over(self) -> None:
        """For all tasks of the run."""
        self._ask({"do": "start_over"})

    def learn(self, values: t.Mapping[str, t.Any]) -> None:
        """Tell all tasks of the run."""
        self._ask({"do": "learn", "values": values})

    def forgive(self) -> None:
        """In all sessions with this address."""
        self._ask({"do": "forgive"})

    def login_lock(self, seconds: float) -> t.ContextManager[bool]:
        """Held by the process for as long as this task lives."""
        return self._lock({"do": "login_lock", "seconds": seconds})

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """Held by the process for as long as this task lives, and until what it has sent is finished."""
        return self._lock({"do": "object_lock", "what": what, "seconds": seconds})

    def close(self) -> None:
        """The process keeps everything for other tasks."""
        self._hang_up()

    @contextlib.contextmanager
    def _lock(self, values: frames.Values) -> t.Iterator[bool]:
        answer, dummy = self._ask(values, patience=values["seconds"] + self._patience)
        line = self._here.line
        try:
            yield answer["mine"]
        finally:
            if getattr(self._here, "line", None) is line:  # else the process has died, and the lock with it
                with contextlib.suppress(ConnectionFailed):
                    self._ask({"do": "unlock"})

    def _ask(self, values: frames.Values | None, body: bytes = b"", patience: float = 60.0) -> tuple[frames.Values, bytes]:
        """The process's answer; without ``values`` only a connection is made.

        Raises the PbxError that the process tells of, and ConnectionFailed where it can't be reached.
        """
        sent = False
        try:
            line = getattr(self._here, "line", None) or self._opened()
            if values is None:
                return {}, b""
            line.settimeout(patience)
            sent = True
            frames.write(line, values, body)
            return self._told(line)
        except (OSError, ValueError) as error:
            self._hang_up()
            why = f"the session process of this run has ended or can't be reached: {error}"
            failure = ConnectionFailed(why, system=self.connection.title, hint=HINT, sent=sent)
        except PbxError:
            raise
        except BaseException:  # such as the time limit of the task, in the middle of a message
            self._hang_up()
            raise
        raise failure from None

    def _opened(self) -> socket.socket:
        line = self._here.line = door.connect()
        line.settimeout(self._patience)
        frames.write(line, {"do": "open", "connection": self.connection.as_record()})
        try:
            self._told(line)
        except PbxError:
            self._hang_up()
            raise
        return line

    def _told(self, line: socket.socket) -> tuple[frames.Values, bytes]:
        answer, content = frames.read(line)
        self.known = answer.pop("known")
        if "error" in answer:
            raise from_record(answer["error"])
        return answer, content

    def _hang_up(self) -> None:
        line: socket.socket | None = self._here.__dict__.pop("line", None)
        if line:
            line.close()
