# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/admin/*/configurations: a whole configuration file, and the backups of it."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure


class Configurations(Resource):
    """The main file of one Asterisk module."""

    file = ""

    def index(self, call: Call) -> Any:
        """List the live file, then its backups."""
        files = self.pbx.files
        texts = {self.file: files.texts[self.file], **files.backups_of(self.file)}
        return {"list": [{"name": name, "data": text} for name, text in texts.items()]}

    def show(self, call: Call) -> Any:
        """Show the file or one backup."""
        files = self.pbx.files
        texts = {self.file: files.texts[self.file], **files.backups_of(self.file)}
        if call.detail not in texts:
            raise Failure(404)
        return {"name": call.detail, "data": texts[call.detail]}

    def update(self, call: Call) -> None:
        """Replace the live file; the backup is made before the data is looked at."""
        data = call.data.get("data")
        if call.detail != self.file:
            raise Failure(500)
        self.pbx.files.back_up(self.file)
        if not isinstance(data, str) or not data:
            raise Failure(500)
        self.pbx.files.texts[self.file] = data

    def remove(self, call: Call) -> None:
        """Remove a backup."""
        if call.detail not in self.pbx.files.backups_of(self.file):
            raise Failure(500)
        del self.pbx.files.backups[call.detail]


class DialplanConfigurations(Configurations):
    """/admin/dialplan/configurations."""

    file = "extensions.conf"


class ParkConfigurations(Configurations):
    """/admin/park/configurations."""

    file = "res_parking.conf"


class PjsipConfigurations(Configurations):
    """/admin/pjsip/configurations."""

    file = "pjsip.conf"


class QueueConfigurations(Configurations):
    """/admin/queue/configurations."""

    file = "queues.conf"
