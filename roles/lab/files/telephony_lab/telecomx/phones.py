# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SIP phones of TelecomX: the document's two, and as many generated ones as asked for."""

from __future__ import annotations

import copy
import datetime
import hashlib
import secrets
from typing import Any, NamedTuple

from telephony_lab.telecomx.directory import BASE, CUSTOMER, FULL, MODELS, NORMAL, OTHER_CUSTOMER, Directory, identifier
from telephony_lab.telecomx.settings import merge

OTHER_CUSTOMERS_PHONES = 2
OTHER_CUSTOMERS_FIRST = 1_000_000
HOTDESKS = (3, 10)  # numbers of generated phones without an extension


class Wanted(NamedTuple):
    """Which phones a list is about."""

    customer: str
    text: str = ""
    available: bool = False


def now() -> str:
    """The time as TelecomX writes it."""
    moment = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")


def credential(what: str) -> str:
    """A SIP user name or password of 32 characters that is the same in each run."""
    return hashlib.sha256(what.encode()).hexdigest()[:32]


def blank() -> dict[str, Any]:
    """A phone with nothing set, with all fields of the full shape and the product besides."""
    level = {"mic": 5, "speaker": 5}
    return {
        "_id": None, "pbxCluster": 1, "sipPhoneModel": None, "extension": None, "customer": None, "macAddress": None,
        "serial": None, "product": None, "handsetIndex": None, "handsetAddress": None, "callWaiting": None,
        "sidePanel": None, "sidePanelCount": 0, "softkeyConfigurationOnDevice": False, "softkeyBlfBlindTransfer": False,
        "headsetButton": None, "dhsg": False, "displayBrightness": 15, "displayBrightnessIdle": 5,
        "displayBackground": None, "displayFontColor": None, "customConfig": None, "notes": "",
        "ip": {"mode": "OPEN", "countries": "", "address": ""}, "username": None, "password": None, "instanceId": None,
        "ringer": {"volume": 5, "tone": "1"},
        "volume": {"handset": {**level}, "headset": {**level}, "handsfree": {**level}}, "softkeys": [],
        "codec": {"hdAudio": True, "video": False},
        "network": {"dhcp": True, "ipAddress": None, "subnet": None, "gateway": None, "dns1": None, "dns2": None,
                    "vlanId": 0, "vlanPriority": 0},
        "purchaseInfo": {"orderId": None, "date": None, "paymentOption": "NONE", "sidePanels": []},
        "status": {"configLoaded": None, "configSaved": None, "online": False, "expires": -1, "localIpAddress": None,
                   "publicIpAddress": None, "userAgent": None},
    }


def documented() -> list[dict[str, Any]]:
    """The phones of the two examples; what an example doesn't show of the first is as in the second."""
    first = copy.deepcopy(FULL)
    first.update({name: copy.deepcopy(NORMAL[name]) for name in ("_id", "macAddress", "ip", "notes")})
    first.update({name: NORMAL[name]["_id"] for name in ("sipPhoneModel", "extension")})
    first.update(username=credential("user name of the normal example"), password=credential("the normal example"))
    first["status"]["online"] = NORMAL["online"]
    return [first, copy.deepcopy(FULL)]


def generate(number: int, customer: str, directory: Directory) -> dict[str, Any]:
    """A phone made from its number alone, so that it is the same in each run."""
    phone = blank()
    # Of eight phones, two are handsets of one DECT base.
    handset = number % 8 - 5 if number % 8 in (5, 6) else None
    model = MODELS[-1] if handset is not None else MODELS[number % (len(MODELS) - 1)]
    address = f"203.0.113.{number % 250 + 1}"
    mode = ("LOCKED", "OPEN", "ROAMING", "LOCKED")[number % 4]
    phone.update({
        "_id": identifier(f"phone {number}"), "sipPhoneModel": model["_id"], "customer": customer,
        "extension": None if number % 7 == 3 else directory.extension(number),
        "macAddress": f"000413{number - (handset or 0):06X}",
        "serial": f"SN{number:08d}" if number % 6 == 1 else None, "handsetIndex": handset,
        "handsetAddress": None if handset is None else f"02ABC{number:05X}",
        "callWaiting": (True, False, None)[number % 3], "notes": "" if number % 2 else f"Room {number:03d}",
        "ip": {"mode": mode, "countries": "DK,SE" if mode == "ROAMING" else "",
               "address": address if mode == "LOCKED" else ""},
        "username": credential(f"user name {number}"), "password": credential(f"password {number}"),
    })
    if number % 4 == 0:
        phone["softkeys"] = [{"index": 0, "function": "SPEEDDIAL", "value": "112", "label": "Emergency"}]
    phone["purchaseInfo"].update(orderId=str(7300 + number), date="2021-03-01T00:00:00Z", paymentOption="BOUGHT")
    phone["status"].update(configLoaded="2024-05-01T08:00:00Z", configSaved="2024-05-01T07:59:00Z")
    if number % 3 != 2:
        phone["status"].update(
            online=True, expires=600 + number % 3000, localIpAddress=f"192.168.1.{number % 250 + 1}",
            publicIpAddress=address, userAgent=f"{model['brandName']} {model['model']}",
        )
    return phone


