# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in everything that a person, a log or a record sees."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from tests.system.support.runner import Run

SHORTEST = 6  # anything shorter occurs by chance


def spellings(secret: str) -> set[str]:
    """How a secret may be written: plain, in a URL, in JSON, at the end of a Basic header."""
    shifted = {base64.b64encode(b" " * offset + secret.encode()).decode()[4:-4] for offset in range(3)}
    return {secret, quote(secret), quote_plus(secret), json.dumps(secret)[1:-1], *shifted}


def exposed(run: Run, secrets: Iterable[str]) -> Iterator[str]:
    """Where a run shows one of the secrets."""
    recorded = "\n".join(json.dumps(record.result, ensure_ascii=False) for record in run.records)
    for secret in secrets:
        assert len(secret) >= SHORTEST, "too short to be looked for"
        for where, text in (("standard output", run.stdout), ("standard error", run.stderr), ("results", recorded)):
            if any(len(spelling) >= SHORTEST and spelling in text for spelling in spellings(secret)):
                yield f"{where} shows the secret {secret!r}"
