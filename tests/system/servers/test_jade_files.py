# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade's files can't hold is refused up front; what they can is sent as text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

FILE = "jade.res_parking.conf"
LOT, PHONE, USER = "jade_parking_lot", "jade_manager_user", "jade_user"
# Options that can't be, and the words that tell why.
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "comment": (LOT, {"context": "park;old"}, "context holds ';', which Jade can't keep"),
    "hash": (LOT, {"courtesytone": "beep#2"}, "courtesytone holds '#'"),
    "quotes": (LOT, {"context": '"park"'}, "context is enclosed in double quotes"),
    "line break": (LOT, {"context": "park\n[other]"}, "context holds a line break"),
    "blank": (LOT, {"context": " park"}, "context starts or ends with a blank"),
    "long": (LOT, {"context": "p" * 510}, "context is too long: Jade cuts lines after 511 bytes"),
    "setting": (LOT, {"settings": {"moh": "a;b"}}, "moh holds ';'"),
    "object": (LOT, {"settings": {"moh": {"a": 1}}}, "moh must be a text, number or switch, not a dictionary"),
    "own option": (LOT, {"settings": {"context": "a"}}, "settings holds context, which is an option of its own"),
    "name of a setting": (LOT, {"settings": {"a;b": "c"}}, "settings holds ';'"),
    "section": (LOT, {"name": "a]b"}, "name holds ']'"),
    "empty section": (LOT, {"name": ""}, "name is empty"),
    "reserved section": (LOT, {"name": "general"}, "a section that belongs to Asterisk"),
    "no range": (LOT, {"parkpos": "801+50"}, "must be a range of spaces"),
    "quote in a database": (USER, {"username": "o'hara"}, "username holds a single quote"),
    "context of a phone": (PHONE, {"username": "bob", "context": "demo;x"}, "context holds ';'"),
    "empty context": (PHONE, {"username": "bob", "context": ""}, "context is empty"),
    "quote in a permission": (PHONE, {"username": "bob", "permissions": ["it's"]}, "permissions holds a single quote"),
}


@pytest.fixture(scope="module")
def refusals(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Any]]:
    """All of them, and the requests that they cost."""
    running.reset()
    tasks = [
        {
            "name": name,
            f"telephony.pbx.{module}": {**({"name": "sales"} if module == LOT else {}), **options},
            "ignore_errors": True,
        }
        for name, (module, options, _words) in REFUSED.items()
    ]
    direct = Direct(Ansible(tmp_path_factory.mktemp("refused"), running.environment()))
    return direct.play(yaml.safe_dump(tasks)), running.log()


@pytest.mark.parametrize("name", list(REFUSED))
def test_refused(name: str, refusals: tuple[Run, list[Any]]) -> None:
    result = refusals[0].failure(name)
    assert REFUSED[name][2] in result["msg"]
    assert result["error"]["kind"] == "bad_input"


def test_no_request_was_sent(refusals: tuple[Run, list[Any]]) -> None:
    assert len(refusals[0].records) == len(REFUSED)
    assert refusals[1] == []


def test_numbers_and_switches_are_sent_as_text(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", cfg_parkinglots={"sales": {}, "other": {"context": "kept"}})
    tasks = """
- name: Change
  telephony.pbx.jade_parking_lot:
    name: sales
    parkpos: 801-850
    parkingtime: 90
    parkinghints: true
    comebacktoorigin: false
    settings: {number: 7, part: 1.5, switch: true, many: [b, a, c]}
"""
    assert direct.play(tasks).must_succeed().result("Change")["changed"]
    text = lab.file(FILE)
    assert "(null)" not in text
    lines = set(text.replace(" ", "").splitlines())
    assert {"parkingtime=90", "parkinghints=yes", "comebacktoorigin=no", "number=7", "part=1.5", "switch=yes"} <= lines
    assert {"many=a", "many=b", "many=c"} <= lines
    assert "context=kept" in lines
    # Jade gives the first two of a repeated key back in another order, which is no change.
    lab.forget_log()
    assert not direct.play(tasks).must_succeed().result("Change")["changed"]
    assert lab.calls(method="PUT") == []


def test_the_right_module_is_reloaded_after_the_write(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", cfg_parkinglots={"a/b c": {"parkpos": "801-850"}})
    tasks = """
- name: Change
  telephony.pbx.jade_parking_lot: {name: a/b c, parkpos: 801-860}
- name: Find
  telephony.pbx.jade_parking_lot_info: {name: a/b c}
"""
    run = direct.play(tasks).must_succeed()
    changes = [call for call in lab.calls(system="jade") if call.startswith("PUT")]
    assert changes == ["PUT /v1/admin/park/cfg_parkinglots/a%2Fb%20c", "PUT /v1/admin/core/modules/res_parking.so"]
    assert run.result("Find")["parking_lots"][0]["stop_space"] == "860"


def test_replies_that_come_twice_spoil_nothing(direct: Direct, lab: Lab) -> None:
    paths = ("/device_states", "/admin/core/systems", "/device_states", "/admin/user/users")
    tasks = [{"name": "Ask", "telephony.pbx.api": {"system": "jade", "path": path}} for path in paths]
    lab.fault("second_reply", body='{"statuscode": 500}', times=None, match={"path": "systems"})
    run = direct.play(yaml.safe_dump(tasks)).must_succeed()
    lists = [set(record.result["result"]["list"][0]) for record in run.of("Ask")]
    assert "device" in lists[0] & lists[2]
    assert "ast_version" in lists[1]
    assert "username" in lists[3]
