# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jade's reply envelope, its timestamps and its failures."""

from __future__ import annotations

import json
import time
from typing import Any

# JSON that calls itself text, and that browsers may ask for from anywhere.
HEADERS = {
    "Content-Type": "text/plain",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Origin, X-Requested-With, Content-Type, Accept",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
}


class Failure(Exception):
    """Jade answers with a status and no explanation; with ``empty`` not even with an envelope."""

    def __init__(self, status: int, empty: bool = False) -> None:
        """Remember the status."""
        super().__init__(status)
        self.status = status
        self.empty = empty


def timestamp() -> str:
    """UTC now with nanoseconds that are not padded with zeros, as Jade writes them."""
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{nanoseconds}Z"


def success(result: Any = None) -> bytes:
    """The body of a successful reply; a write has no result."""
    body: dict[str, Any] = {"api_ver": "0.1", "timestamp": timestamp(), "statuscode": 200}
    if result is not None:
        body["result"] = result
    return json.dumps(body, ensure_ascii=False).encode()


def failure(status: int) -> bytes:
    """The body of a failure; the message is always empty."""
    error = {"code": status, "message": ""}
    body = {"api_ver": "0.1", "timestamp": timestamp(), "statuscode": status, "error": error}
    return json.dumps(body).encode()
