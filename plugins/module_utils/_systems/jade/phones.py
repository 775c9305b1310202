# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phones that Jade makes for accounts, and what it leaves behind of them.

A contact links an account with its phone: an endpoint, AOR and authentication under a uuid of their own (facts/jade.md 1.7, 5).
"""

from __future__ import annotations

import re

from ..._engine.client import Client
from ..._http.errors import PbxError
from ..._model.resource import Object
from .pjsip import PJSIP_ENDPOINT

CONTACTS = "/admin/user/contacts"
MADE_BY_JADE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FILES = "jade.pjsip.endpoint.conf, jade.pjsip.auth.conf and jade.pjsip.aor.conf"
CLEAN_UP = f"No call removes them: take the sections out of {FILES} on the server and reload res_pjsip"


def phones_of(client: Client, uuid: str) -> list[str]:
    """The targets of the contacts of an account: names of PJSIP endpoints, whether they run or not."""
    return [str(row.get("target")) for row in _contacts(client) if row.get("user_uuid") == uuid]


def phones_of_nobody(client: Client) -> list[str]:
    """PJSIP endpoints of Jade's making that no contact names any more. Those that Asterisk hasn't read yet don't show."""
    named = {str(row.get("target")) for row in _contacts(client)}
    endpoints = [row for row in client.rows(PJSIP_ENDPOINT, {}).rows if str(row.get("object_name")) not in named]
    return sorted(str(row["object_name"]) for row in endpoints if _is_made_by_jade(row))


def left_behind(client: Client) -> str:
    """What to tell of phones of nobody when Jade has failed to make one."""
    try:
        found = phones_of_nobody(client)
    except PbxError:  # the failure itself is what has to be told
        found = []
    running = f"Phones of no account that run: {', '.join(found)} ({len(found)})"
    told = running if found else "No phone without an account runs yet"
    return f"{told}; this one shows as an endpoint after the next reload of PJSIP. {CLEAN_UP}"


def _contacts(client: Client) -> list[Object]:
    return client.listed(CONTACTS, "uuid", {}).rows


def _is_made_by_jade(endpoint: Object) -> bool:
    name = str(endpoint.get("object_name"))
    return bool(MADE_BY_JADE.fullmatch(name)) and endpoint.get("auth") == endpoint.get("aors") == name
