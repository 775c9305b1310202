# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure time a task, logins, and large inventories against the lab, side by side in one run.

It reports and asserts nothing: compare numbers of one table, they vary from machine to machine and minute to minute.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys

from bench_inventory import run_fetch, run_inventory, run_stock
from bench_lab import PROGRAMS, Lab
from bench_tasks import run_logins, run_tasks

PARTS = ("tasks", "logins", "inventory", "fetch", "stock")


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer tasks, hosts and runs: shows that it works, measures little")
    parser.add_argument("--stock", action="store_true", help="also measure Ansible's own Constructable, which takes minutes")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be repeated")
    arguments = parser.parse_args()
    chosen = arguments.only or [part for part in PARTS if part != "stock" or arguments.stock]
    rounds, hosts = (1, 1000) if arguments.quick else (3, 10_000)
    version = subprocess.run([str(PROGRAMS / "ansible"), "--version"], capture_output=True, text=True, check=True).stdout
    print(f"{version.splitlines()[0]}, Python {platform.python_version()}, {os.cpu_count()} processors")
    with Lab(hosts) as lab:
        if "tasks" in chosen:
            run_tasks(lab, 1 if arguments.quick else 5, arguments.quick)
        if "logins" in chosen:
            run_logins(lab, arguments.quick)
        if "inventory" in chosen:
            run_inventory(lab, rounds, hosts)
        if "fetch" in chosen:
            run_fetch(lab, rounds, hosts)
    if "stock" in chosen:
        os.environ["ANSIBLE_CONFIG"] = str(lab.environment["ANSIBLE_CONFIG"])
        run_stock(hosts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
