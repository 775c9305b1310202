# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/manager/users: users together with their permissions and PJSIP accounts."""

from __future__ import annotations

import re
import secrets
import uuid
from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.rows import Row, present

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REQUIRED = {"username": str, "password": str, "name": str, "context": str, "permissions": list}
ACCOUNT_FILES = ("aor", "auth", "endpoint")


class ManagerUsers(Resource):
    """/manager/users."""

    def index(self, call: Call) -> Any:
        """List all users."""
        return {"list": [self._shown(row) for row in self.pbx.tables["users"].listed("manager")]}

    def show(self, call: Call) -> Any:
        """Show one user."""
        return self._shown(self.pbx.tables["users"].shown(user_uuid(call), "manager"))

    def create(self, call: Call) -> None:
        """Add account, user, permissions and contact in this order; a failure leaves behind what came before."""
        data = call.data
        if not all(isinstance(data.get(name), kind) for name, kind in REQUIRED.items()):
            raise Failure(500)
        target = str(uuid.uuid4())
        write_account(self.pbx.files, target, account_sections(target, data["context"]))
        users = self.pbx.tables["users"]
        if users.taken("manager", username=data["username"]):
            raise Failure(500)
        user = users.insert({name: data[name] for name in ("username", "password", "name")})
        self._grant(user["uuid"], data["permissions"])
        self.pbx.tables["contacts"].insert({
            "user_uuid": user["uuid"], "target": target, "name": "", "detail": "",
            "type": "pjsip_endpoint" if self.pbx.profile.as_written else None,
        })
        self.pbx.runtime.reload("res_pjsip")

    def update(self, call: Call) -> None:
        """Replace user, permissions and context in this order; a failure leaves done what came before."""
        data, users = call.data, self.pbx.tables["users"]
        row = users.by_key(user_uuid(call), status=500)
        users.update(row, {name: data.get(name, "") for name in ("password", "name")})
        if not isinstance(data.get("permissions"), list):
            raise Failure(500)
        self.pbx.tables["permissions"].remove_where(user_uuid=row["uuid"])
        self._grant(row["uuid"], data["permissions"])
        contact = self.pbx.tables["contacts"].find(user_uuid=row["uuid"])
        if not isinstance(data.get("context"), str) or contact is None:
            raise Failure(500)
        file = "jade.pjsip.endpoint.conf"
        endpoints = self.pbx.files.objects(file)
        endpoints.setdefault(contact["target"], {})["context"] = data["context"]
        self.pbx.files.write_objects(file, endpoints)
        self.pbx.runtime.reload("res_pjsip")

    def remove(self, call: Call) -> None:
        """Remove the user with everything that belongs to it; one without a contact isn't found."""
        key = user_uuid(call)
        contact = self.pbx.tables["contacts"].find(user_uuid=key)
        if contact is None or self.pbx.tables["users"].find(uuid=key) is None:
            raise Failure(404)
        write_account(self.pbx.files, contact["target"], None)
        self.pbx.tables["users"].remove(key)
        for table, column in (("permissions", "user_uuid"), ("contacts", "user_uuid"), ("chats", "owner")):
            self.pbx.tables[table].remove_where(**{column: key})
        self.pbx.runtime.reload("res_pjsip")

    def _grant(self, user: str, permissions: list[Any]) -> None:
        for entry in permissions:
            if not isinstance(entry, dict) or not isinstance(entry.get("permission"), str):
                raise Failure(500)
            self.pbx.tables["permissions"].insert({"user_uuid": user, "permission": entry["permission"]})

    def _shown(self, user: Row) -> Row:
        granted = [row["permission"] for row in self.pbx.tables["permissions"] if row["user_uuid"] == user["uuid"]]
        contact = self.pbx.tables["contacts"].find(user_uuid=user["uuid"])
        endpoint = self.pbx.runtime["endpoints"].find(object_name=contact["target"]) if contact else None
        return {
            **present(user, "manager"), "permissions": [{"permission": name} for name in sorted(granted)],
            "context": endpoint["context"] if endpoint else "",
        }


def user_uuid(call: Call) -> str:
    """The path's uuid; anything else is not even a path."""
    if not UUID.fullmatch(call.detail):
        raise Failure(404, empty=True)
    return call.detail


def account_sections(target: str, context: str) -> dict[str, dict[str, Any]]:
    """The sections of a new user's PJSIP account, fit for a browser phone."""
    return {
        "aor": {"type": "aor", "max_contacts": "1", "remove_existing": "yes"},
        "auth": {"type": "auth", "auth_type": "userpass", "username": target, "password": secrets.token_hex(16)},
        "endpoint": {
            "type": "endpoint", "transport": "jade-transport-wss", "context": context, "disallow": "all",
            "allow": "opus,ulaw", "aors": target, "auth": target, "use_avpf": "yes", "media_encryption": "dtls",
            "dtls_verify": "fingerprint", "dtls_setup": "actpass", "ice_support": "yes", "rtcp_mux": "yes",
        },
    }


def write_account(files: Any, target: str, sections: dict[str, dict[str, Any]] | None) -> None:
    """Add an account's sections to the PJSIP files, or remove them."""
    for kind in ACCOUNT_FILES:
        file = f"jade.pjsip.{kind}.conf"
        known = files.objects(file)
        known.pop(target, None)
        if sections is not None:
            known[target] = sections[kind]
        files.write_objects(file, known)
