# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP for one system: sessions of requests, repeats within a budget, redaction, counters, a log.

Knows nothing of any API: what a status or a body means is the business of the clients in C(_systems).
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
import typing as t
from dataclasses import dataclass
from urllib.parse import urlencode

from . import adapter
from .connection import Connection, proxy_for, proxy_secrets
from .errors import ConnectionFailed, PbxError, ProtocolFailed
from .failures import login_wanted, translated
from .library import check_library, requests
from .messages import UNSET, Call, Response
from .redaction import MASKED, without
from .retry import RetryBudget

PIECE = 64 * 1024  # bytes
PACKED_PIECE = 2 * 1024  # urllib3 before 2.6 unpacks a piece as a whole, to up to a thousand times as much
COMPRESSIONS = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))  # none is asked for, some servers do it all the same
SECRET_PARAMETERS = re.compile(
    r"(?i)\b(\w*token|client_secret|password)=[^&\s\"')]+"
)


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
        connection: Connection,
        *,
        user_agent: str,
        busy: t.Callable[[Response], bool] | None = None,
        retry_statuses: frozenset[int] = frozenset((502, 503, 504)),
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        check_library()
        self.connection = connection
        self.counters = Counters()
        self.log: t.Callable[[str], None] | None = None  # called once for each attempt, with one line
        self._proxy = proxy_for(connection)
        self._secrets = set(connection.secrets) | proxy_secrets(self._proxy)
        self._lock = threading.Lock()
        # requests' own bound would leave those waiting for ever who wait while a session is closed.
        self._free = threading.BoundedSemaphore(connection.concurrency)
        self._user_agent = user_agent
        self._sleep = sleep
        self._budget = RetryBudget(connection.retries, retry_statuses, busy)
        self._session = self._new_session()

    def close(self) -> None:
        """Close the connections that are kept alive. What is under way goes on."""
        self._session.close()

    def start_over(self) -> None:
        """Use none of the connections again that were kept alive; calls that are under way on them go on."""
        self._session = self._new_session()

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
                answer = self._once(call, attempt + 1)
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
            raise login_wanted(self._proxy, where)
        if 300 <= answer.status < 400:
            target = self.redact(answer.headers.get("Location", "nowhere")).split("?")[0]
            raise ProtocolFailed(
                f"the server sends us on to {target}", status=answer.status, hint="Set api_url to the final address", **where
            )
        return answer

    def _once(self, call: Call, attempt: int) -> Response:
        started, connects = time.monotonic(), adapter.HERE.connects
        outcome, content = "error", bytearray()
        try:
            with self._free, translated(call.where(self.connection), self.connection, self._proxy):
                with self._new_session() if call.fresh else contextlib.nullcontext(self._session) as session:
                    request = self._prepared(session, call)
                    timeout = self.connection.timeout
                    with session.send(request, stream=True, timeout=timeout, allow_redirects=False) as response:
                        self._read(response, content)
            outcome = str(response.status_code)
            return Response(call, self.connection, response.status_code, response.headers, bytes(content))
        except PbxError as error:
            outcome = error.kind
            raise
        finally:
            seconds = time.monotonic() - started
            with self._lock:
                self.counters.requests += 1
                self.counters.received += len(content)
                self.counters.seconds += seconds
            if self.log:  # redaction takes its time
                self.log(
                    f"{call.method} {self.redact(call.path)}: {outcome}, {len(content)} bytes, {seconds * 1000:.0f} ms,"
                    f" attempt {attempt}, {'new' if adapter.HERE.connects > connects else 'kept'} connection"
                )

    def _new_session(self) -> requests.Session:
        return adapter.new_session(self.connection, self._proxy, self._user_agent)

    def _prepared(self, session: requests.Session, call: Call) -> requests.PreparedRequest:
        headers = dict(call.headers)
        data: t.Any = call.form
        if call.fresh:
            headers["Connection"] = "close"  # not every server closes one as it is asked to
        if call.json is not UNSET:
            headers["Content-Type"], data = "application/json", json.dumps(call.json).encode()
        login = requests.auth.HTTPBasicAuth(*(part.encode() for part in call.basic)) if call.basic else None
        request = requests.Request(call.method, self.connection.url, headers=headers, data=data, auth=login)
        prepared = session.prepare_request(request)
        query = urlencode(call.query + call.secret_query)
        prepared.url = self.connection.url + call.path + ("?" + query if query else "")  # requests would rewrite the path
        return prepared

    @staticmethod
    def _read(response: requests.Response, content: bytearray) -> None:
        """Append the whole body to ``content``, unpacked and bounded in size."""
        if response.status_code < 200:  # nothing of ours asks for another protocol
            raise ProtocolFailed("the answer is none", status=response.status_code)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in COMPRESSIONS:
            raise ProtocolFailed("the answer is compressed in a way that wasn't asked for")
        if encoding == "x-gzip":
            response.raw.headers["Content-Encoding"] = "gzip"  # urllib3 2.0 doesn't know the older name
        for piece in response.iter_content(PACKED_PIECE if encoding else PIECE):
            content += piece
            if len(content) > adapter.MAX_BYTES:
                raise adapter.too_large()
