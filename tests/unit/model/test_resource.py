# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a server sent to the documented shape, and never further than that with a secret."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED
from ansible_collections.telephony.pbx.plugins.module_utils._model.masking import mask, mask_raw, mask_unknown
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import normalize
from ansible_collections.telephony.pbx.tests.unit.support.things import FULL, JSON, RAW, THING

TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


def normal(raw: Any) -> tuple[dict[str, Any], list[str]]:
    warnings: list[str] = []
    return normalize(THING, raw, warnings.append), warnings


def test_a_whole_object_is_read_field_by_field() -> None:
    found, warnings = normal(FULL)
    assert warnings == []
    assert found == {
        "name": "edvina",
        "uuid": "u1",
        "password": "Hidden1",
        "pin": "Hidden2",
        "size": 5,
        "load": 0.5,
        "active": True,
        "stop_space": "720",
        "created": "2026-01-30T06:06:50Z",
        "tags": ["x", "y"],
        "order": ["ulaw", "alaw"],
        "context": "demo",
        "settings": {"musicclass": "default", "member": ["a", "b"]},
        "auth": {"user": "bob", "token": "Hidden3"},
        "phones": [{"mac": "aa", "password": "Hidden4"}, {"mac": "bb", "password": ""}],
    }


def test_an_empty_object_has_every_field() -> None:
    found, warnings = normal({})
    assert found == dict.fromkeys(field.name for field in THING.fields)
    assert warnings == []


def test_an_old_name_counts_only_where_the_new_one_is_missing() -> None:
    assert normal({"stop_space": "1", "stop_spcae": "2"})[0]["stop_space"] == "1"
    assert normal({"stop_space": None, "stopp": "3"})[0]["stop_space"] == "3"


def test_a_bad_value_costs_a_warning_that_names_object_and_field() -> None:
    found, warnings = normal({"name": "edvina", "size": "many", "load": "high", "phones": "none"})
    assert (found["size"], found["load"], found["phones"]) == (None, None, None)
    assert warnings[0] == "thing edvina, field size: the server sent a value that can't be read as int; it is returned as null"
    assert len(warnings) == 3


def test_one_bad_setting_does_not_cost_the_others() -> None:
    found, warnings = normal({"name": "edvina", "data": {"good": "x", "bad": {"a": 1}, "none": None}})
    assert found["settings"]["good"] == "x"
    assert len(warnings) == 1


def test_a_warning_about_a_secret_does_not_show_it() -> None:
    __, warnings = normal({"password": ["Hidden1"], "auth": {"token": {"a": "Hidden3"}}})
    assert len(warnings) == 2
    assert "Hidden" not in str(warnings)


@settings(max_examples=150, deadline=None)
@given(RAW)
def test_nothing_that_a_server_sends_breaks_the_shape(raw: dict[str, Any]) -> None:
    found, __ = normal(raw)
    assert list(found) == [field.name for field in THING.fields]
    for field in THING.fields:
        assert found[field.name] is None or found[field.name].__class__ is TYPES[field.type]
    if found["auth"] is not None:
        assert list(found["auth"]) == ["user", "token"]


@pytest.mark.parametrize("size", [10**400, -(10**400)], ids=["huge", "hugely negative"])
@pytest.mark.parametrize("name", ["size", "load", "created", "isActive", "name"])
def test_huge_numbers_break_nothing(name: str, size: int) -> None:
    assert set(normal({name: size})[0]) == {field.name for field in THING.fields}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_no_result_holds_a_number_that_json_does_not_know(number: str) -> None:
    found, warnings = normal(json.loads('{"load": %s}' % number))
    assert found["load"] is None
    assert len(warnings) == 1


def test_masking_hides_secrets_at_any_depth_and_shows_where_there_is_none() -> None:
    shown = mask(THING.fields, normal(FULL)[0])
    assert "Hidden" not in str(shown)
    assert (shown["password"], shown["pin"], shown["auth"]["token"]) == (MASKED, MASKED, MASKED)
    assert [phone["password"] for phone in shown["phones"]] == [MASKED, ""]
    assert shown["name"] == "edvina"
    assert mask(THING.fields, normal({})[0])["password"] is None


def test_masking_leaves_the_original_alone() -> None:
    whole = normal(FULL)[0]
    mask(THING.fields, whole)
    assert whole["auth"]["token"] == "Hidden3"
    mask_raw(THING, FULL)
    assert FULL["auth"]["tkn"] == "Hidden3"


def test_masking_what_was_sent_hides_secrets_under_their_names_on_the_wire() -> None:
    shown = mask_raw(THING, FULL)
    assert "Hidden" not in str(shown)
    assert shown["data"]["context"] == "> demo"
    assert shown["unknown"]["deep"] == [{"vmPin": MASKED}]


HOLDERS = st.recursive(
    st.just("Hidden"),
    lambda inner: st.lists(inner, min_size=1, max_size=2) | st.dictionaries(st.text(max_size=3), inner, min_size=1, max_size=2),
    max_leaves=4,
)


def _around(value: Any, way: list[str]) -> Any:
    for step in way:
        value = [value] if step == "[]" else {step: value}
    return value


@given(
    HOLDERS,
    st.lists(st.sampled_from(["[]", "data", "x"]), max_size=4),
    st.sampled_from(["password", "vmPin", "tkn", "token"]),
)
def test_whatever_lies_under_a_secrets_name_is_hidden(value: Any, way: list[str], name: str) -> None:
    assert "Hidden" not in str(mask_raw(THING, _around({name: value}, way)))


@given(
    HOLDERS,
    st.lists(st.sampled_from(["[]", "result", "x"]), max_size=4),
    st.sampled_from(["password", "authtoken", "access_token", "Client_Secret", "pwd", "vm_passwd", "refreshToken"]),
)
def test_whatever_is_called_a_secret_is_hidden_in_answers_that_nothing_is_known_of(
    value: Any, way: list[str], name: str
) -> None:
    assert "Hidden" not in str(mask_unknown(_around({name: value}, way)))


def test_a_secret_that_is_a_number_is_hidden_too() -> None:
    assert mask_unknown({"password": 4711, "vm": {"token": 1.5}}) == {"password": MASKED, "vm": {"token": MASKED}}
    assert mask_raw(THING, {"vmPin": 4711}) == {"vmPin": MASKED}


@given(JSON)
def test_masking_never_breaks_and_keeps_what_is_no_secret(raw: Any) -> None:
    assert repr(mask_unknown({"x": raw})) == repr({"x": raw}) or MASKED in repr(mask_unknown({"x": raw}))
    assert json.dumps(mask_raw(THING, [raw])) == json.dumps([raw]) or MASKED in str(mask_raw(THING, [raw]))


def test_a_resource_knows_its_names() -> None:
    assert THING.info_module == "toy_thing_info"
    assert THING.detail_key == "name"
    assert replace(THING, detail_path="").detail_key == ""
    assert replace(THING, detail_path="", found_by="size").detail_key == "size"
    assert THING.calls == (("GET", "/things"), ("GET", "/things/{name}"))
    assert THING.secrets == ("password", "pin")
    assert THING.field("size").type == "int"
    with pytest.raises(KeyError):
        THING.field("none")
