# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token cache on the disk, for tests of what may happen to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.tokens import TokenSource
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import AuthenticationFailed
from ansible_collections.telephony.pbx.tests.unit.support.logins import System, source, token_file

FILES = {".json", ".lock", ".bad"}  # of a token cache: endings of their names


def filled(directory: Path) -> Path:
    """A token cache with one of each of its files in it."""
    source(System(), directory).get()
    with pytest.raises(AuthenticationFailed):
        source(System(password="another"), directory, "wrong").get()
    assert {path.suffix for path in directory.iterdir()} == FILES
    return directory


def file_of(directory: Path, kind: str) -> Path:
    """The one file of a kind."""
    (found,) = [path for path in directory.iterdir() if kind == path.suffix]
    return found


def use(directory: Path) -> None:
    """All that a run does with a cache, several times: the first one may have to log in, those after it don't."""
    system = System(logins=10)
    for __ in range(2):
        tokens = source(system, directory)
        tokens.get()
        tokens.remember("base", "/v1")
        with pytest.raises(AuthenticationFailed):
            source(System(password="another"), directory, "wrong").get()
        tokens.forgive()
    assert system.logins <= 11
    source(system, directory).forget()
    assert source(system, directory).get().value == f"T{system.logins}"


def get_and_tell(directory: Path) -> str:
    """The token that a task gets, and whether it has to give it back."""
    system = System()
    found = TokenSource(lambda: system.login(system.password), file=token_file(directory), clock=system.clock)
    return f"{found.get().value} {'shared' if found.shared else 'its own'}"
