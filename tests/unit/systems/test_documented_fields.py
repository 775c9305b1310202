# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every parameter and field of the vendors' list documents is served.

``documented-fields.json`` holds them as the documents name them; a dot leads into an object, brackets into a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import normalize
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems import registry
from ansible_collections.telephony.pbx.plugins.module_utils._systems.aicc import softphone
from ansible_collections.telephony.pbx.plugins.module_utils._systems.aicc.client import servers_of
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx import sip_phone
from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm import cloud_pbx
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar import onsite_proxy
from ansible_collections.telephony.pbx.tests.unit.support.builders import connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import Received, Reply, serving

DOCUMENTED = json.loads((Path(__file__).resolve().parents[2] / "data" / "documented-fields.json").read_text(encoding="utf-8"))
RESOURCES: dict[str, Resource] = {
    "ycm_cloud_pbx": cloud_pbx.CLOUD_PBX,
    "yeastar_onsite_proxy": onsite_proxy.ONSITE_PROXY,
    "telecomx_sip_phone": sip_phone.SIP_PHONE,
    "aicc_softphone": softphone.SOFTPHONE,
}
# What each of them answers to a list without a row
EMPTY: dict[str, Any] = {
    "ycm": {"status": "Success", "data": {"list": [], "total": 0}},
    "yeastar": {"errcode": 0, "data": [], "total_number": 0},
    "telecomx": {"sipPhones": [], "total": 0},
    "aicc": {"retCode": "0", "result": {"phone": [], "total": 0}},
}
# A field takes one of these, whatever its type.
VALUES = ("2026-01-02T03:04:05Z", "Enabled", 1767323045, 1, True)
FIELDS = [
    (name, kind, path)
    for name, lists in DOCUMENTED.items()
    for kind, paths in lists.items()
    if kind in ("fields", "normal", "full")
    for path in paths
]


def nested(path: str, value: Any) -> dict[str, Any]:
    head, dummy, rest = path.partition(".")
    inner = nested(rest, value) if rest else value
    return {head.removesuffix("[]"): [inner] if head.endswith("[]") else inner}


def leaves(found: Any) -> Iterator[Any]:
    if isinstance(found, dict):
        for item in found.values():
            yield from leaves(item)
    elif isinstance(found, list):
        for item in found:
            yield from leaves(item)
    elif found is not None:
        yield found


def aicc_row(path: str, value: Any) -> dict[str, Any]:
    """A phone with this field, or with a server that has it: where phones register stands beside their list."""
    first, *rest = path.split(".")
    if first == "phone":
        return {rest[0]: value}
    servers: Any = [{rest[-1]: value}]
    return {"servers": servers_of({first: servers if len(rest) == 1 else {rest[0]: servers}})}


def shown(name: str, path: str, value: Any) -> int:
    """How much a result shows of an object that has just this field."""
    raw = aicc_row(path, value) if name == "aicc_softphone" else nested(path, value)
    return len(list(leaves(normalize(RESOURCES[name], raw, lambda text: None))))


@pytest.mark.parametrize(("name", "kind", "path"), FIELDS, ids=[".".join(field) for field in FIELDS])
def test_a_field_shows_up(name: str, kind: str, path: str) -> None:
    inner = [other for other in DOCUMENTED[name][kind] if other.startswith((path + ".", path + "[]."))]
    # An object is served by what is in it, and the count by the reading of all pages.
    assert inner or path == "total" or any(shown(name, path, value) > shown(name, path, None) for value in VALUES)


@pytest.mark.parametrize("name", list(RESOURCES))
def test_every_parameter_is_sent(name: str) -> None:
    resource = RESOURCES[name]
    received: list[Received] = []

    def answer(request: Received) -> Reply:
        received.append(request)
        return Reply(json.dumps(EMPTY[resource.system]).encode())

    entry = registry.REGISTERED[resource.system]
    wanted = {field.api or field.name: field.choices[0] if field.choices else "x" for field in resource.filters}
    with serving(answer) as server:
        client = entry.client(connection(server.url, entry.system, token="known", secret=None), LocalSession)
        client.rows(resource, wanted)
        client.close()
    sent = received[-1].json if received[-1].method == "POST" else received[-1].query
    assert set(DOCUMENTED[name]["parameters"]) <= set(sent)


def test_what_onsite_proxies_can_be_sorted_by() -> None:
    (sort,) = (field for field in onsite_proxy.ONSITE_PROXY.filters if field.name == "sort_by")
    assert set(sort.choices) == set(DOCUMENTED["yeastar_onsite_proxy"]["sort_by"])
