# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account that one is logged in with. Documents: /admin/info and /me/info; facts/jade.md 4 and 5, /admin/info and /me."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..._engine.client import Client, Query
from ..._engine.module import Params
from ..._engine.plan import Plan, Reading
from ..._engine.state import UPDATE_PASSWORD, State
from ..._http.errors import BadInput, NotFound
from ..._http.messages import Call
from ..._http.paging import Listing
from ..._http.redaction import MASKED
from ..._model.normalizing import normalize
from ..._model.resource import Field, Object, Resource, Warn
from .chat import CHAT
from .client import AREAS, JadeClient
from .fields import TM_CREATE, TM_UPDATE
from .files import check_database
from .me import MY_CONTACT

AREA = Field(
    "area",
    (
        "Which of Jade's views of the account to use. They show the same account.",
        "V(me) needs the permission C(user); the others take any login, but old servers don't have V(manager).",
    ),
    choices=AREAS,
    default=AREAS[0],
    sample=AREAS[0],
)


class AccountReader:
    """There is one, and it comes without a list around it."""

    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """The account."""
        found = client.call(Call("GET", resource.list_path, repeatable=True))
        return Listing([found] if isinstance(found, dict) else [])

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """Nobody asks for it by a key."""
        return next(iter(self.rows(client, resource, {}).rows), None)


ACCOUNT = Resource(
    system="jade",
    noun="account",
    plural="accounts",
    title="account",
    description=("The account that the task is logged in with: who that is, and whether the login works at all.",),
    list_path="/{area}/info",
    key="username",
    scope=(AREA,),
    single=True,
    reader=AccountReader(),
    fields=(
        AREA,
        Field("uuid", "Jade's own ID of the account.", sample="ed629979-802b-40f0-9098-b30b2988f9b6", assigned=True),
        Field("username", "Name to log in with.", sample="admin", assigned=True),
        Field("name", "Name of the person.", sample="Test Administrator", write=True),
        Field(
            "chats", "Chats of the account; shown by V(me) on older servers.", type="list", elements="dict", fields=CHAT.fields
        ),
        Field(
            "contacts",
            "Contacts of the account; shown by V(me) on older servers.",
            type="list",
            elements="dict",
            fields=MY_CONTACT.fields,
        ),
        TM_CREATE,
        TM_UPDATE,
    ),
    notes=("What the account may do isn't shown here, but by M(telephony.pbx.jade_manager_user_info).",),
)
PASSWORD = Field(
    "password",
    (
        "Password that the account is to have.",
        "Jade doesn't show the one that it has, so the module finds out by logging in with this one, which it logs out again.",
    ),
    secret=True,
    write=True,
)
ONLY_ALWAYS = replace(
    UPDATE_PASSWORD,
    description=(
        "V(always) sets the password if logging in with it fails.",
        "V(on_create) leaves it alone, since the account always exists.",
    ),
)


class AccountState(State):
    """Name and password of one's own account."""

    module = "jade_account"
    noun = "account"
    title = "Change the account that one is logged in with"
    description = (
        "Changes the name and the password of the account that the task is logged in with.",
        "For other accounts see M(telephony.pbx.jade_user) and M(telephony.pbx.jade_manager_user).",
    )
    resource = replace(ACCOUNT, fields=(*ACCOUNT.fields, PASSWORD))
    states = ("present",)
    extra_options = (ONLY_ALWAYS,)
    calls = tuple(("PUT", place.list_path) for place in ACCOUNT.everywhere)
    notes = (
        "Tokens stay good when the password changes. So the tasks of this run that follow go on with the old O(api_password);"
        " later runs, and tasks that don't run in the controller, need the new one.",
        "Jade can't store a single quote; such values are refused up front.",
    )

    @property
    def options(self) -> tuple[Field, ...]:
        """The account itself isn't chosen."""
        return (AREA, ACCOUNT.field("name"), PASSWORD, self.state_option, ONLY_ALWAYS)

    def state_help(self) -> tuple[str, ...]:
        """An account can't remove itself."""
        return ("V(present) makes the account have the values that are given; others stay as they are.",)

    def check_input(self, params: Params) -> None:
        """Values that Jade's database can't take."""
        check_database(params, "name", "password")
        if params.get("password") == "":
            raise BadInput("password is empty")

    def find(self, client: Client, params: Params, warn: Warn) -> Reading:
        """The account, with the password if it is the one that is asked for."""
        place = ACCOUNT.within(params)
        raw = client.row(place, None)
        if raw is None:
            raise NotFound("Jade doesn't show the account", system=client.connection.title)
        found = normalize(self.resource, {**raw, **dict(place.place)}, warn)
        wanted = params.get("password")
        if wanted is not None and params["update_password"] == "always":
            # What is refused as a password stands for one that isn't known.
            found["password"] = wanted if t.cast(JadeClient, client).takes(found["username"], wanted) else MASKED
        return Reading(found, raw)

    def update(self, client: Client, params: Params, todo: Plan) -> None:
        """Partial: what isn't sent stays."""
        after = todo.target
        path = ACCOUNT.within(params).list_path
        client.write("PUT", path, {name: after[name] for name in todo.changes})
        client.session.forgive()
