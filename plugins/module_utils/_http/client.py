# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP for one system: repeats within a budget, redaction, counters, a log.

Knows nothing of any API: what a status or a body means is the business of the clients in C(_systems).
"""

from __future__ import annotations

import re
import threading
import time
import typing as t
from dataclasses import dataclass

from .connection import Connection
from .errors import ConnectionFailed, PbxError, ProtocolFailed
from .messages import Call, Reply, Request, Response
from .proxy import login_wanted
from .redaction import MASKED, without
from .retry import RetryBudget

SECRET_PARAMETERS = re.compile(
    r"(?i)\b(\w*token|client_secret|password)=[^&\s\"')]+"
)


class Sender(t.Protocol):
    """What sends single requests: an Exchange, or what stands for one in another process."""

    connection: Connection

    def send(self, request: Request) -> Reply:
        """The response to one request. Raises PbxError."""


@dataclass
class Counters:
    """What a client has done so far; ``seconds`` is the time spent waiting for answers, pauses not counted."""

    requests: int = 0
    retries: int = 0
    logins: int = 0
    received: int = 0
    seconds: float = 0.0


class HttpClient:
    """Sends calls to one system, from any number of threads.

    ``busy(answer)`` tells that an answer means "try later" in the system's own words (an error code in a 200).
    """

    def __init__(
        self,
        sender: Sender,
        *,
        user_agent: str,
        busy: t.Callable[[Response], bool] | None = None,
        retry_statuses: frozenset[int] = frozenset((502, 503, 504)),
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self.connection = sender.connection
        self.counters = Counters()
        self.log: t.Callable[[str], None] | None = None  # called once for each attempt, with one line
        self._sender = sender
        self._secrets = set(self.connection.secrets)
        self._lock = threading.Lock()
        self._headers = {"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": "identity"}
        self._sleep = sleep
        self._budget = RetryBudget(self.connection.retries, retry_statuses, busy)

    def hide(self, secret: str | None) -> None:
        """From now on, mask this text in everything that is reported."""
        if secret:
            self._secrets.add(secret)

    def redact(self, text: str) -> str:
        """The text without any secret that this client knows."""
        text = without(text, self._secrets)
        return SECRET_PARAMETERS.sub(lambda match: match.group(1) + "=" + MASKED, text)

    def request(self, call: Call) -> Request:
        """The call as it goes over the wire. Raises BadInput for a body that JSON can't hold."""
        return call.request(self._headers)

    def send(self, call: Call) -> Response:
        """Send one call, repeating it where that is safe. Returns any HTTP answer, good or bad.

        Raises ConnectionFailed (TlsFailed for certificates) and ProtocolFailed for a redirect.
        """
        attempt, request = 0, self.request(call)
        while True:
            try:
                answer = self._once(call, request, attempt + 1)
            except ConnectionFailed as error:
                pause = self._budget.after_failure(call.repeatable, error, attempt)
                if pause is None:
                    raise
            else:
                pause = self._budget.after_answer(call.repeatable, answer, attempt)
                if pause is None:
                    return self._checked(answer)
            attempt += 1
            with self._lock:
                self.counters.retries += 1
            self._sleep(pause)

    def _checked(self, answer: Response) -> Response:
        """A redirect isn't followed: it would carry the token to wherever it points."""
        where = answer.call.where(self.connection)
        if answer.status == 407:
            raise login_wanted(self.connection.proxy, where)
        if 300 <= answer.status < 400:
            target = self.redact(answer.headers.get("location", "nowhere")).split("?")[0]
            raise ProtocolFailed(
                f"the server sends us on to {target}", status=answer.status, hint="Set api_url to the final address", **where
            )
        return answer

    def _once(self, call: Call, request: Request, attempt: int) -> Response:
        started = time.monotonic()
        outcome, reply, way = "error", Reply(0, {}, b""), ""
        try:
            reply = self._sender.send(request)
            outcome, way = str(reply.status), f", {'kept' if reply.kept else 'new'} connection"
            return Response(call, self.connection, reply.status, reply.headers, reply.body)
        except PbxError as error:
            outcome = error.kind
            raise
        finally:
            seconds = time.monotonic() - started
            with self._lock:
                self.counters.requests += 1
                self.counters.received += len(reply.body)
                self.counters.seconds += seconds
            if self.log:  # redaction takes its time
                self.log(
                    f"{call.method} {self.redact(call.path)}: {outcome}, {len(reply.body)} bytes, {seconds * 1000:.0f} ms,"
                    f" attempt {attempt}{way}"
                )
