# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventories: what becomes a host, how it is called, and what it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.system.support.inventories import Inventory
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

Read = Callable[..., Inventory]
YCM = "plugin: telephony.pbx.ycm\n"
YEASTAR = "plugin: telephony.pbx.yeastar\n"
# What AWX sets when it reads an inventory source.
AWX = {
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_INVENTORY_ENABLED": "auto",
    "ANSIBLE_INVENTORY_EXPORT": "True",
}
TEMPLATE = "{{ 7*7 }}"
HARMLESS = "(( 7*7 ))"  # as the name of a host, which Ansible up to 2.18 would template


def plain(value: Any) -> Any:
    """JSON as ansible-inventory prints it from 2.19 on, without its marks of untrusted text."""
    if isinstance(value, dict):
        if value.keys() == {"__ansible_unsafe"}:
            return value["__ansible_unsafe"]
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def hostvars(run: Run) -> dict[str, dict[str, Any]]:
    """Variables by host."""
    return plain(run.json)["_meta"]["hostvars"]


def test_cloud_pbxs(ansible: Ansible, lab: Lab) -> None:
    run = ansible.inventory(YCM, "--list")
    hosts = hostvars(run)
    assert len(hosts) == 30
    pbx = hosts["Yeastar P-Series Cloud PBX2"]
    assert pbx["ansible_connection"] == "local"
    assert pbx["pbx_system"] == "ycm"
    assert pbx["pbx_id"] == f"ycm:127.0.0.1:{lab.ready['port']}/7738"
    assert pbx["pbx_enabled"] is True
    assert pbx["cloud_pbx"]["id"] == 7738
    assert pbx["yeastar_api_url"] == f"https://{pbx['cloud_pbx']['url']}"
    assert hosts["Yeastar P-Series Cloud PBX1"]["pbx_enabled"] is False
    assert sorted(run.json["cloud_pbxs"]["hosts"]) == sorted(hosts)
    assert run.stderr == ""
    assert list(exposed(run, lab.secrets)) == []


def test_groups_and_variables(read: Read) -> None:
    source = YCM + """
keyed_groups:
  - {key: cloud_pbx.status | lower, prefix: pbx}
  - {key: cloud_pbx.region, prefix: region}
groups:
  roomy: cloud_pbx.extension_capacity >= 100
compose:
  free_extensions: cloud_pbx.extension_capacity - cloud_pbx.used_extensions
  ansible_host: "'host-' ~ cloud_pbx.id"
"""
    inventory = read(source)
    hosts, groups = inventory.hosts, inventory.groups
    running = {name for name, found in hosts.items() if found["cloud_pbx"]["status"] == "Running"}
    roomy = {name for name, found in hosts.items() if found["cloud_pbx"]["extension_capacity"] >= 100}
    assert set(groups["pbx_running"]) == running
    assert set(groups["roomy"]) == roomy
    assert "region_China_GuangDong_" in groups
    for found in hosts.values():
        pbx = found["cloud_pbx"]
        # Up to 2.18 Ansible makes text of what it computes.
        assert int(found["free_extensions"]) == pbx["extension_capacity"] - pbx["used_extensions"]
        assert found["ansible_host"] == f"host-{pbx['id']}"


def test_graph(ansible: Ansible) -> None:
    source = YCM + "hostnames: [id]\ninclude: [\"status=='Stopped'\"]\nexclude: [\"id!=`7715`\"]\n"
    run = ansible.inventory(source, "--graph").must_succeed()
    assert run.stdout.split() == ["@all:", "|--@ungrouped:", "|--@cloud_pbxs:", "|", "|--7715"]


def test_names(read: Read) -> None:
    source = YCM + "hostnames: ['{{ cloud_pbx.group | lower }}-{{ cloud_pbx.id }}', name]\nfilters: {search: Cloud PBX}\n"
    assert set(read(source).hosts) == {"commercial pce-7715", "commercial pce-7738"}


def test_a_clash_of_names_names_both(ansible: Ansible, read: Read) -> None:
    source = YCM + "hostnames: [sn]\nfilters: {search: Cloud PBX}\n"
    run = ansible.inventory(source, "--list", **AWX)
    assert run.code
    assert "two hosts would get the name '3658B431119XXXXX'" in " ".join(run.stderr.split())
    assert "/7715 and Cloud PBX ycm:" in " ".join(run.stderr.split())
    assert "Traceback" not in run.output
    assert set(read(source + "on_host_clash: suffix\n").hosts) == {"3658B431119XXXXX_7715", "3658B431119XXXXX_7738"}


