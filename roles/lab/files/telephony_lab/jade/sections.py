# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of Jade's own configuration files: static dialplans, queues, parking lots."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.conf import Pairs, to_text
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.pbx import SECTION_FILES


class ObjectSections(Resource):
    """Sections whose data is an object."""

    kind = ""
    refused: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file that holds the sections."""
        return SECTION_FILES[self.kind][0]

    @property
    def module(self) -> str:
        """The module that reads the file."""
        return SECTION_FILES[self.kind][1]

    def sections(self) -> dict[str, dict[str, Any]]:
        """All sections as Jade reads them now."""
        return self.pbx.files.objects(self.file)

    def index(self, call: Call) -> Any:
        """List all sections."""
        return {"list": [{"name": name, "data": data} for name, data in self.sections().items()]}

    def show(self, call: Call) -> Any:
        """Show one section."""
        sections = self.sections()
        if call.detail not in sections:
            raise Failure(404)
        return {"name": call.detail, "data": sections[call.detail]}

    def create(self, call: Call) -> None:
        """Add a section that isn't there yet."""
        name, data = call.data.get("name"), call.data.get("data")
        sections = self.sections()
        if not isinstance(name, str) or not isinstance(data, dict) or name in self.refused or name in sections:
            raise Failure(500)
        self.pbx.files.write_objects(self.file, {**sections, name: data})

    def update(self, call: Call) -> None:
        """Replace a section that is there."""
        data = call.data.get("data")
        sections = self.sections()
        if not isinstance(data, dict) or call.detail in self.refused or call.detail not in sections:
            raise Failure(500)
        self.pbx.files.write_objects(self.file, {**sections, call.detail: data})

    def remove(self, call: Call) -> None:
        """Remove a section; a missing one is fine."""
        sections = self.sections()
        if call.detail in self.refused:
            raise Failure(500)
        sections.pop(call.detail, None)
        self.pbx.files.write_objects(self.file, sections)


class CfgQueues(ObjectSections):
    """/admin/queue/cfg_queues."""

    kind = "cfg_queues"
    refused = ("global",)


class CfgParkinglots(ObjectSections):
    """/admin/park/cfg_parkinglots."""

    kind = "cfg_parkinglots"
    refused = ("general", "default")

    def create(self, call: Call) -> None:
        """Add a section; the unmodified server dies of it."""
        if self.pbx.park_post_works:
            super().create(call)
            return
        dummy = call.data  # A body that is not JSON is still answered with 400.
        self.pbx.kill()
        call.exchange.dropped = True


class Parkinglots(Resource):
    """/admin/park/parkinglots: what Asterisk runs with."""

    def index(self, call: Call) -> Any:
        """List all lots."""
        return {"list": self.pbx.runtime["parkinglots"].listed()}

    def show(self, call: Call) -> Any:
        """Show one lot."""
        return self.pbx.runtime["parkinglots"].shown(call.detail)


class WritableParkinglots(Parkinglots):
    """The same with the documented PUT and DELETE, which take effect at once."""

    refused = CfgParkinglots.refused

    def _write(self, name: str, data: dict[str, Any] | None) -> None:
        if name in self.refused:
            raise Failure(500)
        file, module = SECTION_FILES["cfg_parkinglots"]
        sections = self.pbx.files.objects(file)
        sections.pop(name, None)
        if data is not None:
            sections[name] = data
        self.pbx.files.write_objects(file, sections)
        self.pbx.runtime.reload(module)

    def update(self, call: Call) -> None:
        """Replace a lot's options, which are the body itself."""
        self._write(call.detail, call.data)

    def remove(self, call: Call) -> None:
        """Remove a lot; a missing one is fine."""
        self._write(call.detail, None)


class Sdps(Resource):
    """/admin/dialplan/sdps: sections whose data is a list of one-key objects, in order."""

    file, module = SECTION_FILES["sdps"]

    def index(self, call: Call) -> Any:
        """List all sections."""
        return {"list": [shown_sdp(name, pairs) for name, pairs in self.pbx.files.pairs(self.file).items()]}

    def show(self, call: Call) -> Any:
        """Show one section."""
        sections = self.pbx.files.pairs(self.file)
        if call.detail not in sections:
            raise Failure(404)
        return shown_sdp(call.detail, sections[call.detail])

    def create(self, call: Call) -> None:
        """Add a section that isn't there yet; of each object only the first key counts."""
        name, data = call.data.get("name"), call.data.get("data")
        sections = self.pbx.files.pairs(self.file)
        if not isinstance(name, str) or not isinstance(data, list) or name in sections:
            raise Failure(500)
        lines = [next(iter(entry.items())) for entry in data if isinstance(entry, dict) and entry]
        self._write(sections, name, [(key, to_text(value)) for key, value in lines])

    def update(self, call: Call) -> None:
        """Replace a section from a list of type and data; what has another shape is dropped without a word."""
        sections = self.pbx.files.pairs(self.file)
        if call.detail not in sections or "data" not in call.data:
            raise Failure(500)
        data = call.data["data"]
        lines = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
        pairs = [(to_text(line["type"]), to_text(line["data"])) for line in lines if "type" in line and "data" in line]
        self._write(sections, call.detail, pairs)

    def remove(self, call: Call) -> None:
        """Remove a section; a missing one is fine."""
        sections = self.pbx.files.pairs(self.file)
        sections.pop(call.detail, None)
        self.pbx.files.write_pairs(self.file, sections)

    def _write(self, sections: dict[str, Pairs], name: str, pairs: Pairs) -> None:
        self.pbx.files.write_pairs(self.file, {**sections, name: pairs})


class Sdialplans(Sdps):
    """/manager/sdialplans: the same sections, with a reload after each write."""

    def create(self, call: Call) -> None:
        """Add a section."""
        super().create(call)
        self.pbx.runtime.reload(self.module)

    def update(self, call: Call) -> None:
        """Replace a section."""
        super().update(call)
        self.pbx.runtime.reload(self.module)

    def remove(self, call: Call) -> None:
        """Remove a section."""
        super().remove(call)
        self.pbx.runtime.reload(self.module)


def shown_sdp(name: str, pairs: Pairs) -> dict[str, Any]:
    """A static dialplan as the API shows it."""
    return {"name": name, "data": [{key: value} for key, value in pairs]}
