# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook awx_setup, against a stand-in of the controller's API: what is created, mended, left alone and refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.system.support.controller import PASSWORD, TOKEN, USERNAME, Controller, serving
from tests.system.support.runner import COLLECTION, ROOT, Ansible, Run
from tests.system.support.secrets import exposed

FILES = ROOT / "playbooks" / "files" / "awx"
SECRET = "Pa55word-in-a-credential"
SECOND = "Pa55word-that-came-later"
SMALL: dict[str, Any] = {"awx_systems": ["jade"], "awx_playbooks": ["load_modules"], "awx_sources": []}
FULL: dict[str, Any] = {
    "awx_credentials": [
        {"name": "pbxs", "system": "jade", "inputs": {"url": "https://a.example.com", "username": "admin", "password": SECRET}},
        {"name": "fleet", "system": "ycm", "inputs": {"url": "https://b.example.com", "client_id": "1", "client_secret": SECRET}},
    ],
    "awx_systems": ["jade", "ycm"],
    "awx_sources": [
        {"path": "inventories/pbxs.yml"},
        {"path": "inventories/fleet.ycm.yml", "name": "fleet", "credential": "fleet"},
    ],
    "awx_playbooks": ["manage_users"],
    "awx_job_credentials": ["pbxs"],
    "awx_job_slice_count": 3,
    "awx_instance_groups": ["core", "edge"],
    "awx_execution_environment": "telephony",
}


@pytest.fixture
def controller(tmp_path: Path) -> Iterator[Controller]:
    """A controller on which there is nothing yet; its projects are the one that comes with the collection."""
    repository = tmp_path / "repository"
    shutil.copytree(FILES / "project", repository)
    with serving(Controller(repository)) as running:
        yield running


@pytest.fixture
def alone(tmp_path: Path) -> Ansible:
    """Ansible without a lab."""
    # What a controller answers holds templates: those that its credential types inject.
    return Ansible(tmp_path, {"_ANSIBLE_TEMPLAR_UNTRUSTED_TEMPLATE_BEHAVIOR": "ignore"})


Login = dict[str, str]


def setup(ansible: Ansible, controller: Controller, *arguments: str, login: Login | None = None, **variables: Any) -> Run:
    """Run the playbook, and see that no run shows a secret or fails in more than one line."""
    given = {"awx_scm_url": "https://git.example.com/pbx.git", **SMALL, **variables}
    file = ansible.write("awx.json", json.dumps(given))
    login = {"CONTROLLER_OAUTH_TOKEN": TOKEN} if login is None else login
    run = ansible.playbook(COLLECTION + "awx_setup", "-e", f"@{file}", *arguments, CONTROLLER_HOST=controller.url, **login)
    assert list(exposed(run, {TOKEN, PASSWORD, SECRET, SECOND})) == []
    assert run.warnings == []
    return run


def changed(run: Run) -> list[str]:
    """What it says that it has done, or would do."""
    return [record.result["msg"] for record in run.records if record.changed]


def refusal(run: Run) -> str:
    """Its only failure, in one line."""
    assert run.code
    failed = [record.result["msg"] for record in run.records if record.status == "failed"]
    assert len(failed) == 1, run.output
    assert len(failed[0].splitlines()) == 1
    assert "Traceback" not in run.output
    return failed[0]


def test_everything_is_created_foretold_and_then_left_alone(alone: Ansible, controller: Controller) -> None:
    check = setup(alone, controller, "--check", **FULL).must_succeed()
    assert controller.writes == []
    real = setup(alone, controller, "-vvv", **FULL).must_succeed()
    assert [text.replace("would be ", "") for text in changed(check)] == changed(real)
    assert len(changed(real)) == 12
    assert real.result("telephony.pbx.awx : Sum up")["msg"] == changed(real)
    written = len(controller.writes)
    again = setup(alone, controller, **FULL).must_succeed()
    assert changed(again) == []
    assert again.result("telephony.pbx.awx : Sum up")["msg"] == ["everything was as it should be"]
    assert changed(setup(alone, controller, "--check", **FULL).must_succeed()) == []
    assert len(controller.writes) == written

    template = controller.named("job_templates", "telephony.pbx: Manage users")
    assert template["playbook"] == "manage_users.yml"
    assert (template["job_slice_count"], template["allow_simultaneous"], template["survey_enabled"]) == (3, False, True)
    assert template["ask_limit_on_launch"] and template["ask_job_type_on_launch"] and template["ask_diff_mode_on_launch"]
    assert template["execution_environment"] == controller.named("execution_environments", "telephony")["id"]
    groups = [controller.named("instance_groups", name)["id"] for name in ("core", "edge")]
    assert controller.members[template["id"], "instance_groups"] == groups
    assert controller.members[template["id"], "credentials"] == [controller.named("credentials", "pbxs")["id"]]
    questions = {question["variable"]: question for question in controller.surveys[template["id"]]["spec"]}
    assert questions["new_password"]["type"] == "password"
    assert questions["pbx_hosts"]["default"] == "pbxs"
    source = controller.named("inventory_sources", "fleet")
    assert source["credential"] == controller.named("credentials", "fleet")["id"]
    assert (source["enabled_var"], source["enabled_value"]) == ("pbx_enabled", "True")
    assert source["source_path"] == "inventories/fleet.ycm.yml"
    assert controller.named("credentials", "pbxs")["inputs"]["password"] == SECRET