NATIVE = "Invalid group name format"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (YCM + "include: ['[?']\n", "query is no valid JMESPath"),
        (YCM + "filters: {colour: blue}\n", "filters holds colour; the server can filter by search, sort"),
        (YCM + "filters: {sort: colour}\n", "filters: sort is 'colour', but must be one of cloudPbxId, -cloudPbxId"),
        (YCM + "hostnames: ['{{ cloud_pbx.no.where }}']\n", "hostnames: '{{ cloud_pbx.no.where }}' is a template that fails"),
        (YCM + "api_proxy: '{{ nowhere }}'\n", "api_proxy is a template that fails"),
        (
            YCM + "keyed_groups: [{key: pbx_enabled}]\n",
            "keyed_groups: Invalid group name format, expected a string or a list of them or dictionary, got: <class 'bool'>."
            " Make text of a number or a switch, for example with cloud_pbx.id | string or",
        ),
        (YCM + "strict: true\ncompose: {more: cloud_pbx.nowhere.at_all}\n", "Could not set more for host"),
        (YCM + "hostnames: [colour]\n", "hostnames holds 'colour', which is neither a template nor a field"),
        (YCM + "api_client_id: somebody\napi_client_secret: wr0ng-secret-of-mine\n", "client ID or client secret is wrong"),
        (YCM + "api_url: https://127.0.0.1:1\napi_retries: 0\n", "no connection: connection refused"),
        (YCM + "api_url: ''\n", "api_url is missing"),
    ],
)
def test_a_failure_is_one_line(source: str, words: str, ansible: Ansible, lab: Lab) -> None:
    run = ansible.inventory(source, "--list", "-vvv", **AWX)
    assert run.code
    assert words in " ".join(run.output.split())
    assert "Traceback" not in run.output
    assert list(exposed(run, {*lab.secrets, "wr0ng-secret-of-mine"})) == []


def test_a_number_names_a_group_or_is_told_what_to_write(ansible: Ansible) -> None:
    """Before templates gave values of any type, a number was text by then."""
    run = ansible.inventory(YCM + "keyed_groups: [{key: cloud_pbx.id}]\n", "--list", **AWX)
    assert bool(run.code) == (NATIVE in " ".join(run.output.split()))
    if run.code:
        assert "Make text of a number or a switch" in " ".join(run.output.split())
    else:
        assert "_7738" in run.json


def test_a_wrong_file_name_is_told(ansible: Ansible) -> None:
    run = ansible.inventory(YCM, "--list", "-v", name="fleet.yml", ANSIBLE_INVENTORY_ENABLED="telephony.pbx.ycm")
    assert "the file's name has to end in ycm.yml or ycm.yaml" in " ".join(run.output.split())


def test_onsite_proxies(read: Read, lab: Lab) -> None:
    source = YEASTAR + "keyed_groups: [{key: onsite_proxy.status, prefix: proxy}]\nexclude: [\"name=='Proxy_001'\"]\n"
    inventory = read(source, name="proxies.yeastar.yml")
    hosts = inventory.hosts
    assert len(hosts) == 49
    proxy = hosts["Proxy_033"]
    assert proxy["onsite_proxy"]["name"] == "Proxy_033"
    assert proxy["ansible_host"] == proxy["onsite_proxy"]["public_ip"]
    assert proxy["yeastar_api_url"] == lab.ready["yeastar"]["pbx"]["url"]
    assert "ansible_connection" not in proxy
    connected = {name for name, found in hosts.items() if found["onsite_proxy"]["status"] == "connected"}
    assert set(inventory.groups["proxy_connected"]) == connected


@pytest.mark.parametrize("arguments", [("--list", "--export"), ("--list", "--export", "-vvv")])
def test_as_awx_reads_it(arguments: tuple[str, ...], ansible: Ansible) -> None:
    run = ansible.inventory(YCM, *arguments, **AWX)
    if "-vvv" not in arguments:
        assert len(run.json["_meta"]["hostvars"]) == 30
        return
    # At -v Ansible itself writes to standard output; the hosts are there all the same.
    assert run.must_succeed().stdout.count('"pbx_enabled"') == 30


