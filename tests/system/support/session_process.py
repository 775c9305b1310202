# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of ansible-playbook that goes on while the test looks at it, and the session process that belongs to it."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.system.support.runner import PROGRAMS, Ansible

PATIENCE = 30  # seconds; a busy machine takes its time
MAIN_PID, PLACE = 5, 6  # among the process's arguments
START = "telephony_pbx"  # in one of them


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something has come about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it hasn't come about"
        time.sleep(0.02)


class Running:
    """A run that has been started. ``pid`` is its main process."""

    def __init__(self, ansible: Ansible, playbook: str, *arguments: str) -> None:
        file = ansible.write("running.yml", playbook)
        (ansible.folder / "home").mkdir(exist_ok=True)
        self.output = ansible.folder / "running.log"
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [PROGRAMS / "ansible-playbook", file, *arguments], cwd=ansible.folder, env=ansible.variables,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        self.pid = self._process.pid

    @property
    def session_pids(self) -> list[int]:
        """The session processes of this run."""
        return [pid for pid, arguments in processes() if arguments[MAIN_PID] == str(self.pid)]

    @property
    def socket(self) -> Path:
        """Where its socket is."""
        (found,) = [Path(arguments[PLACE]) for __, arguments in processes() if arguments[MAIN_PID] == str(self.pid)]
        return found

    def end(self, number: signal.Signals) -> None:
        """Send a signal to the main process, and a Ctrl-C to all of the run, as a terminal does."""
        if number == signal.SIGINT:
            os.killpg(self.pid, number)
        else:
            os.kill(self.pid, number)

    def wait(self) -> int:
        """The exit code."""
        return self._process.wait(PATIENCE)

    @property
    def text(self) -> str:
        """What it has said so far."""
        return self.output.read_text(encoding="utf-8")


def processes() -> Iterator[tuple[int, list[str]]]:
    """All session processes of this machine, with their arguments."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            arguments = (entry / "cmdline").read_bytes().decode().split("\0")
            if len(arguments) > PLACE and START in arguments[3]:
                yield int(entry.name), arguments


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or has only to be waited for by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


def sockets_below(folder: Path) -> list[Path]:
    """The sockets in a folder and those within it."""
    return [path for path in folder.rglob("*") if stat.S_ISSOCK(path.lstat().st_mode)]
