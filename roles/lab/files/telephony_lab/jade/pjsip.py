# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PJSIP objects at run time, made from the sections of pjsip.conf and the files it includes."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.conf import Files, Pairs, object_of
from telephony_lab.jade.envelope import timestamp
from telephony_lab.jade.rows import Row, Table

# The runtime table for each type of section.
TABLES = {"endpoint": "endpoints", "aor": "aors", "auth": "auths", "registration": "registrations"}

REGISTRATION: Row = {
    "object_type": "registration", "object_name": "", "status": "Unregistered", "server_uri": "", "client_uri": "",
    "max_retries": 10, "retry_interval": 60, "fatal_retry_interval": 0, "forbidden_retry_interval": 0,
    "auth_rejection_permanent": "true", "support_path": "false", "expiration": 3600, "line": "false",
    "transport": "", "contact_user": "", "endpoint": "", "outbound_auth": "", "outbound_proxy": "", "next_reg": 0,
}
# What a seeded row says of itself and a new object must not inherit.
OWN_FIELDS: dict[str, Row] = {
    "endpoint": {"auth": "", "aors": "", "context": "default", "mailboxes": "", "incoming_mwi_mailbox": "",
                 "transport": "", "device_state": "Unavailable"},
    "aor": {"contacts": "", "contacts_registered": 0, "total_contacts": 0, "endpoint_name": "", "max_contacts": 0,
            "remove_existing": "false"},
    "auth": {"username": "", "password": "", "endpoint_name": ""},
    "registration": {},
}


class PjsipReader:
    """Builds the runtime tables of a PBX."""

    def __init__(self, files: Files, seed: dict[str, list[Row]]) -> None:
        """Take unset fields of an object from the seeded rows."""
        self._files = files
        self._seeded = {kind: Table(seed[table], key="object_name") for kind, table in TABLES.items()}

    def read(self) -> dict[str, Table]:
        """The tables as a reload makes them."""
        rows: dict[str, list[Row]] = {table: [] for table in TABLES.values()}
        for name, pairs in self._files.asterisk_sections("pjsip.conf"):
            kind = dict(pairs).get("type", "")
            if kind in TABLES:
                rows[TABLES[kind]].append(self._row(kind, name, pairs))
        owners = {aor.strip(): row["object_name"] for row in rows["endpoints"] for aor in row["aors"].split(",")}
        for row in rows["aors"]:
            row["endpoint_name"] = owners.get(row["object_name"], "")
        return {table: Table(found, key="object_name") for table, found in rows.items()}

    def _row(self, kind: str, name: str, pairs: Pairs) -> Row:
        seeded = self._seeded[kind].find(object_name=name)
        if seeded is None:
            template = self._seeded[kind].rows[0] if self._seeded[kind].rows else REGISTRATION
            seeded = {**template, **OWN_FIELDS[kind], "object_name": name}
        row = overlay(seeded, object_of(pairs))
        if kind == "auth":
            row["endpoint_name"] = row["endpoint_name"] or name
        if kind == "aor" and "contact" in dict(pairs):
            row.update(contacts=f"{name}/{dict(pairs)['contact']}", total_contacts=1)
        return {**row, "tm_update": timestamp()}


def overlay(template: Row, options: dict[str, Any]) -> Row:
    """A runtime row with the options that its section sets, in the types that the row has."""
    row = dict(template)
    for key, value in options.items():
        if key not in row or key in ("type", "disallow") or not isinstance(value, str):
            continue
        if key == "allow":
            row[key] = "(" + value.replace(",", "|") + ")"
        elif isinstance(row[key], int):
            row[key] = int(value) if value.isdigit() else row[key]
        elif row[key] in ("true", "false"):
            row[key] = "true" if value in ("yes", "true", "1", "on") else "false"
        else:
            row[key] = value
    return row
