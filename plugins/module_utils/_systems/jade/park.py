# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parking lots: as configured and as they run. Document: /admin/park; facts/jade.md 1 and 5, /admin/park.

The options of a parking lot are those of Asterisk's res_parking.conf.
"""

from __future__ import annotations

import re

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, DELETE, KEEP, Plan, Reading
from ..._http.errors import (
    BadInput,
    ConnectionFailed,
    PbxError,
)
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn, silent
from . import values
from .client import detail
from .fields import TM_UPDATE
from .sections import (
    FILE_NOTES,
    SectionState,
    all_other_settings,
    setting,
)
from .state import RELOAD

CONFIG, RUNTIME = "cfg_parkinglots", "parkinglots"
RANGE = re.compile(r"^(\d+)(?:-(\d+))?$")
WHO = "Who may do so: V(no), V(caller), V(callee) or V(both)."

PARKING_LOT = Resource(
    system="jade",
    noun="parking_lot",
    plural="parking_lots",
    title="parking lot",
    description=("The parking lots that run in Asterisk now, with their parking spaces.",),
    list_path="/admin/park/parkinglots",
    detail_path="/admin/park/parkinglots/{name}",
    fields=(
        Field("name", "Name of the parking lot.", sample="default"),
        Field("start_space", "First parking space.", sample="701"),
        Field("stop_space", "Last parking space.", sample="720", old=("stop_spcae",)),
        Field("timeout", "Seconds that a call stays parked.", type="int", sample=45),
        TM_UPDATE,
    ),
    notes=("For the settings behind a parking lot see M(telephony.pbx.jade_parking_lot_config_info).",),
)


PARKING_LOT_CONFIG = Resource(
    system="jade",
    noun="parking_lot_config",
    plural="parking_lot_configs",
    title="parking lot",
    description=(
        "The parking lots that are configured through Jade, in its file C(jade.res_parking.conf).",
        "Lots from Asterisk's own C(res_parking.conf), such as V(default), aren't among them.",
    ),
    list_path="/admin/park/cfg_parkinglots",
    detail_path="/admin/park/cfg_parkinglots/{name}",
    fields=(
        Field("name", "Name of the parking lot.", sample="edvina", required=True),
        setting("parkext", "Extension to dial to park a call.", sample="800"),
        setting("parkext_exclusive", "Whether C(parkext) may be used by this lot alone.", values.file_flag, type="bool"),
        setting("parkpos", "Parking spaces, as first and last one.", sample="801-850"),
        setting("context", "Dialplan context of the parking spaces.", sample="edvina_park"),
        setting("parkinghints", "Whether hints are made for the parking spaces.", values.file_flag, type="bool"),
        setting("parkingtime", "Seconds that a call stays parked.", values.file_whole, type="int", sample=45),
        setting(
            "findslot",
            "Which space comes next: the V(first) free one, or the V(next) one round and round.",
            choices=("first", "next"),
            sample="next",
        ),
        setting("parkedmusicclass", "Class of the music on hold.", sample="edvina"),
        setting(
            "comebacktoorigin",
            "Whether a call that nobody fetched goes back to who parked it, rather than to C(comebackcontext).",
            values.file_flag,
            type="bool",
            sample=False,
        ),
        setting("comebackdialtime", "Seconds for which it then rings there.", values.file_whole, type="int", sample=90),
        setting("comebackcontext", "Dialplan context for calls that nobody fetched.", sample="edvinapark-timeout"),
        setting("courtesytone", "Sound that is played when a call is fetched.", sample="beep"),
        setting(
            "parkedplay", "Who hears C(courtesytone).", choices=("caller", "callee", "parked", "both", "no"), sample="caller"
        ),
        *(
            setting(name, f"{what} {WHO}", choices=("no", "caller", "callee", "both"), sample="no")
            for name, what in (
                ("parkedcalltransfers", "DTMF transfers of a call that was fetched."),
                ("parkedcallreparking", "Parking a call again that was fetched."),
                ("parkedcallhangup", "Hanging up by DTMF a call that was fetched."),
                ("parkedcallrecording", "Recording by DTMF of a call that was fetched."),
            )
        ),
        all_other_settings("res_parking.conf"),
    ),
    notes=("For the parking lots as they run now see M(telephony.pbx.jade_parking_lot_info).",),
)


class ParkingLotState(SectionState):
    """A section in Jade's parking file, brought into force by a reload of res_parking."""

    module = "jade_parking_lot"
    noun = "parking_lot"
    title = "Manage parking lots"
    description = (
        "Creates, changes and removes parking lots in Jade's file C(jade.res_parking.conf).",
        "Jade replaces a section as a whole. The module reads it first and sends it back with the change, so that settings"
        " that aren't given stay.",
        "Afterwards Asterisk reloads its parking module, and the module waits until the running parking lot shows it.",
    )
    resource = PARKING_LOT_CONFIG
    asterisk_module = "res_parking.so"
    reserved = frozenset(("general", "default"))
    extra_options = (
        RELOAD,
        Field(
            "endpoint",
            (
                "Which part of Jade's API to use.",
                f"V({CONFIG}) works on the file, on servers from 2018 on.",
                f"V({RUNTIME}) is for older servers, which let a running parking lot be changed and removed, but not created."
                " They show no more than the parking spaces and the parking time, so that a change in other settings alone"
                " isn't noticed; these are sent along whenever one of the two differs.",
            ),
            choices=(CONFIG, RUNTIME),
            default=CONFIG,
        ),
    )
    calls = (
        ("POST", "/admin/park/cfg_parkinglots"),
        ("PUT", "/admin/park/cfg_parkinglots/{name}"),
        ("DELETE", "/admin/park/cfg_parkinglots/{name}"),
        ("PUT", "/admin/park/parkinglots/{name}"),
        ("DELETE", "/admin/park/parkinglots/{name}"),
    )
    notes = (
        *FILE_NOTES,
        "The newest published Jade dies when a parking lot is created. The module then says what is there. An empty section"
        " of that name, put into C(jade.res_parking.conf) by hand, lets the module do the rest.",
    )

    def check_input(self, params: Params) -> None:
        """Refuse what the file can't hold, and ranges that aren't any."""
        super().check_input(params)
        _check_spaces(params.get("parkpos"))

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """From the file; or, on old servers, as much as the running lot tells."""
        if params["endpoint"] == CONFIG:
            return super().find(client, params, warn)
        raw = client.row(PARKING_LOT, params["name"])
        if raw is None:
            return Reading()
        running = normalize(PARKING_LOT, raw, warn)
        found: Object = dict.fromkeys(field.name for field in self.resource.fields)
        spaces = "-".join(space for space in (running["start_space"], running["stop_space"]) if space)
        return Reading({**found, "name": params["name"], "parkpos": spaces, "parkingtime": running["timeout"]}, raw)

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """On old servers only what can be read back decides."""
        todo = super().plan(client, params, current)
        if params["endpoint"] == CONFIG or todo.action == DELETE:
            return todo
        if todo.action == CREATE:
            raise BadInput(
                f"the parking lot {params['name']} doesn't exist, and endpoint: {RUNTIME} can't create one",
                hint=f"Use endpoint: {CONFIG}",
            )
        visible = tuple(name for name in todo.changes if name in ("parkpos", "parkingtime"))
        if not visible:
            return Plan(todo.fields, KEEP, current, current)
        return Plan(todo.fields, todo.action, current, todo.after, visible)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """The older endpoint takes the settings as they are, and all that it can't show are those of the task."""
        if params["endpoint"] == CONFIG:
            super().update(client, params, todo)
        else:
            client.write("PUT", self.path(params), self.as_data(todo.target))

    def path(self, params: Params) -> str:
        """Where the lot is, by the endpoint that was chosen."""
        resource = PARKING_LOT if params["endpoint"] == RUNTIME else PARKING_LOT_CONFIG
        return detail(resource.detail_path, params["name"])

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """The newest published server dies in this very call."""
        if todo.action == CREATE and isinstance(error, ConnectionFailed):
            return (
                "Jade f31439d dies when a parking lot is created. Put an empty section of that name into"
                " jade.res_parking.conf by hand; the module can do the rest"
            )
        return ""

    # Bringing into force

    def reloads(self, params: Params) -> bool:
        """Old servers apply a change at once."""
        return super().reloads(params) and params["endpoint"] == CONFIG

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        """Compare the running lot with the stored one, as far as Jade shows it."""
        raw = client.row(PARKING_LOT, params["name"])
        if stored is None:
            return "" if raw is None else "the parking lot still runs"
        if raw is None:
            return "the parking lot doesn't run"
        running = normalize(PARKING_LOT, raw, silent)
        spaces, shown = _range(stored["parkpos"] or ""), (running["start_space"], running["stop_space"])
        if spaces and shown != spaces:
            return f"the parking lot runs with the spaces {'-'.join(map(str, shown))}"
        if stored["parkingtime"] is not None and running["timeout"] != stored["parkingtime"]:
            return f"the parking lot runs with a parking time of {running['timeout']} seconds"
        return ""


def _check_spaces(parkpos: str | None) -> None:
    """Raises BadInput for what isn't a range."""
    if parkpos is None:
        return
    spaces = _range(parkpos)
    if spaces is None:
        raise BadInput(f"parkpos is {parkpos!r}, but must be a range of spaces such as 801-850")
    if int(spaces[0]) > int(spaces[1]):
        raise BadInput(f"parkpos is {parkpos!r}: the first space comes after the last one")


def _range(parkpos: str) -> tuple[str, str] | None:
    """First and last space."""
    match = RANGE.match(parkpos.replace(" ", ""))
    return (match.group(1), match.group(2) or match.group(1)) if match else None
