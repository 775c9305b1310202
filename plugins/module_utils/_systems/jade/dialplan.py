# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Static dialplans: contexts in Jade's file C(jade.extensions.conf), at two endpoints.

Documents: /admin/dialplan/sdps and /manager/sdialplans; facts/jade.md 1.2, 1.5 and 5, /admin/dialplan and /manager/sdialplans.
"""

from __future__ import annotations

from dataclasses import replace

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import KEEP, Plan
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn, silent
from . import lines
from .asterisk import MODULE, UNLOADED
from .client import detail
from .files import check_section
from .sections import warn_of_losses
from .state import RELOAD, UNSEEN_RELOAD, AsteriskState

PBX_CONFIG = "pbx_config.so"
RESERVED = frozenset(("general", "globals"))

SDP = Resource(
    system="jade",
    noun="sdp",
    plural="sdps",
    title="static dialplan",
    description=(
        "The static dialplans that are configured through Jade, in its file C(jade.extensions.conf), by the endpoint for"
        " administrators.",
        "Contexts from Asterisk's own C(extensions.conf) aren't among them.",
    ),
    list_path="/admin/dialplan/sdps",
    detail_path="/admin/dialplan/sdps/{name}",
    fields=(
        Field("name", "Name of the context.", sample="sales", required=True),
        Field(
            "lines",
            (
                "The lines of the context, in order, as in C(extensions.conf): a list, or one text with line breaks.",
                "The lines are the whole truth: those that aren't given are taken away.",
                "Blanks that mean nothing, and C(=) in place of C(=>), are no difference. Blank lines and lines that are only a"
                " comment are left out, since Jade doesn't keep any.",
            ),
            type="list",
            elements="str",
            given_as="raw",
            api="data",
            convert=lines.from_wire,
            write=True,
            sample=["exten => 100,1,NoOp()", "same => n,Hangup()"],
        ),
    ),
)
SDIALPLAN = replace(
    SDP,
    noun="sdialplan",
    plural="sdialplans",
    description=(
        "The static dialplans that are configured through Jade, in its file C(jade.extensions.conf), by the endpoint for"
        " managers.",
        "They are the same as those of M(telephony.pbx.jade_sdp_info).",
    ),
    list_path="/manager/sdialplans",
    detail_path="/manager/sdialplans/{name}",
)


class SdpState(AsteriskState):
    """A context in Jade's dialplan file, brought into force by a reload of pbx_config."""

    module = "jade_sdp"
    noun = "sdp"
    title = "Manage static dialplans by the endpoint for administrators"
    description: tuple[str, ...] = (
        "Creates, changes and removes contexts in Jade's file C(jade.extensions.conf).",
        "M(telephony.pbx.jade_sdialplan) does the same by an endpoint that makes Asterisk reload by itself. This one reloads it"
        " afterwards, or leaves that to you with O(reload=false).",
    )
    resource = SDP
    extra_options: tuple[Field, ...] = (RELOAD,)
    calls: tuple[tuple[str, str], ...] = (("POST", SDP.list_path), ("PUT", SDP.detail_path), ("DELETE", SDP.detail_path))
    notes: tuple[str, ...] = (
        "Jade can't keep C(;), C(#), line breaks, and more than 511 bytes in a line; such lines are refused up front.",
        "Each write makes Jade read and write the whole file. Where another context of it would lose something, the task warns.",
        "Jade has no view of the dialplan that runs. The module makes sure that Asterisk has its reader loaded, and RV(running)"
        " says that it couldn't see more.",
        UNSEEN_RELOAD,
    )
    asterisk_module = PBX_CONFIG
    unobservable = "Jade has no view of the dialplan that runs"

    def check_input(self, params: Params) -> None:
        """Refuse what the file can't hold, and lines that aren't dialplan."""
        check_section("name", params["name"], RESERVED)
        if params.get("lines") is not None:
            lines.parse("lines", params["lines"])

    def desired(self, params: Params, current: Object | None) -> Object:
        """The lines in the form in which they are read back. A context without any is an empty one."""
        given = params.get("lines")
        wanted = None if given is None and current is not None else lines.parse("lines", given or [])
        return {"name": params["name"], "lines": None if wanted is None else [lines.shown(line) for line in wanted]}

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """The rest of the file is written again with it."""
        if todo.action != KEEP:
            warn_of_losses(todo.reading.rows, self.resource.title, todo.some["name"], warn)

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """A new context."""
        body = {"name": params["name"], "data": lines.as_created(self._lines(todo))}
        client.write("POST", self.resource.list_path, body)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The whole context, in the shape that PUT takes."""
        client.write("PUT", self._path(params), {"data": lines.as_updated(self._lines(todo))})

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade answers 200 whether there was anything or not."""
        client.write("DELETE", self._path(params))

    def _path(self, params: Params) -> str:
        return detail(self.resource.detail_path, params["name"])

    @staticmethod
    def _lines(todo: Plan) -> list[lines.Line]:
        return lines.parse("lines", todo.target["lines"] or [])

    # In force

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        """All that can be seen is whether Asterisk reads the file at all."""
        if stored is None:
            return ""
        for name in (PBX_CONFIG, PBX_CONFIG.rpartition(".")[0]):
            raw = client.row(MODULE, name)
            if raw is not None and normalize(MODULE, raw, silent)["load"] == UNLOADED:
                return "Asterisk's module pbx_config, which reads it, isn't loaded"
        return ""


class SdialplanState(SdpState):
    """The same context by the endpoint that reloads by itself."""

    module = "jade_sdialplan"
    noun = "sdialplan"
    title = "Manage static dialplans"
    description = (
        "Creates, changes and removes contexts in Jade's file C(jade.extensions.conf). Jade makes Asterisk reload by itself.",
    )
    resource = SDIALPLAN
    extra_options = ()
    notes = tuple(note for note in SdpState.notes if note != UNSEEN_RELOAD)
    calls = (("POST", SDIALPLAN.list_path), ("PUT", SDIALPLAN.detail_path), ("DELETE", SDIALPLAN.detail_path))
    reloads_itself = True
