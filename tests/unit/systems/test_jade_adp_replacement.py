# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line from which a lost step can be created again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import NotApplied
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.adp_replacement import recipe
from ansible_collections.telephony.pbx.tests.unit.support.farm import FarmClient

STEP = {"uuid": "u", "dpma_uuid": "m", "sequence": 10, "name": None, "detail": "", "command": "ANSWER", "tm_create": "x"}


def told(step: Any, client: FarmClient | None = None) -> Any:
    """The values that a person reads in an error's only line."""
    error = NotApplied("lost", hint=recipe(client or FarmClient(), step))
    return json.loads(str(error).partition("It was: ")[2])


def test_it_has_the_options_that_are_set_and_no_others() -> None:
    assert told(STEP) == {"dpma_uuid": "m", "sequence": 10, "detail": "", "command": "ANSWER"}


ODD = ("two  blanks,   three", " at both ends ", "a\ttab\r\nmore", "\u202eright to left", "F\u00fcr \u5317", '"\\', "\U000e0001")


@pytest.mark.parametrize("value", ODD)
def test_each_value_comes_through_as_it_was_and_on_one_line(value: str) -> None:
    assert told({**STEP, "detail": value})["detail"] == value
    assert recipe(FarmClient(), {**STEP, "detail": value}).isprintable()


def test_secrets_of_the_connection_are_masked() -> None:
    client = FarmClient()
    client.http.hide('Our"Secret\u00fc1')
    assert told({**STEP, "name": 'with Our"Secret\u00fc1'}, client)["name"] == "with ********"
