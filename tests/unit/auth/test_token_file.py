# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that holds a token: who may read it, what is in it, and what happens when it can't be had."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth import token_file as tokenfile
from ansible_collections.telephony.pbx.plugins.module_utils._auth.token_file import TOKEN
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.caches import FILES
from ansible_collections.telephony.pbx.tests.unit.support.logins import System, log_in_elsewhere, source, token_file
from ansible_collections.telephony.pbx.tests.unit.support.processes import in_processes

PROCESSES = 20


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def record(directory: Path, ending: str = ".json") -> Path:
    (found,) = directory.glob("*" + ending)
    return found


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A token cache with one token in it."""
    source(System(), tmp_path / "tokens").get()
    return tmp_path / "tokens"


@pytest.mark.parametrize(("right", "kinds"), [(True, "by "), (False, "refused: ")], ids=["right", "wrong"])
def test_twenty_processes_that_start_together_send_one_login(tmp_path: Path, right: bool, kinds: str) -> None:
    log = tmp_path / "logins"
    found = in_processes(log_in_elsewhere, [(str(tmp_path / "tokens"), right, str(log))] * PROCESSES)
    assert log.read_text() == "login\n"
    assert len(found) == PROCESSES
    assert all(one.startswith(kinds) for one in found)
    if right:
        assert len(set(found)) == 1


def test_only_the_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        source(System(), tmp_path / "deep" / "tokens").get()
        with pytest.raises(Exception, match="wrong"):
            source(System(), tmp_path / "deep" / "tokens", "wrong").get()
    finally:
        os.umask(before)
    directory = tmp_path / "deep" / "tokens"
    assert mode(directory) == 0o700
    assert {path.suffix for path in directory.iterdir()} == FILES
    assert {mode(path) for path in directory.iterdir()} == {0o600}


def test_no_name_and_no_content_holds_a_password_or_an_address(directory: Path) -> None:
    for path in directory.iterdir():
        assert b"pbx.invalid" not in path.read_bytes()
        assert SECRET.encode() not in path.read_bytes()
        assert "robot" not in path.name


def test_each_address_principal_and_system_has_a_record_of_its_own(tmp_path: Path) -> None:
    files = [
        token_file(tmp_path / "tokens", **changed)
        for changed in ({}, {"url": "http://other.invalid"}, {"principal": "other"})
    ]
    for number, file in enumerate(files):
        assert file is not None
        assert file.read(TOKEN) == {}
        file.write(TOKEN, {"value": str(number)})
    assert [file.read(TOKEN)["value"] for file in files if file] == ["0", "1", "2"]


@pytest.mark.parametrize("bits", [0o750, 0o701, 0o722, 0o777])
def test_a_directory_that_others_can_reach_is_not_used(tmp_path: Path, bits: int) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens").chmod(bits)
    assert token_file(tmp_path / "tokens") is None
    assert list((tmp_path / "tokens").iterdir()) == []


def test_a_symbolic_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "tokens").symlink_to(tmp_path / "real")
    assert token_file(tmp_path / "tokens") is None
    assert list((tmp_path / "real").iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_the_directory_of_another_user_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir(mode=0o700)
    os.chown(tmp_path / "tokens", 65534, 65534)
    assert token_file(tmp_path / "tokens") is None


def test_a_file_in_place_of_the_directory_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("mine")
    assert token_file(tmp_path / "tokens") is None
    assert token_file(tmp_path / "tokens" / "below") is None


@pytest.mark.parametrize("word", ["off", "OFF", "False", "no"])
def test_off_means_off_however_yaml_writes_it(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert tokenfile.open_token_file(connection(token_cache=word)) is None
    assert not (tmp_path / word).exists()


def test_a_home_directory_and_variables_are_expanded(plain_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHERE", "kept")
    assert tokenfile.open_token_file(connection(token_cache="~/$WHERE")) is not None
    assert (plain_environment / "kept").is_dir()


def changed(good: bytes, **parts: object) -> bytes:
    """A record with other values in some places."""
    return json.dumps({**json.loads(good), **parts}).encode()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda good: b"",
    "cut": lambda good: good[:-7],
    "binary": lambda good: bytes(range(128, 256)),
    "list": lambda good: b"[1]",
    "no token": lambda good: changed(good, token=None),
    "token is text": lambda good: changed(good, token="T1"),
    "unknown part": lambda good: changed(good, token={**json.loads(good)["token"], "new": 1}),
    "other hash": lambda good: changed(good, hash="0"),
    "hash is no text": lambda good: changed(good, hash=None),
    "other salt": lambda good: changed(good, salt="00"),
    "long salt": lambda good: changed(good, salt="00" * 17),
    "odd salt": lambda good: changed(good, salt="\ud800"),
    "salt is no text": lambda good: changed(good, salt=[1]),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_record_costs_a_login_and_no_more(directory: Path, damage: str) -> None:
    record(directory).write_bytes(DAMAGE[damage](record(directory).read_bytes()))
    system = System(logins=7)
    source(system, directory).forget()
    assert source(system, directory).get().value == "T8"
    assert source(system, directory).get().value == "T8"


@pytest.mark.parametrize("at", [None, "soon", [1], True, 10**400, float("inf"), float("nan")])
def test_a_damaged_note_of_wrong_credentials_costs_a_login_and_no_more(directory: Path, at: object) -> None:
    good = record(directory).read_bytes()
    record(directory).rename(record(directory).with_suffix(".bad"))
    record(directory, ".bad").write_bytes(changed(good, at=at))
    assert source(System(), directory).get().value == "T1"


def test_a_directory_that_goes_away_costs_logins_and_no_more(directory: Path) -> None:
    system = System(logins=1)
    tokens = source(system, directory)
    shutil.rmtree(directory)
    assert tokens.get().value == "T2"
    tokens.forget()
    assert tokens.get().value == "T3"


def test_a_lock_that_cannot_be_made_costs_logins_and_no_more(directory: Path) -> None:
    system = System(logins=1)
    record(directory).unlink()
    lock = record(directory, ".lock")
    lock.unlink()
    lock.mkdir()
    assert source(system, directory).get().value == "T2"


def test_a_process_that_hangs_with_the_lock_holds_nobody_up_for_ever(directory: Path) -> None:
    record(directory).unlink()
    one = token_file(directory, timeout=0.05, retries=1)
    two = token_file(directory, timeout=0.05, retries=1)
    assert one is not None
    assert two is not None
    started = time.monotonic()
    with one.lock(), two.lock():
        waited = time.monotonic() - started
    assert 0.1 <= waited < 1


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each write sweeps."""
    monkeypatch.setattr(tokenfile, "SWEEP_ONE_IN", 1)


