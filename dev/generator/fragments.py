# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation fragments: the connection options of each system, for modules and for plugins."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from generator.text import LICENSE, REQUIREMENTS, connection_doc, dump

FILE = '''{license}# Written by dev/generate.py from module_utils/_model/options.py. Change it there.

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of {title}."""

    DOCUMENTATION = r"""
{modules}"""

    PLUGIN = r"""
{plugins}"""
'''


ACTION = {
    "description": "Runs in the controller's own process, which saves starting Python for each task.",
    "support": "full",
    "details": [
        "With another connection than C(local), with C(become), C(async) or C(environment), it runs as an ordinary module on the"
        " host of the task, which then needs the required Python libraries."
    ],
}
CHECK_MODE = {"description": "Can run in check mode and tell what it would change.", "support": "full"}
DIFF_MODE = {"description": "Shows what changes, with secrets masked.", "support": "full"}
IDEMPOTENT = {"description": "Run again, it changes nothing.", "support": "full"}
ATTRIBUTES_FILE = '''{license}# Written by dev/generate.py from dev/generator/fragments.py. Change it there.

from __future__ import annotations


class ModuleDocFragment:
    """What all modules have in common: those that read, and those that change."""

    INFO = r"""
{info}"""

    STATE = r"""
{state}"""
'''


def attributes_file() -> str:
    """The fragments C(telephony.pbx.attributes.info) and C(telephony.pbx.attributes.state)."""
    reading = {**CHECK_MODE, "details": ["Changes nothing in any mode."]}
    info = {"check_mode": reading, "diff_mode": {**DIFF_MODE, "support": "N/A"}, "idempotent": IDEMPOTENT, "action": ACTION}
    state = {"check_mode": CHECK_MODE, "diff_mode": DIFF_MODE, "idempotent": IDEMPOTENT, "action": ACTION}
    return ATTRIBUTES_FILE.format(license=LICENSE, info=dump({"attributes": info}), state=dump({"attributes": state}))


def fragment_file(name: str) -> str:
    """The fragment C(telephony.pbx.<name>), and C(telephony.pbx.<name>.plugin) for plugins."""
    system = REGISTERED[name].system
    docs = [
        dump(
            {
                "requirements": REQUIREMENTS,
                "options": {option.option: connection_doc(option, (system,), plugin) for option in system.options},
            }
        )
        for plugin in (False, True)
    ]
    return FILE.format(license=LICENSE, title=system.title, modules=docs[0], plugins=docs[1])
