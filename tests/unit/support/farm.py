# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A system in memory with things that can be made, changed and removed, and that misbehaves as it is told."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import Token
from ansible_collections.telephony.pbx.plugins.module_utils._engine.client import Client, Query
from ansible_collections.telephony.pbx.plugins.module_utils._engine.module import Params
from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import Plan
from ansible_collections.telephony.pbx.plugins.module_utils._engine.state import UPDATE_PASSWORD, State
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, Response
from ansible_collections.telephony.pbx.plugins.module_utils._http.paging import Listing
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Object, Resource
from ansible_collections.telephony.pbx.tests.unit.support.builders import TOKEN, connection

HEN = Resource(
    system="toy",
    noun="hen",
    plural="hens",
    title="hen",
    description=("Hens.",),
    list_path="/hens",
    detail_path="/hens/{name}",
    alternate_keys=("uuid",),
    filters=(Field("search", "Text.", api="q"),),
    fields=(
        Field("name", "Name.", required=True),
        Field("uuid", "ID.", assigned=True),
        Field("color", "Color.", write=True),
        Field("eggs", "Eggs.", type="int", write=True),
        Field("password", "Password.", secret=True, write=True),
    ),
)


class FarmClient(Client):
    """Keeps hens as they would be sent. ``reads`` and ``writes`` tell what was asked of it."""

    def __init__(self, *hens: Object) -> None:
        super().__init__(connection(token=TOKEN), LocalSession)
        self.hens = {hen["name"]: dict(hen) for hen in hens}
        self.reads: list[Any] = []
        self.writes: list[str] = []
        self.before_read: Callable[[], None] = lambda: None
        self.warnings: list[str] = []

    def listed(self, path: str, key: str, query: Query, *, fresh: bool = False) -> Listing:
        self.before_read()
        self.reads.append((path, key, dict(query)))
        return Listing(copy.deepcopy(list(self.hens.values())), self.warnings)

    def one(self, resource: Resource, key: Any) -> Object | None:
        self.before_read()
        self.reads.append(key)
        return copy.deepcopy(self.hens.get(key))

    def login(self) -> Token:
        raise NotImplementedError

    def authorized(self, call: Call, token: str) -> Call:
        raise NotImplementedError

    def is_rejected(self, answer: Response) -> bool:
        raise NotImplementedError

    def unwrap(self, answer: Response) -> Any:
        raise NotImplementedError


@dataclass
class HenState(State):
    """``effect``: which of the changes take effect. ``error``: what the write then raises."""

    module = "toy_hen"
    noun = "hen"
    resource = HEN
    extra_options = (UPDATE_PASSWORD,)
    patience = 3.0
    effect: Callable[[str], bool] = lambda name: True
    error: Exception | None = None

    def write(self, client: Client, params: Params, todo: Plan) -> None:
        assert isinstance(client, FarmClient)
        client.writes.append(todo.action)
        with client.journal.step(Call("PUT", "/hens")):
            self._act(client.hens, params["name"], todo)
            if self.error:
                raise self.error

    def _act(self, hens: dict[str, Object], name: str, todo: Plan) -> None:
        if todo.after is None:
            if self.effect("absent"):
                hens.pop(name)
        else:
            done = {change: todo.after[change] for change in todo.changes if self.effect(change)}
            if done:
                hens.setdefault(name, {"name": name, "uuid": "given"}).update(done)

    def explain(self, client: Client, todo: Plan, error: Exception) -> str:
        return "Look at the fox" if todo.action == "create" else ""


BERTA: Object = {"name": "Berta", "uuid": "u1", "color": "brown", "eggs": "3", "password": "Hidden1"}


def params(**given: Any) -> dict[str, Any]:
    """Options as a module gets them."""
    fresh = {"name": "Berta", "color": None, "eggs": None, "password": None, "state": "present", "update_password": "always"}
    return {**fresh, **given}
