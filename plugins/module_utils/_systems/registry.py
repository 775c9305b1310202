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
from ansible_collections.telephony.pbx.plugins.module_utils._systems import (
    aicc,
    cloud_pbx,
    onsite_proxy,
    sip_phone,
    sip_phone_state,
    telecomx,
    ycm,
    yeastar,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import (
    account,
    adp,
    adpma,
    calls,
    chat,
    chat_message,
    configuration,
    contact,
    core,
    dialplan,
    login,
    me,
    older,
    park,
    pjsip,
    queue,
    queue_config,
    trunk,
    user,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import client as jade_client


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
                older.AGENT,
                older.DEVICE_STATE,
                older.PEER,
                older.REGISTRY,
                calls.CHANNEL,
                core.MODULE,
                core.SYSTEM,
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
                core.ModuleState(),
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
            yeastar.YEASTAR, yeastar.YeastarClient, (yeastar.ONSITE_PROXY,), (onsite_proxy.OnsiteProxyState(),)
        ),
        Registered(ycm.YCM, ycm.YcmClient, (ycm.CLOUD_PBX,), (cloud_pbx.CloudPbxState(),)),
        Registered(
            telecomx.TELECOMX, telecomx.TelecomxClient, (sip_phone.SIP_PHONE,), (sip_phone_state.SipPhoneState(),)
        ),
        Registered(aicc.AICC, aicc.AiccClient, (aicc.SOFTPHONE,)),
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
