# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session that lives in this process."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from .._http.connection import Connection
from .._http.errors import ConnectionFailed, PbxError
from .._http.exchange import Exchange
from .._http.messages import Request
from .locks import named_lock, taken
from .session import LOGOUT, REFUSED, TOKEN, Session


class LocalSession(Exchange, Session):
    """Opened and closed by whoever uses it; the session process of a run keeps one for all tasks that ask for the same."""

    def __init__(self, connection: Connection) -> None:
        """Raises BadInput where requests is missing or a certificate file can't be used."""
        Session.__init__(self, connection)
        Exchange.__init__(self, connection)
        self._login, self._learning = threading.Lock(), threading.Lock()

    def learn(self, values: t.Mapping[str, t.Any]) -> None:
        with self._learning:
            self.known = {**self.known, **values}

    def forgive(self) -> None:
        self.learn({REFUSED: None})

    def login_lock(self, seconds: float) -> t.ContextManager[bool]:
        return taken(self._login, seconds)

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        return named_lock(f"{self.connection.system} {self.connection.url} {what}", seconds)

    def close(self) -> None:
        """Log out what was logged in, and close the connections. A failure is none: a token expires by itself."""
        if self.known.get(LOGOUT):
            request = Request(**self.known[LOGOUT])
            self.learn({TOKEN: None, LOGOUT: None})
            with contextlib.suppress(PbxError):
                try:
                    self.send(request)
                except ConnectionFailed:  # a connection that was kept too long
                    self.start_over()
                    self.send(request)
        super().close()
