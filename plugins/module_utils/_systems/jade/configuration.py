# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole configuration files of Asterisk, and the backups that Jade makes of them.

Documents: /admin/{dialplan,park,pjsip,queue}/configurations; facts/jade.md 5, configurations.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from ..._engine.client import Client, Query
from ..._engine.module import Params
from ..._engine.plan import KEEP, UPDATE, Plan, Reading
from ..._http.errors import BadInput, NotFound
from ..._http.paging import Listing
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn, silent
from . import values
from .client import detail
from .configuration_text import JADES_INCLUDE, SECRET_SETTINGS, check_text
from .state import RELOAD, UNSEEN_RELOAD, AsteriskState

# Part of Jade's API: the one file that it can write there, and the module of Asterisk that reads it.
FILES = {
    "dialplan": ("extensions.conf", "pbx_config.so"),
    "park": ("res_parking.conf", "res_parking.so"),
    "pjsip": ("pjsip.conf", "res_pjsip.so"),
    "queue": ("queues.conf", "app_queue.so"),
}
BACKUP = re.compile(r"(?P<file>[a-z_]+\.conf)\.(?P<time>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z)\Z")

SUBSYSTEM = Field(
    "subsystem",
    "Which file: " + ", ".join(f"V({name}) is C({file})" for name, (file, dummy) in FILES.items()) + ".",
    choices=tuple(FILES),
    sample="park",
)
_DATA = Field("data", "The text of the file.", sample="[general]\n", secrets_inside=SECRET_SETTINGS)


def _backup_time(name: str) -> str | None:
    """When a backup was made, by its name; None for the file itself."""
    match = BACKUP.match(name)
    return values.jade_time(match.group("time")) if match else None


class ConfigurationReader:
    """As others, but Jade gives out any file of the machine by a name with a path in it: such names aren't sent.

    Source: facts/jade.md 4, path traversal.
    """

    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """The file, then its backups."""
        return client.plain_rows(resource, query)

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """The file or a backup of it. Raises BadInput for what can't be the name of one."""
        match = BACKUP.match(key)
        file = match.group("file") if match else key
        if file not in (live for live, dummy in FILES.values()):
            raise BadInput(f"name is {key!r}, but must be {', '.join(live for live, dummy in FILES.values())} or a backup of one")
        return client.one(resource, key) if file == FILES[dict(resource.place)["subsystem"]][0] else None


CONFIGURATION = Resource(
    system="jade",
    noun="configuration",
    plural="configurations",
    title="configuration file",
    description=(
        "Whole configuration files of Asterisk, and the backups that Jade has made of them.",
        "These are Asterisk's own files. What the other modules manage is in files of Jade's, which these include.",
    ),
    list_path="/admin/{subsystem}/configurations",
    detail_path="/admin/{subsystem}/configurations/{name}",
    scope=(SUBSYSTEM,),
    reader=ConfigurationReader(),
    fields=(
        SUBSYSTEM,
        Field("name", "Name of the file; a backup has the time of its making at its end.", sample="res_parking.conf"),
        _DATA,
        Field(
            "backup_time",
            "When the backup was made, UTC, ISO 8601; C(null) for the file itself.",
            api="name",
            convert=_backup_time,
            sample="2018-05-21T08:49:27.783332067Z",
        ),
    ),
    notes=("Passwords within the text are masked unless asked for with O(include_secrets=true).",),
)

FILE = Resource(
    system="jade",
    noun="configuration",
    plural="configurations",
    title="configuration file",
    description=(),
    list_path=CONFIGURATION.list_path,
    detail_path=CONFIGURATION.detail_path,
    scope=(Field("subsystem", SUBSYSTEM.description, choices=SUBSYSTEM.choices, required=True),),
    fields=(
        Field("subsystem", "Part of Jade's API that the file belongs to.", sample="park"),
        Field("name", "Name of the file.", sample="res_parking.conf"),
        Field(
            "data",
            ("The whole text that the file is to have.", "If not given, the file stays as it is."),
            write=True,
            sample="[general]\n",
            secrets_inside=SECRET_SETTINGS,
        ),
        Field(
            "backups",
            "Names of the backups, oldest first. The one that a change makes isn't foretold.",
            type="list",
            elements="str",
            write=True,  # by way of how many may stay
            assigned=True,
            sample=["res_parking.conf.2018-05-21T08:49:27.783332067Z"],
        ),
    ),
)


class FilePlan(Plan):
    """A change of a file makes a backup, which nobody has asked for: what counts is that those are gone that had to go."""

    def missing_from(self, shown: Object | None) -> list[str]:
        """As in all plans, but for the backups."""
        missing = [name for name in super().missing_from(shown) if name != "backups"]
        before, after = t.cast(Object, self.before), t.cast(Object, self.after)
        left = (set(before["backups"]) - set(after["backups"])) & set(shown["backups"] if shown else ())
        return [*missing, "backups"] if left else missing


