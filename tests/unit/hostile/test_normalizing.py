# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a row holds, each resource gives its documented shape or says in one line why not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._model.masking import mask, mask_raw
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Resource
from ansible_collections.telephony.pbx.tests.unit.hostile.samples import RESOURCES, leaves, row_of, shaped
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import ANYTHING, KEYS, tries

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "dict": dict, "list": list, "raw": object}
EACH = pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))


def assert_documented(resource: Resource, found: dict[str, Any]) -> None:
    """Each field is there, and is what the documentation says or null."""
    assert list(found) == [field.name for field in resource.fields]
    for field, value in leaves(resource.fields, found):
        assert value is None or isinstance(value, TYPES[field.type]), (field.name, value)
        assert field.type == "bool" or not isinstance(value, bool) or field.type == "raw", field.name
        if field.type == "list" and field.elements in ("str", "int") and value is not None:
            assert all(isinstance(item, TYPES[field.elements]) for item in value), (field.name, value)


@EACH
def test_a_well_formed_row_is_read_without_a_warning(resource: Resource) -> None:
    found, warnings = shaped(resource, row_of(resource))
    assert warnings == []
    assert_documented(resource, found)
    firsts = {field.path: field for field in reversed(resource.fields)}.values()
    assert all(found[field.name] is not None for field in firsts if field.sample is not None)


@st.composite
def spoiled_rows(draw: st.DrawFn, resources: list[Resource]) -> tuple[Resource, Any]:
    """A row of any of these in which some values are anything, some are missing, and some are new."""
    resource = draw(st.sampled_from(resources))
    row: Any = copy.deepcopy(row_of(resource))
    for _change in range(draw(st.integers(1, 6))):
        holder = row
        while True:
            key = draw(st.sampled_from([*holder, None])) if holder else None
            inside = holder.get(key)
            if not isinstance(inside, dict) or draw(st.booleans()):
                break
            holder = inside
        if key is None:
            holder[draw(KEYS)] = draw(ANYTHING)
        elif draw(st.integers(0, 4)):
            holder[key] = draw(ANYTHING)
        else:
            del holder[key]
    return resource, row


@tries(150)
@given(spoiled_rows(list(RESOURCES.values())))
def test_a_spoiled_row_keeps_the_shape_or_is_told_in_one_line(spoiled: tuple[Resource, Any]) -> None:
    resource, row = spoiled
    before = copy.deepcopy(row)
    try:
        found, warnings = shaped(resource, row)
    except PbxError as error:
        assert len(str(error).splitlines()) == 1
        return
    assert_documented(resource, found)
    assert all(len(warning.splitlines()) == 1 for warning in warnings)
    mask(resource.fields, found)
    mask_raw(resource, row)
    assert repr(row) == repr(before)
