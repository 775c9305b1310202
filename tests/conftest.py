# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for all tests: each has a time limit, none leaves a process behind, and whoever ends them ends what they started.

pytest-timeout ends a test that takes too long: it fails with the stacks of all threads, and the others run. What its signal
can't end, such as a hang in C code or in the cleanup after the signal, is ended together with the whole run by faulthandler.
"""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from tests import leftovers

GRACE = 90  # seconds that a test has for its cleanup after its time limit, and a run for its end
STDERR = pytest.StashKey[int]()
LEFT = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the run. One that is told to end closes its fixtures, labs among them, as if interrupted at the keyboard."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    leftovers.adopt_orphans()
    config.stash[STDERR] = os.dup(2)  # pytest captures the descriptor itself later on
    config.stash[LEFT] = []


def _end_the_run_after(seconds: float, config: pytest.Config) -> None:
    """End the whole run with the stacks of all threads, unless this is called again before."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=config.stash[STDERR])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch over each test."""
    marker, option = item.get_closest_marker("timeout"), item.config.getoption("timeout")
    limit = float(marker.args[0] if marker else option or item.config.getini("timeout"))
    _end_the_run_after(limit + GRACE, item.config)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if it leaves processes behind, and end them. Fixtures and reports are done by now."""
    _end_the_run_after(GRACE, session.config)
    session.config.stash[LEFT] = leftovers.end_all()
    if session.config.stash[LEFT]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was left behind."""
    if config.stash[LEFT]:
        terminalreporter.section("processes that tests left behind", red=True)
        for command in config.stash[LEFT]:
            terminalreporter.line(command)
