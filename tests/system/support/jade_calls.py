# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was asked of Jade, besides the login that each run begins with and the logout that ends it."""

from __future__ import annotations

from tests.system.support.lab import Lab

LOGOUTS = tuple(f"DELETE /v1/{area}/login" for area in ("admin", "manager", "me"))


def jade_calls(lab: Lab, **wanted: str) -> list[str]:
    """Method and path of each request so far, in order. ``wanted``: more that has to be so, as Lab.log has it."""
    return [call for call in lab.calls(system="jade", login="false", **wanted) if call not in LOGOUTS]
