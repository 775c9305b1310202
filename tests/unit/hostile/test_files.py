# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No value becomes another line, section or include of a configuration file: it is refused, or reads back as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._model import converters
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import files, lines
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.configuration import SECRET_SETTINGS, ConfigurationState
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import tries
from ansible_collections.telephony.pbx.tests.unit.hostile.tasks import quick, run
from ansible_collections.telephony.pbx.tests.unit.hostile.world import World, world

PARTS = st.sampled_from(
    [";", ";--", "--;", "#", "#include x", "#exec rm", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "[evil]",
     "[", "]", "=>", "=", "\\", "\\;", "\\\n", '"', "'", "(", ")", ",", " ", "\t", "\xa0", "+=", "(!)", "${X}", "\0", "\ufeff",
     ">", "> ", "a", "é"]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=3), max_size=6).map("".join)
# What Jade is known to do with a line (facts/jade.md 1.4): cut it, split it, strip it.
CUT = re.compile("[;#]")


def read_by_jade(text: str) -> dict[str, dict[str, str]]:
    """The file as Jade and Asterisk read it: by lines, each cut at a comment, split at its first =."""
    sections: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in re.split("[\r\n]", text):
        if re.match(r"\s*#", line):
            sections["#"] = {line: ""}
        line = CUT.split(line)[0].strip()
        header = re.match(r"\[([^]]*)\]", line)
        if header:
            current = sections.setdefault(header.group(1), {})
        elif "=" in line:
            key, _equals, value = line.partition("=")
            value = value.strip()
            current[key.strip()] = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        elif line:
            current[line] = ""
    return sections


@tries(200)
@given(TEXTS)
def test_a_value_is_refused_or_stays_the_only_one(value: str) -> None:
    try:
        sent = files.as_text("context", value)
    except BadInput as error:
        assert "context" in str(error)
        event("refused")
        return
    event("taken")
    assert sent == value
    read = read_by_jade(f"[one]\nbefore=1\ncontext={sent}\nafter=2\n[two]\nx=y\n")
    assert read == {"one": {"before": "1", "context": value, "after": "2"}, "two": {"x": "y"}}


@tries(200)
@given(TEXTS)
def test_a_name_of_a_section_is_refused_or_names_that_section(name: str) -> None:
    try:
        files.check_section("name", name, frozenset(("general",)))
    except BadInput as error:
        assert "name" in str(error)
        return
    assert read_by_jade(f"[one]\na=b\n[{name}]\nx=y\n") == {"one": {"a": "b"}, name: {"x": "y"}}


@tries(200)
@given(TEXTS)
def test_a_name_of_a_setting_is_refused_or_names_that_setting(name: str) -> None:
    try:
        files.check_setting_name("settings", name)
    except BadInput:
        return
    assert read_by_jade(f"[one]\na=b\n{name}=value\nc=d\n") == {"one": {"a": "b", name: "value", "c": "d"}}


@tries(200)
@given(st.sampled_from(["exten => 1,1,NoOp({})", "exten => {},1,NoOp()", "same => n,Set({})", "include => {}", "{}"]), TEXTS)
def test_a_line_of_a_dialplan_is_refused_or_stays_one_line(form: str, value: str) -> None:
    given_lines = ["exten => s,1,NoOp()", form.format(value)]
    try:
        parsed = lines.parse("lines", given_lines)
    except BadInput as error:
        assert str(error).startswith("lines")
        event("refused")
        return
    event("taken")
    assert len(parsed) <= 2
    for kind, text in parsed:
        assert kind in lines.KINDS
        assert read_by_jade(f"[one]\n{kind}=> {text}\n[two]\n") == {"one": {kind: f"> {text}"}, "two": {}}
    again = lines.from_wire(lines.as_created(parsed))
    assert again == [lines.shown(line) for line in parsed]
    assert lines.parse("lines", again) == parsed


@tries(200)
@given(TEXTS)
def test_lines_given_as_one_text_mean_what_they_mean_as_a_list(text: str) -> None:
    def parsed(given_lines: Any) -> Any:
        try:
            return lines.parse("lines", given_lines)
        except BadInput as error:
            return str(error)

    whole = f"exten => s,1,NoOp()\n{text}"
    assert parsed(whole) == parsed(re.split("\r\n|\r|\n", whole))


@tries(200)
@given(st.lists(st.sampled_from(["secret=", "password => ", ";secret = ", "[a]", "x=y", "\n", "\r\n", "Hidden1", " ", ";", "="])))
def test_no_masked_file_holds_a_secret_that_was_found_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    masked = SECRET_SETTINGS.masked(text)
    assert SECRET_SETTINGS.masked(masked) == masked
    assert len(SECRET_SETTINGS.found(masked)) == len(SECRET_SETTINGS.found(text))
    assert not [found for found in SECRET_SETTINGS.found(masked) if found != "********"]
    state = ConfigurationState()
    if "********" in masked and text.strip():
        with pytest.raises(BadInput):
            state.check_input({"data": masked})


# As a whole task: what leaves for the server


@pytest.fixture(scope="module")
def here() -> Iterator[World]:
    with world() as running, quick():
        yield running


FIELDS = {
    "jade_queue": ("strategy", "musicclass", "settings", "members", "name"),
    "jade_parking_lot": ("context", "courtesytone", "settings", "name"),
    "jade_trunk": ("server_uri", "username", "contact", "context", "hostname", "name"),
    "jade_manager_user": ("context",),
    "jade_sdialplan": ("lines", "name"),
}
KEYS = {"jade_manager_user": "username"}


def _given(module: str, option: str, value: str) -> dict[str, Any]:
    more: Any = {"settings": {"announce": value}, "members": [f"PJSIP/1{value}"], "lines": [f"exten => 1,1,NoOp({value})"]}
    return {KEYS.get(module, "name"): "sales", option: more.get(option, value)}


def _values(body: Any) -> Iterator[str]:
    """All texts that are sent, but for what Jade itself parses."""
    if isinstance(body, (dict, list)):
        for item in body.values() if isinstance(body, dict) else body:
            yield from _values(item)
    elif isinstance(body, str):
        yield body


@tries(120)
@given(st.sampled_from([(module, option) for module, names in FIELDS.items() for option in names]), TEXTS)
def test_a_task_sends_nothing_that_a_file_cannot_hold(here: World, what: tuple[str, str], value: str) -> None:
    module, option = what
    if option == "strategy":
        return
    here.forget("jade")
    result = run(here, module, _given(module, option, value))
    if result.get("failed") and result["error"]["kind"] == "bad_input":
        assert here.writes == []
        event("refused")
        return
    for request in here.writes:
        for text in _values(json.loads(request.body) if request.body else {}):
            assert not re.search("[\0-\x1f;#]", text), text
            assert text == converters.text(text).strip()
        event("sent")
