# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a login token is kept between tasks: a file of mode 0600 in a directory of mode 0700, with a lock beside it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import math
import os
import re
import secrets
import stat
import time
import typing as t

from .._http.connection import Connection
from .._model.options import FALSE_WORDS

KEY_FILE = "key"
KEPT = 2 * 86400  # seconds after which a record that nobody has touched is swept away
SWEEP_EVERY = 86400
LOCK_POLL = 0.02  # seconds
LARGEST = 256 * 1024  # bytes; what is larger is none of ours
KEY_BYTES = 32
_NEW = ".new-"  # begins the names of files that aren't complete yet
# The directory may be one that holds other things too: those are not ours to sweep away.
_OURS = re.compile(r"[0-9a-f]{32}\.(json|bad|lock)|\.new-[0-9a-f]{16}")
# Neither through a link, nor waiting for whoever writes into a pipe
_SAFELY = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class TokenFile:
    """The record of one (system, URL, principal). Records hold plain dicts; their meaning is the caller's.

    A record made with another password doesn't count: its keyed hash differs. So a wrong password never rides on the
    token of a right one, and a corrected password is tried at once.
    """

    def __init__(self, directory: str, connection: Connection) -> None:
        self._directory = directory
        self._place = connection.system, connection.url
        self._path = os.path.join(directory, _named(*self._place, connection.principal or ""))
        self._tag = hashlib.blake2b((connection.secret or "").encode(), key=self._key(), digest_size=32).hexdigest()
        # Long enough for one login with all its repeats; after that each goes for itself rather than hang.
        self._patience = connection.timeout * (connection.retries + 1)
        self._read: tuple[t.Any, dict[str, t.Any] | None] = None, None

    def read(self) -> dict[str, t.Any] | None:
        """The record, or None if there is none, it is damaged, or it was made with another secret.

        As long as the file is the same, so is the record: it isn't opened again. What was read before Ansible forks is there
        for all tasks.
        """
        version = _version(self._path + ".json")
        if version is None or version != self._read[0]:
            self._read = version, self._opened()
        return self._read[1]

    def _opened(self) -> dict[str, t.Any] | None:
        record = _load(self._path + ".json")
        token = record.get("token") if record and record.get("tag") == self._tag else None
        return token if isinstance(token, dict) else None

    def write(self, token: t.Mapping[str, t.Any]) -> bool:
        """Replace the record in one step, and forget that these credentials were ever wrong.

        Returns whether other tasks can find it now: not with a full disk, for one.
        """
        stored = _store(self._path + ".json", {"tag": self._tag, "token": dict(token)})
        self.forget_bad()
        self._sweep()
        return stored

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
        return moment(record.get("at")) if record and record.get("tag") == self._tag else None

    @contextlib.contextmanager
    def lock(self) -> t.Iterator[None]:
        """Only one process at a time logs in. Where locks don't work (some network file systems) there is none."""
        with _locked(self._path + ".lock", self._patience):
            yield

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """Tasks of this machine that change the same thing of one system take turns, whoever they log in as.

        Gives whether it is this one's turn, after waiting for so many seconds.
        """
        return _locked(os.path.join(self._directory, _named(*self._place, "", what) + ".lock"), seconds)

    def _key(self) -> bytes:
        """A random key of this directory, so that the hashes say nothing to whoever steals a record alone."""
        path = os.path.join(self._directory, KEY_FILE)
        for there in (False, False, True, False):
            found = _content(path)
            if found is not None and len(found) == KEY_BYTES:
                return found
            if there:  # cut, a link, or not ours: what was made with it doesn't count any more
                os.unlink(path)
            with contextlib.suppress(FileExistsError):  # another process was faster, or it can't be read
                _create(path, secrets.token_bytes(KEY_BYTES))
        raise OSError(f"the file {KEY_FILE} in it can't be made")

    def _sweep(self) -> None:
        """Once a day, remove what nobody has used: a fleet leaves thousands of records."""
        stamp, now = os.path.join(self._directory, "swept"), time.time()
        with contextlib.suppress(OSError):
            if now - os.lstat(stamp).st_mtime < SWEEP_EVERY:
                return
        _store(stamp, {})
        for path in _inside(self._directory):
            with contextlib.suppress(OSError):
                if _OURS.fullmatch(os.path.basename(path)) and now - os.lstat(path).st_mtime > KEPT:
                    os.unlink(path)


