# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real Jade server answered, asked again of the profile f31439d."""

from __future__ import annotations

from typing import Any

import pytest
from lab_client import Client, lines_of

# Between two recorded calls the recording session also made calls that it did not keep.
UNRECORDED_BEFORE = {
    69: [("POST", "/v1/manager/users", {"username": "mu", "password": "pw", "name": "mu", "context": "demo",
                                        "permissions": [{"permission": "user"}]})],
    70: [("DELETE", "/v1/manager/users/{mu}", None),
         ("POST", "/v1/admin/user/users", {"username": "au", "password": "x", "name": "AU"})],
    71: [("POST", "/v1/admin/dialplan/adpmas", {"name": "d1", "detail": "x"})],
    72: [("POST", "/v1/admin/dialplan/adps", {"dpma_uuid": "{d1}", "sequence": 1, "name": "a",
                                              "command": "Exec NoOp x"})],
}
# Made anew by each server, so that only their type can be compared.
GENERATED = {"timestamp", "authtoken", "tm_create", "tm_update", "uuid", "dpma_uuid"}


def replace_names(lab: Client, value: Any) -> Any:
    """Put the uuids in that the lab made for the unrecorded objects."""
    text = str(value)
    if "{mu}" in text:
        users = lab.result("/v1/manager/users")["list"]
        return value.replace("{mu}", next(user["uuid"] for user in users if user["username"] == "mu"))
    if isinstance(value, dict) and value.get("dpma_uuid") == "{d1}":
        masters = lab.result("/v1/admin/dialplan/adpmas")["list"]
        return {**value, "dpma_uuid": next(row["uuid"] for row in masters if row["name"] == "d1")}
    return value


def compare(recorded: Any, answered: Any, seeded: bool, where: str = "") -> None:
    """Same keys, same types, and the same values but for what a server makes up."""
    key = where.rsplit(".", 1)[-1]
    if isinstance(recorded, dict):
        assert isinstance(answered, dict) and set(recorded) == set(answered), where
        for name, value in recorded.items():
            compare(value, answered[name], seeded, f"{where}.{name}")
    elif isinstance(recorded, list):
        assert isinstance(answered, list) and len(recorded) == len(answered), where
        for number, pair in enumerate(zip(recorded, answered)):
            compare(*pair, seeded and number == 0, f"{where}[{number}]")
    elif key == "timestamp" or key == "authtoken" or (key in GENERATED and not seeded):
        assert type(recorded) is type(answered), where
    else:
        assert recorded == answered and type(recorded) is type(answered), where


def test_each_recorded_call_answers_as_recorded(lab: Client) -> None:
    records = lines_of("jade-f31439d.jsonl")
    for number, record in enumerate(records, start=1):
        for method, path, body in UNRECORDED_BEFORE.get(number, []):
            assert lab.jade(method, replace_names(lab, path), replace_names(lab, body)).status_code == 200
        password = "admin" if record["status"] == 200 else "wrong"
        answer = lab.jade(
            record["method"], record["path"], record["body"], token=None if record["token"] else "",
            auth=("admin", password) if record["basic"] else None,
        )
        where = f"{number} {record['method']} {record['path']}"
        assert answer.status_code == record["status"], where
        assert answer.headers["content-type"].startswith("text/plain")
        if record["response"] == "":
            assert answer.text == "", where
        else:
            compare(record["response"], answer.json(), True, where)
    assert len(records) > 70


@pytest.mark.parametrize("table", ["aors", "auths", "endpoints"])
def test_a_reload_without_changes_keeps_the_seeded_pjsip_objects(lab: Client, table: str) -> None:
    before = lab.result(f"/v1/admin/pjsip/{table}/pjagent-01")
    lab.jade("PUT", "/v1/admin/core/modules/res_pjsip")
    after = lab.result(f"/v1/admin/pjsip/{table}/pjagent-01")
    assert after.pop("tm_update") != before.pop("tm_update")
    assert after == before
