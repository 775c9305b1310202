# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters for values of telephony. Each is described in a file of its name."""

from __future__ import annotations

import functools
import typing as t

from ansible.errors import AnsibleFilterError

from ..module_utils._http.errors import BadInput
from ..plugin_utils import dialplan, fleet, values


def _told(name: str, function: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
    """The function with its errors in one line."""

    @functools.wraps(function)
    def run(*arguments: t.Any, **named: t.Any) -> t.Any:
        try:
            return function(*arguments, **named)
        except (ValueError, BadInput) as error:
            failure = AnsibleFilterError(f"filter telephony.pbx.{name}: {error}")
        raise failure from None

    return run


FILTERS: dict[str, t.Callable[..., t.Any]] = {
    "dialplan": dialplan.parsed,
    "to_dialplan": dialplan.formatted,
    "fleet_report": fleet.report,
    "fleet_report_json": fleet.embedded,
    "fleet_report_hash": fleet.source_hash,
    "parking_spaces": values.spaces,
    "mac_address": values.mac,
    "iso8601": values.iso8601,
}


class FilterModule:
    """All filters."""

    def filters(self):
        """By their names."""
        return {name: _told(name, function) for name, function in FILTERS.items()}
