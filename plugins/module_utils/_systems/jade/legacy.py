# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade had before it had /admin: agents, device states, peers and registries.

Documents: /agents, /device_states, /peers, /registries; facts/jade.md 2, 1.9 and 5, "Old, unversioned". Lists of older servers
hold no more than the keys, and the object is asked for by a GET that carries its key in a body.
"""

from __future__ import annotations

import re
import typing as t
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from ..._engine.client import Client, Query
from ..._http.errors import NotFound, ServerFailed, Unsupported
from ..._http.messages import Call
from ..._http.paging import Listing
from ..._model import converters
from ..._model.resource import Field, Object, Resource
from .fields import TM_UPDATE

ONE_BY_ONE = "Jade lists names only. What it knows of each is one more call, several of them at once (O(api_concurrency))."
AGENTS = "/agent/agents"


@dataclass(frozen=True)
class ByBody:
    """Reads by C(GET <path>) and C(GET <path>/) with the key in a body.

    ``gone``: what to try where there is no such path. ``shorter``: the part of a key that the document asks with, where it
    isn't all that the list shows.
    """

    path: str
    gone: str = ""
    shorter: t.Pattern[str] | None = None

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """The detail's call; it has no key in its path."""
        return (("GET", self.path + "/"),)

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """The list, each object in full. The calls for single objects run side by side (api_concurrency)."""
        name = _wire_key(resource)
        rows = self._listed(client, name)
        if any(set(row) != {name} for row in rows):
            return Listing(rows)
        with ThreadPoolExecutor(max_workers=client.connection.concurrency) as pool:
            found = list(pool.map(lambda row: self._row(client, name, row[name]), rows))
        if None in found:  # gone since the list was read, or else the server tells no more of it
            left = {str(row.get(name)) for row in self._listed(client, name)}
            found = [full or (row if str(row[name]) in left else None) for full, row in zip(found, rows)]
        return Listing([full for full in found if full])

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """One object."""
        return self._row(client, _wire_key(resource), key)

    def _row(self, client: Client, name: str, key: t.Any) -> Object | None:
        """Some servers answer 500 to a key that they don't know, which the list tells from a failure."""
        try:
            return self._one(client, name, str(key))
        except ServerFailed:
            if any(row.get(name) == key for row in self._listed(client, name)):
                raise
            return None

    def _listed(self, client: Client, name: str) -> list[Object]:
        with self._telling_what_to_try():
            return client.listed(self.path, name, {}).rows

    def _one(self, client: Client, name: str, key: str) -> Object | None:
        """By its key, or else by the shorter one; the object then bears the key that it was asked for by."""
        found = self._asked(client, name, key)
        short = self.shorter.match(key) if found is None and self.shorter else None
        if short is None:
            return found
        other = self._asked(client, name, short["key"])
        return {**other, name: key} if other and other.get(name) in (key, short["key"]) else None

    def _asked(self, client: Client, name: str, key: str) -> Object | None:
        with self._telling_what_to_try():
            try:
                found = client.call(Call("GET", self.path + "/", json={name: key}, repeatable=True))
            except NotFound:
                return None
        return found if isinstance(found, dict) else None

    @contextmanager
    def _telling_what_to_try(self) -> t.Iterator[None]:
        try:
            yield
        except Unsupported as error:
            raise error.but(hint=self.gone or error.hint) from None


