# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which API client is for which Cloud PBX."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ConnectionFailed
from ansible_collections.telephony.pbx.plugins.plugin_utils.credentials import PbxCredentials
from ansible_collections.telephony.pbx.plugins.plugin_utils.tree import MAX_CAUSES, summary

DEFAULT = ("everyone", "default-secret")
PBX = {"sn": "3658B43001", "name": "PBX [Berlin]", "id": 1}


def entry(match: Any, client_id: Any = "own") -> dict[str, Any]:
    """An entry of the option."""
    return {"match": match, "client_id": client_id, "client_secret": "own-secret"}


@pytest.mark.parametrize(
    "match", ["3658B43001", "3658B43*", "3658B4300?", "365[89]*", "PBX [Berlin]", "PBX*", "PBX [[]Ber*", "*[!0]", "*"]
)
def test_serial_number_name_or_pattern(match: str) -> None:
    credentials = PbxCredentials([entry(match)], DEFAULT)
    assert credentials.login(PBX) == {"api_client_id": "own", "api_client_secret": "own-secret"}
    assert credentials.unused == []


@pytest.mark.parametrize("match", ["3658b43001", "3658B43", "Berlin", "PBX [B]*"])
def test_the_default_is_for_the_rest(match: str) -> None:
    credentials = PbxCredentials([entry(match)], DEFAULT)
    assert credentials.login(PBX) == {"api_client_id": "everyone", "api_client_secret": "default-secret"}
    assert credentials.unused == [match]


def test_the_first_that_matches_counts() -> None:
    entries = [entry("3659*", "no"), entry("3658B43001", "first"), entry("3658*", "second")]
    assert PbxCredentials(entries, DEFAULT).login(PBX)["api_client_id"] == "first"
    assert PbxCredentials(entries[::-1], DEFAULT).login(PBX)["api_client_id"] == "second"


def test_a_serial_number_of_digits_alone() -> None:
    credentials = PbxCredentials([entry(365843001, 17)], (None, None))
    assert credentials.login({**PBX, "sn": "365843001"})["api_client_id"] == "17"


def test_none_at_all() -> None:
    with pytest.raises(BadInput, match=r"Set pbx_client_id and pbx_client_secret, or an entry of pbx_credentials"):
        PbxCredentials([], ("only-an-id", "")).login(PBX)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"match": ""}, "match is missing or empty"),
        ({"match": None}, "match is missing or empty"),
        ({"client_secret": None, "client_id": " "}, "client_id and client_secret are missing or empty"),
        ({"pattern": "x"}, "pattern is none of match, client_id, client_secret"),
        ({"match": "3658[4"}, r"match is '3658\[4', a pattern whose \[ isn't closed"),
        ({"match": "a[]b"}, "match is .* isn't closed"),
        ({"match": "[[]x[!"}, "match is .* isn't closed"),
    ],
)
def test_a_wrong_entry_is_named(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput, match=rf"^pbx_credentials, entry 2: {told}") as caught:
        PbxCredentials([entry("*"), {**entry("x"), **wrong}], DEFAULT)
    assert "own-secret" not in str(caught.value)


def test_another_client_is_another_cache_record_but_no_secret_is_in_it() -> None:
    shapes = [PbxCredentials([entry("*", name)], DEFAULT).shape for name in ("a", "b")]
    assert shapes[0] != shapes[1]
    assert "own-secret" not in str(shapes)


def failure(text: str, where: str) -> dict[str, str]:
    """As the tree keeps it."""
    return {"cause": str(ConnectionFailed(text)), "text": str(ConnectionFailed(text, system=where))}


def test_one_warning_for_each_cause() -> None:
    failed = [(f"pbx{number}", failure("port closed", f"at {number}")) for number in range(9)]
    failed.append(("alone", failure("wrong password", "at home")))
    assert list(summary(failed, "pbx_unreachable")) == [
        "no onsite proxies of 9 running Cloud PBXs, see the group pbx_unreachable (pbx0, pbx1, pbx2 and 6 more): port closed",
        "no onsite proxies of alone, see the group pbx_unreachable: at home: wrong password",
    ]
    assert list(summary([], "pbx_unreachable")) == []


def test_however_many_causes() -> None:
    failed = [(f"pbx{number}", failure(f"reason {number}", "there")) for number in range(40)]
    told = list(summary(failed, "pbx_unreachable"))
    assert len(told) == MAX_CAUSES
    assert "no onsite proxies of 36 running Cloud PBXs" in told[-1] and "pbx_error" in told[-1]
