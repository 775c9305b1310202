# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab tells which tokens it has given out, and which of them are still good."""

from __future__ import annotations

from typing import Any

from lab_client import Client

YCM_TOKEN, YEASTAR, AICC_TOKEN = "/dm/open_api/oauth/token", "/openapi/v1.0/", "/apigovernance/api/oauth/tokenByAkSk"


def given_out(lab: Client) -> dict[str, Any]:
    return lab.control("GET", "/tokens")


def post(lab: Client, url: str, **keywords: Any) -> Any:
    answer = lab.session.post(url, timeout=10, **keywords)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_lab_that_nobody_has_logged_in_to_has_none(lab: Client) -> None:
    assert given_out(lab) == {"issued": [], "live": {}}


def test_tokens_of_all_systems(lab: Client) -> None:
    ready, client = lab.ready, {name: lab.ready["ycm"][name] for name in ("client_id", "client_secret")}
    lab.forget_tokens()
    jade = lab.token("real")
    ycm = post(lab, ready["ycm"]["url"] + YCM_TOKEN, data={"grant_type": "client_credentials", **client})
    pbx = ready["yeastar"]["pbx"]
    login = {"username": pbx["client_id"], "password": pbx["client_secret"]}
    yeastar = post(lab, f"{pbx['url']}{YEASTAR}get_token", json=login)
    user = {name: ready["telecomx"][name] for name in ("username", "password")}
    telecomx = post(lab, ready["telecomx"]["url"] + "/auth/login", json=user)["token"]
    app = {name: ready["aicc"][name] for name in ("app_key", "app_secret")}
    aicc = post(lab, ready["tests"]["aicc"]["auth_url"] + AICC_TOKEN, json=app)["AccessToken"]
    found = given_out(lab)
    assert found["live"] == {
        "jade": {"real": [jade]}, "ycm": {"ycm": [ycm["access_token"]]}, "yeastar": {"pbx": [yeastar["access_token"]]},
        "telecomx": {"telecomx": [telecomx]}, "aicc": {"aicc": [aicc]},
    }
    refreshing = {ycm["refresh_token"], yeastar["refresh_token"]}
    assert set(found["issued"]) == {jade, ycm["access_token"], yeastar["access_token"], telecomx, aicc} | refreshing


def test_a_token_that_was_logged_out_or_has_expired_is_no_longer_good(lab: Client) -> None:
    lab.forget_tokens()
    token = lab.token("real")
    assert lab.jade("DELETE", "/v1/admin/login", token=token).status_code == 200
    assert given_out(lab) == {"issued": [token], "live": {}}
    lab.forget_tokens()
    late = lab.token("real")
    lab.set(jade="real", token_seconds=0)
    assert given_out(lab) == {"issued": [token, late], "live": {}}
    lab.control("POST", "/reset")
    lab.forget_tokens()
    assert given_out(lab) == {"issued": [], "live": {}}
