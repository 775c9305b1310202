# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree of Cloud PBXs and their onsite proxies, the cache, and plays over what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony_lab import process
from tests.system.support.inventories import Reader
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed
from tests.system.test_inventory import AWX, Read, hostvars

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
        assert {hosts[proxy]["yeastar_api_url"] for proxy in proxies} == {hosts[name]["yeastar_api_url"]}
    assert len({found["pbx_id"] for found in hosts.values()}) == len(hosts)
    assert "pbx_unreachable" not in groups
    assert run.stderr == ""
    assert list(exposed(run, lab.secrets)) == []


def test_a_dead_pbx_costs_a_warning_and_a_group(dead_lab: Lab, reader: Reader, tmp_path: Path) -> None:
    inventory = reader.read(Ansible(tmp_path, dead_lab.environment()), TREE + "api_retries: 0\n")
    hosts, groups = inventory.hosts, inventory.groups
    dead = groups["pbx_unreachable"]
    assert 1 <= len(dead) < 6
    assert all(hosts[name]["cloud_pbx"]["status"] == "Running" for name in dead)
    told = [hosts[name]["pbx_error"] for name in dead]
    assert all("/onsite" in text or "/get_token: the server closed the connection without" in text for text in told)
    (warning,) = inventory.warnings
    assert "the server closed the connection without" in warning
    assert f"{len(dead)} running Cloud PBXs" in warning or len(dead) == 1
    assert not {f"proxies_of_{name}" for name in dead} & set(groups)
    assert len(groups["onsite_proxies"]) > 10


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


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{match: '3658[4', client_id: a, client_secret: %s}", "entry 1: match is '3658[4', a pattern whose [ isn't closed"),
        ("{match: x, client_id: a}", "entry 1: client_secret is missing or empty"),
        ("{name: x, client_id: a, client_secret: %s}", "entry 1: name is none of match, client_id, client_secret"),
        (
            "{match: x, client_id: a, client_secret: \"{{ nowhere ~ '%s' }}\"}",
            "entry 1: client_secret is a template that fails",
        ),
    ],
)
def test_a_wrong_entry_is_named_before_any_call(entry: str, words: str, ansible: Ansible, lab: Lab) -> None:
    secret = "s3cret-of-one-pbx"
    given = entry.replace("%s", secret)
    for more in ("", f"cache: true\ncache_plugin: jsonfile\ncache_connection: {ansible.folder}/cache\n"):
        run = ansible.inventory(TREE + more + f"pbx_credentials:\n  - {given}\n", "--list", "-vvvv", **AWX)
        assert run.code
        assert f"pbx_credentials, {words}" in " ".join(run.output.split())
        assert "Traceback" not in run.output
        assert list(exposed(run, {*lab.secrets, secret})) == []
        assert [entry for entry in lab.log() if entry["system"] == "yeastar"] == []


def test_the_first_entry_that_matches_is_the_one_that_logs_in(ansible: Ansible, lab: Lab) -> None:
    pbx = lab.ready["yeastar"]["pbx"]
    right = f"client_id: {pbx['client_id']}, client_secret: {pbx['client_secret']}"
    source = YCM + f"""
onsite_proxies: true
hostnames: [sn]
include: ["status=='Running' && starts_with(sn, '3659')"]
pbx_client_id: nobody
pbx_client_secret: n0thing-at-all
pbx_credentials:
  - {{match: 'No such PBX', {right}}}
  - {{match: '{{{{ "3659B43" }}}}*', {right}}}
  - {{match: '*', client_id: wrong, client_secret: wr0ng-secret-of-mine}}
"""
    run = ansible.inventory(source, "--list", "-v", "--output", str(ansible.folder / "out.json"))
    assert run.code == 0 and run.warnings == []
    assert "entries of pbx_credentials that no running Cloud PBX needs: No such PBX, *" in " ".join(run.output.split())
    assert list(exposed(run, {*lab.secrets, "wr0ng-secret-of-mine", "n0thing-at-all"})) == []


def test_without_credentials_it_is_told_which(read: Read) -> None:
    inventory = read(TREE, YEASTAR_CLIENT_ID="")
    assert inventory.groups["cloud_pbxs"]
    assert inventory.warnings
    assert all("Set pbx_client_id and pbx_client_secret" in text for text in inventory.warnings)


def test_a_cached_inventory_asks_nobody(ansible: Ansible, read: Read, lab: Lab) -> None:
    first = ansible.inventory(cached(ansible), "--list")
    assert lab.log(path="instances")
    lab.forget_log()
    second = ansible.inventory(cached(ansible), "--list")
    assert lab.log() == []
    assert second.json == first.json
    # The cache that was read isn't changed by what was made of it.
    third = read(cached(ansible) + "compose: {more: cloud_pbx.id}\n")
    assert lab.log() == []
    assert len(third.hosts) == 30
    assert all(int(found["more"]) == found["cloud_pbx"]["id"] for found in third.hosts.values())
    files = [file.read_text(encoding="utf-8") for file in (ansible.folder / "cache").rglob("*") if file.is_file()]
    assert files
    secrets = lab.secrets | ansible.issued_tokens()
    assert not [secret for secret in secrets for text in files if secret in text]


