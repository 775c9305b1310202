# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialplans as text and as contexts."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.telephony.pbx.plugins.filter.values import FilterModule

PARSE, FORMAT = (FilterModule().filters()[name] for name in ("dialplan", "to_dialplan"))
TEXT = """
; all of it
[sales] ; weekdays
exten = 100, 1, NoOp(a,  b) ; say nothing
 same => n,Hangup()

[empty]
[night]
include => sales
EXTEN => _X.,1,Park()
"""
CONTEXTS = {
    "sales": ["exten => 100,1,NoOp(a,  b)", "same => n,Hangup()"],
    "empty": [],
    "night": ["include => sales", "exten => _X.,1,Park()"],
}


def test_a_text_becomes_contexts() -> None:
    assert PARSE(TEXT) == CONTEXTS


def test_contexts_become_a_text_that_says_the_same() -> None:
    text = FORMAT(CONTEXTS)
    assert text.startswith("[sales]\nexten => 100,1,NoOp(a,  b)\nsame => n,Hangup()\n\n[empty]\n\n[night]\n")
    assert PARSE(text) == CONTEXTS
    assert FORMAT({}) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exten => 1,1,NoOp()", "line 1: .* comes before the first"),
        ("[a]\nexten => 1,1,NoOp()\nhello", "line 3 isn't dialplan: 'hello'"),
        ("[a]\nsame => n,NoOp()", "line 2 isn't dialplan: .* has no exten line before it"),
        ("[a]\nexten => 1,1,Dial(x\\;y)", "line 2 holds ';'"),
    ],
)
def test_the_line_that_is_wrong_is_named(text: str, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match="filter telephony.pbx.dialplan: " + told):
        PARSE(text)


def test_a_wrong_line_of_a_context_is_named() -> None:
    with pytest.raises(AnsibleFilterError, match="context sales, line 2 isn't dialplan"):
        FORMAT({"sales": ["exten => 1,1,NoOp()", "nonsense"]})
    with pytest.raises(AnsibleFilterError, match="must be a dictionary"):
        FORMAT(["exten => 1,1,NoOp()"])


@pytest.mark.parametrize("value", [None, 7, ["[a]"], {"a": []}])
def test_what_is_no_text_is_told(value: object) -> None:
    with pytest.raises(AnsibleFilterError, match=r"^filter telephony\.pbx\.dialplan: a dialplan is text like ext"):
        PARSE(value)
