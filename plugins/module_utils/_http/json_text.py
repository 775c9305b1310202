# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as servers send it, kept to what every reader of a result can hold.

Python reads more than JSON is: numbers without an end, halves of characters. Neither AWX's database nor a terminal takes them.
"""

from __future__ import annotations

import json
import math
import re
import typing as t

DEEPEST = 100  # objects and lists inside of each other; no API comes near
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=lambda constant: None)


def parse(body: bytes) -> t.Any:
    """What a body says. NaN and the like become null. Raises ValueError for what is no JSON, or deeper than DEEPEST."""
    text = body.decode(json.detect_encoding(body), "surrogatepass")
    # Looked for before it is parsed: at the end of its stack Python can't even tidy up without errors on the screen.
    if not _is_shallow(body) and not _is_shallow(_STRING.sub("", text).encode("utf-8", "surrogatepass")):
        raise ValueError("too deep")
    data = _DECODER.decode(text)
    if b"\xed" in body or b"\0" in body or _ESCAPED_HALF.search(body):
        # Pairs are whole characters by now.
        data = json.loads(_HALF.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    return data


def _is_shallow(body: bytes) -> bool:
    """Whether nothing is left when pairs of brackets are taken away, one or two levels at a time; texts may hold odd ones."""
    brackets = body.translate(None, _NO_BRACKETS)
    for _number in range(DEEPEST // 2):
        if not brackets:
            return True
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return not brackets
