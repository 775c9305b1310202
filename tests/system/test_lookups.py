# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookups: by key, by another field, filtered, searched, and not found."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import exposed

JADE, YCM, YEASTAR = (f"'telephony.pbx.{name}'" for name in ("jade", "ycm", "yeastar"))
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
    "ignored": (f"query({JADE}, 'user', 'nobody', errors='ignore')", []),
    "other account": (
        f"query({JADE}, 'users', api_username='limited', api_password='limited', errors='ignore')", [],
    ),
}  # fmt: skip
FAILED: dict[str, tuple[str, str]] = {
    "not found": (f"lookup({JADE}, 'user', 'nobody')", "there is no user nobody"),
    "no such kind": (f"lookup({JADE}, 'nonsense')", "the first term must be one of"),
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
    expressions = {name: case[0] for name, case in {**FOUND, **FAILED}.items()}
    tasks = [
        {"name": name, "ansible.builtin.debug": {"msg": "{{ %s }}" % expression}, "ignore_errors": True}
        for name, expression in expressions.items()
    ]
    ansible = Ansible(tmp_path_factory.mktemp("lookups"), running.environment())
    return ansible.play(yaml.safe_dump(tasks, sort_keys=False), "-vvv")


@pytest.mark.parametrize("name", list(FOUND))
def test_found(name: str, run: Run) -> None:
    expected = FOUND[name][1]
    # Up to 2.18 a number becomes text on its way into the message.
    assert run.result(name)["msg"] in (expected, str(expected))


@pytest.mark.parametrize("name", list(FAILED))
def test_failed(name: str, run: Run) -> None:
    assert FAILED[name][1] in run.failure(name)["msg"]


def test_nothing_leaks(run: Run, running: Lab) -> None:
    assert "Traceback" not in run.output
    assert list(exposed(run, running.secrets)) == []
    assert len(running.log(login="true", system="ycm")) == 1
