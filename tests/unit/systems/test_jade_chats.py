# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a message is sent as, and which times can be asked for."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.messages import as_kept, moment, same_content

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


def through_the_database(content: Any) -> Any:
    """What Jade gives back: numbers and switches are written as text, and texts are read as JSON where they are such."""
    if not isinstance(content, str):
        return content if isinstance(content, (list, dict)) else json.dumps(content)
    try:
        read = json.loads(content)
    except ValueError:
        return content
    return read if isinstance(read, (str, list, dict)) else content


@given(JSON.filter(lambda content: content is not None))
def test_what_is_sent_comes_back_as_it_is(content: Any) -> None:
    try:
        sent = as_kept(content)
    except BadInput as error:
        assert "single quote" in str(error)
        assert isinstance(content, str) and "'" in content
        return
    assert same_content(through_the_database(sent), sent)
    assert same_content(as_kept(sent), sent)


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ("Hello", "Hello"),
        ("", ""),
        (5, "5"),
        (False, "false"),
        ("[NaN]", "[NaN]"),
        ('"\\"twice\\""', "twice"),
        ({1: "a"}, {"1": "a"}),
        (["it's"], ["it's"]),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_sent_as(content: Any, sent: Any) -> None:
    assert same_content(as_kept(content), sent)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "content is null"),
        (datetime.date(2018, 3, 27), "put it in quotes"),
        ([float("nan")], "can't be written as JSON"),
        ("it's", "single quote"),
        ('"it\'s"', "single quote"),
    ],
)
def test_refused(content: Any, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        as_kept(content)


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), ({"a": 1}, {"a": True}), (None, "")])
def test_what_is_another_thing_in_json_is_not_the_same(one: Any, other: Any) -> None:
    assert not same_content(one, other)
    assert same_content({"a": one, "b": other}, {"b": other, "a": one})


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2018-03-27T10:26:14Z", "2018-03-27T10:26:14.000000000Z"),
        ("2018-03-27T10:26:14.5Z", "2018-03-27T10:26:14.500000000Z"),
        ("2018-03-27 10:26:14+00:00", "2018-03-27T10:26:14.000000000Z"),
        ("2018-03-27T10:26:14.000000005Z", "2018-03-27T10:26:14.000000005Z"),
    ],
)
def test_times(value: str, found: str) -> None:
    assert moment("before", value) == found


@pytest.mark.parametrize(
    "value",
    [
        "",
        "now",
        "2018-03-27",
        "2018-02-30T10:26:14Z",
        "2018-03-27T10:26:14+02:00",
        "2018-03-27T25:00:00Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_no_times(value: str) -> None:
    with pytest.raises(BadInput, match=r"before is .*, but must be a time in UTC"):
        moment("before", value)
