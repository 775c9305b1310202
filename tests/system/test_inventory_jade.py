# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of an Asterisk behind Jade: trunks, PJSIP endpoints, queue members and peers as hosts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.support.inventories import Reader
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed
from tests.system.test_inventory import AWX, hostvars

JADE = "plugin: telephony.pbx.jade\n"
NAME = "asterisk.jade.yml"
ALL = "objects: [trunks, pjsip_endpoints, queue_members, peers]\n"
PASSWORD = "Words-Of-A-Trunk"
TRUNK = {"name": "provider", "server_uri": "sip:sip.example.com", "client_uri": "sip:1@sip.example.com", "context": "in",
         "username": "1", "password": PASSWORD}  # fmt: skip


def test_endpoints(documented: Ansible, reader: Reader, lab: Lab) -> None:
    inventory = reader.read(documented, JADE, name=NAME)
    hosts = inventory.hosts
    assert set(inventory.groups["pjsip_endpoints"]) == set(hosts)
    phone = hosts["pjagent-01"]
    assert phone["pjsip_endpoint"]["context"] == "demo"
    assert phone["ansible_connection"] == "local"
    assert phone["pbx_system"] == "jade"
    assert phone["pbx_id"] == f"jade:127.0.0.1:{lab.ready['port']}/pjsip_endpoints/pjagent-01"
    assert phone["pbx_enabled"] is True
    assert phone["jade_api_url"].endswith("/jade/documented")


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
    assert "this Jade has no such endpoint" in " ".join(run.stderr.split())


def test_the_cache_holds_no_secret_and_saves_each_call(
    documented: Ansible, reader: Reader, lab: Lab, tmp_path: Path
) -> None:
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile="documented")
    source = JADE + ALL + f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {tmp_path}/cache\n"
    first = reader.read(documented, source, name=NAME)
    lab.forget_log()
    assert reader.read(documented, source, name=NAME) == first
    assert lab.calls() == []
    cached = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "cache").iterdir())
    assert "provider" in cached and PASSWORD not in cached
    other = source.replace(ALL, "objects: [trunks]\n")
    assert set(reader.read(documented, other, name=NAME).hosts) == {"provider"}


@pytest.mark.parametrize("profile", ["documented", "f31439d"])
def test_each_kind_of_each_server(profile: str, lab: Lab, tmp_path: Path) -> None:
    """The newer one has no peers: that costs a warning, and nothing else."""
    lab.jade("POST", "/v1/manager/trunks", TRUNK, profile=profile)
    ansible = Ansible(tmp_path, lab.environment(profile))
    run = ansible.inventory(JADE + ALL, "--list", name=NAME)
    kinds = {"trunks", "pjsip_endpoints", "queue_members", *(["peers"] if profile == "documented" else [])}
    groups = set(run.json) - {"_meta", "all", "ungrouped"}
    assert groups == kinds
    assert [text.count("no peers: ") for text in run.warnings] == ([] if "peers" in kinds else [1])
    nouns = {"trunks": "trunk", "pjsip_endpoints": "pjsip_endpoint", "queue_members": "queue_member", "peers": "peer"}
    hosts = hostvars(run)
    for kind in kinds:
        for name in run.json[kind]["hosts"]:
            assert nouns[kind] in hosts[name]
            assert hosts[name]["pbx_system"] == "jade"
            assert f"/{kind}/" in hosts[name]["pbx_id"]
            assert isinstance(hosts[name]["pbx_enabled"], bool)
            assert hosts[name]["ansible_connection"] == "local"
    assert len({found["pbx_id"] for found in hosts.values()}) == len(hosts)
    assert list(exposed(run, {*lab.secrets, PASSWORD})) == []


def test_a_wrong_password_is_tried_once(documented: Ansible, lab: Lab) -> None:
    source = JADE + ALL + "api_username: admin\napi_password: wr0ng-password-of-mine\n"
    run = documented.inventory(source, "--list", name=NAME, **AWX)
    assert run.code
    assert len(lab.log(login="true")) == 1
    assert list(exposed(run, {*lab.secrets, "wr0ng-password-of-mine"})) == []


def test_a_kind_that_fails_for_now_does_not_lose_its_hosts(documented: Ansible, lab: Lab) -> None:
    lab.fault("status", status=500, times=None, match={"path": "queue/members"})
    run = documented.inventory(JADE + ALL + "api_retries: 0\n", "--list", name=NAME, **AWX)
    assert run.code
    assert "HTTP status 500" in " ".join(run.stderr.split())


def test_filters_that_the_server_does_not_have(documented: Ansible, lab: Lab) -> None:
    run = documented.inventory(JADE + "filters: {context: demo}\n", "--list", name=NAME, **AWX)
    assert run.code
    assert "filters is given, but the server can't filter pjsip_endpoints" in " ".join(run.stderr.split())
    assert lab.log() == []
