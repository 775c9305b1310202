# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queue members."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure, timestamp
from telephony_lab.jade.rows import Row, present


def integer(data: dict[str, Any], name: str, default: int = 0) -> int:
    """An integer of the body."""
    value = data.get(name, default)
    return value if isinstance(value, int) else default


class Members(Resource):
    """/admin/queue/members, keyed ``<name>@<queue>``."""

    def index(self, call: Call) -> Any:
        """List all members."""
        return {"list": self.pbx.runtime["members"].listed()}

    def find(self, call: Call) -> Row | None:
        """The member that the path names."""
        return self.pbx.runtime["members"].find(id=call.detail)

    def show(self, call: Call) -> Any:
        """Show one member."""
        row = self.find(call)
        if row is None:
            raise Failure(404)
        return present(row, "detail")

    def create(self, call: Call) -> None:
        """Add a dynamic member; that the queue doesn't exist is not told."""
        data = call.data
        if not all(isinstance(data.get(name), str) for name in ("queue_name", "name", "state_interface")):
            raise Failure(500)
        self.pbx.runtime.add_member({
            "queue_name": data["queue_name"], "name": data["name"], "location": data["state_interface"],
            "state_interface": data["state_interface"], "penalty": integer(data, "penalty"),
            "paused": integer(data, "paused"),
        })

    def update(self, call: Call) -> None:
        """Change penalty and pause of the member that the body names; the path isn't looked at.

        Asterisk is told the state interface as the interface, and does nothing if no member has it.
        """
        data = call.data
        if not all(isinstance(data.get(name), str) for name in ("queue_name", "state_interface")):
            raise Failure(500)
        row = self.pbx.runtime["members"].find(queue_name=data["queue_name"], location=data["state_interface"])
        changes: Row = {}
        if "penalty" in data:
            changes["penalty"] = integer(data, "penalty")
        if "paused" in data:
            if not isinstance(data.get("paused_reason"), str):
                self._apply(row, changes)
                raise Failure(500)
            changes.update(paused=integer(data, "paused"), paused_reason=data["paused_reason"])
        self._apply(row, changes)

    def remove(self, call: Call) -> None:
        """Remove a dynamic member; Asterisk ignores the request for a static one."""
        row = self.find(call)
        if row is None:
            raise Failure(500)
        if row["membership"] == "dynamic":
            self.pbx.runtime["members"].rows.remove(row)

    def _apply(self, row: Row | None, changes: Row) -> None:
        if row is not None and changes:
            row.update(changes, tm_update=timestamp())


class DocumentedMembers(Members):
    """The same, with one member named by its name in the path and its queue in the query."""

    def find(self, call: Call) -> Row | None:
        """The member that path and query name; without the query there is none to look for."""
        if "queue_name" not in call.query:
            raise Failure(400)
        return self.pbx.runtime["members"].find(name=call.detail, queue_name=call.query["queue_name"])
