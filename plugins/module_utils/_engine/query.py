# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JMESPath expressions over results."""

from __future__ import annotations

import typing as t

try:
    import jmespath
    from jmespath.exceptions import JMESPathError
except ImportError:
    HAS_JMESPATH = False
else:
    HAS_JMESPATH = True

from .._http.errors import BadInput


def compiled(expression: str | None) -> t.Any:
    """A JMESPath expression, checked before the first request. None stays None. Raises BadInput."""
    if not expression:
        return None
    if not HAS_JMESPATH:
        raise BadInput("query needs the Python library jmespath", hint="Install it where the task runs: pip install jmespath")
    try:
        return jmespath.compile(expression)
    except JMESPathError as error:
        raise BadInput(f"query is no valid JMESPath expression: {str(error).splitlines()[0]}") from None


def search(query: t.Any, data: t.Any) -> t.Any:
    """Apply a compiled expression. Raises BadInput."""
    try:
        return query.search(data)
    except JMESPathError as error:
        raise BadInput(f"query can't be applied to the result: {str(error).splitlines()[0]}") from None
