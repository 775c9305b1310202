# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP for one system: one pool of connections, TLS, proxy, time-outs, repeats within a budget, redaction, counters.

Knows nothing of any API: what a status or a body means is the business of the clients in C(_systems).
"""

from __future__ import annotations

import json
import re
import threading
import time
import typing as t
from dataclasses import dataclass
from urllib.parse import urlencode

from .connection import Connection, proxy_secrets
from .errors import ConnectionFailed, ProtocolFailed
from .messages import UNSET, Call, Response, basic_login
from .proxies import environment_proxy
from .redaction import MASKED, without
from .response_reader import RawResponse
from .retry import RetryBudget
from .transport import Transport
from .transport_errors import translated

MAX_BODY = 64 * 1024 * 1024  # bytes; a list of 10 000 Cloud PBXs is 10 MB in all
SECRET_PARAMETERS = re.compile(
    r"(?i)\b(authtoken|access_token|refresh_token|client_secret|password|token)=[^&\s\"')]+"
)


@dataclass
class Counters:
    """What a client has done so far; ``seconds`` is the time spent waiting for answers, pauses not counted."""

    requests: int = 0
    answers: int = 0
    retries: int = 0
    logins: int = 0
    sent: int = 0
    received: int = 0
    seconds: float = 0.0


class HttpClient:
    """Sends calls to one system, from any number of threads.

    ``busy(answer)`` tells that an answer means "try later" in the system's own words (an error code in a 200).
    """

    def __init__(
        self,
        connection: Connection,
        *,
        user_agent: str,
        busy: t.Callable[[Response], bool] | None = None,
        retry_statuses: frozenset[int] = frozenset((502, 503, 504)),
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        self.connection = connection
        self.counters = Counters()
        self._secrets = set(connection.secrets) | proxy_secrets(environment_proxy(connection.url))
        self._lock = threading.Lock()
        self._user_agent = user_agent
        self._sleep = sleep
        self._budget = RetryBudget(connection.retries, retry_statuses, busy)
        self._transport = Transport(connection)

    def close(self) -> None:
        """Close the connections that are kept alive."""
        self._transport.close()

    def start_over(self, using: Transport | None = None) -> None:
        """Use none of the connections again that were kept alive; calls that are under way on them go on."""
        self._transport.close()
        self._transport = using or Transport(self.connection)

    def hide(self, secret: str | None) -> None:
        """From now on, mask this text in everything that is reported."""
        if secret:
            self._secrets.add(secret)

    def redact(self, text: str) -> str:
        """The text without any secret that this client knows."""
        text = without(text, self._secrets)
        return SECRET_PARAMETERS.sub(lambda match: match.group(1) + "=" + MASKED, text)

    def send(self, call: Call) -> Response:
        """Send one call, repeating it where that is safe. Returns any HTTP answer, good or bad.

        Raises ConnectionFailed (TlsFailed for certificates) and ProtocolFailed for a redirect.
        """
        attempt = 0
        while True:
            try:
                answer = self._once(call)
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
        if 300 <= answer.status < 400:
            target = self.redact(answer.headers.get("Location", "nowhere")).split("?")[0]
            raise ProtocolFailed(
                f"the server sends us on to {target}",
                status=answer.status,
                hint="Set api_url to the final address",
                **answer.call.where(self.connection),
            )
        return answer

    def _once(self, call: Call) -> Response:
        started = time.monotonic()
        body = self._body(call)
        # A connection of its own, since not every server closes one as it is asked to.
        used = Transport(self.connection) if call.fresh else self._transport
        try:
            with translated(call.where(self.connection), self.connection, self.redact):
                with used.exchange(call.method, _target(call), body, self._headers(call)) as response:
                    content = self._read(call, response)
        finally:
            if used is not self._transport:
                used.close()
            with self._lock:
                self.counters.requests += 1
                self.counters.sent += len(body or b"")
                self.counters.seconds += time.monotonic() - started
        with self._lock:
            self.counters.received += len(content)
            self.counters.answers += 1
        return Response(call, self.connection, response.status, response.headers, content)

    def _read(self, call: Call, response: RawResponse) -> bytes:
        """The whole body, bounded in size."""
        if response.status < 200:  # nothing of ours asks for another protocol
            raise ProtocolFailed("the answer is none", status=response.status, **call.where(self.connection))
        chunks, size = [], 0
        for chunk in response.pieces():
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_BODY:
                raise ProtocolFailed(
                    f"the answer is larger than {MAX_BODY} bytes and was given up", **call.where(self.connection)
                )
        return b"".join(chunks)

    def _headers(self, call: Call) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept": "application/json", **dict(call.headers)}
        if call.json is not UNSET:
            headers["Content-Type"] = "application/json"
        elif call.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if call.fresh:
            headers["Connection"] = "close"
        if call.basic:
            headers["Authorization"] = basic_login(*call.basic)
        return headers

    @staticmethod
    def _body(call: Call) -> bytes | None:
        if call.json is not UNSET:
            return json.dumps(call.json).encode()
        return urlencode(call.form).encode() if call.form is not None else None


def _target(call: Call) -> str:
    query = urlencode(call.query + call.secret_query)
    return call.path + ("?" + query if query else "")
