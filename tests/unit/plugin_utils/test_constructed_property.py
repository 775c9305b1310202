# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""BatchedConstructable gives what stock Constructable gives, on random expressions and data."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.tests.unit.plugin_utils.constructed_harness import Case, assert_equal

TEXTS = st.sampled_from(
    ["", "emea", "EMEA", "apac", "1", "1.0", "True", "False", "None", "[1, 2]", "{'a': 1}", "{{ 7*7 }}", "{% raw %}",
     "{# no #}", "Zürich-北", "a b", " x ", "line\n", "\\1", "'q'", "#jinja2: x", "@x"]
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 2, -1, 0.0, -0.0, 1.0, 2.5, True, False, None])
LEAVES = st.one_of(TEXTS, NUMBERS)
KEYS = ("region", "items", "keys", "count", "get", "tags", "creator", "1")
NESTED = st.dictionaries(st.sampled_from(KEYS), st.one_of(LEAVES, st.lists(LEAVES, max_size=3)), max_size=6)
PBX = st.one_of(NESTED, NESTED, LEAVES, st.builds(lambda outer, inner: {**outer, "creator": inner}, NESTED, NESTED))
HOST = st.fixed_dictionaries({}, optional={"pbx": PBX, "flat": LEAVES, "other": st.one_of(LEAVES, st.lists(LEAVES))})

NAMES = st.sampled_from(["flat", "other", "pbx", "missing", "composed", "inventory_hostname", "group_names"])
PATHS = st.one_of(
    NAMES,
    st.builds("pbx.{}".format, st.sampled_from([key for key in KEYS if key != "1"] + ["absent"])),
    st.builds("pbx['{}']".format, st.sampled_from(KEYS)),
    st.builds("pbx.creator.{}".format, st.sampled_from(["region", "items", "absent"])),
    st.sampled_from(
        ["pbx.get('region')", "pbx.get('region', flat)", "pbx.tags[0]", "pbx[flat]", "pbx.keys() | list", "pbx.tags[-1]",
         "other[0]", "flat.upper()", "pbx.items() | list", "pbx.region[0:2]", "pbx.creator['items']", "loop.index"]
    ),
)  # fmt: skip
CONSTANTS = st.sampled_from(
    [
        "1",
        "0",
        "1.5",
        "true",
        "none",
        "'emea'",
        "''",
        "[1, 'a']",
        "{'a': 1}",
        "'{{ 7*7 }}'",
        r"'\\1'",
        "[]",
        "-1",
        "omit",
    ]
)
FILTERS = st.sampled_from(
    ["lower", "upper", "string", "int", "length", "default('x')", "d(none)", "default('x', true)", "bool", "first", "list",
     "to_json", "type_debug", "ternary('y', 'n')", r"regex_replace('^(.)', '\\1\\1')", "split('-')", "dict2items", "trim",
     "replace('e', '{{')", "map('upper') | list", "map('string') | first", "join(',')", "abs", "no_such_filter", "sort",
     "select('defined') | list", "mandatory", "b64encode", "combine({'k': flat})", "float", "unique", "random(seed=1)"]
)  # fmt: skip
TESTS = st.sampled_from(
    ["defined", "undefined", "none", "string", "number", "mapping", "match('e')", "in ['emea', 1]", "eq(1)", "truthy"]
)
EXPRESSIONS = st.recursive(
    st.one_of(PATHS, PATHS, PATHS, CONSTANTS),
    lambda inner: st.one_of(
        st.builds("{} | {}".format, inner, FILTERS),
        st.builds("({}) is {}".format, inner, TESTS),
        st.builds("({}) if ({}) else ({})".format, inner, inner, inner),
        st.builds("({}) if ({})".format, inner, inner),
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["==", "~", "+", "and", "or", "in", "<"]), inner),
        st.builds("not ({})".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'k': {}, flat: {}}}".format, inner, inner),
    ),
    max_leaves=4,
) | st.sampled_from(["", "pbx.", "flat }}{{ other", "{{ flat }}", "flat)", "flat -", "-1", "+flat", "x y"])


@st.composite
def keyed_groups(draw: Any) -> dict[str, Any]:
    """One entry, with any of the options that go with a key."""
    entry = {"key": draw(st.one_of(PATHS, EXPRESSIONS))}
    optional = {
        "prefix": st.sampled_from(["", "p", "a b"]),
        "separator": st.sampled_from(["", "-", "_"]),
        "default_value": st.sampled_from(["fallback", ""]),
        "trailing_separator": st.booleans(),
        "parent_group": st.sampled_from(["all_pbx", "{{ flat }}", "{{ pbx.region }}_x", "{{ nowhere }}"]),
    }
    return {**entry, **draw(st.fixed_dictionaries({}, optional=optional))}


OPTIONS = st.fixed_dictionaries(
    {
        "compose": st.dictionaries(st.sampled_from(["composed", "composed2", "flat"]), EXPRESSIONS, max_size=2),
        "groups": st.dictionaries(st.sampled_from(["g one", "g2", "g-3"]), EXPRESSIONS, max_size=2),
        "keyed_groups": st.lists(keyed_groups(), max_size=2),
        "strict": st.booleans(),
        "leading_separator": st.booleans(),
    }
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    hosts=st.lists(HOST, min_size=1, max_size=14),
    options=OPTIONS,
    extra=st.fixed_dictionaries({}, optional={"flat": TEXTS, "other": LEAVES}),
    unsafe=st.booleans(),
)
def test_equals_stock(hosts: list[dict], options: dict, extra: dict, unsafe: bool) -> None:
    """Groups, members and their order, variables and their types, and errors are those of stock."""
    hostvars = {f"h{number}": values for number, values in enumerate(hosts)}
    assert_equal(Case(hostvars, options, extra, unsafe))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(st.one_of(LEAVES, NESTED), min_size=1, max_size=8), expression=EXPRESSIONS, strict=st.booleans())
def test_equals_stock_on_many_rows(values: list, expression: str, strict: bool) -> None:
    """So many different rows that they are evaluated in one template."""
    rows = [{"flat": value, "other": f"o{number}", "pbx": {"region": f"r{number}", "tags": [number, value]}}
            for number in range(12) for value in values]  # fmt: skip
    hostvars = {f"h{number}": row for number, row in enumerate(rows)}
    options = {
        "compose": {"composed": expression, "wide": f"({expression}) ~ other"},
        "groups": {"g": f"({expression}) == pbx.region or other == 'o1'"},
        "keyed_groups": [{"key": f"[{expression}, other] | first"}],
        "strict": strict,
    }
    assert_equal(Case(hostvars, options))
