# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""meta/runtime.yml: what Ansible is told of the collection; and its version for the code."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import RAW_MODULE, system_of
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from generator.text import LICENSE, dump

HEAD = "# Written by dev/generate.py. Change the descriptions in plugins/module_utils/_systems.\n"


def runtime_file() -> str:
    """One action group per system and C(all); every module is run by the one action plugin."""
    groups = {system: [m for m in MODULES if system_of(m).name == system] for system in REGISTERED}
    data = {
        "requires_ansible": ">=2.16.0",
        "action_groups": {**{k: sorted(v) for k, v in groups.items()}, "all": sorted((*MODULES, RAW_MODULE))},
        "plugin_routing": {"action": {m: {"redirect": f"telephony.pbx.{RAW_MODULE}"} for m in sorted(MODULES)}},
    }
    return LICENSE + HEAD + "---\n" + dump(data)


def version(number: str) -> str:
    """The module that tells the version."""
    return f'{LICENSE}"""The collection\'s version. Written by dev/generate.py from galaxy.yml."""\n\nVERSION = "{number}"\n'
