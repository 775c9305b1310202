# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start and stop a lab as a process of its own, and tell where it is.

A running lab holds a lock on a file in its directory. The lock, unlike a process id in a file, can't outlive the
process, so a stale directory is told apart for certain and no stranger's process is ever signaled.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

READY = "ready.json"
LOCK = "lab.lock"
OUTPUT = "lab.log"


class LabError(Exception):
    """The lab could not be started, stopped or found."""


def hold_lock(directory: Path) -> int | None:
    """Take the lock of a directory; None when a lab has it. The descriptor must stay open."""
    descriptor = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def claim(directory: Path) -> int:
    """Take the lock for this process and leave its process id in the file."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = hold_lock(directory)
    if descriptor is None:
        raise LabError(f"a lab is already running in {directory}")
    (directory / READY).unlink(missing_ok=True)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def is_running(directory: Path) -> bool:
    """Whether a lab holds the lock of this directory."""
    if not (directory / LOCK).exists():
        return False
    descriptor = hold_lock(directory)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def read_ready(directory: Path) -> dict[str, Any]:
    """What the running lab of a directory says about itself."""
    if not is_running(directory):
        raise LabError(f"no lab is running in {directory}")
    try:
        return json.loads((directory / READY).read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise LabError(f"the lab in {directory} isn't ready yet") from exc


def start(directory: Path | str, arguments: Sequence[str] = (), timeout: float = 20.0) -> dict[str, Any]:
    """Start a lab with command line options, wait until it serves; a lab that already runs there is left alone."""
    directory = Path(directory).absolute()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    child = None if is_running(directory) else _spawn(directory, arguments)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        try:
            ready = read_ready(directory)
        except LabError:
            # A child that ended because somebody else's was quicker is no failure.
            if child is not None and child.poll() is not None and not is_running(directory):
                break
            time.sleep(0.02)
        else:
            if child is not None and child.pid != ready["pid"]:
                _end(child)  # somebody else's was quicker, and once that is stopped, this one would find the folder free
            return ready
    if child is not None:
        _end(child)
    output = directory / OUTPUT
    tail = output.read_text(encoding="utf-8", errors="replace")[-2000:].strip() if output.exists() else ""
    raise LabError(f"the lab in {directory} did not become ready: {tail or 'it said nothing'}")


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a lab that is a child of this process, if it runs still."""
    child.terminate()
    child.wait(timeout=5)


def _spawn(directory: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    package_root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(entry for entry in (package_root, os.environ.get("PYTHONPATH", "")) if entry)
    command = [sys.executable, "-m", "telephony_lab", "run", "--dir", str(directory), *arguments]
    with open(directory / OUTPUT, "ab") as output:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            env={**os.environ, "PYTHONPATH": path},
        )


def stop(directory: Path | str, timeout: float = 5.0) -> bool:
    """Stop the lab of a directory; False when none runs there."""
    directory = Path(directory).absolute()
    if not is_running(directory):
        (directory / READY).unlink(missing_ok=True)
        return False
    pid = int((directory / LOCK).read_text(encoding="ascii"))
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.kill(pid, number)
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if not is_running(directory):
                _reap(pid)
                (directory / READY).unlink(missing_ok=True)
                return True
            time.sleep(0.02)
    raise LabError(f"the lab in {directory} (process {pid}) does not end")


def _reap(pid: int) -> None:
    """Collect the exit status when the lab is a child of this very process."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def environment(directory: Path | str, jade: str | None = None, yeastar: str = "pbx") -> list[str]:
    """Lines VAR=value, fit for a shell and for a dotenv file, that point at the lab of a directory."""
    ready = read_ready(Path(directory).absolute())
    jade = jade or next(iter(ready["jade"]))
    if jade not in ready["jade"]:
        raise LabError(f"no Jade PBX is called {jade}; there are {', '.join(ready['jade'])}")
    values = {"LAB_URL": ready["url"]}
    entries = {"JADE": ready["jade"][jade], "YCM": ready["ycm"], "YEASTAR": ready["yeastar"][yeastar],
               "TELECOMX": ready["telecomx"], "AICC": ready["aicc"]}
    for prefix, entry in entries.items():
        for name, value in entry.items():
            if name != "profile":
                values[f"{prefix}_{name.upper()}"] = value
        values[f"{prefix}_CA_PATH"] = ready["ca"]
    return [f"{name}={shlex.quote(value)}" for name, value in values.items()]


def without_dir(arguments: Sequence[str]) -> list[str]:
    """Drop --dir from command line arguments: start passes the directory itself."""
    kept: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--dir":
            next(remaining)
        elif not argument.startswith("--dir="):
            kept.append(argument)
    return kept
