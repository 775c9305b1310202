# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet report as data: what is wrong, in which order, and what is not in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.telephony.pbx.plugins.filter.values import FilterModule

FILTERS: dict[str, Any] = FilterModule().filters()
REPORT = FILTERS["fleet_report"]
NOW = "2026-11-24T12:00:00Z"
VENDORED = Path(__file__).parents[3] / "roles" / "fleet_report" / "files"
PBX = {
    "id": 7738, "name": "Aarhus", "sn": "3659B43", "status": "Running", "type": "Commercial", "plan": "Ultimate Plan",
    "region": "Denmark", "group": "hotels", "version": "84.8.0.25", "plan_expiration_date": "2028-01-01T00:00:00Z",
    "expiration_date": None, "extension_capacity": 100, "used_extensions": 10, "concurrent_call_capacity": 50,
    "active_calls": 1, "recording_capacity": 0, "used_recording": 0,
    "creator": {"first_name": "Wayne", "last_name": "William", "email": "wayne@example.com"},
}  # fmt: skip
PROXY = {
    "id": 15, "name": "Proxy_001", "status": "connected", "version": "99.0.0.9", "phone_count": 7, "online_phone_count": 3,
    "public_ip": "192.0.2.21", "intranet_ip": "172.17.0.51", "connection_url": "198.51.100.10",
}  # fmt: skip
PHONE = {
    "id": "1234", "mac_address": "4EE8A34B56F3", "online": True, "extension": {"number": "592", "direct": "+4570305050"},
    "employee": {"name": "Donald Duck"}, "model": {"brand": "SNOM", "model": "370"}, "password": "not-to-be-seen",
}  # fmt: skip


def of_pbx(error: str = "", **fields: Any) -> dict[str, Any]:
    """The report of one Cloud PBX with these fields."""
    more = {"pbx_error": error} if error else {}
    return REPORT({"aarhus": {"cloud_pbx": {**PBX, **fields}, **more}}, now=NOW)


def of_proxy(**fields: Any) -> dict[str, Any]:
    """The report of one Onsite Proxy with these fields."""
    return REPORT({"p1": {"onsite_proxy": {**PROXY, **fields}, "cloud_pbx_host": "aarhus"}}, now=NOW)


