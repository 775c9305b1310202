# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/admin/core, and the runtime tables that can only be read."""

from __future__ import annotations

from typing import Any

from telephony_lab.jade.call import Call, Resource


class Runtime(Resource):
    """A runtime table, read only."""

    table = ""

    def index(self, call: Call) -> Any:
        """List all rows."""
        return {"list": self.pbx.runtime[self.table].listed()}

    def show(self, call: Call) -> Any:
        """Show one row."""
        return self.pbx.runtime[self.table].shown(call.detail)


class Calls(Runtime):
    """A runtime table of calls, which can be hung up."""

    def remove(self, call: Call) -> None:
        """Hang up: the channel is gone from wherever it was seen."""
        self.pbx.runtime[self.table].remove(call.detail)
        for table in ("channels", "parkedcalls", "entries"):
            self.pbx.runtime[table].remove_where(**{self.pbx.runtime[table].key: call.detail})


class Channels(Calls):
    """/admin/core/channels."""

    table = "channels"


class Systems(Runtime):
    """/admin/core/systems."""

    table = "systems"


class ParkedCalls(Calls):
    """/admin/park/parkedcalls."""

    table = "parkedcalls"


class Entries(Calls):
    """/admin/queue/entries."""

    table = "entries"


class Queues(Runtime):
    """/admin/queue/queues."""

    table = "queues"


class Aors(Runtime):
    """/admin/pjsip/aors."""

    table = "aors"


class Auths(Runtime):
    """/admin/pjsip/auths."""

    table = "auths"


class Endpoints(Runtime):
    """/admin/pjsip/endpoints."""

    table = "endpoints"


class PjsipContacts(Runtime):
    """/admin/pjsip/contacts."""

    table = "pjsip_contacts"


class RegistrationOutbounds(Runtime):
    """/admin/pjsip/registration_outbounds."""

    table = "registrations"


class Modules(Runtime):
    """/admin/core/modules: each request is sent off, and answered before anyone knows what came of it."""

    table = "modules"

    def load(self, call: Call) -> None:
        """Load a module."""
        self.pbx.modules.load(call.detail)

    def update(self, call: Call) -> None:
        """Reload a module."""
        self.pbx.modules.reload(call.detail)

    def remove(self, call: Call) -> None:
        """Unload a module."""
        self.pbx.modules.unload(call.detail)
