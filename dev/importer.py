# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the collection in the current folder and import it as Galaxy would; any warning or error is a failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NOT_FOUND = re.compile(r"Failed to find telephony\.pbx\.(\w+) playbook\.$")
COMPLAINT = re.compile(r"^\s*(\[?warning\]?|error|critical|traceback)\b", re.IGNORECASE)


def is_complaint(line: str) -> bool:
    """Whether it tells of something wrong. The importer sees no installed collection, and so misses playbooks that exist."""
    missed = NOT_FOUND.search(line)
    return bool(COMPLAINT.match(line)) and not (missed and Path("playbooks", f"{missed[1]}.yml").is_file())


def build(folder: Path) -> Path:
    """Build the artifact and return it."""
    subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", str(folder)], check=True)
    return next(folder.glob("*.tar.gz"))


def import_artifact(artifact: Path) -> int:
    """Run galaxy-importer beside the artifact (it leaves a result file there); give the number of complaints."""
    variables = {**os.environ, "GALAXY_IMPORTER_CONFIG": str(Path("tests", "galaxy-importer.cfg").resolve())}
    done = subprocess.run(
        [sys.executable, "-m", "galaxy_importer.main", artifact.name],
        cwd=artifact.parent,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout)
    complaints = [line for line in done.stdout.splitlines() if is_complaint(line)]
    print(f"galaxy-importer ended with {done.returncode}, {len(complaints)} warnings and errors", *complaints, sep="\n  ")
    return len(complaints) + (done.returncode != 0)


def main() -> int:
    """Build and import."""
    with tempfile.TemporaryDirectory() as folder:
        return int(import_artifact(build(Path(folder))) > 0)


if __name__ == "__main__":
    sys.exit(main())
