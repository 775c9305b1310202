# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is generated, and into which file."""

from __future__ import annotations

from pathlib import Path

import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import RAW_MODULE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from generator import awx, endpoints, fragments, lookups, modules, playbooks, roles, runtime


def everything(root: Path) -> dict[Path, str]:
    """Each generated file with its text."""
    galaxy = yaml.safe_load((root / "galaxy.yml").read_text())
    plugins = root / "plugins"
    files = {plugins / "module_utils" / "_http" / "version.py": runtime.version(galaxy["version"])}
    for name in (*MODULES, RAW_MODULE):
        examples = (root / "dev" / "examples" / f"{name}.yml").read_text()
        files[plugins / "modules" / f"{name}.py"] = modules.module_file(name, examples)
        if name != RAW_MODULE:
            files[plugins / "action" / f"{name}.py"] = runtime.action_file()
    files[plugins / "doc_fragments" / "attributes.py"] = fragments.attributes_file()
    for system in REGISTERED:
        files[plugins / "doc_fragments" / f"{system}.py"] = fragments.fragment_file(system)
        examples = (root / "dev" / "examples" / f"lookup_{system}.yml").read_text()
        files[plugins / "lookup" / f"{system}.py"] = lookups.lookup_file(system, examples)
    files[root / "meta" / "runtime.yml"] = runtime.runtime_file()
    files[root / "docs" / "endpoints.md"] = endpoints.page()
    files.update({root / "roles" / path: text for path, text in roles.files().items()})
    files.update({root / "playbooks" / name: text for name, text in playbooks.files().items()})
    files.update({root / "playbooks" / "files" / "awx" / name: text for name, text in awx.files().items()})
    readme = root / "README.md"
    files[readme] = endpoints.into_readme(readme.read_text())
    return files
