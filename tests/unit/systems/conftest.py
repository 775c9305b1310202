# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fixtures of these tests."""

from __future__ import annotations

from ansible_collections.telephony.pbx.tests.unit.support.fixtures import authority, clock, plain_environment

__all__ = ["authority", "clock", "plain_environment"]
