# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud PBXs are created, changed, resized, started, stopped and deleted. Facts: facts/vendors.md 2.4 and 2.6.

Only what is documented of the calls is sent. A change replaces all it names, so that the PBX is read first and sent back.
"""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.journal import ALL
from ..._engine.module import Params
from ..._engine.plan import CREATE, UPDATE, Plan, Reading
from ..._engine.polling import patiently, poll
from ..._engine.state import ABSENT, PRESENT, State, require
from ..._http.errors import (
    UNCLEAR,
    AmbiguousWrite,
    BadInput,
    Conflict,
    ConnectionFailed,
    NotApplied,
    NotFound,
    series,
)
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Warn, segment, silent
from .cloud_pbx import CLOUD_PBX
from .cloud_pbx_options import (
    CAPACITY,
    FINDS,
    FOR_CREATION,
    MAY_BE_NEW,
    ONLY_NEW,
    SETTINGS,
    SWITCHES,
    TEMPLATE,
    check_options,
    on_wire,
    seconds_of,
)
from .cloud_pbx_plan import (
    PLAN_CHANGES,
    CloudPbxPlan,
    changes_plan,
    is_off,
)

STARTED, STOPPED = "started", "stopped"
INSTANCES = "/v1/cloud_pbx/instances"
INSTANCE = INSTANCES + "/{id}"
SHOWS = {STARTED: "Running", STOPPED: "Stopped"}
VERBS = {STARTED: "start", STOPPED: "stop"}
UNCHANGEABLE = ("plan", "type", "expiration_date")
STARTING = "Starting"
BUSY = ("Upgrading", "Restoring", "Provisioning")


class CloudPbxState(State):
    """A Cloud PBX, by its ID, serial number or name."""

    module = "ycm_cloud_pbx"
    noun = "cloud_pbx"
    title = "Manage Cloud PBXs of Yeastar Central Management"
    description = (
        "Starts, stops, changes, resizes, creates and deletes Cloud PBXs.",
        "The central management replaces what it is sent. The module reads the PBX first and sends it back with the change, so"
        " that settings that aren't given stay.",
    )
    resource = CLOUD_PBX
    states = (PRESENT, STARTED, STOPPED, ABSENT)
    calls = (
        ("POST", INSTANCES),
        ("PUT", INSTANCE),
        ("PUT", INSTANCE + "/capacity"),
        ("PUT", INSTANCE + "/start"),
        ("PUT", INSTANCE + "/stop"),
        ("DELETE", INSTANCES),
    )
    notes = (
        "Renewing, switching plans, upgrading firmware and backups aren't documented for this API, and so have no option.",
        "A PBX that is being provisioned, upgraded or restored can be neither started nor stopped. With O(wait) the task first"
        " waits for that to end, in check mode too, since only then it can be told what is left to do. Without it, it fails.",
        "The API doesn't tell the IDs of region, domain, firmware and customers that a PBX was created with. So these options"
        " can't be compared with a PBX that exists.",
        "Where requests are limited, the task waits for minutes until it may go on, unless O(api_retries) is 0.",
        "A new PBX has to be provisioned before it runs. To wait for that, add a task with O(state=started).",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """What finds it, what can be changed, what only a new one takes."""
        return (*FINDS, self.state_option, *SETTINGS)

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) makes the PBX exist with the settings that are given; others stay as they are.",
            "V(started) and V(stopped) do the same for a PBX that exists, and start or stop it.",
            "V(absent) deletes it with all its data.",
        )

    def label(self, params: Params) -> str:
        """By what it was asked for."""
        return f"Cloud PBX {params.get('name') or params.get('sn') or params.get('id')}"

    def waits(self, params: Params) -> float:
        """Minutes, where somebody waits for a start."""
        return float(params["wait_timeout"]) if params["wait"] and params["state"] in SHOWS else self.patience

    def check_input(self, params: Params) -> None:
        """See C(check_options)."""
        check_options(params)

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By ID, or by serial number, or by name."""
        if params.get("id") is not None:
            raw = client.row(CLOUD_PBX, params["id"])
            return self.read(raw, warn)
        name = "sn" if params.get("sn") else "name"
        wanted = {name: params[name]}
        # In which fields the server searches isn't documented: what it doesn't find may be there all the same.
        reading = self.only(client, warn, query={"search": params[name]}, **wanted)
        return reading if reading.shown else self.only(client, warn, **wanted)

    def desired(self, params: Params, current: Object | None) -> Object:
        """What can be asked for of one that exists, or of a new one."""
        wanted = {name: params.get(name) for name in ("name", *SWITCHES, *TEMPLATE, *CAPACITY)}
        if current is None:
            wanted.update({name: params.get(name) or False for name in (*SWITCHES, *TEMPLATE)})
            wanted.update({name: params.get(name) for name in UNCHANGEABLE})
        wanted.update({name: None for name in SWITCHES if params.get(name) is False and is_off(current, name)})
        starts_already = current is not None and current["status"] == STARTING and params["state"] == STARTED
        if params["state"] in SHOWS and current is not None and not starts_already:
            wanted["status"] = SHOWS[params["state"]]
        return wanted

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """What YCM would refuse, or do by half, is refused before the first change."""
        if current is not None and params["state"] in SHOWS:
            current = self._settled(client, params, current)
        todo = super().plan(client, params, current)
        if todo.action == CREATE:
            self._check_new(client, params)
        if current is not None and todo.action == UPDATE:
            self._check_capacity(client, current, todo)
        more = {name: getattr(todo, name) for name in ("fields", "action", "before", "after", "changes")}
        return CloudPbxPlan(**more, no_wait=not params["wait"], told=self._unlike(params, current))

    @staticmethod
    def _unlike(params: Params, current: Object | None) -> tuple[str, ...]:
        if current is None or params["state"] == ABSENT:
            return ()
        return tuple(
            f"the Cloud PBX {current['name']} has {name} {current[name]!r}; the API can't change that to {params[name]!r}"
            for name in UNCHANGEABLE
            if params.get(name) and current[name] not in (params[name], PLAN_CHANGES + params[name])
        )

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """What can't be changed is not passed over in silence."""
        for text in t.cast(CloudPbxPlan, todo).told:
            warn(text)

    def _settled(self, client: Client, params: Params, current: Object) -> Object:
        """The PBX when it is done with what it is at. Raises NotApplied or Conflict."""
        found, passing = current, (*BUSY, STARTING) if params["state"] == STARTED else BUSY

        def is_passing() -> str:
            nonlocal found
            found = self._again(client, found)
            return found["status"] if found["status"] in passing else ""

        if current["status"] not in passing:
            return current
        what, now = f"the Cloud PBX {current['name']}", str(current["status"]).lower()
        if params["wait"]:
            client.say(f"{what} is {now}; waiting for that to end")
            if not poll(is_passing, self.waits(params)):
                return found
            raise NotApplied(
                f"{what} is still {str(found['status']).lower()} after {params['wait_timeout']} seconds",
                system=client.connection.title,
                hint="Look at it in the central management, or give it more time by wait_timeout",
            )
        if current["status"] == STARTING:
            return current
        hint = "Try again when it is done, or let the task wait for that with wait: true"
        message = f"{what} is {now}, and can't be {params['state']} now"
        raise Conflict(message, system=client.connection.title, hint=hint)

    @staticmethod
    def _again(client: Client, known: Object) -> Object:
        raw = client.row(CLOUD_PBX, known["id"])
        if raw is None:
            raise NotFound(f"the Cloud PBX {known['name']} is gone", system=client.connection.title)
        return normalize(CLOUD_PBX, raw, silent)

    def _check_new(self, client: Client, params: Params) -> None:
        if params["state"] != PRESENT or params.get("id") is not None or params.get("sn"):
            raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
        require(params, *FOR_CREATION, when=f"to create the Cloud PBX {params['name']}")

    @staticmethod
    def _check_capacity(client: Client, current: Object, todo: Plan) -> None:
        after, changed = todo.target, set(todo.changes)
        if "recording_capacity" in changed and (after["recording_capacity"] or 0) < (current["recording_capacity"] or 0):
            raise BadInput(
                f"recording_capacity is {after['recording_capacity']}, but the Cloud PBX {current['name']} has"
                f" {current['recording_capacity']} minutes, which can't be lowered",
                system=client.connection.title,
            )
        unknown = [name for name in CAPACITY if changed & set(CAPACITY) and after[name] is None]
        if unknown:
            raise BadInput(
                f"{series(unknown)} must be given too: the server wants all capacities at once, and doesn't tell this one",
                system=client.connection.title,
            )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Everything at once."""
        known = {"name": "name", "plan": "plan", "type": "type", **CAPACITY, **ONLY_NEW, **MAY_BE_NEW}
        body = {api: on_wire(params[name]) for name, api in known.items() if params.get(name) is not None}
        after = todo.target
        body.update({api: on_wire(after[name]) for name, api in {**SWITCHES, **TEMPLATE}.items()})
        if params.get("expiration_date"):
            # The one switch that isn't a word
            allowed = params["allow_run_after_expiration_date"]
            body.update(expirationDate=seconds_of(params["expiration_date"]), allowRunAfterExpirationDate=allowed)
        client.write("POST", INSTANCES, body)
        if params["wait"]:
            self._wait_for_plan(client, params)

    def _wait_for_plan(self, client: Client, params: Params) -> None:
        """Until it is there and no longer changes its plan."""
        found: Object | None = None

        def lacking() -> str:
            nonlocal found
            found = self.find(client, params, silent).shown if found is None else self._again(client, found)
            return str(found["plan"]) if found and changes_plan(found) else ""

        plan = poll(lacking, float(params["wait_timeout"]))
        if plan:
            client.journal.settle(ALL)
            raise NotApplied(
                f"the Cloud PBX {params['name']} was created, but after {params['wait_timeout']} seconds its plan is {plan!r}",
                system=client.connection.title,
                hint="It changes by itself. Give it more time by wait_timeout, or don't wait",
            )

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Settings, then capacity, then the switch: what was done by then is what a failure leaves."""
        after, changes = todo.target, set(todo.changes)
        path = INSTANCE.format(id=segment(after["id"]))
        if changes & {"name", *SWITCHES, *TEMPLATE}:
            # The call wants all four, and a switch that the server leaves out is off.
            body = {"name": after["name"], **{api: on_wire(bool(after[name])) for name, api in SWITCHES.items()}}
            body.update({api: on_wire(after[name]) for name, api in TEMPLATE.items() if after[name] is not None})
            client.write("PUT", path, body)
        if changes & set(CAPACITY):
            client.write("PUT", path + "/capacity", {api: on_wire(after[name]) for name, api in CAPACITY.items()})
        if "status" in changes:
            self._switch(client, params, after)

    def _switch(self, client: Client, params: Params, after: Object) -> None:
        """Start or stop it. After a failure, which says nothing of its effect, a status takes its time to tell."""
        wanted = (SHOWS[params["state"]], *(() if params["wait"] or params["state"] == STOPPED else (STARTING,)))

        def elsewhere() -> str:
            status = str(patiently(lambda: self._again(client, after), self.patience)["status"])
            return "" if status in wanted else status

        try:
            client.write("PUT", f"{INSTANCE.format(id=segment(after['id']))}/{VERBS[params['state']]}")
        except UNCLEAR as error:
            if not error.sent:
                raise
            # Who got no answer has to wait as for one; an answer that tells of a failure mostly means it.
            longest = self.waits(params) if isinstance(error, ConnectionFailed) else self.patience
            status = poll(elsewhere, min(longest, self.waits(params)))
            if status and not params["wait"]:  # reading once, as is done otherwise, would take it for done
                message = f"{error}; the Cloud PBX is {status.lower()}"
                raise AmbiguousWrite(message, hint="Look at it in the central management, then run the task again") from None
            raise

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """The call takes a list; it gets exactly one."""
        client.write("DELETE", INSTANCES, {"cloudPbxIds": [todo.existing["id"]]})
