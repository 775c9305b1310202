# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection below HTTP, for what an ASGI application can't do: a reset, a reply too many."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "lab.connection"
_numbers = itertools.count(1)


class Connection:
    """One client connection, numbered in the order of arrival."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Wrap the transport that uvicorn serves."""
        self.number = next(_numbers)
        self._transport = transport

    def close(self) -> None:
        """Close in an orderly way, with nothing more said."""
        self._transport.close()

    def reset(self) -> None:
        """Drop the connection so that the client sees a TCP reset."""
        sock = self._transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def write(self, data: bytes) -> None:
        """Write raw bytes behind what was sent so far."""
        if not self._transport.is_closing():
            self._transport.write(data)


class LabProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with its connection in the scope of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Number the connection."""
        super().connection_made(transport)
        self.lab_connection = Connection(transport)

    def on_message_begin(self) -> None:
        """Hand the connection on with the request."""
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: self.lab_connection}
