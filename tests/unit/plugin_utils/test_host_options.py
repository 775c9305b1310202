# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of a host add to a task, and when an address of the environment is refused."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JADE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from ansible_collections.telephony.pbx.plugins.plugin_utils.host_options import host_options, refuse_shared_address
from ansible_collections.telephony.pbx.plugins.plugin_utils.untrusted import trust_as_template, untrusted

URL = "https://pbx:8081"
ACCOUNT = {"jade_api_username": "robot", "jade_api_password": "s3cret"}
PLAY = {"inventory_hostname": "aarhus", "ansible_play_hosts_all": ["aarhus", "berlin"], "groups": {"all": ["aarhus", "berlin"]}}


def template(text: str) -> Any:
    """Text of a playbook or an inventory file."""
    return trust_as_template(text) if trust_as_template else text


def found(given: dict[str, Any], **variables: Any) -> dict[str, Any]:
    return host_options(JADE, given, variables, Templar(loader=DataLoader(), variables=variables))


def test_variables_are_named_after_the_system_and_the_option() -> None:
    variables = {**ACCOUNT, "jade_api_url": URL, "yeastar_api_url": "https://other", "jade_api_nothing": 1, "api_token": "x"}
    assert found({}, **variables) == {"api_url": URL, "api_username": "robot", "api_password": "s3cret"}


def test_the_task_comes_first_option_by_option_and_the_login_whole() -> None:
    variables = {**ACCOUNT, "jade_api_url": URL, "jade_api_token": "t0ken", "jade_api_timeout": 5, "jade_api_retries": 1}
    assert found({"api_timeout": 1}, **variables)["api_retries"] == 1
    assert "api_timeout" not in found({"api_timeout": 1}, **variables)
    for part in ("api_username", "api_password", "api_token"):
        assert set(found({part: "given"}, **variables)) == {"api_url", "api_timeout", "api_retries"}
    assert set(found({"api_token": None}, **variables)) >= {"api_token", "api_username", "api_password"}


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (template("{{ true }}"), True),
        (template("{{ false }}"), False),
        (template("{{ other }}"), False),
        (False, False),
        ("no", False),
    ],
)
def test_switches(value: Any, typed: bool) -> None:
    assert found({}, jade_api_validate_certs=value, other=False) == {"api_validate_certs": typed}


@pytest.mark.parametrize(("value", "typed"), [(5, 5.0), ("2.5", 2.5), (template("{{ 2 + 1 }}"), 3.0)])
def test_numbers(value: Any, typed: float) -> None:
    assert found({}, jade_api_timeout=value) == {"api_timeout": typed}


@pytest.mark.parametrize("password", ["[a]", '{"a": 1}', "True", "0700", " x "])
def test_a_password_by_a_template_stays_the_text_that_it_is(password: str) -> None:
    text = template("{{ vault_password }}")
    assert found({}, jade_api_password=text, vault_password=password) == {"api_password": password}


def test_what_is_not_trusted_is_no_template() -> None:
    text = untrusted("{{ nothing }}")
    assert found({}, jade_api_username=text) == {"api_username": "{{ nothing }}"}


def test_null_is_not_given_and_empty_text_is() -> None:
    assert found({}, jade_api_url=None, jade_api_username="") == {"api_username": ""}


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("url", template("{{ missing }}"), "the variable jade_api_url is a template that fails: "),
        ("timeout", template("{{ 1 / 0 }}"), "the variable jade_api_timeout is a template that fails: "),
        ("timeout", "soon", "jade_api_timeout is 'soon', but must be a number"),
        ("timeout", True, "jade_api_timeout is True, but must be a number"),
        ("retries", 1.5, "jade_api_retries is 1.5, but must be a number"),
        ("retries", 99, "jade_api_retries is 99, but must be at most 20"),
        ("validate_certs", 2, "jade_api_validate_certs is 2, but must be true or false"),
        ("username", ["a"], "jade_api_username must be text, not a list or a dictionary"),
        ("token", "two\nlines", "jade_api_token holds a line break or another control character"),
    ],
)
def test_what_is_wrong_is_told_by_the_name_of_the_variable(name: str, value: Any, part: str) -> None:
    with pytest.raises(BadInput) as caught:
        found({}, **{f"jade_api_{name}": value})
    assert part in str(caught.value)


def test_a_template_of_a_secret_that_fails_is_not_shown() -> None:
    with pytest.raises(BadInput) as caught:
        found({}, jade_api_password=template("{{ 's3cret' | nonsense }}"))
    assert str(caught.value) == "the variable jade_api_password is a template that fails"
    assert caught.value.__suppress_context__


def test_two_hosts_do_not_share_an_address_by_chance() -> None:
    with pytest.raises(BadInput) as caught:
        refuse_shared_address(JADE, {}, PLAY, run_once=False)
    assert str(caught.value) == (
        "Jade: aarhus has no variable jade_api_url, and all 2 hosts of this play would share the address that is in the"
        " environment variable JADE_URL. Set the variable for each host. If one PBX is meant for all of them, set it in the vars"
        " of the play, set api_url in module_defaults, or use run_once"
    )


def test_a_lookup_is_not_told_of_what_it_can_not_know() -> None:
    with pytest.raises(BadInput) as caught:
        refuse_shared_address(JADE, {}, PLAY, run_once=None)
    assert str(caught.value).endswith("set it in the vars of the play or in those of a group")


def test_without_a_play_the_hosts_of_the_inventory_count() -> None:
    variables = {name: value for name, value in PLAY.items() if name != "ansible_play_hosts_all"}
    with pytest.raises(BadInput, match="all 2 hosts of the inventory"):
        refuse_shared_address(JADE, {}, variables, run_once=None)


@pytest.mark.parametrize(
    ("given", "variables", "run_once"),
    [
        ({"api_url": URL}, PLAY, False),
        ({}, PLAY, True),
        ({}, {**PLAY, "ansible_play_hosts_all": ["aarhus"]}, None),
        ({}, {**PLAY, "ansible_play_hosts_all": []}, None),
        ({}, {"ansible_play_hosts_all": ["aarhus", "berlin"]}, None),  # the hosts of a play are being found
        ({}, {"inventory_hostname": "aarhus"}, None),
        ({}, {}, None),
    ],
)
def test_what_is_meant_for_one_pbx_is_not_refused(
    given: dict[str, Any], variables: dict[str, Any], run_once: bool | None
) -> None:
    refuse_shared_address(JADE, given, variables, run_once)


def test_only_systems_that_are_a_host_are_refused() -> None:
    assert {name for name, entry in REGISTERED.items() if entry.system.per_host} == {"jade", "yeastar"}
    for name in ("ycm", "telecomx", "aicc"):
        refuse_shared_address(REGISTERED[name].system, {}, PLAY, run_once=False)
