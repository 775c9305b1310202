# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onsite proxies are created, renamed, switched and deleted. Facts: facts/vendors.md 1.4."""

from __future__ import annotations

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, UPDATE, Plan, Reading
from ..._engine.state import State
from ..._http.errors import BadInput, Conflict, NotFound
from ..._model.resource import Field, Object, Warn, segment
from .onsite_proxy import ONSITE_PROXY

PLATFORM = "linux"  # the only one that can be given
LONGEST_NAME = 128


class OnsiteProxyState(State):
    """An onsite proxy, by its name, which the PBX shows and people choose, or by its ID or UUID."""

    module = "yeastar_onsite_proxy"
    noun = "onsite_proxy"
    title = "Manage onsite proxies of a Yeastar P-Series PBX"
    description = (
        "Creates, renames and deletes onsite proxies, and switches their audio RTP passthrough.",
        "The PBX is said to switch the passthrough off in every change that doesn't name it. So the module always sends it, as it"
        " is or as it should be.",
        "Needs firmware 84.23 (Cloud Edition) or 83.23 (Software Edition) or later.",
    )
    resource = ONSITE_PROXY
    calls = (
        ("POST", "/onsiteproxy/create"),
        ("POST", "/onsiteproxy/update"),
        ("GET", "/onsiteproxy/delete?id={id}"),
    )
    notes = (
        "A new proxy still has to be installed at its site, with the command that the PBX's web interface shows.",
        "The PBX deletes by a GET request. The collection treats it as any other change: not in check mode, and never twice.",
        "The API can neither restart nor upgrade a proxy.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """With the ID for proxies that are to be renamed."""
        return (
            Field(
                "name",
                (
                    "Name of the proxy, up to 128 characters.",
                    "It finds the proxy. With O(id) or O(uuid) it is the name that the proxy is to have instead.",
                    "One of this, O(id) and O(uuid) has to be given.",
                ),
            ),
            Field("id", "ID of a proxy that exists, to rename it or to tell it from another one of that name.", type="int"),
            Field("uuid", "UUID of a proxy that exists, in place of O(id)."),
            Field(
                "audio_rtp_passthrough",
                (
                    "Whether audio between phones behind this proxy goes from phone to phone, past the proxy and the PBX.",
                    "If not given, it stays as it is, and is off for a new proxy.",
                    "Where it is on, the PBX sets the DTMF mode of these extensions to Info, and feature codes need a C(#) behind"
                    " them. Calls that are recorded or monitored go through the PBX all the same.",
                ),
                type="bool",
            ),
            self.state_option,
        )

    def label(self, params: Params) -> str:
        """By what it is found."""
        found_by = "id" if params.get("id") is not None else "uuid" if params.get("uuid") else "name"
        return f"onsite proxy {params.get(found_by)}"

    def check_input(self, params: Params) -> None:
        """A name that the PBX would refuse."""
        if params.get("id") is not None and params.get("uuid"):
            raise BadInput("only one of id and uuid can be given")
        if params.get("id") is None and not params.get("uuid") and params.get("name") is None:
            raise BadInput("give name, id or uuid, to tell which onsite proxy is meant")
        if params.get("name") is not None and not 0 < len(params["name"]) <= LONGEST_NAME:
            raise BadInput(f"name must have 1 to {LONGEST_NAME} characters")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """By ID or UUID where one is given, otherwise by name."""
        if params.get("id") is None:
            # Searching would be shorter, but what the PBX takes for a match isn't documented.
            found_by = "uuid" if params.get("uuid") else "name"
            return self.only(client, warn, **{found_by: params[found_by]})
        raw = client.row(ONSITE_PROXY, params["id"])
        return self.read(raw, warn)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An ID can't be chosen, and two proxies of one name can't be told apart."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE and (params.get("id") is not None or params.get("uuid")):
            raise NotFound(f"there is no {self.label(params)}", system=client.connection.title)
        if todo.action == UPDATE and "name" in todo.changes:
            self._check_rename(client, params, todo.existing)
        return todo

    def _check_rename(self, client: Client, params: Params, current: Object) -> None:
        rows = client.rows(ONSITE_PROXY, {}).rows
        others = [row["id"] for row in rows if row.get("name") == params["name"] and row["id"] != current["id"]]
        if others:
            raise Conflict(
                f"the onsite proxy {current['name']} can't be renamed: another one, with the ID {others[0]}, is called"
                f" {params['name']}",
                system=client.connection.title,
                hint="Choose another name, or rename that one first",
            )

    def desired(self, params: Params, current: Object | None) -> Object:
        """ID and UUID only find."""
        passthrough = params.get("audio_rtp_passthrough")
        if current is None:
            return {"name": params["name"], "audio_rtp_passthrough": bool(passthrough), "platform": PLATFORM}
        return {"name": params.get("name"), "audio_rtp_passthrough": passthrough}

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Linux is all there is."""
        after = todo.target
        body = {"name": after["name"], "platform": PLATFORM, **self._passthrough(after)}
        client.write("POST", "/onsiteproxy/create", body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The passthrough in any case. The name stays where it isn't sent, and might clash with that of another proxy."""
        after = todo.target
        body = {"id": after["id"], **self._passthrough(after), **({"name": after["name"]} if "name" in todo.changes else {})}
        client.write("POST", "/onsiteproxy/update", body)

    @staticmethod
    def _passthrough(proxy: Object) -> Object:
        return {"audio_rtp_passthrough": int(bool(proxy["audio_rtp_passthrough"]))}

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By ID."""
        key = todo.existing["id"]
        client.write("GET", "/onsiteproxy/delete", query=(("id", segment(key)),))  # not repeatable, though it is a GET
