# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in everything that a person, a log or a record sees."""

from __future__ import annotations

import base64
import functools
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import yaml

from tests.system.support.runner import MARKS, Run

SHORTEST = 6  # anything shorter occurs by chance


def in_json(text: str, **more: bool) -> str:
    """A text as it stands between the quotation marks of JSON."""
    return json.dumps(text, **more)[1:-1]


def in_base64(secret: str, offset: int) -> str:
    """What is the same in base64 whatever stands before and behind it; with so many bytes of the last three before it."""
    filled = (base64.b64encode(byte * offset + secret.encode() + byte * 3).decode() for byte in (b"\0", b"\xff"))
    same = "".join(one if one == other else " " for one, other in zip(*filled))
    return max(same.split() or [""], key=len)


def url_safe(text: str) -> str:
    """Base64 as URLs have it."""
    return text.replace("+", "-").replace("/", "_")


# How a secret may be written.
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": functools.partial(quote, safe=""),
    "percent, path": quote,
    "percent, small letters": lambda secret: re.sub(r"%..", lambda match: match.group().lower(), quote(secret, safe="")),
    "percent, twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "form": quote_plus,
    "JSON": in_json,
    "JSON, letters as they are": functools.partial(in_json, ensure_ascii=False),
    "JSON, slashes": lambda secret: in_json(secret).replace("/", "\\/"),
    "JSON in JSON": lambda secret: in_json(in_json(secret)),
    "JSON in JSON, letters as they are": lambda secret: in_json(in_json(secret, ensure_ascii=False), ensure_ascii=False),
    "Python": lambda secret: repr(secret)[1:-1],
    "Python in JSON": lambda secret: in_json(repr(secret)[1:-1]),
    "bytes": lambda secret: repr(secret.encode())[2:-1],
    "YAML": lambda secret: yaml.safe_dump(secret, default_style='"', width=10**6).strip()[1:-1],
    "YAML, single quotes": lambda secret: secret.replace("'", "''"),
    "HTML": html.escape,
    "HTML, text": functools.partial(html.escape, quote=False),
    "HTML, numbers": lambda secret: html.escape(secret).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
    "one line": lambda secret: " ".join(secret.split()),
    "hex": lambda secret: secret.encode().hex(),
    "HEX": lambda secret: secret.encode().hex().upper(),
    **{f"base64, {offset}": functools.partial(in_base64, offset=offset) for offset in range(3)},
    **{f"base64 for URLs, {offset}": lambda secret, offset=offset: url_safe(in_base64(secret, offset)) for offset in range(3)},
}


@functools.lru_cache(maxsize=4096)
def spellings(secret: str) -> frozenset[str]:
    """All of them, but for those that are too short to mean anything."""
    assert len(secret) >= SHORTEST, "too short to be looked for"
    return frozenset(form for form in (spell(secret) for spell in FORMS.values()) if len(form) >= SHORTEST)


def unescaped(text: str) -> str:
    """A text without one layer of backslashes: Ansible prints results as JSON, whatever is in them."""

    def meant(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if len(code) > 1 else {"n": "\n", "t": "\t", "r": "\r"}.get(code, code)

    return re.sub(r"\\(u[0-9a-fA-F]{4}|[\s\S])", meant, text)


def shown_in(text: str, secrets: Iterable[str]) -> Iterator[str]:
    """The secrets that a text shows, however they are written."""
    texts = (text, unescaped(text)) if "\\" in text else (text,)
    for secret in secrets:
        if any(spelling in one for one in texts for spelling in spellings(secret)):
            yield secret


def unwrapped(text: str) -> Iterator[str]:
    """Warnings and errors as they were before Ansible broke their lines, between words and within long ones."""
    for block in re.split(r"\n(?=\n|\[)", text):
        if block.lstrip().startswith(MARKS):
            yield " ".join(block.split("\n"))
            yield "".join(block.split("\n"))


def exposed(run: Run, secrets: Iterable[str]) -> Iterator[str]:
    """Where a run shows one of the secrets."""
    recorded = "\n".join(json.dumps(record.result, ensure_ascii=False) for record in run.records)
    secrets = set(secrets)
    for where, text in (("standard output", run.stdout), ("standard error", run.stderr), ("results", recorded)):
        for secret in shown_in("\n".join([text, *unwrapped(text)]), secrets):
            yield f"{where} shows the secret {secret!r}"


def left_in(folder: Path, secrets: Iterable[str], *meant: str) -> Iterator[str]:
    """Which files below a folder hold a secret, but for those of these names, or in folders of these names."""
    secrets = set(secrets)
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and not set(parts) & set(meant):
            for secret in shown_in(file.read_text(encoding="utf-8", errors="replace"), secrets):
                yield f"{'/'.join(parts)} holds the secret {secret!r}"
