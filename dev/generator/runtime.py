# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""meta/runtime.yml: what Ansible is told of the collection; and its version for the code."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import RAW_MODULE, system_of
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from generator.text import LICENSE, dump

ACTION = '''"""Written by dev/generate.py: this module is run by the action plugin of all of them."""

from __future__ import annotations

from .api import ActionModule

__all__ = ("ActionModule",)
'''
HEAD = "# Written by dev/generate.py. Change the descriptions in plugins/module_utils/_systems.\n"


def runtime_file() -> str:
    """One action group per system and C(all)."""
    groups = {system: [m for m in MODULES if system_of(m).name == system] for system in REGISTERED}
    data = {
        "requires_ansible": ">=2.16.0",
        "action_groups": {**{k: sorted(v) for k, v in groups.items()}, "all": sorted((*MODULES, RAW_MODULE))},
    }
    return LICENSE + HEAD + "---\n" + dump(data)


def action_file() -> str:
    """The action plugin of a module: the one that runs them all.

    A file, and not a redirect in meta/runtime.yml: ansible-lint and antsibull-docs follow redirects, and would tell people
    to write C(telephony.pbx.api) in their playbooks. It costs the same: 51.6 ms of CPU a task against 50.5.
    """
    return LICENSE + ACTION


def version(number: str) -> str:
    """The module that tells the version."""
    return f'{LICENSE}"""The collection\'s version. Written by dev/generate.py from galaxy.yml."""\n\nVERSION = "{number}"\n'
