# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a token cache that are other than they should be: each costs a login, and never more."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telephony.pbx.tests.unit.support.caches import FILES, file_of, filled, get_and_tell, use
from ansible_collections.telephony.pbx.tests.unit.support.logins import System, source

PRECIOUS = "nobody but its owner changes this"
ODD: dict[str, Any] = {
    "list": [1], "object": {"a": 1}, "number": 5, "huge": 10**400, "infinite": float("inf"), "no number": float("nan"),
    "true": True, "empty": "", "two lines": "T\r\nX-Evil: 1", "odd letters": "T\u20ac",
}  # fmt: skip
# An empty value is none, and the number a time that is over by now: the token itself stays good.
HARMLESS = {
    ("expires_at", "empty"), ("refresh", "empty"),
    ("refresh_expires_at", "empty"), ("refresh_expires_at", "number"), ("refresh_expires_at", "true"),
}  # fmt: skip
FIELDS = ("value", "issued_at", "expires_at", "refresh", "refresh_expires_at", "notes")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A token cache with one of each of its files in it."""
    return filled(tmp_path / "tokens")


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("name", FIELDS)
def test_a_record_with_a_wrong_value_costs_one_login(name: str, what: str, directory: Path) -> None:
    path = file_of(directory, ".json")
    record = json.loads(path.read_text())
    record["token"][name] = ODD[what]
    path.write_text(json.dumps(record))
    system = System(logins=7)
    expected = "T1" if (name, what) in HARMLESS else "T8"
    assert [source(system, directory).get().value for __ in range(2)] == [expected] * 2


def test_a_record_whose_token_is_over_by_its_odd_time_is_renewed(directory: Path) -> None:
    path = file_of(directory, ".json")
    record = json.loads(path.read_text())
    record["token"]["expires_at"] = -1e300
    path.write_text(json.dumps(record))
    assert source(System(logins=7), directory).get().value == "T8"


@pytest.mark.parametrize("missing", ["value", "issued_at"])
def test_a_record_without_what_it_needs_costs_one_login(missing: str, directory: Path) -> None:
    path = file_of(directory, ".json")
    record = json.loads(path.read_text())
    del record["token"][missing]
    path.write_text(json.dumps(record))
    assert source(System(logins=7), directory).get().value == "T8"


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda good: b"",
    "cut": lambda good: good[: len(good) // 2],
    "zeros": lambda good: bytes(len(good)),
    "not text": lambda good: bytes(range(256)),
    "huge": lambda good: good + b" " * 1_000_000,
    "deep": lambda good: b"[" * 100_000,
    "long number": lambda good: b"9" * 10_000,
    "null": lambda good: b"null",
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("kind", sorted(FILES))
def test_damage_to_any_file_costs_one_login_and_is_repaired(kind: str, damage: str, directory: Path) -> None:
    path = file_of(directory, kind)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    use(directory)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_directory_in_the_place_of_any_file_costs_logins_and_no_more(kind: str, directory: Path) -> None:
    path = file_of(directory, kind)
    path.unlink()
    path.mkdir()
    (path / "inside").write_text(PRECIOUS)
    assert get_and_tell(directory).startswith("T1")
    assert (path / "inside").read_text() == PRECIOUS


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_pipe_in_the_place_of_any_file_holds_nobody_up(kind: str, directory: Path) -> None:
    path = file_of(directory, kind)
    path.unlink()
    os.mkfifo(path, 0o600)
    use(directory)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_that_others_can_read_is_replaced(kind: str, directory: Path) -> None:
    path = file_of(directory, kind)
    path.chmod(0o644)
    use(directory)
    assert not path.exists() or stat.S_IMODE(path.stat().st_mode) == 0o600
