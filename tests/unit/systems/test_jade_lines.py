# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of a dialplan: one form for what people write and what Jade sends, and a number for what isn't dialplan."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import lines
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import LONGEST_LINE

# Whatever an application may be given, but for what Jade's files can't hold.
ARGUMENTS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=";#") | st.just(" "), max_size=60)
EXTENSIONS = st.text(string.ascii_letters + string.digits + "_.!*-[]/+", min_size=1, max_size=12)
PRIORITIES = st.sampled_from(["1", "17", "n", "s", "next", "same", "n+2", "n(start)", "3(again)"])
NAMES = st.text(string.ascii_letters, min_size=1, max_size=10)
APPLICATIONS = st.one_of(NAMES, st.builds("{}({})".format, NAMES, ARGUMENTS))
EXTENS = st.tuples(st.just("exten"), EXTENSIONS, PRIORITIES, APPLICATIONS)
HINTS = st.tuples(st.just("exten"), EXTENSIONS, st.just("hint"), st.just("PJSIP/100&Custom:dnd"))
SAMES = st.tuples(st.just("same"), PRIORITIES, APPLICATIONS)
OTHERS = st.tuples(st.sampled_from(["include", "ignorepat", "switch", "eswitch", "lswitch"]), NAMES)
LINES = st.one_of(EXTENS, HINTS, SAMES, OTHERS)
BLANKS = st.text(" \t", max_size=3)
ARROWS = st.sampled_from(["=>", "="])


def tight(parts: tuple[str, ...]) -> str:
    """The line as results show it."""
    return f"{parts[0]} => {','.join(parts[1:])}"


def one(text: Any) -> str:
    """The only line of a text, as results show it."""
    (line,) = lines.parse("lines", text)
    return lines.shown(line)


def context(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """With an exten line at its head, without which no same line can be."""
    return [("exten", "s", "1", "NoOp()"), *parts]


@given(st.lists(LINES, max_size=6))
def test_what_is_shown_is_parsed_to_the_same(parts: list[tuple[str, ...]]) -> None:
    wanted = [tight(line) for line in context(parts)]
    parsed = lines.parse("lines", wanted)
    assert [lines.shown(line) for line in parsed] == wanted
    assert lines.parse("lines", "\n".join(wanted)) == parsed


@given(st.lists(LINES, max_size=6))
def test_what_is_sent_is_read_back_as_the_same(parts: list[tuple[str, ...]]) -> None:
    wanted = [tight(line) for line in context(parts)]
    parsed = lines.parse("lines", wanted)
    assert lines.from_wire(lines.as_created(parsed)) == wanted
    assert lines.from_wire([{line["type"]: line["data"]} for line in lines.as_updated(parsed)]) == wanted


@given(LINES, ARROWS, st.lists(BLANKS, min_size=9, max_size=9))
def test_blanks_around_the_parts_and_the_kind_of_arrow_never_count(parts: tuple[str, ...], arrow: str, blanks: list[str]) -> None:
    spaced = ",".join(f"{blanks[number]}{part}{blanks[number + 4]}" for number, part in enumerate(parts[1:]))
    written = f"{blanks[0]}{parts[0].upper()}{blanks[1]}{arrow}{spaced}{blanks[8]}"
    head = tight(context([])[0])
    assert lines.parse("lines", [head, written]) == lines.parse("lines", [head, tight(parts)])


@given(LINES, st.sampled_from(["> ", ">", ">  ", "", "> > ", ">\t"]))
def test_the_rest_of_the_arrow_that_jade_leaves_in_front_never_counts(parts: tuple[str, ...], rest: str) -> None:
    text = rest + ",".join(parts[1:])
    assert lines.from_wire([{parts[0]: text}]) == [tight(parts)]
    head = tight(context([])[0])
    assert lines.parse("lines", [head, f"{parts[0]} => {text}"]) == lines.parse("lines", [head, tight(parts)])


@given(NAMES, ARGUMENTS, BLANKS)
def test_the_arguments_of_an_application_are_never_changed(name: str, arguments: str, blanks: str) -> None:
    for head in ("exten => _X.,n", "exten=_X. , n", "exten => s,1"):
        assert one(f"{head},{blanks}{name}({arguments}){blanks}").endswith(f",{name}({arguments})")
    kept = lines.parse("lines", ["exten => s,1,NoOp()", f"same => n,{name}({arguments})"])[1]
    assert kept == ("same", f"n,{name}({arguments})")
    assert lines.as_updated([kept]) == [{"type": "same", "data": f"> n,{name}({arguments})"}]


NO_DIALPLAN = st.sampled_from(["hello", "exten 1,1,NoOp()", "exten => 1,1", "#include x", "[sales]", "a=b"])


@given(st.lists(LINES, max_size=5), NO_DIALPLAN)
def test_a_line_that_is_no_dialplan_is_refused_by_its_number(parts: list[tuple[str, ...]], wrong: str) -> None:
    good = [tight(line) for line in context(parts)]
    for texts in ([*good, wrong], "\n".join([*good, wrong]), [*good, wrong, *good]):
        with pytest.raises(BadInput) as caught:
            lines.parse("lines", texts)
        assert str(caught.value).startswith(f"lines, line {len(good) + 1} isn't dialplan: {wrong!r}")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("hello", "A line begins with exten, same, include, ignorepat, switch, eswitch, lswitch and =>"),
        ("extension => 1,1,NoOp()", "A line begins with"),
        ("exten", "A line begins with"),
        ("=> 1,1,NoOp()", "A line begins with"),
        ("[sales]", "A line begins with"),
        ("#include <sales.conf>", "A line begins with"),
        ("exten =>", "says nothing behind =>"),
        ("include = > ", "says nothing behind =>"),
        ("exten => 100", "lacks a part: it is extension,priority,application"),
        ("exten => 100,1", "lacks a part: it is extension,priority,application"),
        ("exten => 100,,NoOp()", "lacks a part"),
        ("exten => ,1,NoOp()", "lacks a part"),
        ("exten => 100,1, ", "lacks a part"),
        ("same => n", "lacks a part: it is priority,application"),
        ("exten => 100,NoOp(),1", "has 'NoOp()' where a priority (1, n, hint) belongs"),
        ("exten => 100,one,NoOp()", "has 'one' where a priority"),
        ("exten => 100,n+,NoOp()", "has 'n+' where a priority"),
        ("exten => 100,1,NoOp(", "has no closing parenthesis at its end"),
        ("exten => 100,1,NoOp() or so", "has no closing parenthesis at its end"),
    ],
)
def test_why_a_line_is_no_dialplan(line: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        lines.parse("lines", ["exten => s,1,NoOp()", "", line])
    message = str(caught.value)
    assert message.startswith(f"lines, line 3 isn't dialplan: {line.strip()!r}")
    assert why in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("exten => 1,1,Dial(PJSIP/a;transport=tcp)", "holds ';', which Jade can't keep"),
        ("exten => 1,1,NoOp() ; a comment", "holds ';'"),
        ("exten => 1,1,Set(a=\\;)", "holds ';'"),
        ("exten => *31#,1,NoOp()", "holds '#'"),
        ("exten => 1,1,NoOp(a\nb)", "holds a line break or another control character"),
        ("exten => 1,1,NoOp(a\x00b)", "control character"),
        ("exten => 1,1,NoOp(a\tb)", "control character"),
        ("exten => 1,1,NoOp(" + "ä" * 300 + ")", "is too long: Jade cuts lines after 511 bytes"),
    ],
)
def test_what_jade_cannot_keep_is_refused_by_the_number_of_the_line(line: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        lines.parse("lines", ["; comments and blank lines are counted", "", line])
    assert str(caught.value).startswith("lines, line 3 ")
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("kind", "head"), [("exten", "100,1,"), ("same", "n,")])
def test_the_longest_line_that_fits_is_taken(kind: str, head: str) -> None:
    written = f"{kind}=> {head}NoOp()"  # as Jade writes it
    for more, fits in ((LONGEST_LINE - len(written), True), (LONGEST_LINE - len(written) + 1, False)):
        given_lines = ["exten => s,1,NoOp()", f"{kind}   =>   {head}NoOp({'x' * more})"]
        if fits:
            assert len(lines.parse("lines", given_lines)) == 2
        else:
            with pytest.raises(BadInput, match="lines, line 2 is too long"):
                lines.parse("lines", given_lines)


