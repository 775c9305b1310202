# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each task speaks to the PBX of its own host: by role, module, lookup and raw call, and never to another one by chance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from telephony_lab import process
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

PBXS = ("aarhus", "berlin", "cordoba")
ENVIRONMENT = "documented"  # the PBX of the environment
LOTS = "query('telephony.pbx.jade', 'parking_lot_configs', query='[].name')"
ROLE_TASK = "telephony.pbx.jade_parking_lots : Create, change and remove parking lots"
# By each way of asking, a task of its name.
WAYS = f"""
- name: Read
  telephony.pbx.jade_parking_lot_config_info: {{query: "[].name"}}
- name: Write
  telephony.pbx.jade_parking_lot: {{name: fresh, parkpos: 861-869}}
- name: Look up
  ansible.builtin.debug: {{msg: "{{{{ {LOTS} }}}}"}}
- name: Call
  telephony.pbx.api: {{system: jade, path: /admin/park/cfg_parkinglots, query: "list[].name"}}
- name: Run the role
  ansible.builtin.import_role: {{name: telephony.pbx.jade_parking_lots}}
  vars:
    jade_parking_lots_list: [{{name: "lot_of_{{{{ inventory_hostname }}}}", parkpos: 811-819}}]
    jade_parking_lots_purge: "{{{{ purge | default(false) }}}}"
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab with a PBX for each host, besides that of the environment."""
    directory = tmp_path_factory.mktemp("sites")
    yield Lab.start(directory, *(part for name in PBXS for part in ("--jade", f"{name}={ENVIRONMENT}")))
    process.stop(directory)


@pytest.fixture
def lab(sites: Lab) -> Lab:
    """The same in its first state."""
    sites.reset()
    return sites


@pytest.fixture
def ansible(lab: Lab, tmp_path: Path) -> Ansible:
    """Ansible whose environment is that of another PBX than those of the hosts."""
    return Ansible(tmp_path, lab.environment(ENVIRONMENT))


def hosts(ansible: Ansible, variables: dict[str, dict[str, Any]], name: str = "hosts.yml", **shared: Any) -> tuple[str, str]:
    """An inventory of hosts with these variables, and the option that names it."""
    return "-i", str(ansible.write(name, yaml.safe_dump({"all": {"hosts": variables, "vars": shared}})))


def play(ansible: Ansible, tasks: str, *arguments: str, **keywords: Any) -> Run:
    """One play over all hosts."""
    return ansible.play(tasks, *arguments, hosts="all", connection="local", **keywords)


def tried(ansible: Ansible, tasks: str, *arguments: str) -> Run:
    """The same, going on after a failure."""
    return play(ansible, tasks, *arguments, ignore_errors=True)


def asked(lab: Lab) -> dict[str, int]:
    """How many requests each PBX got."""
    names = [entry["name"] for entry in lab.log(system="jade")]
    return {name: names.count(name) for name in sorted(set(names))}


def of_each(run: Run, task: str, part: str) -> dict[str, Any]:
    """A part of the result of a task, by host."""
    return {record.host: record.result.get(part) for record in run.of(task)}


def address(lab: Lab, name: str) -> str:
    return str(lab.ready["jade"][name]["url"])


def test_a_play_over_three_hosts_needs_no_wiring(ansible: Ansible, lab: Lab) -> None:
    for name in (*PBXS, ENVIRONMENT):
        lab.set(jade=name, cfg_parkinglots={f"old_{name}": {"parkpos": "701-709"}})
    variables = {name: {"jade_api_url": f"{{{{ server }}}}/jade/{name}"} for name in PBXS}
    inventory = hosts(ansible, variables, server=lab.ready["url"])
    before = lab.state(ENVIRONMENT)
    run = play(ansible, WAYS, *inventory, "-e", "purge=true").must_succeed()
    assert of_each(run, "Read", "query_result") == {name: [f"old_{name}"] for name in PBXS}
    assert of_each(run, "Look up", "msg") == of_each(run, "Call", "query_result")
    assert of_each(run, "Call", "query_result") == {name: [f"old_{name}", "fresh"] for name in PBXS}
    assert sorted(asked(lab)) == list(PBXS)
    assert lab.state(ENVIRONMENT) == before
    for name in PBXS:
        lots = lab.jade("GET", "/v1/admin/park/cfg_parkinglots", profile=name)["list"]
        assert [lot["name"] for lot in lots] == [f"lot_of_{name}"]


def refused(run: Run, task: str) -> list[str]:
    """The messages of a task that has to have failed on each host."""
    records = run.of(task)
    assert {record.status for record in records} == {"failed"}, run.output
    return sorted(str(record.result["msg"]) for record in records)


