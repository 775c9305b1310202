# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of objects of telephony. Each is described in a file of its name."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError

from ..plugin_utils import values


def expiring(value: t.Any, days: float = 30) -> bool:
    """Whether it ends within so many days, or has ended."""
    try:
        return values.expires_within(value, days)
    except ValueError as error:
        failure = AnsibleFilterError(f"test telephony.pbx.expiring: {error}")
    raise failure from None


def online(value: t.Any) -> bool:
    """Whether it works."""
    try:
        return values.is_online(value)
    except ValueError as error:
        failure = AnsibleFilterError(f"test telephony.pbx.online: {error}")
    raise failure from None


class TestModule:
    """All tests."""

    def tests(self):
        """By their names."""
        return {"expiring": expiring, "online": online}
