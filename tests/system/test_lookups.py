# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookups: by key, by another field, filtered, searched, and not found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

JADE, YCM, YEASTAR, TELECOMX, AICC = (
    f"'telephony.pbx.{name}'" for name in ("jade", "ycm", "yeastar", "telecomx", "aicc")
)
PHONES = f"query({TELECOMX}, 'sip_phones')"
SOFTPHONES = f"query({AICC}, 'softphones')"
# Expressions, and what they give.
FOUND: dict[str, tuple[str, Any]] = {
    "one": (f"lookup({JADE}, 'user', 'admin').username", "admin"),
    "several": (f"query({JADE}, 'user', 'limited', 'admin') | map(attribute='username') | list", ["limited", "admin"]),
    "all": (f"query({JADE}, 'users') | map(attribute='username') | list", ["admin", "limited"]),
    "number as key": (f"lookup({YCM}, 'cloud_pbx', 7738).id", 7738),
    "text as key": (f"lookup({YCM}, 'cloud_pbx', '7738').id", 7738),
    "by another field": (f"lookup({YEASTAR}, 'onsite_proxy', 'Proxy_033', by='name').name", "Proxy_033"),
    "filtered": (f"query({YCM}, 'cloud_pbxs', filters={{'search': 'Cloud PBX2'}}) | map(attribute='id') | list", [7738]),
    "searched": (f"query({JADE}, 'users', query='[].username')", ["admin", "limited"]),
    "masked": (f"lookup({JADE}, 'user', 'admin').password", "********"),
    "on purpose": (f"lookup({JADE}, 'user', 'admin', include_secrets=true).password | length > 20", True),
    "list of keys": (f"query({JADE}, 'user', ['limited', 'admin']) | map(attribute='username') | list", ["limited", "admin"]),
    "several by name": (
        f"query({YCM}, 'cloud_pbx', 'Yeastar P-Series Cloud PBX2', 'Yeastar P-Series Cloud PBX1', by='name', query='[].id')",
        [7738, 7715],
    ),
    "several by number": (f"query({YCM}, 'cloud_pbx', 7738, 7715) | map(attribute='id') | list", [7738, 7715]),
    "several, searched": (f"query({YCM}, 'cloud_pbx', 7738, 7715, query='[].id')", [7738, 7715]),
    "wantlist": (f"lookup({JADE}, 'user', 'admin', wantlist=true) | length", 1),
    "SIP phone by its ID": (f"lookup({TELECOMX}, 'sip_phone', {PHONES}[1].id).id == {PHONES}[1].id", True),
    "softphone by its number": (f"lookup({AICC}, 'softphone', {SOFTPHONES}[1].number) == {SOFTPHONES}[1]", True),
    "all softphones": (f"{SOFTPHONES} | length", 2),
    "warned": (f"query({JADE}, 'user', 'nobody-at-all', errors='warn')", []),
    "ignored": (f"query({JADE}, 'user', 'nobody', errors='ignore')", []),
    "other account": (
        f"query({JADE}, 'users', api_username='limited', api_password='limited', errors='ignore')", [],
    ),
}  # fmt: skip
FAILED: dict[str, tuple[str, str]] = {
    "not found": (f"lookup({JADE}, 'user', 'nobody')", "there is no user nobody"),
    "no such kind": (f"lookup({JADE}, 'nonsense')", "the first term must be one of"),
    "nearly": (f"query({YEASTAR}, 'onsite_proxys')", "the first term must be one of onsite_proxies, not 'onsite_proxys'."
               " Do you mean onsite_proxy?"),
    "no kind at all": (f"query({YCM})", "the first term must be one of cloud_pbxs, not ''"),
    "no SIP phone": (f"query({TELECOMX}, 'sip_phone', '0123456789abcdef01234567')", "there is no SIP phone 0123456789abcdef"),
    "no softphone": (f"query({AICC}, 'softphone', '999')", "there is no softphone 999"),
    "one of several names": (f"query({YCM}, 'cloud_pbx', 'Yeastar P-Series Cloud PBX2', 'x', by='name')", "no Cloud PBX x"),
    "one of several not found": (f"query({YCM}, 'cloud_pbx', 7738, 1)", "there is no Cloud PBX 1"),
    "no filters at all": (f"query({AICC}, 'softphones', filters={{'colour': 1}})", "it can't filter them at all; use query"),
    "which filters": (f"query({YEASTAR}, 'onsite_proxies', filters={{'c': 1}})", "onsite_proxies by: it can filter by search, "),
    "strict": (f"query({JADE}, 'user', 'nobody', errors='strict')", "there is no user nobody"),
    "no such field": (f"lookup({JADE}, 'user', 'admin', by='name')", "by is 'name', but must be one of username, uuid"),
    "no number": (f"lookup({YCM}, 'cloud_pbx', 'abc')", "'abc' is no id of a Cloud PBX: it must be a number"),
    "no such filter": (f"query({YCM}, 'cloud_pbxs', filters={{'colour': 1}})", "filters holds colour"),
    "bad JMESPath": (f"query({JADE}, 'users', query='[?')", "query is no valid JMESPath expression"),
    "missing permission": (
        f"query({JADE}, 'users', api_username='limited', api_password='limited')", "the account may not do this",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def run(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them in one play."""
    running.reset()
    ansible = Ansible(tmp_path_factory.mktemp("lookups"), running.environment())
    return ansible.evaluate({name: case[0] for name, case in {**FOUND, **FAILED}.items()}, "-vvv")


@pytest.mark.parametrize("name", list(FOUND))
def test_found(name: str, run: Run) -> None:
    expected = FOUND[name][1]
    # Up to 2.18 a number becomes text on its way into the message.
    assert run.result(name)["msg"] in (expected, str(expected))


@pytest.mark.parametrize("name", list(FAILED))
def test_failed(name: str, run: Run) -> None:
    assert FAILED[name][1] in run.failure(name)["msg"]


def test_warn_gives_a_warning(run: Run) -> None:
    assert ["there is no user nobody-at-all" in text for text in run.warnings] == [True]


def test_several_keys_read_a_list_once(ansible: Ansible, lab: Lab) -> None:
    """By a field for which the server has no call of its own."""
    names = ", ".join(f"'Yeastar P-Series Cloud PBX{number}'" for number in (2, 1))
    call = f"query({YCM}, 'cloud_pbx', {names}, by='name') | map(attribute='id') | list"
    task = f"- name: Ask\n  ansible.builtin.debug: {{msg: \"{{{{ {call} }}}}\"}}"
    assert ansible.play(task).result("Ask")["msg"] in ([7738, 7715], "[7738, 7715]")
    assert len(lab.log(path="instances")) == 1


def test_nothing_leaks(run: Run, running: Lab) -> None:
    assert "Traceback" not in run.output
    assert list(exposed(run, running.secrets)) == []
    assert len(running.log(login="true", system="ycm")) == 1
