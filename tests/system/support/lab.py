# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab for the whole test session, put back into its first state for each test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

from telephony_lab import process

# One name per profile, so that a test can say which it means.
PROFILES = ("documented", "f31439d")
SINGLE = ("ycm", "telecomx", "aicc")  # systems of which the lab has one each
# Distinctive, so that a search for them in any output finds nothing but them.
JADE_PASSWORD = "jade-Pa55word-of-the-lab"
ARGUMENTS = (
    *(part for profile in PROFILES for part in ("--jade", f"{profile}={profile}")),
    "--jade-password", JADE_PASSWORD, "--pjsip-lag", "0.2", "--extra-users", "--cloud-pbxs", "30", "--dead-every", "0",
)  # fmt: skip


class Lab:
    """Controls a lab, and knows how to reach its systems."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ready["ca"]

    @classmethod
    def start(cls, directory: Path, *arguments: str) -> Lab:
        """Start one, and wait until it serves."""
        return cls(process.start(directory, [*ARGUMENTS, *arguments]))

    def environment(self, profile: str = "f31439d") -> dict[str, str]:
        """The variables that point the modules at this lab."""
        ready = self.ready
        systems = {"JADE": ready["jade"][profile], "YEASTAR": ready["yeastar"]["pbx"]}
        systems.update({name.upper(): ready[name] for name in SINGLE})
        found = {f"{prefix}_CA_PATH": ready["ca"] for prefix in systems}
        for prefix, entry in systems.items():
            found.update({f"{prefix}_{name.upper()}": value for name, value in entry.items() if name != "profile"})
        return found

    @property
    def secrets(self) -> set[str]:
        """The credentials that no output may show."""
        ready, tests = self.ready, self.ready["tests"]["telecomx"]
        return {
            JADE_PASSWORD, ready["ycm"]["client_secret"], ready["yeastar"]["pbx"]["client_secret"],
            ready["telecomx"]["password"], tests["machine_token"], tests["viewer_password"], ready["aicc"]["app_secret"],
        }  # fmt: skip

    def control(self, method: str, path: str, **keywords: Any) -> Any:
        """Call the control API."""
        answer = self._session.request(method, f"{self.ready['url']}/_lab{path}", timeout=10, **keywords)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def reset(self) -> None:
        """First state again: data, log, faults, tokens, lock-outs, settings."""
        self.control("POST", "/reset")

    def set(self, **wanted: Any) -> None:
        """Change settings."""
        self.control("POST", "/set", json=wanted)

    def fault(self, kind: str, *, times: int | None = 1, skip: int = 0, match: dict[str, str] | None = None, **more: Any) -> None:
        """Have requests meet a fault."""
        rule = {"match": match or {}, "times": times, "skip": skip, "fault": {"kind": kind, **more}}
        self.control("POST", "/faults", json=rule)

    def hits(self) -> list[int]:
        """How often each fault has struck."""
        return [rule["hits"] for rule in self.control("GET", "/faults")]

    def log(self, **wanted: str) -> list[dict[str, Any]]:
        """Requests so far."""
        return self.control("GET", "/log", params=wanted)

    def calls(self, **wanted: str) -> list[str]:
        """The same, as method and path below the system's own address."""
        return [f"{entry['method']} /{entry['path'].split('/', 3)[3]}" for entry in self.log(**wanted)]

    @staticmethod
    def only_asks(entry: dict[str, Any]) -> bool:
        """Whether a request of the log changes nothing. Yeastar deletes and TelecomX reloads by GET, AICC lists by POST."""
        if entry["method"] == "GET":
            return not entry["path"].endswith(("/delete", "/configreload"))
        return bool(entry["login"]) or entry["path"].endswith("/queryPhone")

    def writes(self, **wanted: str) -> list[dict[str, Any]]:
        """Requests so far that change something, but for logins and logouts."""
        asked = [entry for entry in self.log(**wanted) if not self.only_asks(entry)]
        return [entry for entry in asked if not (entry["method"] == "DELETE" and entry["path"].endswith("/login"))]

    def tokens(self) -> dict[str, Any]:
        """The tokens given out since the reset (``issued``), and those still good by system and server (``live``)."""
        return self.control("GET", "/tokens")

    def forget_log(self) -> None:
        """Forget the requests so far."""
        self.control("DELETE", "/log")

    def state(self, profile: str = "f31439d") -> dict[str, Any]:
        """Files and runtime tables of a Jade PBX."""
        return self.control("GET", f"/state/jade/{profile}")

    def file(self, name: str, profile: str = "f31439d") -> str:
        """A configuration file of a Jade PBX."""
        return self.state(profile)["files"][name]

    def jade(self, method: str, path: str, body: Any = None, profile: str = "f31439d") -> Any:
        """Call Jade by other means than the collection's."""
        entry = self.ready["jade"][profile]
        login = self._session.post(f"{entry['url']}/v1/admin/login", auth=(entry["username"], entry["password"]), timeout=10)
        token = login.json()["result"]["authtoken"]
        data = None if body is None else json.dumps(body)
        url = f"{entry['url']}{path}"
        answer = requests.request(
            method, url, params={"authtoken": token}, data=data, verify=self.ready["ca"], timeout=10
        )
        assert answer.status_code == 200, answer.text
        # Jade says text/plain without a charset, which requests would take for Latin-1.
        return json.loads(answer.content).get("result")
