# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/manager/trunks: five PJSIP sections of one name."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.conf import to_text
from telephony_lab.jade.envelope import Failure

FIELDS = ("server_uri", "client_uri", "username", "password", "contact", "context", "hostname")
# Where each field of a trunk is kept: kind of section and option.
PLACES = {
    "server_uri": ("registration", "server_uri"), "client_uri": ("registration", "client_uri"),
    "username": ("auth", "username"), "password": ("auth", "password"), "contact": ("aor", "contact"),
    "context": ("endpoint", "context"), "hostname": ("identify", "match"),
}
KINDS = ("registration", "auth", "aor", "endpoint", "identify")
ALL_KINDS = (*KINDS, "contact", "transports")


def file_of(kind: str) -> str:
    """The file that holds the sections of one kind."""
    return f"jade.pjsip.{kind}.conf"


def sections_of(name: str, values: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The five sections of a trunk."""
    sections: dict[str, dict[str, Any]] = {
        "registration": {"type": "registration", "retry_interval": "60", "line": "yes",
                         "transport": "jade-transport-udp", "outbound_auth": name, "endpoint": name},
        "auth": {"type": "auth", "auth_type": "userpass"},
        "aor": {"type": "aor"},
        "endpoint": {"type": "endpoint", "outbound_auth": name, "aors": name, "allow": "ulaw"},
        "identify": {"type": "identify", "endpoint": name},
    }
    for field, (kind, option) in PLACES.items():
        sections[kind][option] = values[field]
    return sections


class Trunks(Resource):
    """/manager/trunks."""

    def index(self, call: Call) -> Any:
        """List all trunks."""
        return {"list": [self._shown(name) for name in self.pbx.files.objects(file_of("registration"))]}

    def show(self, call: Call) -> Any:
        """Show one trunk."""
        if call.detail not in self.pbx.files.objects(file_of("registration")):
            raise Failure(404)
        return self._shown(call.detail)

    def create(self, call: Call) -> None:
        """Add a trunk whose name no section of any kind has."""
        name = call.data.get("name")
        if not isinstance(name, str) or any(name in self.pbx.files.objects(file_of(kind)) for kind in ALL_KINDS):
            raise Failure(500)
        self._write(name, sections_of(name, values_of(call.data)))

    def update(self, call: Call) -> None:
        """Replace all values; those left out become empty."""
        if call.detail not in self.pbx.files.objects(file_of("registration")):
            raise Failure(500)
        self._write(call.detail, sections_of(call.detail, values_of(call.data)))

    def remove(self, call: Call) -> None:
        """Remove a trunk; a missing one is fine."""
        if call.detail in self.pbx.files.objects(file_of("registration")):
            self._write(call.detail, None)

    def _write(self, name: str, sections: dict[str, dict[str, Any]] | None) -> None:
        for kind in KINDS:
            known = self.pbx.files.objects(file_of(kind))
            if sections is None:
                known.pop(name, None)
            else:
                known[name] = sections[kind]
            self.pbx.files.write_objects(file_of(kind), known)
        self.pbx.runtime.reload("res_pjsip")

    def _shown(self, name: str) -> dict[str, Any]:
        sections = {kind: self.pbx.files.objects(file_of(kind)).get(name, {}) for kind in KINDS}
        shown: dict[str, Any] = {"name": name}
        shown.update({field: sections[kind].get(option, "") for field, (kind, option) in PLACES.items()})
        registration = self.pbx.runtime["registrations"].find(object_name=name)
        return {**shown, "status": registration["status"] if registration else "Unregistered"}


def values_of(data: dict[str, Any]) -> dict[str, str]:
    """A trunk's values from a body; what isn't given is empty."""
    return {field: to_text(data.get(field, "")) for field in FIELDS}
