# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host to be: which object it is made of, its name, its variables."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..module_utils._model.resource import Object, Resource
from .untrusted import untrusted

Data = t.Dict[str, t.Any]


@dataclass
class Entry:
    """A host to be. ``hostnames``: fields or templates, the first that gives a text counts; else ``default_name``."""

    resource: Resource
    object: Object
    hostnames: list[str] | None
    default_name: str
    pbx_id: str
    address: str | None
    enabled: bool
    connection: str | None = None
    groups: list[str] = field(default_factory=list)
    more: Data = field(default_factory=dict)

    def variables(self, system: str) -> Data:
        """The host's variables. All that comes from an API is marked unsafe: a PBX must not inject templates."""
        found: Data = {
            self.resource.noun: self.object,
            "pbx_system": system,
            "pbx_id": self.pbx_id,
            "pbx_enabled": self.enabled,
            **self.more,
        }
        if self.address:
            found["ansible_host"] = self.address
        found = untrusted(found)
        if self.connection:
            found["ansible_connection"] = self.connection
        return found


def network_location(url: str) -> str:
    """Host and port of an address: what tells two servers of a kind apart."""
    return urlsplit(url).netloc
