# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a login token is kept between tasks: a file of mode 0600 in a directory of mode 0700, with a lock beside it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import stat
import tempfile
import time
import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.options import FALSE_WORDS, Connection

KEY_FILE = "key"
KEPT = 2 * 86400  # seconds after which a record that nobody has touched is swept away
SWEEP_EVERY = 86400
LOCK_POLL = 0.02  # seconds


class TokenFile:
    """The record of one (system, URL, principal). Records hold plain dicts; their meaning is the caller's.

    A record made with another password doesn't count: its keyed hash differs. So a wrong password never rides on the
    token of a right one, and a corrected password is tried at once.
    """

    def __init__(self, directory: str, connection: Connection) -> None:
        self._directory = directory
        identity = "\n".join((connection.system.name, connection.url, connection.principal or ""))
        self._path = os.path.join(directory, hashlib.blake2b(identity.encode(), digest_size=16).hexdigest())
        self._tag = hashlib.blake2b((connection.secret or "").encode(), key=self._key(), digest_size=32).hexdigest()
        # Long enough for one login with all its repeats; after that each goes for itself rather than hang.
        self._patience = connection.timeout * (connection.retries + 1)

    def read(self) -> dict[str, t.Any] | None:
        """The record, or None if there is none, it is damaged, or it was made with another secret."""
        record = _load(self._path + ".json")
        token = record.get("token") if record and record.get("tag") == self._tag else None
        return token if isinstance(token, dict) else None

    def write(self, token: t.Mapping[str, t.Any]) -> None:
        """Replace the record in one step, and forget that these credentials were ever wrong."""
        _store(self._path + ".json", {"tag": self._tag, "token": dict(token)})
        self.forget_bad()
        self._sweep()

    def remove(self, value: str) -> None:
        """Remove the record, if it still holds this token."""
        record = self.read()
        if record and record.get("value") == value:
            _unlink(self._path + ".json")

    def remember_bad(self, now: float) -> None:
        """Note that the system has just refused these credentials."""
        _store(self._path + ".bad", {"tag": self._tag, "at": now})

    def forget_bad(self) -> None:
        """What was refused may be right by now."""
        _unlink(self._path + ".bad")

    def bad_since(self) -> float | None:
        """When the system last refused exactly these credentials (epoch seconds)."""
        record = _load(self._path + ".bad")
        at = record.get("at") if record and record.get("tag") == self._tag else None
        return float(at) if isinstance(at, (int, float)) else None

    @contextlib.contextmanager
    def lock(self) -> t.Iterator[None]:
        """Only one process at a time logs in. Where locks don't work (some network file systems) there is none."""
        handle = _open_lock(self._path + ".lock")
        try:
            give_up = time.monotonic() + self._patience
            while handle is not None and not _try_lock(handle) and time.monotonic() < give_up:
                time.sleep(LOCK_POLL)
            yield
        finally:
            if handle is not None:
                os.close(handle)

    def _key(self) -> bytes:
        """A random key of this directory, so that the hashes say nothing to whoever steals a record alone."""
        path = os.path.join(self._directory, KEY_FILE)
        if not os.path.exists(path):
            with contextlib.suppress(FileExistsError):
                _create(path, secrets.token_bytes(32))
        with open(path, "rb") as file:
            return file.read(64)

    def _sweep(self) -> None:
        """Once a day, remove what nobody has used: a fleet leaves thousands of records."""
        stamp, now = os.path.join(self._directory, "swept"), time.time()
        with contextlib.suppress(OSError):
            if now - os.stat(stamp).st_mtime < SWEEP_EVERY:
                return
        _store(stamp, {})
        for path in _inside(self._directory):
            with contextlib.suppress(OSError):
                if os.path.basename(path) != KEY_FILE and now - os.stat(path).st_mtime > KEPT:
                    os.unlink(path)


def open_token_file(connection: Connection) -> TokenFile | None:
    """The token file for a connection, or None where tokens must stay in memory: switched off, or no safe place."""
    if connection.token_cache.lower() in FALSE_WORDS:  # YAML turns a plain off into "False"
        return None
    directory = os.path.expanduser(os.path.expandvars(connection.token_cache))
    try:
        if not os.path.isdir(directory):
            os.makedirs(directory, mode=0o700, exist_ok=True)
        status = os.lstat(directory)
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
            return None
        return TokenFile(directory, connection)
    except OSError:
        return None


def _inside(directory: str) -> list[str]:
    try:
        return [os.path.join(directory, name) for name in os.listdir(directory)]
    except OSError:
        return []


def _open_lock(path: str) -> int | None:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:  # the directory went away, the disk is full
        return None
    os.utime(handle)  # in use: not to be swept
    return handle


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _create(path: str, content: bytes) -> None:
    """A new file that is complete from the moment it is there. Raises FileExistsError."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.link(temporary, path)
    finally:
        os.unlink(temporary)


def _store(path: str, record: t.Mapping[str, t.Any]) -> None:
    """Write or replace a file in one step. A full disk costs a login later on, not the run."""
    with contextlib.suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))  # mode 0600
        try:
            with os.fdopen(handle, "w") as file:
                json.dump(record, file)
            os.replace(temporary, path)
        except OSError:
            _unlink(temporary)


def _load(path: str) -> dict[str, t.Any] | None:
    try:
        with open(path, encoding="utf-8") as file:
            record = json.load(file)
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _unlink(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