def test_two_hosts_do_not_share_the_address_of_the_environment(ansible: Ansible, lab: Lab) -> None:
    run = tried(ansible, WAYS, *hosts(ansible, {"aarhus": {}, "berlin": {}}))
    for task in ("Read", "Write", "Look up", "Call", ROLE_TASK):
        for name, message in zip(("aarhus", "berlin"), refused(run, task)):
            assert f"{name} has no variable jade_api_url, and all 2 hosts of this play would share the address" in message
            assert "in the environment variable JADE_URL. Set the variable for each host." in message
            assert ("run_once" in message) is (task != "Look up")
    errors = [record.result["error"] for record in run.of("Write")]
    assert {(error["kind"], error["effect"]) for error in errors} == {("bad_input", "none")}
    assert asked(lab) == {}


def test_a_host_with_an_address_goes_on_while_the_others_are_refused(ansible: Ansible, lab: Lab) -> None:
    run = tried(ansible, WAYS, *hosts(ansible, {"aarhus": {}, "berlin": {"jade_api_url": address(lab, "berlin")}}))
    assert {record.host for record in run.records if record.status == "failed"} == {"aarhus"}
    assert list(asked(lab)) == ["berlin"]


@pytest.mark.parametrize("system", ["jade", "yeastar"])
def test_what_travels_is_refused_as_well(system: str, ansible: Ansible, lab: Lab) -> None:
    task = f"""
- name: Travel
  telephony.pbx.{'jade_user_info' if system == 'jade' else 'yeastar_onsite_proxy_info'}:
  async: 20
  poll: 1
"""
    messages = refused(tried(ansible, task, *hosts(ansible, {"aarhus": {}, "berlin": {}})), "Travel")
    assert f"aarhus has no variable {system}_api_url" in messages[0]
    assert lab.log() == []


# Keywords of a play under which its hosts may speak to one PBX.
SHARED = {
    "vars": {"vars": {"jade_api_url": "{{ address }}"}},
    "module_defaults": {"module_defaults": {"group/telephony.pbx.jade": {"api_url": "{{ address }}"}}},
    "environment": {"environment": {"JADE_URL": "{{ address }}"}},
}


@pytest.mark.parametrize("way", list(SHARED))
def test_an_address_that_the_play_sets_may_be_shared(way: str, ansible: Ansible, lab: Lab) -> None:
    inventory = hosts(ansible, {"aarhus": {}, "berlin": {}}, address=address(lab, "cordoba"))
    run = play(ansible, "- name: Read\n  telephony.pbx.jade_user_info:\n", *inventory, **SHARED[way]).must_succeed()
    assert of_each(run, "Read", "count") == {"aarhus": 4, "berlin": 4}
    assert list(asked(lab)) == ["cordoba"]


def test_what_runs_once_and_what_is_central_may_take_the_address_of_the_environment(ansible: Ansible, lab: Lab) -> None:
    tasks = """
- name: Once
  telephony.pbx.jade_user_info:
  run_once: true
- name: Central
  telephony.pbx.ycm_cloud_pbx_info: {query: length(@)}
- name: Central by lookup
  ansible.builtin.debug: {msg: "{{ query('telephony.pbx.aicc', 'softphones', query='[].number') }}"}
"""
    run = play(ansible, tasks, *hosts(ansible, {"aarhus": {}, "berlin": {}})).must_succeed()
    assert run.one("Once").result["count"] == 4
    assert of_each(run, "Central", "query_result") == {"aarhus": 30, "berlin": 30}
    assert {host: len(found) for host, found in of_each(run, "Central by lookup", "msg").items()} == {"aarhus": 2, "berlin": 2}


def test_a_single_host_takes_the_address_of_the_environment(ansible: Ansible, lab: Lab) -> None:
    inventory = hosts(ansible, {"aarhus": {}, "berlin": {}})
    run = play(ansible, WAYS, *inventory, "--limit", "berlin").must_succeed()
    assert {record.host for record in run.records} == {"berlin"}
    assert list(asked(lab)) == [ENVIRONMENT]


def test_serial_batches_and_hosts_that_failed_count(ansible: Ansible, lab: Lab) -> None:
    tasks = """
- name: Lose a host
  ansible.builtin.fail:
  when: inventory_hostname == 'aarhus'
- name: Read
  telephony.pbx.jade_user_info:
"""
    inventory = hosts(ansible, {"aarhus": {}, "berlin": {}})
    assert "all 2 hosts of this play" in play(ansible, tasks, *inventory).failure("Read")["msg"]
    run = play(ansible, "- name: Read\n  telephony.pbx.jade_user_info:\n", *inventory, serial=1, ignore_errors=True)
    assert len([message for message in refused(run, "Read") if "all 2 hosts of this play" in message]) == 2
    assert asked(lab) == {}


