# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Cloud PBXs and onsite proxies become hosts."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Object
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import CLOUD_PBX
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar import ONSITE_PROXY
from ansible_collections.telephony.pbx.plugins.plugin_utils.inventory import Entry, network_location

RUNNING = "Running"
DISCONNECTED = "disconnected"


def pbx_url(pbx: Object) -> str | None:
    """Address of a Cloud PBX's own API; the central management gives it without a scheme (facts/vendors.md 2.6)."""
    return f"https://{pbx['url']}" if pbx["url"] else None


def cloud_pbx_entry(pbx: Object, url: str, hostnames: list[str] | None, connect_with: str) -> Entry:
    """A Cloud PBX can be reached by its API alone, so plays over it run in the controller unless told otherwise."""
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
        more={"pbx_url": address},
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
        more={"pbx_url": url},
    )
