# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that there is: systems, resources, state modules. What goes by names goes through here."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._engine.change import StateModule
from .._engine.client import Client, OpenSession, Say
from .._engine.info import InfoModule
from .._engine.module import Module
from .._engine.raw import RawModule
from .._engine.state import State
from .._http.connection import Connection
from .._model.options import System
from .._model.resource import Resource
from .aicc import client as aicc
from .aicc import softphone
from .jade import (
    account,
    adp,
    adpma,
    asterisk,
    calls,
    chat,
    chat_message,
    configuration,
    contact,
    dialplan,
    legacy,
    login,
    me,
    park,
    pjsip,
    queue,
    queue_config,
    trunk,
    user,
)
from .jade import client as jade_client
from .telecomx import client as telecomx
from .telecomx import sip_phone, sip_phone_state
from .ycm import client as ycm
from .ycm import cloud_pbx, cloud_pbx_state
from .yeastar import client as yeastar
from .yeastar import onsite_proxy, onsite_proxy_state


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
                legacy.AGENT,
                legacy.DEVICE_STATE,
                legacy.PEER,
                legacy.REGISTRY,
                calls.CHANNEL,
                asterisk.MODULE,
                asterisk.SYSTEM,
                adpma.ADPMA,
                adpma.ADP,
                dialplan.SDP,
                configuration.CONFIGURATION,
                account.ACCOUNT,
                park.PARKING_LOT,
                park.PARKING_LOT_CONFIG,
                calls.PARKED_CALL,
                pjsip.PJSIP_AOR,
                pjsip.PJSIP_AUTH,
                pjsip.PJSIP_CONTACT,
                pjsip.PJSIP_ENDPOINT,
                pjsip.PJSIP_REGISTRATION_OUTBOUND,
                queue.QUEUE,
                queue_config.QUEUE_CONFIG,
                calls.QUEUE_ENTRY,
                queue.QUEUE_MEMBER,
                user.USER,
                contact.USER_CONTACT,
                contact.USER_PERMISSION,
                dialplan.SDIALPLAN,
                trunk.TRUNK,
                user.MANAGER_USER,
                me.BUDDY,
                me.MY_CONTACT,
                chat.CHAT,
                chat_message.CHAT_MESSAGE,
            ),
            (
                login.LoginState(),
                account.AccountState(),
                calls.ChannelState(),
                asterisk.ModuleState(),
                adpma.AdpmaState(),
                adp.AdpState(),
                dialplan.SdpState(),
                configuration.ConfigurationState(),
                park.ParkingLotState(),
                calls.ParkedCallState(),
                queue_config.QueueState(),
                calls.QueueEntryState(),
                queue.QueueMemberState(),
                user.UserState(),
                contact.UserContactState(),
                contact.UserPermissionState(),
                dialplan.SdialplanState(),
                trunk.TrunkState(),
                user.ManagerUserState(),
                me.BuddyState(),
                chat.ChatState(),
                chat_message.ChatMessageState(),
            ),
        ),
        Registered(
            yeastar.YEASTAR, yeastar.YeastarClient, (onsite_proxy.ONSITE_PROXY,), (onsite_proxy_state.OnsiteProxyState(),)
        ),
        Registered(ycm.YCM, ycm.YcmClient, (cloud_pbx.CLOUD_PBX,), (cloud_pbx_state.CloudPbxState(),)),
        Registered(
            telecomx.TELECOMX, telecomx.TelecomxClient, (sip_phone.SIP_PHONE,), (sip_phone_state.SipPhoneState(),)
        ),
        Registered(aicc.AICC, aicc.AiccClient, (softphone.SOFTPHONE,)),
    )
}
RAW = RawModule(
    tuple(REGISTERED), tuple(end for entry in REGISTERED.values() for end in entry.client.writes_by_get)
)
MODULES: dict[str, Module] = {
    module.name: module
    for module in (
        *(InfoModule(resource) for entry in REGISTERED.values() for resource in entry.resources),
        *(StateModule(state) for entry in REGISTERED.values() for state in entry.states),
        RAW,
    )
}


def open_client(connection: Connection, open_session: OpenSession, say: Say | None = None) -> Client:
    """The client of a connection's system. Raises BadInput."""
    return REGISTERED[connection.system].client(connection, open_session, say=say)


def resource_names(system: str) -> dict[str, Resource]:
    """Resources by the names that lookups take: singular and plural."""
    found: dict[str, t.Any] = {}
    for resource in REGISTERED[system].resources:
        found[resource.noun] = found[resource.plural] = resource
    return found
