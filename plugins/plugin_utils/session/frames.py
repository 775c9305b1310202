# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages over the socket of the session process: plain values as JSON and bytes, each with its length in front."""

from __future__ import annotations

import json
import socket
import struct
import typing as t

_LENGTHS = struct.Struct("!II")
LARGEST = 256 * 1024 * 1024  # bytes; a response may have 64 MB, unpacked some more
Values = t.Dict[str, t.Any]


def write(line: socket.socket, values: Values, body: bytes = b"") -> None:
    """Send a message. Raises OSError."""
    head = json.dumps(values).encode()
    line.sendall(_LENGTHS.pack(len(head), len(body)) + head)
    line.sendall(body)


def read(line: socket.socket) -> tuple[Values, bytes]:
    """Wait for a message. Raises OSError, of which EOFError's kind is ConnectionResetError, and ValueError for what is none."""
    lengths = _LENGTHS.unpack(_exactly(line, _LENGTHS.size))
    if max(lengths) > LARGEST:
        raise ValueError("the message is too large")
    head, body = (_exactly(line, length) for length in lengths)
    values = json.loads(head)
    if not isinstance(values, dict):
        raise ValueError("the message holds no values by name")
    return values, bytes(body)


def _exactly(line: socket.socket, count: int) -> bytearray:
    found = bytearray(count)
    view, at = memoryview(found), 0
    while at < count:
        got = line.recv_into(view[at:])
        if not got:
            raise ConnectionResetError("the other side is gone")
        at += got
    return found
