# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leak hunt: canaries for every secret, every module in every way, and a search through all that is left of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from tests.system.support.lab import PROFILES, Lab
from tests.system.support.leaks import (
    ARGUMENTS,
    CREDENTIALS,
    MAY_FAIL,
    RETURNS_SECRETS,
    at,
    canaries,
    canary,
    option_spots,
    pieces,
    result_spots,
    wanted_options,
)
from tests.system.support.leaks_front import Front, front_of
from tests.system.support.leaks_play import MISSPELLED, TRAVELERS, Play, all_modules, system_of
from tests.system.support.runner import COLLECTION, Ansible
from tests.system.support.secrets import SHORTEST, exposed, left_in, shown_in

pytestmark = pytest.mark.timeout(1200)  # the first test waits for the run of all modules

LOUD = ("-vvvv", "--diff")
PHONE, HASH = canary("phone"), canary("md5")
NAMES_TOO = {"limited", "pjagent-01"}  # accounts of the lab whose password is their name


def seed(lab: Lab) -> None:
    """Secrets that no module of the hunt writes, but that some of them read."""
    for profile in PROFILES:
        admin = lab.jade("GET", "/v1/me/info", profile=profile)
        endpoint = {**lab.state(profile)["runtime"]["endpoints"][0], "object_name": "desk", "password": PHONE}
        auth = {"object_name": "desk", "username": "desk", "password": PHONE, "md5_cred": HASH}
        contacts = [{"uuid": "c1", "user_uuid": admin["uuid"], "target": "desk", "name": "Desk"}]
        lab.set(jade=profile, runtime={"endpoints": [endpoint], "auths": [auth]}, tables={"contacts": contacts})


class Hunt:
    """The run, and what it must not show."""

    def __init__(self, front: Front, folder: Path) -> None:
        self.front = front
        self.play = Play(front)
        (folder / "hunt").mkdir()
        (folder / "asked").mkdir()
        self.ansible = Ansible(folder / "hunt", front.environment())
        before = self._ask(Ansible(folder / "asked", front.environment()))
        self.play.whole()
        given = self.ansible.write("given.json", json.dumps(self.play.given))
        variables = {
            "ANSIBLE_LOG_PATH": str(self.ansible.folder / "ansible.log"),
            "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(self.ansible.folder / "facts"),
        }
        tasks = yaml.safe_dump(self.play.tasks, sort_keys=False)
        self.run = self.ansible.play(tasks, "-e", f"@{given}", *LOUD, variables=variables)
        after = self._ask(Ansible(folder / "asked", front.environment()))
        self.shown = {spot: before[spot] + after[spot] for spot in after}
        read = {value for values in self.shown.values() for value in values} - NAMES_TOO
        self.secrets = {
            *front.secrets, *CREDENTIALS.values(), *front.lab.secrets, *read, PHONE, HASH, MISSPELLED,
            *(secret for arguments in ARGUMENTS.values() for secret in canaries(arguments)),
        }  # fmt: skip

    def _ask(self, ansible: Ansible) -> dict[tuple[str, str], list[str]]:
        """The secrets themselves, by module and field, asked for on purpose."""
        modules = [module for module in all_modules() if result_spots(module)]
        tasks = []
        for module in modules:
            tasks.append({"name": module, COLLECTION + module: {
                "include_secrets": True, "api_url": self.front.address(system_of(module), "plain"), **wanted_options(module),
            }})  # fmt: skip
        run = ansible.play(yaml.safe_dump(tasks)).must_succeed()
        found: dict[tuple[str, str], list[str]] = {}
        for module in modules:
            resource = MODULES[module].resource
            assert resource is not None
            for spot in result_spots(module):
                texts = [text for text in at(run.result(module)[resource.plural], spot) if isinstance(text, str)]
                # Of a field that is a secret as a whole, also what the lab made up.
                plain = [text for text in texts if len(text) >= SHORTEST] if spot in resource.secrets else []
                found[module, spot] = [*plain, *canaries(texts)]
        return found


@pytest.fixture(scope="module")
def hunt(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hunt]:
    """One run for all tests."""
    running.reset()
    seed(running)
    with front_of(running) as front:
        yield Hunt(front, tmp_path_factory.mktemp("leaks"))


