# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write everything that follows from the descriptions in plugins/module_utils/_systems, or check that it is up to date.

Usage: generate.py [--check]
"""

from __future__ import annotations

import argparse
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _make_importable() -> None:
    """Let this checkout be the package ansible_collections.telephony.pbx, wherever it lies."""
    for name in ("ansible_collections", "ansible_collections.telephony"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = []
    package = types.ModuleType("ansible_collections.telephony.pbx")
    package.__path__ = [str(ROOT)]
    sys.modules[package.__name__] = package
    sys.path.insert(0, str(ROOT / "dev"))


def main() -> int:
    """Write, or compare with what is there. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file differs")
    arguments = parser.parse_args()
    _make_importable()
    from generator import everything

    wanted = everything(ROOT)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    kept = {ROOT / "plugins" / "action" / "api.py"}  # written by hand
    folders = (ROOT / "plugins" / "modules", ROOT / "plugins" / "action")
    dead = [path for folder in folders for path in folder.glob("*.py") if path not in wanted and path not in kept]
    for path in (*stale, *dead):
        print(("differs: " if arguments.check else "written: ") + str(path.relative_to(ROOT)))
    if arguments.check:
        if stale or dead:
            print("run: make generate")
        return 1 if stale or dead else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path])
    for path in dead:
        path.unlink()
    print(f"{len(wanted)} generated files are up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
