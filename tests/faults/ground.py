# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks in this process against a lab, as the action plugin does, each time from the same first state."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import jmespath

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._auth.session import TOKEN
from ansible_collections.telephony.pbx.plugins.module_utils._engine import polling as patience
from ansible_collections.telephony.pbx.plugins.module_utils._faces import task
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import validated
from ansible_collections.telephony.pbx.plugins.module_utils._http import retry
from ansible_collections.telephony.pbx.plugins.module_utils._http.connection import Connection
from ansible_collections.telephony.pbx.plugins.module_utils._http.exchange import Exchange
from ansible_collections.telephony.pbx.plugins.module_utils._systems.aicc import client as aicc
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx import client as telecomx
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import client as ycm
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar import client as yeastar
from tests.faults.calls import Call, Options
from tests.faults.variants import TIMEOUT, Variant
from tests.system.support.lab import Lab

Json = Any
# Jade's changes show late, but soon enough here.
LAB = ("--softphones", "25", "--proxies", "7", "--pjsip-lag", "0.03")
RETRIES = 2
# Small pages, so that few rows make many of them.
PAGE_SIZES = ((ycm, 10), (telecomx, 10), (yeastar, 25), (aicc, 10))
EPOCH = 1_500_000_000  # larger numbers are moments
FASTER = 20  # pauses between two looks at a server are so many times shorter than in life
# What differs from run to run though the same was done: identifiers, tokens, moments.
VOLATILE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|\b1[5-9]\d{8}(?:\.\d+|\d{3})?\b|\b[0-9a-f]{24,64}\b"
)


RELOAD_HINT = re.compile(r"Run telephony\.pbx\.jade_module with name: (\S+) and state: reloaded")


class NotOffered(Exception):
    """This version of the server doesn't have the call."""


def succeeded(result: Json) -> Json:
    """The same result, which has to be a success. Raises NotOffered."""
    if result.get("failed") and result["error"]["kind"] == "unsupported":
        raise NotOffered(result["msg"])
    assert not result.get("failed"), result
    return result


