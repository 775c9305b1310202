# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a change of a Cloud PBX counts as done: some of it happens by and by, and some isn't told. Facts: facts/vendors.md 2.6."""

from __future__ import annotations

from dataclasses import dataclass

from ..._engine.plan import Plan
from ..._model.resource import Object
from .cloud_pbx_options import SWITCHES

PLAN_CHANGES = "Upgrading to "


@dataclass(frozen=True)
class CloudPbxPlan(Plan):
    """``no_wait``: a PBX that is on its way counts as there. ``told``: what is asked for and can't be had, in words."""

    no_wait: bool = False
    told: tuple[str, ...] = ()

    def missing_from(self, shown: Object | None) -> list[str]:
        """As in all plans, but for a status that nobody waits for, a plan that is under way, and what the server leaves out."""
        missing = super().missing_from(shown)
        fine = {name for name in SWITCHES if is_off(self.after, name) and is_off(shown, name)}
        fine |= {"status"} if self.no_wait else set()
        fine |= {"plan"} if changes_plan(shown) else set()
        return [name for name in missing if name not in fine]


def is_off(pbx: Object | None, name: str) -> bool:
    """A switch that the server leaves out is off (facts/vendors.md 2.6)."""
    return pbx is not None and not pbx.get(name)


def changes_plan(pbx: Object | None) -> bool:
    """Whether a switch of its plan is under way."""
    return pbx is not None and str(pbx.get("plan")).startswith(PLAN_CHANGES)
