# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues as they are configured. Document: /admin/queue/cfg_queues; facts/jade.md 1 and 5, /admin/queue.

The options of a queue are those of Asterisk's queues.conf.
"""

from __future__ import annotations

import re
import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import Plan
from ..._http.errors import BadInput
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, silent
from . import values
from .queue import QUEUE, QUEUE_MEMBER
from .sections import (
    FILE_NOTES,
    SectionState,
    all_other_settings,
    setting,
)

STRATEGIES = (
    "ringall", "leastrecent", "fewestcalls", "random", "rrmemory", "linear", "wrandom", "rrordered",
)  # fmt: skip
LINEAR = "linear"
# What a running queue shows of its settings: field of the configured queue, field of the running one.
SHOWN = (("strategy", "strategy"), ("maxlen", "max"), ("weight", "weight"), ("servicelevel", "service_level"))


def _member(value: t.Any) -> str:
    """A member as in queues.conf, without blanks that mean nothing: C(interface[,penalty[,name[,state interface]]])."""
    return re.sub(r"\s*,\s*", ",", values.file_text(value)).strip().rstrip(",")


def _members(value: t.Any) -> list[str]:
    """One member is sent as a text, several as a list in no certain order (facts/jade.md 1.5)."""
    return sorted(_member(item) for item in (value if isinstance(value, list) else [value]))


QUEUE_CONFIG = Resource(
    system="jade",
    noun="queue_config",
    plural="queue_configs",
    title="queue",
    description=(
        "The queues that are configured through Jade, in its file C(jade.queues.conf).",
        "Queues from Asterisk's own C(queues.conf) aren't among them.",
    ),
    list_path="/admin/queue/cfg_queues",
    detail_path="/admin/queue/cfg_queues/{name}",
    fields=(
        Field("name", "Name of the queue.", sample="sales_1", required=True),
        setting(
            "members",
            (
                "The static members, each as in C(queues.conf): C(interface[,penalty[,name[,state interface]]]).",
                "The list is the whole truth: members that aren't in it are taken away.",
                "The order of a list that differs is written as given. Order alone is no difference, since Jade doesn't"
                " keep it for certain.",
            ),
            _members,
            api="member",
            type="list",
            elements="str",
            unordered=True,
            sample=["PJSIP/100,0,Alice"],
        ),
        setting(
            "strategy",
            (
                "How calls are given to members.",
                "Asterisk changes a queue that runs to V(linear) only when it restarts.",
            ),
            choices=STRATEGIES,
            sample="rrmemory",
        ),
        setting("timeout", "Seconds for which a member's phone rings.", values.file_whole, type="int", sample=15),
        setting("retry", "Seconds until the members are tried again.", values.file_whole, type="int", sample=5),
        setting("wrapuptime", "Seconds of rest for a member after a call.", values.file_whole, type="int", sample=10),
        setting("maxlen", "Most calls that may wait; 0 is no limit.", values.file_whole, type="int", sample=0),
        setting("weight", "Priority over other queues with the same members.", values.file_whole, type="int", sample=0),
        setting(
            "servicelevel", "Seconds within which a call should be answered.", values.file_whole, type="int", sample=20
        ),
        setting("musicclass", "Class of the music on hold.", sample="default"),
        setting("announce", "Sound that the member hears before a call.", sample="queue-markq"),
        setting("context", "Dialplan context of single digits with which a caller leaves the queue.", sample="queue-out"),
        setting(
            "announce_frequency",
            "Seconds between announcements of the position; 0 is never.",
            values.file_whole,
            api="announce-frequency",
            type="int",
            sample=90,
        ),
        setting(
            "announce_holdtime",
            "Whether the expected time of waiting is announced.",
            api="announce-holdtime",
            choices=("yes", "no", "once"),
            sample="no",
        ),
        setting(
            "announce_position",
            "Whether the position is announced, and to whom.",
            api="announce-position",
            choices=("yes", "no", "limit", "more"),
            sample="yes",
        ),
        setting(
            "joinempty",
            "Whether callers may join when no member can answer: V(yes), V(no), or conditions such as V(paused,invalid).",
            sample="yes",
        ),
        setting("leavewhenempty", "Whether callers are sent away when no member can answer; as joinempty.", sample="no"),
        setting(
            "ringinuse", "Whether members who talk are called too.", values.file_flag, type="bool", sample=False
        ),
        setting("autofill", "Whether several calls are given out at once.", values.file_flag, type="bool", sample=True),
        setting(
            "autopause",
            "Whether a member who doesn't answer is paused; V(all) in all queues.",
            choices=("yes", "no", "all"),
            sample="no",
        ),
        all_other_settings("queues.conf"),
    ),
    notes=("For the queues as they run now see M(telephony.pbx.jade_queue_info).",),
)


class QueueState(SectionState):
    """A section in Jade's queue file, brought into force by a reload of app_queue."""

    module = "jade_queue"
    noun = "queue"
    title = "Manage queues"
    description = (
        "Creates, changes and removes queues in Jade's file C(jade.queues.conf), with their static members.",
        "Jade replaces a section as a whole. The module reads it first and sends it back with the change, so that settings"
        " that aren't given stay.",
        "Afterwards Asterisk reloads its queues, and the module waits until the running queue shows the change.",
    )
    resource = QUEUE_CONFIG
    asterisk_module = "app_queue.so"
    # Jade itself refuses only global; general would mix with the defaults of all queues (facts/jade.md 5, /admin/queue).
    reserved = frozenset(("general", "global"))
    calls = (
        ("POST", QUEUE_CONFIG.list_path),
        ("PUT", QUEUE_CONFIG.detail_path),
        ("DELETE", QUEUE_CONFIG.detail_path),
    )
    notes = (*FILE_NOTES, "For members that come and go see M(telephony.pbx.jade_queue_member).")

    def check_input(self, params: Params) -> None:
        """A member needs an interface that Asterisk can call."""
        super().check_input(params)
        for number, member in enumerate(params.get("members") or [], start=1):
            interface = _member(member).split(",")[0]
            if "/" not in interface or " " in interface:
                raise BadInput(f"members, number {number}, is {member!r}, but must begin with an interface such as PJSIP/100")

    def desired(self, params: Params, current: Object | None) -> Object:
        """Members as they will be read back. None at all is what no members line means."""
        wanted = super().desired(params, current)
        if wanted.get("members"):
            wanted["members"] = [_member(item) for item in wanted["members"]]
        return wanted

    def written(self, params: Params, todo: Plan, values: Object) -> Object:
        """In the order of the task."""
        values = super().written(params, todo, values)
        if not values.get("members") or not params.get("members"):
            return values
        return {**values, "members": list(dict.fromkeys(_member(item) for item in params["members"]))}

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        """Compare the running queue with the stored one, as far as Jade shows it."""
        raw = client.row(QUEUE, params["name"])
        if stored is None:
            return "" if raw is None else "the queue still runs, perhaps since Asterisk's own queues.conf has it too"
        if raw is None:
            return "the queue doesn't run"
        running = normalize(QUEUE, raw, silent)
        for ours, theirs in SHOWN:
            if stored[ours] is not None and str(running[theirs]).lower() != str(stored[ours]).lower():
                why = ", since Asterisk takes linear only when it restarts" if stored[ours] == LINEAR else ""
                return f"the queue runs with {ours} {running[theirs]}{why}"
        return self._members_gap(client, params["name"], stored["members"] or [])

    @staticmethod
    def _members_gap(client: Client, queue: str, stored: list[str]) -> str:
        wanted = {member.split(",")[0].strip() for member in stored}
        rows = [normalize(QUEUE_MEMBER, raw, silent) for raw in client.rows(QUEUE_MEMBER, {}).rows]
        running = {row["location"] for row in rows if row["queue_name"] == queue and row["membership"] == "static"}
        if wanted - running:
            return f"the queue runs without the members {', '.join(sorted(wanted - running))}"
        if running - wanted:
            return f"the queue still runs with the members {', '.join(sorted(running - wanted))}"
        return ""
