# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks by name: within this process, and between the processes of one user on one machine."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import threading
import time
import typing as t

FOLDER = "~/.ansible/telephony.pbx/locks"
POLL = 0.02  # seconds
_HERE: dict[str, threading.Lock] = {}


@contextlib.contextmanager
def named_lock(name: str, seconds: float) -> t.Iterator[bool]:
    """Gives whether the lock could be had within so many seconds. The name may be any text; it is not written anywhere."""
    end = time.monotonic() + seconds
    with taken(_HERE.setdefault(name, threading.Lock()), seconds) as mine:
        if not mine:
            yield False
            return
        with _file_lock(name, end) as mine:
            yield mine


@contextlib.contextmanager
def taken(lock: threading.Lock, seconds: float) -> t.Iterator[bool]:
    """Gives whether a lock of this process could be had within so many seconds."""
    mine = lock.acquire(timeout=max(0.0, seconds))
    try:
        yield mine
    finally:
        if mine:
            lock.release()


@contextlib.contextmanager
def _file_lock(name: str, end: float) -> t.Iterator[bool]:
    """An empty file under flock, which is gone afterwards. Where there can be none, as with a full disk, the lock is given."""
    folder = os.path.expanduser(FOLDER)
    path = os.path.join(folder, hashlib.blake2b(name.encode(), digest_size=16).hexdigest())
    handle: int | None = None
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        while (handle := _try_lock(path)) is None and time.monotonic() < end:
            time.sleep(POLL)
    except OSError:  # no such folder can be made, or its file system has no locks
        yield True
        return
    try:
        yield handle is not None
    finally:
        if handle is not None:
            with contextlib.suppress(OSError):
                os.unlink(path)
            os.close(handle)


def _try_lock(path: str) -> int | None:
    """A handle on the locked file, or None if another process has it. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino == os.stat(path).st_ino:  # else its last holder has just removed it
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None
