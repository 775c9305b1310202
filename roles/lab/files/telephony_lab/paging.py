# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One page of a list, and the faults that paging can have."""

from __future__ import annotations

from typing import Any, Protocol

from telephony_lab.exchange import Exchange


class Movable(Protocol):
    """A list whose rows can move while somebody pages through it."""

    def move(self, how: str, rows: int, ordering: Any) -> None:
        """Delete, insert or re-sort rows at the start of an ordering."""


def move_rows(exchange: Exchange, rows: Movable, ordering: Any) -> None:
    """Let rows move before this page is cut out, if the fault says so."""
    fault = exchange.fault_of("move_rows")
    if fault:
        rows.move(fault.get("how", "delete"), fault.get("rows", 1), ordering)


def cut_page(exchange: Exchange, rows: list[Any], page: int, size: int) -> tuple[list[Any], int]:
    """The rows of a page (the first page is 1) and the total, with the faults of this request."""
    return cut_rows(exchange, rows, (page - 1) * size, size)


def cut_rows(exchange: Exchange, rows: list[Any], offset: int, limit: int) -> tuple[list[Any], int]:
    """So many rows from an offset (the first is 0) and the total, with the faults of this request."""
    found = rows[offset:offset + limit]
    short = exchange.fault_of("short_page")
    if short:
        found = found[:max(0, len(found) - short.get("rows", 1))]
    total = len(rows) + exchange.fault_of("total_changes").get("by", 0)
    return found, total