def told(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What is wrong."""
    return [(one["severity"], one["code"], one["text"]) for one in report["problems"]]


def test_nothing_is_wrong_with_what_works() -> None:
    report = REPORT(
        {
            "aarhus": {"cloud_pbx": PBX},
            "p1": {"onsite_proxy": PROXY, "cloud_pbx_host": "aarhus"},
            "592": {"sip_phone": PHONE},
            "8888": {"softphone": {"number": "8888", "registered": None}},
            "other": {"ansible_host": "192.0.2.1"},
        },
        now=NOW,
    )
    assert told(report) == []
    row = report["pbxs"][0]
    assert (row["name"], row["severity"], row["wrong"], row["answers"]) == ("aarhus", "", "", True)
    assert (row["extensions_percent"], row["recording_percent"], row["ends"], row["days_left"]) == (10, None, "2028-01-01", 402)
    assert (row["proxies"], row["proxies_connected"], row["phones"], row["phones_online"]) == (1, 1, 7, 3)
    assert [(one["name"], one["model"], one["status"]) for one in report["phones"]] == [
        ("592", "SNOM 370", "online"), ("8888", "", "unknown"),
    ]  # fmt: skip
    assert report["generated"] == NOW


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"plan_expiration_date": NOW}, [("critical", "pbx_ended", "its plan ended on 2026-11-24")]),
        ({"expiration_date": "2026-11-01T00:00:00Z"}, [("critical", "pbx_ended", "its term ended on 2026-11-01")]),
        ({"plan_expiration_date": 1798113600}, [("warning", "pbx_ending", "its plan ends on 2026-12-24, in 30 days")]),
        ({"plan_expiration_date": "2026-12-24T12:00:01Z"}, []),
        ({"plan_expiration_date": None}, []),
        ({"plan_expiration_date": "no time"}, []),
        ({"used_extensions": 89}, []),
        ({"used_extensions": 90}, [("warning", "pbx_nearly_full", "90 of 100 extensions are in use, 90 %")]),
        ({"used_extensions": 100}, [("critical", "pbx_full", "100 of 100 extensions are in use, 100 %")]),
        ({"active_calls": 60}, [("critical", "pbx_full", "60 of 50 concurrent calls are in use, 120 %")]),
        ({"used_recording": 5}, []),
        ({"status": "Stopped"}, [("note", "pbx_stopped", "its status is Stopped")]),
        ({"status": "Upgrading"}, [("note", "pbx_changing", "its status is Upgrading")]),
    ],
)
def test_cloud_pbx(fields: dict[str, Any], found: list[Any]) -> None:
    report = of_pbx(**fields)
    assert told(report) == found
    assert report["pbxs"][0]["severity"] == (found[0][0] if found else "")
    assert sum(report["summary"]["severities"].values()) == len(found)


def test_one_that_does_not_answer_without_the_address_that_was_asked() -> None:
    error = "Yeastar P-Series at https://pbx.example.com/x: POST /openapi/v1.0/get_token: no connection: connection refused"
    report = of_pbx(error, plan_expiration_date="2026-11-01T00:00:00Z")
    assert [one[1:] for one in told(report)] == [
        ("pbx_unreachable", "it runs, but can't be asked: no connection: connection refused"),
        ("pbx_ended", "its plan ended on 2026-11-01"),
    ]
    assert report["pbxs"][0]["answers"] is False
    assert report["pbxs"][0]["rank"] == report["problems"][0]["rank"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"status": "disconnected"}, [("critical", "proxy_disconnected", "it is disconnected, and with it 7 phones")]),
        ({"status": "abnormal"}, [("warning", "proxy_abnormal", "it is connected, but overloaded")]),
        ({"online_phone_count": 0}, [("warning", "proxy_phones", "none of its 7 phones is online")]),
        ({"phone_count": 0, "online_phone_count": 0}, []),
    ],
)
def test_onsite_proxy(fields: dict[str, Any], found: list[Any]) -> None:
    report = of_proxy(**fields)
    assert told(report) == found
    assert all(one["pbx"] == "aarhus" for one in report["problems"])


def test_phones_and_trunks() -> None:
    results = [
        {"system": "jade", "result": {"systems": [{"id": "1", "ast_version": "22.1.0"}]}},
        {"system": "jade", "result": {"pjsip_registration_outbounds": [
            {"id": "t1", "status": "Registered"}, {"id": "t2", "status": "Rejected"},
        ]}},
    ]  # fmt: skip
    hosts = {
        "a": {"sip_phone": {**PHONE, "online": False, "extension": None}},
        "b": {"softphone": {"number": "8888", "registered": False}},
    }
    report = REPORT(hosts, results, now=NOW)
    assert told(report) == [
        ("critical", "trunk_unregistered", "its status is Rejected"),
        ("warning", "phone_offline", "it is offline"),
        ("warning", "softphone_suspended", "its registration is suspended"),
    ]
    assert [one["name"] for one in report["problems"]] == ["t2", "4EE8A34B56F3", "8888"]
    assert next(one for one in report["charts"] if one["id"] == "asterisk")["rows"] == [["22.1.0", 1]]


def test_systems_are_read_failed_or_not_configured_and_a_failure_comes_first() -> None:
    results = [
        {"system": "ycm", "result": {"failed": False, "msg": "YCM at x:\nno connection"}},
        {"system": "telecomx", "result": {"sip_phones": [PHONE]}},
        {"system": "aicc", "result": {"skipped": True}},
    ]
    report = REPORT({}, results, now=NOW)
    states = {one["system"]: (one["state"], one["objects"], one["text"]) for one in report["systems"]}
    assert states == {
        "Yeastar Central Management": ("failed", 0, "YCM at x: no connection"),
        "Yeastar P-Series": ("not configured", 0, ""),
        "TelecomX": ("read", 1, ""),
        "Huawei AICC": ("not configured", 0, ""),
        "Jade": ("not configured", 0, ""),
    }
    assert told(report)[0] == ("critical", "system_failed", "YCM at x: no connection")


def test_what_is_read_besides_the_inventory_is_not_counted_twice() -> None:
    report = REPORT({"a": {"cloud_pbx": PBX}}, [{"system": "ycm", "result": {"cloud_pbxs": [PBX]}}], now=NOW)
    assert report["summary"]["pbxs"] == 1


def test_the_worst_comes_first_and_equals_are_in_order() -> None:
    hosts = {
        "c": {"cloud_pbx": {**PBX, "status": "Stopped"}},
        "b": {"cloud_pbx": PBX, "pbx_error": "dead"},
        "a": {"cloud_pbx": {**PBX, "used_extensions": 95}},
        "p2": {"onsite_proxy": {**PROXY, "name": "p2", "status": "disconnected"}, "cloud_pbx_host": "z"},
        "p1": {"onsite_proxy": {**PROXY, "name": "p1", "status": "disconnected"}, "cloud_pbx_host": "z"},
    }
    report = REPORT(hosts, now=NOW)
    assert [one["name"] for one in report["problems"]] == ["b", "p1", "p2", "a", "c"]
    assert [one["count"] for one in report["summary"]["problems"]] == [1, 2, 1, 1]


def test_no_secrets_names_of_people_or_addresses() -> None:
    hosts = {"a": {"cloud_pbx": PBX}, "p": {"onsite_proxy": PROXY}, "s": {"sip_phone": PHONE}}
    text = json.dumps(REPORT(hosts, now=NOW))
    for word in ("Wayne", "wayne@", "192.0.2", "172.17", "198.51", "Donald", "+4570305050", "not-to-be-seen"):
        assert word not in text


def test_the_time_stays_while_nothing_else_changes() -> None:
    first = of_pbx()
    hosts = {"aarhus": {"cloud_pbx": PBX}}
    later = "2026-11-24T18:00:00Z"
    assert REPORT(hosts, earlier=first, now="2026-11-24T13:00:00Z") == first
    changed = REPORT({"aarhus": {"cloud_pbx": {**PBX, "active_calls": 2}}}, earlier=first, now=later)
    assert changed["generated"] == later
    assert REPORT(hosts, earlier={**first, "generated": "edited"}, now=later)["generated"] == later
    assert REPORT(hosts, earlier="no report", now=later)["generated"] == later


@pytest.mark.parametrize(
    ("arguments", "words"), [({"days": "soon"}, "'soon'"), ({"capacity_percent": -1}, "-1"), ({"now": "x"}, "'x'")]
)
def test_wrong_limits(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(AnsibleFilterError, match=rf"filter telephony\.pbx\.fleet_report: .*{words}"):
        REPORT({}, **arguments)


def test_json_can_stand_in_a_page() -> None:
    hostile = {"name": "</script><!--<script>&\u2028\u2029", "ø": [1, None, True]}
    text = FILTERS["fleet_report_json"](hostile)
    assert json.loads(text) == hostile
    assert not set("<>&\u2028\u2029") & set(text)
    assert "ø" in text


def test_hash_of_a_script() -> None:
    digest = base64.b64encode(hashlib.sha256("start('ø')".encode()).digest()).decode()
    assert FILTERS["fleet_report_hash"]("start('ø')") == f"'sha256-{digest}'"


def test_libraries_are_those_that_are_pinned() -> None:
    pins = json.loads((VENDORED / "vendor.json").read_text(encoding="utf-8"))
    assert {pin["file"] for pin in pins} == {file.name for file in VENDORED.glob("*.min.js")}
    for pin in pins:
        text = (VENDORED / pin["file"]).read_bytes()
        assert hashlib.sha256(text).hexdigest() == pin["sha256"]
        assert pin["version"].encode() in text[:200]
        assert b"</script" not in text and b"sourceMappingURL" not in text and text.isascii()
        assert pin["license"] == "MIT" and "MIT License" in (VENDORED / pin["license_file"]).read_text(encoding="utf-8")


def luminance(color: str) -> float:
    """How bright a color such as #1b1f24 or #fff is, as WCAG counts it."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colors_can_be_told_from_what_is_behind_them() -> None:
    themes = re.findall(r":root {[^}]*--page[^}]*}", (VENDORED / "report.css").read_text(encoding="utf-8"))
    assert len(themes) == 2
    for theme in themes:
        colors = dict(re.findall(r"--(\w+): (#\w+);", theme))
        for behind in ("page", "soft"):
            for name, least in [(one, 4.5) for one in ("text", "muted", "link", "critical", "warning", "note")] + [("bar", 3)]:
                light = sorted(luminance(colors[one]) + 0.05 for one in (name, behind))
                assert light[1] / light[0] >= least, (name, behind)
