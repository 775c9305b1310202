# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Becoming another user who is still the same: what runs with it has to travel."""

from __future__ import annotations

from ansible.plugins.become import BecomeBase

DOCUMENTATION = r"""
name: nobody_else
short_description: Stays the user that one is
description:
  - Needs neither another account nor a password.
options:
  become_user:
    description: Not used.
    default: root
"""


class BecomeModule(BecomeBase):
    """Runs the command as it is."""

    name = "nobody_else"

    def build_become_command(self, cmd, shell):
        super().build_become_command(cmd, shell)
        return self._build_success_command(cmd, shell) if cmd else cmd
