# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets out of sight: in results, diffs, and what the server sent."""

from __future__ import annotations

import re
import typing as t

from .._http.redaction import MASKED
from .resource import Field, Object, Resource

SECRET_NAMES = re.compile(r"(?i)(passwords?|passwd|pwd|secret|token|private_?key|md5_?cred|(^|_)pin|activation_?(url|code))$")


def named_secrets(value: t.Any) -> t.Iterator[str]:
    """Texts that stand under the name of a secret, at any depth. One letter or two would be found everywhere."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and len(item) > 2 and SECRET_NAMES.search(str(key)):
                yield item
            yield from named_secrets(item)
    elif isinstance(value, list):
        for item in value:
            yield from named_secrets(item)


def secrets_in(fields: t.Iterable[Field], given: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """The secrets among what is given for these fields, at any depth."""
    for candidate in fields:
        value = given.get(candidate.name)
        if candidate.secret and isinstance(value, str):
            yield value
        elif candidate.secrets_inside and isinstance(value, str):
            # Where the text itself has it in the open, removing it everywhere would garble that, and point at it.
            text = candidate.secrets_inside.masked(value)
            yield from (secret for secret in candidate.secrets_inside.found(value) if secret not in text)
        elif candidate.fields:
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, dict):
                    yield from secrets_in(candidate.fields, item)


def mask(fields: t.Iterable[Field], shown: t.Mapping[str, t.Any]) -> Object:
    """The object with its secrets masked. Empty and absent ones stay as they are, so that one sees where one is missing."""
    masked = dict(shown)
    for candidate in fields:
        value = masked.get(candidate.name)
        if candidate.secret and value:
            masked[candidate.name] = MASKED
        elif candidate.secrets_inside and isinstance(value, str):
            masked[candidate.name] = candidate.secrets_inside.masked(value)
        elif candidate.fields and isinstance(value, dict):
            masked[candidate.name] = mask(candidate.fields, value)
        elif candidate.fields and isinstance(value, list):
            # What a person gives may be anything; it is shown before it is checked.
            masked[candidate.name] = [mask(candidate.fields, item) if isinstance(item, dict) else item for item in value]
    return masked


def mask_raw(resource: Resource, raw: t.Any) -> t.Any:
    """What the server sent, with the secret fields masked under their names on the wire, at any depth."""
    maskers = dict(_maskers(resource.fields))

    def masked(value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {key: maskers[key](item) if key in maskers and item else masked(item) for key, item in value.items()}
        return [masked(item) for item in value] if isinstance(value, list) else value

    return masked(raw)


def mask_unknown(raw: t.Any) -> t.Any:
    """What the server sent for an object that nothing is known of: whatever is called a secret is masked, but for switches."""
    if isinstance(raw, dict):
        return {
            key: MASKED if value and value is not True and SECRET_NAMES.search(str(key)) else mask_unknown(value)
            for key, value in raw.items()
        }
    return [mask_unknown(item) for item in raw] if isinstance(raw, list) else raw


def _maskers(fields: t.Iterable[Field]) -> t.Iterator[tuple[str, t.Callable[[t.Any], t.Any]]]:
    """Names on the wire, each with what masks a value of that name."""
    for candidate in fields:
        if candidate.secret:
            yield from ((name, lambda value: MASKED) for name in (candidate.path[-1], *candidate.old))
        if candidate.secrets_inside:
            yield candidate.path[-1], candidate.secrets_inside.masked
        yield from _maskers(candidate.fields)


def scrubbed(value: t.Any, redact: t.Callable[[str], str]) -> t.Any:
    """A result with each text in it redacted, at any depth; keys stay."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: scrubbed(item, redact) for key, item in value.items()}
    return [scrubbed(item, redact) for item in value] if isinstance(value, (list, tuple)) else value
