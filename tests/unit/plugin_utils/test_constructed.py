# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The traps on the way from one host at a time to all at once, each by itself."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.telephony.pbx.plugins.plugin_utils import _constructed_batch as batch
from ansible_collections.telephony.pbx.plugins.plugin_utils._constructed_expression import (
    read_expression,
    read_template,
)
from ansible_collections.telephony.pbx.plugins.plugin_utils._constructed_rows import freeze
from ansible_collections.telephony.pbx.tests.unit.plugin_utils.constructed_harness import (
    Batched,
    Case,
    Stock,
    assert_equal,
    outcome,
)

MANY = 40
NATIVE = batch.TRUSTS


def fleet(**columns: Any) -> dict[str, dict[str, Any]]:
    """Many hosts; a column is a value for all, or a function of the host's number."""

    def values(n: int) -> dict[str, Any]:
        return {name: column(n) if callable(column) else column for name, column in columns.items()}

    return {f"h{n}": values(n) for n in range(MANY)}


def test_low_cardinality_is_evaluated_once_a_value() -> None:
    """The rest of a nested variable doesn't tell hosts apart."""
    hostvars = fleet(pbx=lambda n: {"id": n, "region": ["EMEA", "APAC"][n % 2]})
    plugin = assert_equal(Case(hostvars, {"keyed_groups": [{"key": "pbx.region | lower"}]}))
    assert plugin.evaluations == 2


def test_high_cardinality_is_one_template() -> None:
    """Expressions that differ on every host aren't compiled for every host."""
    hostvars = fleet(pbx=lambda n: {"name": f"pbx-{n}"}, plain=lambda n: f"p{n}")
    options = {"compose": {"url": "'https://' ~ pbx.name", "copy": "plain"}, "keyed_groups": [{"key": "pbx.name"}]}
    assert assert_equal(Case(hostvars, options)).evaluations == 0


def test_one_bad_row_costs_a_few_evaluations() -> None:
    """A host whose value fails doesn't take the others with it."""
    hostvars = fleet(pbx=lambda n: {"size": "x" if n == 17 else str(n)})
    plugin = assert_equal(Case(hostvars, {"compose": {"share": "100 // (pbx.size | int + 1) ~ pbx.size[n]"}}))
    assert plugin.evaluations <= MANY
    plugin = assert_equal(Case(hostvars, {"compose": {"left": "['a'][pbx.size == 'x'] ~ pbx.size"}}))
    assert 0 < plugin.evaluations <= 2 * batch.FEW_ROWS


@pytest.mark.parametrize("values", [[1, True, 1.0, "1"], [0, False, 0.0, -0.0, ""], [[1], [True], [1.0]], [None, ""]])
@pytest.mark.parametrize("many", [False, True])
def test_equal_values_of_other_types(values: list[Any], many: bool) -> None:
    """1, True, 1.0 and -0.0 are equal to Python, and not to users."""
    hostvars = fleet(value=lambda n: values[n % len(values)], id=lambda n: n if many else 0)
    options = {
        "compose": {"kind": "[value | type_debug, value | string, id] | join(' ')", "same": "value"},
        "groups": {"whole": "value is number"},
        "keyed_groups": [{"key": "value | string", "default_value": "none"}],
    }
    assert_equal(Case(hostvars, options))
    assert len({freeze(value) for value in values}) == len(values)


@pytest.mark.parametrize("key", ["items", "keys", "count", "get", "copy", "__class__"])
@pytest.mark.parametrize("form", ["pbx.{} is defined", "pbx['{}'] is defined", "pbx['{}'] is string"])
def test_keys_named_like_methods(key: str, form: str) -> None:
    """`pbx.items` is the method even where there is such a key."""
    hostvars = fleet(pbx=lambda n: {key: "v"} if n % 3 else {"other": n})
    assert_equal(Case(hostvars, {"groups": {"g": form.format(key)}, "compose": {"c": form.format(key)}}))


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "expression",
    ["pbx.region", "pbx.region | default('x')", "pbx.a.b.c", "nowhere", "pbx.region if pbx.ok", "pbx.ok and"],
)
def test_missing(expression: str, strict: bool) -> None:
    """Undefined values and errors, and what strict makes of them."""
    hostvars = fleet(pbx=lambda n: {"ok": n % 2, "id": n, **({"region": f"r{n}"} if n % 4 else {})})
    for options in (
        {"compose": {"c": expression}},
        {"groups": {"g": expression}},
        {"keyed_groups": [{"key": expression}]},
    ):
        assert_equal(Case(hostvars, {**options, "strict": strict}))


