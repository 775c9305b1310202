# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud PBXs are created, changed, resized, started, stopped and deleted. Facts: facts/vendors.md 2.4 and 2.6.

Only what is documented of the calls is sent. A change replaces all it names, so that the PBX is read first and sent back.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, Conflict, NotFound
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, KEEP, UPDATE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import ABSENT, PRESENT, Params, State, require
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import CLOUD_PBX, YcmClient

STARTED, STOPPED = "started", "stopped"
INSTANCES = "/v1/cloud_pbx/instances"
INSTANCE = INSTANCES + "/{id}"
SHOWS = {STARTED: "Running", STOPPED: "Stopped"}
VERBS = {STARTED: "start", STOPPED: "stop"}
BUSY = ("Upgrading", "Restoring", "Provisioning")
# What each call takes, field by field: as it is named here and on the wire.
SWITCHES = {
    "upgrade_in_pbx": "upgradeInPbx",
    "im": "im",
    "passwordless_login": "passwordlessLogin",
    "allow_superior_passwordless_login": "allowSuperiorPasswordlessLogin",
}
TEMPLATE = {"provisioning_via_template": "provisioningViaTemplate"}
CAPACITY = {
    "extension_capacity": "extensionCapacity",
    "concurrent_call_capacity": "concurrentCallCapacity",
    "recording_enabled": "recordingStatus",
    "recording_capacity": "recordingCapacity",
}
ONLY_NEW = {
    "region_id": "regionId",
    "sub_domain": "subDomain",
    "domain_id": "domainId",
    "version_id": "versionId",
    "customer_ids": "customerIds",
}
FOR_CREATION = ("name", "plan", "type", *CAPACITY, *ONLY_NEW, "upgrade_in_pbx", "im", "passwordless_login")


def _on_wire(value: t.Any) -> t.Any:
    """Switches are words."""
    return {True: "Enabled", False: "Disabled"}[value] if isinstance(value, bool) else value


def _new(name: str, description: str, **more: t.Any) -> Field:
    return Field(name, f"{description} Needed for a new Cloud PBX, and only then used.", **more)


