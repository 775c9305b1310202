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
import re
import secrets
import stat
import time
import typing as t

from .._http.connection import Connection
from .._model.option import FALSE_WORDS

TOKEN, REFUSED = ".json", ".bad"  # what is kept: the token, and when the system last refused the credentials
KEPT = 2 * 86400  # seconds after which a file that nobody has touched may be swept away
SWEEP_ONE_IN = 50  # writes
LOCK_POLL = 0.02  # seconds
# The directory may be one that holds other things too: those are not ours to sweep away.
_OURS = re.compile(r"[0-9a-f]{32}\.(json|bad|lock)|\.new-[0-9a-f]{16}")


class TokenFile:
    """The records of one (system, URL, principal): plain dicts, whose meaning is the caller's.

    A record made with another password doesn't count: its salted hash differs. So a wrong password never rides on the
    token of a right one, and a corrected password is tried at once.
    """

    def __init__(self, directory: str, connection: Connection) -> None:
        self._directory = directory
        self._place = connection.system, connection.url
        self._path = os.path.join(directory, _named(*self._place, connection.principal or ""))
        self._secret = (connection.secret or "").encode()
        # Long enough for one login with all its repeats; after that each goes for itself rather than hang.
        self._patience = connection.timeout * (connection.retries + 1)

    def read(self, kind: str) -> dict[str, t.Any]:
        """A record; an empty one if there is none, it is damaged, or it was made with another secret."""
        with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
            with os.fdopen(_open(self._path + kind, os.O_RDONLY), "rb") as file:
                record = json.load(file)
            if isinstance(record, dict) and record.get("hash") == self._hash(record.get("salt")):
                return record
        return {}

    def write(self, kind: str, record: dict[str, t.Any]) -> bool:
        """Replace a record in one step. Returns whether other tasks can find it now: not with a full disk, for one."""
        self._sweep_now_and_then()
        temporary, salt = os.path.join(self._directory, ".new-" + secrets.token_hex(8)), secrets.token_hex(8)
        try:
            with os.fdopen(_open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "w") as file:
                json.dump({**record, "salt": salt, "hash": self._hash(salt)}, file)
            os.replace(temporary, self._path + kind)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            return False
        return True

    def remove(self, kind: str) -> None:
        """There is no such record any more."""
        with contextlib.suppress(OSError):
            os.unlink(self._path + kind)

    def lock(self) -> t.ContextManager[bool]:
        """Only one process at a time logs in."""
        return _locked(self._path + ".lock", self._patience)

    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """Tasks of this machine that change the same thing of one system take turns, whoever they log in as.

        Gives whether it is this one's turn, after waiting for so many seconds.
        """
        return _locked(os.path.join(self._directory, _named(*self._place, "", what) + ".lock"), seconds)

    def _hash(self, salt: t.Any) -> str:
        """What only this secret makes of a salt. Raises TypeError or ValueError for what is no salt."""
        return hashlib.blake2b(self._secret, salt=bytes.fromhex(salt)).hexdigest()

    def _sweep_now_and_then(self) -> None:
        """Remove what nobody has used: a fleet leaves thousands of records."""
        if secrets.randbelow(SWEEP_ONE_IN):
            return
        with contextlib.suppress(OSError):
            for entry in os.scandir(self._directory):
                if _OURS.fullmatch(entry.name) and time.time() - entry.stat(follow_symlinks=False).st_mtime > KEPT:
                    os.unlink(entry.path)


def open_token_file(connection: Connection, refused: t.Callable[[str], None] = lambda reason: None) -> TokenFile | None:
    """The token file for a connection, or None where tokens must stay in memory: switched off, or no safe place.

    ``refused(reason)`` is told why there is none although it was wanted.
    """
    if connection.token_cache.lower() in FALSE_WORDS:  # YAML turns a plain off into "False"
        return None
    directory = os.path.expanduser(os.path.expandvars(connection.token_cache))
    try:
        if not os.path.lexists(directory):
            os.makedirs(directory, 0o700, exist_ok=True)
        reason = _unsafe(os.lstat(directory))
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = str(error).partition("] ")[2] or str(error)
    if not reason:
        return TokenFile(directory, connection)
    refused(f"{directory} isn't used for login tokens: {reason}")
    return None


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


def _named(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _open(path: str, flags: int) -> int:
    """Open a file that is ours alone; a link, a pipe, or what others own or can read goes. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        status = os.lstat(path)
        alone = status.st_uid == os.geteuid() and not status.st_mode & 0o077 and status.st_nlink <= 1
        if not alone or not stat.S_ISREG(status.st_mode):
            os.unlink(path)
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)


@contextlib.contextmanager
def _locked(path: str, seconds: float) -> t.Iterator[bool]:
    """Gives whether the lock could be had within so many seconds; so it is where there can be none, as with a full disk."""
    try:
        handle = _open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)  # truncated, it is new: not to be swept while in use
    except OSError:
        yield True
        return
    try:
        give_up = time.monotonic() + seconds
        while not (mine := _try_lock(handle)) and time.monotonic() < give_up:
            time.sleep(LOCK_POLL)
        yield mine
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # some network file systems have no locks
    return True