@pytest.mark.once
def test_what_was_changed_by_hand_is_mended(alone: Ansible, controller: Controller) -> None:
    setup(alone, controller, **FULL).must_succeed()
    template = controller.named("job_templates", "telephony.pbx: Manage users")
    template.update(job_slice_count=1, forks=7)
    controller.surveys[template["id"]]["spec"].pop()
    credential = controller.named("credentials", "pbxs")
    credential["inputs"]["url"] = "https://elsewhere.example.com"
    other = controller.add("credentials", name="other", organization=1, credential_type=credential["credential_type"])
    vault = controller.add("credential_types", name="Vault", kind="vault", managed=True, inputs={"fields": []})
    kept = controller.add("credentials", name="vault", organization=1, credential_type=vault)
    controller.members[template["id"], "credentials"][:] = [other, kept]
    controller.members[template["id"], "instance_groups"].reverse()
    check = setup(alone, controller, "--check", **FULL).must_succeed()
    run = setup(alone, controller, **FULL).must_succeed()
    assert [text.replace("would be ", "") for text in changed(check)] == changed(run)
    assert changed(run) == [
        "credential pbxs: changed: inputs",
        "job template telephony.pbx: Manage users: changed: job_slice_count (1 -> 3)",
        "survey of telephony.pbx: Manage users: changed",
        "credentials of telephony.pbx: Manage users: changed to pbxs",
        "instance groups of telephony.pbx: Manage users: changed to core, edge",
    ]
    assert template["forks"] == 7  # nobody asked for a change of it
    assert credential["inputs"] == {"url": "https://a.example.com", "username": "admin", "password": SECRET}
    assert controller.members[template["id"], "credentials"] == [kept, credential["id"]]
    assert changed(setup(alone, controller, **FULL).must_succeed()) == []


@pytest.mark.once
def test_a_type_in_use_with_other_words_is_left_alone_and_one_with_other_fields_is_told(
    alone: Ansible, controller: Controller
) -> None:
    entry = {"name": "pbxs", "system": "jade", "inputs": {"username": "admin", "password": SECRET}}
    setup(alone, controller, awx_credentials=[entry]).must_succeed()
    kind = controller.named("credential_types", "telephony.pbx Jade")
    kind["inputs"]["fields"][0].update(label="Address", help_text="As an earlier version said it")
    assert changed(setup(alone, controller, awx_credentials=[entry]).must_succeed()) == []
    kind["inputs"]["fields"].pop()
    assert refusal(setup(alone, controller, awx_credentials=[entry])).endswith(
        "the credential type telephony.pbx Jade: Modifications to inputs are not allowed for credential types that are in use"
    )


@pytest.mark.once
def test_secrets_are_sent_again_only_where_that_is_asked_for(alone: Ansible, controller: Controller) -> None:
    entry = {"name": "pbxs", "system": "jade", "inputs": {"username": "admin", "password": SECRET}}
    setup(alone, controller, awx_credentials=[entry]).must_succeed()
    entry["inputs"] = {"username": "admin", "password": SECOND}
    assert changed(setup(alone, controller, awx_credentials=[entry]).must_succeed()) == []
    assert controller.named("credentials", "pbxs")["inputs"]["password"] == SECRET
    run = setup(alone, controller, awx_credentials=[entry], awx_update_secrets=True).must_succeed()
    assert changed(run) == ["credential pbxs: changed: inputs"]
    assert controller.named("credentials", "pbxs")["inputs"]["password"] == SECOND


