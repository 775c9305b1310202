# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The leak hunt finds what is planted: a secret in each spelling, in each place where it looks."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
import yaml

from tests.system.support.lab import Lab
from tests.system.support.leaks import ODD, canary, pieces
from tests.system.support.leaks_front import front_of
from tests.system.support.runner import Ansible, Run
from tests.system.support.secrets import FORMS, exposed, left_in, shown_in

pytestmark = pytest.mark.once

SECRET = canary("planted", ODD + "'")
OTHER = canary("not planted")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run that shows each spelling, by a task of its name, and keeps it in its log."""
    ansible = Ansible(tmp_path_factory.mktemp("planted"), {})
    given = ansible.write("given.json", json.dumps({"forms": {name: spell(SECRET) for name, spell in FORMS.items()}}))
    tasks = [{"name": name, "ansible.builtin.debug": {"msg": "<{{ forms[%s] }}>" % json.dumps(name)}} for name in FORMS]
    log = {"ANSIBLE_LOG_PATH": str(ansible.folder / "ansible.log")}
    return ansible.play(yaml.safe_dump(tasks, sort_keys=False), "-e", f"@{given}", variables=log).must_succeed()


@pytest.mark.parametrize("form", FORMS)
def test_each_spelling_is_found_in_what_is_printed_and_in_results(form: str, run: Run) -> None:
    (printed,) = re.findall(rf"TASK \[{re.escape(form)}\] .*\n(ok: [\s\S]*?)\n\n", run.stdout)
    found = list(exposed(replace(run, stdout=printed, stderr="", records=(run.one(form),)), {SECRET, OTHER}))
    assert [one.partition(" shows")[0] for one in found] == ["standard output", "results"]
    assert all(repr(SECRET) in one for one in found)


@pytest.mark.parametrize("form", FORMS)
def test_each_spelling_is_found_among_other_text_and_in_files(form: str, tmp_path: Path) -> None:
    text = FORMS[form](SECRET)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\xff\x00<" + text.encode() + b">")
    assert list(left_in(tmp_path, {SECRET, OTHER})) == [f"deep/file holds the secret {SECRET!r}"]
    assert list(left_in(tmp_path, {SECRET}, "deep")) == []


def test_a_basic_header_is_found_whatever_the_user_is_called() -> None:
    for user in ("a", "ab", "abc", "abcd"):
        header = base64.b64encode(f"{user}:{SECRET}".encode()).decode()
        assert list(shown_in(header, {SECRET, OTHER})) == [SECRET]


@pytest.mark.parametrize("before", range(0, 79, 6))
def test_a_secret_in_a_warning_is_found_wherever_its_lines_are_broken(before: int) -> None:
    for text in (f"x {'y' * before} {SECRET} more", f"{'y' * before}{quote(SECRET)}"):
        lines = "\n".join(textwrap.wrap(f"[WARNING]: {text}", 79))
        run = Run((), 0, "", f"[WARNING]: another\n{lines}\n\nmore\n")
        assert list(exposed(run, {SECRET, OTHER})) == [f"standard error shows the secret {SECRET!r}"]


def test_a_log_is_searched(run: Run) -> None:
    folder = Path(run.command[1]).parent
    assert f"ansible.log holds the secret {SECRET!r}" in list(left_in(folder, {SECRET, OTHER}, "given.json"))


def test_a_process_is_seen(lab: Lab) -> None:
    program = "import sys; print(flush=True); sys.stdin.read()"
    with front_of(lab) as front:
        command = [sys.executable, "-c", program, SECRET]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            requests.get(front.address("jade", "error"), timeout=10)
            process.communicate()
    assert list(shown_in("\n".join(front.command_lines), {SECRET, OTHER})) == [SECRET]


def test_a_canary_has_all_the_marks_and_pieces_that_are_its_own() -> None:
    assert all(mark in SECRET for mark in ODD)
    assert len(pieces(SECRET)) == len(ODD) + 2
    assert set(pieces(SECRET)) & set(pieces(OTHER)) == set()


def test_what_is_not_there_is_not_found() -> None:
    assert list(shown_in("nothing here but " + canary("else"), {SECRET})) == []
    with pytest.raises(AssertionError, match="too short"):
        list(shown_in("text", {"short"}))
