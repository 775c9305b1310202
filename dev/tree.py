# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the collection where tools want it: in a folder that ends in ansible_collections/telephony/pbx."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from environments import BUILD, ROOT


def copy_collection(name: str) -> Path:
    """Copy what git tracks or would track, as a git repository below .build/copy/NAME; return its folder."""
    base = BUILD / "copy" / name
    target = base / "ansible_collections" / "telephony" / "pbx"
    shutil.rmtree(base, ignore_errors=True)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for relative in filter(None, names.split("\0")):
        source = ROOT / relative
        if source.is_symlink() or source.is_file():
            destination = target / relative
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, destination, follow_symlinks=False)
    subprocess.run(["git", "init", "--quiet"], cwd=target, check=True)
    subprocess.run(["git", "add", "--all"], cwd=target, check=True)
    return target