class FastTime:
    """The module ``time`` in a hurry: who sleeps is woken early, and the clock has gone on as if it hadn't been."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def monotonic(self) -> float:
        """The clock with all that was slept."""
        return time.monotonic() + self._ahead

    def sleep(self, seconds: float) -> None:
        """Sleep a little."""
        time.sleep(seconds / FASTER)
        self._ahead += seconds - seconds / FASTER


class KeptSession(LocalSession):
    """One that a task gives back and that others go on with, as in the session process of a run."""

    def close(self) -> None:
        """Log nothing out."""

    def close_connections(self) -> None:
        """For good."""
        Exchange.close(self)


class Ground:
    """One lab and one profile of Jade; ``run`` is a task on it."""

    def __init__(self, lab: Lab, profile: str, folder: Path) -> None:
        self.lab = lab
        self.profile = profile
        self._counts_backups = False
        self.options: Options = {}  # of the call that was prepared last
        self._announced = folder / "announced"
        self._sessions: dict[Connection, KeptSession] = {}
        self.variables = {**lab.environment(profile), "HOME": str(folder)}  # locks are there
        for prefix in ("JADE", "YEASTAR", "YCM", "TELECOMX", "AICC"):
            self.variables.update({f"{prefix}_TIMEOUT": str(TIMEOUT), f"{prefix}_RETRIES": str(RETRIES)})

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """With the lab's variables in the environment, and without waiting as long as in life."""
        with contextlib.ExitStack() as changed:
            changed.enter_context(mock.patch.dict(os.environ, self.variables))
            changed.enter_context(mock.patch.object(retry, "FIRST_PAUSE", 0.01))
            changed.enter_context(mock.patch.object(patience, "time", FastTime()))
            for system, size in PAGE_SIZES:
                changed.enter_context(mock.patch.object(system, "PAGE_SIZE", size))
            yield

    def begin(self) -> None:
        """First state of everything: lab, logins, open connections."""
        self.lab.reset()
        self.lab.set(ycm={"provision_seconds": 0, "start_seconds": 0}, jade=self.profile, park_post_works=True)
        self.forget_sessions()
        self._announced.unlink(missing_ok=True)

    def forget_sessions(self) -> None:
        """As in another run: the next task connects and logs in."""
        for session in self._sessions.values():
            session.close_connections()
        self._sessions.clear()

    def forget_connections(self) -> None:
        """For who forks: two processes on one connection would garble it."""
        for session in self._sessions.values():
            session.start_over()

    def age_tokens(self) -> None:
        """Let all tokens be too old, but not what refreshes them."""
        for session in self._sessions.values():
            session.learn({TOKEN: {**session.known[TOKEN], "expires_at": time.time() - 1}})

    def forget_refusals(self) -> None:
        """As in another run: credentials that were refused may be tried again."""
        for session in self._sessions.values():
            session.forgive()

    def prepare(self, call: Call) -> Options:
        """Lay the ground of a call. Returns its options with what the tasks before have given."""
        self.begin()
        self._counts_backups = call.module == "jade_configuration"
        results: list[Json] = []
        for module, options in call.ground:
            results.append(succeeded(self.run(module, filled(options, results))))
        self.lab.forget_log()
        self.options = filled(call.options, results)
        return self.options

    def run(self, module: str, options: Options) -> Json:
        """One task as its own fork would run it, with the connections and logins of those before."""
        checked = validated(module, options)
        assert not checked.error_messages, (module, options, checked.error_messages)
        parameters = checked.validated_parameters
        return task.run_task(module, parameters, False, self._session, lambda text: None, announce=self._announce)

    def _session(self, connection: Connection) -> KeptSession:
        if connection not in self._sessions:
            self._sessions[connection] = KeptSession(connection)
        return self._sessions[connection]

    def _announce(self, text: str) -> None:
        """Keep what a task shows at once; it may be killed right after."""
        with self._announced.open("a", encoding="utf-8") as file:
            print(text, file=file)

    def recreate_lost(self) -> None:
        """Do what tasks have announced: create the steps that they may have lost, where they aren't there."""
        lines = self._announced.read_text(encoding="utf-8").splitlines() if self._announced.exists() else []
        for line in lines:
            step = json.loads(line[line.index("{") :])
            place = {name: step[name] for name in ("dpma_uuid", "sequence")}
            if not any(place.items() <= row.items() for row in succeeded(self.run("jade_adp_info", {}))["adps"]):
                succeeded(self.run("jade_adp", step))

    def reload_as_told(self, failure: Json) -> None:
        """Do what a failure says of a reload that nothing shows to be due, by the call that the task itself makes for it."""
        told = RELOAD_HINT.search(failure["error"].get("hint", ""))
        if told:
            path = f"/admin/core/modules/{told.group(1)}"
            succeeded(self.run("api", {"system": "jade", "method": "PUT", "path": path}))

    def inject(self, variant: Variant, number: int, entry: Json) -> None:
        """Let the request of this number meet a fault, or all that equal it if it is to last."""
        if variant.lasting:
            # IDs that the server gives are others each time.
            path = "[^/]+".join(re.escape(part) for part in VOLATILE.split(entry["path"]))
            self.lab.fault(times=None, match={"method": entry["method"], "path": path + "$"}, **variant.fault)
        else:
            self.lab.fault(skip=number, **variant.fault)

    def state(self, system: str) -> str:
        """What lies behind a system, as a text in which only what was done differs."""
        if system == "jade":
            found = self.lab.state(self.profile)
            # Each write of a file makes one, so that who does it twice has one more. Only those who clear them away count them.
            found["backups"] = len(found["backups"]) if self._counts_backups else "some"
        else:
            found = self.lab.control("GET", f"/state/{system}")
        return json.dumps(_comparable(found), sort_keys=True, indent=0)


def _comparable(value: Json) -> Json:
    """Without what differs from run to run, and rows in an order of their own: a row is put back elsewhere."""
    if isinstance(value, dict):
        return {name: _comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted((_comparable(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, int) and value > EPOCH:
        return "*"
    return VOLATILE.sub("*", value) if isinstance(value, str) else value


def filled(value: Json, results: list[Json]) -> Json:
    """Options or a part of them, with texts that begin with $ taken from the results before."""
    if isinstance(value, dict):
        return {name: filled(item, results) for name, item in value.items()}
    if isinstance(value, list):
        return [filled(item, results) for item in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    found = jmespath.search(value[1:], results)
    assert found is not None, (value, results)
    return found
