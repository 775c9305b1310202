# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One case of each cell of the fault matrix; `make faults` runs all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from telephony_lab.faults import KINDS
from tests.faults.calls import Call, calls
from tests.faults.ground import Ground
from tests.faults.matrix import KIND_ORDER, Case, Matrix, cases_of, cell_of
from tests.faults.table import TITLES
from tests.faults.variants import variants
from tests.system.support.runner import ROOT


@pytest.fixture(scope="module")
def every(grounds: Callable[[Call], list[Ground]]) -> list[Case]:
    """All cases there are."""
    return [case for call in calls() for ground in grounds(call) for case in cases_of(ground, call)]


def test_each_module_and_each_fault_is_in_the_matrix() -> None:
    modules = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]["all"]
    assert {call.module for call in calls()} == set(modules) == {*MODULES, "api"}
    assert {variant.kind for variant in variants()} == KINDS


def test_each_call_is_offered_by_a_server(every: list[Case]) -> None:
    assert {base.call.title for _ground, base, _number, _variant in every} == {call.title for call in calls()}


def test_each_kind_of_call_is_in_the_matrix(every: list[Case]) -> None:
    cells = {cell_of(case) for case in every}
    assert {kind for _system, kind, _fault in cells} == set(KIND_ORDER)
    assert {system for system, _kind, _fault in cells} == set(TITLES)


@pytest.mark.parametrize("system", list(TITLES))
def test_no_cell_is_red_or_left_out(system: str, every: list[Case]) -> None:
    cases = [case for case in every if cell_of(case)[0] == system]
    matrix = Matrix().run(cases, 1)
    assert not matrix.problems, "\n".join(matrix.problems)
    assert {cell_of(case) for case in cases} - set(matrix.cells) == set()
