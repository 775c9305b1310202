# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers without /v1: ping, agents, device states, and in older servers peers and registries."""

from __future__ import annotations

from typing import Any

from telephony_lab.faults import raw_reply
from telephony_lab.jade import envelope
from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.core import Runtime
from telephony_lab.jade.envelope import Failure


class Ping(Resource):
    """/ping."""

    def index(self, call: Call) -> Any:
        """Answer."""
        return {"message": "pong"}


class IdList(Resource):
    """A list that shows only the key of each row."""

    table = ""
    key = ""

    def index(self, call: Call) -> Any:
        """List the keys."""
        return {"list": [{self.key: row[self.key]} for row in self.pbx.runtime[self.table].listed()]}


class BodyDetail(Resource):
    """One row, named in the body of a GET."""

    table = ""
    key = ""
    missing = 404
    prefix = ""

    def index(self, call: Call) -> Any:
        """Show the row."""
        wanted = call.data.get(self.key)
        for row in self.pbx.runtime[self.table]:
            shown = self.pbx.runtime[self.table].shown(row[self.key])
            if wanted in (shown[self.key], shown[self.key][len(self.prefix):]):
                return shown
        raise Failure(self.missing)


class Agents(Runtime):
    """/v1/agent/agents."""

    table = "agents"


class AgentIds(IdList):
    """/agents as documented."""

    table, key = "agents", "id"


class AgentByBody(BodyDetail):
    """/agents/ as documented."""

    table, key = "agents", "id"


class DeviceStates(IdList):
    """/device_states as documented."""

    table, key = "device_states", "device"


class RealDeviceStates(DeviceStates):
    """/device_states at f31439d: the reply comes twice."""

    def index(self, call: Call) -> Any:
        """List the devices, and once more."""
        result = super().index(call)
        call.exchange.second_reply = raw_reply(envelope.success(result))
        return result


class DeviceStateByBody(BodyDetail):
    """/device_states/."""

    table, key, missing = "device_states", "device", 500


class Peers(IdList):
    """/peers."""

    table, key = "peers", "peer"


class PeerByBody(BodyDetail):
    """/peers/; the document asks for a peer without its technology."""

    table, key, prefix = "peers", "peer", "SIP/"


class Registries(IdList):
    """/registries."""

    table, key = "registries", "account"


class RegistryByBody(BodyDetail):
    """/registries/."""

    table, key = "registries", "account"
