# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the JSON bodies of the writes must look like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from telephony_lab.ycm.errors import Failure

Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    """Whether this is a string that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_count(value: Any) -> bool:
    """Whether this is a whole number from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_flag(value: Any) -> bool:
    """Whether this is true or false."""
    return isinstance(value, bool)


def is_ids(value: Any) -> bool:
    """Whether this is a list of at least one id."""
    return isinstance(value, list) and bool(value) and all(is_count(entry) for entry in value)


def is_relations(value: Any) -> bool:
    """Whether this is a list of trunks with their DIDs."""
    return isinstance(value, list) and all(
        isinstance(entry, dict) and is_count(entry.get("trunkId")) and is_ids(entry.get("didIds")) for entry in value)


def is_sub_domain(value: Any) -> bool:
    """Whether this is made of letters, digits and hyphens."""
    return isinstance(value, str) and bool(re.fullmatch("[0-9A-Za-z-]+", value))


def one_of(*words: str) -> Check:
    """A check for one of these words, as they are written."""
    return lambda value: isinstance(value, str) and value in words


is_switch = one_of("Enabled", "Disabled")


@dataclass(frozen=True)
class Shape:
    """The fields of a body and their checks."""

    required: dict[str, Check]
    optional: dict[str, Check]

    def check(self, body: dict[str, Any]) -> None:
        """Refuse a body with a field missing, unknown or wrong."""
        checks = {**self.required, **self.optional}
        if not self.required.keys() <= body.keys() or not all(
                name in checks and checks[name](value) for name, value in body.items()):
            raise Failure(1000004)


CAPACITY = Shape({
    "extensionCapacity": is_count, "concurrentCallCapacity": is_count, "recordingStatus": is_switch,
    "recordingCapacity": is_count,
}, {"transcriptionCapacity": is_count})
UPDATE = Shape({
    "name": is_text, "upgradeInPbx": is_switch, "im": is_switch, "passwordlessLogin": is_switch,
    "allowSuperiorPasswordlessLogin": is_switch,
}, {"provisioningViaTemplate": is_switch, "pbxApi": is_switch, "trunkConfigurationAccess": is_switch})
CREATE = Shape({
    **CAPACITY.required, "name": is_text, "plan": one_of("Enterprise Plan", "Ultimate Plan"), "regionId": is_count,
    "subDomain": is_sub_domain, "domainId": is_count, "versionId": is_count, "type": one_of("Trial", "Commercial"),
    "customerIds": is_ids, "upgradeInPbx": is_switch, "im": is_switch, "passwordlessLogin": is_switch,
}, {
    **CAPACITY.optional, "expirationDate": is_count, "allowRunAfterExpirationDate": is_flag,
    "allowSuperiorPasswordlessLogin": is_switch, "provisioningViaTemplate": is_switch,
    "trunkDidRelations": is_relations,
})
DELETE = Shape({"cloudPbxIds": is_ids}, {})


async def body_of(request: Request, shape: Shape) -> dict[str, Any]:
    """The JSON object of a body, checked."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Failure(1000004)
    try:
        body = await request.json()
    except ValueError as exc:
        raise Failure(1000004) from exc
    if not isinstance(body, dict):
        raise Failure(1000004)
    shape.check(body)
    return body
