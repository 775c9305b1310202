# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request and its response, over connections that are kept alive and shared by threads."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from . import adapter
from .connection import Connection
from .errors import ConnectionFailed, ProtocolFailed
from .failures import translated
from .library import check_library, requests
from .messages import Reply, Request

PIECE = 64 * 1024  # bytes
PACKED_PIECE = 2 * 1024  # urllib3 before 2.6 unpacks a piece as a whole, to up to a thousand times as much
COMPRESSIONS = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))  # none is asked for, some servers do it all the same
Wanted = t.Callable[[], bool]


class Exchange:
    """Sends requests to one system, C(concurrency) of them at once, from any number of threads."""

    def __init__(self, connection: Connection) -> None:
        """Raises BadInput where the library is missing or a certificate file can't be used."""
        check_library()
        self.connection = connection
        # requests' own bound would leave those waiting for ever who wait while a session is closed.
        self._free = threading.BoundedSemaphore(connection.concurrency)
        self._session = adapter.new_session(connection)

    def send(self, request: Request, wanted: Wanted = lambda: True) -> Reply:
        """Send it once. ``wanted()`` tells, before it is sent, whether somebody still waits for the response.

        Raises ConnectionFailed (TlsFailed for certificates) and ProtocolFailed.
        """
        connects, content = adapter.HERE.connects, bytearray()
        where = {"system": self.connection.title, "method": request.method, "path": request.path}
        with self._free, translated(where, self.connection):
            if not wanted():
                raise ConnectionFailed("nobody waits for the response any more, so the request wasn't sent", sent=False)
            with adapter.new_session(self.connection) if request.fresh else contextlib.nullcontext(self._session) as session:
                with session.send(
                    self._prepared(session, request), stream=True, timeout=self.connection.timeout, allow_redirects=False
                ) as response:
                    self._read(response, content)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, bytes(content), kept=adapter.HERE.connects == connects)

    def start_over(self) -> None:
        """Use none of the connections again that were kept alive; requests that are under way on them go on."""
        self._session = adapter.new_session(self.connection)

    def close(self) -> None:
        """Close the connections that are kept alive. What is under way goes on."""
        self._session.close()

    def _prepared(self, session: requests.Session, request: Request) -> requests.PreparedRequest:
        headers = dict(request.headers)
        if request.fresh:
            headers["Connection"] = "close"  # not every server closes one as it is asked to
        prepared = session.prepare_request(
            requests.Request(request.method, self.connection.url, headers=headers, data=request.body)
        )
        prepared.url = self.connection.url + request.target  # requests would rewrite the path
        return prepared

    @staticmethod
    def _read(response: requests.Response, content: bytearray) -> None:
        """Append the whole body to ``content``, unpacked and bounded in size."""
        if response.status_code < 200:  # nothing of ours asks for another protocol
            raise ProtocolFailed("the answer is none", status=response.status_code)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in COMPRESSIONS:
            raise ProtocolFailed("the answer is compressed in a way that wasn't asked for")
        if encoding == "x-gzip":
            response.raw.headers["Content-Encoding"] = "gzip"  # urllib3 2.0 doesn't know the older name
        for piece in response.iter_content(PACKED_PIECE if encoding else PIECE):
            content += piece
            if len(content) > adapter.MAX_BYTES:
                raise adapter.too_large()
