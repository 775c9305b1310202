# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of TelecomX's SIP phones: names, variables, groups, filters, cache, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.system.servers.test_telecomx import api, logins_of_phones, of_accounts
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed
from tests.system.test_inventory import AWX, Read, hostvars

HostsOf = Callable[[str], dict[str, dict[str, Any]]]
PLUGIN = "plugin: telephony.pbx.telecomx\n"
NAME = "phones.telecomx.yml"
FIRST = "592_4EE8A34B56F3"
CACHE = "cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {}/cache\n"


def listed(ansible: Ansible, source: str = "", *arguments: str, **variables: str) -> Run:
    """Run ansible-inventory on a file with these options."""
    return ansible.inventory(PLUGIN + source, "--list", *arguments, name=NAME, **variables)


@pytest.fixture
def hosts_of(read: Read) -> HostsOf:
    """Reads an inventory with these options, and gives its hosts with their variables."""
    return lambda source: read(PLUGIN + source, name=NAME).hosts


def test_phones(ansible: Ansible, lab: Lab) -> None:
    run = listed(ansible)
    hosts = hostvars(run)
    assert set(run.json["sip_phones"]["hosts"]) == set(hosts)
    assert len(hosts) == 25
    phone = hosts[FIRST]
    assert phone["sip_phone"]["employee"]["name"] == "Donald Duck"
    assert (phone["ansible_connection"], phone["pbx_system"], phone["pbx_enabled"]) == ("local", "telecomx", True)
    assert phone["pbx_id"] == f"telecomx:{phone['sip_phone']['id']}"
    assert "ansible_host" not in phone
    assert "000413000003" in hosts  # no extension
    assert "605_000413000005_02ABC00005" in hosts and "606_000413000005_02ABC00006" in hosts  # handsets of one base
    assert {found["pbx_enabled"] for found in hosts.values()} == {True, False}
    assert run.stderr == ""
    assert of_accounts(lab) == ["POST /auth/login"]
    assert list(exposed(run, {*lab.secrets, *ansible.issued_tokens()})) == []


def test_groups_and_variables(read: Read) -> None:
    source = """
exclude: ["!extension"]
keyed_groups:
  - {key: sip_phone.model.brand | lower, prefix: brand}
groups:
  offline: not sip_phone.online
compose:
  number: sip_phone.extension.number
  ansible_host: "'phone-' ~ sip_phone.mac_address"
"""
    inventory = read(PLUGIN + source, name=NAME)
    hosts, groups = inventory.hosts, inventory.groups
    assert all(found["number"] == found["sip_phone"]["extension"]["number"] for found in hosts.values())
    assert set(groups["offline"]) == {name for name, found in hosts.items() if not found["sip_phone"]["online"]}
    # The document's example writes Snom, its table SNOM.
    assert FIRST in groups["brand_snom"] and "brand_yealink" in groups
    assert hosts[FIRST]["ansible_host"] == "phone-4EE8A34B56F3"


def test_names_and_clashes(ansible: Ansible, hosts_of: HostsOf) -> None:
    filters = "filters: {search: 4EE8A34B56F3}\n"
    source = "hostnames: ['{{ sip_phone.employee.name | lower }}', handset_address, mac_address]\n"
    assert set(hosts_of(source + filters)) == {"donald duck", "hans christian anderson"}
    source = "hostnames: [mac_address]\n" + filters
    clash = listed(ansible, source, **AWX)
    text = " ".join(clash.stderr.split())
    assert clash.code and "two hosts would get the name '4EE8A34B56F3'" in text
    assert "SIP phone telecomx:1234567890123457890ABCD and SIP phone telecomx:12345678901234567890ABCD" in text
    suffixed = hosts_of(source + "on_host_clash: suffix\n")
    assert set(suffixed) == {"4EE8A34B56F3_1234567890123457890ABCD", "4EE8A34B56F3_12345678901234567890ABCD"}


def test_filters_of_the_server(hosts_of: HostsOf, lab: Lab) -> None:
    other = lab.ready["tests"]["telecomx"]["other_customer"]
    assert set(hosts_of("filters: {search: donald duck}\n")) == {FIRST}
    free = hosts_of("filters: {available: true}\n")
    assert free and not any(found["sip_phone"]["extension"] for found in free.values())
    assert len(hosts_of(f"filters: {{customer: {other}}}\n")) == 2
    queries = [entry["query"] for entry in lab.log(path="/pbx/sipphone")]
    assert ["filter=donald+duck" in queries[0], "available=true" in queries[1], f"customer={other}" in queries[2]] == [True] * 3


