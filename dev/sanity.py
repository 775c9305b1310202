# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ansible-test sanity, in the collection's folder, with the ansible-core of the running Python's environment.

ansible-test downloads pip's bootstrap script from a host of its own. A stand-in, which uses the copy of pip that comes
with Python, is put where it looks first, so that package registries are all that is needed. A script that is there
already is left alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import ansible_test

STAND_IN = '''\
"""Stand-in for pip's bootstrap script: start from the pip that comes with Python."""

import subprocess
import sys


def main():
    packages = [item for item in sys.argv[1:] if item not in ("--no-setuptools", "--no-wheel")]
    subprocess.check_call([sys.executable, "-m", "ensurepip", "--default-pip"], stdout=subprocess.DEVNULL)
    sys.exit(subprocess.call([sys.executable, "-m", "pip", "install", "--upgrade"] + packages))


if __name__ == "__main__":
    main()
'''


def wanted_pip() -> str:
    """The pip version that the installed ansible-test asks for."""
    source = Path(ansible_test.__path__[0], "_internal", "python_requirements.py").read_text(encoding="utf-8")
    found = re.search(r"""default_packages = dict\(\s*pip=['"]([0-9.]+)['"]""", source)
    if not found:
        sys.exit("cannot tell which pip this ansible-test asks for: see get_venv_packages in python_requirements.py")
    return found[1]


def provide_bootstrap() -> None:
    """Put the stand-in where ansible-test looks before it downloads."""
    path = Path.home() / ".ansible" / "test" / "cache" / f"get_pip_{wanted_pip().replace('.', '_')}.py"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STAND_IN, encoding="utf-8")


def ignored() -> list[str]:
    """Entries in ignore files: there must be none."""
    texts = {path: path.read_text(encoding="utf-8") for path in Path("tests", "sanity").glob("ignore*.txt")}
    return [f"{path}: {line}" for path, text in texts.items() for line in text.splitlines() if line.strip()]


def main() -> int:
    """Run all sanity tests."""
    if entries := ignored():
        print("nothing may be ignored:", *entries, sep="\n  ")
        return 1
    provide_bootstrap()
    return subprocess.run(["ansible-test", "sanity", "--local", "--color", "no"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
