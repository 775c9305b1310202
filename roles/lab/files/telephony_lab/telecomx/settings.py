# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone can be told: which fields there are, which values they take, and how a change is merged."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from telephony_lab.telecomx.failure import Failure

Rule = Callable[[Any], bool]
# Assigned by the server. A client that sends back what it has read does no harm with them.
READ_ONLY = ("_id", "username", "password", "handsetIndex", "status")
NEVER_NULL = ("pbxCluster", "sipPhoneModel", "customer", "ip.mode")
FUNCTIONS = (
    "SPEEDDIAL", "BLF", "LINE", "DND", "DNDOTHER", "ADDRESSBOOK", "REDIAL", "VOICEMAIL", "TRANSFER", "URL", "HOLD",
    "RECORD", "MENU", "PICKUP", "PICKUPGROUP", "QUEUE", "SWITCH", "PRESENCE",
)
PAYMENTS = ("NONE", "BOUGHT", "RENTED", "SELF_OWNED")


def text(value: Any) -> bool:
    """Whether this is a text."""
    return isinstance(value, str)


def boolean(value: Any) -> bool:
    """Whether this is true or false."""
    return isinstance(value, bool)


def number(lowest: int = 0, highest: int = 10**9) -> Rule:
    """A rule for whole numbers."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def one_of(*values: Any) -> Rule:
    """A rule for a choice."""
    return lambda value: not isinstance(value, bool) and value in values


def pattern(expression: str) -> Rule:
    """A rule for texts of a form."""
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None


LEVELS = {"mic": number(), "speaker": number()}
PURCHASE = {"orderId": text, "date": text, "paymentOption": one_of(*PAYMENTS)}
SETTINGS: dict[str, Any] = {
    "pbxCluster": one_of(1, 2), "sipPhoneModel": text, "extension": text, "customer": text,
    "macAddress": pattern("[0-9A-Fa-f]{12}"), "serial": text, "product": text, "handsetAddress": text,
    "callWaiting": boolean, "sidePanel": text, "sidePanelCount": number(), "softkeyConfigurationOnDevice": boolean,
    "softkeyBlfBlindTransfer": boolean,
    "headsetButton": one_of("speaker", "headset", "speaker-headset", "headset-speaker"), "dhsg": boolean,
    "displayBrightness": number(0, 15), "displayBrightnessIdle": number(0, 15), "displayBackground": text,
    "displayFontColor": one_of("LIGHT", "DARK"), "customConfig": text, "notes": text, "instanceId": text,
    "ip": {"mode": one_of("OPEN", "LOCKED", "ROAMING"), "countries": text, "address": text},
    # The table says text, the example shows a number.
    "ringer": {"volume": number(), "tone": lambda value: text(value) or number()(value)},
    "volume": {"handset": LEVELS, "headset": LEVELS, "handsfree": LEVELS},
    "softkeys": [{"index": number(), "function": one_of(*FUNCTIONS), "value": text, "label": text}],
    "codec": {"hdAudio": boolean, "video": boolean},
    "network": {"dhcp": boolean, **dict.fromkeys(("ipAddress", "subnet", "gateway", "dns1", "dns2"), text),
                "vlanId": number(0, 4094), "vlanPriority": number(0, 7)},
    "purchaseInfo": {**PURCHASE, "sidePanels": [{"serial": text, **PURCHASE}]},
}


def writable(body: dict[str, Any]) -> dict[str, Any]:
    """The settings of a body, all of them checked; a wrong one is refused by its name."""
    values = {name: value for name, value in body.items() if name not in READ_ONLY}
    _check(values, SETTINGS, "")
    return values


def _check(values: Any, rules: dict[str, Any], where: str) -> None:
    if not isinstance(values, dict):
        raise Failure(422, where.rstrip("."))
    for name, value in values.items():
        rule, path = rules.get(name), where + name
        if isinstance(rule, dict):
            _check(value, rule, path + ".")
        elif isinstance(rule, list):
            _check_list(value, rule[0], path)
        elif rule is None or (path in NEVER_NULL if value is None else not rule(value)):
            raise Failure(422, path)


def _check_list(values: Any, rules: dict[str, Any], path: str) -> None:
    if not isinstance(values, list):
        raise Failure(422, path)
    for value in values:
        _check(value, rules, path + ".")


def merge(target: dict[str, Any], values: dict[str, Any]) -> None:
    """Change what is given: objects field by field, lists as a whole."""
    for name, value in values.items():
        if isinstance(value, dict) and isinstance(target.get(name), dict):
            merge(target[name], value)
        else:
            target[name] = copy.deepcopy(value)
