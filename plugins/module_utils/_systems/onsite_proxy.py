# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onsite proxies are created, renamed, switched and deleted. Facts: facts/vendors.md 1.4."""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, NotFound
from ansible_collections.telephony.pbx.plugins.module_utils._core.httpclient import Call
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import CREATE, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar import ONSITE_PROXY

PLATFORM = "linux"  # the only one that can be given
LONGEST_NAME = 128


class OnsiteProxyState(State):
    """An onsite proxy, by its name, which the PBX shows and people choose, or by its ID."""

    module = "yeastar_onsite_proxy"
    noun = "onsite_proxy"
    title = "Manage onsite proxies of a Yeastar P-Series PBX"
    description = (
        "Creates, renames and deletes onsite proxies, and switches their audio RTP passthrough.",
        "The PBX is said to switch the passthrough off in every change that doesn't name it. So the module always sends it, as it"
        " is or as it should be.",
    )
    resource = ONSITE_PROXY
    calls = (
        ("POST", "/onsiteproxy/create"),
        ("POST", "/onsiteproxy/update"),
        ("GET", "/onsiteproxy/delete?id={id}"),
    )
    notes = (
        "A new proxy still has to be installed at its site, with the command that the PBX's web interface shows.",
        "The PBX deletes by a GET request; the collection never repeats it on its own.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """With the ID for proxies that are to be renamed."""
        return (
            Field("name", "Name of the proxy. Either this or O(id) has to be given."),
            Field("id", "ID of a proxy that exists, to rename it or to tell it from another one of that name.", type="int"),
            Field(
                "audio_rtp_passthrough",
                "Whether audio goes past the PBX. A new proxy has it off if nothing is said.",
                type="bool",
            ),
            self.state_option,
        )

    def label(self, params: Params) -> str:
        """Name or ID."""
        return f"onsite proxy {params.get('name') or params.get('id')}"

    def check_input(self, params: Params) -> None:
        """A name that the PBX would refuse."""
        if params.get("id") is None and not params.get("name"):
            raise BadInput("give name, or id")
        if params.get("name") is not None and not 0 < len(params["name"]) <= LONGEST_NAME:
            raise BadInput(f"name must have 1 to {LONGEST_NAME} characters")

    def find(self, client: Client, params: Params, warn: Warn) -> Object | None:
        """By ID where it is given, otherwise by name."""
        if params.get("id") is None:
            return self.only(client, warn, name=params["name"])
        raw = client.row(ONSITE_PROXY, params["id"])
        return None if raw is None else normalize(ONSITE_PROXY, raw, warn)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """An ID can't be chosen."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE and params.get("id") is not None:
            raise NotFound(f"there is no onsite proxy {params['id']}", system=client.connection.title)
        return todo

    def desired(self, params: Params, current: Object | None) -> Object:
        """The ID only finds."""
        passthrough = params.get("audio_rtp_passthrough")
        if current is None:
            return {"name": params["name"], "audio_rtp_passthrough": bool(passthrough), "platform": PLATFORM}
        return {"name": params.get("name"), "audio_rtp_passthrough": passthrough}

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """Linux is all there is."""
        client.call(Call("POST", "/onsiteproxy/create", json={"platform": PLATFORM, **self._body(todo)}))

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """With everything that can be set."""
        key = t.cast(Object, todo.before)["id"]
        client.call(Call("POST", "/onsiteproxy/update", json={"id": key, **self._body(todo)}))

    @staticmethod
    def _body(todo: Plan) -> Object:
        after = t.cast(Object, todo.after)
        return {"name": after["name"], "audio_rtp_passthrough": int(bool(after["audio_rtp_passthrough"]))}

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """By ID."""
        key = t.cast(Object, todo.before)["id"]
        client.call(Call("GET", "/onsiteproxy/delete", (("id", str(key)),)))
