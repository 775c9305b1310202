# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser, and reports of fleets of several sizes that the playbook has written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser
from tests.system.conftest import link_collection
from tests.system.support import runner
from tests.system.support.runner import COLLECTION, Ansible

HOSTILE = "</script><img src=x onerror=alert(1)>"
STATUSES = ("Running", "Running", "Stopped", "Upgrading")


def proxy(number: int, pbx: str) -> dict[str, Any]:
    """An Onsite Proxy of a Cloud PBX; one in five is disconnected."""
    return {
        "cloud_pbx_host": pbx,
        "onsite_proxy": {
            "id": number, "name": f"proxy{number:05d}", "status": "connected" if number % 5 else "disconnected",
            "version": "99.0.0.9", "phone_count": 9, "online_phone_count": number % 9 + 1,
        },
    }  # fmt: skip


def fleet(count: int) -> dict[str, Any]:
    """So many Cloud PBXs, up to a hundred with a proxy; the first one doesn't answer, and the last has a hostile name."""
    hosts: dict[str, Any] = {}
    for number in range(count):
        name = f"pbx{number:05d}" if number < count - 1 else f"{HOSTILE}"
        hosts[name] = {"cloud_pbx": {
            "id": number, "sn": f"SN{number:05d}", "status": STATUSES[number % 4], "type": "Commercial", "group": "hotels",
            "plan": "Ultimate Plan", "region": "Denmark", "version": f"84.{number % 3}.0",
            "plan_expiration_date": f"20{90 + number % 9}-01-01T00:00:00Z", "extension_capacity": 100,
            "used_extensions": number * 7 % 80, "concurrent_call_capacity": 50, "active_calls": number % 40,
        }}  # fmt: skip
        if number < 100:
            hosts[f"{number}_proxy"] = proxy(number, name)
    hosts["pbx00000"]["pbx_error"] = "connection refused"
    return {"all": {"hosts": hosts}}


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Path]]:
    """The page of a fleet of so many Cloud PBXs. Each is written once."""
    link_collection()
    patience = pytest.MonkeyPatch()
    patience.setattr(runner, "TIMEOUT", 600)  # Ansible itself takes its time for an inventory of ten thousand hosts
    made: dict[int, Path] = {}

    def page(count: int) -> Path:
        if count not in made:
            ansible = Ansible(tmp_path_factory.mktemp(f"fleet{count}"), {})
            # A file of JSON is a file of YAML that is read fast.
            inventory = ansible.write("fleet.json", json.dumps(fleet(count)))
            file = ansible.folder / "fleet.html"
            variables = json.dumps({"fleet_report_page": str(file), "fleet_report_twin": str(file.with_name("twin.json"))})
            ansible.playbook(f"{COLLECTION}fleet_report", "-i", str(inventory), "-e", variables).must_succeed()
            made[count] = file
        return made[count]

    yield page
    patience.undo()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A browser of its own for each test."""
    started = Browser(tmp_path / "profile")
    yield started
    started.close()
