# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task that is killed between any two requests of a write leaves nothing that the next run doesn't repair.

But for a reload that nothing shows: that is made here as the module's notes say. And but for a step of a dialplan that Jade
can't change: it is created again from the line that the task has shown before.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.faults.calls import Call, calls
from tests.faults.case import baseline, difference, settled
from tests.faults.ground import Ground

LONG = 30.0  # seconds; the fault holds the answer back for so long, and the test gives up after it
# The notes of these modules say that nothing shows whether a reload is still due, so that it has to be made by other means.
UNSEEN_RELOADS = {"jade_configuration": {"system": "jade", "method": "PUT", "path": "/admin/core/modules/res_parking.so"}}
WRITES = [call for call in calls() if not call.reads]


def kill_at(ground: Ground, call: Call, number: int) -> None:
    """Run a call in a process of its own, and kill that when the request of this number has taken effect."""
    options = ground.prepare(call)
    ground.lab.fault("slow", skip=number, seconds=LONG)
    ground.forget_connections()
    child = os.fork()
    if not child:
        try:
            ground.run(call.module, options)
        finally:
            os._exit(0)
    give_up = time.monotonic() + LONG
    while len(ground.lab.log()) <= number:
        assert time.monotonic() < give_up, f"request {number + 1} never came"
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    ground.lab.control("DELETE", "/faults")


@pytest.mark.parametrize("call", WRITES, ids=lambda call: call.title)
def test_the_next_run_repairs_what_a_killed_one_left(call: Call, grounds: Callable[[Call], list[Ground]]) -> None:
    for ground in grounds(call):
        with ground.hurried():
            base = baseline(ground, call)
            for number in range(len(base.entries)):
                if not base.writes(number):
                    continue
                kill_at(ground, call, number)
                ground.recreate_lost()
                again = ground.run(call.module, ground.options)
                assert not again.get("failed"), (ground.profile, base.entries[number], again["msg"])
                if call.module in UNSEEN_RELOADS and not again["changed"]:
                    assert not ground.run("api", UNSEEN_RELOADS[call.module]).get("failed")
                if call.kind != "action":
                    state = settled(ground, call.system, {base.after})
                    assert state == base.after, difference(base.after, state)
                    assert not ground.run(call.module, ground.options)["changed"]