@pytest.mark.once
def test_another_branch_is_waited_for(alone: Ansible, controller: Controller) -> None:
    setup(alone, controller, login={"CONTROLLER_USERNAME": USERNAME, "CONTROLLER_PASSWORD": PASSWORD}).must_succeed()
    run = setup(alone, controller, awx_scm_branch="release").must_succeed()
    assert changed(run) == ["project telephony.pbx: changed: scm_branch ( -> release)"]
    assert [update["status"] for update in controller.updates.values()] == ["successful", "successful"]


@pytest.mark.once
def test_a_playbook_that_came_later_makes_the_project_update(alone: Ansible, controller: Controller) -> None:
    late = controller.repository / "edit_queues.yml"
    text = late.read_text(encoding="utf-8")
    late.unlink()
    setup(alone, controller).must_succeed()
    both = ["load_modules", "edit_queues"]
    message = refusal(setup(alone, controller, awx_playbooks=both))
    assert message.startswith("the project telephony.pbx has no edit_queues.yml at https://git.example.com/pbx.git. Copy ")
    late.write_text(text, encoding="utf-8")
    setup(alone, controller, awx_playbooks=both).must_succeed()
    assert controller.named("job_templates", "telephony.pbx: Edit queues")


@pytest.mark.once
def test_an_update_that_fails_is_told_with_its_reason(alone: Ansible, controller: Controller) -> None:
    controller.update_error = "Failed to download remote objects and refs: repository not found"
    message = refusal(setup(alone, controller))
    assert message == f"the update of the project telephony.pbx ended as failed: {controller.update_error}"
    controller.update_error = ""
    setup(alone, controller).must_succeed()


@pytest.mark.once
def test_the_path_of_the_automation_platform(alone: Ansible, controller: Controller) -> None:
    controller.api_path = "/api/controller/v2"
    message = refusal(setup(alone, controller))
    assert "Check awx_url, and awx_api_path: /api/v2, or /api/controller/v2 from AAP 2.5 on" in message
    setup(alone, controller, awx_api_path="/api/controller/v2").must_succeed()


@pytest.mark.parametrize(("variables", "message"), [
    ({"awx_organization": "Nobody"}, "awx_organization: {url} has no organization Nobody, or this account may not see it"),
    ({"awx_instance_groups": ["moon"]}, "awx_instance_groups: {url} has no instance group moon, or this account may not see it"),
    ({"awx_job_credentials": ["lost"]}, "awx_job_credentials or awx_sources: {url} has no credential lost, or"),
    ({"awx_scm_url": "https://me:secret@git.example.com/pbx.git"}, "awx_scm_url holds a login, which everyone would see"),
    ({"awx_systems": ["ycm"], "awx_credentials": FULL["awx_credentials"]}, "awx_credentials: pbxs is for a system that"),
    ({"awx_url": "http://127.0.0.1:1"}, "http://127.0.0.1:1 can't be reached: "),
    ({"awx_token": "wrong"}, "{url} doesn't accept the token"),
])  # fmt: skip
def test_what_can_not_work_is_refused(variables: Any, message: str, alone: Ansible, controller: Controller) -> None:
    assert message.format(url=controller.url) in refusal(setup(alone, controller, **variables))
    assert controller.writes == []


def test_refusals_of_the_controller_are_told_without_secrets(alone: Ansible, controller: Controller) -> None:
    controller.superuser = False
    message = refusal(setup(alone, controller))
    assert message == (
        f"{controller.url} doesn't allow this account to create the credential type telephony.pbx Jade: "
        "You do not have permission to perform this action."
    )
    controller.superuser = True
    entry = {"name": "pbxs", "system": "jade", "inputs": {"passwort": SECRET}}
    message = refusal(setup(alone, controller, awx_credentials=[entry]))
    assert message == (
        f"{controller.url} failed to create the credential pbxs: HTTP 400 inputs: "
        "Additional properties are not allowed ('passwort' was unexpected)"
    )
    entry["inputs"] = {"validate_certs": SECRET}
    message = refusal(setup(alone, controller, awx_credentials=[entry]))
    assert "HTTP 400 inputs: validate_certs: '********' is not one of ['true', 'false']" in message


def test_the_readme_has_all_variables() -> None:
    readme = (ROOT / "roles" / "awx" / "README.md").read_text(encoding="utf-8")
    specs = yaml.safe_load((ROOT / "roles" / "awx" / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    assert [name for name in specs["argument_specs"]["main"]["options"] if f"`{name}`" not in readme] == []
