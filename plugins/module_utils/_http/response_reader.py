# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an answer is taken from the wire, so that no server can hold a task for ever or fill its memory.

A time-out of a socket begins anew with each byte. And what is small when compressed may be huge when unpacked.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import time
import typing as t
import zlib

SLOW_ANSWER = 10  # an answer may take this many times the time-out in all, however slowly it drips
PIECE = 256 * 1024
GZIP, ZLIB, PLAIN_DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_LENGTH = re.compile("[0-9]{1,18}")
_WINDOWS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}


class TooSlow(Exception):
    """The answer has taken longer than it may."""


class BadCompression(Exception):
    """The body can't be unpacked; the text says why."""


class _Hurried(io.RawIOBase):
    """What a socket gives, until time is up."""

    def __init__(self, raw: io.RawIOBase, seconds: float) -> None:
        super().__init__()
        self._raw = raw
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        if time.monotonic() > self._end:
            raise TooSlow
        return self._raw.readinto(buffer)

    def fileno(self) -> int:
        return self._raw.fileno()

    def close(self) -> None:
        self._raw.close()
        super().close()


class RawResponse(http.client.HTTPResponse):
    """As Python's own, but bounded in time from its first byte to its last, and no interim answer passes for the answer."""

    def __init__(self, sock: socket.socket, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(sock, *args, **kwargs)
        timeout = sock.gettimeout()
        if timeout:
            self.fp = io.BufferedReader(_Hurried(self.fp.detach(), SLOW_ANSWER * timeout))

    def begin(self) -> None:
        """Python takes the first of several lengths, and reads on until the end of the connection for one that is none."""
        super().begin()
        lengths = {length.strip() for line in self.headers.get_all("Content-Length", []) for length in line.split(",")}
        if lengths and not self.chunked:
            if len(lengths) > 1 or not _LENGTH.fullmatch(min(lengths)):
                raise http.client.HTTPException("the length of the answer makes no sense")
            if self.length is None:  # the same one twice
                self.length = int(lengths.pop())

    def pieces(self) -> t.Iterator[bytes]:
        """The body as it comes in, unpacked. Raises IncompleteRead where it ends too early, TooSlow and BadCompression."""
        return unpacked(self._as_sent(), ",".join(self.headers.get_all("Content-Encoding", [])))

    def _as_sent(self) -> t.Iterator[bytes]:
        while True:
            piece = self.read1(PIECE)
            if not piece:
                break
            yield piece
        if self.length:
            raise http.client.IncompleteRead(b"", self.length)
        self.close()

    def _read_status(self) -> tuple[str, int, str]:
        """Python itself passes over a 100 alone: behind a 103 the answer would be read as that to the next call."""
        while True:
            found = super()._read_status()  # type: ignore[misc]
            if not 101 < found[1] < 200:
                return t.cast("tuple[str, int, str]", found)
            http.client.parse_headers(self.fp)


def unpacked(pieces: t.Iterable[bytes], encoding: str) -> t.Iterator[bytes]:
    """The body, no piece of which is larger than PIECE. ``encoding``: what Content-Encoding says. Raises BadCompression.

    No compression is ever asked for. Some servers and proxies do it all the same, once and in one of two ways.
    """
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if not names:
        yield from pieces
    elif len(names) > 1 or names[0] not in _WINDOWS:
        raise BadCompression("the answer is compressed in a way that wasn't asked for")
    else:
        yield from _decompressed(pieces, _WINDOWS[names[0]])


def _decompressed(pieces: t.Iterable[bytes], window: int) -> t.Iterator[bytes]:
    unpacking, begun = zlib.decompressobj(window), False
    for packed in pieces:
        if packed and not begun and window == ZLIB and packed[0] & 15 != 8:
            unpacking = zlib.decompressobj(PLAIN_DEFLATE)  # without the two bytes that belong before it
        while packed:
            begun = True
            try:
                piece = unpacking.decompress(packed, PIECE)
            except zlib.error:
                raise BadCompression("the compressed answer is broken") from None
            if piece:
                yield piece
            packed = unpacking.unconsumed_tail
            if unpacking.eof:
                packed = unpacking.unused_data if window == GZIP else b""
                if packed:  # one more member
                    unpacking = zlib.decompressobj(window)
    if begun and not unpacking.eof:
        raise BadCompression("the compressed answer is broken")
