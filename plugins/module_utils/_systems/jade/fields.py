# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that several of Jade's objects have."""

from __future__ import annotations

from ..._model.resource import Field
from . import values

TIME_HELP = "UTC, ISO 8601 with nanoseconds."

TM_UPDATE = Field(
    "tm_update",
    f"When Jade last saw it change. {TIME_HELP}",
    sample="2018-05-22T13:24:14.979704248Z",
    convert=values.jade_time,
    assigned=True,
)
TM_CREATE = Field(
    "tm_create",
    f"When it was created. {TIME_HELP}",
    sample="2018-04-28T05:03:36.560694725Z",
    convert=values.jade_time,
    assigned=True,
)
