# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls a function in processes of their own, all at the same time."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

FORKS = multiprocessing.get_context("fork")


def in_processes(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]], patience: float = 60.0) -> list[Any]:
    """Call the function once for each tuple of arguments, each in a process of its own; give the results in this order.

    Fails if a process gives no result within ``patience`` seconds or ends without one. No process outlives the call. A
    pool of multiprocessing isn't used: its end can hang for good while other threads or processes are busy.
    """
    running = []
    deadline = time.monotonic() + patience
    try:
        for arguments in calls:
            receiver, sender = FORKS.Pipe(duplex=False)
            process = FORKS.Process(target=_call, args=(sender, function, arguments))
            process.start()
            sender.close()
            running.append((process, receiver))
        return [_result(receiver, deadline) for dummy, receiver in running]
    finally:
        for process, receiver in running:
            process.join(max(deadline - time.monotonic(), 0))
            process.kill()
            process.join()
            receiver.close()


def _call(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """What runs in the process."""
    sender.send(function(*arguments))


def _result(receiver: Connection, deadline: float) -> Any:
    """The result that a process sends; EOFError if it ends without one."""
    assert receiver.poll(max(deadline - time.monotonic(), 0)), "a process gave no result in time"
    return receiver.recv()
