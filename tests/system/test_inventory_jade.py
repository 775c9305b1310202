# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of an Asterisk behind Jade: trunks, PJSIP endpoints, queue members and peers as hosts."""

from __future__ import annotations

from pathlib import Path

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed
from tests.system.test_inventory import hostvars

JADE = "plugin: telephony.pbx.jade\n"
NAME = "asterisk.jade.yml"
ALL = "objects: [trunks, pjsip_endpoints, queue_members, peers]\n"
PASSWORD = "Words-Of-A-Trunk"
TRUNK = {"name": "provider", "server_uri": "sip:sip.example.com", "client_uri": "sip:1@sip.example.com", "context": "in",
         "username": "1", "password": PASSWORD}  # fmt: skip


def test_endpoints(documented: Ansible, lab: Lab) -> None:
    run = documented.inventory(JADE, "--list", name=NAME)
    hosts = hostvars(run)
    assert set(run.json["pjsip_endpoints"]["hosts"]) == set(hosts)
    phone = hosts["pjagent-01"]
    assert phone["pjsip_endpoint"]["context"] == "demo"
    assert phone["ansible_connection"] == "local"
    assert phone["pbx_system"] == "jade"
    assert phone["pbx_id"] == f"jade:127.0.0.1:{lab.ready['port']}/pjsip_endpoints/pjagent-01"
    assert phone["pbx_enabled"] is True
    assert phone["pbx_url"].endswith("/jade/documented")


def test_all_kinds(documented: Ansible, lab: Lab) -> None:
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile="documented")
    lab.set(jade="documented", pjsip_lag=0)
    documented.play("- telephony.pbx.jade_module: {name: res_pjsip, state: reloaded}").must_succeed()
    source = JADE + ALL + "keyed_groups:\n  - key: pbx_enabled | string\n    prefix: enabled\n"
    run = documented.inventory(source, "--list", name=NAME)
    hosts = hostvars(run)
    kinds = {"trunk_provider", "endpoint_provider", "member_sip/agent-02@sales_1", "peer_SIP/300"}
    assert kinds <= set(hosts)
    assert hosts["trunk_provider"]["trunk"]["password"] == "********"
    assert hosts["trunk_provider"]["pbx_enabled"] is False  # nobody answers to the registration
    assert set(run.json["trunks"]["hosts"]) == {"trunk_provider"}
    assert "trunk_provider" in run.json["enabled_False"]["hosts"]
    assert list(exposed(run, {*lab.secrets, PASSWORD})) == []


def test_a_kind_that_the_server_lacks_costs_a_warning(ansible: Ansible) -> None:
    run = ansible.inventory(JADE + "objects: [pjsip_endpoints, peers]\n", "--list", name=NAME)
    assert set(run.json["pjsip_endpoints"]["hosts"]) == set(hostvars(run)) != set()
    assert "no peers: Jade at " in run.stderr and "see jade_pjsip_endpoint_info" in run.stderr


def test_nothing_at_all_is_an_error(ansible: Ansible) -> None:
    run = ansible.inventory(JADE + "objects: [peers]\n", "--list", name=NAME)
    assert "this Jade has no such endpoint" in run.stderr


def test_the_cache_holds_no_secret_and_saves_each_call(documented: Ansible, lab: Lab, tmp_path: Path) -> None:
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile="documented")
    source = JADE + ALL + f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {tmp_path}/cache\n"
    first = documented.inventory(source, "--list", name=NAME)
    lab.forget_log()
    again = documented.inventory(source, "--list", name=NAME)
    assert lab.calls() == []
    assert hostvars(first) == hostvars(again)
    cached = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "cache").iterdir())
    assert "provider" in cached and PASSWORD not in cached
    other = source.replace(ALL, "objects: [trunks]\n")
    assert set(hostvars(documented.inventory(other, "--list", name=NAME))) == {"provider"}