def open_token_file(connection: Connection, refused: t.Callable[[str], None] = lambda reason: None) -> TokenFile | None:
    """The token file for a connection, or None where tokens must stay in memory: switched off, or no safe place.

    ``refused(reason)`` is told why there is none although it was wanted.
    """
    if connection.token_cache.lower() in FALSE_WORDS:  # YAML turns a plain off into "False"
        return None
    directory = os.path.expanduser(os.path.expandvars(connection.token_cache))
    try:
        _make(directory)
        reason = _unsafe(os.lstat(directory))
        if not reason:
            return TokenFile(directory, connection)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = str(error).partition("] ")[2] or str(error)
    refused(f"{directory} isn't used for login tokens: {reason}")
    return None


def moment(value: t.Any) -> float | None:
    """A time in epoch seconds as a record holds it, or None for what can't be one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    with contextlib.suppress(OverflowError):
        return float(value) if math.isfinite(value) else None
    return None


def _make(directory: str) -> None:
    """Make it, and what is missing above it, for the owner alone whatever the umask."""
    if os.path.isdir(directory):
        return
    above = os.path.dirname(directory)
    if above and above != directory:
        _make(above)
    with contextlib.suppress(FileExistsError):
        os.mkdir(directory, 0o700)


def _unsafe(status: os.stat_result) -> str:
    """Why nothing may be kept in a directory, or ""."""
    if stat.S_ISLNK(status.st_mode):
        return "it is a symbolic link"
    if not stat.S_ISDIR(status.st_mode):
        return "it isn't a directory"
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    if status.st_mode & 0o077:
        return f"others can reach it (mode {stat.S_IMODE(status.st_mode):04o} instead of 0700)"
    return ""


def _inside(directory: str) -> list[str]:
    try:
        return [os.path.join(directory, name) for name in os.listdir(directory)]
    except OSError:
        return []


@contextlib.contextmanager
def _locked(path: str, patience: float) -> t.Iterator[bool]:
    handle = _open_lock(path)
    try:
        give_up = time.monotonic() + patience
        mine = handle is None or _try_lock(handle)
        while not mine and time.monotonic() < give_up:
            time.sleep(LOCK_POLL)
            mine = handle is None or _try_lock(handle)
        yield mine
    finally:
        if handle is not None:
            os.close(handle)


def _named(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _open_lock(path: str) -> int | None:
    """The lock's file, or None where there can be none: the directory went away, the disk is full."""
    for __ in range(2):
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | _SAFELY, 0o600)
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENXIO):
                return None
        else:
            status = os.fstat(handle)
            if _is_ours(status) and status.st_nlink == 1:
                with contextlib.suppress(OSError):
                    os.utime(handle)  # in use: not to be swept
                return handle
            os.close(handle)
        _unlink(path)  # a link, a pipe, the file of another user
    return None


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is a plain file that nobody else can have made or read."""
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _write_new(path: str, content: bytes) -> str:
    """Write a new file beside this one, and return its name. Leaves nothing behind where that fails."""
    temporary = os.path.join(os.path.dirname(path), _NEW + secrets.token_hex(8))
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        _unlink(temporary)
        raise
    return temporary


def _create(path: str, content: bytes) -> None:
    """A new file that is complete from the moment it is there. Raises FileExistsError."""
    temporary = _write_new(path, content)
    try:
        os.link(temporary, path)
    finally:
        os.unlink(temporary)


def _store(path: str, record: t.Mapping[str, t.Any]) -> bool:
    """Write or replace a file in one step. A full disk costs logins later on, not the run."""
    try:
        temporary = _write_new(path, json.dumps(record).encode())
    except OSError:
        return False
    try:
        os.replace(temporary, path)
    except OSError:
        _unlink(temporary)
        return False
    return True


def _content(path: str) -> bytes | None:
    """What is in a file, if it is ours alone."""
    with contextlib.suppress(OSError):
        with os.fdopen(os.open(path, os.O_RDONLY | _SAFELY), "rb") as file:
            if _is_ours(os.fstat(file.fileno())):
                content = file.read(LARGEST + 1)
                return content if len(content) <= LARGEST else None
    return None


def _version(path: str) -> tuple[int, ...] | None:
    """What changes when a file is replaced, written to, or given away; None if there is none."""
    with contextlib.suppress(OSError):
        status = os.lstat(path)
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_mode, status.st_uid
    return None


def _load(path: str) -> dict[str, t.Any] | None:
    with contextlib.suppress(ValueError, RecursionError):
        record = json.loads(_content(path) or b"")
        return record if isinstance(record, dict) else None
    return None


def _unlink(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
