# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting and stopping a lab, and its command line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from lab_client import Client

from telephony_lab import process

PACKAGE_ROOT = str(Path(process.__file__).resolve().parents[1])


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "telephony_lab", *arguments], capture_output=True, text=True, timeout=30, check=False,
        env={**os.environ, "PYTHONPATH": PACKAGE_ROOT},
    )


def test_start_env_and_stop(tmp_path: Path) -> None:
    sections = tmp_path / "sections.json"
    sections.write_text(json.dumps({"vip": {"parkpos": "801-820"}}), encoding="utf-8")
    options = ["--jade", "one=f31439d", "--jade-password", "pw 1", "--park-sections", str(sections), "--extra-users"]
    started = run_cli("start", "--dir", str(tmp_path / "lab"), *options)
    assert started.returncode == 0, started.stderr
    ready = json.loads(started.stdout)
    try:
        assert ready["changed"] is True and list(ready["jade"]) == ["one"]
        again = json.loads(run_cli("start", "--dir", str(tmp_path / "lab")).stdout)
        assert again == {**ready, "changed": False}
        client = Client(ready)
        lots = client.result("/v1/admin/park/parkinglots", name="one")["list"]
        assert [lot["name"] for lot in lots] == ["default", "vip"]
        assert client.result("/v1/admin/user/users", name="one")["list"][1]["username"] == "limited"
        lines = run_cli("env", "--dir", str(tmp_path / "lab")).stdout.splitlines()
        assert "JADE_PASSWORD='pw 1'" in lines and f"YCM_CA_PATH={ready['ca']}" in lines
        assert len(lines) == 21
        mode = stat.S_IMODE((tmp_path / "lab" / process.READY).stat().st_mode)
        assert mode == 0o600
    finally:
        began = time.monotonic()
        assert run_cli("stop", "--dir", str(tmp_path / "lab")).stdout == "stopped\n"
    assert time.monotonic() - began < 3
    assert run_cli("stop", "--dir", str(tmp_path / "lab")).stdout == "not running\n"
    with pytest.raises(requests.ConnectionError):
        requests.get(ready["url"], verify=ready["ca"], timeout=5)


def test_a_stale_directory_is_no_running_lab(tmp_path: Path) -> None:
    (tmp_path / process.LOCK).write_text(str(os.getpid()), encoding="ascii")
    (tmp_path / process.READY).write_text("{}", encoding="utf-8")
    # Were the process id trusted, this would end the test run itself.
    assert process.stop(tmp_path) is False
    with pytest.raises(process.LabError, match="no lab is running"):
        process.environment(tmp_path)


def test_ten_thousand_pbxs_start_and_page_fast(tmp_path: Path) -> None:
    began = time.monotonic()
    ready = process.start(tmp_path, ["--cloud-pbxs", "10000"])
    try:
        assert time.monotonic() - began < 6
        client = Client(ready)
        entry = ready["ycm"]
        form = {"grant_type": "client_credentials", **{name: entry[name] for name in ("client_id", "client_secret")}}
        token = client.session.post(entry["url"] + "/dm/open_api/oauth/token", data=form, timeout=10).json()
        client.session.headers["Authorization"] = f"Bearer {token['access_token']}"
        for page in range(1, 41):
            url = f"{entry['url']}/dm/open_api/v2/cloud_pbx/instances?pageSize=50&pageNumber={page}&sort=-cloudPbxId"
            assert len(client.session.get(url, timeout=10).json()["data"]["list"]) == 50
        seconds = sorted(line["seconds"] for line in client.log(path="instances"))
        assert seconds[len(seconds) // 2] < 0.01
    finally:
        process.stop(tmp_path)


@pytest.mark.parametrize(("arguments", "message"), [
    (["--host", "0.0.0.0"], "not a loopback address"), (["--jade", "x=newest"], "is not NAME=PROFILE"),
    (["--park-sections", "/nowhere.json"], "can't be read as JSON"),
])
def test_bad_options_are_explained(tmp_path: Path, arguments: list[str], message: str) -> None:
    failed = run_cli("start", "--dir", str(tmp_path), *arguments)
    assert failed.returncode == 2 and message in failed.stderr


def test_a_lab_that_cannot_start_says_why(running: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(process.LabError, match="ddress already in use"):
        process.start(tmp_path, ["--port", str(running["port"])])


def test_two_who_start_at_once_get_the_same_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []
    spawn = process._spawn

    def recorded(directory: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        children.append(spawn(directory, arguments))
        return children[-1]

    monkeypatch.setattr(process, "_spawn", recorded)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda dummy: process.start(tmp_path), range(4)))
        assert len({ready["pid"] for ready in found}) == 1
        for child in children:
            # One that comes after the stop would find the directory free, and be a lab that nobody knows of.
            if child.pid != found[0]["pid"]:
                assert child.wait(timeout=20) != 0
    finally:
        stopped = process.stop(tmp_path)
        for child in children:
            child.kill()
            child.wait()
    assert stopped is True
