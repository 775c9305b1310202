# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP relay that makes a server on this machine look far away: bytes arrive half a round trip later in each direction.

Usage: relay.py SECONDS PORT. It prints the port that it listens on, and runs until it is ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys

PIECE = 65536


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    """Hand on what comes, each piece that much later, until one side ends."""
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await pieces.get()
            await asyncio.sleep(due - loop.time())
            if not data:
                writer.close()
                return
            writer.write(data)
            await writer.drain()

    delivering = asyncio.create_task(deliver())
    data = b"-"
    while data:
        try:
            data = await reader.read(PIECE)
        except OSError:
            data = b""
        pieces.put_nowait((loop.time() + delay, data))
    with contextlib.suppress(OSError):
        await delivering


async def relay(round_trip: float, port: int) -> None:
    """Serve until cancelled."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(round_trip)  # for the handshake of TCP, which the machine itself answers at once
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        half = round_trip / 2
        await asyncio.gather(carry(reader, far_writer, half), carry(far_reader, writer, half))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(relay(float(sys.argv[1]), int(sys.argv[2])))
