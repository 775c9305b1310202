# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages arrive whole, or not at all."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from ansible_collections.telephony.pbx.plugins.plugin_utils.session import frames


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection."""
    mine, other = socket.socketpair()
    with mine, other:
        yield mine, other


@pytest.mark.parametrize("body", [b"", b"\0\xff", b"x" * 5_000_000], ids=["empty", "odd bytes", "large"])
def test_a_message_arrives_as_it_was(line: tuple[socket.socket, socket.socket], body: bytes) -> None:
    values = {"do": "send", "text": "Jürgen \u2028 {{ 1 }}", "numbers": [1, 2.5, None, True]}
    writer = threading.Thread(target=frames.write, args=(line[0], values, body))
    writer.start()
    assert frames.read(line[1]) == (values, body)
    writer.join()


def test_a_message_that_is_cut_is_none(line: tuple[socket.socket, socket.socket]) -> None:
    line[0].sendall(struct.pack("!II", 100, 0) + b'{"do": ')
    line[0].close()
    with pytest.raises(ConnectionResetError):
        frames.read(line[1])


@pytest.mark.parametrize(
    "sent",
    [struct.pack("!II", frames.LARGEST + 1, 0), struct.pack("!II", 2, 0) + b"[]", struct.pack("!II", 3, 0) + b"{]}"],
    ids=["too large", "no object", "no JSON"],
)
def test_what_is_no_message_is_refused(line: tuple[socket.socket, socket.socket], sent: bytes) -> None:
    line[0].sendall(sent)
    with pytest.raises(ValueError):
        frames.read(line[1])
