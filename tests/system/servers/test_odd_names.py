# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that mean something to URLs, files, templates and terminals arrive as they are, in their one place, or are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import validated
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import run_task
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from ansible_collections.telephony.pbx.plugins.plugin_utils.session.remote import RemoteSession
from tests.system.support.direct import session_process
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

NAMES = {
    "a slash": "a/b", "slashes": "/etc//passwd", "a percent sign": "100%", "an escape": "a%2Fb", "a broken escape": "%zz",
    "at": "a@b", "a semicolon": "a;b", "a query": "a?b=c&d", "a fragment": "a#b", "one dot": ".", "two dots": "..",
    "up": "../../admin/info", "up, escaped": "..%2f..", "a dot in front": ".hidden", "a dash in front": "-rf",
    "a template": "{{ 7*7 }}", "a placeholder": "{name}", "blanks": " a  b ", "plus": "a+b", "an emoji": "\U0001f4de desk",
    "right to left": "\u202eksed", "accents": "Z\u00fcrich-\u5317", "a NUL": "a\0b", "a line break": "a\r\nb: c",
    "quotes": "a\"b'c", "a backslash": "a\\b", "brackets": "[general]", "long": "n" * 500,
}  # fmt: skip
TO_WRITE = [name for place, name in enumerate(NAMES.values()) if place % 2]
FEW = (NAMES["up"], NAMES["a query"], NAMES["a template"], NAMES["a line break"], NAMES["right to left"])
INFOS = {
    name: item.resource
    for name, item in MODULES.items()
    if isinstance(item, InfoModule) and item.resource.keys and name not in ("jade_configuration_info", "jade_chat_message_info")
}
CASES = [(name, key) for name, item in INFOS.items() for key in item.keys if item.field(key).type != "int"]


@pytest.fixture
def near(lab: Lab, documented: Ansible) -> Iterator[Lab]:
    """The lab, for tasks that run in this process."""
    with session_process(documented.variables):
        yield lab


def task(module: str, **given: Any) -> dict[str, Any]:
    """One task."""
    checked = validated(module, given)
    assert not checked.error_messages, checked.error_messages
    result = run_task(module, checked.validated_parameters, False, RemoteSession, lambda text: None)
    if result.get("failed"):
        assert len(result["msg"].splitlines()) == 1, result["msg"]
    return dict(result)


def forms(name: str) -> set[str]:
    """How a name may stand in a path: alone, or as modules, queue members and parts of keys are asked for."""
    parts = {name, name + ".so", name.removesuffix(".so"), name.rpartition("@")[0], name.rpartition("/")[2], f"{name}@{name}"}
    return {quote(part, safe="") for part in parts if part}


def allowed(system: str, name: str) -> set[str]:
    """Every path that may be asked for on behalf of a name: the lists, and each object of that name."""
    found = {path for entry in REGISTERED[system].resources for _method, path in entry.calls}
    found |= {path for state in REGISTERED[system].states for _method, path in state.calls}
    filled = {re.sub(r"\{\w+\}", lambda match, form=form: form, path) for path in found for form in {*forms(name), *OWN}}
    return {path.partition("?")[0] for path in found | filled}


# What a task asks for by itself: objects by the IDs that the server has given them, and what has to read a file again.
OWN = ("ID", "pbx_config", "pbx_config.so", "app_queue.so", "res_parking.so")
GIVEN = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def paths(lab: Lab, system: str) -> list[str]:
    """The paths that arrived, as sent, below the address of the system's API."""
    sent = [entry["path"] for entry in lab.log(system=system, login="false")]
    return [re.sub(r"^/[^/]+/[^/]+(?=/)", "", path) if system in ("jade", "yeastar") else path for path in sent]


def assert_in_place(lab: Lab, system: str, name: str) -> None:
    """Nothing was asked for but what belongs to the name."""
    known = allowed(system, name)
    for path in (GIVEN.sub("ID", path) for path in paths(lab, system)):
        assert any(path.endswith(one) for one in known if one), (path, name)
        assert "/../" not in path + "/"
        assert "/./" not in path + "/"


