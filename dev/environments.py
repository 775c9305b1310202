# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual environments: which there are, which Python each one takes, and how it is made.

``python dev/environments.py`` makes the one for daily work (``.venv``) and links the repository
into ``.build/collections``. An environment that is up to date is left as it is.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
REQUIREMENTS = ROOT / "dev" / "requirements"
LINK = BUILD / "collections" / "ansible_collections" / "telephony" / "pbx"
OLDEST_PYTHON = (3, 11)
# The running Python, outside any virtual environment.
RUNNING = getattr(sys, "_base_executable", sys.executable)
KNOWN_PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
# The newest that the pinned packages were tried on come first.
ANY_PYTHON = ("3.13", "3.12", "3.11", "3.14")


class EnvironmentFailure(Exception):
    """An environment could not be made; the text says why."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its requirements file and the Pythons it may take, best first."""

    name: str
    requirements: str
    pythons: tuple[str, ...] = ANY_PYTHON

    @property
    def python(self) -> str | None:
        """The interpreter it is made from; None where the machine has none that fits."""
        if self.name == "run":
            return RUNNING
        return next((path for path in map(find_python, self.pythons) if path), None)

    @property
    def path(self) -> Path:
        """Its folder; environments that would be equal share the one of the first of them."""
        made_alike = (self.requirements, self.python)
        first = next(other for other in ENVIRONMENTS.values() if (other.requirements, other.python) == made_alike)
        return ROOT / ".venv" if first.name == "run" else BUILD / "venv" / first.name

    @property
    def bin(self) -> Path:
        """The folder of its programs."""
        return self.path / "bin"

    @property
    def constraints(self) -> Path:
        """The versions of everything that the requirements pull in; written by `make lock`."""
        return REQUIREMENTS / "locked" / self.requirements


ENVIRONMENTS = {
    environment.name: environment
    for environment in (
        Environment("run", "run.txt"),
        Environment("check", "check.txt"),
        Environment("tools", "tools.txt"),
        Environment("worker", "worker.txt"),
        Environment("core-2.16", "core-2.16.txt", ("3.10", "3.11", "3.12")),
        Environment("core-2.17", "core-2.17.txt", ("3.11", "3.12", "3.10")),
        Environment("core-2.18", "core-2.18.txt", ("3.12", "3.11", "3.13")),
        Environment("core-2.19", "run.txt", ("3.11",)),
        Environment("core-2.20", "core-2.20.txt", ("3.13", "3.12", "3.14")),
        Environment("core-2.21", "run.txt", ("3.13", "3.12", "3.14")),
        Environment("core-2.22", "core-2.22.txt", ("3.13", "3.14")),
    )
}


@functools.cache
def ask(command: str, code: str) -> str | None:
    """What a Python prints when it runs the code; None where it doesn't run."""
    try:
        done = subprocess.run([command, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


@functools.cache
def find_python(version: str) -> str | None:
    """A Python of this version ('3.12') that can make environments: the running one, from PATH, or from pyenv."""
    if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
        return RUNNING
    folder = Path.home() / ".pyenv" / "versions"
    installed = sorted(folder.glob(f"{version}*/bin/python"), key=os.path.getmtime, reverse=True)
    candidates = [f"python{version}", *(str(path) for path in installed if path.parts[-3].startswith(f"{version}."))]
    code = "import ensurepip, sys; print(sys._base_executable)"
    return next((found for found in (ask(candidate, code) for candidate in candidates) if found), None)


def search_path(*first: Path) -> str:
    """PATH with the given folders and all working Pythons in front, without folders of Pythons that don't run."""
    pythons = [str(Path(found).parent) for found in map(find_python, reversed(KNOWN_PYTHONS)) if found]
    inherited = os.environ.get("PATH", os.defpath).split(os.pathsep)
    kept = [folder for folder in inherited if folder and not _is_dead(folder)]
    return os.pathsep.join(dict.fromkeys([*map(str, first), *pythons, *kept]))


@functools.cache
def _is_dead(folder: str) -> bool:
    """Whether a `python3.N` in the folder doesn't run, as with the shims of a version manager."""
    programs = [Path(folder) / f"python{version}" for version in KNOWN_PYTHONS]
    return any(program.exists() and ask(str(program), "print(1)") is None for program in programs)


def _requirement_files(path: Path) -> Iterator[Path]:
    """The file and all that it includes."""
    if not path.is_file():
        raise EnvironmentFailure(f"{path.relative_to(ROOT)} is missing")
    yield path
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            yield from _requirement_files((path.parent / line[3:].strip()).resolve())


def _fingerprint(environment: Environment, python: str) -> str:
    """Changes whenever the environment has to be made again."""
    version = subprocess.run([python, "-VV"], capture_output=True, text=True, check=True).stdout
    digest = hashlib.sha256(f"{python}\n{version}\n{environment.path}\n".encode())
    for path in _requirement_files(REQUIREMENTS / environment.requirements):
        digest.update(path.read_bytes())
    if environment.constraints.is_file():
        digest.update(environment.constraints.read_bytes())
    return digest.hexdigest()


def make(environment: Environment) -> bool:
    """Make the environment if it is missing or out of date; say whether there was anything to do."""
    python = environment.python
    if python is None:
        raise EnvironmentFailure(f"no working Python {' or '.join(environment.pythons)} on this machine")
    fingerprint = _fingerprint(environment, python)
    stamp = environment.path / "made-from"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint:
        return False
    shutil.rmtree(environment.path, ignore_errors=True)
    _run([python, "-m", "venv", str(environment.path)], "with Debian's Python: apt-get install python3-venv")
    install = [str(environment.bin / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    install += ["--disable-pip-version-check", "-r", str(REQUIREMENTS / environment.requirements)]
    if environment.constraints.is_file():
        install += ["-c", str(environment.constraints)]
    _run(install, "after a change of requirements: make lock")
    stamp.write_text(fingerprint, encoding="utf-8")
    return True


def _run(command: list[str], hint: str) -> None:
    """Run a command, quietly unless it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise EnvironmentFailure(f"{' '.join(command)}\n{done.stdout}\n({hint})")


def link_collection() -> None:
    """Let the repository be found as the collection telephony.pbx."""
    if not LINK.is_symlink() or LINK.resolve() != ROOT:
        LINK.parent.mkdir(parents=True, exist_ok=True)
        LINK.unlink(missing_ok=True)
        LINK.symlink_to(os.path.relpath(ROOT, LINK.parent), target_is_directory=True)


def require_python() -> None:
    """Stop where the running Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python 3.11 or newer is needed, this is {platform.python_version()}; name another: make PYTHON=python3.12 …")


def main() -> int:
    """Make the environment for daily work."""
    require_python()
    run = ENVIRONMENTS["run"]
    try:
        link_collection()
        if make(run):
            print(f"{run.path.relative_to(ROOT)} made with Python {platform.python_version()}")
    except EnvironmentFailure as failure:
        print(f"{run.path.relative_to(ROOT)} could not be made: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