@pytest.mark.usefixtures("swept")
def test_what_nobody_uses_is_swept_away_and_the_rest_stays(directory: Path) -> None:
    old = time.time() - tokenfile.KEPT - 1
    left, used = directory / f"{0:032x}.json", directory / f"{1:032x}.json"
    for path in (left, used):
        path.write_text("{}")
    os.utime(left, (old, old))
    source(System(), directory).forget()
    assert source(System(), directory).get().value == "T1"
    assert not left.exists()
    assert used.exists()
    assert source(System(logins=7), directory).get().value == "T1"


def test_a_sweep_comes_sooner_or_later(directory: Path) -> None:
    left, old = directory / f"{0:032x}.json", time.time() - tokenfile.KEPT - 1
    left.write_text("{}")
    os.utime(left, (old, old))
    file = token_file(directory)
    assert any(file.write(TOKEN, {}) and not left.exists() for __ in range(100 * tokenfile.SWEEP_ONE_IN))


@pytest.mark.usefixtures("swept")
def test_a_lock_in_use_is_not_swept_away_however_old_it_is(directory: Path) -> None:
    old = time.time() - tokenfile.KEPT - 1
    os.utime(record(directory, ".lock"), (old, old))
    one, other = token_file(directory, timeout=0.02), token_file(directory, principal="other")
    assert one is not None
    assert other is not None
    with one.lock():
        other.write(TOKEN, {"value": "x"})
        assert record(directory, ".lock").exists()


def test_a_full_disk_leaves_no_half_written_token(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = token_file(directory)
    assert file is not None
    file.write(TOKEN, {"value": "old"})

    def full(*args: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(tokenfile.os, "replace", full)
    assert not file.write(TOKEN, {"value": "new"})
    assert file.read(TOKEN)["value"] == "old"
    assert [path.name for path in directory.iterdir() if path.name.startswith(".new-")] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes().replace(b'"hash"', b'"shah"')),
        lambda path: path.chmod(0o644),
        lambda path: path.unlink(),
        lambda path: (path.rename(path.with_suffix(".old")), path.symlink_to(path.with_suffix(".old"))),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["cut", "same size", "open to all", "gone", "a link", "a directory"],
)
def test_a_record_does_not_count_once_its_file_is_another(directory: Path, change: Callable[[Path], object]) -> None:
    file = token_file(directory)
    assert file.read(TOKEN)
    change(record(directory))
    assert file.read(TOKEN) == {}