# That the hunt is one


@pytest.mark.parametrize("module", all_modules())
def test_each_secret_option_of_each_module_has_a_canary(module: str) -> None:
    arguments = ARGUMENTS.get(module, {})
    spots = option_spots(module)
    assert {spot for spot in spots if any(canaries(value) for value in at(arguments, spot))} == spots


@pytest.mark.parametrize("module", [module for module in all_modules() if result_spots(module)])
def test_each_secret_field_of_each_module_has_a_secret_in_it(module: str, hunt: Hunt) -> None:
    assert {spot for spot in result_spots(module) if hunt.shown[module, spot]} == result_spots(module)


def test_each_credential_has_a_canary() -> None:
    secret = {f"{name}.{one.option}" for name, entry in REGISTERED.items() for one in entry.system.options if one.secret}
    assert secret == set(CREDENTIALS)
    assert len(set(CREDENTIALS.values())) == len(CREDENTIALS)


def test_what_should_work_works_and_what_should_fail_fails(hunt: Hunt) -> None:
    by_name = {record.task: record for record in hunt.run.records}
    for module in ARGUMENTS.keys() - MAY_FAIL:
        assert by_name[f"well: {module}"].status == "ok", by_name[f"well: {module}"].result
        assert by_name[f"check: {module}"].status == "ok", by_name[f"check: {module}"].result
    for module in TRAVELERS:
        assert by_name[f"travels: {module}"].status == "ok", by_name[f"travels: {module}"].result
    for module in ARGUMENTS:
        assert by_name[f"write: {module}"].status == "failed", by_name[f"write: {module}"].result
    for module in set(all_modules()) - RETURNS_SECRETS:
        assert by_name[f"late: {module}"].status == "failed", module
    for module, _spot in hunt.shown:
        assert by_name[f"well: {module}"].status == "ok", by_name[f"well: {module}"].result
    assert by_name["Show"].status == by_name["Keep"].status == "ok"
    assert hunt.run.code == 0


def test_the_servers_have_heard_the_canaries_and_gave_them_away(hunt: Hunt) -> None:
    sent = {secret for arguments in ARGUMENTS.values() for secret in canaries(arguments)} | set(hunt.front.passwords)
    tokens = {CREDENTIALS[f"{system}.api_token"] for system in REGISTERED}
    assert (sent | tokens) - set(shown_in("\n".join(hunt.front.said), sent | tokens)) == set()
    # A login by each system, each time with a canary for the token.
    assert len(hunt.front.tokens) >= len(REGISTERED)
    # What the servers say of it is part of the messages, without the secrets. TelecomX has nothing but keys to say.
    for module in ARGUMENTS.keys() - {"telecomx_sip_phone"}:
        message = hunt.run.failure(f"write: {module}")["msg"]
        assert MASKED in message and "what is" in message, message


# What it finds


def test_no_output_and_no_result_shows_a_secret(hunt: Hunt) -> None:
    assert list(exposed(hunt.run, hunt.secrets)) == []
    assert "Traceback" not in hunt.run.output


def test_no_output_shows_a_piece_of_a_secret(hunt: Hunt) -> None:
    recorded = json.dumps([record.result for record in hunt.run.records])
    parts = {part: secret for secret in hunt.secrets for part in pieces(secret)}
    assert {parts[part]: part for part in parts if part in hunt.run.output or part in recorded} == {}


def test_nothing_that_is_left_holds_a_secret(hunt: Hunt) -> None:
    folder = hunt.ansible.folder
    left = [file for file in folder.rglob("*") if file.is_file()]
    assert {"ansible.log", "facts"} <= {file.relative_to(folder).parts[0] for file in left}
    assert [file for file in left if "tmp" in file.relative_to(folder).parts] == []
    assert list(left_in(folder, hunt.secrets, "given.json")) == []


def test_no_command_line_shows_a_secret(hunt: Hunt) -> None:
    lines = hunt.front.command_lines
    assert any("ansible-playbook" in line for line in lines)
    assert any("AnsiballZ_" in line for line in lines)
    # The lab's own process has its password there.
    assert list(shown_in("\n".join(lines), hunt.secrets - hunt.front.lab.secrets)) == []