class Phones:
    """Phones that can be listed, created, changed, lent and deleted."""

    def __init__(self, total: int) -> None:
        """Make the document's phones and as many more as the total needs."""
        self.resize(total)

    def resize(self, total: int) -> None:
        """Start afresh with another number of phones; another customer has a few besides."""
        self.directory = Directory()
        self._next = 0
        self.phones = documented()[:total]
        while len(self.phones) < total:
            self.phones.append(self._generate())
        for number in range(OTHER_CUSTOMERS_FIRST, OTHER_CUSTOMERS_FIRST + OTHER_CUSTOMERS_PHONES):
            self.phones.append(generate(number, OTHER_CUSTOMER, self.directory))

    def _generate(self) -> dict[str, Any]:
        self._next += 1
        return generate(self._next - 1, CUSTOMER, self.directory)

    def select(self, wanted: Wanted) -> list[dict[str, Any]]:
        """The phones that a list is about."""
        found = [phone for phone in self.phones if phone["customer"] == wanted.customer]
        if wanted.available:
            found = [phone for phone in found if phone["extension"] is None]
        text = wanted.text.lower()
        return [phone for phone in found if not text or any(text in part.lower() for part in self._searched(phone))]

    def _searched(self, phone: dict[str, Any]) -> list[str]:
        user = self.directory.user(phone)
        extension, employee = user.get("extension", {}), user.get("employee", {})
        parts = (phone["macAddress"], phone["ip"]["address"], phone["handsetAddress"], extension.get("number"),
                 extension.get("direct"), employee.get("name"), phone["notes"])
        return [part for part in parts if part]

    def find(self, wanted: str) -> dict[str, Any] | None:
        """The phone with this id."""
        return next((phone for phone in self.phones if phone["_id"] == wanted), None)

    def sharing(self, mac: str | None) -> list[dict[str, Any]]:
        """The phones with this MAC address."""
        return [phone for phone in self.phones if mac and phone["macAddress"] == mac]

    def create(self, values: dict[str, Any]) -> dict[str, Any]:
        """Add a phone that has never been online; a handset takes the next place at its base."""
        phone = blank()
        merge(phone, values)
        phone.update(_id=secrets.token_hex(12), username=secrets.token_hex(16), password=secrets.token_hex(16))
        if phone["sipPhoneModel"] == BASE:
            taken = [other["handsetIndex"] for other in self.sharing(phone["macAddress"])]
            phone["handsetIndex"] = max((index for index in taken if index is not None), default=-1) + 1
        phone["status"]["configSaved"] = now()
        self.phones.append(phone)
        return phone

    def update(self, phone: dict[str, Any], values: dict[str, Any]) -> None:
        """Change what is given."""
        merge(phone, values)
        phone["status"]["configSaved"] = now()

    def is_hotdesk(self, phone: dict[str, Any]) -> bool:
        """Whether anybody may take this phone for a while. No field of a phone tells."""
        return phone["_id"] in {identifier(f"phone {number}") for number in HOTDESKS}

    def remove(self, phone: dict[str, Any]) -> None:
        """Delete a phone."""
        self.phones.remove(phone)

    def move(self, how: str, rows: int, ordering: Wanted) -> None:
        """Delete the first phones of a list, insert phones before it, or have its first phones listed last."""
        if how == "insert":
            self.phones[:0] = [self._generate() for dummy in range(rows)]
            return
        for phone in self.select(ordering)[:rows]:
            self.phones.remove(phone)
            if how == "resort":
                self.phones.append(phone)


def in_full(phone: dict[str, Any]) -> dict[str, Any]:
    """A phone as the list shows it with full=true: ids in place of objects, without the product."""
    return {name: value for name, value in phone.items() if name != "product"}


def in_normal(phone: dict[str, Any], directory: Directory) -> dict[str, Any]:
    """A phone as the list shows it without full; what doesn't apply is left out."""
    handset = {name: phone[name] for name in ("handsetIndex", "handsetAddress") if phone[name] is not None}
    return {
        "_id": phone["_id"], "macAddress": phone["macAddress"], **handset,
        "sipPhoneModel": directory.models[phone["sipPhoneModel"]], **directory.user(phone),
        "ip": phone["ip"], "notes": phone["notes"], "online": phone["status"]["online"],
    }
