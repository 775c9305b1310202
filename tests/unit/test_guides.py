# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides hold what they promise: examples that run, names that exist, and messages that the code says."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
import textwrap
import typing as t
from pathlib import Path

import ansible
import jmespath
import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import module_spec
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/docsite/rst/*.rst"), ROOT / "README.md"])
TROUBLESHOOTING = ROOT / "docs" / "docsite" / "rst" / "troubleshooting.rst"
COLLECTION = "telephony.pbx."
RST_BLOCK = re.compile(r"^( *)\.\. code-block:: (\w+)\n\n((?:\1 .*\n|\n)+)", re.MULTILINE)
MARKDOWN_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?<![\w/.])(group/)?telephony\.pbx\.(\w+)(?![\w/])")
# Where a plugin of that name may be; {} is its name.
PLACES = (
    *(f"plugins/{kind}/{{}}.py" for kind in ("modules", "inventory", "lookup")),
    *(f"plugins/{kind}/{{}}.yml" for kind in ("filter", "test")),
    *("playbooks/{}.yml", "roles/{}/tasks", "docs/docsite/rst/{}.rst"),
)
TASK_WORDS = {"name", "register", "loop", "vars", "delegate_to", "no_log", "when", "with_items", "until", "retries", "notify"}
GAP = "\0"  # stands for what a message fills in


class Block(t.NamedTuple):
    """A block of code in a guide."""

    guide: str
    number: int
    language: str
    text: str


def blocks(language: str) -> list[Block]:
    """All blocks in this language."""
    found = []
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8")
        if guide.suffix == ".rst":
            parts = [(match[2], textwrap.dedent(match[3])) for match in RST_BLOCK.finditer(text)]
        else:
            parts = [(match[1], match[2]) for match in MARKDOWN_BLOCK.finditer(text)]
        found += [Block(guide.name, number, *part) for number, part in enumerate(parts, 1)]
    return [block for block in found if block.language == language]


def named(block: Block) -> str:
    """The ID of a test."""
    return f"{block.guide}-{block.number}"


def wrong_options(given: t.Mapping[str, t.Any], spec: t.Mapping[str, t.Any], where: str) -> t.Iterator[str]:
    """Options that don't exist, and values that aren't among the choices; in dictionaries within options too."""
    for name, value in given.items():
        if name not in spec:
            yield f"{where} has no option {name}"
            continue
        option = spec[name]
        if isinstance(value, str) and "{{" not in value and value not in option.get("choices", [value]):
            yield f"{where}: {name} can't be {value}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and option.get("options"):
                yield from wrong_options(inner, option["options"], f"{where}.{name}")


def wrong_task(task: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """What is wrong with a task of this collection."""
    for action in task:
        short = action.removeprefix(COLLECTION) if action.startswith(COLLECTION) else None
        if short is None:
            if action not in TASK_WORDS and not action.startswith("ansible."):
                yield f"{action} is neither a word of Ansible's nor a full name of a module"
        elif short not in MODULES and short != "api":
            yield f"there is no module {action}"
        else:
            yield from wrong_options(task[action] or {}, module_spec(short)["argument_spec"], action)
            if (query := (task[action] or {}).get("query")) is not None:
                jmespath.compile(query)


def wrong_play(play: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """What is wrong with a play."""
    for group, defaults in play.get("module_defaults", {}).items():
        system = group.removeprefix(f"group/{COLLECTION}")
        known = {option.option for option in REGISTERED[system].system.options} if system in REGISTERED else set()
        yield from (f"{group} has no option {name}" for name in defaults if name not in known)
    for role in play.get("roles", []):
        short = (role["role"] if isinstance(role, dict) else role).removeprefix(COLLECTION)
        specs = yaml.safe_load((ROOT / "roles" / short / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
        given = role.get("vars", {}) if isinstance(role, dict) else {}
        yield from wrong_options(given, specs["argument_specs"]["main"]["options"], short)
    for task in play.get("tasks", []):
        yield from wrong_task(task)


def inventory_options(name: str) -> set[str]:
    """Options of an inventory plugin, those of its doc fragments included."""
    plugin = importlib.import_module(f"ansible_collections.{COLLECTION}plugins.inventory.{name}")
    documented = yaml.safe_load(plugin.DOCUMENTATION)
    options = set(documented["options"])
    for fragment in documented["extends_documentation_fragment"]:
        *_collection, short, part = fragment.split(".") if fragment.count(".") > 2 else [*fragment.split("."), "documentation"]
        package = "ansible" if fragment.startswith("ansible.") else f"ansible_collections.{COLLECTION.rstrip('.')}"
        holder = importlib.import_module(f"{package}.plugins.doc_fragments.{short}").ModuleDocFragment
        options |= set(yaml.safe_load(getattr(holder, part.upper()))["options"])
    return options


@pytest.mark.parametrize("block", blocks("yaml"), ids=named)
def test_yaml(block: Block) -> None:
    """Playbooks, tasks and inventories use modules, roles and options that exist."""
    data, wrong = yaml.safe_load(block.text), []
    if isinstance(data, list):
        for item in data:
            if "hosts" in item:
                wrong += wrong_play(item)
            elif any(key.startswith((COLLECTION, "ansible.")) for key in item):
                wrong += wrong_task(item)
    elif str(data.get("plugin", "")).startswith(COLLECTION):
        name = data["plugin"].removeprefix(COLLECTION)
        wrong = [f"{name} has no option {option}" for option in data if option not in inventory_options(name)]
    assert not wrong


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_names(guide: Path) -> None:
    """Whatever a guide calls telephony.pbx.SOMETHING is there."""
    missing = []
    for group, name in NAMED.findall(guide.read_text(encoding="utf-8").replace(f"{COLLECTION}docsite.", COLLECTION)):
        if group:
            found = name in {*REGISTERED, "all"}
        else:
            found = name == "git" or any((ROOT / place.format(name)).exists() for place in PLACES)
        missing += [] if found else [group + name]
    assert not missing


def wrong_command(words: list[str]) -> str | None:
    """Why a command of a guide can't work, as far as names tell."""
    program, arguments = Path(words[0]).name, words[1:]
    ours = [word.removeprefix(COLLECTION) for word in arguments if word.startswith(COLLECTION)]
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return next((f"no target {word}" for word in arguments if word not in targets and "=" not in word), None)
    folder = "playbooks/{}.yml" if program == "ansible-playbook" else "plugins/modules/{}.py"
    if program in ("ansible-playbook", "ansible"):
        return next((f"no {name}" for name in ours if not (ROOT / folder.format(name)).is_file()), None)
    return None


@pytest.mark.parametrize("block", blocks("console"), ids=named)
def test_commands(block: Block) -> None:
    """Commands begin with a dollar sign, and name playbooks, modules and targets that exist."""
    lines = block.text.replace("\\\n", " ").strip().splitlines()
    assert lines and all(line.startswith("$ ") for line in lines)
    commands = [part for line in lines for part in re.split(r" && |; | \| ", line.removeprefix("$ "))]
    wrong = [wrong_command(words) for words in (shlex.split(command, comments=True) for command in commands) if words]
    assert [reason for reason in wrong if reason] == []


def texts_of(node: ast.AST) -> str | None:
    """A text of the code, with GAP where something is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(texts_of(part) or GAP for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = texts_of(node.left), texts_of(node.right)
        return (left or GAP) + (right or GAP) if left or right else None
    return None


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Every text in the code that may be a message."""
    found = []
    for path in (ROOT / "plugins").rglob("*.py"):
        if path.parent.name not in ("modules", "doc_fragments"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            found += [texts_of(node) for node in ast.walk(tree) if id(node) not in docs]
    for path in (*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("playbooks/tasks/*.yml")):
        joined = re.sub(r"'\s*~\s*'", "", path.read_text(encoding="utf-8"))  # Jinja's way to break a text
        found.append(re.sub(r"\s+", " ", joined))
    return [text for text in found if text]


def messages() -> list[str]:
    """What the guide to error messages quotes, one a line."""
    return re.findall(r"^``(.+)``$", TROUBLESHOOTING.read_text(encoding="utf-8"), re.MULTILINE)


def test_there_are_messages() -> None:
    """The guide is written so that the next test finds its entries."""
    text = TROUBLESHOOTING.read_text(encoding="utf-8")
    entries = re.findall(r"^(?=\S).*\n    \S", text, re.MULTILINE)
    assert len(messages()) > 60
    assert len(entries) == len(messages()) + len(ansibles_own())


@pytest.mark.parametrize("message", messages())
def test_message_is_said(message: str, said: list[str]) -> None:
    """The code says it in these words; an ellipsis stands for what is filled in."""
    parts = [re.escape(part.strip()) for part in re.split(r"…|\*{8}", message)]
    pattern = re.compile(".{0,80}?".join(part for part in parts if part), re.DOTALL)
    assert any(pattern.search(text) for text in said)


def ansibles_own() -> list[str]:
    """Messages of Ansible's that the guide quotes."""
    return re.findall(r"^\*(.+)\*$", TROUBLESHOOTING.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("message", ansibles_own())
def test_message_is_ansibles(message: str) -> None:
    """Ansible says it in these words."""
    package = Path(ansible.__file__).parent
    folders = (package / "parsing", package / "inventory", package / "module_utils")
    assert any(message in path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
