# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation fragments: the connection options of each system, for modules and for plugins."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from generator.text import LICENSE, connection_doc, dump

FILE = '''{license}# Written by dev/generate.py from module_utils/_core/options.py. Change it there.

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of {title}."""

    DOCUMENTATION = r"""
{modules}"""

    PLUGIN = r"""
{plugins}"""
'''


def fragment_file(name: str) -> str:
    """The fragment C(telephony.pbx.<name>), and C(telephony.pbx.<name>.plugin) for plugins."""
    system = REGISTERED[name].system
    docs = [
        dump({"options": {option.option: connection_doc(option, (system,), plugin) for option in system.options}})
        for plugin in (False, True)
    ]
    return FILE.format(license=LICENSE, title=system.title, modules=docs[0], plugins=docs[1])
