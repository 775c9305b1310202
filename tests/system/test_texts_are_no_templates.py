# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates in what a server sends are text, wherever it ends up: none is ever evaluated. One that was would leave a file."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from ansible.release import __version__ as ansible_version

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

TAGS_DATA = tuple(map(int, ansible_version.split(".")[:2])) >= (2, 19)
CANARY = "evaluated"
TOUCH = f"lookup('pipe', 'touch {CANARY}')"
HOSTILE = (
    "{{ %s }}" % TOUCH,
    "{%% if %s %%}{%% endif %%}" % TOUCH,
    "{# #}{{ %s }}" % TOUCH,
    "!unsafe {{ %s }}" % TOUCH,
    "#jinja2:variable_start_string:'[[',variable_end_string:']]'\n[[ %s ]]" % TOUCH,
    "#jinja2:variable_start_string:'[[',variable_end_string:']]',x:'[[lookup(*[\"pipe\"]+[\"touch %s\"])]]'z" % CANARY,
    "' ~ %s ~ '" % TOUCH,
)


@pytest.fixture
def proxies(ansible: Ansible, lab: Lab) -> list[str]:
    """Onsite proxies and accounts of Jade with these names."""
    for number, text in enumerate(HOSTILE):
        name = text.replace("'", '"')  # which Jade can't store
        lab.jade("POST", "/v1/admin/user/users", {"username": f"hostile{number}", "name": name, "password": "of-no-use"})
    pbx = lab.ready["yeastar"]["pbx"]
    url, login = f"{pbx['url']}/openapi/v1.0", {"username": pbx["client_id"], "password": pbx["client_secret"]}
    call = partial(requests.post, verify=lab.ready["ca"], timeout=10)
    token = call(f"{url}/get_token", json=login).json()["access_token"]
    for text in HOSTILE:
        body = {"name": text, "platform": "linux"}
        made = call(f"{url}/onsiteproxy/create", params={"access_token": token}, json=body).json()
        assert made["errcode"] == 0, made
    return list(HOSTILE)


def canary(ansible: Ansible) -> Path:
    """What a template that was evaluated leaves."""
    return ansible.folder / CANARY


SOURCE = """
plugin: telephony.pbx.yeastar
hostnames: [name]
include: ["contains(name, 'lookup')"]
compose:
  copied: onsite_proxy.name
  joined: "'x' ~ onsite_proxy.name"
  listed: "[onsite_proxy.name, {'k': onsite_proxy.name}]"
groups:
  conditional: onsite_proxy.name is match('.*')
keyed_groups:
  - {key: onsite_proxy.name, prefix: by_name}
  - {key: onsite_proxy.name, prefix: "", separator: ""}
  - {key: onsite_proxy.platform, parent_group: "{{ onsite_proxy.name }}"}
  - {key: "{'key': onsite_proxy.name}", prefix: dicts}
"""
SHOWN = (
    "onsite_proxy", "onsite_proxy.name", "copied", "joined", "listed", "group_names", "groups", "inventory_hostname",
    "inventory_hostname_short", "hostvars[inventory_hostname]", "hostvars", "ansible_play_hosts", "vars",
)  # fmt: skip


def _debugs() -> list[dict[str, Any]]:
    everything = ["{{ %s }}" % name for name in SHOWN]
    return [
        {"name": "The name", "ansible.builtin.debug": {"msg": "{{ onsite_proxy.name }}"}},
        {"name": "By msg", "ansible.builtin.debug": {"msg": everything}},
        {"name": "By var", "ansible.builtin.debug": {"var": "hostvars[inventory_hostname]"}},
        {"name": "As a fact", "ansible.builtin.set_fact": {"kept": "{{ onsite_proxy.name }}", "grouped": "{{ group_names }}"}},
        {"name": "{{ onsite_proxy.name }}", "ansible.builtin.debug": {"msg": "{{ kept }} {{ grouped }} {{ item }}"},
         "loop": "{{ group_names }}", "when": "onsite_proxy.name == copied"},
    ]  # fmt: skip


