# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said of a Cloud PBX in a task, and under which name each call takes it. Facts: facts/vendors.md 2.4."""

from __future__ import annotations

import calendar
import re
import time
import typing as t

from ..._engine.module import Params
from ..._engine.state import require
from ..._http.errors import BadInput
from ..._model.resource import Field
from .cloud_pbx import CLOUD_PBX

SUB_DOMAIN = re.compile(r"[0-9A-Za-z-]+")
# What each call takes, field by field: as it is named here and on the wire.
SWITCHES = {
    "upgrade_in_pbx": "upgradeInPbx",
    "im": "im",
    "passwordless_login": "passwordlessLogin",
    "allow_superior_passwordless_login": "allowSuperiorPasswordlessLogin",
}
TEMPLATE = {"provisioning_via_template": "provisioningViaTemplate"}
CAPACITY = {
    "extension_capacity": "extensionCapacity",
    "concurrent_call_capacity": "concurrentCallCapacity",
    "recording_enabled": "recordingStatus",
    "recording_capacity": "recordingCapacity",
}
ONLY_NEW = {
    "region_id": "regionId",
    "sub_domain": "subDomain",
    "domain_id": "domainId",
    "version_id": "versionId",
    "customer_ids": "customerIds",
}
MAY_BE_NEW = {"transcription_capacity": "transcriptionCapacity"}
FOR_CREATION = ("name", "plan", "type", *CAPACITY, *ONLY_NEW, "upgrade_in_pbx", "im", "passwordless_login")


def seconds_of(moment: str) -> int:
    """A time as in results, in seconds since 1970. Raises BadInput."""
    try:
        return calendar.timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        raise BadInput(f"expiration_date is {moment!r}, but must look like 2027-01-31T23:59:59Z") from None


def _new(name: str, *description: str, **more: t.Any) -> Field:
    return Field(name, (*description, "Needed for a new Cloud PBX, and only then used."), **more)


def _may_be_new(name: str, *description: str, **more: t.Any) -> Field:
    return Field(name, (*description, "Used for a new Cloud PBX only."), **more)


_NEEDED, _OFF = "Needed for a new Cloud PBX.", "If not given, it is off for a new Cloud PBX."
_MORE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("upgrade_in_pbx", "passwordless_login", *CAPACITY), (_NEEDED,)),
    "im": (_NEEDED, "Needs firmware 84.12.0.32 or later."),
    "allow_superior_passwordless_login": (_OFF, "Has no effect unless O(passwordless_login) is on."),
    "provisioning_via_template": (_OFF,),
    "recording_capacity": (_NEEDED, "It can't be lowered. With V(0) the server switches O(recording_enabled) off."),
}


def _changeable(name: str) -> Field:
    known = CLOUD_PBX.field(name)
    return Field(name, (*known.lines, *_MORE.get(name, ())), known.type)


FINDS = (
    Field("id", "ID of the Cloud PBX. One of this, O(sn) and O(name) has to be given.", type="int"),
    Field("sn", "Serial number of the Cloud PBX, in place of O(id)."),
    Field("name", "Name of the Cloud PBX. With O(id) or O(sn) it is the name that the PBX is to have."),
)
SETTINGS = (
    *(_changeable(name) for name in (*SWITCHES, *TEMPLATE, *CAPACITY)),
    _new("plan", "The plan to subscribe to.", choices=("Enterprise Plan", "Ultimate Plan")),
    _new("type", "Whether it is for a trial or for good.", choices=("Trial", "Commercial")),
    _new("region_id", "ID of the region; the call C(/v1/cluster/regions) lists them.", type="int"),
    _new("domain_id", "ID of the domain; the call C(/v1/cluster/domains) lists those of a region.", type="int"),
    _new("sub_domain", "First part of its host name: letters, digits and hyphens."),
    _new("version_id", "ID of the firmware; the call C(/v1/firmware) lists those of a region.", type="int"),
    _new("customer_ids", "IDs of the customers that it belongs to.", type="list", elements="int"),
    _may_be_new("expiration_date", "When it ends, such as V(2027-01-31T23:59:59Z), in UTC. If not given, it doesn't end."),
    _may_be_new(
        "allow_run_after_expiration_date", "Whether it may go on running then. Needed with O(expiration_date).", type="bool"
    ),
    _may_be_new(
        "transcription_capacity",
        "Minutes of transcription beyond those of the plan. Needs firmware 84.19.0.110 or later.",
        type="int",
    ),
    Field(
        "wait",
        (
            "Whether to wait until it has started or stopped, and until the plan of a new one is in force.",
            "Without it the result shows what the PBX was doing right after the call.",
        ),
        type="bool",
        default=True,
    ),
    Field("wait_timeout", "Seconds to wait for it. The task fails if it isn't there by then.", type="int", default=600),
)


def on_wire(value: t.Any) -> t.Any:
    """Switches are words."""
    return {True: "Enabled", False: "Disabled"}[value] if isinstance(value, bool) else value


def check_options(params: Params) -> None:
    """Raise BadInput for what can't be a Cloud PBX, or doesn't say which is meant."""
    if params.get("id") is None and not params.get("sn") and not params.get("name"):
        raise BadInput("give id, sn or name, to tell which Cloud PBX is meant")
    if params.get("id") is not None and params.get("sn"):
        raise BadInput("only one of id and sn can be given")
    for name in ("extension_capacity", "concurrent_call_capacity", "recording_capacity", "transcription_capacity"):
        if params.get(name) is not None and params[name] < 0:
            raise BadInput(f"{name} must be 0 or more")
    if params["wait_timeout"] < 0:
        raise BadInput("wait_timeout must be 0 or more")
    if params.get("sub_domain") is not None and not SUB_DOMAIN.fullmatch(params["sub_domain"]):
        raise BadInput("sub_domain must be made of letters, digits and hyphens")
    if params.get("recording_enabled") and params.get("recording_capacity") == 0:
        raise BadInput("recording_enabled needs a recording_capacity above 0: with 0 the server switches recording off")
    if params.get("expiration_date"):
        seconds_of(params["expiration_date"])
        require(params, "allow_run_after_expiration_date", when="with expiration_date")
