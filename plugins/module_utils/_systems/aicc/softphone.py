# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Softphone numbers. Document: queryPhone (V2.0.0); facts/vendors.md 4."""

from __future__ import annotations

import typing as t

from ..._model import converters
from ..._model.resource import Field, Resource
from .client import BASE, V1, V2


def _registered(value: t.Any) -> bool:
    """0 is the good one."""
    return converters.whole(value) == 0


SOFTPHONE = Resource(
    system="aicc",
    noun="softphone",
    plural="softphones",
    title="softphone",
    description=(
        "The softphone numbers that the operator has allocated to a tenant, with the servers where they register.",
        "Version 2 of the query is asked for, and version 1 where a server has no version 2.",
    ),
    list_path=BASE + V2,
    verb="POST",
    more_calls=(("POST", BASE + V1),),
    key="number",
    fields=(
        Field("number", "Number of the softphone.", api="phoneNum", sample="88881196"),
        Field(
            "password",
            "Password that the softphone registers with. Masked unless O(include_secrets) is set.",
            secret=True,
            sample="********",
        ),
        Field("id", "ID of its configuration; V(null) if the server doesn't send it.", type="int", sample=12),
        Field(
            "registered",
            "V(true) is registered, V(false) is suspended, V(null) means that the server doesn't say.",
            type="bool",
            api="status",
            convert=_registered,
            sample=True,
        ),
        Field("remark", "Remarks of the operator.", sample="Reception"),
        Field("tenant_id", "ID of the tenant space.", api="tenantId", sample="202109175821"),
        Field("partition_id", "ID of the partition.", api="partdbId", sample="1"),
        Field(
            "servers",
            "Where the softphone registers: one server, or the nodes of a pool. It is the same for all of a tenant.",
            type="list",
            elements="dict",
            fields=(
                Field("node", "Node of the pool; C(null) outside of one.", sample="node1"),
                Field("address", "Address to register at.", api="regIPAddress", sample="10.162.98.43"),
                Field("port", "Port to register at.", type="int", api="regPort", sample=5060),
                Field("service_address", "Address of the SIP service.", api="sipServiceIp", sample="10.162.98.44"),
                Field("service_port", "Port of the SIP service.", type="int", api="sipServicePort", sample=5061),
            ),
        ),
    ),
    notes=(
        "The API has no call that allocates, changes or releases numbers: that is the operator's work.",
        "The operator's gateway refuses machines whose address isn't on its list, with HTTP status 403.",
        "The API can neither search nor sort. O(query) does so here.",
    ),
)