def test_other_options_have_another_cache(ansible: Ansible, read: Read, lab: Lab) -> None:
    assert len(read(cached(ansible)).hosts) == 30
    lab.forget_log()
    assert len(read(cached(ansible) + "filters: {search: Cloud PBX}\n").hosts) == 2
    assert lab.log(path="instances")


def test_an_old_cache_is_better_than_none(ansible: Ansible, read: Read, lab: Lab) -> None:
    old = cached(ansible, timeout=-1, stale=True)
    first = read(old)
    lab.fault("status", status=503, times=None, match={"system": "ycm", "path": "instances"})
    again = read(old + "api_retries: 0\n")
    assert again.hosts == first.hosts
    assert ["using what was cached earlier" in text for text in again.warnings] == [True]
    strict = ansible.inventory(cached(ansible, timeout=-1) + "api_retries: 0\n", "--list", **AWX)
    assert strict.code
    assert "HTTP status 503" in " ".join(strict.stderr.split())


def test_a_pbx_that_is_down_keeps_the_proxies_that_were_cached(ansible: Ansible, read: Read, lab: Lab) -> None:
    source = cached(ansible, timeout=-1, stale=True) + "onsite_proxies: true\npbx_retries: 0\nfilters: {search: 3659B43}\n"
    first = read(source)
    running = {found["cloud_pbx"]["sn"].lower(): name for name, found in first.hosts.items() if found.get("pbx_enabled")
               and "cloud_pbx" in found}  # fmt: skip
    serial, name = sorted(running.items())[3]
    lab.fault("close", times=None, match={"name": serial})
    again = read(source)
    assert again.groups["pbx_unreachable"] == [name]
    assert again.groups[f"proxies_of_{name}"] == first.groups[f"proxies_of_{name}"]
    assert set(again.hosts) == set(first.hosts)
    assert len(again.warnings) == 1
    without = read(source.replace("stale_if_error: true", "stale_if_error: false"))
    assert set(first.hosts) - set(without.hosts) == set(first.groups[f"proxies_of_{name}"])


def test_a_damaged_cache_is_read_anew(ansible: Ansible, read: Read, lab: Lab) -> None:
    first = read(cached(ansible))
    [file] = [file for file in (ansible.folder / "cache").rglob("*") if file.is_file()]
    file.write_text("{no json", encoding="utf-8")
    lab.forget_log()
    again = read(cached(ansible))
    assert again.hosts == first.hosts
    assert lab.log(path="instances")
    assert ["corrupt" in text for text in again.warnings] == [True]


def test_what_was_read_is_kept_though_a_group_fails(ansible: Ansible, read: Read, lab: Lab) -> None:
    bad = cached(ansible) + "strict: true\ngroups: {odd: nowhere.at_all > 1}\n"
    failed = ansible.inventory(bad, "--list", **AWX)
    assert failed.code and "odd" in failed.stderr
    lab.forget_log()
    assert len(read(cached(ansible)).hosts) == 30
    assert lab.log() == []


def test_templates_cannot_change_what_is_cached(ansible: Ansible, read: Read) -> None:
    evil = "compose:\n  done: >-\n    cloud_pbx.update({'name': 'changed'})\n  list: cloud_pbx.__class__\n"
    first = read(cached(ansible))
    assert len(first.hosts) == 30
    read(cached(ansible) + evil)
    assert read(cached(ansible)) == first
    for file in (ansible.folder / "cache").iterdir():
        file.unlink()
    read(cached(ansible) + evil)
    assert read(cached(ansible)) == first


def test_another_token_has_another_cache(ansible: Ansible, lab: Lab) -> None:
    ansible.inventory(YCM, "--list").must_succeed()
    tokens = [token for token in ansible.issued_tokens() if token]
    runs = []
    for token in (*tokens, "another-token-of-nobody"):
        runs.append(ansible.inventory(cached(ansible), "--list", YCM_TOKEN=token, **AWX))
    # A token of nobody never gets what was cached for somebody.
    assert {run.code for run in runs[-1:]} != {0}
    kept = "".join(f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in (ansible.folder / "cache").iterdir())
    assert kept and not [token for token in tokens if token in kept]


def test_an_old_cache_when_the_port_is_closed(ansible: Ansible, read: Read, lab: Lab) -> None:
    old = cached(ansible, timeout=-1, stale=True) + "api_retries: 0\n"
    first = read(old)
    # Nobody listens behind this proxy, so that the address, which is a part of the cache's key, stays the same.
    again = read(old, YCM_PROXY="http://127.0.0.1:1")
    assert again.hosts == first.hosts
    assert ["can't be reached" in text for text in again.warnings] == [True]


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
    login = lab.ready["yeastar"]["pbx"]
    own = {"yeastar_api_client_id": login["client_id"], "yeastar_api_client_secret": "{{ lookup('env', 'SECRET') }}"}
    variables = {"YEASTAR_CLIENT_SECRET": "", "SECRET": login["client_secret"]}
    play = {"hosts": "cloud_pbxs", "vars": own, "variables": variables}
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
