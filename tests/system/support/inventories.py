# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads inventories without starting Ansible each time, for tests that only look at hosts, groups, variables and warnings.

One process loads Ansible and the plugins, and reads each inventory in a fork of itself. What else people see of a run, and what
they see of a failure, is for tests that start ansible-inventory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.support.runner import ROOT, Ansible, warnings_in

SYSTEMS = ("jade", "ycm", "yeastar", "telecomx", "aicc")


@dataclass(frozen=True)
class Inventory:
    """What Ansible has in its memory after it has read an inventory."""

    hosts: dict[str, dict[str, Any]]  # their variables
    groups: dict[str, list[str]]  # names of hosts, those of subgroups not included
    stderr: str

    @property
    def warnings(self) -> list[str]:
        """Warnings and deprecations, each on one line."""
        return warnings_in(self.stderr)


class Reader:
    """A process that has loaded Ansible, and reads inventories on request."""

    def __init__(self, folder: Path) -> None:
        ansible = Ansible(folder, {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True", "ANSIBLE_INVENTORY_ENABLED": "auto"})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.system.support.inventories"],
            cwd=ROOT, env=ansible.variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def read(self, ansible: Ansible, source: str, name: str = "fleet.ycm.yml", **variables: str) -> Inventory:
        """Read an inventory file of this text and name. ``variables`` are environment variables for this alone.

        Settings of Ansible itself are those of the process; ``variables`` and those of ``ansible`` don't change them.
        """
        request = {"file": str(ansible.write(name, source)), "environment": {**ansible.variables, **variables}}
        assert self._process.stdin and self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return Inventory(**answer)

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=10)


def answer_requests() -> None:
    """What the process does: a line of JSON with a request comes in, one with the hosts or an error goes out."""
    from ansible.plugins.loader import init_plugin_loader, inventory_loader

    init_plugin_loader()
    for system in SYSTEMS:
        assert inventory_loader.get(f"telephony.pbx.{system}")
    for line in sys.stdin:
        sys.stdout.flush()
        if os.fork() == 0:
            with tempfile.TemporaryFile("w+", encoding="utf-8") as stderr:
                os.dup2(stderr.fileno(), sys.stderr.fileno())
                try:
                    answer = _read(**json.loads(line))
                except Exception as error:
                    answer = {"error": f"{type(error).__name__}: {error}\n"}
                sys.stderr.flush()
                stderr.seek(0)
                answer["error" if "error" in answer else "stderr"] = answer.get("error", "") + stderr.read()
            print(json.dumps(answer), flush=True)
            os._exit(0)
        os.wait()


def _read(file: str, environment: dict[str, str]) -> dict[str, Any]:
    """Read an inventory file; raises what Ansible raises."""
    from ansible.inventory.manager import InventoryManager
    from ansible.parsing.dataloader import DataLoader

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(Path(file).parent)
    inventory = InventoryManager(loader=DataLoader(), sources=[file])
    return {
        "hosts": {host.name: host.get_vars() for host in inventory.get_hosts()},
        "groups": {name: [host.name for host in group.hosts] for name, group in inventory.groups.items()},
    }


if __name__ == "__main__":
    answer_requests()
