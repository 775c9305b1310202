# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that there is: systems, resources, state modules. What goes by names goes through here."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client, Say
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection, System
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Resource
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import State
from ansible_collections.telephony.pbx.plugins.module_utils._systems import ycm, yeastar
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import client as jade_client
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import core, login, park, user


@dataclass(frozen=True)
class Registered:
    """A system with its client and all that it has."""

    system: System
    client: type[Client]
    resources: tuple[Resource, ...]
    states: tuple[State, ...] = ()


REGISTERED: dict[str, Registered] = {
    entry.system.name: entry
    for entry in (
        Registered(
            jade_client.JADE,
            jade_client.JadeClient,
            (
                core.MODULE,
                core.SYSTEM,
                park.PARKING_LOT,
                park.PARKING_LOT_CONFIG,
                user.USER,
                user.MANAGER_USER,
            ),
            (
                login.LoginState(),
                core.ModuleState(),
                park.ParkingLotState(),
                user.UserState(),
                user.ManagerUserState(),
            ),
        ),
        Registered(yeastar.YEASTAR, yeastar.YeastarClient, (yeastar.ONSITE_PROXY,)),
        Registered(ycm.YCM, ycm.YcmClient, (ycm.CLOUD_PBX,)),
    )
}
MODULES: dict[str, Resource | State] = {
    **{resource.info_module: resource for entry in REGISTERED.values() for resource in entry.resources},
    **{state.module: state for entry in REGISTERED.values() for state in entry.states},
}


def open_client(connection: Connection, say: Say | None = None) -> Client:
    """The client of a connection's system."""
    return REGISTERED[connection.system.name].client(connection, say=say)


def resource_names(system: str) -> dict[str, Resource]:
    """Resources by the names that lookups take: singular and plural."""
    found: dict[str, t.Any] = {}
    for resource in REGISTERED[system].resources:
        found[resource.noun] = found[resource.plural] = resource
    return found
