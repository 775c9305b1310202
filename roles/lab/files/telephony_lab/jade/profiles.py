# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the documented server and the real one differ, beyond their seeds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """The differences that more than one resource needs to know."""

    name: str
    seed: str
    # Prefixes under which /admin, /manager and /me answer.
    prefixes: tuple[str, ...]
    # What a module's name ends with in the list.
    module_suffix: str
    # Lists under /me are bare arrays instead of {"list": [...]}.
    bare_me_lists: bool
    # The runtime parking lots' field for the last space.
    stop_space: str
    # Documented methods work: POST cfg_parkinglots, PUT and DELETE parkinglots, PUT adps, contacts, permissions.
    as_written: bool


DOCUMENTED = Profile(
    name="documented", seed="jade_documented.json", prefixes=("/v1", ""), module_suffix="",
    bare_me_lists=True, stop_space="stop_spcae", as_written=True,
)
F31439D = Profile(
    name="f31439d", seed="jade_f31439d.json", prefixes=("/v1",), module_suffix=".so",
    bare_me_lists=False, stop_space="stop_space", as_written=False,
)
PROFILES = {profile.name: profile for profile in (DOCUMENTED, F31439D)}
