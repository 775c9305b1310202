# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment: what ansible-builder finds in the collection, and what it makes of the definition in the docs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import yaml

from tests.platform.support.definition import definition
from tests.system.support.runner import ROOT, Ansible


def test_create(ansible: Ansible, archive: Path, tmp_path: Path) -> None:
    written = yaml.safe_load(definition())
    assert [entry["src"] for entry in written["additional_build_files"]] == [archive.name]
    shutil.copy(archive, tmp_path)
    ansible.write("execution-environment.yml", definition())
    ansible.run("ansible-builder", "create", "-c", "context", "--output-filename", "Containerfile").must_succeed()
    build = tmp_path / "context" / "_build"
    listed = yaml.safe_load((build / "requirements.yml").read_text(encoding="utf-8"))["collections"]
    assert [(build / entry["name"]).is_file() for entry in listed] == [True]
    assert written["images"]["base_image"]["name"] in (tmp_path / "context" / "Containerfile").read_text(encoding="utf-8")


def test_introspect(ansible: Ansible, archive: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "installed")
    install = ("collection", "install", str(archive), "-p", target, "--offline")
    ansible.run("ansible-galaxy", *install, ANSIBLE_COLLECTIONS_PATH=target).must_succeed()
    found = yaml.safe_load(ansible.run("ansible-builder", "introspect", target).must_succeed().stdout)
    python, system = ([line.partition("  # from")[0] for line in found[kind]] for kind in ("python", "system"))
    wanted = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(python) == sorted(line for line in wanted if line and not line.startswith("#"))
    assert system == ["ca-certificates"]


def test_without_podman_it_says_that_it_was_skipped(ansible: Ansible, tmp_path: Path) -> None:
    run = ansible.run(sys.executable, str(ROOT / "dev" / "ee.py"), PATH=str(tmp_path)).must_succeed()
    assert run.stdout == "SKIPPED: podman is not here. No image was built, and nothing was run in one.\n"
