# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small client for a lab, and the data that the tests compare with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

DATA = Path(__file__).resolve().parents[2] / "data"


class Client:
    """Talks to one lab; ``jade`` logs in by itself."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready
        self.session = requests.Session()
        self.session.verify = ready["ca"]
        # A CA bundle from the environment would win over the line above.
        self.session.trust_env = False
        self._tokens: dict[str, str] = {}

    def control(self, method: str, path: str, **keywords: Any) -> Any:
        answer = self.session.request(method, f"{self.ready['url']}/_lab{path}", timeout=10, **keywords)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def set(self, **wanted: Any) -> None:
        self.control("POST", "/set", json=wanted)

    def fault(self, kind: str, match: dict[str, str] | None = None, times: int | None = 1, skip: int = 0,
              **fault: Any) -> None:
        rule = {"match": match or {}, "times": times, "skip": skip, "fault": {"kind": kind, **fault}}
        self.control("POST", "/faults", json=rule)

    def log(self, **wanted: str) -> list[dict[str, Any]]:
        return self.control("GET", "/log", params=wanted)

    def forget_tokens(self) -> None:
        self._tokens.clear()

    def token(self, name: str) -> str:
        if name not in self._tokens:
            entry = self.ready["jade"][name]
            answer = self.session.post(entry["url"] + "/v1/admin/login", auth=("admin", entry["password"]), timeout=10)
            assert answer.status_code == 200, answer.text
            self._tokens[name] = answer.json()["result"]["authtoken"]
        return self._tokens[name]

    def jade(self, method: str, path: str, body: Any = None, name: str = "real", token: str | None = None,
             query: str = "", **keywords: Any) -> requests.Response:
        """Call a Jade PBX on a connection of its own, since some replies come twice."""
        token = self.token(name) if token is None else token
        url = f"{self.ready['jade'][name]['url']}{path}?authtoken={token}" + (f"&{query}" if query else "")
        data = keywords.pop("data", None) if body is None else json.dumps(body)
        answer = requests.request(method, url, data=data, verify=self.ready["ca"], timeout=10, **keywords)
        # Jade says text/plain without a charset, which requests would take for Latin-1.
        answer.encoding = "utf-8"
        return answer

    def result(self, path: str, name: str = "real", **keywords: Any) -> Any:
        answer = self.jade("GET", path, name=name, **keywords)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json().get("result")


def lines_of(name: str) -> list[dict[str, Any]]:
    """The JSON lines of a data file."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
