# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each example call of the documents, answered as the documents answer it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from lab_client import DATA, Client, lines_of

EXAMPLES = lines_of("jade-documented-examples.jsonl")


def drop_made_up(value: dict[str, Any]) -> dict[str, Any]:
    """An answer without what each server makes up."""
    result = value.get("result")
    if isinstance(result, dict) and "authtoken" in result:
        assert len(result["authtoken"]) == 36
        result = {**result, "authtoken": ""}
    return {**value, "timestamp": "", "result": result}


def assert_shows(example: dict[str, Any], answer: dict[str, Any]) -> None:
    """The answer is the printed one; where the document prints "...", it begins like the printed one."""
    printed, found = drop_made_up(example["reply"]), drop_made_up(answer)
    if example["partial"] and "list" in printed["result"]:
        printed["result"] = printed["result"]["list"]
        found["result"] = found["result"]["list"][:len(printed["result"])]
    elif example["partial"]:
        # A file's text is printed as "...".
        assert found["result"].pop("data")
        printed["result"].pop("data")
    assert found == printed


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['method']} {e['path'][:60]}")
def test_jade_example(lab: Client, example: dict[str, Any]) -> None:
    if "raw_body" in example:
        answer = lab.jade(example["method"], example["path"], data=example["raw_body"], name="doc")
        # The document prints no answer, and the body is not JSON.
        assert answer.status_code == 400
        return
    credentials = ("admin", "admin") if example["path"].endswith("login") and example["method"] == "POST" else None
    answer = lab.jade(
        example["method"], example["path"], example["body"], name="doc", query=example["query"], auth=credentials,
    )
    assert answer.status_code == 200
    assert_shows(example, answer.json())


def test_all_examples_are_there() -> None:
    assert len(EXAMPLES) > 75
    assert len({(example["method"], example["path"]) for example in EXAMPLES}) > 70


def test_ycm_example(lab: Client) -> None:
    ycm = lab.ready["ycm"]
    form = {"grant_type": "client_credentials", "client_id": ycm["client_id"], "client_secret": ycm["client_secret"]}
    token = lab.session.post(ycm["url"] + "/dm/open_api/oauth/token", data=form, timeout=10).json()["access_token"]
    answer = lab.session.get(
        ycm["url"] + "/dm/open_api/v2/cloud_pbx/instances?pageSize=2&pageNumber=1&sort=cloudPbxId",
        headers={"Authorization": f"Bearer {token}"}, timeout=10,
    ).json()
    printed = json.loads((DATA / "ycm-example.json").read_text(encoding="utf-8"))
    assert answer["data"] == printed["data"]
    assert answer["status"] == "Success" and isinstance(answer["time"], int) and len(answer["requestId"]) == 36


def test_yeastar_example(lab: Client) -> None:
    pbx = lab.ready["yeastar"]["pbx"]
    login = {"username": pbx["client_id"], "password": pbx["client_secret"]}
    token = requests.post(pbx["url"] + "/openapi/v1.0/get_token", json=login, verify=lab.ready["ca"], timeout=10).json()
    answer = lab.session.get(
        f"{pbx['url']}/openapi/v1.0/onsiteproxy/list?page=1&page_size=3&sort_by=status&order_by=asc"
        f"&access_token={token['access_token']}", timeout=10,
    )
    assert answer.json() == json.loads((DATA / "yeastar-example.json").read_text(encoding="utf-8"))
    assert answer.headers["connection"] == "close"