def test_nothing_of_an_inventory_is_evaluated(ansible: Ansible, proxies: list[str]) -> None:
    file = ansible.write("hostile.yeastar.yml", SOURCE)
    for arguments in (("--list",), ("--list", "--export"), ("--graph", "--vars"), ("--list", "--yaml")):
        run = ansible.run("ansible-inventory", "-i", str(file), *arguments).must_succeed()
        assert "lookup" in run.stdout
        assert not canary(ansible).exists(), arguments
    play = yaml.safe_dump(_debugs(), sort_keys=False)
    run = ansible.play(play, "-i", str(file), hosts="all", connection="local").must_succeed()
    assert not canary(ansible).exists()
    assert {record.result["msg"] for record in run.of("The name")} == set(proxies)
    # Shows that the other tests' runs, which warn of nothing, would tell of a text that lost its trust.
    assert any("untrusted template" in text for text in run.warnings) == TAGS_DATA


def test_nothing_of_a_result_is_evaluated(ansible: Ansible, proxies: list[str]) -> None:
    tasks = """
- name: Proxies
  telephony.pbx.yeastar_onsite_proxy_info:
    raw: true
    query: "[?contains(name, 'lookup')].name"
  register: found
- name: Show
  ansible.builtin.debug: {msg: "{{ found.query_result }} {{ found.raw }} {{ found.onsite_proxies }}"}
- name: Each
  ansible.builtin.debug: {msg: "{{ item }}"}
  loop: "{{ found.query_result }}"
- name: Accounts
  telephony.pbx.jade_user_info:
  register: accounts
- name: Show accounts
  ansible.builtin.debug: {var: accounts}
- name: As the name of another
  telephony.pbx.jade_user: {username: hostile0, name: "{{ found.query_result[0] | replace(\\"'\\", '') }}"}
- name: By lookup
  ansible.builtin.debug: {msg: "{{ lookup('telephony.pbx.yeastar', 'onsite_proxies') | map(attribute='name') | list }}"}
- name: By query
  ansible.builtin.debug: {msg: "{{ item.name }}"}
  loop: "{{ query('telephony.pbx.jade', 'users') }}"
  loop_control: {label: "{{ item.name }}"}
- name: Not there
  telephony.pbx.jade_user_permission: {username: "{{ found.query_result[0] | replace(\\"'\\", '') }}", permission: user}
  ignore_errors: true
  register: failed
- name: Show the failure
  ansible.builtin.debug: {msg: "{{ failed.msg }} {{ failed }}"}
- name: Change
  telephony.pbx.yeastar_onsite_proxy: {name: "{{ found.query_result[0] }}", audio_rtp_passthrough: true}
  diff: true
"""
    run = ansible.play(tasks, "-v", "--diff").must_succeed()
    assert not canary(ansible).exists()
    assert set(run.result("Proxies")["query_result"]) == set(proxies)
    assert {record.result["msg"] for record in run.of("Each")} == set(proxies)
    assert "lookup" in run.result("Show the failure")["msg"]


def test_nothing_of_a_servers_error_is_evaluated(ansible: Ansible, lab: Lab) -> None:
    for text in HOSTILE[:3]:
        body = json.dumps({"errcode": 40002, "errmsg": text, "invalid_param_list": [{"field": text, "value": text}]})
        lab.fault("status", status=200, body=body, match={"path": "onsiteproxy/list"})
    tasks = """
- name: Fail
  telephony.pbx.yeastar_onsite_proxy_info:
  ignore_errors: true
  register: failed
  loop: [1, 2, 3]
- name: Show
  ansible.builtin.debug: {msg: "{{ failed.results | map(attribute='msg') | list }} {{ failed }}"}
- name: Fail with it
  ansible.builtin.fail: {msg: "{{ failed.results[0].msg }}"}
  ignore_errors: true
- name: Assert
  ansible.builtin.assert: {that: ["failed.results[0].msg is search('lookup')"], fail_msg: "{{ failed.results[0].msg }}"}
"""
    ansible.play(tasks, "-v").must_succeed()
    assert not canary(ansible).exists()


def test_a_template_that_is_meant_leaves_the_file(ansible: Ansible) -> None:
    ansible.play('- name: Canary\n  ansible.builtin.debug: {msg: "{{ %s }}"}\n' % TOUCH).must_succeed()
    assert canary(ansible).exists()
