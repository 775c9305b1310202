# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is common to the objects that Asterisk has to take over from a file."""

from __future__ import annotations

from ..._engine.state import State
from ..._model.resource import Field

RELOAD = Field(
    "reload",
    (
        "Whether to make Asterisk take over what has been written, and to wait until it shows.",
        "Without it the change is stored, but isn't in force before the next reload.",
    ),
    type="bool",
    default=True,
)
UNSEEN_RELOAD = (
    "If a task is killed after the write and before the reload, nothing shows that the reload is still due: run"
    " M(telephony.pbx.jade_module) with C(state: reloaded)."
)


class AsteriskState(State):
    """An object of which one version is stored, and another one may run."""

    after_reload = " and Asterisk was told to reload, but "
    runtime_hint = "Asterisk may have refused the settings: see its log"
