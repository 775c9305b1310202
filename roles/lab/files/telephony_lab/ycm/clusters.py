# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Regions, domain names and firmwares: where the ids for a new Cloud PBX come from."""

from __future__ import annotations

from typing import Any

from telephony_lab.ycm.errors import Failure
from telephony_lab.ycm.generated import REGIONS, VERSIONS

FIRST_VERSION_ID = 764
REGION_LIST = [{"regionId": number, "region": name} for number, name in enumerate(REGIONS, 1)]
# Of each region one domain, and a second one of the first.
DOMAIN_LIST = [
    {"regionId": 1, "domainId": 1, "domain": "one.pbx.example"},
    {"regionId": 1, "domainId": 2, "domain": "two.pbx.example"},
    *({"regionId": number, "domainId": number + 1, "domain": f"r{number}.pbx.example"}
      for number in range(2, len(REGIONS) + 1)),
]
# The newest firmware isn't there yet in the last region.
FIRMWARE_LIST: list[dict[str, Any]] = [
    {"versionId": FIRST_VERSION_ID + number, "version": version,
     "regionIds": list(range(1, len(REGIONS) + (version != VERSIONS[-1])))}
    for number, version in enumerate(VERSIONS)
]


def numbers_of(text: str) -> set[int]:
    """The numbers of a list in the query, which commas separate."""
    parts = text.split(",")
    if not all(part.isdecimal() for part in parts):
        raise Failure(1000004)
    return {int(part) for part in parts}


def domains(region_ids: str) -> list[dict[str, Any]]:
    """The domain names of some regions, which must be given."""
    wanted = numbers_of(region_ids)
    return [entry for entry in DOMAIN_LIST if entry["regionId"] in wanted]


def firmwares(kind: str, region_ids: str) -> list[dict[str, Any]]:
    """The firmwares that are there in one of some regions, or in any."""
    if kind != "pbx":
        raise Failure(1000004)
    wanted = numbers_of(region_ids) if region_ids else set(range(1, len(REGIONS) + 1))
    return [entry for entry in FIRMWARE_LIST if wanted.intersection(entry["regionIds"])]


def place(body: dict[str, Any]) -> dict[str, str]:
    """Region, URL and version that the ids of a body stand for; ids that don't go together are refused."""
    region_id = body["regionId"]
    region = next((entry["region"] for entry in REGION_LIST if entry["regionId"] == region_id), None)
    domain = next((entry["domain"] for entry in DOMAIN_LIST
                   if (entry["regionId"], entry["domainId"]) == (region_id, body["domainId"])), None)
    version = next((entry["version"] for entry in FIRMWARE_LIST
                    if entry["versionId"] == body["versionId"] and region_id in entry["regionIds"]), None)
    if region is None or domain is None or version is None:
        raise Failure(1000004)
    return {"region": str(region), "url": f"{body['subDomain']}.{domain}", "version": version}
