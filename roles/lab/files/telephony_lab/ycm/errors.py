# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all answers of a YCM have in common: the envelope and the error codes."""

from __future__ import annotations

import time
import uuid
from typing import Any

# Code, text and HTTP status; the statuses are not documented.
ERRORS = {
    1000001: ("SERVER_ERROR", 500), 1000002: ("AUTHENTICATION_FAILED", 401), 1000004: ("INVALID_PARAMETER", 400),
    1000005: ("DATA_NOT_FOUND", 404), 1000007: ("DATA_ALREADY_EXISTS", 409), 1000035: ("TOKEN_EXPIRED", 401),
    1000036: ("INVALID_TOKEN", 401), 1000040: ("RATE_LIMIT_EXCEEDED", 429), 1000042: ("ACCESS_DENIED", 403),
    3000009: ("API_REQUEST_FAILED", 400),
}


class Failure(Exception):
    """An error code of YCM."""

    def __init__(self, code: int) -> None:
        """Remember the code."""
        super().__init__(code)
        self.code = code


def envelope(status: str, **content: Any) -> dict[str, Any]:
    """The frame of each answer of a business call."""
    return {**content, "requestId": str(uuid.uuid4()), "status": status, "time": int(time.time())}


def failed(code: int) -> dict[str, Any]:
    """The answer of a failed call."""
    return envelope("Failed", code=code, msg=ERRORS[code][0])
