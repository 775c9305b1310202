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
FOLDERS = ("docs", "meta", "playbooks", "plugins", "roles")  # where generated files lie
HEADER_SIZE = 1000  # bytes from the beginning of a file


def _make_importable() -> None:
    """Let this checkout be the package ansible_collections.telephony.pbx, wherever it lies."""
    for name in ("ansible_collections", "ansible_collections.telephony"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = []
    package = types.ModuleType("ansible_collections.telephony.pbx")
    package.__path__ = [str(ROOT)]
    sys.modules[package.__name__] = package
    sys.path.insert(0, str(ROOT / "dev"))


def _generated_before() -> list[Path]:
    """Files with the header of generated ones, whether or not they still are."""
    from generator.rendering import MARK

    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return [path for path in paths if MARK.encode() in path.read_bytes()[:HEADER_SIZE]]


def main() -> int:
    """Write, or compare with what is there. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file differs or is no longer generated")
    arguments = parser.parse_args()
    _make_importable()
    from generator import everything

    wanted = everything(ROOT)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    dead = [path for path in _generated_before() if path not in wanted]
    for path in stale:
        print(f"{'differs' if arguments.check else 'written'}: {path.relative_to(ROOT)}")
    for path in dead:
        print(f"{'no longer generated' if arguments.check else 'removed'}: {path.relative_to(ROOT)}")
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
