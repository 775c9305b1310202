# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test run itself: a test that hangs fails, whatever it hangs in, and a process that is left behind fails the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import leftovers

ROOT = Path(__file__).resolve().parents[2]
HANGS = """
import threading, pytest
@pytest.mark.timeout(1)
def test_hangs():
    threading.Event().wait()
def test_next():
    pass
"""
HANGS_FOR_GOOD = """
import signal, threading, pytest
@pytest.mark.timeout(1)
def test_hangs():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    threading.Event().wait()
"""
HANGS_AT_THE_END = """
import threading
def test_starts_a_thread():
    threading.Thread(target=threading.Event().wait).start()
"""
LEAVES = """
import subprocess, sys
def test_leaves_a_grandchild():
    code = "import subprocess; subprocess.Popen(['sleep', '4321'], start_new_session=True)"
    subprocess.run([sys.executable, "-c", code], check=True)
"""
TIDY = """
import subprocess
def test_ends_what_it_starts():
    child = subprocess.Popen(["sleep", "4321"])
    child.kill()
"""


def run(folder: Path, source: str, grace: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a file of tests as all are run, but with less patience. ``grace``: seconds, see tests/conftest.py."""
    (folder / "test_sample.py").write_text(source, encoding="utf-8")
    hasty = f"import tests.conftest, tests.leftovers\ntests.conftest.GRACE = {grace}\ntests.leftovers.PATIENCE = 0.5\n"
    (folder / "hasty.py").write_text(hasty, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-o", f"cache_dir={folder}"]
    command += ["-p", "tests.conftest", "-p", "hasty", str(folder)]
    environment = {"PYTHONPATH": f"{folder}:{ROOT}", "PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_one_that_hangs_fails_with_its_stack_and_the_others_run(tmp_path: Path) -> None:
    done = run(tmp_path, HANGS)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "Timeout" in done.stdout and "threading.Event().wait()" in done.stdout


@pytest.mark.parametrize("source", [HANGS_FOR_GOOD, HANGS_AT_THE_END], ids=["in a test", "at the end"])
def test_a_hang_that_no_signal_ends_ends_the_run_with_its_stack(tmp_path: Path, source: str) -> None:
    done = run(tmp_path, source, grace=4)
    assert done.returncode == 1
    assert "Timeout (0:00:0" in done.stderr and "in wait" in done.stderr


def test_a_process_that_is_left_behind_is_named_and_ended(tmp_path: Path) -> None:
    done = run(tmp_path, LEAVES)
    assert done.returncode == 1
    (named,) = [line for line in done.stdout.splitlines() if line.endswith(": sleep 4321")]
    assert "1 passed" in done.stdout
    assert int(named.partition(":")[0]) not in leftovers.descendants()


def test_a_run_that_leaves_nothing_passes(tmp_path: Path) -> None:
    done = run(tmp_path, TIDY)
    assert done.returncode == 0, done.stdout
