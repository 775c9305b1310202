# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Async dialplans: masters and their steps, in the database."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure

# Jade sets these itself, whatever the body has.
JADES_OWN = ("uuid", "tm_create", "tm_update")


class DatabaseRows(Resource):
    """Rows of a database table: create, read, partial update, delete."""

    table = ""

    def index(self, call: Call) -> Any:
        """List all rows."""
        return {"list": self.pbx.tables[self.table].listed()}

    def show(self, call: Call) -> Any:
        """Show one row."""
        return self.pbx.tables[self.table].shown(call.detail)

    def create(self, call: Call) -> None:
        """Add a row; unknown keys fail."""
        self.pbx.tables[self.table].insert(without_jades_own(call.data))

    def update(self, call: Call) -> None:
        """Change a row."""
        table = self.pbx.tables[self.table]
        table.update(table.by_key(call.detail, status=500), without_jades_own(call.data))

    def remove(self, call: Call) -> None:
        """Remove a row."""
        self.pbx.tables[self.table].remove(call.detail)


class Adpmas(DatabaseRows):
    """/admin/dialplan/adpmas: the masters."""

    table = "adpmas"


class Adps(DatabaseRows):
    """/admin/dialplan/adps: the steps."""

    table = "adps"

    def create(self, call: Call) -> None:
        """Add a step to a master that need not exist, at a place that must be free."""
        master, sequence = call.data.get("dpma_uuid"), call.data.get("sequence")
        if not isinstance(master, str) or not isinstance(sequence, int) or isinstance(sequence, bool) or sequence < 1:
            raise Failure(500)
        if self.pbx.tables["adps"].taken("list", dpma_uuid=master, sequence=sequence):
            raise Failure(500)
        super().create(call)

    def update(self, call: Call) -> None:
        """Change a step, where that works: the newest server removes the key it then needs.

        Older ones want the body to name the master, as the document's example does, and the master to exist.
        """
        master = call.data.get("dpma_uuid")
        if not self.pbx.profile.as_written or not isinstance(master, str):
            raise Failure(500)
        self.pbx.tables["adpmas"].by_key(master, status=500)
        super().update(call)


def without_jades_own(data: dict[str, Any]) -> dict[str, Any]:
    """What of a body may be columns of the table."""
    return {name: value for name, value in data.items() if name not in JADES_OWN}
