# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade had before it had /admin: agents, device states, peers and registries.

Documents: /agents, /device_states, /peers, /registries; facts/jade.md 2, 1.9 and 5, "Old, unversioned". Lists of older servers
hold no more than the keys, and the object is asked for by a GET that carries its key in a body.
"""

from __future__ import annotations

import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._core import wire
from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client, Query
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    NotFound,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.httpclient import Call
from ansible_collections.telephony.pbx.plugins.module_utils._core.paging import Listing
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Field, Object, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.fields import TM_UPDATE

AGENTS = "/agent/agents"


@dataclass(frozen=True)
class ByBody:
    """Reads by C(GET <path>) and C(GET <path>/) with the key in a body. ``gone``: what to try where there is no such path."""

    path: str
    gone: str = ""

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """The detail's call; it has no key in its path."""
        return (("GET", self.path + "/"),)

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """The list, each object in full. The calls for single objects run side by side (api_concurrency)."""
        rows = self._told(lambda: client.listed(self.path, resource.field(resource.key).path[-1], query)).rows
        name = resource.field(resource.key).path[-1]
        if any(set(row) - {name} for row in rows):
            return Listing(rows)
        with ThreadPoolExecutor(max_workers=client.connection.concurrency) as pool:
            found = list(pool.map(lambda row: self._one(client, resource, row[name]), rows))
        return Listing([full or row for full, row in zip(found, rows)])

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """One object. Some servers answer 500 to a key that they don't know, which the list tells from a failure."""
        try:
            return t.cast("Object | None", self._told(lambda: self._one(client, resource, key)))
        except ServerFailed:
            name = resource.field(resource.key).path[-1]
            if any(row.get(name) == key for row in client.listed(self.path, name, {}).rows):
                raise
            return None

    def _one(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        call = Call("GET", self.path + "/", json={resource.field(resource.key).path[-1]: key}, repeatable=True)
        try:
            found = client.call(call)
        except NotFound:
            return None
        return found if isinstance(found, dict) else None

    def _told(self, read: t.Callable[[], t.Any]) -> t.Any:
        try:
            return read()
        except Unsupported as error:
            error.hint = self.gone or error.hint
            raise


@dataclass(frozen=True)
class Agents(ByBody):
    """Newer servers list agents in full, with a path for each."""

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Both ways."""
        return (*super().calls, ("GET", AGENTS), ("GET", AGENTS + "/{id}"))

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """By the newer path, or else by the older."""
        older = super().rows
        return client.by_version("agents", lambda: client.listed(AGENTS, "id", query), lambda: older(client, resource, query))

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """From the list on newer servers, where a wrong ID and a wrong path look alike."""
        older = super().row
        return client.by_version(
            "agents",
            lambda: next((row for row in client.listed(AGENTS, "id", {}).rows if row.get("id") == key), None),
            lambda: older(client, resource, key),
        )


AGENT = Resource(
    system="jade",
    noun="agent",
    plural="agents",
    title="agent",
    description=("The agents of Asterisk (C(app_agent_pool)), and what they do now.",),
    list_path="/agents",
    key="id",
    reader=Agents("/agents"),
    fields=(
        Field("id", "The agent's ID.", sample="1001"),
        Field("name", "Name of the agent.", sample="Agent 1001"),
        Field("status", "V(AGENT_LOGGEDOFF), V(AGENT_IDLE) or V(AGENT_ONCALL).", sample="AGENT_IDLE"),
        Field("logged_in_time", "When the agent logged in. UTC, ISO 8601.", convert=wire.epoch, sample="2017-03-13T16:48:36Z"),
        Field("channel_name", "Channel of the agent.", sample="SIP/300-00000425"),
        Field("channel_state", "State of the channel as a number; 6 is up.", type="int", sample=6),
        Field("channel_state_desc", "State of the channel in words.", sample="Up"),
        Field("caller_id_name", "Name of the channel's caller ID.", sample="300"),
        Field("caller_id_num", "Number of the channel's caller ID.", sample="300"),
        Field("connected_line_name", "Name of the other party.", sample="<unknown>"),
        Field("connected_line_num", "Number of the other party.", sample="<unknown>"),
        Field("context", "Dialplan context that the channel is in.", sample="sample_agent_login"),
        Field("exten", "Extension that it is in.", sample="s"),
        Field("priority", "Priority that it is at.", sample="2"),
        Field("account_code", "Account code.", sample=""),
        Field("language", "Language of announcements.", sample="en"),
        Field("unique_id", "Asterisk's ID of the channel.", sample="1489423716.2037"),
        Field("linked_id", "ID of the channel with which the call began.", sample="1489423716.2037"),
        TM_UPDATE,
    ),
)

DEVICE_STATE = Resource(
    system="jade",
    noun="device_state",
    plural="device_states",
    title="device state",
    description=("The state of each device that Asterisk knows. Jade shows it to everybody, without a login.",),
    list_path="/device_states",
    key="device",
    reader=ByBody("/device_states"),
    fields=(
        Field("device", "Name of the device.", sample="Agent:1001"),
        Field("state", "State as Asterisk names it: V(NOT_INUSE), V(INUSE), V(UNAVAILABLE)...", sample="UNAVAILABLE"),
        TM_UPDATE,
    ),
    notes=("Jade lists names only. Each state is one more call, several of them at once (O(api_concurrency)).",),
)


def _option(name: str, what: str) -> Field:
    return Field(name, f"Whether {what}.", type="bool", sample=False)


PEER = Resource(
    system="jade",
    noun="peer",
    plural="peers",
    title="peer",
    description=(
        "The peers of C(chan_sip), on servers from before December 2017.",
        "Newer ones have none; see M(telephony.pbx.jade_pjsip_endpoint_info).",
    ),
    list_path="/peers",
    key="peer",
    reader=ByBody("/peers", gone="Jade has no peers since December 2017: see jade_pjsip_endpoint_info"),
    fields=(
        Field("peer", "Technology and name of the peer.", sample="SIP/agent-01"),
        Field("status", "Whether it is registered, as Asterisk names it.", sample="Registered"),
        Field("address", "Address and port.", sample="192.168.200.1:5060"),
        Field("monitor_status", "Answer to the last question whether it is there.", sample="OK (22 ms)"),
        Field("channel_type", "Technology.", sample="SIP"),
        Field("chan_object_type", "Kind of the object in Asterisk.", sample="peer"),
        _option("dynamic", "it registers itself"),
        _option("auto_comedia", "symmetric media is switched on where it is needed"),
        _option("auto_force_port", "answering to the port of origin is switched on where it is needed"),
        _option("acl", "it has an access list"),
        _option("comedia", "media is sent to where it comes from"),
        Field("description", "Description from the configuration.", sample=""),
        _option("force_port", "answers go to the port of origin"),
        _option("realtime_device", "it comes from a database"),
        _option("text_support", "it may use text"),
        _option("video_support", "it may use video"),
        TM_UPDATE,
    ),
)

REGISTRY = Resource(
    system="jade",
    noun="registry",
    plural="registries",
    title="registry",
    description=(
        "The outbound registrations of C(chan_sip), on servers from before December 2017.",
        "Newer ones have none; see M(telephony.pbx.jade_pjsip_registration_outbound_info).",
    ),
    list_path="/registries",
    key="account",
    reader=ByBody("/registries", gone="Jade has no registries since December 2017: see jade_pjsip_registration_outbound_info"),
    fields=(
        Field("account", "The account, as user and registrar.", sample="2345@sip_proxy:5060"),
        Field("state", "State as Asterisk names it.", sample="Registered"),
        Field("username", "Name to log in with.", sample="2345"),
        Field("domain", "Domain that is registered at.", sample="sip_proxy"),
        Field("domain_port", "Its port.", type="int", sample=5060),
        Field("host", "Host that is registered at.", sample="sip_proxy"),
        Field("port", "Its port.", type="int", sample=5060),
        Field("refresh", "Seconds until it is registered again.", type="int", sample=120),
        Field("registration_time", "When it was registered last. UTC, ISO 8601.", convert=wire.epoch),
        TM_UPDATE,
    ),
)