@pytest.mark.parametrize(("module", "key"), CASES, ids=[f"{module}-{key}" for module, key in CASES])
def test_an_object_is_asked_for_by_exactly_its_name(module: str, key: str, near: Lab) -> None:
    item, system = INFOS[module], MODULES[module].systems[0]
    in_path = key == item.detail_key and bool(item.detail_path) and system != "yeastar"
    for name in NAMES.values() if in_path else FEW:
        near.forget_log()
        result = task(module, **{key: name})
        assert_in_place(near, system, name)
        if result.get("failed"):
            assert result["error"]["kind"] in ("bad_input", "unsupported"), result["msg"]
            if result["error"]["kind"] == "bad_input":
                assert paths(near, system) == []
            continue
        assert [row[key] for row in result[item.plural]] in ([], [name])
        if in_path and module != "jade_queue_member_info":  # which asks for nothing where no queue is named
            assert any(path.endswith("/" + form) for path in paths(near, system) for form in forms(name)), paths(near, system)


def test_the_chat_whose_messages_are_asked_for_is_exactly_that_one(near: Lab) -> None:
    for name in NAMES.values():
        near.forget_log()
        result = task("jade_chat_message_info", chat=name)
        assert_in_place(near, "jade", name)
        assert result["error"]["kind"] in ("bad_input", "not_found"), result["msg"]
        asked = [path for path in paths(near, "jade") if path.endswith("/messages")]
        assert all(path.endswith(f"/chats/{quote(name, safe='')}/messages") for path in asked)
        assert bool(asked) is (result["error"]["kind"] == "not_found")


# Written, found again, and removed, with nothing else touched. Each takes the name alone or with what a new one needs.
WRITTEN: dict[str, tuple[str, str, dict[str, Any]]] = {
    "jade_sdialplan": ("jade_sdialplan_info", "name", {"lines": ["exten => 1,1,NoOp()"]}),
    "jade_sdp": ("jade_sdp_info", "name", {"lines": ["exten => 1,1,NoOp()"], "reload": False}),
    "jade_queue": ("jade_queue_config_info", "name", {"strategy": "ringall", "reload": False}),
    "jade_parking_lot": ("jade_parking_lot_config_info", "name", {"parkext": "900", "reload": False}),
    "jade_user": ("jade_user_info", "username", {"password": "of-no-use"}),
    "jade_adpma": ("jade_adpma_info", "name", {"detail": "odd"}),
    "jade_manager_user": (
        "jade_manager_user_info", "username", {"password": "of-no-use", "context": "demo", "permissions": ["user"]}
    ),
    "jade_trunk": (
        "jade_trunk_info", "name",
        {"server_uri": "sip:sip.example.com", "client_uri": "sip:100@sip.example.com", "username": "100",
         "password": "of-no-use", "contact": "sip:sip.example.com", "context": "from-provider", "hostname": "sip.example.com"},
    ),
    "yeastar_onsite_proxy": ("yeastar_onsite_proxy_info", "name", {}),
    "ycm_cloud_pbx": (
        "ycm_cloud_pbx_info", "name",
        {"plan": "Ultimate Plan", "type": "Commercial", "region_id": 2, "domain_id": 3, "sub_domain": "odd", "version_id": 764,
         "customer_ids": [50329411], "extension_capacity": 20, "concurrent_call_capacity": 10, "upgrade_in_pbx": True,
         "recording_enabled": True, "recording_capacity": 500, "passwordless_login": False, "im": True},
    ),
}


@pytest.mark.parametrize("module", WRITTEN)
def test_an_object_is_made_found_and_removed_by_exactly_its_name(module: str, near: Lab) -> None:
    info, key, needed = WRITTEN[module]
    plural, system = INFOS[info].plural, MODULES[module].systems[0]
    before = task(info)[plural]
    made = 0
    for name in TO_WRITE:
        near.forget_log()
        result = task(module, **{key: name}, **needed)
        assert_in_place(near, system, name)
        if result.get("failed"):
            assert result["error"]["kind"] == "bad_input", result["msg"]
            assert [entry for entry in near.log(system=system, login="false") if not Lab.only_asks(entry)] == []
            continue
        made += 1
        assert result["changed"]
        assert not task(module, **{key: name}, **needed)["changed"]
        assert [row[key] for row in task(info, **{key: name})[plural]] == [name]
        assert len(task(info)[plural]) == len(before) + 1
        assert task(module, **{key: name}, state="absent")["changed"]
        assert_in_place(near, system, name)
        assert task(info)[plural] == before
    assert made >= 5, made