def test_all_settings_without_a_secret(ansible: Ansible, lab: Lab, tmp_path: Path) -> None:
    source = "filters: {full: true}\non_host_clash: suffix\n" + CACHE.format(tmp_path)
    secrets = {*lab.secrets, *logins_of_phones(lab)}
    run = listed(ansible, source)
    hosts = hostvars(run)
    phone = hosts["4EE8A34B56F3_12345678901234567890ABCD"]
    assert phone["ansible_host"] == phone["sip_phone"]["status"]["local_ip_address"] == "192.168.1.10"
    assert phone["sip_phone"]["password"] == phone["sip_phone"]["username"] == "********"
    assert phone["sip_phone"]["network"]["vlan_priority"] == 5
    assert list(exposed(run, secrets)) == []
    cached = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "cache").iterdir())
    assert "192.168.1.10" in cached
    assert [secret for secret in secrets if secret in cached] == []


def test_the_cache_is_read_before_any_call_and_when_there_is_no_answer(
    ansible: Ansible, hosts_of: HostsOf, lab: Lab, tmp_path: Path
) -> None:
    source = CACHE.format(tmp_path)
    before = set(hosts_of(source))
    api(lab, "DELETE", "/pbx/sipphone/1234567890123457890ABCD")
    lab.forget_log()
    assert set(hosts_of(source)) == before
    assert lab.log() == []
    ansible.age_cache()
    assert set(hosts_of(source)) == before - {FIRST}
    lab.fault("error", times=None, match={"system": "telecomx"})
    quick = source + "api_retries: 0\nstale_if_error: true\n"
    ansible.age_cache()
    run = listed(ansible, quick)
    assert set(hostvars(run)) == before - {FIRST}
    assert "using what was cached earlier, since the system can't be read now: TelecomX at" in " ".join(run.stderr.split())
    # Without leave to do so it fails, and so does what was never cached.
    for options in (source + "api_retries: 0\n", quick + "filters: {search: x}\n"):
        assert listed(ansible, options, **AWX).code


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("filters: {colour: blue}\n", "filters holds colour; the server can filter by search, full, available, customer"),
        ("filters: {customer: nobody}\n", "customer is 'nobody', which TelecomX doesn't know (HTTP status 404"),
        ("hostnames: [colour]\n", "hostnames holds 'colour', which is neither a template nor a field of a SIP phone"),
        ("api_username: somebody\napi_password: wr0ng-secret-of-mine\n",
         'second factor is asked for (HTTP status 401, "credentials_invalid")'),
        ("api_token: wr0ng-secret-of-mine\n", "api_token isn't accepted (any more) (HTTP status 401, \"invalid_token\")"),
        ("api_url: https://127.0.0.1:1\napi_retries: 0\n", "no connection: connection refused"),
        ("api_url: ''\n", "api_url is missing"),
    ],
)  # fmt: skip
def test_a_failure_is_one_line(source: str, words: str, ansible: Ansible, lab: Lab) -> None:
    run = listed(ansible, source, "-vvvv", **AWX)
    assert run.code
    assert words in " ".join(run.output.split())
    assert "Traceback" not in run.output
    assert list(exposed(run, {*lab.secrets, "wr0ng-secret-of-mine"})) == []


def test_a_machine_token_and_a_play_over_phones(ansible: Ansible, lab: Lab) -> None:
    token = lab.ready["tests"]["telecomx"]["machine_token"]
    file = ansible.write(NAME, PLUGIN + "include: [\"extension.number=='592'\"]\n")
    tasks = """
- name: Note
  telephony.pbx.telecomx_sip_phone:
    id: "{{ sip_phone.id }}"
    notes: "{{ sip_phone.employee.name }}, {{ sip_phone.extension.number }}"
    update_by: put
"""
    variables = {"TELECOMX_TOKEN": token, "TELECOMX_PASSWORD": ""}
    run = ansible.play(tasks, "-i", str(file), "-vvvv", hosts="sip_phones", variables=variables).must_succeed()
    assert run.result("Note")["sip_phone"]["notes"] == "Donald Duck, 592"
    assert of_accounts(lab) == []
    assert list(exposed(run, {token})) == []
