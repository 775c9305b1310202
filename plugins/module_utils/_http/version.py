# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - galaxy.yml
# - dev/generator/templates/plugins/module_utils/_http/version.py.j2
"""The collection's version."""

VERSION = "0.1.0"
