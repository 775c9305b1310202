# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors of TelecomX: an HTTP status and a short key, or the name of the wrong field."""

from __future__ import annotations

import json


class Failure(Exception):
    """A request that TelecomX refuses."""

    def __init__(self, status: int, message: str) -> None:
        """Remember both."""
        super().__init__(message)
        self.status = status
        self.message = message

    def body(self) -> bytes:
        """The error as JSON; its form is a guess, since no document shows it."""
        return json.dumps({"message": self.message}).encode()
