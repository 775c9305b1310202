# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking again until a system shows what was done, since most of them show it late."""

from __future__ import annotations

import time
import typing as t

from .._http.errors import ConnectionFailed, ProtocolFailed, RateLimited, ServerFailed

FIRST_POLL, LONGEST_POLL = 0.1, 1.0  # seconds
FEWEST_POLLS = 60  # who waits for minutes asks less often, since some systems count requests
PASSING = (ConnectionFailed, ProtocolFailed, RateLimited, ServerFailed)  # what a server says that isn't quite itself
Found = t.TypeVar("Found")
Lacking = t.TypeVar("Lacking", list, str)  # type: ignore[type-arg]


def poll(lacking: t.Callable[[], Lacking], patience: float) -> Lacking:
    """Ask until nothing is lacking or patience (seconds) ends. Returns what is lacking at last."""
    give_up, pause, longest = time.monotonic() + patience, FIRST_POLL, max(LONGEST_POLL, patience / FEWEST_POLLS)
    while True:
        found = lacking()
        if not found or time.monotonic() >= give_up:
            return found
        time.sleep(pause)
        pause = min(longest, pause * 2)


def patiently(read: t.Callable[[], Found], patience: float) -> Found:
    """Read, while a server that was cut off comes back. Raises PbxError after patience seconds."""
    give_up = time.monotonic() + patience
    while True:
        try:
            return read()
        except PASSING:
            if time.monotonic() >= give_up:
                raise
            time.sleep(FIRST_POLL * 5)
