# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that come in pages: no row is lost or doubled, whatever happens while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from telephony_lab import process
from tests.system.support.inventories import Inventory, Reader
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

pytestmark = pytest.mark.once

TOTAL = 300  # six pages
PATH = "/v2/cloud_pbx/instances$"
TWICE = """
- name: Under the fault
  telephony.pbx.ycm_cloud_pbx_info:
- name: Afterwards
  telephony.pbx.ycm_cloud_pbx_info:
"""
FAULTS: dict[str, dict[str, Any]] = {
    "rows deleted": {"kind": "move_rows", "how": "delete", "rows": 3},
    "rows inserted": {"kind": "move_rows", "how": "insert", "rows": 3},
    "short page": {"kind": "short_page", "rows": 5},
    "other total": {"kind": "total_changes", "by": 7},
    "reset": {"kind": "reset"},
    "asked to wait": {"kind": "status", "status": 429, "headers": {"Retry-After": "0"}},
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_info(name: str, ansible: Ansible, lab: Lab) -> None:
    lab.set(ycm={"cloud_pbxs": TOTAL})
    lab.fault(skip=3, match={"path": PATH}, **FAULTS[name])
    run = ansible.play(TWICE).must_succeed()
    assert lab.hits() == [1]
    found = [[pbx["id"] for pbx in run.result(task)["cloud_pbxs"]] for task in ("Under the fault", "Afterwards")]
    assert found[0] == found[1]
    assert len(set(found[0])) == len(found[0]) >= TOTAL - 3
    assert run.warnings == []


def test_a_count_that_is_never_right_is_told(ansible: Ansible, lab: Lab) -> None:
    lab.set(ycm={"cloud_pbxs": TOTAL})
    lab.fault("total_changes", by=7, skip=3, times=None, match={"path": PATH})
    run = ansible.play("- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info:").must_succeed()
    ids = [pbx["id"] for pbx in run.result("Ask")["cloud_pbxs"]]
    assert len(set(ids)) == len(ids) == TOTAL
    assert ["but 300 different ones were found" in text for text in run.warnings] == [True]


@pytest.mark.parametrize("churn", [3, 8])
def test_a_row_deleted_for_each_one_added_loses_no_other(churn: int, ansible: Ansible, lab: Lab) -> None:
    """The count stays as it is, so that only the rows themselves can tell."""

    def ask(wanted: int) -> set[int]:
        lab.set(ycm={"churn": wanted})
        ids = [pbx["id"] for pbx in ansible.play(task).must_succeed().result("Ask")["cloud_pbxs"]]
        assert len(set(ids)) == len(ids)
        return set(ids)

    task = "- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info:"
    lab.set(ycm={"cloud_pbxs": TOTAL})
    before, found, after = ask(0), ask(churn), ask(0)
    assert before != after
    assert before & after <= found


def test_a_token_that_ends_between_pages_costs_one_refresh(ansible: Ansible, lab: Lab) -> None:
    lab.set(ycm={"cloud_pbxs": TOTAL})
    lab.fault("token_expired", skip=3, match={"path": PATH})
    run = ansible.play("- name: Ask\n  telephony.pbx.ycm_cloud_pbx_info:").must_succeed()
    assert lab.hits() == [1]
    assert run.result("Ask")["count"] == TOTAL
    # The login, and one more for all the pages that were under way.
    assert len(lab.log(system="ycm", login="true")) == 2
    assert run.warnings == []


@pytest.mark.parametrize("how", ["delete", "insert"])
def test_onsite_proxies(how: str, ansible: Ansible, lab: Lab) -> None:
    tasks = """
- name: Under the fault
  telephony.pbx.api: &call {system: yeastar, path: /onsiteproxy/list, all_pages: true, parameters: {sort_by: name}}
- name: Afterwards
  telephony.pbx.api: *call
"""
    lab.fault("move_rows", how=how, rows=2, match={"path": "/onsiteproxy/list"})
    run = ansible.play(tasks).must_succeed()
    assert lab.hits() == [1]
    found = [[proxy["id"] for proxy in run.result(task)["result"]] for task in ("Under the fault", "Afterwards")]
    assert found[0] == found[1]
    assert len(set(found[0])) == len(found[0])


@dataclass(frozen=True)
class Paged:
    """The inventory of one system: its file, what its hosts' IDs are, the path of its pages."""

    source: str
    total: int
    noun: str
    key: str
    path: str
    logins: int = 2
    """Requests of the kind "login" where a token ends between two pages: the first one, and one to replace it."""


# Each has at least three pages; the first to meet a fault is the second that is asked for.
PAGED = {
    "ycm": Paged("hostnames: [id]", TOTAL, "cloud_pbx", "id", PATH),
    "yeastar": Paged("hostnames: [id]", 450, "onsite_proxy", "id", "/onsiteproxy/list$"),
    "telecomx": Paged("hostnames: [id]", 1300, "sip_phone", "id", "/sipphones?$"),
    "aicc": Paged("hostnames: [number]", 350, "softphone", "number", "/queryPhone$"),
}
MOVES = {name: FAULTS[name] for name in ("rows deleted", "rows inserted", "short page", "other total")}


@pytest.fixture(scope="module")
def paged_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab where each system has a list of several pages; the Yeastar PBX is one of the Cloud PBXs, which has many proxies."""
    directory = tmp_path_factory.mktemp("paged")
    sizes = {f"--{name}": PAGED[system].total for name, system in
             (("cloud-pbxs", "ycm"), ("proxies", "yeastar"), ("sip-phones", "telecomx"), ("softphones", "aicc"))}  # fmt: skip
    yield Lab.start(directory, *(str(part) for pair in sizes.items() for part in pair))
    process.stop(directory)


@pytest.fixture
def paged(paged_lab: Lab, tmp_path: Path) -> Ansible:
    """Ansible, pointed at it."""
    paged_lab.reset()
    pbx = f"{paged_lab.ready['url']}/yeastar/3659b4300000017"  # one that runs
    return Ansible(tmp_path, {**paged_lab.environment(), "YEASTAR_URL": pbx})


def objects(inventory: Inventory, one: Paged) -> list[Any]:
    """The IDs of all hosts' objects."""
    return [found[one.noun][one.key] for found in inventory.hosts.values()]


@pytest.mark.parametrize("system", list(PAGED))
@pytest.mark.parametrize("name", list(MOVES))
def test_inventories(name: str, system: str, reader: Reader, paged: Ansible, paged_lab: Lab) -> None:
    one = PAGED[system]
    source = f"plugin: telephony.pbx.{system}\n{one.source}\n"
    paged_lab.fault(skip=1, match={"path": one.path}, **MOVES[name])
    read = [reader.read(paged, source, name=f"all.{system}.yml") for _time in range(2)]
    assert paged_lab.hits() == [1]
    found, afterwards = (objects(inventory, one) for inventory in read)
    assert set(found) == set(afterwards)
    assert len(set(found)) == len(found)
    moved = {"rows deleted": -3, "rows inserted": 3}.get(name, 0)
    assert len(found) == one.total + moved
    assert read[0].warnings == []


@pytest.mark.parametrize("system", list(PAGED))
def test_a_token_that_ends_costs_an_inventory_one_refresh(
    system: str, reader: Reader, paged: Ansible, paged_lab: Lab
) -> None:
    one = PAGED[system]
    paged_lab.fault("token_expired", skip=1, match={"path": one.path})
    inventory = reader.read(paged, f"plugin: telephony.pbx.{system}\n{one.source}\n", name=f"all.{system}.yml")
    assert paged_lab.hits() == [1]
    assert len(set(objects(inventory, one))) == one.total
    assert len(paged_lab.log(system=system, login="true")) == one.logins
    assert inventory.warnings == []


@pytest.mark.parametrize("name", ["rows deleted", "rows inserted", "short page"])
def test_inventory(name: str, read: Callable[..., Inventory], lab: Lab) -> None:
    lab.set(ycm={"cloud_pbxs": TOTAL})
    lab.fault(skip=3, match={"path": PATH}, **FAULTS[name])
    source = "plugin: telephony.pbx.ycm\nhostnames: [id]\n"
    hosts = [read(source).groups["cloud_pbxs"] for _time in range(2)]
    assert lab.hits() == [1]
    assert hosts[0] == hosts[1]
    assert len(set(hosts[0])) == len(hosts[0]) >= TOTAL - 3
