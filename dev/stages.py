# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages of the check pipeline: what runs, in which environments, and where."""

from __future__ import annotations

from dataclasses import dataclass

from environments import ENVIRONMENTS

OLDEST = "core-2.16"
# The newest comes first; the others are tested in its place on a machine whose Pythons are too old for it.
NEWEST = ("core-2.22", "core-2.21", "core-2.19")
MINUTES = 60
CORES = tuple(name for name in ENVIRONMENTS if name.startswith("core-"))
SERVERS = "tests/system/servers"
# What shows best whether a version of ansible-core is supported: all modules, inventories and lookups in real runs.
ON_EACH_CORE = tuple(
    f"tests/system/test_{name}.py"
    for name in ("scenarios", "action", "inventory", "inventory_tree", "lookups", "logins", "texts_are_no_templates")
)
# Unit tests whose outcome depends on Ansible (its validation, its loaders) or on the Python (dates, TLS, addresses). The others
# run on one version; that nothing is too new for the oldest Python is shown by ruff, mypy and ansible-test's import test.
UNIT_ON_OLDEST = tuple(f"tests/unit/{name}" for name in ("faces", "hostile", "http", "model", "plugin_utils"))
MOLECULE = "tests/platform/test_molecule.py"


@dataclass(frozen=True)
class Stage:
    """One command; it passes if it ends with 0."""

    name: str
    command: tuple[str, ...]
    environments: tuple[str, ...]  # their programs come first on PATH, in this order
    fast: bool = False  # a part of `make check`
    in_copy: bool = False  # runs in a copy of the collection, as ansible_collections/telephony/pbx
    is_pytest: bool = False  # its tests are counted one by one
    timeout: int = 80 * MINUTES


def pytest_stage(name: str, environment: str, *folders: str, more: tuple[str, ...] = (), fast: bool = False) -> Stage:
    """A stage that runs tests. ``more``: environments that these use besides their own."""
    return Stage(name, ("python", "-m", "pytest", "-q", *folders), (environment, *more), fast=fast, is_pytest=True)


def newest_here(names: tuple[str, ...] = NEWEST) -> str:
    """The newest ansible-core that a Python of this machine can run."""
    return next((name for name in names if ENVIRONMENTS[name].python), names[-1])


def stages() -> tuple[Stage, ...]:
    """All stages, long ones first so that all end together."""
    newest = newest_here()
    sanity, newest_sane = ("python", "dev/sanity.py"), newest_here(NEWEST[1:])
    return (
        Stage("generated files", ("python", "dev/generate.py", "--check"), ("run",), fast=True),
        Stage("ruff", ("ruff", "check", "--no-cache", "."), ("check",), fast=True),
        Stage("mypy", ("mypy",), ("check",), fast=True),
        Stage("yamllint", ("yamllint", "--strict", "."), ("check",), fast=True),
        pytest_stage("unit tests", "run", "tests/unit", fast=True),
        pytest_stage(f"tests {newest}", newest, "tests/system", f"--ignore={SERVERS}"),
        pytest_stage(f"servers {newest}", newest, SERVERS),
        pytest_stage(f"faults {newest}", newest, "tests/faults"),
        pytest_stage(f"tests {OLDEST}", OLDEST, *UNIT_ON_OLDEST, "tests/system", f"--ignore={SERVERS}", "-m", "not once"),
        # ansible-test of 2.22.0rc1 installs a part of pylint from a source repository, which a build machine may not reach.
        Stage(f"sanity {newest_sane}", sanity, (newest_sane, "check"), in_copy=True),
        Stage(f"sanity {OLDEST}", sanity, (OLDEST, "check"), in_copy=True),
        pytest_stage("platform", "tools", "tests/platform", f"--ignore={MOLECULE}", more=("worker",)),
        pytest_stage("molecule", "tools", MOLECULE),
        pytest_stage("browser", "run", "tests/browser"),
        Stage("docs site", ("python", "dev/docs.py"), ("tools",)),
        Stage("galaxy", ("python", "dev/importer.py"), ("tools",), in_copy=True),
        Stage("ansible-lint", ("ansible-lint", "--offline", "--profile", "production"), ("tools",), in_copy=True),
        Stage("docs", ("antsibull-docs", "lint-collection-docs", "--plugin-docs", "."), ("tools",), in_copy=True),
        Stage("changelog", ("antsibull-changelog", "lint"), ("tools",), in_copy=True),
    )


def core_stages() -> tuple[Stage, ...]:
    """The same tests on each version of ansible-core that is supported."""
    return tuple(pytest_stage(f"cores {name.removeprefix('core-')}", name, *ON_EACH_CORE) for name in CORES)
