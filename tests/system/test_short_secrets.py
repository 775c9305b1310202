# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PIN of one digit is masked where it stands, and no other text of the run is altered for its sake."""

from __future__ import annotations

import re

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible

PIN = "7"
TEXT = "7 of 1700 calls, 77 missed, port 7070"
USER = f"{{username: pin, password: '{PIN}', name: Pin}}"
TASKS = f"""
- name: In the controller
  telephony.pbx.jade_user: {USER}
- name: As an ordinary module
  telephony.pbx.jade_user: {USER}
  environment: {{SOMETHING: else}}
- name: In a role
  ansible.builtin.include_role:
    name: telephony.pbx.jade_users
  vars:
    jade_users_list: [{USER}]
- name: Raw
  telephony.pbx.api:
    system: jade
    method: POST
    path: /admin/user/users
    body: {{username: raw, password: '{PIN}', name: Raw}}
- name: Other text
  ansible.builtin.debug:
    msg: "{TEXT}"
"""


def test_a_pin_of_one_digit_alters_no_other_text(ansible: Ansible, lab: Lab) -> None:
    run = ansible.play(TASKS, "-vvvv", "--diff").must_succeed()
    assert run.result("Other text")["msg"] == TEXT
    assert "REDACTED" not in run.output
    assert not re.search(r"VALUE_SPECIFIED\w*\d|\d\*{8}|\*{8}\d", run.output)
    assert run.result("In the controller")["user"]["password"] == "********"
    assert run.result("As an ordinary module")["user"]["password"] == "********"
    assert f'"password": "{PIN}"' not in run.output
    assert f"password: {PIN}" not in run.output
    assert {user["username"] for user in lab.jade("GET", "/v1/admin/user/users")["list"]} >= {"pin", "raw"}


def test_a_refusal_that_names_the_pin_keeps_its_numbers(ansible: Ansible) -> None:
    run = ansible.play(f"""
- name: Refused
  telephony.pbx.jade_user: {{username: "o'7", password: '{PIN}', name: Seventeen 1700}}
""", "-vvvv")  # fmt: skip
    assert run.failure("Refused")["msg"].startswith("username holds a single quote")
    assert "1700" in run.output
