# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks: registration, authentication, address and endpoint of a provider, under one name.

Document: /manager/trunks; facts/jade.md 1.5 to 1.7 and 5, /manager/trunks.
"""

from __future__ import annotations

import typing as t

from ..._engine.client import Client
from ..._engine.module import Params
from ..._engine.plan import CREATE, KEEP, Plan
from ..._engine.state import UPDATE_PASSWORD
from ..._http.errors import BadInput, PbxError, ServerFailed, series
from ..._model.resource import Field, Object, Resource, Warn
from .client import detail
from .files import as_text, check_section, losses
from .pjsip import (
    PJSIP_AOR,
    PJSIP_AUTH,
    PJSIP_ENDPOINT,
    PJSIP_REGISTRATION_OUTBOUND,
)
from .state import AsteriskState

VALUES = ("server_uri", "client_uri", "username", "password", "contact", "context", "hostname")
BESIDE_PHONES = ("username", "password", "contact", "context")  # those in files that hold the phones of accounts as well
RES_PJSIP = "res_pjsip.so"
TRANSPORTS = "jade-transport-"  # what the names of Jade's own transports begin with
TRANSPORT = TRANSPORTS + "udp"  # that of all its registrations


def _value(name: str, description: str | tuple[str, ...], sample: str, **more: t.Any) -> Field:
    return Field(name, description, sample=sample, write=True, **more)


TRUNK = Resource(
    system="jade",
    noun="trunk",
    plural="trunks",
    title="trunk",
    description=("The trunks to providers that are configured through Jade.",),
    list_path="/manager/trunks",
    detail_path="/manager/trunks/{name}",
    fields=(
        Field("name", "Name of the trunk, and of its PJSIP objects.", sample="provider", required=True),
        _value("server_uri", "SIP URI of the registrar.", "sip:sip.example.com"),
        _value("client_uri", "SIP URI that is registered.", "sip:100@sip.example.com"),
        _value("username", "Name to log in with at the provider.", "100"),
        _value("password", "Password at the provider.", "********", secret=True),
        _value("contact", "SIP URI that calls are sent to.", "sip:sip.example.com:5060"),
        _value("context", "Dialplan context of calls that come in.", "from-provider"),
        _value("hostname", "Host name or address by which calls of the provider are recognized.", "sip.example.com"),
        Field("status", "State of the registration, as Asterisk tells it.", sample="Registered", assigned=True),
    ),
    notes=("Jade stores passwords in clear text; they are returned only with O(include_secrets=true).",),
)


def warn_of_losses(
    trunks: t.Iterable[Object],
    files: str,
    warn: Warn,
    values: tuple[str, ...] = VALUES,
    rewritten: t.Mapping[str, t.Container[str]] | None = None,
) -> None:
    """Warn of what the ``trunks`` (all of them, as sent) lose when Jade writes ``files`` again (facts/jade.md 1.5).

    ``values``: what those files hold of a trunk. ``rewritten``: values that get new ones, by the trunk's name.
    """
    for raw in trunks:
        name = raw.get("name")
        anew = (rewritten or {}).get(str(name), ())
        kept = {value: raw.get(value) for value in values if value not in anew}
        for loss in losses({value: text for value, text in kept.items() if value != "password"}):
            warn(f"Jade writes {files} again, and {name} loses {loss}")
        if losses({"password": kept.get("password")}):
            warn(f"Jade writes {files} again, and {name} loses the end of its password")


class TrunkState(AsteriskState):
    """Five sections of one name, which Jade writes and brings into force itself."""

    module = "jade_trunk"
    noun = "trunk"
    title = "Manage trunks"
    description = (
        "Creates, changes and removes trunks to providers.",
        "Jade replaces a trunk as a whole. The module reads it first and sends it back with the change, so that all that isn't"
        " given stays, the password too.",
        "Jade makes Asterisk reload by itself; the module waits until the running endpoint and registration show the trunk.",
    )
    resource = TRUNK
    extra_options = (UPDATE_PASSWORD,)
    calls = (("POST", TRUNK.list_path), ("PUT", TRUNK.detail_path), ("DELETE", TRUNK.detail_path))
    notes = (
        "Jade can't keep C(;) in a value, so that a SIP URI with C(;transport=tcp) is refused up front; likewise C(#), line"
        " breaks and surrounding quotes.",
        "Jade answers 500 where the name belongs to any other PJSIP object of its own, such as the phone of an account.",
    )
    asterisk_module = RES_PJSIP
    reloads_itself = True

    def check_input(self, params: Params) -> None:
        """Refuse what the files can't hold."""
        check_section("name", params["name"], frozenset(("global", "system", "general")))
        if params["name"].startswith(TRANSPORTS):
            raise BadInput(f"name is {params['name']}, but {TRANSPORTS}... are the names of Jade's own transports")
        for name in VALUES:
            if params.get(name) is not None:
                as_text(name, params[name])

    def desired(self, params: Params, current: Object | None) -> Object:
        """What isn't given for a new trunk is empty."""
        wanted = super().desired(params, current)
        if current is None:
            wanted.update({name: wanted[name] or "" for name in VALUES})
        return wanted

    def plan(self, client: Client, params: Params, current: Object | None) -> Plan:
        """A name that another PJSIP object has would end in a 500 without a reason."""
        todo = super().plan(client, params, current)
        if todo.action == CREATE and not self._left_running(client, params["name"]):
            for resource in (PJSIP_ENDPOINT, PJSIP_AOR, PJSIP_AUTH):
                if client.row(resource, params["name"]) is not None:
                    raise BadInput(
                        f"name is {params['name']}, but there is a {resource.title} of that name already, which belongs to no"
                        " trunk of Jade's",
                        system=client.connection.title,
                        hint=f"Choose another name; {resource.info_module} lists those that are taken",
                    )
        return todo

    def warn_before(self, client: Client, todo: Plan, warn: Warn) -> None:
        """The five files are written again as a whole, with what Jade could read of them."""
        if todo.action == KEEP:
            return
        name = todo.some["name"]
        anew = VALUES if todo.after is None else todo.changes
        warn_of_losses(todo.reading.rows, f"the files of the trunk {name}", warn, rewritten={name: anew})

    def create(self, client: Client, params: Params, todo: Plan) -> None:
        """All values, with what isn't given empty."""
        client.write("POST", TRUNK.list_path, {"name": params["name"], **self._body(todo)})

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Full replacement: what isn't sent is emptied (facts/jade.md 1.6)."""
        client.write("PUT", detail(TRUNK.detail_path, params["name"]), self._body(todo))

    def delete(self, client: Client, params: Params, todo: Plan) -> None:
        """Jade answers 200 whether there was anything or not."""
        client.write("DELETE", detail(TRUNK.detail_path, params["name"]))

    def explain(self, client: Client, todo: Plan, error: PbxError) -> str:
        """Jade gives no reason, but for a new trunk there is one that can't be seen before."""
        if todo.action != CREATE or not isinstance(error, ServerFailed):
            return ""
        return "The name may belong to a PJSIP object in Jade's files that doesn't run. Try another name, and see Jade's log"

    @staticmethod
    def _body(todo: Plan) -> Object:
        after = todo.target
        return {name: after[name] or "" for name in VALUES}

    # In force

    def runtime_difference(self, client: Client, params: Params, stored: Object | None) -> str:
        """Compare the running endpoint and registration with the stored trunk."""
        if stored is None:
            still = self._left_running(client, params["name"])
            return f"its PJSIP {series(still)} still {'run' if len(still) > 1 else 'runs'}" if still else ""
        endpoint = client.row(PJSIP_ENDPOINT, params["name"])
        if endpoint is None:
            return "its PJSIP endpoint doesn't run"
        if stored["context"] and not _is_same(stored["context"], endpoint.get("context")):
            return f"its PJSIP endpoint runs with the context {endpoint.get('context')}"
        return self._registration_gap(client.row(PJSIP_REGISTRATION_OUTBOUND, params["name"]), stored)

    @staticmethod
    def _left_running(client: Client, name: str) -> list[str]:
        """Objects that still run of a trunk that is gone from the files. Those of others may bear its name, too."""
        endpoint = client.row(PJSIP_ENDPOINT, name)
        registration = client.row(PJSIP_REGISTRATION_OUTBOUND, name)
        if registration is not None and registration.get("transport") != TRANSPORT:
            return []
        found = ["registration"] if registration is not None else []
        if endpoint is not None and endpoint.get("outbound_auth") == name == endpoint.get("aors") and not endpoint.get("auth"):
            found.insert(0, "endpoint")
        return found

    @staticmethod
    def _registration_gap(running: Object | None, stored: Object) -> str:
        """Asterisk refuses a registration without both of its URIs."""
        if not (stored["server_uri"] and stored["client_uri"]):
            return ""
        if running is None:
            return "its PJSIP registration doesn't run"
        for name in ("server_uri", "client_uri"):
            if not _is_same(stored[name], running.get(name)):
                return f"its PJSIP registration runs with the {name} {running.get(name)}"
        return ""


def _is_same(stored: str, running: t.Any) -> bool:
    """Whether Asterisk runs with what is stored. Jade shows a value up to the backslash of C(\\;), Asterisk takes all of it."""
    return running == stored or (stored.endswith("\\") and str(running).startswith(stored[:-1]))
