# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call of any method and path of a system's API, for what has no module yet."""

from __future__ import annotations

import typing as t

from .._http.errors import (
    UNCLEAR,
    UNKNOWN,
    BadInput,
)
from .._http.messages import Call
from .._model.masking import mask_unknown
from .._model.resource import Field
from .client import Client
from .runner import Result, compiled, search
from .state import Params

READS = frozenset(("GET", "HEAD", "OPTIONS"))
# Yeastar deletes and logs out by GET, TelecomX reloads a phone by GET (facts/vendors.md 1.4, 3.4)
CHANGES_BY_GET = ("/delete", "/del_token", "/configreload")

RAW_OPTIONS: tuple[Field, ...] = (
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
    Field(
        "changes",
        (
            "Whether the call changes anything. Such a call isn't sent in check mode.",
            "Without this option C(GET) doesn't and the others do, except that a C(GET) whose path ends in C(/delete),"
            " C(/del_token) or C(/configreload) does.",
        ),
        type="bool",
    ),
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


def run_raw(client: Client, params: Params, check: bool, warn: t.Callable[[str], None]) -> Result:
    """Send one call. Returns C({"changed", "result", "status"}), plus C(query_result) where asked for."""
    method, path = params["method"], params["path"]
    if not path.startswith("/") or any(mark in path for mark in "?# ") or not path.isprintable():
        raise BadInput("path must start with / and hold neither ?, # nor blanks; query parameters go into parameters")
    query = compiled(params.get("query"))
    changes = params.get("changes")
    if changes is None:
        changes = method not in READS or path.rstrip("/").endswith(CHANGES_BY_GET)
    if changes and check:
        return {"changed": True, "result": None, "status": None}
    try:
        found, status = _sent(client, params, not changes, warn)
    except UNCLEAR as error:
        if changes and error.sent:
            error.effect = UNKNOWN
        raise
    if not params.get("include_secrets"):
        found = mask_unknown(found)
    result: Result = {"changed": changes, "result": found, "status": status}
    if query is not None:
        result["query_result"] = search(query, found)
    return result


def _sent(client: Client, params: Params, reads: bool, warn: t.Callable[[str], None]) -> tuple[t.Any, int]:
    method, path, parameters = params["method"], params["path"], params.get("parameters") or {}
    if params["all_pages"]:
        if method != "GET":
            raise BadInput("all_pages goes with method: GET only")
        listing = client.listed(path, params["key"], parameters)
        for warning in listing.warnings:
            warn(warning)
        return listing.rows, 200
    repeatable = reads if params.get("repeatable") is None else params["repeatable"]
    filters = tuple((str(name), str(value)) for name, value in parameters.items())
    body = {} if params.get("body") is None else {"json": params["body"]}
    answer = client.send(Call(method, path, filters, repeatable=repeatable, **body))
    return client.unwrap(answer), answer.status