def test_the_first_failure_is_the_first_hosts() -> None:
    """A host that fails in its groups comes before a later one that fails in compose."""
    hostvars = fleet(value=lambda n: {1: "nope", 2: None}.get(n, "3"))
    options = {
        "compose": {"c": "value.upper() if value else value.bad.worse"},
        "keyed_groups": [{"key": "nowhere if value == 'nope' else value"}],
        "strict": True,
    }
    assert_equal(Case(hostvars, options))
    assert "h1" in outcome(Batched(), Case(hostvars, options))["error"][1]


def test_bool_key_fails_the_source() -> None:
    """Even without strict, as it is Ansible's rule."""
    case = Case(fleet(flag=lambda n: n > 5), {"keyed_groups": [{"key": "flag and flag"}]})
    assert_equal(case)


def test_composed_variables_are_visible_to_groups() -> None:
    """And not to other composed variables."""
    hostvars = fleet(region=lambda n: f"r{n}")
    options = {
        "compose": {
            "first": "region | upper",
            "second": "first | default('none') ~ region",
            "region": "'new' ~ region",
        },
        "groups": {"g": "first == 'R3'"},
        "keyed_groups": [{"key": "region ~ second"}],
    }
    assert_equal(Case(hostvars, options))


def test_extra_vars_win() -> None:
    """With use_extra_vars, in compose and keyed_groups, not in groups."""
    options = {"compose": {"c": "a"}, "groups": {"g": "a == 'extra'"}, "keyed_groups": [{"key": "a ~ b"}]}
    assert_equal(Case(fleet(a=lambda n: f"a{n}", b=lambda n: n), options, extra_vars={"a": "extra"}))


def test_group_names_grow() -> None:
    """An expression may read what an earlier entry did to the host."""
    options = {
        "groups": {"odd": "n % 2 == 1"},
        "keyed_groups": [{"key": "n % 3 | string"}, {"key": "group_names | join('-')", "prefix": "seen"}],
    }
    assert_equal(Case(fleet(n=lambda n: n), options))


@pytest.mark.parametrize("parent", ["all_pbx", "{{ region }}", "{{ region }}-{{ n % 2 }}", "{{ nowhere }}"])
def test_parent_groups(parent: str) -> None:
    """Their names may be templates that read what the key doesn't."""
    hostvars = fleet(n=lambda n: n, region=lambda n: "EMEA" if n % 5 else "")
    assert_equal(Case(hostvars, {"keyed_groups": [{"key": "'k'", "parent_group": parent}]}))


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% raw %}", "{{ lookup('env', 'HOME') }}", "#jinja2: {{ 1 }}", "a {# b"],
)
@pytest.mark.parametrize("many", [False, True])
def test_nothing_from_a_pbx_is_a_template(text: str, many: bool) -> None:
    """Whatever its text looks like."""
    hostvars = fleet(text=(lambda n: f"{text}{n}") if many else text)
    case = Case(hostvars, {"compose": {"c": "text", "d": "[text]", "e": "text ~ 1"}, "keyed_groups": [{"key": "text"}]})
    assert_equal(case)
    plugin = Batched()
    outcome(plugin, case)
    assert plugin.inventory.hosts["h3"].vars["c"] == hostvars["h3"]["text"]


def test_a_users_templates_are_evaluated_for_each_host() -> None:
    """Variables that are templates mean something else on each host."""
    hostvars = fleet(indirect="{{ n }}", n=lambda n: n)
    if NATIVE:
        template = batch.trust_as_template("{{ n }}")
        hostvars = {host: {**values, "indirect": template} for host, values in hostvars.items()}
    options = {"compose": {"c": "indirect ~ '!'"}, "keyed_groups": [{"key": "indirect | string"}]}
    assert_equal(Case(hostvars, options, unsafe=False))


@pytest.mark.skipif(not NATIVE, reason="this core trusts every expression")
def test_expressions_without_trust_stay_so() -> None:
    """The one template that takes them in doesn't make them trusted."""
    case = Case(fleet(n=lambda n: n), {})
    plugins = Stock(), Batched()
    for plugin in plugins:
        plugin.prepare(case)
        plugin.options.update(compose={"c": "n + 1"}, strict=True)
        with pytest.raises(Exception, match=r"(?i)trust"):
            plugin.construct_all(list(case.hostvars), case.hostvars)


@pytest.mark.parametrize("expression", ["n | random", "[1, n] | shuffle | length", "n | string | password_hash"])
def test_chance_is_not_shared(expression: str) -> None:
    """Each host's own evaluation."""
    assert not read_expression(expression).pure


def test_each_host_has_its_own_chance() -> None:
    """A random number for all would be worse than none."""
    plugin = Batched()
    outcome(plugin, Case(fleet(n=1000000), {"compose": {"c": "n | random", "d": "1000000 | random"}}))
    for name in ("c", "d"):
        assert len({host.vars[name] for host in plugin.inventory.hosts.values()}) > MANY // 2