def test_a_same_line_needs_an_exten_line_before_it() -> None:
    with pytest.raises(BadInput, match=re.escape("lines, line 2 isn't dialplan: 'same => n,NoOp()' has no exten line before it")):
        lines.parse("lines", ["include => other", "same => n,NoOp()", "exten => s,1,NoOp()"])


@pytest.mark.parametrize(
    "line",
    [
        "exten => 100,1,Dial,PJSIP/100",
        "exten => 100,1,Hangup",
        "exten => 100/5551234,1,NoOp(by caller)",
        "exten => _[0-9*]X.,n(again),Goto(sales,${EXTEN},1)",
        "exten => 100,hint,PJSIP/100&PJSIP/101",
        "exten => s,1,Set(quoted=\"a, b\")",
        "exten => s,1,ExecIf($[\"${A}\" = \"(\"]?NoOp(=>):Return())",
        "exten => s,1,NoOp(  two  blanks , kept  )",
        "exten => s,1,NoOp(ä€)",
        "include => office,09:00-17:00,mon-fri,*,*",
        "switch => IAX2/user:key@other/context",
        "ignorepat => 9",
    ],
)
def test_dialplan_that_is_taken_as_it_is(line: str) -> None:
    assert one(line) == one([line]) == one(f"  {line}\n") == line


@pytest.mark.parametrize("nothing", ["", "\n \n", "; a comment\n   ; another", [], ["", " ; comment"]])
def test_blank_lines_and_comments_are_no_lines(nothing: Any) -> None:
    assert lines.parse("lines", nothing) == []


@pytest.mark.parametrize("wrong", [5, {"a": "b"}, [1], ["exten => s,1,NoOp()", None], True, None])
def test_what_is_no_text_is_refused(wrong: Any) -> None:
    with pytest.raises(BadInput, match="lines must be a list of lines such as"):
        lines.parse("lines", wrong)


@pytest.mark.parametrize(
    "sent", ["exten", {"exten": "> s,1,NoOp()"}, ["exten => s,1,NoOp()"], [{"exten": ["a"]}], [{"exten": None}]]
)
def test_lines_that_jade_sends_in_another_shape_are_no_lines(sent: Any) -> None:
    with pytest.raises(ValueError, match=r"not "):
        lines.from_wire(sent)