def test_texts_of_a_pbx_are_no_templates(ansible: Ansible, lab: Lab) -> None:
    tasks = f"""
- name: Rename
  telephony.pbx.api:
    system: yeastar
    method: POST
    path: /onsiteproxy/create
    body: {{name: "{{% raw %}}{TEMPLATE}{{% endraw %}}", platform: linux}}
"""
    ansible.play(tasks).must_succeed()
    source = YEASTAR + "include: [\"contains(name, '7*7')\"]\ncompose: {copied: onsite_proxy.name}\n"
    file = ansible.write("proxies.yeastar.yml", source)
    listed = ansible.run("ansible-inventory", "-i", str(file), "--list")
    assert {name: found["copied"] for name, found in hostvars(listed).items()} == {HARMLESS: TEMPLATE}
    names = ("onsite_proxy.name", "copied", "inventory_hostname", "inventory_hostname_short")
    texts = " ".join("{{ %s }}" % name for name in names)
    show = f"- name: Show\n  ansible.builtin.debug: {{msg: '{texts}'}}"
    run = ansible.play(show, "-i", str(file), hosts="all", connection="local").must_succeed()
    assert run.result("Show")["msg"] == f"{TEMPLATE} {TEMPLATE} {HARMLESS} {HARMLESS}"


def test_groups_of_switches_and_numbers(read: Read) -> None:
    """The ways that the message and the documentation tell."""
    source = YCM + """
keyed_groups:
  - {key: "pbx_enabled | ternary('enabled', 'disabled')", separator: ""}
  - {key: cloud_pbx.extension_capacity | string, prefix: size}
  - {key: pbx_enabled | string, prefix: enabled_is}
"""
    inventory = read(source)
    hosts, groups = inventory.hosts, inventory.groups
    enabled = {name for name, found in hosts.items() if found["pbx_enabled"]}
    assert set(groups["enabled"]) == set(groups["enabled_is_True"]) == enabled
    assert set(groups["disabled"]) == set(groups["enabled_is_False"]) == set(hosts) - enabled
    for found in hosts.values():
        assert f"size_{found['cloud_pbx']['extension_capacity']}" in groups


def test_without_strict_what_fails_is_left_out(read: Read) -> None:
    source = YCM + "compose: {more: cloud_pbx.nowhere.at_all, same: cloud_pbx.id}\nkeyed_groups: [{key: cloud_pbx.no.where}]\n"
    hosts = read(source).hosts
    assert hosts
    assert all("same" in found and "more" not in found for found in hosts.values())


def test_a_secret_of_the_environment_is_no_template(ansible: Ansible, lab: Lab) -> None:
    secret = "{{ 7*7 }}{#-of-mine"
    run = ansible.inventory(YCM, "--list", "-vvvv", YCM_CLIENT_SECRET=secret, **AWX)
    assert "client ID or client secret is wrong" in " ".join(run.output.split())
    assert list(exposed(run, {*lab.secrets, secret, "7*7 }}{#-of"})) == []


def test_connect_with(read: Read) -> None:
    more = "connect_with: ssh\nproxy_connect_with: community.docker.nsenter\n"
    source = YCM + more + "onsite_proxies: true\nfilters: {search: 3659B43}\n"
    hosts = read(source).hosts
    found = {("cloud_pbx" in one and "onsite_proxy" not in one, one["ansible_connection"]) for one in hosts.values()}
    assert found == {(True, "ssh"), (False, "community.docker.nsenter")}


@pytest.mark.parametrize(("system", "noun"), [("telecomx", "sip_phone"), ("aicc", "softphone"), ("yeastar", "onsite_proxy")])
def test_every_host_has_what_awx_needs(system: str, noun: str, read: Read) -> None:
    hosts = read(f"plugin: telephony.pbx.{system}\n", name=f"all.{system}.yml").hosts
    assert hosts
    assert len({found["pbx_id"] for found in hosts.values()}) == len(hosts)
    for found in hosts.values():
        assert found["pbx_id"].startswith(f"{system}:")
        assert found["pbx_system"] == system
        assert isinstance(found["pbx_enabled"], bool)
        assert noun in found