def test_containers_are_not_shared() -> None:
    """A list composed for one host isn't another's."""
    plugin = Batched()
    outcome(plugin, Case(fleet(n=1), {"compose": {"c": "[n]"}}))
    values = [host.vars["c"] for host in plugin.inventory.hosts.values()]
    assert len({id(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    "expression",
    ["lookup('env', 'HOME')", "query('env', 'HOME')", "now()", "hostvars['h1'].n", "groups.all", "n ~ group_names",
     "vars.n", "loop.index", "pbx_batch_rows", "-n", "n }}{{ n", "n) ~ (n", "", "'{{ n }}'", "n[", "{{ n }}"],
)  # fmt: skip
def test_left_to_ansible(expression: str) -> None:
    """What can't be told from the values."""
    assert read_expression(expression) is None


@pytest.mark.parametrize(
    "expression, paths",
    [
        ("a.b.c | lower", {("a", "b", "c")}),
        ("a['b'].c == a.b.d", {("a", "b", "c"), ("a", "b", "d")}),
        ("a.b ~ a", {("a",)}),
        ("a.get('b')", {("a",)}),
        ("a.b.items()", {("a", "b")}),
        ("a[b.c].d", {("a",), ("b", "c")}),
        ("a.b[0].c", {("a", "b")}),
        ("(a | first).b", {("a",)}),
        ("x.y if c is defined else d[1:]", {("x", "y"), ("c",), ("d",)}),
        ("'text'", set()),
    ],
)
def test_paths(expression: str, paths: set[tuple[str, ...]]) -> None:
    """What an expression reads."""
    assert set(read_expression(expression).paths) == paths


def test_template_paths() -> None:
    """What a parent's name reads; statements are beyond it."""
    assert set(read_template("a-{{ b.c }}-{{ d }}").paths) == {("b", "c"), ("d",)}
    assert read_template("{% for a in b %}{% endfor %}") is None


@pytest.mark.parametrize("items", [None, {}, "text", [None], [{}], ["text"], [{"prefix": "p"}], {"key": "n"}])
def test_malformed_options(items: Any) -> None:
    """Whatever stands in the options."""
    for name in ("compose", "groups", "keyed_groups"):
        assert_equal(Case(fleet(n=lambda n: n), {name: items}))
    assert_equal(Case(fleet(n=lambda n: n), {"compose": {"c": items}, "groups": {"g": items}}))


@pytest.mark.parametrize(
    "expression",
    [r"t | regex_replace('^(.)', '\\1\\1')", r"t | regex_replace('(.)', '\1')", r"'\n' ~ t"],
)
def test_backslashes(expression: str) -> None:
    """Cores differ in how often they read them."""
    options = {"compose": {"c": expression}, "groups": {"g": f"({expression}) == 'tt3'"}}
    assert_equal(Case(fleet(t=lambda n: f"t{n}"), options))


@pytest.mark.parametrize(
    "expression",
    ["t | string", "[t] | map('string') | first", "t | to_json", "t ~ ''", "t == 'True'"],
)
def test_text_that_looks_like_data(expression: str) -> None:
    """Cores before 2.19 read some of it as data, unless certain filters made it."""
    texts = ["True", "[1, 2]", "{'a': 1}", "5", "None", "{}", "[oops"]
    hostvars = fleet(t=lambda n: texts[n] if n < len(texts) else f"t{n}")
    for unsafe in (True, False):
        assert_equal(Case(hostvars, {"compose": {"c": expression}}, unsafe=unsafe))


def test_partly_unsafe_variables() -> None:
    """Cores before 2.19 mark a result by all of the variable, not by what was read of it."""
    hostvars = fleet(pbx=lambda n: {"region": "EMEA", "name": f"n{n}", "rest": [n]})
    for n, values in enumerate(hostvars.values()):
        if n % 2:
            values["pbx"]["rest"] = wrap_var("x")
    assert_equal(Case(hostvars, {"compose": {"c": "pbx.region", "d": "pbx.name ~ 1"}}, unsafe=False))


def test_templates_beside_what_is_read() -> None:
    """Cores before 2.19 evaluate all of a variable, and fail where any of it does."""
    bad = ["#jinja2: x", "{{ nowhere }}", "{{ region }}"]
    hostvars = fleet(pbx=lambda n: {"region": "EMEA", "rest": [bad[n % 4]] if n % 4 < 3 else []})
    assert_equal(Case(hostvars, {"compose": {"c": "pbx.region", "d": "pbx.a.b is defined"}}, unsafe=False))


def test_a_group_named_like_a_host() -> None:
    """Ansible takes the name of a child for a group's first."""
    options = {"groups": {"g": "n % 2 == 0"}, "keyed_groups": [{"key": "'h' ~ (n % 3)", "separator": ""}]}
    assert_equal(Case(fleet(n=lambda n: n), {**options, "leading_separator": False}))
