# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write dev/requirements/locked/: for each requirements file the versions of all that it pulls in.

Resolves each file with each working Python that it is meant for. Run it (`make lock`) after a change of requirements.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from environments import ENVIRONMENTS, KNOWN_PYTHONS, REQUIREMENTS, Environment, find_python

HEADER = """\
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by `make lock`, with Python {versions}.
"""


def resolve(requirements: str, python: str) -> dict[str, str]:
    """Package names and versions that pip would install into an empty environment."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [python, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--report", str(report), "-r", str(REQUIREMENTS / requirements)]
        subprocess.run(command, check=True)
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    names = {item["metadata"]["name"]: item["metadata"]["version"] for item in items}
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in names.items()}


def lines(resolved: dict[str, dict[str, str]]) -> list[str]:
    """One line a package; one for each Python where they differ."""
    result = []
    for name in sorted(set().union(*resolved.values())):
        versions = {python: packages[name] for python, packages in resolved.items() if name in packages}
        if len(set(versions.values())) == 1:
            result.append(f"{name}=={next(iter(versions.values()))}")
        else:
            result += [f'{name}=={version} ; python_version == "{python}"' for python, version in versions.items()]
    return result


def pythons_of(requirements: str) -> list[str]:
    """All Python versions that an environment with this file may take."""
    users = [environment for environment in ENVIRONMENTS.values() if environment.requirements == requirements]
    versions = {version for user in users for version in user.pythons}
    return sorted(versions, key=KNOWN_PYTHONS.index)


def lock(environment: Environment) -> None:
    """Write the file of one environment."""
    resolved = {}
    for version in pythons_of(environment.requirements):
        if python := find_python(version):
            resolved[version] = resolve(environment.requirements, python)
    environment.constraints.parent.mkdir(exist_ok=True)
    header = HEADER.format(versions=", ".join(resolved))
    environment.constraints.write_text(header + "\n".join(lines(resolved)) + "\n", encoding="utf-8")
    print(f"{environment.requirements}: Python {', '.join(resolved)}")


def main() -> int:
    """Lock every requirements file once."""
    for environment in {environment.requirements: environment for environment in ENVIRONMENTS.values()}.values():
        lock(environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