def test_ad_hoc_commands_are_held_to_the_same(ansible: Ansible, lab: Lab) -> None:
    inventory = hosts(ansible, {name: {"jade_api_url": address(lab, name)} for name in PBXS[:2]})
    ansible.run("ansible", "all", *inventory, "-c", "local", "-m", "telephony.pbx.jade_user_info").must_succeed()
    assert list(asked(lab)) == ["aarhus", "berlin"]
    lab.forget_log()
    run = ansible.run(
        "ansible", "all", *hosts(ansible, {"aarhus": {}, "berlin": {}}), "-c", "local", "-m", "telephony.pbx.jade_user_info"
    )
    assert "jade_api_url" in run.output
    assert run.code != 0
    assert asked(lab) == {}


def test_its_host_is_not_the_one_that_it_is_delegated_to(ansible: Ansible, lab: Lab) -> None:
    variables: dict[str, dict[str, Any]] = {name: {"jade_api_url": address(lab, name)} for name in PBXS}
    variables["cordoba"]["ansible_connection"] = "local"
    variables["cordoba"]["ansible_python_interpreter"] = "{{ ansible_playbook_python }}"
    tasks = f"""
- name: Give the other host a fact
  ansible.builtin.set_fact: {{jade_api_url: "https://127.0.0.1:1"}}
  delegate_to: cordoba
  delegate_facts: true
- name: Delegate
  telephony.pbx.jade_parking_lot:
    name: "lot_{{{{ inventory_hostname }}}}_{{{{ item }}}}"
    parkpos: "8{{{{ item }}}}1-8{{{{ item }}}}9"
  loop: [1, 2]
  delegate_to: cordoba
- name: Delegate and travel
  telephony.pbx.jade_parking_lot_config_info: {{query: "[].name"}}
  delegate_to: cordoba
  environment: {{SOMETHING: else}}
- name: Delegate a lookup
  ansible.builtin.debug: {{msg: "{{{{ {LOTS} }}}}"}}
  delegate_to: cordoba
  delegate_facts: true
"""
    run = play(ansible, tasks, *hosts(ansible, variables), "--limit", "aarhus,berlin").must_succeed()
    own = {name: [f"lot_{name}_1", f"lot_{name}_2"] for name in PBXS[:2]}
    lots = of_each(run, "Delegate a lookup", "msg")
    assert {host: [name for name in names if name.startswith("lot_")] for host, names in lots.items()} == own
    assert of_each(run, "Delegate and travel", "query_result") == lots
    assert list(asked(lab)) == ["aarhus", "berlin"]


def test_a_lookup_among_the_variables_of_another_host_asks_the_pbx_of_that_host(ansible: Ansible, lab: Lab) -> None:
    shared = {"lots": f"{{{{ {LOTS} }}}}", "ansible_connection": "local"}
    lab.set(jade="berlin", cfg_parkinglots={"of_berlin": {"parkpos": "701-709"}})
    tasks = """
- name: Look
  ansible.builtin.debug: {msg: "{{ hostvars['berlin'].lots }}"}
  ignore_errors: true
"""
    variables: dict[str, dict[str, Any]] = {"aarhus": {}, "berlin": {"jade_api_url": address(lab, "berlin")}}
    inventory = hosts(ansible, variables, **shared)
    assert ansible.play(tasks, *inventory, hosts="aarhus").result("Look")["msg"] == ["of_berlin"]
    assert list(asked(lab)) == ["berlin"]
    lab.forget_log()
    run = ansible.play(tasks, *hosts(ansible, {"aarhus": {}, "berlin": {}}, **shared), hosts="aarhus")
    assert "berlin has no variable jade_api_url, and all 2 hosts of the inventory would share" in run.failure("Look")["msg"]
    assert asked(lab) == {}


def test_a_lookup_that_is_for_no_host_takes_the_address_of_the_environment(ansible: Ansible, lab: Lab) -> None:
    lab.set(jade=ENVIRONMENT, cfg_parkinglots={"aarhus": {"parkpos": "701-709"}})
    variables = {name: {"jade_api_url": address(lab, name)} for name in PBXS[:2]}
    task = "- name: Who\n  ansible.builtin.debug: {msg: here}\n"
    run = ansible.play(task, *hosts(ansible, variables), hosts=f"{{{{ {LOTS} }}}}").must_succeed()
    assert run.one("Who").host == "aarhus"
    assert list(asked(lab)) == [ENVIRONMENT]


def test_a_lookup_that_chooses_files_of_variables_asks_the_pbx_of_each_host(ansible: Ansible, lab: Lab) -> None:
    for name in PBXS[:2]:
        lab.set(jade=name, cfg_parkinglots={f"of_{name}": {"parkpos": "701-709"}})
        ansible.write(f"of_{name}.yml", f"seen: {name}\n")
    variables = {name: {"jade_api_url": address(lab, name)} for name in PBXS[:2]}
    file = f"{{{{ {LOTS} | first }}}}.yml"
    run = play(ansible, "- name: See\n  ansible.builtin.debug: {var: seen}\n", *hosts(ansible, variables), vars_files=[file])
    assert of_each(run, "See", "seen") == {name: name for name in PBXS[:2]}
