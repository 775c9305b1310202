# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call of any method and path of a system's API, for what has no module yet."""

from __future__ import annotations

import typing as t

from .._http.errors import BadInput
from .._http.messages import Call
from .._model.masking import mask_unknown
from .._model.resource import Field, Warn
from .client import Client
from .info import INCLUDE_SECRETS, QUERY
from .module import Module, Params, Result
from .query import compiled, search

READS = frozenset(("GET", "HEAD", "OPTIONS"))
CALL: tuple[Field, ...] = (
    Field(
        "method",
        "HTTP method.",
        choices=("GET", "POST", "PUT", "DELETE", "PATCH"),
        default="GET",
    ),
    Field(
        "path",
        (
            "Path as the API's document has it, for example V(/admin/core/channels), V(/onsiteproxy/list) or"
            " V(/v2/cloud_pbx/instances). The system's base path is put in front where it is missing.",
            "Has to be percent-encoded where it holds special characters; the filter P(ansible.builtin.urlencode#filter) does"
            " that.",
        ),
        required=True,
    ),
    Field("parameters", "Query parameters.", type="dict", default={}),
    Field("body", "What to send as JSON.", type="raw"),
)
OPTIONS: tuple[Field, ...] = (
    Field(
        "repeatable",
        (
            "Whether the call may be sent again after a lost connection. Without this option: if it changes nothing.",
        ),
        type="bool",
    ),
    Field(
        "all_pages",
        "Whether to fetch all pages of a list; RV(result) is then the list of all rows.",
        type="bool",
        default=False,
    ),
    Field("key", "With O(all_pages), the name of what makes a row unique.", default="id"),
)


class RawModule(Module):
    """C(api): one call."""

    name = "api"
    opaque = ("parameters", "body")

    def __init__(self, systems: tuple[str, ...], writes_by_get: tuple[str, ...]) -> None:
        """``writes_by_get``: the ends of the systems' paths by which a GET changes something."""
        self.systems = systems
        self._writes_by_get = writes_by_get

    @property
    def options(self) -> tuple[Field, ...]:
        """System and call."""
        ends = [f"C({end})" for end in self._writes_by_get]
        changes = Field(
            "changes",
            (
                "Whether the call changes anything. Such a call isn't sent in check mode.",
                "Without this option C(GET) doesn't and the others do, except that a C(GET) whose path ends in"
                f" {', '.join(ends[:-1])} or {ends[-1]} does.",
            ),
            type="bool",
        )
        system = Field("system", "Which system to call.", choices=self.systems, required=True)
        return (system, *CALL, changes, *OPTIONS, QUERY, INCLUDE_SECRETS)

    def run(self, client: Client, params: Params, check: bool, warn: Warn) -> Result:
        """Send one call. Returns C({"changed", "result", "status"}), plus C(query_result) where asked for."""
        method, path = params["method"], params["path"]
        if not path.startswith("/") or any(mark in path for mark in "?# ") or not path.isprintable():
            raise BadInput("path must start with / and hold neither ?, # nor blanks; query parameters go into parameters")
        query = compiled(params.get("query"))
        changes = params.get("changes")
        if changes is None:
            changes = method not in READS or path.rstrip("/").endswith(self._writes_by_get)
        if changes and check:
            return {"changed": True, "result": None, "status": None}
        found, status = _pages(client, params, warn) if params["all_pages"] else _sent(client, params, changes)
        if not params.get("include_secrets"):
            found = mask_unknown(found)
        result: Result = {"changed": changes, "result": found, "status": status}
        if query is not None:
            result["query_result"] = search(query, found)
        return result


def _pages(client: Client, params: Params, warn: Warn) -> tuple[t.Any, int]:
    if params["method"] != "GET":
        raise BadInput("all_pages goes with method: GET only")
    listing = client.listed(params["path"], params["key"], params.get("parameters") or {})
    for warning in listing.warnings:
        warn(warning)
    return listing.rows, 200


def _sent(client: Client, params: Params, changes: bool) -> tuple[t.Any, int]:
    repeatable = not changes if params.get("repeatable") is None else params["repeatable"]
    query = tuple((str(name), str(value)) for name, value in (params.get("parameters") or {}).items())
    body = {} if params.get("body") is None else {"json": params["body"]}
    call = Call(params["method"], params["path"], query, repeatable=repeatable, **body)
    if not changes:
        response = client.send(call)
        return client.unwrap(response), response.status
    with client.journal.step(call) as step:
        step.response = client.send(call)
        return client.unwrap(step.response), step.response.status
