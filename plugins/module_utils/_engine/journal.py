# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a task's writes. What a failure says of its effect is read from here."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field

from .._http.errors import UNCLEAR, PbxError
from .._http.messages import Call, Response
from .._model.resource import silent

# What a task has done to the system: the whole change, a part of it, nothing; or that can't be known.
NOTHING, PART, ALL, UNKNOWN = "none", "partial", "done", "unknown"


@dataclass
class Step:
    """One write: the call, the response (None if none came), and whether the server took it (None if that isn't known)."""

    call: Call
    response: Response | None = None
    taken: bool | None = None


@dataclass
class Journal:
    """The writes of one task, in order.

    ``settled``: what reading the system afterwards has shown their effect to be. ``announce(text)`` shows a line at once, for
    what has to be known even if the task is killed.
    """

    steps: list[Step] = field(default_factory=list)
    settled: str | None = None
    announce: t.Callable[[str], None] = silent

    @contextlib.contextmanager
    def step(self, call: Call) -> t.Iterator[Step]:
        """A write that is under way within the block. An exception in it tells whether the server can have taken it."""
        step = Step(call)
        self.steps.append(step)
        try:
            yield step
        except PbxError as error:
            # A plain refusal says by itself that nothing was done.
            step.taken = None if error.sent and isinstance(error, UNCLEAR) else False
            raise
        step.taken = True

    def disprove(self) -> None:
        """Reading has shown that nothing was done of what the server said that it has taken."""
        for step in self.steps:
            step.taken = False if step.taken else step.taken

    @property
    def begun(self) -> bool:
        """Whether the server has taken at least one of the writes."""
        return any(step.taken for step in self.steps)

    @property
    def untouched(self) -> bool:
        """Whether the server can't have taken any of the writes."""
        return all(step.taken is False for step in self.steps)

    def settle(self, effect: str) -> None:
        """What is known by now of all the writes together."""
        self.settled = effect

    @property
    def effect(self) -> str:
        """NOTHING, PART, ALL or UNKNOWN: what to report of a task that failed."""
        return self.settled or (NOTHING if self.untouched else UNKNOWN)
