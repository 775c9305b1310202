# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - dev/generator/templates/plugins/doc_fragments/attributes.py.j2

from __future__ import annotations


class ModuleDocFragment:
    """What all modules have in common: those that read, and those that change."""

    INFO = r"""
attributes:
  check_mode:
    description: Can run in check mode and tell what it would change.
    support: full
    details:
      - Changes nothing in any mode.
  diff_mode:
    description: Shows what changes, with secrets masked.
    support: N/A
  idempotent:
    description: Run again, it changes nothing.
    support: full
  action:
    description: Runs in the controller's own process, which saves starting Python for each task.
    support: full
    details:
      - With another connection than C(local), with C(become), C(async) or C(environment), it runs as
        an ordinary module on the host of the task, which then needs the required Python libraries.
"""

    STATE = r"""
attributes:
  check_mode:
    description: Can run in check mode and tell what it would change.
    support: full
  diff_mode:
    description: Shows what changes, with secrets masked.
    support: full
  idempotent:
    description: Run again, it changes nothing.
    support: full
  action:
    description: Runs in the controller's own process, which saves starting Python for each task.
    support: full
    details:
      - With another connection than C(local), with C(become), C(async) or C(environment), it runs as
        an ordinary module on the host of the task, which then needs the required Python libraries.
"""
