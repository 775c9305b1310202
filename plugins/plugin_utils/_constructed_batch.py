# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One expression evaluated for many rows of values in one template."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any
from uuid import uuid4

from ansible import constants as C
from ansible.template import Templar

from ._constructed_expression import RESERVED_PREFIX, Reads
from ._constructed_rows import TRUSTS, Row
from .untrusted import AnsibleUnsafe, trust_as_template, untrusted

FEW_ROWS = 8
"""So many rows are as quick one by one."""

MAX_FAILURES = 40
"""So many failed templates cost as much as they may save."""

ROWS = f"{RESERVED_PREFIX}rows"
RESULT = f"{RESERVED_PREFIX}result"
IGNORED = f"{RESERVED_PREFIX}ignored"

_MISMATCH = "the template gave {0} results for {1} rows"


class Batch:
    """Evaluates one expression for rows of values; what it can't tell is left out of the results."""

    def __init__(self, templar: Templar, text: str, reads: Reads, conditional: bool) -> None:
        self._templar = templar
        self._text = str(text)
        self._reads = reads
        self._conditional = conditional
        self._failures = 0

    def evaluate(self, rows: Iterable[Row]) -> dict[Hashable, Any]:
        """Results by the row's key, for the rows whose result is sure to be what Ansible gives."""
        groups: dict[Hashable, list[Row]] = {}
        for row in rows:
            groups.setdefault(row.shape, []).append(row)
        results: dict[Hashable, Any] = {}
        if self._is_possible():
            before = self._templar.available_variables
            for group in groups.values():
                self._evaluate_group(group, results)
            self._templar.available_variables = before
        return results

    def _is_possible(self) -> bool:
        if TRUSTS or self._conditional:
            return True
        # These cores make text of every result and read values out of the text, except after these filters.
        return not C.DEFAULT_JINJA2_NATIVE and self._reads.words.isdisjoint(C.STRING_TYPE_FILTERS)

    def _evaluate_group(self, rows: list[Row], results: dict[Hashable, Any]) -> None:
        """Evaluate rows of one shape together, in halves when that fails."""
        if len(rows) <= FEW_ROWS or self._failures >= MAX_FAILURES:
            return
        try:
            values = self._render(rows)
        except Exception:  # whatever it was: Ansible will say it again for the host at fault
            self._failures += 1
            middle = len(rows) // 2
            self._evaluate_group(rows[:middle], results)
            self._evaluate_group(rows[middle:], results)
        else:
            results.update((row.key, value) for row, value in zip(rows, values) if self._is_sure(row, value))

    def _render(self, rows: list[Row]) -> list[Any]:
        names = list(rows[0].values)
        loop = "{%% for %s in %s %%}" % (", ".join(names) or IGNORED, ROWS)
        if len(names) == 1:  # Jinja reads one name with a comma behind it as an error
            values = [row.values[names[0]] for row in rows]
        else:
            values = [[row.values[name] for name in names] for row in rows]
        self._templar.available_variables = {ROWS: values}
        values = self._render_values(loop) if TRUSTS else self._render_text(loop, rows[0].unsafe)
        if len(values) != len(rows):
            raise ValueError(_MISMATCH.format(len(values), len(rows)))
        return values

    def _render_values(self, loop: str) -> list[Any]:
        """The results themselves, where templates give values of any type."""
        collect = "{%% set %s = [] %%}%s{%% set %s = %s.append(%s) %%}{%% endfor %%}{{ %s }}"
        text = collect % (RESULT, loop, IGNORED, RESULT, self._text, RESULT)
        return self._templar.template(trust_as_template(text))

    def _render_text(self, loop: str, unsafe: bool) -> list[Any]:
        """The results as the text that these cores make of them, or the truth of conditionals."""
        mark = uuid4().hex
        if self._conditional:
            output = "{%% if %s %%}1{%% else %%}{%% endif %%}" % self._text
        else:
            output = "{{ %s }}" % self._text
        rendered = self._templar.template(f"{mark}{loop}{output}{mark}{{% endfor %}}", disable_lookups=True)
        if isinstance(rendered, AnsibleUnsafe) and not unsafe:
            raise ValueError(rendered)
        values = str(rendered).split(mark)[1:-1]
        if self._conditional:
            return [value == "1" for value in values]
        return [_typed(value, unsafe) for value in values]

    def _is_sure(self, row: Row, value: Any) -> bool:
        """Whether a result needs no more of Ansible's treatment than it had."""
        if self._conditional:
            return isinstance(value, bool)
        if TRUSTS:
            return True
        if self._reads.bare and not all(isinstance(read, str) for read in row.values.values()):
            return False  # a number or null that is named by itself stays one
        return not (isinstance(value, str) and value.startswith(("{", "[")))


def _typed(text: str, unsafe: bool) -> Any:
    if text in ("True", "False"):
        return text == "True"
    return untrusted(text) if unsafe else text
