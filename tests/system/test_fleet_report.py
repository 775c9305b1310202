# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet report: the lab's faults come first, hostile names stay text, what can't be read is told, and nothing is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from telephony_lab import process
from telephony_lab.ycm.generated import generate
from telephony_lab.yeastar.proxies import generated_proxies
from tests.system.support.lab import Lab
from tests.system.support.runner import COLLECTION, ROOT, Ansible, Run
from tests.system.support.secrets import exposed

pytestmark = pytest.mark.once

PBXS, DEAD_EVERY, PROXIES = 40, 4, 3
FLEET = "plugin: telephony.pbx.ycm\nonsite_proxies: true\non_host_clash: suffix\n"
WITHOUT_ADDRESS = "Yeastar P-Series Cloud PBX2"  # of the document; it runs, at an address that nobody has
HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)> "'&\u2028{{ 7 * 7 }}{% raw %}"""
BRACES = str.maketrans("{}", "()")
TEMPLATE = ROOT / "roles" / "fleet_report" / "templates" / "report.html.j2"
ADDRESSES = ("YCM_URL", "YEASTAR_URL", "TELECOMX_URL", "AICC_URL", "JADE_URL")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab in which some PBXs are dead."""
    directory = tmp_path_factory.mktemp("fleet")
    yield Lab.start(directory, "--cloud-pbxs", str(PBXS), "--dead-every", str(DEAD_EVERY), "--proxies", str(PROXIES))
    process.stop(directory)


class Page(HTMLParser):
    """The tables of the page that are there without JavaScript, and every tag in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self._cell = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def play(ansible: Ansible, *arguments: str, inventory: str = FLEET, **variables: str) -> Run:
    """Run the playbook; the files go to the test's folder."""
    given = json.dumps({"fleet_report_page": str(ansible.folder / "fleet.html")})
    source = ("-i", str(ansible.write("fleet.ycm.yml", inventory))) if inventory else ()
    return ansible.playbook(f"{COLLECTION}fleet_report", *source, "-e", given, *arguments, **variables)


def files(ansible: Ansible) -> tuple[str, dict[str, Any]]:
    """The page and what the JSON file holds."""
    texts = [(ansible.folder / name).read_text(encoding="utf-8") for name in ("fleet.html", "fleet.json")]
    return texts[0], json.loads(texts[1])


def changed(run: Run) -> list[str]:
    """Tasks that changed something."""
    return [record.task.rpartition(" : ")[2] for record in run.must_succeed().records if record.changed]


def is_dead(row: dict[str, Any]) -> bool:
    """Whether the lab has this PBX run without an answer."""
    return row["pbxStatus"] == "Running" and row["cloudPbxId"] // 3 % DEAD_EVERY == 0


def seeded() -> tuple[set[str], set[tuple[str, str]]]:
    """By the lab's own word: PBXs that don't answer, and proxies that are disconnected, with the name of their PBX."""
    rows = [generate(number, 0) for number in range(PBXS - 2)]
    dead = {row["name"] for row in rows if is_dead(row)}
    asked = [row for row in rows if row["pbxStatus"] == "Running" and not is_dead(row)]
    proxies = {
        (row["name"], proxy["name"])
        for row in asked
        for proxy in generated_proxies(row["sn"].lower(), PROXIES)
        if proxy["status"] == "disconnected"
    }
    return dead | {WITHOUT_ADDRESS}, proxies


def test_the_faults_of_the_lab_come_first(ansible: Ansible, lab: Lab) -> None:
    run = play(ansible, "-vvv").must_succeed()
    page, report = files(ansible)
    dead, proxies = seeded()
    assert len(dead) > 3 and len(proxies) > 3
    faults = report["problems"][: len(dead) + len(proxies)]
    assert {one["name"] for one in faults[: len(dead)]} == dead
    assert {one["code"] for one in faults[: len(dead)]} == {"pbx_unreachable"}
    assert {(one["pbx"], one["name"]) for one in faults[len(dead) :]} == proxies
    assert "pbx_unreachable" not in {one["code"] for one in report["problems"][len(dead) :]}
    listed = [row for row in Page(page).rows if row[-1] == "Cloud PBX" and row[0] == "critical"]
    assert {row[1] for row in listed[: len(dead)]} == dead
    assert [one["state"] for one in report["systems"]] == ["read"] * 5
    assert report["summary"]["pbxs"] == PBXS
    writes = [entry["path"] for entry in lab.writes()]
    assert [path for path in writes if not path.endswith("/get_token")] == []  # one that is dead takes no login
    assert f"Cloud PBXs that run, but don't answer: {len(dead)}" in run.stdout
    secrets = lab.secrets | ansible.issued_tokens()
    assert list(exposed(run, secrets)) == []
    for text in (page, json.dumps(report)):
        assert [secret for secret in secrets if secret in text] == []
        assert [word for word in ("wayne@example.com", "William", "Donald Duck", "192.0.2.") if word in text] == []
    assert {(ansible.folder / name).stat().st_mode & 0o777 for name in ("fleet.html", "fleet.json")} == {0o640}


