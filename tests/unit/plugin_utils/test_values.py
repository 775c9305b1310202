# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times, parking spaces, MAC addresses, and what is online: the filters and tests that people use in plays."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.filter.values import FilterModule
from ansible_collections.telephony.pbx.plugins.plugin_utils import values
from ansible_collections.telephony.pbx.plugins.test import states

FILTERS: dict[str, Any] = FilterModule().filters()
TESTS: dict[str, Any] = states.TestModule().tests()
NOW = datetime.datetime(2026, 11, 24, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("701-703", ["701", "702", "703"]),
        (" 701 - 702 ", ["701", "702"]),
        ("0099-0101", ["0099", "0100", "0101"]),
        (801, ["801"]),
    ],
)
def test_spaces_of_a_range(value: Any, found: list[str]) -> None:
    assert FILTERS["parking_spaces"](value) == found


@pytest.mark.parametrize("value", ["720-701", "all", "", "1-2-3", "1-999999999"])
def test_no_range(value: str) -> None:
    with pytest.raises(AnsibleFilterError, match=r"filter telephony\.pbx\.parking_spaces: .*parking space"):
        FILTERS["parking_spaces"](value)


@pytest.mark.parametrize(
    "written", ["4EE8A34B56F3", "4e:e8:a3:4b:56:f3", "4E-E8-A3-4B-56-F3", "4ee8.a34b.56f3", " 4ee8 a34b 56f3"]
)
def test_forms_of_a_mac_address(written: str) -> None:
    mac = FILTERS["mac_address"]
    assert [mac(written), mac(written, "plain", upper=True), mac(written, "dash"), mac(written, form="dot")] == [
        "4e:e8:a3:4b:56:f3", "4EE8A34B56F3", "4e-e8-a3-4b-56-f3", "4ee8.a34b.56f3"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "form", "told"),
    [
        ("4ee8", "colon", "'4ee8' is no MAC address$"),
        ("4ee8a34b56f3", "round", "form is 'round'"),
        (None, "colon", "None is no MAC address$"),
        (8041827055, "colon", "in YAML it needs quotes"),  # 10:20:30:40:50:55
        (["4ee8a34b56f3"], "colon", "is no MAC address$"),
        ("x" * 500, "colon", r"'x{79}\.\.\. is no MAC address$"),
    ],
)
def test_no_mac_address(written: Any, form: str, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match=told):
        FILTERS["mac_address"](written, form)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1639012740, "2021-12-09T01:19:00Z"),
        ("1639012740", "2021-12-09T01:19:00Z"),
        ("2018-05-22T13:24:14.979704248Z", "2018-05-22T13:24:14Z"),
        ("2015-01-01T00:00:00Z", "2015-01-01T00:00:00Z"),
        ("2015-01-01 00:00:00+00:00", "2015-01-01T00:00:00Z"),
    ],
)
def test_times_as_iso_8601(value: Any, found: str) -> None:
    assert FILTERS["iso8601"](value) == found


@pytest.mark.parametrize(
    "value", ["yesterday", "214-01-01T00:00:00Z", "", None, "2015-01-01T00:00:00+02:00", "2015-13-01T00:00:00Z"]
)
def test_no_time(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=r"filter telephony\.pbx\.iso8601: "):
        FILTERS["iso8601"](value)


def test_nanoseconds_get_the_zeros_that_jade_leaves_out() -> None:
    assert values.moment("2018-05-22T13:24:14.76032007Z").microsecond == 76032


@given(st.integers(min_value=0, max_value=4102444800))
def test_seconds_survive(seconds: int) -> None:
    assert values.moment(values.iso8601(seconds)).timestamp() == seconds


@pytest.mark.parametrize(
    ("value", "days", "ends"),
    [
        ("2026-12-01T00:00:00Z", 30, True),
        ("2026-12-01T00:00:00Z", 5, False),
        ("2020-01-01T00:00:00Z", 0, True),
        (None, 9999, False),
        ({"expiration_date": None, "plan_expiration_date": "2026-11-25T00:00:00Z"}, 30, True),
        ({"expiration_date": "2028-01-01T00:00:00Z", "plan_expiration_date": None}, 30, False),
        ({"name": "no end"}, 30, False),
    ],
)
def test_what_ends_soon(value: Any, days: float, ends: bool) -> None:
    assert values.expires_within(value, days, NOW) is ends


@pytest.mark.parametrize(
    ("value", "days", "told"),
    [
        ("soon", 30, "'soon' is no time"),
        ("2021-12-39T00:00:00Z", 30, "there is no such day or hour"),
        ("2021-12-09T01:19:00Z", "a month", "days is 'a month', but must be a number of days"),
        ("2021-12-09T01:19:00Z", None, "days is None, but must be"),
        ("2021-12-09T01:19:00Z", float("nan"), "days is nan, but must be"),
        ("2021-12-09T01:19:00Z", 1e300, "days is 1e\\+300, but must be"),
        ({"expiration_date": ["x"]}, 30, "is no time"),
    ],
)
def test_a_wrong_time_is_told(value: Any, days: Any, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match=rf"^test telephony\.pbx\.expiring: .*{told}") as caught:
        TESTS["expiring"](value, days)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "works"),
    [
        ({"status": "Running", "sn": "1"}, True),
        ({"status": "Stopped"}, False),
        ({"status": "disconnected"}, False),
        ({"status": "abnormal"}, True),
        ({"online": True, "status": None}, True),
        ({"online": False, "status": {"online": True}}, False),
        ({"online": None, "status": {"local_ip_address": "192.0.2.1"}}, False),
        ({"status": ["Running"]}, False),
        ({"registered": False}, False),
        ({"device_state": "Not in use"}, True),
        ({"device_state": "Unavailable"}, False),
        ({"status": "Unregistered"}, False),
        ({"status": 1, "paused": False}, True),
        ({"status": 5}, False),
        ({"status": None}, False),
    ],
)
def test_what_is_online(value: Any, works: bool) -> None:
    assert TESTS["online"](value) is works


@pytest.mark.parametrize("value", ["Running", {"name": "a"}, None])
def test_what_nobody_can_tell(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=r"test telephony\.pbx\.online: "):
        TESTS["online"](value)
