# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each module has a scenario, which passes in check mode, for real, again, and in check mode again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from tests.system.support.lab import PROFILES, Lab
from tests.system.support.runner import ROOT, Ansible
from tests.system.support.scenario import Scenarios, only_reads, profiles_of
from tests.system.support.steps import SCENARIOS, nodes

ALL_MODULES = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]["all"]
CASES = [(module, profile) for module in ALL_MODULES for profile in profiles_of(module)]
Problems = dict[tuple[str, str], list[str]]

pytestmark = pytest.mark.timeout(1800)  # the first test plays the scenarios of all modules


@pytest.fixture(scope="session")
def problems(request: pytest.FixtureRequest, running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Problems:
    """What is wrong with the scenarios of the modules that are to be tested.

    All info modules are played side by side, then all others; both profiles of Jade at the same time.
    """
    items = [item for item in request.session.items if item.originalname == "test_scenario"]
    chosen = {(item.callspec.params["module"], item.callspec.params["profile"]) for item in items}

    def play(profile: str, modules: list[str]) -> Problems:
        ansible = Ansible(tmp_path_factory.mktemp(f"scenarios_{profile}"), running.environment(profile))
        found = Scenarios(modules, profile, running, ansible).play()
        return {(module, profile): problems for module, problems in found.items()}

    found: Problems = {}
    for reading in (True, False):
        running.reset()
        groups = [[module for module, of in CASES if of == profile and (module, of) in chosen] for profile in PROFILES]
        mine = [[module for module in group if only_reads(module) == reading] for group in groups]
        with ThreadPoolExecutor(len(PROFILES)) as pool:
            for part in pool.map(play, PROFILES, mine):
                found.update(part)
    return found


@pytest.mark.parametrize("module", ALL_MODULES)
def test_has_scenario(module: str) -> None:
    assert list((SCENARIOS / module).glob("*.yml")), f"{module} has no scenario: tests/scenarios/{module}/01_….yml"


def test_scenarios_are_of_modules() -> None:
    assert {folder.name for folder in SCENARIOS.iterdir()} <= set(ALL_MODULES)


def test_no_variable_is_registered_by_another_scenario() -> None:
    """They share processes and the host, and what one registers counts more than the variables of another's play."""
    registered: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for file in SCENARIOS.glob("*/*.yml"):
        for node in nodes(yaml.safe_load(file.read_text(encoding="utf-8"))):
            if isinstance(node.get("register"), str):
                registered.setdefault(node["register"], set()).add(file.parent.name)
            for name in node["vars"] if isinstance(node.get("vars"), dict) else ():
                own.setdefault(name, set()).add(file.parent.name)
    assert {name: (own[name], registered[name]) for name in own.keys() & registered.keys()} == {}


# The profiles differ in the server, not in what Ansible does: one of them is enough for a second ansible-core.
PARAMETERS = [pytest.param(*case, marks=() if case[1] == PROFILES[0] else pytest.mark.once) for case in CASES]


@pytest.mark.parametrize(("module", "profile"), PARAMETERS)
def test_scenario(module: str, profile: str, problems: Problems) -> None:
    assert not problems[module, profile], "\n".join(problems[module, profile])
