# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All P-Series PBXs of a lab: one with the document's proxies, and one for each Cloud PBX of the YCM."""

from __future__ import annotations

import json
import secrets
from typing import Any

from starlette.responses import Response

from telephony_lab.exchange import STATE, Exchange
from telephony_lab.options import Options
from telephony_lab.tokens import GivenOut
from telephony_lab.ycm.instances import Instances
from telephony_lab.yeastar.proxies import Proxies, documented_proxies, generated_proxies
from telephony_lab.yeastar.server import ERRORS, YeastarServer

DOCUMENTED = "pbx"


class Unreachable:
    """A PBX that doesn't answer: switched off, dead, or busy with itself."""

    def __init__(self, busy: bool) -> None:
        """A busy one has a gateway before it that answers 503; any other closes the connection."""
        self._busy = busy
        self.app = self._refuse

    async def _refuse(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        exchange: Exchange = scope["state"][STATE]
        exchange.dropped = not self._busy
        await Response("Service Unavailable", 503, headers={"Connection": "close"})(scope, receive, send)

    def discard_token(self, exchange: Exchange) -> None:
        """Nothing to discard."""

    def error(self) -> tuple[int, str, bytes]:
        """What a PBX would say."""
        return 200, "application/json", json.dumps({"errcode": -2, "errmsg": ERRORS[-2]}).encode()


class YeastarFarm:
    """Builds each PBX when it is first asked for."""

    def __init__(self, options: Options, instances: Instances) -> None:
        """Serve the Cloud PBXs of a YCM."""
        self.credentials = {"client_id": "lab-yeastar-client", "client_secret": secrets.token_hex(16)}
        self._options = options
        self._instances = instances
        self.reset()

    def reset(self) -> None:
        """Forget all PBXs, so that they are built afresh."""
        self._servers: dict[str, YeastarServer] = {}

    def state(self) -> dict[str, Any]:
        """The Onsite Proxies of each PBX that has been asked for, and of the documented one."""
        self.get(DOCUMENTED)
        return {name: server.proxies.rows for name, server in self._servers.items()}

    def given_out(self) -> dict[str, GivenOut]:
        """The tokens of each PBX that has been asked for."""
        return {name: server.given_out() for name, server in self._servers.items()}

    def get(self, name: str) -> YeastarServer | Unreachable | None:
        """The PBX of this name."""
        if name != DOCUMENTED:
            row = self._instances.by_serial(name)
            if row is None:
                return None
            if row["pbxStatus"] == "Stopped" or self._instances.is_dead(row):
                return Unreachable(busy=False)
            if row["pbxStatus"] != "Running":
                return Unreachable(busy=True)
        if name not in self._servers:
            rows = documented_proxies() if name == DOCUMENTED else generated_proxies(name, self._options.proxies)
            self._servers[name] = YeastarServer(name, Proxies(rows), self.credentials, self._options)
        return self._servers[name]
