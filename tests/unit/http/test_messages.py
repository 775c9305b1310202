# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call as it goes over the wire."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call


def test_secrets_go_into_target_and_headers_and_not_into_what_is_shown() -> None:
    call = Call("GET", "/a%2Fb", (("q", "ü&"),), secret_query=(("token", "t0ken"),), headers=(("X-Key", "k3y"),))
    request = call.request({"User-Agent": "tests"})
    assert request.path == "/a%2Fb"
    assert request.target == "/a%2Fb?q=%C3%BC%26&token=t0ken"
    assert request.headers == {"User-Agent": "tests", "X-Key": "k3y"}
    assert request.body is None
    assert "t0ken" not in repr(request)
    assert "k3y" not in repr(request)


def test_a_login_and_a_form_are_sent_as_utf_8() -> None:
    request = Call("POST", "/login", basic=("jürgen", "p:w"), form={"grant": "ü"}).request({})
    assert request.headers == {"Authorization": "Basic asO8cmdlbjpwOnc=", "Content-Type": "application/x-www-form-urlencoded"}
    assert request.body == b"grant=%C3%BC"


def test_dates_are_sent_as_text() -> None:
    day, moment = datetime.date(2026, 12, 1), datetime.datetime(2026, 12, 1, 3, 4, 5)
    request = Call("POST", "/a", json={"day": day, "moment": [moment]}).request({})
    assert json.loads(request.body or b"") == {"day": "2026-12-01", "moment": ["2026-12-01T03:04:05"]}


@pytest.mark.parametrize("value", [b"bytes", float("nan"), float("inf"), {1, 2}])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(BadInput, match="a value can't be sent as JSON"):
        Call("POST", "/a", json={"value": value}).request({})
