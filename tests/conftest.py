# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for all tests: whoever ends them ends what they have started as well."""

from __future__ import annotations

import signal
from types import FrameType


def pytest_configure() -> None:
    """A run that is told to end closes its fixtures, labs among them, as one that is interrupted at the keyboard."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
