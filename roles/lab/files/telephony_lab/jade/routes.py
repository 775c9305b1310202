# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which resource answers at which path, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from telephony_lab.jade import account, configurations, core, dialplan, manager, me, old, queue, sections, trunks, users
from telephony_lab.jade.call import Resource
from telephony_lab.jade.profiles import Profile


@dataclass(frozen=True)
class Access:
    """What a caller needs: a token at all, and a permission."""

    token: bool
    permission: str | None = None


PUBLIC = Access(token=False)
ANYONE = Access(token=True)
ADMIN = Access(token=True, permission="admin")
USER = Access(token=True, permission="user")


@dataclass(frozen=True)
class Entry:
    """A resource at a path; its details, if it has any, are below the path."""

    path: str
    resource: type[Resource]
    access: Access = ADMIN


COMMON = [
    Entry("/admin/core/channels", core.Channels),
    Entry("/admin/core/modules", core.Modules),
    Entry("/admin/core/systems", core.Systems),
    Entry("/admin/dialplan/adpmas", dialplan.Adpmas),
    Entry("/admin/dialplan/adps", dialplan.Adps),
    Entry("/admin/dialplan/sdps", sections.Sdps),
    Entry("/admin/dialplan/configurations", configurations.DialplanConfigurations),
    Entry("/admin/info", account.Info, ANYONE),
    Entry("/admin/login", account.Login, PUBLIC),
    Entry("/admin/park/cfg_parkinglots", sections.CfgParkinglots),
    Entry("/admin/park/configurations", configurations.ParkConfigurations),
    Entry("/admin/park/parkedcalls", core.ParkedCalls),
    Entry("/admin/pjsip/aors", core.Aors),
    Entry("/admin/pjsip/auths", core.Auths),
    Entry("/admin/pjsip/contacts", core.PjsipContacts),
    Entry("/admin/pjsip/endpoints", core.Endpoints),
    Entry("/admin/pjsip/registration_outbounds", core.RegistrationOutbounds),
    Entry("/admin/pjsip/configurations", configurations.PjsipConfigurations),
    Entry("/admin/queue/cfg_queues", sections.CfgQueues),
    Entry("/admin/queue/configurations", configurations.QueueConfigurations),
    Entry("/admin/queue/entries", core.Entries),
    Entry("/admin/queue/queues", core.Queues),
    Entry("/admin/user/users", users.Users),
    Entry("/manager/info", account.Info, ANYONE),
    Entry("/manager/login", account.Login, PUBLIC),
    Entry("/manager/sdialplans", sections.Sdialplans),
    Entry("/manager/trunks", trunks.Trunks),
    Entry("/manager/users", manager.ManagerUsers),
    Entry("/me/login", account.Login, PUBLIC),
    Entry("/me/buddies", me.Buddies, USER),
    Entry("/me/contacts", me.MyContacts, USER),
    Entry("/me/chats/{chat}/messages", me.Messages, USER),
    Entry("/me/chats", me.Chats, USER),
    Entry("/me/calls", me.Calls, USER),
    Entry("/me/search", me.Search, ANYONE),
]
DOCUMENTED = [
    Entry("/admin/park/parkinglots", sections.WritableParkinglots),
    Entry("/admin/queue/members", queue.DocumentedMembers),
    Entry("/admin/user/contacts", users.Contacts),
    Entry("/admin/user/permissions", users.Permissions),
    Entry("/me/info", me.DocumentedMeInfo, USER),
]
DOCUMENTED_OLD = [
    # Two of the document's examples still call the paths of before /admin.
    Entry("/park/parkedcalls", core.ParkedCalls),
    Entry("/pjsip/contacts", core.PjsipContacts),
    Entry("/ping", old.Ping, PUBLIC),
    Entry("/agents", old.AgentIds, PUBLIC),
    Entry("/agents/", old.AgentByBody, PUBLIC),
    Entry("/device_states", old.DeviceStates, PUBLIC),
    Entry("/device_states/", old.DeviceStateByBody, PUBLIC),
    Entry("/peers", old.Peers, PUBLIC),
    Entry("/peers/", old.PeerByBody, PUBLIC),
    Entry("/registries", old.Registries, PUBLIC),
    Entry("/registries/", old.RegistryByBody, PUBLIC),
]
REAL = [
    Entry("/agent/agents", old.Agents),
    Entry("/admin/park/parkinglots", sections.Parkinglots),
    Entry("/admin/queue/members", queue.Members),
    Entry("/admin/user/contacts", users.RealContacts),
    Entry("/admin/user/permissions", users.RealPermissions),
    Entry("/me/info", account.MeInfo, USER),
]
REAL_OLD = [
    Entry("/ping", old.Ping, PUBLIC),
    Entry("/agents", old.Agents),
    Entry("/agent/agents", old.Agents),
    Entry("/device_states", old.RealDeviceStates, PUBLIC),
    Entry("/device_states/", old.DeviceStateByBody, PUBLIC),
    Entry("/me/buddies", me.Buddies, USER),
    Entry("/me/chats/{chat}/messages", me.Messages, USER),
    Entry("/me/chats", me.Chats, USER),
    Entry("/me/info", account.MeInfo, USER),
    Entry("/me/login", account.Login, PUBLIC),
]


def entries(profile: Profile) -> list[Entry]:
    """All paths of a profile."""
    own, old_paths = (DOCUMENTED, DOCUMENTED_OLD) if profile.as_written else (REAL, REAL_OLD)
    prefixed = [
        Entry(prefix + entry.path, entry.resource, entry.access)
        for prefix in profile.prefixes for entry in [*COMMON, *own]
    ]
    return [*prefixed, *old_paths]
