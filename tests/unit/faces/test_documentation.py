# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation says of the options is what the modules take."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._faces import spec as spec_file
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import (
    MASKS_ALL_OUTPUT,
    connection_options,
    module_spec,
    secret_options,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, RAW, REGISTERED

PLUGINS = Path(spec_file.__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))
COLLECTION = "ansible_collections.telephony.pbx.plugins"
EVERYWHERE = {"required": False, "choices": None, "elements": None, "default": None, "type": "str"}


@cache
def documentation(name: str) -> Any:
    return yaml.safe_load(importlib.import_module(f"{COLLECTION}.modules.{name}").DOCUMENTATION)


@cache
def documented(name: str) -> dict[str, Any]:
    """All options, those of the fragments with them."""
    options: dict[str, Any] = {}
    for fragment in documentation(name).get("extends_documentation_fragment", []):
        file, dummy, section = fragment.removeprefix("telephony.pbx.").partition(".")
        module = importlib.import_module(f"{COLLECTION}.doc_fragments.{file}")
        text = getattr(module.ModuleDocFragment, (section or "documentation").upper())
        options.update(yaml.safe_load(text).get("options", {}))
    options.update(documentation(name)["options"])
    return options


def test_there_is_a_module_for_each_description_and_none_without() -> None:
    assert sorted(MODULES) == NAMES
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_the_same_options_are_documented_and_taken(name: str) -> None:
    assert set(documented(name)) == set(module_spec(name)["argument_spec"])


@pytest.mark.parametrize("name", NAMES)
def test_each_option_is_taken_as_documented(name: str) -> None:
    taken = module_spec(name)["argument_spec"]
    for option, said in documented(name).items():
        for part, otherwise in EVERYWHERE.items():
            assert said.get(part, otherwise) == taken[option].get(part, otherwise), f"{option}: {part}"
        assert said["description"]


@pytest.mark.parametrize("name", NAMES)
def test_each_variable_of_the_environment_is_documented(name: str) -> None:
    for option, (described, systems) in connection_options(name).items():
        text = str(documented(name)[option]["description"])
        for system in systems:
            variable = system.env(described)
            assert not variable.startswith("ANSIBLE")
            assert f"E({variable})" in text or (name == RAW.name and "environment" in text)


@pytest.mark.parametrize("name", NAMES)
def test_every_secret_is_kept_out_of_logs_and_nothing_else_is(name: str) -> None:
    taken = module_spec(name)["argument_spec"]
    hidden = {option for option, entry in taken.items() if entry.get("no_log")}
    secrets = {option for option, (described, __) in connection_options(name).items() if described.secret}
    fields = MODULES[name].options if isinstance(MODULES[name], StateModule) else ()
    described = secrets | {field.name for field in fields if field.secret}
    assert secret_options(name) == described
    assert hidden == (set() if MASKS_ALL_OUTPUT else described)
    for option, entry in taken.items():
        if any(word in option for word in ("pass", "token", "secret", "key")):
            assert isinstance(entry.get("no_log"), bool), f"{option}: Ansible would have to guess"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_returned_is_documented(name: str) -> None:
    returned = yaml.safe_load(importlib.import_module(f"{COLLECTION}.modules.{name}").RETURN)
    item = MODULES[name]
    resource = item.resource
    if resource is None:
        assert {"result", "status", "error"} <= set(returned)
        return
    noun = item.state.noun if isinstance(item, StateModule) else resource.plural
    assert set(returned[noun]["contains"]) == {field.name for field in resource.fields}
    assert {field.name: returned[noun]["contains"][field.name]["type"] for field in resource.fields} == {
        field.name: field.type for field in resource.fields
    }
    assert ({"action"} if isinstance(item, StateModule) else {"count", "query_result", "raw"}) <= set(returned)


def test_every_resource_and_state_belongs_to_its_system_and_no_two_share_a_name() -> None:
    names = [resource.info_module for entry in REGISTERED.values() for resource in entry.resources]
    names += [state.module for entry in REGISTERED.values() for state in entry.states]
    assert len(names) == len(set(names))
    for name, entry in REGISTERED.items():
        assert {resource.system for resource in entry.resources} == {name}
        assert {state.resource.system for state in entry.states} <= {name}
        assert all(module.startswith(name + "_") for module in names if module.split("_")[0] == name)
