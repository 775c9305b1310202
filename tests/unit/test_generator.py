# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated files name what they are made from, and drift is found."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "meta", "playbooks", "plugins", "roles")
MARK = "Written by dev/generate.py from these files."
TEMPLATES = ROOT / "dev/generator/templates"
SYSTEMS = "plugins/module_utils/_systems"


def sources(text: str) -> list[str]:
    """The files that a generated file's header names."""
    after = text[text.index(MARK) :].splitlines()[1:]
    entries = itertools.takewhile(lambda line: line.startswith("- "), (line.removeprefix("# ") for line in after))
    return [entry.removeprefix("- ") for entry in entries]


def generated() -> dict[str, list[str]]:
    """Each generated file with its sources."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".yml", ".md")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    return {str(path.relative_to(ROOT)): sources(text) for path, text in texts.items() if MARK in text}


GENERATED = generated()


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("plugins/modules/jade_parking_lot.py", f"{SYSTEMS}/jade/park.py"),
        ("plugins/modules/jade_parking_lot_config_info.py", f"{SYSTEMS}/jade/park.py"),
        # Imported and used elsewhere too: the file that assigns it counts.
        ("plugins/modules/jade_adp_info.py", f"{SYSTEMS}/jade/adpma.py"),
        ("plugins/modules/jade_adp.py", f"{SYSTEMS}/jade/adp.py"),
        ("plugins/modules/api.py", "plugins/module_utils/_engine/raw.py"),
        ("plugins/lookup/aicc.py", f"{SYSTEMS}/aicc/softphone.py"),
        ("plugins/doc_fragments/ycm.py", f"{SYSTEMS}/ycm/client.py"),
        ("playbooks/files/awx/credential_types/ycm.yml", f"{SYSTEMS}/ycm/client.py"),
        ("roles/jade_queues/meta/argument_specs.yml", f"{SYSTEMS}/jade/queue_config.py"),
        ("roles/jade_queues/tasks/main.yml", "dev/generator/templates/roles/list/tasks/main.yml.j2"),
    ],
)
def test_header_names_the_file_to_change(path: str, source: str) -> None:
    assert source in GENERATED[path]


def test_headers_name_existing_files() -> None:
    assert {source for found in GENERATED.values() for source in found if not list(ROOT.glob(source))} == set()
    assert [path for path, found in GENERATED.items() if not found] == []


def test_each_template_is_used() -> None:
    """By a generated file, or by another template."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.j2")]
    used = {source for found in GENERATED.values() for source in found}
    used |= {f"dev/generator/templates/{name}" for text in texts for name in re.findall(r'(?:include|extends) "(\S+)"', text)}
    assert {str(path.relative_to(ROOT)) for path in TEMPLATES.rglob("*.j2")} - used == set()


@pytest.mark.once
def test_drift_is_found_and_repaired(tmp_path: Path) -> None:
    for folder in (*FOLDERS, "dev"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "galaxy.yml", tmp_path)
    changed, dead = tmp_path / "meta/runtime.yml", tmp_path / "roles/jade_nothing/vars/main.yml"
    changed.write_text(changed.read_text() + "import_redirection: {}\n")
    dead.parent.mkdir(parents=True)
    shutil.copy(ROOT / "roles/jade_queues/vars/main.yml", dead)

    def generate(*options: str) -> tuple[int, str]:
        command = [sys.executable, str(tmp_path / "dev/generate.py"), *options]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr

    named = "differs: meta/runtime.yml\nno longer generated: roles/jade_nothing/vars/main.yml\n"
    assert generate("--check") == (1, f"{named}run: make generate\n")
    assert generate()[0] == 0
    assert changed.read_bytes() == (ROOT / "meta/runtime.yml").read_bytes()
    assert not dead.exists()
    assert generate("--check")[0] == 0


def test_no_argument_spec_of_a_role_has_no_log() -> None:
    # ansible-core 2.22 would blank each such value, a PIN for one, in all output of the run.
    specs = sorted((ROOT / "roles").glob("*/meta/argument_specs.yml"))
    assert len(specs) > 5
    assert [spec.parts[-3] for spec in specs if "no_log" in spec.read_text(encoding="utf-8")] == []
