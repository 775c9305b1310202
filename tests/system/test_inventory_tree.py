# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree of Cloud PBXs and their onsite proxies, the cache, and plays over what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony_lab import process
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed
from tests.system.test_inventory import AWX, hostvars

YCM = "plugin: telephony.pbx.ycm\n"
TREE = YCM + "onsite_proxies: true\nhostnames: [sn]\non_host_clash: suffix\nfilters: {search: 3659B43}\n"
CACHED = YCM + """
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: {folder}/cache
cache_timeout: {timeout}
stale_if_error: {stale}
hostnames: [id]
"""


def cached(ansible: Ansible, timeout: int = 3600, stale: bool = False) -> str:
    """An inventory file with a cache."""
    return CACHED.format(folder=ansible.folder, timeout=timeout, stale=str(stale).lower())


@pytest.fixture(scope="module")
def dead_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Another lab, where some of the PBXs that should run don't answer."""
    directory = tmp_path_factory.mktemp("dead")
    yield Lab.start(directory, "--dead-every", "9")
    process.stop(directory)


def test_the_tree(ansible: Ansible, lab: Lab) -> None:
    run = ansible.inventory(TREE, "--list", **AWX)
    hosts, groups = hostvars(run), run.json
    running = {name for name in groups["cloud_pbxs"]["hosts"] if hosts[name]["cloud_pbx"]["status"] == "Running"}
    assert len(groups["cloud_pbxs"]["hosts"]) == 28
    assert len(groups["onsite_proxies"]["hosts"]) == 3 * len(running) > 10
    for name in running:
        proxies = groups[f"proxies_of_{name}"]["hosts"]
        assert sorted(proxies) == [f"{name}_Proxy_00{number}" for number in (1, 2, 3)]
        assert {hosts[proxy]["cloud_pbx_host"] for proxy in proxies} == {name}
        assert {hosts[proxy]["pbx_url"] for proxy in proxies} == {hosts[name]["pbx_url"]}
    assert len({found["pbx_id"] for found in hosts.values()}) == len(hosts)
    assert "pbx_unreachable" not in groups
    assert run.stderr == ""
    assert list(exposed(run, lab.secrets)) == []


def test_a_dead_pbx_costs_a_warning_and_a_group(dead_lab: Lab, tmp_path: Path) -> None:
    ansible = Ansible(tmp_path, dead_lab.environment())
    source = TREE + "api_retries: 0\n"
    run = ansible.inventory(source, "--list")
    hosts, groups = hostvars(run), run.json
    dead = groups["pbx_unreachable"]["hosts"]
    assert 1 <= len(dead) < 6
    assert all(hosts[name]["cloud_pbx"]["status"] == "Running" for name in dead)
    assert len(run.warnings) == len(dead)
    assert all("the server closed the connection without" in text for text in run.warnings)
    assert not {f"proxies_of_{name}" for name in dead} & set(groups)
    assert len(groups["onsite_proxies"]["hosts"]) > 10


def test_credentials_by_pattern(ansible: Ansible, lab: Lab) -> None:
    pbx = lab.ready["yeastar"]["pbx"]
    source = TREE + f"""
pbx_credentials:
  - {{match: '*0', client_id: wrong, client_secret: wr0ng-secret-of-mine}}
  - {{match: '3659B43*', client_id: {pbx["client_id"]}, client_secret: "{{{{ lookup('ansible.builtin.env', 'SPECIAL') }}}}"}}
"""
    variables = {"SPECIAL": pbx["client_secret"], "YEASTAR_CLIENT_ID": "nobody", "YEASTAR_CLIENT_SECRET": "n0thing-at-all"}
    run = ansible.inventory(source, "--list", **variables)
    hosts, groups = hostvars(run), run.json
    running = {name for name in groups["cloud_pbxs"]["hosts"] if hosts[name]["cloud_pbx"]["status"] == "Running"}
    refused = {name for name in running if name.endswith("0")}
    assert refused
    assert set(groups["pbx_unreachable"]["hosts"]) == refused
    assert len(groups["onsite_proxies"]["hosts"]) == 3 * len(running - refused)
    assert all("client ID or client secret is wrong" in text for text in run.warnings)
    assert list(exposed(run, {*lab.secrets, "wr0ng-secret-of-mine"})) == []


