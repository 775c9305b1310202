# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Jinja expression reads, found without evaluating it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import takewhile

from jinja2 import Environment, TemplateError, nodes
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS
from jinja2.parser import Parser

Path = tuple[str, ...]

# Results of these depend on more than the variables named beside them, or on when they are asked.
VOLATILE_NAMES = frozenset(
    "lookup query q now hostvars groups group_names vars omit undef lipsum environment ansible_play_hosts"
    " self super loop caller varargs kwargs context _".split()
)

RESERVED_PREFIX = "pbx_batch_"

PURE_FILTERS = frozenset(DEFAULT_FILTERS) - {"random"} | frozenset(
    "b64decode b64encode basename bool checksum combinations combine commonpath dict2items difference dirname extract"
    " flatten from_json from_yaml from_yaml_all hash human_readable human_to_bytes intersect items2dict log mandatory"
    " md5 normpath path_join permutations pow product quote regex_escape regex_findall regex_replace regex_search"
    " rekey_on_member root sha1 split splitext subelements symmetric_difference ternary to_datetime to_json"
    " to_nice_json to_nice_yaml to_uuid to_yaml type_debug union unique urldecode urlsplit win_basename win_dirname"
    " win_splitdrive zip zip_longest".split()
)

PURE_TESTS = frozenset(DEFAULT_TESTS) | frozenset(
    "abs all any contains falsy is_abs isnan issubset issuperset match nan regex search subset superset truthy uri url"
    " urn version version_compare".split()
)

# Filters that name another filter or test: where the name stands, and the known names for it.
NAMING_FILTERS = {
    "map": (0, PURE_FILTERS),
    "select": (0, PURE_TESTS),
    "reject": (0, PURE_TESTS),
    "selectattr": (1, PURE_TESTS),
    "rejectattr": (1, PURE_TESTS),
}

_ENVIRONMENT = Environment(autoescape=False)


@dataclass(frozen=True)
class Reads:
    """What one expression depends on."""

    paths: tuple[Path, ...]
    """Variables, with the constant keys that follow each; no path is the beginning of another."""
    pure: bool
    """Equal values at the paths give an equal result."""
    words: frozenset[str]
    """Names of filters, and constant strings that may name one."""
    bare: bool
    """The expression is just the name of one variable."""


def read_expression(text: str) -> Reads | None:
    """What the expression reads, or None where that cannot be told."""
    if holds_template(text) or text[:1] in ("-", "+"):  # "{{-" is whitespace control to cores that template it
        return None
    try:
        parser = Parser(_ENVIRONMENT, text, state="variable")
        node = parser.parse_expression()
        complete = parser.stream.eos
    except TemplateError:
        return None
    return _read([node]) if complete else None


def read_template(text: str) -> Reads | None:
    """What a template of plain text and expressions reads, or None where that cannot be told."""
    if text.startswith("#jinja2:"):
        return None
    try:
        body = _ENVIRONMENT.parse(text).body
    except TemplateError:
        return None
    return _read(body) if all(isinstance(node, nodes.Output) for node in body) else None


def holds_template(text: str) -> bool:
    """Whether text may be a template to any core."""
    return "{{" in text or "{%" in text or "{#" in text or text.startswith("#jinja2:")


def is_plain_key(key: object) -> bool:
    """Whether asking a dict for this key by either Jinja syntax can only give the item of that name."""
    return isinstance(key, str) and not key.startswith("_") and not hasattr(dict, key)


def shortest(paths: Collection[Path]) -> tuple[Path, ...]:
    """The paths without those that another one covers."""
    return tuple(sorted(path for path in paths if not any(path[:n] in paths for n in range(1, len(path)))))


def _read(roots: list) -> Reads | None:
    found: set[Path] = set()
    words: set[str] = set()
    pure = True
    pending = list(roots)
    while pending:
        node = pending.pop()
        path = _path(node)
        if path:
            found.add(path[:1] + tuple(takewhile(is_plain_key, path[1:])))
            continue
        if isinstance(node, (nodes.Filter, nodes.Test)):
            words.add(node.name)
            if not _is_pure(node):
                pure = False
                if next(node.find_all(nodes.Name), None) is None:
                    return None  # Jinja evaluates it when it compiles: once for all hosts
        elif isinstance(node, nodes.Const) and isinstance(node.value, str):
            words.add(node.value)
        pending.extend(node.iter_child_nodes())
    if any(path[0] in VOLATILE_NAMES or path[0].startswith(RESERVED_PREFIX) for path in found):
        return None
    return Reads(shortest(found), pure, frozenset(words), len(roots) == 1 and isinstance(roots[0], nodes.Name))


def _path(node: nodes.Node) -> Path | None:
    """A name and the constant keys after it: `a.b['c']` is (a, b, c)."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        key = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = node.arg.value
    else:
        return None
    parent = _path(node.node)
    return parent and parent + (key,)


def _is_pure(node: nodes.Filter | nodes.Test) -> bool:
    name = node.name.removeprefix("ansible.builtin.").removeprefix("ansible.legacy.")
    if isinstance(node, nodes.Test):
        return name in PURE_TESTS
    if name in NAMING_FILTERS:
        position, known = NAMING_FILTERS[name]
        if len(node.args) > position:
            named = node.args[position]
            return isinstance(named, nodes.Const) and named.value in known and node.dyn_args is None
        return node.dyn_args is None
    return name in PURE_FILTERS
