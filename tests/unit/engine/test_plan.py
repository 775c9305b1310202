# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be done: partial, repeatable, and with its secrets masked."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import (
    CREATE,
    DELETE,
    KEEP,
    NEW_SECRET,
    UPDATE,
    Plan,
    plan,
    same,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED
from ansible_collections.telephony.pbx.tests.unit.support.things import THING

TEXT = st.text("ab", max_size=2)
SETTINGS = st.dictionaries(st.sampled_from("pqr"), st.none() | TEXT | st.lists(TEXT, max_size=2), max_size=3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.just("edvina"),
    "password": st.sampled_from(["Hidden1", "Hidden2", ""]),
    "pin": st.sampled_from(["Hidden3", "Hidden4"]),
    "size": st.integers(0, 2),
    "active": st.booleans(),
    "tags": st.lists(TEXT, max_size=3),
    "order": st.lists(TEXT, max_size=2),
    "context": TEXT,
    "settings": SETTINGS,
}
DESIRED = st.fixed_dictionaries({"name": VALUES["name"]}, optional={k: st.none() | v for k, v in VALUES.items() if k != "name"})
FILLED = SETTINGS.map(lambda found: {key: value for key, value in found.items() if value is not None})
CURRENT = st.none() | st.fixed_dictionaries(
    {k: (FILLED if k == "settings" else st.none() | v) if k != "name" else v for k, v in VALUES.items()}
)


def planned(current: Any, desired: Any) -> Plan:
    before = copy.deepcopy((current, desired))
    todo = plan(THING.fields, current, desired)
    assert (current, desired) == before  # nothing that was handed in is changed
    return todo


@given(CURRENT, DESIRED)
def test_a_plan_that_was_carried_out_leaves_nothing_to_do(current: Any, desired: Any) -> None:
    todo = planned(current, desired)
    again = planned(todo.after, desired)
    assert again.action == KEEP
    assert not again.changed
    assert again.diff()["before"] == again.diff()["after"]
    assert todo.missing_from(todo.after) == []


@given(CURRENT, DESIRED)
def test_what_is_not_asked_for_stays(current: Any, desired: Any) -> None:
    todo = planned(current, desired)
    assert todo.after is not None
    for name in VALUES:
        if current is not None and desired.get(name) is None:
            assert todo.after[name] == current[name]
            assert name not in todo.changes
    if current is not None:
        for key, value in (current["settings"] or {}).items():
            if key not in (desired.get("settings") or {}):
                assert todo.after["settings"][key] == value


@given(CURRENT, st.none() | DESIRED)
def test_no_diff_holds_a_secret_and_it_differs_exactly_if_something_changes(current: Any, desired: Any) -> None:
    todo = planned(current, desired)
    diff = todo.diff()
    assert "Hidden" not in str(diff)
    assert (diff["before"] != diff["after"]) is todo.changed


@given(CURRENT)
def test_absent_removes_what_there_is_and_nothing_else(current: Any) -> None:
    todo = planned(current, None)
    assert todo.action == (KEEP if current is None else DELETE)
    assert todo.after is None
    assert planned(None, None).action == KEEP
    assert todo.missing_from(None) == []
    assert todo.missing_from({"name": "edvina"}) == ["absent"]


@given(st.lists(TEXT, max_size=4), st.randoms(use_true_random=False))
def test_a_list_that_is_a_set_has_no_order_and_no_doubles(tags: list[str], random: Any) -> None:
    current = {"name": "edvina", "tags": tags}
    other = tags + tags[:1]
    random.shuffle(other)
    assert planned(current, {"name": "edvina", "tags": other}).action == KEEP
    assert planned(current, {"name": "edvina", "tags": [*tags, "new"]}).action == UPDATE


def test_a_list_that_is_no_set_has_an_order() -> None:
    assert planned({"name": "e", "order": ["a", "b"]}, {"name": "e", "order": ["b", "a"]}).changes == ("order",)


def test_a_change_names_the_fields_that_differ_and_no_others() -> None:
    current = {"name": "edvina", "size": 1, "context": "demo", "active": True, "settings": {"p": "x", "q": "y"}}
    todo = planned(current, {"name": "edvina", "size": 2, "context": "demo", "active": None, "settings": {"p": None}})
    assert todo.action == UPDATE
    assert todo.changes == ("size", "settings")
    assert todo.after == {**current, "size": 2, "settings": {"q": "y"}}
    assert todo.diff() == {
        "before": {"name": "edvina", "size": 1, "active": True, "context": "demo", "settings": {"p": "x", "q": "y"}},
        "after": {"name": "edvina", "size": 2, "active": True, "context": "demo", "settings": {"q": "y"}},
    }


def test_a_new_object_has_every_field_and_what_is_removed_is_not_made() -> None:
    todo = planned(None, {"name": "edvina", "settings": {"p": None, "q": "y"}})
    assert todo.action == CREATE
    assert todo.after is not None
    assert set(todo.after) == {field.name for field in THING.fields}
    assert todo.after["settings"] == {"q": "y"}
    assert todo.diff() == {"before": {}, "after": {"name": "edvina", "settings": {"q": "y"}}}


def test_a_changed_secret_shows_as_changed_and_no_more() -> None:
    diff = planned({"name": "e", "password": "Hidden1"}, {"name": "e", "password": "Hidden2"}).diff()
    assert diff == {"before": {"name": "e", "password": MASKED}, "after": {"name": "e", "password": NEW_SECRET}}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [("", None, True), ([], None, True), (0, None, False), (False, None, False), ("a", "b", False)],
)
def test_empty_text_is_nothing_and_zero_is_something(one: Any, other: Any, equal: bool) -> None:
    assert same(THING.field("name"), one, other) is equal


def test_what_a_server_does_not_show_is_named() -> None:
    todo = planned(None, {"name": "edvina", "size": 2, "tags": ["b", "a"]})
    assert todo.missing_from(None) == ["present"]
    assert todo.missing_from({"name": "edvina", "size": 3, "tags": ["a", "b"]}) == ["size"]


def test_settings_that_are_stored_but_not_in_force_are_a_change() -> None:
    todo = Plan(THING.fields, KEEP, {"name": "e"}, {"name": "e"}, runtime_difference="not running")
    assert todo.changed
    assert todo.diff() == {"before": {"name": "e", "running": "not running"}, "after": {"name": "e", "running": "as stored"}}


def test_what_is_written_again_has_to_show_too_but_is_no_change() -> None:
    before = {"name": "edvina", "context": "a", "size": 1}
    todo = dataclasses.replace(plan(THING.fields, before, {"context": "b"}), rewritten=("size",))
    assert (todo.changes, todo.missing_from({**before, "context": "b"})) == (("context",), [])
    assert todo.missing_from({**before, "context": "b", "size": 0}) == ["size"]
    assert todo.missing_from({**before, "size": None}) == ["context", "size"]
