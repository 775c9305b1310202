# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An option's text may hold secrets: they stay out of what is shown of the arguments, of results and of the log."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._faces import module
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import NO_LOG, hidden_values, shown_arguments

NAME = "jade_configuration"
TEXT = "[a]\nusername=bob\npassword=Hidden1\n"


def test_the_arguments_are_shown_without_them() -> None:
    given = {"subsystem": "pjsip", "data": TEXT, "api_password": "Hidden2", "api_token": None, "unknown": 1}
    assert shown_arguments(NAME, given) == {
        "subsystem": "pjsip",
        "data": "[a]\nusername=bob\npassword=********\n",
        "api_password": NO_LOG,
        "api_token": None,
        "unknown": 1,
    }
    assert shown_arguments(NAME, {"data": None}) == {"data": None}


def test_they_are_hidden_everywhere() -> None:
    assert hidden_values(NAME, {"data": TEXT}) == {"Hidden1"}


@pytest.mark.parametrize("more", [{"data": TEXT + "match=10.Hidden1.0\n"}, {"subsystem": "Hidden1"}])
def test_one_that_is_in_the_open_as_well_is_none(more: dict[str, str]) -> None:
    assert hidden_values(NAME, {"data": TEXT, **more}) == set()


@pytest.mark.parametrize("name", [NAME, "api", "telecomx_sip_phone", "jade_user"])
def test_ansible_does_not_log_arguments(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(module.AnsibleModule, "__init__", lambda self, **given: seen.append(given))
    module.Module(name)
    assert seen[0]["no_log"] is True
