# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of a Jade resource, and what every resource can answer to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telephony_lab.exchange import Exchange
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.rows import Row

if TYPE_CHECKING:
    from telephony_lab.jade.pbx import Pbx

# The resource's method for an HTTP method, on the path of the list and on the path of one object.
LIST_METHODS = {"GET": "index", "POST": "create", "PUT": "change", "DELETE": "clear"}
DETAIL_METHODS = {"GET": "show", "POST": "load", "PUT": "update", "DELETE": "remove"}


@dataclass
class Call:
    """What a resource needs to know of a request."""

    exchange: Exchange
    body: bytes = b""
    detail: str = ""
    path_parameters: dict[str, str] | None = None
    user: Row | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The JSON body: 400 when it is missing or broken, 500 when it isn't an object."""
        value = self.json
        if not isinstance(value, dict):
            raise Failure(500)
        return value

    @property
    def json(self) -> Any:
        """The JSON body of any type."""
        try:
            return json.loads(self.body)
        except ValueError as exc:
            raise Failure(400) from exc

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return self.exchange.parameters


class Resource:
    """One resource; a method that it lacks is answered with 405."""

    def __init__(self, pbx: Pbx) -> None:
        """Serve from the state of one PBX."""
        self.pbx = pbx
