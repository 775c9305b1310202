# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No file of a run holds a token or a secret, wherever its tasks run and whatever the umask."""

from __future__ import annotations

import os

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible
from tests.system.support.secrets import exposed, left_in

pytestmark = pytest.mark.once

PASSWORD = "Written-Pa55word"
TASKS = """
- name: Here
  telephony.pbx.jade_user_info:
- name: Change something
  telephony.pbx.jade_user: {username: traveler, password: "{{ word }}", name: Tess}
- name: Elsewhere
  telephony.pbx.jade_user: {username: traveler, password: "{{ word }}", name: Theresa}
  environment: {SOMETHING: else}
- name: Later
  telephony.pbx.jade_user_info:
  async: 20
  poll: 1
- name: Lookup
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.jade', 'users') | length }}"
- name: Of other systems
  telephony.pbx.yeastar_onsite_proxy_info:
- name: And another
  telephony.pbx.ycm_cloud_pbx_info:
- name: Where the session process is
  ansible.builtin.command: >-
    find {{ lookup('ansible.builtin.env', 'ANSIBLE_HOME') }}/tmp -name telephony.pbx -type s -execdir stat -c %a . ;
  changed_when: false
"""
LOGINS = 3  # to Jade: of the run, elsewhere, later


@pytest.mark.parametrize("umask", [0, 0o077], ids=oct)
def test_no_file_of_a_run_holds_a_token_or_a_secret(umask: int, ansible: Ansible, lab: Lab) -> None:
    temporary = ansible.folder / "temporary"
    temporary.mkdir()
    variables = {"TMPDIR": str(temporary), "WORD": PASSWORD, "ANSIBLE_LOG_PATH": str(ansible.folder / "ansible.log")}
    before = os.umask(umask)
    try:
        run = ansible.play(TASKS, "-vvvv", variables=variables, vars={"word": "{{ lookup('ansible.builtin.env', 'WORD') }}"})
    finally:
        os.umask(before)
    run.must_succeed()
    assert run.result("Where the session process is")["stdout"] == "700"
    assert lab.calls(path="/login", method="POST") == ["POST /v1/admin/login"] * LOGINS
    assert "jade" not in lab.tokens()["live"]
    secrets = {*lab.secrets, *ansible.issued_tokens(), PASSWORD}
    assert len(secrets) > len(lab.secrets) + LOGINS
    assert (ansible.folder / "ansible.log").stat().st_size and (ansible.folder / "home").is_dir()
    assert list(left_in(ansible.folder, secrets)) == []
    assert list(exposed(run, secrets)) == []
