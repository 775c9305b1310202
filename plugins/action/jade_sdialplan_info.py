# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - dev/generator/templates/plugins/action/module.py.j2
"""This module is run by the action plugin of all of them."""

from __future__ import annotations

from .api import ActionModule

__all__ = ("ActionModule",)
