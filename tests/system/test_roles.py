# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles for Jade: a list is brought about, and what isn't listed is removed only where that is asked for, and is safe."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import COLLECTION, ROOT, Ansible, Run
from tests.system.support.secrets import exposed

PASSWORD = "Role-Pa55word-of-a-user"
ROLES = ("jade_modules", "jade_parking_lots", "jade_queues", "jade_trunks", "jade_users")
# Of each role that purges: how many there are by hand, and how they are made.
OBJECTS: dict[str, tuple[str, dict[str, Any]]] = {
    "jade_parking_lots": ("cfg_parkinglots", {f"lot{number}": {"parkpos": f"8{number}1-8{number}9"} for number in range(3)}),
    "jade_queues": ("cfg_queues", {f"queue{number}": {"strategy": "ringall"} for number in range(3)}),
}


def run_role(ansible: Ansible, role: str, *arguments: str, **variables: Any) -> Run:
    """Run a role with some of its variables, given without its name."""
    task = {
        "name": "Run the role",
        "ansible.builtin.import_role": {"name": COLLECTION + role},
        "vars": {f"{role}_{name}": value for name, value in variables.items()},
    }
    return ansible.play(yaml.safe_dump([task]), "--diff", *arguments)


def writes(lab: Lab) -> list[str]:
    """What was sent to change something."""
    return [entry["path"] for entry in lab.writes(system="jade")]


def failure(run: Run) -> str:
    """The message of the task that failed."""
    failed = [record for record in run.records if record.status == "failed"]
    assert failed, run.output
    return str(failed[0].result["msg"])


def names(lab: Lab, path: str) -> list[str]:
    """Names of what Jade has."""
    key = "username" if path.endswith("users") else "name"
    return sorted(row[key] for row in lab.jade("GET", f"/v1{path}")["list"])


@pytest.mark.parametrize("role", OBJECTS)
def test_what_is_not_listed_stays_unless_purge_is_asked_for(role: str, ansible: Ansible, lab: Lab) -> None:
    kind, sections = OBJECTS[role]
    lab.set(jade="f31439d", **{kind: sections})
    first = next(iter(sections))
    run_role(ansible, role, list=[{"name": first}]).must_succeed()
    assert writes(lab) == []
    path = f"/admin/{'park' if 'park' in kind else 'queue'}/{kind}"
    check = run_role(ansible, role, "--check", list=[{"name": first}], purge=True).must_succeed()
    assert writes(lab) == []
    assert "would be removed" in check.stdout
    assert names(lab, path) == sorted(sections)
    run_role(ansible, role, list=[{"name": first}], purge=True).must_succeed()
    assert names(lab, path) == [first]


@pytest.mark.parametrize("role", OBJECTS)
def test_too_many_are_not_removed_and_nothing_else_is_done(role: str, ansible: Ansible, lab: Lab) -> None:
    kind, sections = OBJECTS[role]
    lab.set(jade="f31439d", **{kind: sections})
    run = run_role(ansible, role, list=[{"name": "new"}], purge=True, purge_limit=2)
    assert run.code
    assert f"purge would remove 3 that are not listed, but {role}_purge_limit is 2, so nothing was changed" in failure(run)
    assert all(name in failure(run) for name in sections)
    assert writes(lab) == []


def test_nothing_is_removed_where_a_listed_one_fails(ansible: Ansible, lab: Lab) -> None:
    kind, sections = OBJECTS["jade_queues"]
    lab.set(jade="f31439d", **{kind: sections})
    listed = [{"name": "queue0", "settings": {"timeout-of-what": "a;b"}}, {"name": "queue1", "maxlen": 7}]
    run = run_role(ansible, "jade_queues", list=listed, purge=True)
    assert run.code
    assert names(lab, "/admin/queue/cfg_queues") == sorted(sections)
    # The other one was changed all the same, and the summary tells of both.
    assert "changed: queue1" in run.stdout
    assert "failed: queue0" in run.stdout


def test_trunks_are_purged_and_no_password_is_shown(ansible: Ansible, lab: Lab) -> None:
    for name in ("old1", "old2"):
        lab.jade("POST", "/v1/manager/trunks", {"name": name})
    before = set(names(lab, "/manager/trunks")) - {"old1", "old2"}
    listed = [{"name": name} for name in sorted(before)] + [{"name": "new", "username": "100", "password": PASSWORD}]
    run = run_role(ansible, "jade_trunks", "-vvv", list=listed, purge=True).must_succeed()
    assert set(names(lab, "/manager/trunks")) == before | {"new"}
    assert "removed: old1, old2" in run.stdout
    assert list(exposed(run, {PASSWORD, *lab.secrets, *ansible.issued_tokens()})) == []


def test_purge_spares_the_account_that_is_logged_in(ansible: Ansible, lab: Lab) -> None:
    lab.jade("POST", "/v1/admin/user/users", {"username": "plain", "password": PASSWORD, "name": "Plain"})
    phone = {"username": "phone", "password": PASSWORD, "name": "Phone", "context": "demo", "permissions": []}
    lab.jade("POST", "/v1/manager/users", phone)
    lab.jade("POST", "/v1/admin/user/users", {"username": "spared", "password": PASSWORD, "name": "Spared"})
    run = run_role(ansible, "jade_users", "-vvv", list=[], purge=True, purge_keep=["spared", "limited"]).must_succeed()
    assert set(names(lab, "/manager/users")) & {"admin", "spared", "limited", "plain", "phone"} == {"admin", "spared", "limited"}
    assert list(exposed(run, {PASSWORD, *lab.secrets, *ansible.issued_tokens()})) == []


def test_an_account_that_goes_may_still_be_listed_in_full(ansible: Ansible, lab: Lab) -> None:
    lab.jade("POST", "/v1/admin/user/users", {"username": "plain", "password": PASSWORD, "name": "Plain"})
    entry = {"username": "plain", "password": PASSWORD, "context": "demo", "permissions": ["user"], "state": "absent"}
    run_role(ansible, "jade_users", list=[entry]).must_succeed()
    assert "plain" not in names(lab, "/manager/users")


@pytest.mark.parametrize(("entries", "message"), [
    ([{"name": "a"}, {"name": "a"}], "jade_queues_list: a is given more than once"),
    ([{"name": "a", "maxlength": 1}], "maxlength"),
    ([{"maxlen": 1}], "name"),
])  # fmt: skip
def test_wrong_lists_are_refused_before_any_request(entries: list[Any], message: str, ansible: Ansible, lab: Lab) -> None:
    run = run_role(ansible, "jade_queues", list=entries)
    assert run.code
    assert message in failure(run)
    assert lab.log() == []


def test_modules_may_be_given_as_a_text(ansible: Ansible, lab: Lab) -> None:
    run = run_role(ansible, "jade_modules", "--check", list="app_queue, app_voicemail").must_succeed()
    assert [record.result["jade_modules_name"] for record in run.of("telephony.pbx.jade_modules : Change modules")] == [
        "app_queue", "app_voicemail",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_has_a_readme_with_its_variables(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    specs = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    assert [name for name in specs["argument_specs"]["main"]["options"] if f"`{name}`" not in readme] == []
