# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to the session process of this run, which is started by whoever needs it first."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from ansible import constants

from . import frames

NAME = "telephony.pbx"  # of the socket, in the run's own folder of mode 0700, which Ansible makes and removes
WAITING = 512  # tasks that may knock at once
FAREWELL = 3.0  # seconds that the end of a run waits for logouts
PLUGINS = str(Path(__file__).resolve().parents[2])
# Run by a bare Python, whose path is that of this one; nothing of Ansible is imported there.
START = """
import sys, types
package = types.ModuleType("telephony_pbx")
package.__path__, sys.path[:] = [sys.argv[1]], sys.argv[4:]
sys.modules["telephony_pbx"] = package
from telephony_pbx.plugin_utils.session.server import serve
serve(int(sys.argv[2]), sys.argv[3])
"""


def main_pid() -> int:
    """The process of this run that forks all others."""
    parent = multiprocessing.parent_process()
    return parent.pid if parent and parent.pid else os.getpid()


def connect() -> socket.socket:
    """A connection to the session process, which is started if there is none or it has died. Raises OSError."""
    folder = os.open(constants.DEFAULT_LOCAL_TMP, os.O_RDONLY | os.O_DIRECTORY)
    try:
        line = _connected(folder)
        if line is None:
            fcntl.flock(folder, fcntl.LOCK_EX)
            line = _connected(folder)
        if line is None:
            _start(folder)
            line = _connected(folder)
    finally:
        os.close(folder)
    if line is None:
        raise ConnectionRefusedError("the session process ended at once")
    return line


def _address(folder: int) -> str:
    """Where the socket is. The run's folder may have a longer name than a socket can have."""
    short = f"/proc/self/fd/{folder}"
    return os.path.join(short if os.path.isdir(short) else constants.DEFAULT_LOCAL_TMP, NAME)


def _connected(folder: int) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(_address(folder))
        return line
    except (FileNotFoundError, ConnectionRefusedError):
        line.close()
        return None


def _start(folder: int) -> None:
    """The socket listens before the process runs, so that nobody has to wait for it."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(_address(folder))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(_address(folder))
        listener.listen(WAITING)
        where = os.path.join(constants.DEFAULT_LOCAL_TMP, NAME)
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", START, PLUGINS, str(main_pid()), where, *sys.path],
            stdin=listener,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    process.returncode = 0  # it outlives who started it, and is waited for by its socket


def say_goodbye() -> None:
    """At the end of the main process: wait for the logouts, but not for long. Another Ctrl-C changes nothing."""
    with contextlib.suppress(OSError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        folder = os.open(constants.DEFAULT_LOCAL_TMP, os.O_RDONLY | os.O_DIRECTORY)
        try:
            line = _connected(folder)
        finally:
            os.close(folder)
        if line:
            with line:
                line.settimeout(FAREWELL)
                frames.write(line, {"do": "end"})
                line.recv(1)


if multiprocessing.parent_process() is None:
    atexit.register(say_goodbye)