class ConfigurationState(AsteriskState):
    """A file and its backups."""

    module = "jade_configuration"
    noun = "configuration"
    title = "Manage whole configuration files and their backups"
    description = (
        "Replaces a whole configuration file of Asterisk, and removes backups that Jade has made of it.",
        "Jade puts a C(#include) for each of its own files into these files. Without them everything that Jade manages drops out"
        " of Asterisk at the next reload. So the module keeps them, or refuses.",
    )
    resource = FILE
    states = ("present",)
    extra_options = (
        Field(
            "includes",
            (
                "What to do if O(data) lacks a C(#include) of a file of Jade's that the file has now.",
                "V(keep) puts it at the end, as Jade does. V(refuse) fails.",
            ),
            choices=("keep", "refuse"),
            default="keep",
        ),
        Field(
            "keep_backups",
            "Remove all backups but this many of the newest. The one that a change makes counts.",
            type="int",
        ),
        Field("max_backup_age", "Remove backups that are older than this many days.", type="int"),
        RELOAD,
    )
    calls = tuple((method, place.detail_path) for place in FILE.everywhere for method in ("PUT", "DELETE"))
    notes = (
        "Jade makes a backup before each write, and never removes one.",
        "Backups of Jade's own files (C(jade.*.conf)) are shown nowhere and can't be removed over the API.",
        UNSEEN_RELOAD,
    )
    unobservable = "Jade shows no more of a running configuration than its objects"

    @property
    def options(self) -> tuple[Field, ...]:
        """The name of the file follows from its part of the API."""
        return (*FILE.scope, FILE.field("data"), self.state_option, *self.extra_options)

    def state_help(self) -> tuple[str, ...]:
        """A file can't be removed."""
        return ("V(present) makes the file have the text that is given, and no more backups than asked for.",)

    def label(self, params: Params) -> str:
        """The file's name."""
        return f"configuration file {FILES[params['subsystem']][0]}"

    def check_input(self, params: Params) -> None:
        """Jade makes a backup and then fails for an empty text; of a broken one Asterisk reads nothing."""
        if params.get("data") is not None:
            check_text(params["data"])
        for name in ("keep_backups", "max_backup_age"):
            if params.get(name) is not None and params[name] < 0:
                raise BadInput(f"{name} must be 0 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The file with the names of its backups."""
        place = CONFIGURATION.within(params)
        live = FILES[params["subsystem"]][0]
        rows = [normalize(CONFIGURATION, {**raw, **dict(place.place)}, warn) for raw in client.rows(place, {}).rows]
        found = [row for row in rows if row["name"] == live]
        if not found:
            raise NotFound(f"Jade doesn't show {live}", system=client.connection.title, hint="Is there such a file at all?")
        backups = sorted((row for row in rows if row["backup_time"]), key=lambda row: str(row["backup_time"]))
        own = {name: found[0][name] for name in ("subsystem", "name", "data")}
        return Reading({**own, "backups": [row["name"] for row in backups if row["name"].startswith(live + ".")]})

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """Text, and backups that have to go."""
        before = t.cast(Object, current)
        after, changes = dict(before), []
        if params.get("data") is not None:
            text = self._with_includes(params, before["data"] or "")
            if text.rstrip() != (before["data"] or "").rstrip():
                after["data"] = text
                changes.append("data")
        after["backups"] = self._kept(params, before["backups"], new=len(changes))
        if after["backups"] != before["backups"]:
            changes.append("backups")
        return FilePlan(FILE.fields, UPDATE if changes else KEEP, before, after, tuple(changes))

    @staticmethod
    def _with_includes(params: Params, current: str) -> str:
        """Raises BadInput where they lack and must not be added."""
        text = str(params["data"])
        if not text.endswith("\n"):
            text += "\n"  # Jade puts its own lines behind it as they are
        there = set(JADES_INCLUDE.findall(text))
        lost = [name for name in dict.fromkeys(JADES_INCLUDE.findall(current)) if name not in there]
        if lost and params["includes"] == "refuse":
            raise BadInput(
                f"data lacks the #include of {', '.join(lost)}, so that Asterisk would lose all that Jade keeps there",
                hint="Add it to data, or set includes: keep",
            )
        if lost and JADES_INCLUDE.sub("", current).rstrip() == JADES_INCLUDE.sub("", text).rstrip():
            return current  # whatever stands between the text and what Jade has put behind it
        return text + "".join(f'#include "{name}"\n' for name in lost)

    @staticmethod
    def _kept(params: Params, backups: list[str], new: int) -> list[str]:
        """The backups that may stay, oldest first. ``new``: how many the change itself will add."""
        if params.get("max_backup_age") is not None:
            oldest = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=params["max_backup_age"])
            backups = [name for name in backups if (_backup_time(name) or "") >= oldest.strftime("%Y-%m-%dT%H:%M:%S")]
        if params.get("keep_backups") is not None:
            number = max(0, params["keep_backups"] - new)
            backups = backups[len(backups) - number :] if number < len(backups) else backups
        return backups

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The text first: its backup is made even if the write fails."""
        after = todo.target
        path = FILE.within(params).detail_path
        if "data" in todo.changes:
            client.write("PUT", detail(path, after["name"]), {"data": after["data"]})
        now = (self.find(client, params, silent).shown or {})["backups"]
        kept = self._kept(params, now, new=0)
        for name in now:
            if name not in kept:
                client.write("DELETE", detail(path, name))

    # In force

    def must_reload(self, todo: Plan) -> bool:
        """Not for backups alone."""
        return "data" in todo.changes or bool(todo.runtime_difference)

    def module_to_reload(self, params: Params) -> str:
        """That of the file's subsystem."""
        return FILES[params["subsystem"]][1]
