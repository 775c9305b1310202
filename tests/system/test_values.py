# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters, tests and inventories: their documented examples run as they are written; odd values are told in one line."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import ROOT, Ansible, Run
from tests.system.support.secrets import exposed
from tests.system.test_inventory import hostvars

pytestmark = pytest.mark.once

FILES = {file.stem: file for kind in ("filter", "test") for file in sorted((ROOT / "plugins" / kind).glob("*.yml"))}
INVENTORIES = {file.stem: file for file in sorted((ROOT / "plugins" / "inventory").glob("*.py"))}
# What the examples show. Texts of Cloud PBXs and proxies come from the lab.
SHOWN: dict[str, Any] = {
    "iso8601": "2018-05-22T13:24:14Z, 2021-12-09T01:19:00Z",
    "mac_address": "4EE8A34B56F3",
    "parking_spaces": "720",
    "to_dialplan": "[sales]\nexten => 100,1,NoOp()\nsame => n,Hangup()\n",
}
ODD: dict[str, tuple[str, str]] = {
    "dialplan of a list": ("['[a]'] | telephony.pbx.dialplan", "filter telephony.pbx.dialplan: a dialplan is text like"),
    "dialplan of prose": ("'Call me' | telephony.pbx.dialplan", "line 1: 'Call me' comes before the first [context]"),
    "to_dialplan of text": ("'[a]' | telephony.pbx.to_dialplan", "the contexts must be a dictionary"),
    "to_dialplan of a bad line": ("{'a': ['nonsense']} | telephony.pbx.to_dialplan", "context a, line 1 isn't dialplan"),
    "spaces of words": ("'some' | telephony.pbx.parking_spaces", "'some' is no range of parking spaces such as 701-720"),
    "spaces the wrong way": ("'720-701' | telephony.pbx.parking_spaces", "the first parking space comes after the last"),
    "too many spaces": ("'1-999999999' | telephony.pbx.parking_spaces", "has more than 100000 parking spaces"),
    "short MAC address": ("'4ee8' | telephony.pbx.mac_address", "filter telephony.pbx.mac_address: '4ee8' is no MAC address"),
    "unknown form": ("'4ee8a34b56f3' | telephony.pbx.mac_address('round')", "form is 'round', but must be one of plain, colon"),
    "MAC address without quotes": ("8041827055 | telephony.pbx.mac_address", "in YAML it needs quotes"),
    "no time": ("'soon' | telephony.pbx.iso8601", "'soon' is no time: neither seconds since 1970 nor like"),
    "null as time": ("none | telephony.pbx.iso8601", "None is no time"),
    "no such month": ("'2021-13-01T00:00:00Z' | telephony.pbx.iso8601", "there is no such day or hour"),
    "expiring of prose": ("'soon' is telephony.pbx.expiring", "test telephony.pbx.expiring: 'soon' is no time"),
    "days of prose": ("'2021-12-09T01:19:00Z' is telephony.pbx.expiring('a month')", "days is 'a month', but must be a number"),
    "online of text": ("'Running' is telephony.pbx.online", "test telephony.pbx.online: only an object of this collection's"),
    "online of anything": ("{'name': 'x'} is telephony.pbx.online", "nothing tells whether it is online"),
}


def documentation(name: str) -> dict[str, Any]:
    """The documentation of a filter or test."""
    return yaml.safe_load(FILES[name].read_text(encoding="utf-8"))


def inventory_example(name: str) -> str:
    """EXAMPLES of an inventory plugin, read without running it."""
    for node in ast.parse(INVENTORIES[name].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "EXAMPLES":
            return str(ast.literal_eval(node.value))
    raise AssertionError(f"{name} has no EXAMPLES")


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The examples of all filters and tests, and the odd values, each a play of its own in one process."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("values"), running.environment("documented"))
    tasks = {name: yaml.safe_load(documentation(name)["EXAMPLES"]) for name in FILES}
    for name, (expression, _words) in ODD.items():
        tasks[name] = [{"name": name, "ansible.builtin.debug": {"msg": "{{ %s }}" % expression}}]
    head = {"hosts": "localhost", "gather_facts": False, "ignore_errors": True}
    plays = [{"name": name, **head, "tasks": some} for name, some in tasks.items()]
    return ansible.playbook(str(ansible.write("values.yml", yaml.safe_dump(plays, sort_keys=False))), "-vvv")


@pytest.mark.parametrize("name", list(FILES))
def test_example_of_a_filter_or_test(name: str, run: Run) -> None:
    tasks = [task["name"] for task in yaml.safe_load(documentation(name)["EXAMPLES"])]
    assert tasks
    records = [record for task in tasks for record in run.of(task)]
    assert [record.result for record in records if record.status != "ok"] == []
    if name in SHOWN:
        assert records[0].result["msg"] == SHOWN[name]
    assert all(record.result.get("msg", "-") != [] for record in records)  # an example that finds nothing shows nothing


@pytest.mark.parametrize("name", list(ODD))
def test_odd_values_are_told_in_one_line(name: str, run: Run) -> None:
    assert ODD[name][1] in run.failure(name)["msg"]


def test_nothing_else_is_said(run: Run, running: Lab) -> None:
    assert "Traceback (most recent call last)" not in run.stdout
    assert list(exposed(run, running.secrets)) == []


def test_every_filter_and_test_is_documented(ansible: Ansible) -> None:
    for kind in ("filter", "test"):
        listed = ansible.run("ansible-doc", "-t", kind, "-l", "telephony.pbx", "--json").json
        names = {name.rpartition(".")[2] for name in listed}
        assert names == {file.stem for file in (ROOT / "plugins" / kind).glob("*.yml")}


@pytest.mark.parametrize("name", INVENTORIES)
def test_example_of_an_inventory(name: str, lab: Lab, tmp_path: Path) -> None:
    """As it is written, but for the address, and for objects of the vendors' documents that the lab doesn't have."""
    environment, text = lab.environment("documented"), inventory_example(name)
    ansible = Ansible(tmp_path, environment)
    source = re.sub("(?m)^api_url: .*$", f"api_url: {environment[f'{name.upper()}_URL']}", text)
    source = source.replace("0123456789abcdef01234567", lab.ready["tests"]["telecomx"]["other_customer"])
    file_name = re.search(r"(?m)^# (\S+\.yml)", text)
    assert file_name, "the example doesn't say what to call the file"
    secret = lab.ready["yeastar"]["pbx"]
    special = {"SPECIAL_CLIENT_ID": secret["client_id"], "SPECIAL_CLIENT_SECRET": secret["client_secret"]}
    given = yaml.safe_load(source)
    listed = ansible.inventory(source, "--list", name=file_name.group(1), **special)
    assert hostvars(listed)
    # Each variable and keyed group that the example makes is there.
    for compose in given.get("compose", {}):
        assert any(compose in found for found in hostvars(listed).values())
    for entry in given.get("keyed_groups", []):
        prefix = entry.get("prefix", "") + entry.get("separator", "_")
        assert any(group.startswith(prefix) for group in listed.json), entry
    assert list(exposed(listed, lab.secrets)) == []
