# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A toy system, and connections to it, for tests of what all systems share."""

from __future__ import annotations

import os
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._http.client import HttpClient
from ansible_collections.telephony.pbx.plugins.module_utils._http.connection import Connection, trusted_cas
from ansible_collections.telephony.pbx.plugins.module_utils._http.proxy import environment_proxy
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import PASSWORD, USERNAME, System

TOY = System("toy", "Toy PBX", "Its address.", USERNAME, PASSWORD, "A token.")
SECRET = "s3cret-Pa55word"
TOKEN = "4e3773f5-8d63-4004-b0ec-c12cd9c505c5"


def connection(url: str = "http://pbx.invalid", system: System = TOY, **changed: Any) -> Connection:
    """A connection with quick time-outs, with CAs and proxy as ``resolve`` would find them."""
    ca_path, checked = changed.pop("ca_path", None), changed.pop("validate_certs", True)
    values: dict[str, Any] = {
        "principal": "robot",
        "secret": SECRET,
        "token": None,
        "trusted": trusted_cas(ca_path, os.environ) if checked else None,
        "client_cert": None,
        "client_key": None,
        "timeout": 2.0,
        "retries": 0,
        "concurrency": 4,
        **changed,
    }
    values["proxy"] = changed.get("proxy") or environment_proxy(url, os.environ)
    return Connection(system=system.name, system_title=system.title, url=url, **values)


class ClosingClient(HttpClient):
    """One that has a session to itself."""

    def __init__(self, session: LocalSession, **more: Any) -> None:
        super().__init__(session, **more)
        self.start_over, self.close = session.start_over, session.close


def http_client(url: str, pauses: list[float] | None = None, **changed: Any) -> ClosingClient:
    """A client whose pauses are noted instead of slept."""
    noted = [] if pauses is None else pauses
    more = {name: changed.pop(name) for name in ("busy", "retry_statuses") if name in changed}
    return ClosingClient(LocalSession(connection(url, **changed)), user_agent="tests", sleep=noted.append, **more)
