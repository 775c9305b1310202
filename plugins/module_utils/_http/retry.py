# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When to repeat a call, and how long to wait before."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import math
import random
import threading
import time
import typing as t

from .errors import ConnectionFailed, ProxyRefused, TlsFailed
from .messages import Response

FIRST_PAUSE = 0.3  # seconds; doubled each time
LONGEST_PAUSE = 10.0
LONGEST_ASKED = 300.0  # a Retry-After beyond this is an error, not a wait; YCM's buckets fill within minutes
TOKENS_PER_RETRY = 10  # a client's whole budget is this many times api_retries, refilled by answers that came


class RetryBudget:
    """Decides on repeats for one client, all its threads together.

    Each call has C(retries) of its own. The client as a whole has ten times as many, of which every good answer gives back
    a half: a list of 200 pages from a dying server ends soon instead of repeating each page.
    """

    def __init__(
        self, retries: int, statuses: frozenset[int], busy: t.Callable[[Response], bool] | None = None
    ) -> None:
        self._retries = retries
        self._statuses = statuses
        self._busy = busy or (lambda answer: False)
        self._full = float(retries * TOKENS_PER_RETRY)
        self._left = self._full
        self._lock = threading.Lock()

    def after_failure(self, repeatable: bool, error: ConnectionFailed, attempt: int) -> float | None:
        """Seconds to wait before the next try, or None to give up.

        A request that never left is safe to repeat whatever it was.
        """
        if isinstance(error, (TlsFailed, ProxyRefused)) or (error.sent and not repeatable):
            return None
        return self._pause(attempt)

    def after_answer(self, repeatable: bool, answer: Response, attempt: int) -> float | None:
        """As above, for an answer that came. "Too many requests" means that the server did nothing: safe as well."""
        turned_away = answer.status == 429 or self._busy(answer)
        if not turned_away and not (repeatable and answer.status in self._statuses):
            with self._lock:
                self._left = min(self._full, self._left + 0.5)
            return None
        asked = retry_after(answer.headers.get("retry-after"))
        if asked is not None and asked > LONGEST_ASKED:
            return None
        pause = self._pause(attempt)
        return None if pause is None else max(pause, asked or 0.0)

    def _pause(self, attempt: int) -> float | None:
        with self._lock:
            if attempt >= self._retries or self._left < 1:
                return None
            self._left -= 1
        # Jitter keeps twenty forks that failed together from coming back together.
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**attempt) * random.uniform(0.5, 1.5)


def retry_after(value: str | None, now: float | None = None) -> float | None:
    """Seconds that a Retry-After header asks for: a number of seconds or an HTTP date. None if absent or nonsense."""
    if value is None:
        return None
    with contextlib.suppress(ValueError):
        seconds = float(value)
        return None if math.isnan(seconds) else max(0.0, seconds)
    try:
        date = email.utils.parsedate_to_datetime(value)
        # A date without a zone is in GMT, not in the zone of whoever reads it.
        moment = (date if date.tzinfo else date.replace(tzinfo=datetime.timezone.utc)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, moment - (time.time() if now is None else now))
