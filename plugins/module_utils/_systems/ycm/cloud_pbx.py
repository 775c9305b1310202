# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud PBXs. Document: "Query All the Cloud PBXs"; facts/vendors.md 2.6."""

from __future__ import annotations

from ..._model import converters
from ..._model.resource import Field, Resource


def _capacity(name: str, api: str, description: str, sample: int) -> Field:
    return Field(name, description, type="int", api=api, sample=sample, write=True)


def _used(name: str, api: str, description: str, sample: int) -> Field:
    return Field(name, description, type="int", api=api, sample=sample, assigned=True)


def _switch(name: str, api: str, description: str) -> Field:
    return Field(name, description, type="bool", api=api, sample=False, write=True)


def _time(name: str, api: str, description: str, sample: str) -> Field:
    return Field(name, description + " ISO 8601, UTC.", api=api, sample=sample, convert=converters.epoch, assigned=True)


CLOUD_PBX = Resource(
    system="ycm",
    noun="cloud_pbx",
    plural="cloud_pbxs",
    title="Cloud PBX",
    description=("The Cloud PBXs of a Yeastar Central Management, with their status, plan, capacity and usage.",),
    notes=(
        "Where requests are limited, the task waits for minutes until it may go on, unless O(api_retries) is 0.",
        "Fields without a value are V(null); the server leaves them out.",
    ),
    list_path="/v2/cloud_pbx/instances",
    detail_path="/v1/cloud_pbx/instances/{id}",
    key="id",
    alternate_keys=("name", "sn"),
    fields=(
        Field("id", "ID of the Cloud PBX.", type="int", api="cloudPbxId", sample=7738, assigned=True),
        Field("name", "Name of the Cloud PBX.", sample="Yeastar P-Series Cloud PBX2", write=True),
        Field("sn", "Serial number.", sample="3658B431119XXXXX", assigned=True),
        Field(
            "status",
            "V(Stopped), V(Starting), V(Running), V(Upgrading), V(Restoring) or V(Provisioning).",
            api="pbxStatus",
            sample="Running",
            write=True,
            assigned=True,
        ),
        Field(
            "activation_status",
            "V(Activated) or V(Unactivated).",
            api="activationStatus",
            sample="Activated",
            assigned=True,
        ),
        Field(
            "plan",
            (
                "V(Enterprise Plan) or V(Ultimate Plan).",
                "V(Upgrading to Ultimate Plan) while the central management switches it.",
            ),
            sample="Ultimate Plan",
        ),
        _time("plan_expiration_date", "planExpirationDate", "When the plan ends.", "2021-12-02T06:47:12Z"),
        _capacity("extension_capacity", "extensionCapacity", "Extensions that it may have.", 15),
        _capacity("concurrent_call_capacity", "concurrentCallCapacity", "Calls that it may carry at once.", 15),
        _switch("recording_enabled", "recordingStatus", "Whether calls can be recorded."),
        _capacity("recording_capacity", "recordingCapacity", "Minutes of recordings that it may keep.", 500),
        Field("region", "Where it runs.", sample="China(GuangDong)", assigned=True),
        Field("url", "Its address, without C(https://).", sample="cloud2.example.yeastarcloud.com", assigned=True),
        Field("type", "V(Trial) or V(Commercial).", sample="Commercial"),
        _time("expiration_date", "expirationDate", "When it ends; V(null) if never.", "2021-12-02T06:47:12Z"),
        Field("version", "Version of its firmware.", sample="84.8.0.25", assigned=True),
        Field("group", "Group that it belongs to.", sample="commercial PCE", assigned=True),
        Field(
            "creator",
            "Who created it.",
            type="dict",
            assigned=True,
            fields=(
                Field("first_name", "First name.", api="firstName", sample="Jane"),
                Field("last_name", "Last name.", api="lastName", sample="Smith"),
                Field("email", "E-mail address.", sample="jane@example.com"),
            ),
        ),
        _time("create_time", "createTime", "When it was created.", "2021-11-01T06:47:16Z"),
        _time("initial_start_up_time", "initialStartUpTime", "When it was first started.", "2021-11-01T06:47:16Z"),
        _switch("upgrade_in_pbx", "upgradeInPbx", "Whether its firmware can be upgraded on the PBX itself."),
        _switch("im", "im", "Whether internal chat is on."),
        _switch("passwordless_login", "passwordlessLogin", "Whether one can log in to it without a password."),
        _switch(
            "allow_superior_passwordless_login",
            "allowSuperiorPasswordlessLogin",
            "Whether the superior account can log in to it without a password.",
        ),
        _switch("provisioning_via_template", "provisioningViaTemplate", "Whether it can be provisioned by a template."),
        Field(
            "last_used_template",
            "Template that it was last provisioned with.",
            api="lastUsedTemplate",
            assigned=True,
            sample="PCE-Provision-Template",
        ),
        _time("last_used_time", "lastUsedTime", "When that was.", "2023-03-30T06:14:46Z"),
        _used("active_calls", "activeCalls", "Calls under way.", 10),
        _used("used_extensions", "usedExtensions", "Extensions that it has.", 10),
        _used("used_recording", "usedRecording", "Minutes of recordings that it keeps.", 150),
        _time(
            "last_backup_time",
            "lastBackupTime",
            "When the central management last made a backup of it.",
            "2024-10-24T16:19:08Z",
        ),
    ),
    filters=(
        Field("search", "Text to search for; the server decides in which fields.", sample="Berlin"),
        Field(
            "sort",
            "Field to sort by, as the server names it; with a minus the other way round.",
            choices=("cloudPbxId", "-cloudPbxId", "createTime", "-createTime"),
            default="cloudPbxId",
        ),
    ),
)
