# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read of an object before it is changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from .._model.resource import Object


@dataclass(frozen=True)
class Reading:
    """An object as it was read.

    ``shown``: in documented shape, None if it doesn't exist. ``raw``: as sent, empty if it doesn't exist. ``rows``: all rows of
    its list as sent, where the list was read.
    """

    shown: Object | None = None
    raw: Object = field(default_factory=dict)
    rows: tuple[Object, ...] = ()


UNREAD = Reading()