def test_run_again_it_changes_nothing_and_check_mode_writes_nothing(ansible: Ansible, lab: Lab) -> None:
    assert changed(play(ansible, "--check")) == ["Write the page", "Write the JSON file"]
    assert list(ansible.folder.glob("fleet.*")) == [ansible.folder / "fleet.ycm.yml"]
    assert changed(play(ansible)) == ["Write the page", "Write the JSON file"]
    first = files(ansible)
    for arguments in (["--diff"], ["--check", "--diff"]):
        run = play(ansible, *arguments)
        assert changed(run) == []
        assert files(ansible) == first
    rename(ansible, "Renamed")
    run = play(ansible, "--check", "--diff")
    assert changed(run) == ["Write the page", "Write the JSON file"]
    assert files(ansible) == first
    assert "Renamed" not in run.output
    assert changed(play(ansible)) == ["Write the page", "Write the JSON file"]
    assert "Renamed" in files(ansible)[0]


def rename(ansible: Ansible, wanted: str) -> Run:
    """Give a Cloud PBX another name."""
    module = f"telephony.pbx.ycm_cloud_pbx:\n    sn: {generate(1, 0)['sn']}\n    name: !unsafe {json.dumps(wanted)}\n"
    file = ansible.write("tasks.yml", f"- name: Rename\n  {module}")
    text = f"- hosts: localhost\n  gather_facts: false\n  tasks: [ansible.builtin.import_tasks: {file}]\n"
    return ansible.playbook(str(ansible.write("rename.yml", text))).must_succeed()


def test_whatever_the_page_shows_is_escaped() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    shown = re.findall(r"{{ (.*?) }}", text)
    raw = [one for one in shown if not one.endswith(" | e")]
    files_of_the_role = ["style", "chart", "datatables", "script"]
    hashes = [f"{name} | telephony.pbx.fleet_report_hash" for name in files_of_the_role]
    assert sorted(raw) == sorted([*files_of_the_role, *hashes, "report | telephony.pbx.fleet_report_json"])
    assert len(shown) - len(raw) > 40


def test_hostile_names_stay_text(ansible: Ansible, lab: Lab) -> None:
    rename(ansible, HOSTILE)
    # Of a name of a host the inventory makes one line, and no template.
    for source, name in ((FLEET, HOSTILE.replace("\u2028", " ").translate(BRACES)), ("", HOSTILE)):
        play(ansible, inventory=source).must_succeed()
        page, report = files(ansible)
        assert name in [one["name"] for one in report["pbxs"]]
        parsed = Page(page)
        assert any(name in row for row in parsed.rows)
        assert parsed.tags.count("script") == 4 and "img" not in parsed.tags
        start = page.index('<script type="application/json" id="report">')
        data = page[page.index(">", start) + 1 : page.index("</script>", start)]
        assert json.loads(data) == report


def test_what_can_not_be_read_is_told_first_and_the_rest_is_there(ansible: Ansible, lab: Lab) -> None:
    run = play(ansible, inventory="", YCM_URL="https://127.0.0.1:1", AICC_URL="").must_succeed()
    page, report = files(ansible)
    assert [(one["system"], one["state"]) for one in report["systems"]] == [
        ("Yeastar Central Management", "failed"),
        ("Yeastar P-Series", "read"),
        ("TelecomX", "read"),
        ("Huawei AICC", "not configured"),
        ("Jade", "read"),
    ]
    first = report["problems"][0]
    assert (first["severity"], first["name"]) == ("critical", "Yeastar Central Management")
    assert "connection refused" in first["text"]
    assert "connection refused" in page
    assert len(report["proxies"]) == 50 and report["phones"] and not report["pbxs"]
    assert "ERROR" not in run.output and "fatal" not in run.output
    assert lab.log(system="aicc") == []


def test_without_any_system_it_says_so(ansible: Ansible, lab: Lab) -> None:
    play(ansible, inventory="", **dict.fromkeys(ADDRESSES, "")).must_succeed()
    page, report = files(ansible)
    assert {one["state"] for one in report["systems"]} == {"not configured"}
    assert "Nothing that this report looks for" in page
    assert lab.log() == []


def test_a_wrong_variable_is_refused(ansible: Ansible, lab: Lab) -> None:
    run = play(ansible, "-e", '{"fleet_report_systems": ["ycn"]}', inventory="")
    assert run.code
    assert "fleet_report_systems" in run.output and "ycn" in run.output
    assert lab.log() == []
