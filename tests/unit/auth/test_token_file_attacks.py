# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others or a mistake may put where tokens are kept: it costs a login, never a run and never another file."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth import token_file as tokenfile
from ansible_collections.telephony.pbx.plugins.module_utils._auth.token_file import KEPT, open_token_file
from ansible_collections.telephony.pbx.tests.unit.support.builders import connection
from ansible_collections.telephony.pbx.tests.unit.support.caches import FILES, file_of, filled, get_and_tell, use
from ansible_collections.telephony.pbx.tests.unit.support.logins import System, source
from ansible_collections.telephony.pbx.tests.unit.support.processes import in_processes

NOBODY = 65534
PRECIOUS = "nobody but its owner changes this"
OLD = time.time() - KEPT - 1000
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A token cache with one of each of its files in it."""
    return filled(tmp_path / "tokens")


# Links


def link_softly(target: Path, path: Path) -> None:
    path.symlink_to(target)


def link_hard(target: Path, path: Path) -> None:
    path.hardlink_to(target)


@pytest.mark.parametrize("link", [link_softly, link_hard], ids=["symbolic", "hard"])
@pytest.mark.parametrize("kind", sorted(FILES))
def test_what_a_link_points_to_stays_as_it_is(
    kind: str, link: Callable[[Path, Path], None], directory: Path, tmp_path: Path
) -> None:
    target, path = tmp_path / "precious", file_of(directory, kind)
    target.write_text(PRECIOUS)
    target.chmod(0o600)
    os.utime(target, (OLD, OLD))
    path.unlink()
    link(target, path)
    before = target.stat()
    use(directory)
    for other in directory.iterdir():
        if other != path:
            os.utime(other, (OLD, OLD))
    use(directory)
    after = target.stat()
    assert target.read_text() == PRECIOUS
    assert (after.st_mtime, after.st_mode, after.st_ino) == (before.st_mtime, before.st_mode, before.st_ino)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_link_to_nowhere_makes_nothing_there(kind: str, directory: Path, tmp_path: Path) -> None:
    path = file_of(directory, kind)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    use(directory)
    assert not (tmp_path / "nowhere").exists()


def test_a_record_that_a_link_brings_in_is_not_used(directory: Path, tmp_path: Path) -> None:
    path = file_of(directory, ".json")
    shutil.move(path, tmp_path / "theirs")
    path.symlink_to(tmp_path / "theirs")
    assert source(System(logins=7), directory).get().value == "T8"


def test_a_sweep_leaves_what_is_not_ours(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may name a directory that holds other things."""
    mine, ours = directory / "id_rsa", directory / ("0" * 32 + ".json")
    for path in (mine, ours):
        path.write_text(PRECIOUS)
        os.utime(path, (OLD, OLD))
    monkeypatch.setattr(tokenfile, "SWEEP_ONE_IN", 1)
    source(System(), directory).forget()
    source(System(), directory).get()
    assert mine.read_text() == PRECIOUS
    assert not ours.exists()


# Places that can't be used


def refusal(directory: Path) -> str:
    """Why a directory isn't used."""
    reasons: list[str] = []
    assert open_token_file(connection(token_cache=str(directory)), reasons.append) is None
    (reason,) = reasons
    assert str(directory) in reason
    return reason


def test_a_refusal_says_why(tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir(mode=0o700)
    (tmp_path / "loose").chmod(0o770)
    (tmp_path / "link").symlink_to(tmp_path / "loose")
    (tmp_path / "file").write_text("")
    assert "others can reach it (mode 0770 instead of 0700)" in refusal(tmp_path / "loose")
    assert "it is a symbolic link" in refusal(tmp_path / "link")
    assert "it isn't a directory" in refusal(tmp_path / "file")
    assert "Not a directory" in refusal(tmp_path / "file" / "below")
    assert "null" in refusal(tmp_path / "with\0zero")
    assert list((tmp_path / "loose").iterdir()) == []


@needs_root
def test_the_directory_of_another_user_is_refused_and_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir(mode=0o700)
    os.chown(tmp_path / "tokens", NOBODY, NOBODY)
    assert "it belongs to another user" in refusal(tmp_path / "tokens")
    assert list((tmp_path / "tokens").iterdir()) == []


@needs_root
@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_of_another_user_is_replaced(kind: str, directory: Path) -> None:
    os.chown(file_of(directory, kind), NOBODY, NOBODY)
    use(directory)


def test_what_switches_it_off_is_no_refusal() -> None:
    reasons: list[str] = []
    assert open_token_file(connection(token_cache="off"), reasons.append) is None
    assert reasons == []


@pytest.fixture
def of_nobody() -> Iterator[Path]:
    """A directory that an ordinary user can reach."""
    made = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(made, NOBODY, NOBODY)
    yield made
    shutil.rmtree(made)


def as_an_ordinary_user(directory: Path) -> str:
    if os.geteuid() == 0:
        os.setuid(NOBODY)  # for good: this is a process of its own
    return get_and_tell(directory)


def test_a_directory_that_cannot_be_written_to_costs_logins_that_are_given_back(of_nobody: Path) -> None:
    directory = of_nobody / "tokens"
    assert in_processes(as_an_ordinary_user, [(directory,)]) == ["T1 shared"]
    for path in directory.iterdir():
        path.unlink()
    directory.chmod(0o500)
    assert in_processes(as_an_ordinary_user, [(directory,)]) == ["T1 its own"]


def full(*args: Any, **more: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["open", "fdopen", "replace", "mkdir"])
def test_a_full_disk_costs_logins_that_are_given_back(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenfile.os, call, full)
    got = get_and_tell(tmp_path / "tokens")
    monkeypatch.undo()
    assert got == "T1 its own"
    left = list((tmp_path / "tokens").glob(".new-*")) if (tmp_path / "tokens").exists() else []
    assert left == []


def test_a_token_that_could_be_kept_again_is_shared_again(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(logins=1)
    tokens = source(system, directory)
    tokens.get()
    tokens.forget()
    with monkeypatch.context() as patch:
        patch.setattr(tokenfile.os, "replace", full)
        assert tokens.get().value == "T2"
        assert not tokens.shared
    tokens.forget()
    assert tokens.get().value == "T3"
    assert tokens.shared
