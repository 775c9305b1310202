# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of a Jade as its client has to tell apart: logins, tokens, permissions, base paths, envelopes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._http.exchange import Exchange
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JADE, JadeClient
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, Server, serving

BASIC = "Basic cm9ib3Q6czNjcmV0LVBhNTV3b3Jk"  # robot and SECRET
EMPTY = Reply(b"", 404)


def envelope(status: int = 200, **more: Any) -> Reply:
    data = {"api_ver": "0.1", "timestamp": "2018-05-22T13:24:14.5Z", "statuscode": status, **more}
    if status != 200:
        data["error"] = {"code": status, "message": ""}
    return Reply(json.dumps(data).encode(), status, {"Content-Type": "text/plain"})


@dataclass
class SmallJade:
    """``objects``: path without base -> ``result``. ``forbidden``: paths for which a permission is missing."""

    base: str = "/v1"
    objects: dict[str, Any] = field(default_factory=lambda: {"/admin/things": {"list": []}})
    forbidden: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    given: int = 0
    override: Callable[[Received], Reply | None] = lambda request: None

    def __call__(self, request: Received) -> Reply:
        special = self.override(request)
        if special:
            return special
        if not request.path.startswith(self.base + "/"):
            return EMPTY
        path = request.path[len(self.base) :]
        if path.startswith("/v1/"):
            return EMPTY
        if path.endswith("/login"):
            return self._login(request)
        if request.query.get("authtoken") not in self.tokens or path in self.forbidden:
            return envelope(403)
        if path == "/admin/info":
            return envelope(result={})
        if path not in self.objects:
            return envelope(404) if "/things/" in path else EMPTY
        return envelope() if request.method != "GET" else envelope(result=self.objects[path])

    def _login(self, request: Received) -> Reply:
        if request.method == "DELETE":
            self.tokens.discard(request.query.get("authtoken", ""))
            return envelope()
        if request.headers.get("authorization") != BASIC:
            return envelope(404)
        self.given += 1
        self.tokens.add(f"token-{self.given}")
        return envelope(result={"authtoken": f"token-{self.given}"})


@contextmanager
def jade_client(jade: SmallJade, path: str = "", **options: Any) -> Iterator[tuple[JadeClient, Server]]:
    with serving(jade) as server:
        client = JadeClient(connection(server.url + path, JADE, **{"secret": SECRET, **options}), LocalSession)
        yield client, server
        Exchange.close(client.session)  # without a logout
