# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts without the secrets in them, in whatever way these are written."""

from __future__ import annotations

import base64
import html
import json
import re
import typing as t
from urllib.parse import quote, quote_plus

MASKED = "********"
SHORTEST, SHORTEST_WORD = 6, 4  # characters; what is shorter occurs by chance


def written(secret: str) -> set[str]:
    """The ways in which a text may be written: plain, in a URL or a form, in JSON, in HTML, on one line."""
    data = secret.encode("utf-8", "surrogatepass")  # half a character is refused, but in words
    in_json = {json.dumps(secret, ensure_ascii=ascii)[1:-1] for ascii in (True, False)}
    found = {quote(data), quote(data, safe=""), quote_plus(data), repr(secret)[1:-1], " ".join(secret.split())}
    found |= in_json | {text.replace("/", "\\/") for text in in_json}
    found |= {html.escape(secret, quote=quotes) for quotes in (True, False)} | {html.escape(secret).replace("&quot;", "&#34;")}
    return {secret, *(text for text in found if len(text) >= SHORTEST)}


def encoded(secret: str) -> set[str]:
    """Base64, wherever in a longer text the secret begins (as behind the user name of a Basic header), and hexadecimal."""
    data, found = secret.encode("utf-8", "surrogatepass"), set()
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + data).decode()
        # Only what no neighbor has a part in: characters at both ends hold bits of theirs.
        text = whole[(0, 2, 3)[offset] : (offset + len(data)) * 8 // 6]
        found |= {text, text.replace("+", "-").replace("/", "_")}
    return {text for text in found | {data.hex()} if len(text) >= SHORTEST}


def redactor(secrets: t.Iterable[str]) -> t.Callable[[str], str]:
    """A function that gives a text without these secrets, in whatever way they are written; percent-encoding has no case.

    One of fewer than SHORTEST characters is found only where it stands as a word of its own, and not at all with fewer than
    SHORTEST_WORD: a PIN occurs by chance in any number, and blanking it there would give it away.
    """
    forms: set[str] = set()
    words: set[str] = set()
    for secret in secrets:
        if len(secret) >= SHORTEST:
            # What a server repeats may have been encoded by us, and then by it.
            forms.update(*map(written, written(secret)), encoded(secret))
        elif len(secret) >= SHORTEST_WORD:
            words.add(secret)
    patterns = [_pattern(form) for form in sorted(forms, key=len, reverse=True)]
    patterns += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in words]
    if not patterns:
        return str
    pattern = re.compile("|".join(patterns))
    return lambda text: pattern.sub(MASKED, text)


def without(text: str, secrets: t.Iterable[str]) -> str:
    """The text without these secrets; see C(redactor)."""
    return redactor(secrets)(text)


def _pattern(form: str) -> str:
    parts = re.split(r"(%[0-9A-F]{2}|\\u[0-9a-f]{4})", form)
    return "".join(f"(?i:{re.escape(part)})" if number % 2 else re.escape(part) for number, part in enumerate(parts))
