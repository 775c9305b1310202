# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud PBXs that are made up: the generated ones, and the one that a client creates."""

from __future__ import annotations

import time
from typing import Any

FIRST_GENERATED_ID = 7741
FIRST_CREATE_TIME = 1635752836
STATUSES = ("Running",) * 14 + ("Stopped",) * 3 + ("Starting", "Upgrading", "Provisioning")
REGIONS = ("China(GuangDong)", "US(Virginia)", "Germany(Frankfurt)", "Singapore", "Denmark(Copenhagen)")
GROUPS = ("commercial PCE", "retail", "logistics", "hotels", "clinics", "schools")
CITIES = ("Aarhus", "Berlin", "Cordoba", "Dresden", "Esbjerg", "Funchal", "Geneva", "Hanoi", "Izmir", "Jaipur")
PEOPLE = (("Wayne", "William"), ("Jane", "Smith"), ("Ada", "Jensen"), ("Omar", "Haddad"), ("Li", "Wei"))
VERSIONS = ("84.8.0.25", "84.19.0.110", "84.23.0.35")
# What a client sets at birth and sees again; customers, DIDs and transcription minutes are checked and forgotten.
KEPT = {
    "name", "plan", "extensionCapacity", "concurrentCallCapacity", "recordingStatus", "recordingCapacity", "type",
    "expirationDate", "upgradeInPbx", "im", "passwordlessLogin", "allowSuperiorPasswordlessLogin",
    "provisioningViaTemplate",
}


def generate(number: int, port: int) -> dict[str, Any]:
    """A Cloud PBX made from its number alone, so that it is the same in each run."""
    mix = number * 2654435761 & 0xFFFFFFFF
    pick = [mix >> shift & 0xFF for shift in (0, 5, 9, 13, 17, 21, 24)]
    status = STATUSES[pick[0] % len(STATUSES)]
    created = FIRST_CREATE_TIME + number * 5400
    serial = f"3659B43{number:08d}"
    first, last = PEOPLE[pick[1] % len(PEOPLE)]
    extensions = (10, 20, 50, 100, 250)[pick[2] % 5]
    recording = pick[3] % 3 > 0
    row: dict[str, Any] = {
        "cloudPbxId": FIRST_GENERATED_ID + number * 3,
        "pbxStatus": status,
        "activationStatus": "Unactivated" if status in ("Starting", "Provisioning") else "Activated",
        "name": f"{CITIES[pick[4] % len(CITIES)]} {number:05d}",
        "sn": serial,
        "plan": ("Enterprise Plan", "Ultimate Plan", "Ultimate Plan", "Upgrading to Ultimate Plan")[pick[5] % 4],
        "planExpirationDate": created + 31536000,
        "extensionCapacity": extensions,
        "concurrentCallCapacity": extensions // 2,
        "recordingStatus": "Enabled" if recording else "Disabled",
        "recordingCapacity": 500 if recording else 0,
        "region": REGIONS[pick[6] % len(REGIONS)],
        "url": f"127.0.0.1:{port}/yeastar/{serial.lower()}",
        "type": "Trial" if pick[1] % 7 == 0 else "Commercial",
        "version": VERSIONS[pick[2] % 3],
        "group": GROUPS[pick[3] % len(GROUPS)],
        "creator": {"firstName": first, "lastName": last, "email": f"{first.lower()}@example.com"},
        "createTime": created,
        "initialStartUpTime": created + 600,
        "upgradeInPbx": "Enabled",
        "im": "Enabled" if pick[4] % 2 else "Disabled",
        "passwordlessLogin": "Disabled",
        "provisioningViaTemplate": "Disabled",
        "activeCalls": str(pick[5] % 12 if status == "Running" else 0),
        "usedExtensions": str(extensions * (pick[6] % 10) // 10),
        "usedRecording": str(pick[0] * 2 if recording else 0),
    }
    row.update(optional_fields(created, pick))
    return row


def optional_fields(created: int, pick: list[int]) -> dict[str, Any]:
    """Fields that YCM leaves out where they have no value."""
    optional: dict[str, Any] = {}
    if pick[1] % 3:
        optional["expirationDate"] = created + 31536000
    if pick[2] % 4 == 0:
        optional.update(provisioningViaTemplate="Enabled", lastUsedTemplate="PCE-Provision-Template",
                        lastUsedTime=created + 86400)
    if pick[3] % 2:
        optional["allowSuperiorPasswordlessLogin"] = "no"
    if pick[4] % 3:
        optional["lastBackupTime"] = created + 172800
    return optional


def create(number: int, body: dict[str, Any], place: dict[str, str]) -> dict[str, Any]:
    """The Cloud PBX that a client asked for; nobody has started or activated it yet."""
    model, now = generate(number, 0), int(time.time())
    first, last = PEOPLE[0]
    row: dict[str, Any] = {
        "cloudPbxId": model["cloudPbxId"], "pbxStatus": "Provisioning", "activationStatus": "Unactivated",
        "sn": model["sn"], "planExpirationDate": now + 31536000, **place,
        "creator": {"firstName": first, "lastName": last, "email": f"{first.lower()}@example.com"},
        "createTime": now, "provisioningViaTemplate": "Disabled", "activeCalls": "0", "usedExtensions": "0",
        "usedRecording": "0",
    }
    row.update({name: value for name, value in body.items() if name in KEPT})
    if not row["recordingCapacity"]:
        row["recordingStatus"] = "Disabled"
    return row
