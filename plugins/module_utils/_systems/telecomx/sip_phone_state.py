# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP phones of TelecomX are created, changed, grabbed, released, told to reload, and deleted. Facts: facts/vendors.md 3.4.

The page for changes prints the address and method of creation. Which call it really is can't be known, so a person has to say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, KEEP, UPDATE, Plan, Reading
from ..._engine.state import ABSENT, PRESENT, State, require
from ..._http.errors import (
    UNCLEAR,
    AmbiguousWrite,
    BadInput,
    Conflict,
    NotApplied,
    NotFound,
    PbxError,
    Unsupported,
    series,
)
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Warn, segment, silent
from .sip_phone import SIP_PHONE
from .sip_phone_record import (
    OPTIONS,
    PHONE_SETTINGS,
    body_of,
    check_settings,
    foretold,
    option_named,
    shaped,
)
from .sip_phone_settings import merged, named, plain, typed
from .values import as_address

GRABBED, RELEASED, RELOADED = "grabbed", "released", "reloaded"
PHONE = "/pbx/sipphone/{id}"
HOTDESK, RELOAD = PHONE + "/hotdesk", PHONE + "/configreload"
CLUSTERS = (1, 2)
UPDATES = {"post": "POST", "put": "PUT"}
WRONG_STATE = {
    ABSENT: "the phone is in use, or in a state in which it can't be deleted",
    GRABBED: "it is no hotdesk phone, or not free",
    RELEASED: "it is no hotdesk phone, or not in use",
}
FINDING = ("id", "mac_address", "handset_address", "customer")


