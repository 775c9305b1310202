# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: which request is to meet one, and what the client then sees."""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import asdict, dataclass, field
from email.utils import formatdate
from time import time
from typing import Any

from telephony_lab.exchange import Exchange, Reply

# Kinds that replace the reply, so that it matters whether the request took effect first.
REPLACING = {"status", "error", "reset", "close", "html", "not_json"}
DELIVERY = {"slow", "truncated", "second_reply"}
PAGING = {"move_rows", "short_page", "total_changes"}
KINDS = REPLACING | DELIVERY | PAGING | {"token_expired"}
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Sign in</form></body></html>"


class BadFault(ValueError):
    """A fault that the lab doesn't understand."""


@dataclass
class Rule:
    """A fault, the requests it is for, and how often it still strikes."""

    id: int
    fault: dict[str, Any]
    match: dict[str, str] = field(default_factory=dict)
    times: int | None = 1
    skip: int = 0
    hits: int = 0

    def applies(self, exchange: Exchange) -> bool:
        """Whether the rule is for this request."""
        if self.times is not None and self.hits >= self.times:
            return False
        path = self.match.get("path")
        if path is not None and not re.search(path, exchange.path):
            return False
        return all(getattr(exchange, name) == self.match[name] for name in ("method", "system", "name")
                   if name in self.match)


class Faults:
    """The rules in force, in the order in which they were added."""

    def __init__(self) -> None:
        """Start with no rule."""
        self._rules: list[Rule] = []
        self._ids = itertools.count(1)

    def add(self, wanted: Any) -> Rule:
        """Check and add a rule."""
        if not isinstance(wanted, dict) or not isinstance(wanted.get("fault"), dict):
            raise BadFault("a rule is an object with an object called fault")
        if wanted["fault"].get("kind") not in KINDS:
            raise BadFault(f"fault.kind must be one of {', '.join(sorted(KINDS))}")
        if wanted["fault"]["kind"] == "status" and not isinstance(wanted["fault"].get("status"), int):
            raise BadFault("fault.status must be a number")
        unknown = set(wanted) - {"fault", "match", "times", "skip"}
        unknown |= set(wanted.get("match", {})) - {"method", "path", "system", "name"}
        if unknown:
            raise BadFault(f"unknown: {', '.join(sorted(unknown))}")
        try:
            re.compile(wanted.get("match", {}).get("path", ""))
        except re.error as exc:
            raise BadFault(f"match.path is not a regular expression: {exc}") from exc
        rule = Rule(id=next(self._ids), **wanted)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """Forget all rules."""
        self._rules.clear()

    def list(self) -> list[dict[str, Any]]:
        """The rules with their hits so far."""
        return [asdict(rule) for rule in self._rules]

    def take(self, exchange: Exchange) -> dict[str, Any]:
        """The fault that this request meets, or an empty one."""
        for rule in self._rules:
            if not rule.applies(exchange):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            rule.hits += 1
            return rule.fault
        return {}


def spares_handler(fault: dict[str, Any]) -> bool:
    """Whether the request must not take effect."""
    return fault.get("kind") in REPLACING and fault.get("when", "before") == "before"


def replace_reply(fault: dict[str, Any], reply: Reply, system_error: Any) -> Reply:
    """The reply that the client is to see in place of the true one."""
    kind = fault.get("kind")
    if kind == "error":
        status, content_type, body = system_error()
        return reply.replace(status, content_type, body)
    if kind == "html":
        return reply.replace(fault.get("status", 200), "text/html; charset=utf-8", LOGIN_PAGE)
    if kind == "not_json":
        return reply.replace(200, "application/json", b"{not json")
    if kind == "status":
        replaced = reply.replace(fault["status"], "text/plain", fault.get("body", "").encode())
        for name, value in fault.get("headers", {}).items():
            replaced.headers.append((name.lower().encode(), str(value).encode()))
        if "retry_after_date" in fault:
            moment = formatdate(time() + fault["retry_after_date"], usegmt=True)
            replaced.headers.append((b"retry-after", moment.encode()))
        return replaced
    return reply


async def deliver(exchange: Exchange, reply: Reply, receive: Any, send: Any) -> None:
    """Send a reply, or show in its place what the fault says."""
    fault = exchange.fault
    kind = fault.get("kind")
    if kind in ("reset", "close") or exchange.dropped:
        if kind == "reset":
            exchange.connection.reset()
        else:
            exchange.connection.close()
        await _wait_for_end(receive)
        return
    if kind == "slow":
        await asyncio.sleep(fault.get("seconds", 0))
    if kind == "truncated":
        await _send_truncated(exchange, reply, fault.get("missing", 10), receive, send)
        return
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    if kind == "slow" and fault.get("trickle"):
        await _trickle(reply.body, fault["trickle"], send)
    else:
        await send({"type": "http.response.body", "body": reply.body})
    if kind == "second_reply":
        exchange.connection.write(raw_reply(fault.get("body", "{}").encode()))
    elif exchange.second_reply:
        exchange.connection.write(exchange.second_reply)


def raw_reply(body: bytes) -> bytes:
    """A complete HTTP reply as bytes, to be pushed behind another one."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def _send_truncated(exchange: Exchange, reply: Reply, missing: int, receive: Any, send: Any) -> None:
    headers = [pair for pair in reply.headers if pair[0].lower() != b"content-length"]
    headers.append((b"content-length", str(len(reply.body) + (missing if not reply.body else 0)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body[:-missing], "more_body": True})
    exchange.connection.close()
    await _wait_for_end(receive)


async def _trickle(body: bytes, seconds: float, send: Any) -> None:
    step = max(1, len(body) // 10)
    pieces = [body[at:at + step] for at in range(0, len(body), step)] or [b""]
    for piece in pieces[:-1]:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.sleep(seconds / len(pieces))
    await send({"type": "http.response.body", "body": pieces[-1]})


async def _wait_for_end(receive: Any) -> None:
    """Return once uvicorn knows that the client is gone; until then it would answer 500 by itself."""
    while (await receive())["type"] != "http.disconnect":
        pass