def test_without_credentials_it_is_told_which(ansible: Ansible) -> None:
    run = ansible.inventory(TREE, "--list", YEASTAR_CLIENT_ID="")
    assert run.json["cloud_pbxs"]["hosts"]
    assert run.warnings
    assert all("Set pbx_client_id and pbx_client_secret" in text for text in run.warnings)


def test_a_cached_inventory_asks_nobody(ansible: Ansible, lab: Lab) -> None:
    first = ansible.inventory(cached(ansible), "--list")
    assert lab.log(path="instances")
    lab.forget_log()
    second = ansible.inventory(cached(ansible), "--list")
    assert lab.log() == []
    assert second.json == first.json
    # The cache that was read isn't changed by what was made of it.
    third = ansible.inventory(cached(ansible) + "compose: {more: cloud_pbx.id}\n", "--list")
    assert lab.log() == []
    assert all(int(found["more"]) == found["cloud_pbx"]["id"] for found in hostvars(third).values())
    files = [file.read_text(encoding="utf-8") for file in (ansible.folder / "cache").rglob("*") if file.is_file()]
    assert files
    secrets = lab.secrets | ansible.issued_tokens()
    assert not [secret for secret in secrets for text in files if secret in text]


def test_other_options_have_another_cache(ansible: Ansible, lab: Lab) -> None:
    ansible.inventory(cached(ansible), "--list").must_succeed()
    lab.forget_log()
    run = ansible.inventory(cached(ansible) + "filters: {search: Cloud PBX}\n", "--list")
    assert len(hostvars(run)) == 2
    assert lab.log(path="instances")


def test_an_old_cache_is_better_than_none(ansible: Ansible, lab: Lab) -> None:
    old = cached(ansible, timeout=-1, stale=True)
    first = ansible.inventory(old, "--list")
    lab.fault("status", status=503, times=None, match={"system": "ycm", "path": "instances"})
    run = ansible.inventory(old + "api_retries: 0\n", "--list")
    assert hostvars(run) == hostvars(first)
    assert ["using what was cached earlier" in text for text in run.warnings] == [True]
    strict = ansible.inventory(cached(ansible, timeout=-1) + "api_retries: 0\n", "--list", **AWX)
    assert strict.code
    assert "HTTP status 503" in " ".join(strict.stderr.split())


def test_an_old_cache_when_the_port_is_closed(ansible: Ansible, lab: Lab) -> None:
    old = cached(ansible, timeout=-1, stale=True) + "api_retries: 0\n"
    first = ansible.inventory(old, "--list")
    # Nobody listens behind this proxy, so that the address, which is a part of the cache's key, stays the same.
    run = ansible.inventory(old, "--list", YCM_PROXY="http://127.0.0.1:1")
    assert hostvars(run) == hostvars(first)
    assert ["can't be reached" in text for text in run.warnings] == [True]


def test_a_play_over_cloud_pbxs(ansible: Ansible, lab: Lab) -> None:
    source = YCM + "hostnames: [sn]\non_host_clash: suffix\ninclude: [\"status=='Running' && starts_with(sn, '3659')\"]\n"
    file = ansible.write("fleet.ycm.yml", source)
    tasks = """
- name: Ask
  telephony.pbx.yeastar_onsite_proxy_info:
- name: Look
  ansible.builtin.assert:
    that: "'3659B43' in inventory_hostname"
"""
    defaults = {"group/telephony.pbx.yeastar": {"api_url": "{{ pbx_url }}", "api_client_secret": "{{ lookup('env', 'SECRET') }}"}}
    variables = {"YEASTAR_CLIENT_SECRET": "", "SECRET": lab.ready["yeastar"]["pbx"]["client_secret"]}
    play = {"hosts": "cloud_pbxs", "module_defaults": defaults, "variables": variables}
    run = ansible.play(tasks, "-i", str(file), "--forks", "10", "-vvv", **play).must_succeed()
    asked = run.of("Ask")
    assert len(asked) >= 10
    assert {record.result["count"] for record in asked} == {3}
    # Each was asked at its own address, with one login.
    for record in asked:
        assert len(lab.log(name=record.host.lower(), login="true")) == 1
        assert len(lab.log(name=record.host.lower(), path="onsiteproxy/list")) == 1
    assert "Using module file" not in run.stdout
    assert list(exposed(run, lab.secrets)) == []
