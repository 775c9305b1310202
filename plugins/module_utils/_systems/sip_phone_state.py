# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP phones of TelecomX are created, changed, told to reload, and deleted. Facts: facts/vendors.md 3.4.

The page for changes prints the address and method of creation. Which call it really is can't be known, so a person has to say.
"""

from __future__ import annotations

import typing as t
from urllib.parse import quote

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, NotFound
from ansible_collections.telephony.pbx.plugins.module_utils._core.httpclient import Call
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, UPDATE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import ABSENT, PRESENT, Params, State, require
from ansible_collections.telephony.pbx.plugins.module_utils._systems.sip_phone import SIP_PHONE, as_mac

RELOADED = "reloaded"
PHONE = "/pbx/sipphone/{id}"
READ_ONLY = ("_id", "username", "password", "handsetIndex", "status", "online", "employee")
# Option, name on the wire, what it is
PLAIN = (
    ("model", "sipPhoneModel._id", "ID of the model."),
    ("extension", "extension._id", "ID of the extension that the phone belongs to."),
    ("customer", "customer", "ID of the customer that it belongs to."),
    ("serial", "serial", "Serial number; Grandstream devices need it."),
    ("notes", "notes", "Notes."),
)
UPDATES = {"post": "POST", "put": "PUT"}

PHONE_SETTINGS = Resource(
    system="telecomx",
    noun="sip_phone",
    plural="sip_phones",
    title="SIP phone",
    description=(),
    list_path=SIP_PHONE.list_path,
    detail_path=SIP_PHONE.detail_path,
    key="id",
    reshape=SIP_PHONE.reshape,
    fields=(
        Field("id", "ID of the phone.", api="_id", assigned=True, sample="0123456789abcdef01234567"),
        Field("mac_address", "MAC address of the phone.", api="macAddress", convert=as_mac, write=True, sample="4EE8A34B56F3"),
        Field("handset_address", "Address of the handset of a base.", api="handsetAddress", write=True),
        *(Field(name, text, api=api, write=True) for name, api, text in PLAIN),
        Field("pbx_cluster", "Cluster that it is on: 1 production, 2 development.", type="int", api="pbxCluster", write=True),
        Field("custom_config", "Text that is put into its configuration.", api="customConfig", secret=True, write=True),
        Field("settings", "The settings that the task names.", type="dict", api="settings", write=True, sample={}),
    ),
)


class SipPhoneState(State):
    """A phone, by its ID, or by its MAC address and handset address."""

    module = "telecomx_sip_phone"
    noun = "sip_phone"
    title = "Manage SIP phones of TelecomX"
    description = (
        "Creates and deletes SIP phones, changes their settings, and makes them load their configuration again.",
        "TelecomX's page for the call that changes a phone contradicts itself. A change is therefore only made with O(update_by),"
        " which says how it is to be sent, and fails if the phone doesn't show it afterwards.",
    )
    resource = PHONE_SETTINGS
    states = (PRESENT, ABSENT, RELOADED)
    calls = (("POST", SIP_PHONE.list_path), ("POST", PHONE), ("PUT", PHONE), ("DELETE", PHONE), ("GET", PHONE + "/configreload"))
    idempotent = "partial"
    idempotent_details = "V(state=reloaded) makes the phone load its configuration each time. All else is idempotent."
    notes = (
        "Needs the access level MANAGER.",
        "SIP user name and password are made by the server and can't be set. They are never returned by this module.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """How to find it, what to set, how to send it."""
        return (
            Field("id", "ID of a phone that exists. Either this or O(mac_address) has to be given."),
            Field("mac_address", "MAC address of the phone, in any of the usual forms."),
            Field("handset_address", "Address of the handset, for phones with several."),
            *(PHONE_SETTINGS.field(name) for name, dummy, unused in PLAIN),
            PHONE_SETTINGS.field("pbx_cluster"),
            Field("product", "ID of the product, for a new phone."),
            PHONE_SETTINGS.field("custom_config"),
            Field(
                "settings",
                (
                    "Any other settings, by their names in the API document (C(ringer), C(volume), C(softkeys), C(codec),"
                    " C(network), C(callWaiting)...).",
                    "Within an object those that aren't named stay; a list is the whole truth.",
                ),
                type="dict",
            ),
            self.state_option,
            Field(
                "update_by",
                (
                    "How to send a change of a phone that exists. V(put) and V(post) use that method on C(/pbx/sipphone/ID).",
                    "V(refuse) fails instead.",
                ),
                choices=("refuse", *UPDATES),
                default="refuse",
            ),
        )

    def state_help(self) -> tuple[str, ...]:
        """What each state means."""
        return (
            "V(present) makes the phone exist with the settings that are given; others stay as they are.",
            "V(absent) deletes it.",
            "V(reloaded) makes a phone that exists load its configuration again.",
        )

    def label(self, params: Params) -> str:
        """Address or ID."""
        return f"SIP phone {params.get('mac_address') or params.get('id')}"

    def check_input(self, params: Params) -> None:
        """Something has to find it, and what the server decides can't be set."""
        if not params.get("id") and not params.get("mac_address"):
            raise BadInput("give id or mac_address, to tell which SIP phone is meant")
        if params.get("mac_address") and len(as_mac(params["mac_address"])) != 12:
            raise BadInput(f"mac_address is {params['mac_address']!r}, but must have 12 hexadecimal digits")
        for name in params.get("settings") or {}:
            if name in READ_ONLY:
                raise BadInput(f"settings holds {name}, which can't be set")
            if name in {field.path[0] for field in PHONE_SETTINGS.fields}:
                raise BadInput(f"settings holds {name}, which is an option of its own")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """The whole phone by its ID; the ID by the address."""
        key = params.get("id") or self._id_of(client, params)
        raw = client.row(SIP_PHONE, key) if key else None
        if raw is None:
            return None
        named = {name: _part(raw.get(name), wanted) for name, wanted in (params.get("settings") or {}).items()}
        return normalize(PHONE_SETTINGS, {**raw, "settings": named}, warn)

    def _id_of(self, client: Client, params: Params) -> str | None:
        wanted: Object = {"mac_address": as_mac(params["mac_address"])}
        if params.get("handset_address"):
            wanted["handset_address"] = params["handset_address"]
        found = self.only(client, lambda text: None, query={"filter": wanted["mac_address"]}, **wanted)
        return t.cast("str | None", found and found["id"])

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A change that can't be sent for certain is refused before anything is."""
        if params["state"] == RELOADED:
            if current is None:
                raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
            return Plan(PHONE_SETTINGS.fields, UPDATE, current, current, gap="not reloaded")
        todo = super().plan(client, params, current)
        if todo.action == CREATE:
            if params.get("id"):
                raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
            require(params, "model", when=f"to create the {self.label(params)}")
        if todo.action == UPDATE and params["update_by"] == "refuse":
            raise BadInput(
                f"the {self.label(params)} differs in {', '.join(todo.changes)}, and update_by isn't given",
                system=client.connection.title,
                hint="TelecomX's document leaves open how a change is sent: ask them, and set update_by to put or post",
            )
        return todo

    def desired(self, params: Params, current: Object | None) -> Object:
        """Settings are partial at each level."""
        wanted = super().desired(params, current)
        wanted["id"] = None
        if wanted.get("mac_address"):
            wanted["mac_address"] = as_mac(wanted["mac_address"])
        if current is not None and wanted.get("settings"):
            held = current["settings"] or {}
            wanted["settings"] = {name: _merged(held.get(name), value) for name, value in wanted["settings"].items()}
        return wanted

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """What is given, and no more."""
        body = _body(t.cast(Object, todo.after), todo.changes)
        if params.get("product"):
            body["product"] = params["product"]
        client.call(Call("POST", SIP_PHONE.list_path, json=body))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Only what changes; or the reload, which is a GET that does something."""
        path = PHONE.format(id=quote(t.cast(Object, todo.before)["id"], safe=""))
        if params["state"] == RELOADED:
            client.call(Call("GET", path + "/configreload"))
        else:
            client.call(Call(UPDATES[params["update_by"]], path, json=_body(t.cast(Object, todo.after), todo.changes)))

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By ID."""
        client.call(Call("DELETE", PHONE.format(id=quote(t.cast(Object, todo.before)["id"], safe=""))))


def _body(after: Object, names: t.Iterable[str]) -> Object:
    """The fields on the wire: models and extensions are sent as their IDs."""
    by_name = {field.name: field.path[0] for field in PHONE_SETTINGS.fields}
    body = {by_name[name]: after[name] for name in names if name != "settings"}
    return {**body, **(after["settings"] or {})} if "settings" in names else body


def _part(held: t.Any, wanted: t.Any) -> t.Any:
    """As much of a setting as the task names."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        return {name: _part(held.get(name), value) for name, value in wanted.items()}
    return held


def _merged(held: t.Any, wanted: t.Any) -> t.Any:
    if isinstance(held, dict) and isinstance(wanted, dict):
        return {**held, **{name: _merged(held.get(name), value) for name, value in wanted.items()}}
    return wanted
