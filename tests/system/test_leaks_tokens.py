# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token cache that isn't safe is refused: it stays as it is, one is told, and each task logs in and out by itself."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed, left_in

pytestmark = pytest.mark.once

NOBODY = 65534
TASKS = """
- name: First
  telephony.pbx.jade_user_info:
- name: Second
  telephony.pbx.jade_user_info:
- name: Elsewhere
  telephony.pbx.jade_user_info:
  environment: {SOMETHING: else}
- name: Lookup
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.jade', 'users') | length }}"
"""
USERS = 4  # things that log in


def loose(directory: Path) -> None:
    directory.mkdir()
    directory.chmod(0o770)


def link(directory: Path) -> None:
    (directory.parent / "elsewhere").mkdir(mode=0o700)
    directory.symlink_to("elsewhere")


def of_another(directory: Path) -> None:
    directory.mkdir(mode=0o700)
    os.chown(directory, NOBODY, NOBODY)


UNSAFE: dict[str, tuple[Callable[[Path], None], str]] = {
    "loose": (loose, "others can reach it (mode 0770 instead of 0700)"),
    "link": (link, "it is a symbolic link"),
    "of another user": (of_another, "it belongs to another user"),
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_an_unsafe_directory_is_refused_and_the_run_works(kind: str, ansible: Ansible, lab: Lab) -> None:
    make, reason = UNSAFE[kind]
    if kind == "of another user" and os.geteuid() != 0:
        pytest.skip("only root can give a directory away")
    make(ansible.tokens)
    before = ansible.tokens.lstat()
    run = ansible.play(TASKS, "-vvvv").must_succeed()
    assert lab.calls(path="/login") == ["POST /v1/admin/login", "DELETE /v1/admin/login"] * USERS
    (warning,) = [one for one in run.warnings if "api_token_cache" in one]
    assert f"{ansible.tokens} isn't used for login tokens: {reason}" in warning
    assert list(ansible.tokens.iterdir()) == []
    after = ansible.tokens.lstat()
    assert (after.st_mode, after.st_uid, after.st_mtime) == (before.st_mode, before.st_uid, before.st_mtime)
    assert list(exposed(run, lab.secrets)) == []


def test_an_inventory_tells_of_it_too(ansible: Ansible, lab: Lab) -> None:
    loose(ansible.tokens)
    run = ansible.inventory("plugin: telephony.pbx.ycm\nonsite_proxies: true\nfilters: {search: 3659B43}\n", "--list")
    run.must_succeed()
    (warning,) = [one for one in run.warnings if "api_token_cache" in one]
    assert "others can reach it" in warning
    assert list(ansible.tokens.iterdir()) == []


def test_no_file_of_a_run_can_be_read_by_others_whatever_the_umask(ansible: Ansible, lab: Lab) -> None:
    before = os.umask(0)
    try:
        ansible.play(TASKS, "-vvvv").must_succeed()
    finally:
        os.umask(before)
    assert stat.S_IMODE(ansible.tokens.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in ansible.tokens.iterdir()} == {0o600}
    assert lab.calls(path="/login") == ["POST /v1/admin/login"]
    assert list(left_in(ansible.folder, {*lab.secrets, *ansible.issued_tokens()}, "tokens")) == []
