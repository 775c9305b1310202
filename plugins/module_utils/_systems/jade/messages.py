# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the messages of a chat are read in their true order, and in what form Jade keeps what they say.

Jade compares and sorts times as text, although it doesn't pad their nanoseconds (facts/jade.md 3 and 5, messages). So within one
second both its order and its C(timestamp) are wrong; between seconds they are right.
"""

from __future__ import annotations

import datetime
import json
import re
import typing as t
from dataclasses import dataclass

from ..._engine.client import Client, Query
from ..._http.errors import BadInput, NotFound, Unsupported
from ..._http.paging import Listing
from ..._model import converters
from ..._model.resource import Object, Resource
from . import values

RECENT = 30  # as many messages as Jade shows by itself
ALWAYS = "9999-12-31T23:59:59Z"
SECOND = len("2018-03-27T10:26:14")  # of a time stamp
# Ansible gives "2018-03-27 10:26:14+00:00" for a time that stands in a playbook without quotes.
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|\+00:00)$")


@dataclass(frozen=True)
class MessageReader:
    """Newest first, and as many as asked for. ``chats``: the resource of the chats."""

    chats: Resource
    calls = ()

    def rows(self, client: Client, resource: Resource, query: Query) -> Listing:
        """C(count) messages from before C(timestamp), both optional. Raises BadInput, or NotFound for a chat that isn't there."""
        chat = dict(resource.place).get("chat")
        if not chat:
            raise BadInput("chat is missing: the ID of the chat whose messages are wanted")
        limit, before = _count(query.get("count", RECENT)), query.get("timestamp")
        try:
            return Listing(_newest(client, resource, limit, None if before is None else moment("before", str(before))))
        except (NotFound, Unsupported):  # the latter for an ID of the wrong form (facts/jade.md 5)
            if any(row.get("uuid") == chat for row in client.rows(self.chats, {}).rows):
                raise
        raise NotFound(
            f"the account has no chat {chat}",
            system=client.connection.title,
            hint="telephony.pbx.jade_chat_info lists its chats",
        )

    def row(self, client: Client, resource: Resource, key: t.Any) -> Object | None:
        """There is no call for a single one."""
        return next((row for row in self.rows(client, resource, {}).rows if row.get("uuid") == key), None)


def _newest(client: Client, resource: Resource, limit: int, before: str | None) -> list[Object]:
    """Jade is asked for more than wanted, until all of the second in which the last one was said is there."""
    end, asked = ALWAYS if before is None else _next_second(before), limit + 1
    while True:
        sent = client.plain_rows(resource, {"timestamp": end, "count": asked}).rows
        earlier = [row for row in sent if before is None or _said(row) < before]
        found = sorted(earlier, key=_said, reverse=True)[:limit]
        if len(sent) < asked or (len(found) == limit and _said(sent[-1])[:SECOND] < _said(found[-1])[:SECOND]):
            return found
        asked *= 2


def _count(limit: t.Any) -> int:
    """The limit, which lookups don't check. Raises BadInput."""
    try:
        number = converters.whole(limit)
    except (ValueError, TypeError):
        number = 0
    if number < 1:
        raise BadInput(f"limit is {limit!r}, but must be a whole number, 1 or more")
    return number


def _said(row: Object) -> str:
    """When, as text that sorts. "" if it can't be read: the result then tells so."""
    try:
        return values.jade_time(row.get("tm_create"))
    except ValueError:
        return ""


def _next_second(time: str) -> str:
    """Greater than each text of a time up to this one, and smaller than those of later seconds."""
    return (datetime.datetime.fromisoformat(time[:SECOND]) + datetime.timedelta(seconds=1)).isoformat()


def moment(option: str, value: str) -> str:
    """A time that people have given, in the form of C(tm_create). Raises BadInput."""
    match = _TIME.match(value)
    try:
        if match:
            second = f"{match[1]}T{match[2]}"
            _next_second(second)
            return f"{second}.{(match[3] or '').ljust(9, '0')}Z"
    except (ValueError, OverflowError):
        pass
    raise BadInput(f"{option} is {value!r}, but must be a time in UTC such as 2018-03-27T10:26:14Z")


def as_kept(content: t.Any) -> t.Any:
    """What to send, so that Jade gives it back as it is: its database turns numbers and switches into text, and a text that is
    JSON into what it says. Raises BadInput for what it can't keep.
    """
    if content is None:
        raise BadInput("content is null, which says nothing")
    try:
        content = json.loads(json.dumps(content, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        raise BadInput("content can't be written as JSON. If it is a date or the like, put it in quotes") from None
    return _read(json.dumps(content) if isinstance(content, (bool, int, float)) else content)


def _read(content: t.Any) -> t.Any:
    if not isinstance(content, str):
        return content
    try:
        inside = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        inside = None
    if isinstance(inside, (str, list, dict)):
        return _read(inside)
    if "'" in content:
        raise BadInput(
            "content holds a single quote, which Jade can't store in a text",
            hint="Write it with a typographic apostrophe, or within a list or a dictionary",
        )
    return content


def _refuse(constant: str) -> t.NoReturn:
    raise ValueError(constant)


def same_content(one: t.Any, other: t.Any) -> bool:
    """Whether two messages say the same. To JSON 1 isn't true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
