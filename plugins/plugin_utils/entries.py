# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the objects of each system become hosts."""

from __future__ import annotations

from ..module_utils._model.resource import Object, Resource
from ..module_utils._systems.aicc.softphone import SOFTPHONE
from ..module_utils._systems.jade.client import JADE
from ..module_utils._systems.jade.legacy import PEER
from ..module_utils._systems.jade.pjsip import PJSIP_ENDPOINT
from ..module_utils._systems.jade.queue import QUEUE_MEMBER
from ..module_utils._systems.jade.trunk import TRUNK
from ..module_utils._systems.telecomx.sip_phone import SIP_PHONE
from ..module_utils._systems.ycm.cloud_pbx import CLOUD_PBX
from ..module_utils._systems.yeastar.client import YEASTAR
from ..module_utils._systems.yeastar.onsite_proxy import ONSITE_PROXY
from .entry import Entry, network_location
from .values import is_online

JADE_OBJECTS = {one.plural: one for one in (TRUNK, PJSIP_ENDPOINT, QUEUE_MEMBER, PEER)}
RUNNING = "Running"
DISCONNECTED = "disconnected"


def pbx_url(pbx: Object) -> str | None:
    """Address of a Cloud PBX's own API; the central management gives it without a scheme (facts/vendors.md 2.6)."""
    return f"https://{pbx['url']}" if pbx["url"] else None


def cloud_pbx_entry(pbx: Object, url: str, hostnames: list[str] | None, connect_with: str) -> Entry:
    """A Cloud PBX can be reached by its API alone, so plays over it run in the controller unless told otherwise.

    One without an address gets an empty one, so that its tasks don't speak to the PBX of the environment instead.
    """
    address = pbx_url(pbx)
    return Entry(
        resource=CLOUD_PBX,
        object=pbx,
        hostnames=hostnames,
        default_name=pbx["name"] or "",
        pbx_id=f"ycm:{network_location(url)}/{pbx['id']}",
        address=network_location(address).partition(":")[0] if address else None,
        enabled=pbx["status"] == RUNNING,
        connection=connect_with,
        more={YEASTAR.variable(YEASTAR.url): address or ""},
    )


def onsite_proxy_entry(proxy: Object, url: str, hostnames: list[str] | None, prefix: str, connect_with: str | None) -> Entry:
    """An onsite proxy is a Linux host. Proxies of different PBXs often have the same names, hence the prefix."""
    identity = proxy["uuid"] or f"{network_location(url)}/{proxy['id']}"
    return Entry(
        resource=ONSITE_PROXY,
        object=proxy,
        hostnames=hostnames,
        default_name=f"{prefix}{proxy['name'] or proxy['id']}",
        pbx_id=f"yeastar:{identity}",
        address=proxy["public_ip"] or proxy["intranet_ip"],
        enabled=proxy["status"] != DISCONNECTED,
        connection=connect_with,
        more={YEASTAR.variable(YEASTAR.url): url},
    )


def sip_phone_entry(phone: Object, hostnames: list[str] | None, connect_with: str) -> Entry:
    """A SIP phone. Two may share an extension, and the handsets of a base a MAC address, so the name has all of them."""
    extension = (phone["extension"] or {}).get("number")
    name = "_".join(part for part in (extension, phone["mac_address"], phone["handset_address"]) if part)
    status = phone["status"] or {}
    return Entry(
        resource=SIP_PHONE,
        object=phone,
        hostnames=hostnames,
        default_name=name or phone["id"] or "",
        pbx_id=f"telecomx:{phone['id']}",
        address=status.get("local_ip_address"),
        enabled=bool(phone["online"]),
        connection=connect_with,
    )


def softphone_entry(phone: Object, url: str, hostnames: list[str] | None, connect_with: str) -> Entry:
    """A softphone has no address of its own: it registers at the operator's servers."""
    return Entry(
        resource=SOFTPHONE,
        object=phone,
        hostnames=hostnames,
        default_name=phone["number"] or "",
        pbx_id=f"aicc:{network_location(url)}/{phone['number']}",
        address=None,
        enabled=phone["registered"] is not False,  # not every server says whether it is
        connection=connect_with,
    )


def jade_entry(
    resource: Resource, found: Object, url: str, prefixed: bool, hostnames: list[str] | None, connect_with: str
) -> Entry:
    """An object of Asterisk; ``prefixed``: its kind stands before its name."""
    key = str(found[resource.key] or "")
    return Entry(
        resource=resource,
        object=found,
        hostnames=hostnames,
        default_name=f"{resource.noun.rpartition('_')[2]}_{key}" if prefixed else key,
        pbx_id=f"jade:{network_location(url)}/{resource.plural}/{key}",
        address=None,
        enabled=is_online(found),
        connection=connect_with,
        more={JADE.variable(JADE.url): url},
    )