def _wire_key(resource: Resource) -> str:
    return resource.field(resource.key).path[-1]


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
    description=(
        "The agents of Asterisk (C(app_agent_pool)), and what they do now.",
        "Where agents are asked for has changed over time. The module finds out which way the server takes, once per run.",
    ),
    list_path="/agents",
    key="id",
    reader=Agents("/agents"),
    found_by="id",
    fields=(
        Field("id", "The agent's ID.", sample="1001"),
        Field("name", "Name of the agent.", sample="Agent 1001"),
        Field("status", "State of the agent: V(AGENT_LOGGEDOFF), V(AGENT_IDLE) or V(AGENT_ONCALL).", sample="AGENT_IDLE"),
        Field(
            "logged_in_time",
            "When the agent logged in. UTC, ISO 8601. C(null) for one who hasn't.",
            convert=converters.epoch,
            sample="2017-03-13T16:48:36Z",
        ),
        Field("channel_name", "Channel by which the agent is logged in; empty for one who isn't.", sample="SIP/300-00000425"),
        Field("channel_state", "State of that channel as a number; 6 is up.", type="int", sample=6),
        Field("channel_state_desc", "State of that channel in words.", sample="Up"),
        Field("caller_id_name", "Name in the channel's caller ID.", sample="300"),
        Field("caller_id_num", "Number in the channel's caller ID.", sample="300"),
        Field("connected_line_name", "Name of the party that the agent talks to.", sample="<unknown>"),
        Field("connected_line_num", "Number of the party that the agent talks to.", sample="<unknown>"),
        Field("context", "Dialplan context that the channel is in.", sample="sample_agent_login"),
        Field("exten", "Extension that it is at.", sample="s"),
        Field("priority", "Priority that it is at.", sample="2"),
        Field("account_code", "Account code of the channel, for billing.", sample=""),
        Field("language", "Language of the announcements that the agent hears.", sample="en"),
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
    description=(
        "The state of each device that Asterisk knows: whether it is free, rings, is in use, or isn't there.",
        "Jade shows this to everybody who can reach it, so the module asks without logging in.",
    ),
    list_path="/device_states",
    key="device",
    reader=ByBody("/device_states"),
    found_by="device",
    fields=(
        Field("device", "Name of the device, as C(DEVICE_STATE) of the dialplan takes it.", sample="Agent:1001"),
        Field(
            "state",
            "State as Asterisk names it: V(NOT_INUSE), V(INUSE), V(BUSY), V(RINGING), V(RINGINUSE), V(ONHOLD), V(UNAVAILABLE),"
            " V(INVALID) or V(UNKNOWN).",
            sample="UNAVAILABLE",
        ),
        TM_UPDATE,
    ),
    notes=(ONE_BY_ONE,),
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
        "Newer servers don't have them, and the task fails saying so; see M(telephony.pbx.jade_pjsip_endpoint_info).",
    ),
    list_path="/peers",
    key="peer",
    reader=ByBody(
        "/peers",
        gone="Jade has no peers since December 2017: see jade_pjsip_endpoint_info",
        shorter=re.compile(r"[^/]+/(?P<key>.+)$"),
    ),
    found_by="peer",
    fields=(
        Field("peer", "Technology and name of the peer, as in V(SIP/agent-01).", sample="SIP/agent-01"),
        Field("status", "Whether it is registered, as Asterisk names it.", sample="Registered"),
        Field("address", "Address and port at which it is registered.", sample="192.168.200.1:5060"),
        Field("monitor_status", "Whether it answered when Asterisk last asked (qualify), and how fast.", sample="OK (22 ms)"),
        Field("channel_type", "Technology of its channels.", sample="SIP"),
        Field("chan_object_type", "What the object is to Asterisk: V(peer), V(user) or V(friend).", sample="peer"),
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
    notes=(ONE_BY_ONE,),
)

REGISTRY = Resource(
    system="jade",
    noun="registry",
    plural="registries",
    title="registry",
    description=(
        "The outbound registrations of C(chan_sip), on servers from before December 2017.",
        "Newer servers don't have them, and the task fails saying so; see"
        " M(telephony.pbx.jade_pjsip_registration_outbound_info).",
    ),
    list_path="/registries",
    key="account",
    reader=ByBody(
        "/registries",
        gone="Jade has no registries since December 2017: see jade_pjsip_registration_outbound_info",
        shorter=re.compile(r"(?P<key>.+):\d+$"),
    ),
    found_by="account",
    fields=(
        Field("account", "The account: user, registrar, and its port.", sample="2345@sip_proxy:5060"),
        Field("state", "State as Asterisk names it, such as V(Registered), V(Request Sent) or V(Rejected).", sample="Registered"),
        Field("username", "Name to log in with.", sample="2345"),
        Field("domain", "SIP domain of the account.", sample="sip_proxy"),
        Field("domain_port", "Port in that domain.", type="int", sample=5060),
        Field("host", "Host that the registration is sent to.", sample="sip_proxy"),
        Field("port", "Port of that host.", type="int", sample=5060),
        Field("refresh", "Seconds from one registration to the next.", type="int", sample=120),
        Field(
            "registration_time",
            "When it was registered last. UTC, ISO 8601. C(null) for never.",
            convert=converters.epoch,
            sample="2017-03-12T00:17:22Z",
        ),
        TM_UPDATE,
    ),
    notes=(ONE_BY_ONE,),
)