@dataclass(frozen=True)
class CloudPbxPlan(Plan):
    """``no_wait``: a PBX that is on its way counts as there."""

    no_wait: bool = False

    def missing_from(self, shown: Object | None) -> list[str]:
        """As in all plans, but for the status where nobody waits for it."""
        missing = super().missing_from(shown)
        return [name for name in missing if not (self.no_wait and name == "status")]


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
        "Buying, switching plans, upgrading firmware and backups aren't documented for this API, and so have no option.",
        "The capacity for recordings can't be lowered.",
        "A PBX that is being upgraded, restored or provisioned can't be started or stopped; the task then fails unchanged.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """What finds it, what can be changed, what only a new one takes."""
        known = (CLOUD_PBX.field(name) for name in (*SWITCHES, *TEMPLATE, *CAPACITY))
        changeable = tuple(Field(field.name, field.description, field.type) for field in known)
        return (
            Field("id", "ID of the Cloud PBX. One of this, O(sn) and O(name) has to be given.", type="int"),
            Field("sn", "Serial number of the Cloud PBX."),
            Field("name", "Name of the Cloud PBX. With O(id) or O(sn) it is the name that the PBX is to have."),
            self.state_option,
            *changeable,
            _new("plan", "V(Enterprise Plan) or V(Ultimate Plan).", choices=("Enterprise Plan", "Ultimate Plan")),
            _new("type", "V(Trial) or V(Commercial).", choices=("Trial", "Commercial")),
            _new("region_id", "ID of the region.", type="int"),
            _new("domain_id", "ID of the domain.", type="int"),
            _new("sub_domain", "First part of its host name."),
            _new("version_id", "ID of the firmware.", type="int"),
            _new("customer_ids", "IDs of the customers.", type="list", elements="int"),
            Field("wait", "Whether to wait until it has started or stopped.", type="bool", default=True),
            Field("wait_timeout", "Seconds to wait for it.", type="int", default=600),
        )

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
        """Something has to find it."""
        if params.get("id") is None and not params.get("sn") and not params.get("name"):
            raise BadInput("give id, sn or name, to tell which Cloud PBX is meant")
        for name in ("extension_capacity", "concurrent_call_capacity", "recording_capacity"):
            if params.get(name) is not None and params[name] < 0:
                raise BadInput(f"{name} must be 0 or more")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """By ID, or by serial number, or by name."""
        if params.get("id") is not None:
            raw = client.row(CLOUD_PBX, params["id"])
            return None if raw is None else normalize(CLOUD_PBX, raw, warn)
        name = "sn" if params.get("sn") else "name"
        wanted = {name: params[name]}
        # In which fields the server searches isn't documented: what it doesn't find may be there all the same.
        return self.only(client, warn, query={"search": params[name]}, **wanted) or self.only(client, warn, **wanted)

    def desired(self, params: Params, current: Object | None) -> Object:
        """What can be asked for of one that exists, or of a new one."""
        names = ("name", *SWITCHES, *TEMPLATE, *CAPACITY, *(("plan", "type") if current is None else ()))
        wanted = {name: params.get(name) for name in names}
        if params["state"] in SHOWS and current is not None:
            wanted["status"] = SHOWS[params["state"]]
        return wanted

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """What YCM would refuse, or do by half, is refused before the first change."""
        todo = super().plan(client, params, current)
        if current is None and todo.action == CREATE:
            self._check_new(client, params)
        if current is not None and todo.action == UPDATE:
            if "status" in todo.changes:
                todo = self._check_switch(client, params, todo)
            self._check_capacity(client, current, todo)
        more = {name: getattr(todo, name) for name in ("fields", "action", "before", "after", "changes")}
        return CloudPbxPlan(**more, no_wait=not params["wait"])

    def _check_new(self, client: Client, params: Params) -> None:
        if params["state"] != PRESENT or params.get("id") is not None or params.get("sn"):
            raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
        require(params, *FOR_CREATION, when=f"to create the Cloud PBX {params['name']}")

    @staticmethod
    def _check_switch(client: Client, params: Params, todo: Plan) -> Plan:
        before, after = t.cast(Object, todo.before), t.cast(Object, todo.after)
        if before["status"] in BUSY:
            raise Conflict(
                f"the Cloud PBX {before['name']} is {str(before['status']).lower()}, and can't be {params['state']} now",
                system=client.connection.title,
                hint="Try again when it is done",
            )
        if before["status"] == "Starting" and params["state"] == STARTED:
            changes = tuple(name for name in todo.changes if name != "status")
            kept = {**after, "status": before["status"]}
            return Plan(todo.fields, UPDATE if changes else KEEP, before, kept, changes)
        return todo

    @staticmethod
    def _check_capacity(client: Client, current: Object, todo: Plan) -> None:
        after = t.cast(Object, todo.after)
        if "recording_capacity" in todo.changes and (after["recording_capacity"] or 0) < (current["recording_capacity"] or 0):
            raise BadInput(
                f"recording_capacity is {after['recording_capacity']}, but the Cloud PBX {current['name']} has"
                f" {current['recording_capacity']} minutes, which can't be lowered",
                system=client.connection.title,
            )

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Everything at once."""
        known = {"name": "name", "plan": "plan", "type": "type", **SWITCHES, **TEMPLATE, **CAPACITY, **ONLY_NEW}
        body = {api: _on_wire(params[name]) for name, api in known.items() if params.get(name) is not None}
        t.cast(YcmClient, client).write("POST", INSTANCES, body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Settings, then capacity, then the switch: what was done by then is what a failure leaves."""
        after, changes = t.cast(Object, todo.after), set(todo.changes)
        path = INSTANCE.format(id=after["id"])
        ycm = t.cast(YcmClient, client)
        if changes & {"name", *SWITCHES, *TEMPLATE}:
            # A switch that the server leaves out is off (facts/vendors.md 2.6); the call wants all four.
            body = {"name": after["name"], **{api: _on_wire(bool(after[name])) for name, api in SWITCHES.items()}}
            body.update({api: _on_wire(after[name]) for name, api in TEMPLATE.items() if after[name] is not None})
            ycm.write("PUT", path, body)
        if changes & set(CAPACITY):
            ycm.write("PUT", path + "/capacity", {api: _on_wire(after[name]) for name, api in CAPACITY.items()})
        if "status" in changes:
            ycm.write("PUT", f"{path}/{VERBS[params['state']]}")

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """The call takes a list; it gets exactly one."""
        t.cast(YcmClient, client).write("DELETE", INSTANCES, {"cloudPbxIds": [t.cast(Object, todo.before)["id"]]})
