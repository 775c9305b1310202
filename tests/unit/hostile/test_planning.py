# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laws of planning, for the fields of every object that can be changed, whatever a server shows of it."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import CREATE, DELETE, KEEP, plan
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Object, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.park import PARKING_LOT_CONFIG
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.hostile.samples import PASSWORD, shaped
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import tries
from ansible_collections.telephony.pbx.tests.unit.hostile.test_normalizing import spoiled_rows

CHANGED: list[Resource] = [item.state.resource for item in MODULES.values() if isinstance(item, StateModule)]


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Resource, Object, Object]:
    """A resource, an object of it as it is, and some of the fields of another one of its kind."""
    resource, row = draw(spoiled_rows(CHANGED))
    other = draw(spoiled_rows([resource]))[1]
    current, wanted = shaped(resource, row)[0], shaped(resource, other)[0]
    names = draw(st.sets(st.sampled_from(list(wanted))))
    return resource, current, {name: wanted[name] for name in names}


def _without_nulls(value: Any) -> Any:
    """Null takes away what is in a dictionary."""
    return {key: item for key, item in value.items() if item is not None} if isinstance(value, dict) else value


@tries(80)
@given(_pairs())
def test_what_is_already_so_is_kept(pair: tuple[Resource, Object, Object]) -> None:
    resource, current, _wanted = pair
    todo = plan(resource.fields, current, {name: _without_nulls(value) for name, value in current.items()})
    assert (todo.action, todo.changes) == (KEEP, ())
    assert todo.missing_from(current) == []


@tries(80)
@given(_pairs())
def test_what_was_planned_and_done_is_kept_the_next_time(pair: tuple[Resource, Object, Object]) -> None:
    resource, current, wanted = pair
    before = copy.deepcopy(pair[1:])
    for start in (current, None):
        todo = plan(resource.fields, start, wanted)
        again = plan(resource.fields, todo.after, wanted)
        assert (again.action, again.after) == (KEEP, todo.after)
        assert todo.missing_from(todo.after) == []
        assert todo.action != CREATE or start is None
    assert repr(pair[1:]) == repr(before)


@tries(80)
@given(_pairs())
def test_what_is_not_asked_for_is_not_touched(pair: tuple[Resource, Object, Object]) -> None:
    resource, current, wanted = pair
    after: Any = plan(resource.fields, current, wanted).after
    asked = {name for name, value in wanted.items() if value is not None}
    assert {name for name in current if repr(after[name]) != repr(current[name])} <= asked
    assert plan(resource.fields, current, None).action == DELETE
    assert plan(resource.fields, current, None).before == current


def test_a_setting_that_cannot_be_read_stays_where_another_one_changes() -> None:
    row = {"name": "edvina", "data": {"parkext": "800", "odd": {"a": 1}, "usual": "x"}}
    current = shaped(PARKING_LOT_CONFIG, row)[0]
    assert current["settings"] == {"odd": None, "usual": "x"}
    assert plan(PARKING_LOT_CONFIG.fields, current, {"settings": {"usual": "x"}}).action == KEEP
    todo = plan(PARKING_LOT_CONFIG.fields, current, {"settings": {"usual": None, "new": "y"}})
    assert todo.after is not None
    assert todo.after["settings"] == {"odd": None, "new": "y"}


@tries(80)
@given(_pairs())
def test_no_secret_is_in_a_diff(pair: tuple[Resource, Object, Object]) -> None:
    resource, current, wanted = pair
    secrets = {name: f"{PASSWORD}-{name}" for name in resource.secrets}
    for start in ({**current, **secrets}, None):
        for target in ({**wanted, **dict.fromkeys(secrets, f"new-{PASSWORD}")}, None):
            diff = plan(resource.fields, start, target).diff()
            assert PASSWORD not in repr(diff)
