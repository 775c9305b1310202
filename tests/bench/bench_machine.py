# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the figures depend on of the machine itself: a virtual one may be five times as slow at what a fork has to do."""

from __future__ import annotations

import mmap
import os
import statistics
import struct
import time
from pathlib import Path

PAGES, ROUNDS = 4000, 5
STAT = Path("/proc/stat")
STEAL = 7  # its place among the numbers of the line of all processors


def copied_page() -> float:
    """Microseconds that a child takes to write to a page for the first time, which the system then has to copy.

    Most of what a task adds to the time of `debug` is that, some thousand times.
    """
    memory = bytearray(mmap.PAGESIZE * PAGES)
    places = range(0, len(memory), mmap.PAGESIZE)
    for place in places:
        memory[place] = 1
    return statistics.median(_in_child(memory, places) for dummy in range(ROUNDS))


def _in_child(memory: bytearray, places: range) -> float:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        first, again = _seconds(memory, places), _seconds(memory, places)
        os.write(writing, struct.pack("d", (first - again) * 1e6 / PAGES))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        found = struct.unpack("d", answer.read())[0]
    os.waitpid(child, 0)
    return float(found)


def _seconds(memory: bytearray, places: range) -> float:
    started = time.perf_counter()
    for place in places:
        memory[place] = 2
    return time.perf_counter() - started


def taken_by_others() -> tuple[float, float]:
    """Processor time so far that the host gave to other machines, and all that there was; 0 of 1 where nobody tells."""
    if not STAT.exists():
        return 0.0, 1.0
    numbers = [int(number) for number in STAT.read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    return float(numbers[STEAL]), float(sum(numbers))
