# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onsite proxies of a P-Series PBX. Document: "Query Onsite Proxy Instance List"; facts/vendors.md 1."""

from __future__ import annotations

from ..._model import converters
from ..._model.resource import Field, Resource


def _time(name: str, description: str, sample: str) -> Field:
    return Field(name, f"{description} ISO 8601, UTC.", sample=sample, convert=converters.epoch, assigned=True)


ONSITE_PROXY = Resource(
    system="yeastar",
    noun="onsite_proxy",
    plural="onsite_proxies",
    title="onsite proxy",
    description=(
        "The onsite proxies of a Yeastar P-Series PBX, with their connection status and the phones behind them.",
        "An onsite proxy is a host at a customer's site, through which the phones there reach the PBX.",
        "Needs firmware 84.23 (Cloud Edition) or 83.23 (Software Edition) or later.",
    ),
    list_path="/onsiteproxy/list",
    detail_path="/onsiteproxy/get?id={id}",
    more_calls=(("GET", "/onsiteproxy/search"),),
    key="id",
    alternate_keys=("name", "uuid"),
    fields=(
        Field("id", "ID of the proxy, unique on its PBX.", type="int", sample=47, assigned=True),
        Field("uuid", "UUID of the proxy.", sample="67XXX-XXXX-XXXX-XXXX-XXXXXXXXXf42", assigned=True),
        Field("name", "Name of the proxy.", sample="Proxy_033", write=True),
        Field("platform", "Operating system that it runs on; always V(linux) up to now.", sample="linux"),
        Field("version", "Version of the proxy; empty before it has first connected.", sample="99.0.0.9", assigned=True),
        Field("intranet_ip", "Its private address, in the local network.", sample="172.17.0.19", assigned=True),
        Field("public_ip", "Its address on the Internet.", sample="192.0.2.10", assigned=True),
        Field(
            "audio_rtp_passthrough",
            "Whether audio between phones behind this proxy goes from phone to phone, past the proxy and the PBX.",
            type="bool",
            sample=True,
            write=True,
        ),
        Field(
            "status",
            (
                "V(connected), V(disconnected), or V(abnormal): more than 85 % of its CPU or memory, or 95 % of its disk,"
                " is in use.",
            ),
            sample="connected",
            assigned=True,
        ),
        Field(
            "phone_count",
            "IP phones that belong to it: those that it has found itself and those that are set to register through it.",
            type="int",
            sample=2,
            assigned=True,
        ),
        Field("online_phone_count", "How many of them are registered through it.", type="int", sample=1, assigned=True),
        Field(
            "intranet_port",
            "Its port in the local network; V(null) unless it was asked for by its ID.",
            type="int",
            sample=443,
            assigned=True,
        ),
        _time("create_time", "When it was created.", "2026-01-30T06:06:50Z"),
        _time("update_time", "When its data was last changed; phone counts don't count.", "2026-03-02T03:42:23Z"),
        _time(
            "status_update_time",
            "When its status last changed; V(null) unless it was asked for by its ID.",
            "2026-03-02T03:42:23Z",
        ),
        Field(
            "connection_url",
            "Address of the PBX that proxies connect to, the same for all; V(null) if it was asked for by its ID.",
            sample="198.51.100.10",
            assigned=True,
        ),
    ),
    filters=(
        Field("search", "Text to search for; the PBX decides in which fields.", api="search_value", sample="Berlin"),
        Field("search_name", "Text to search for in names. O(name) has to be the whole name.", api="name", sample="Berlin"),
        Field("search_intranet_ip", "Text to search for in private addresses.", api="intranet_ip", sample="172.17.0."),
        Field(
            "sort_by",
            "Field to sort by. Without it the PBX decides.",
            choices=(
                "status",
                "name",
                "platform",
                "version",
                "intranet_ip",
                "public_ip",
                "phone_count",
                "online_phone_count",
                "audio_rtp_passthrough",
                "status_update_time",
            ),
            sample="status",
        ),
        Field("order_by", "Direction of O(sort_by).", choices=("asc", "desc"), sample="asc"),
    ),
)
