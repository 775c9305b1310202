# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Yeastar Central Management's error codes mean, and where they are found in an answer. Facts: facts/vendors.md 2.2."""

from __future__ import annotations

import re

from ..._http.errors import (
    AuthenticationFailed,
    BadInput,
    Conflict,
    NotFound,
    PbxError,
    PermissionDenied,
    RateLimited,
    Unsupported,
)
from ..._http.messages import Response
from ..._model.resource import Object

SEVEN_DIGITS = re.compile(r"^[1-9][0-9]{6}$")
RATE_LIMIT = 1000040
BAD_TOKEN = frozenset((1000011, 1000035, 1000036))
BAD_LOGIN = frozenset((1000002, 1000015, 1000033))
DENIED = frozenset((1000042, 1000043))
ERRORS: dict[int, tuple[type[PbxError], str]] = {
    1000004: (BadInput, "the server doesn't accept a value"),
    1000005: (NotFound, "there is nothing of that ID"),
    1000007: (Conflict, "it exists already"),
    RATE_LIMIT: (RateLimited, "the server asks to send fewer requests"),
    2000016: (Conflict, "the device isn't activated"),
    2000024: (Unsupported, "the device's model isn't supported"),
    **dict.fromkeys(DENIED, (PermissionDenied, "the API client may not do this")),
    **dict.fromkeys(BAD_LOGIN, (AuthenticationFailed, "client ID or client secret is wrong")),
    **dict.fromkeys(BAD_TOKEN, (AuthenticationFailed, "the token isn't accepted")),
}


def object_of(answer: Response) -> Object | None:
    try:
        data = answer.json()
    except PbxError:
        return None
    return data if isinstance(data, dict) else None


def error_of(answer: Response) -> tuple[int | None, str | None]:
    """The server's own error code and words. Under which names they come isn't documented, so all that occur are tried."""
    data = object_of(answer) or {}
    inner = (data.get("error"), data.get("errors"))
    code = words = None
    for holder in (data, *(found[0] if isinstance(found, list) and found else found for found in inner)):
        if not isinstance(holder, dict):
            continue
        for name in ("code", "errcode", "errorCode"):
            value = holder.get(name)
            if code is None and isinstance(value, (int, str)) and SEVEN_DIGITS.match(str(value)):
                code = int(value)
        found = (holder.get(name) for name in ("message", "msg", "errmsg", "error_description"))
        words = words or next((text for text in found if isinstance(text, str) and text), None)
    return code, words