class SipPhoneState(State):
    """A phone, by its ID, or by its MAC address and handset address."""

    module = "telecomx_sip_phone"
    noun = "sip_phone"
    title = "Manage SIP phones of TelecomX"
    description = (
        "Creates and deletes SIP phones, changes their settings, gives hotdesk phones to extensions, and makes phones load their"
        " configuration again.",
        "TelecomX's page for the call that changes a phone contradicts itself. A change is therefore only made with O(update_by),"
        " which says how it is to be sent, and fails if the phone doesn't show it afterwards.",
    )
    resource = PHONE_SETTINGS
    states = (PRESENT, ABSENT, GRABBED, RELEASED, RELOADED)
    calls = (
        ("POST", SIP_PHONE.list_path),
        ("POST", PHONE),
        ("PUT", PHONE),
        ("DELETE", PHONE),
        ("POST", HOTDESK),
        ("DELETE", HOTDESK),
        ("GET", RELOAD),
    )
    idempotent = "partial"
    idempotent_details = "V(state=reloaded) makes the phone load its configuration each time. All else is idempotent."
    notes = (
        "Needs the access level MANAGER; to grab and release phones for one's own extension VIEWER is enough.",
        "SIP user name and password are made by the server and can't be set. This module doesn't return them;"
        " M(telephony.pbx.telecomx_sip_phone_info) does with O(telephony.pbx.telecomx_sip_phone_info#module:include_secrets).",
        "A call that gets no clear answer is settled by reading the phone, except for V(state=reloaded), of which nothing shows.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """How to find it, what to set, how to send it."""
        return (
            *OPTIONS,
            self.state_option,
            Field(
                "update_by",
                (
                    "How to send a change of a phone that exists. V(put) and V(post) use that method on C(/pbx/sipphone/ID).",
                    "V(refuse) fails instead. Nothing else needs this option.",
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
            "V(grabbed) gives a hotdesk phone that is free to O(extension), V(released) takes it back.",
            "V(reloaded) makes a phone that exists load its configuration again.",
        )

    def label(self, params: Params) -> str:
        """Address or ID."""
        handset = f" handset {params['handset_address']}" if params.get("handset_address") and params.get("mac_address") else ""
        return f"SIP phone {params.get('mac_address') or params.get('id')}{handset}"

    def check_input(self, params: Params) -> None:
        """Something has to find it, and what the server decides can't be set."""
        if not params.get("id") and not params.get("mac_address"):
            raise BadInput("give id or mac_address, to tell which SIP phone is meant")
        mac = params.get("mac_address")
        if mac and not re.fullmatch("[0-9A-F]{12}", as_address(mac)):
            raise BadInput(f"mac_address is {mac!r}, but must have 12 hexadecimal digits")
        if params.get("pbx_cluster") is not None and params["pbx_cluster"] not in CLUSTERS:
            raise BadInput(f"pbx_cluster is {params['pbx_cluster']}, but must be 1 or 2")
        check_settings(params.get("settings") or {})
        self._check_state(params)

    @staticmethod
    def _check_state(params: Params) -> None:
        """Settings would be ignored in silence."""
        if params["state"] in (PRESENT, ABSENT):
            return
        allowed = (*FINDING, "extension") if params["state"] == GRABBED else FINDING
        idle = [field.name for field in PHONE_SETTINGS.fields if field.name not in allowed and params.get(field.name) is not None]
        if idle:
            raise BadInput(f"{series(idle)} can't be given with state: {params['state']}, which sets nothing")
        if params["state"] == GRABBED and not params.get("extension"):
            raise BadInput("extension is missing, but needed with state: grabbed")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The whole phone by its ID; the ID by the address."""
        raw = self._raw(client, params)
        if raw is None:
            return Reading()
        found = normalize(PHONE_SETTINGS, {**raw, "settings": shaped(raw)}, warn)
        found["settings"] = plain(named(found["settings"], typed(params.get("settings") or {})))
        return Reading(found, raw)

    def _raw(self, client: Client, params: Params) -> Object | None:
        key = params.get("id") or self._id_of(client, params)
        return client.row(SIP_PHONE, key) if key else None

    def _id_of(self, client: Client, params: Params) -> str | None:
        wanted: Object = {"mac_address": as_address(params["mac_address"])}
        if params.get("handset_address"):
            wanted["handset_address"] = as_address(params["handset_address"])
        query = {"filter": wanted["mac_address"]}
        if params.get("customer"):
            query["customer"] = params["customer"]
        found = self.only(client, silent, query=query, **wanted).shown
        return found["id"] if found else None

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A change that can't be sent for certain is refused before anything is."""
        chosen = bool(params.get("id")) and params["state"] == PRESENT  # an ID can't be chosen for a new phone
        if params["state"] in (GRABBED, RELEASED, RELOADED) or (chosen and current is None):
            return self._plan_existing(client, params, current)
        wanted = params.get("customer")
        if current is not None and wanted and params["state"] == PRESENT and wanted != current["customer"]:
            raise BadInput(
                f"the {self.label(params)} belongs to the customer {current['customer']}, which can't be changed to {wanted}",
                system=client.connection.title,
            )
        todo = super().plan(client, params, current)
        if todo.action == CREATE:
            require(params, "model", when=f"to create the {self.label(params)}")
        if todo.action == UPDATE and params["update_by"] == "refuse":
            raise BadInput(
                f"the {self.label(params)} differs in {', '.join(todo.changes)}, and update_by isn't given",
                system=client.connection.title,
                hint="TelecomX's document leaves open how a change is sent: ask them, and set update_by to put or post",
            )
        return replace(todo, after=todo.after and foretold(todo.after, new=todo.action == CREATE))

    def _plan_existing(self, client: Client, params: Params, current: Object | None) -> Plan:
        """What needs a phone that exists."""
        if current is None:
            raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
        if params["state"] == RELOADED:
            return Plan(PHONE_SETTINGS.fields, UPDATE, current, current, runtime_difference="not reloaded")
        extension = params["extension"] if params["state"] == GRABBED else None
        if extension == current["extension"]:
            return Plan(PHONE_SETTINGS.fields, KEEP, current, current)
        if extension and current["extension"]:
            raise Conflict(
                f"the {self.label(params)} belongs to the extension {current['extension']}, and can't be grabbed for {extension}",
                system=client.connection.title,
                hint="Release it first: state: released",
            )
        return Plan(PHONE_SETTINGS.fields, UPDATE, current, {**current, "extension": extension}, ("extension",))

    def desired(self, params: Params, current: Object | None) -> Object:
        """Settings are partial at each level, and a phone stays with its customer."""
        wanted = super().desired(params, current)
        wanted["id"] = None
        for name in ("mac_address", "handset_address"):
            wanted[name] = as_address(wanted[name]) if wanted.get(name) else wanted.get(name)
        given = typed(params.get("settings") or {})
        wanted["settings"] = {name: plain({name: value}).get(name) for name, value in given.items()}
        if current is not None:
            wanted["customer"] = None
        return wanted

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """What is given, and no more."""
        body = body_of(todo.target, todo.changes)
        settings = typed(params.get("settings") or {})
        client.write("POST", SIP_PHONE.list_path, {**{k: v for k, v in body.items() if v is not None}, **settings})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Only what changes; or the reload, which is a GET that does something."""
        before = todo.existing
        key = segment(before["id"])
        if params["state"] == GRABBED:
            client.write("POST", HOTDESK.format(id=key), {"extensionId": params["extension"]})
        elif params["state"] == RELEASED:
            client.write("DELETE", HOTDESK.format(id=key))
        elif params["state"] == RELOADED:
            self._reload(client, RELOAD.format(id=key))
        else:
            body = {**body_of(todo.target, todo.changes), **self._changed_settings(params, todo)}
            client.write(UPDATES[params["update_by"]], PHONE.format(id=key), body)

    @staticmethod
    def _reload(client: Client, path: str) -> None:
        """Nothing shows whether the phone has been told, so a call that failed can't be settled by reading."""
        try:
            client.write("GET", path)
        except UNCLEAR as error:
            if not error.sent:
                raise
            raise AmbiguousWrite(
                f"{error}; and it can't be read whether the phone was told to load its configuration",
                hint="Run the task again: a second time does no harm",
            ) from None

    @staticmethod
    def _changed_settings(params: Params, todo: Plan) -> Object:
        """Whole objects, since it isn't documented whether the server would keep what isn't named within one."""
        if "settings" not in todo.changes:
            return {}
        before = todo.existing
        raw = shaped(todo.reading.raw)
        old, new = before["settings"] or {}, todo.target["settings"] or {}
        given = typed(params["settings"])
        return {name: merged(raw.get(name), value) for name, value in given.items() if old.get(name) != new.get(name)}

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By ID."""
        client.write("DELETE", PHONE.format(id=segment(todo.existing["id"])))

    def write(self, client: Client, params: Params, todo: Plan) -> None:
        """TelecomX names what is wrong by its name in the API document; people know the option."""
        try:
            super().write(client, params, todo)
        except PbxError as error:
            option = option_named(error.text)
            if option and error.status in (400, 404, 409, 422):
                raise error.but(message=f"{error.message}: {option}") from None
            if error.status == 409 and error.text == "id":
                raise error.but(message=WRONG_STATE.get(params["state"], error.message)) from None
            if todo.action == UPDATE and params["state"] == PRESENT and isinstance(error, (Unsupported, NotFound)):
                # The phone was there a moment ago, so it is the call that isn't.
                (other,) = set(UPDATES) - {params["update_by"]}
                hint = f"This TelecomX seems not to take changes by update_by: {params['update_by']}; try {other}"
                raise error.but(hint=hint) from None
            raise

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """A change that the server took and didn't make."""
        if isinstance(error, NotApplied) and todo.action == UPDATE:
            return "If the model has these settings at all, TelecomX may take changes by the other method: see update_by"
        return ""
