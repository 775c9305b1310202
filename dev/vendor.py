# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the JavaScript libraries of the fleet report from their npm packages, as files/vendor.json pins them.

To take another version: change it there, empty its integrity, run this, and read what changed. Needs npm.
Each file is kept as published, but in ASCII and without the address of a source map, which browsers would ask for.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

FILES = Path(__file__).resolve().parent.parent / "roles" / "fleet_report" / "files"
PINS = FILES / "vendor.json"
SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S+\s*$")


def ascii_only(text: str) -> str:
    """The same program: outside of ASCII there are but strings and regular expressions, where escapes mean the same."""
    units = text.encode("utf-16-be")
    codes = [int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2)]
    return "".join(chr(code) if code < 128 else f"\\u{code:04x}" for code in codes)


def kept(text: str) -> str:
    """A published file as it is kept here."""
    return ascii_only(SOURCE_MAP.sub("", text)).rstrip() + "\n"


def packed(name: str, folder: Path) -> dict[str, Any]:
    """Download a package; npm says its file name and its integrity."""
    command = ["npm", "pack", name, "--json", "--ignore-scripts", "--pack-destination", str(folder)]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)[0]


def read(archive: Path, name: str) -> str:
    """A file of a package."""
    with tarfile.open(archive) as files:
        found = files.extractfile(f"package/{name}")
        assert found, f"{archive.name} has no {name}"
        return found.read().decode("utf-8")


def vendor(pin: dict[str, Any]) -> None:
    """Write one library and its license, and complete what is recorded of it."""
    with tempfile.TemporaryDirectory() as folder:
        package = packed(f"{pin['package']}@{pin['version']}", Path(folder))
        if pin["integrity"] not in {"", package["integrity"]}:
            raise SystemExit(f"{pin['package']} {pin['version']} isn't what was pinned: its integrity is {package['integrity']}")
        archive = Path(folder) / package["filename"]
        text = kept(read(archive, pin["source"]))
        (FILES / pin["file"]).write_text(text, encoding="ascii", newline="\n")
        license_text = read(archive, pin["license_source"]).replace("\r\n", "\n").rstrip() + "\n"
        (FILES / pin["license_file"]).write_text(license_text, encoding="utf-8", newline="\n")
    pin.update(integrity=package["integrity"], sha256=hashlib.sha256(text.encode()).hexdigest())
    print(f"{pin['file']}: {pin['package']} {pin['version']}, {len(text)} bytes")


def main() -> int:
    """All libraries."""
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    for pin in pins:
        vendor(pin)
    PINS.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
