# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a whole configuration file of Asterisk: its secrets, its includes, and what can't be one."""

from __future__ import annotations

import re

from ..._http.errors import BadInput
from ..._http.redaction import MASKED
from ..._model.resource import SecretsInside

# A setting that is commented out may still be the password of something.
SECRET_SETTINGS = SecretsInside(
    re.compile(
        r"(?im)^[ \t;]*(?:[\w-]*(?:password|passwd|secret|token)|(?:[\w-]*_)?pass|md5_cred)[ \t]*\+?=>?[ \t]*"
        r"(?P<secret>[^\s;][^\r\n]*)"
    )
)
JADES_INCLUDE = re.compile(r"(?m)^[ \t]*#(?:try)?include[ \t]+[\"<]?(?:[^\s\">]*/)?(jade\.[^\s\">;]+)[\">]?[ \t]*(?:;.*)?\r?$\n?")
FIRST_LINE = re.compile(r"#|\[[^]'\"]+\][ \t]*(?:\(.*\))?[ \t]*(?:;.*)?$")
BLOCK_COMMENT = re.compile(r"(?s);--(?!-).*?--;")


def check_text(text: str) -> None:
    """Raises BadInput for what can't be a file of Asterisk's: a path, a number, a list, or settings outside any section."""
    if not text.strip():
        raise BadInput("data is empty, and Jade can't write an empty file")
    lines = [line.strip() for line in BLOCK_COMMENT.sub("", text).splitlines()]
    first = next((line for line in lines if line and not line.startswith(";")), None)
    if first is not None and not FIRST_LINE.match(first):
        raise BadInput(
            "data doesn't begin with a [section], an #include or a comment, so Asterisk could not read the file",
            hint="data takes the text itself, not a path or a list",
        )
    if MASKED in SECRET_SETTINGS.found(text):
        raise BadInput(
            f"data holds {MASKED} in the place of a password, which would be written as it is",
            hint="Read the file with include_secrets: true before changing its text",
        )
