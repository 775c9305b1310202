# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session process serves every kind of play, ends with its run however that ends, and can be replaced."""

from __future__ import annotations

import os
import signal
import stat
import subprocess

import pytest

from tests.system.support.lab import Lab
from tests.system.support.runner import PROGRAMS, Ansible
from tests.system.support.session_process import Running, has_ended, sockets_below, until

LOGIN, LOGOUT = "POST /v1/admin/login", "DELETE /v1/admin/login"
READ, WRITE = "GET /v1/admin/user/users", "POST /v1/admin/user/users"
SLOW = 3  # seconds that the server takes for the write
ENDS_WITHIN = 10  # seconds
PLAY = """
- hosts: localhost
  gather_facts: false
  vars: {ansible_python_interpreter: "{{ ansible_playbook_python }}"}
  tasks:
    - telephony.pbx.jade_user: {username: bob, password: long-enough-Pa55word}
    - telephony.pbx.jade_system_info:
"""


@pytest.fixture
def writing(ansible: Ansible, lab: Lab) -> Running:
    """A run that is in the middle of a write."""
    lab.fault("slow", match={"method": "POST", "path": "/user/users"}, seconds=SLOW)
    run = Running(ansible, PLAY)
    until(lambda: READ in lab.calls())
    until(lambda: len(sockets_below(ansible.folder)) == 1)
    return run


def test_a_run_whose_main_process_is_killed_finishes_its_write_and_logs_out(writing: Running, lab: Lab) -> None:
    (pid,) = writing.session_pids
    writing.end(signal.SIGKILL)
    until(lambda: has_ended(pid), ENDS_WITHIN)
    assert lab.calls().count(WRITE) == 1
    assert lab.calls().count(LOGOUT) == 1
    assert lab.calls()[-1] == LOGOUT


def test_ctrl_c_finishes_the_write_and_logs_out_without_a_traceback(writing: Running, ansible: Ansible, lab: Lab) -> None:
    (pid,) = writing.session_pids
    writing.end(signal.SIGINT)
    assert writing.wait() != 0
    until(lambda: has_ended(pid), ENDS_WITHIN)
    assert lab.calls() == [LOGIN, READ, WRITE, LOGOUT]
    assert "Traceback" not in writing.text
    assert sockets_below(ansible.folder) == []


def test_a_session_process_that_is_killed_is_replaced_and_the_write_is_settled(writing: Running, lab: Lab) -> None:
    (pid,) = writing.session_pids
    os.kill(pid, signal.SIGKILL)
    assert writing.wait() == 0, writing.text
    assert "the call failed, but the user was created all the same" in writing.text
    assert "the session process of this run has ended" in writing.text
    assert lab.calls().count(WRITE) == 1
    assert lab.calls().count(LOGIN) == 2
    assert lab.calls()[-2:] == ["GET /v1/admin/core/systems", LOGOUT]


def test_the_only_socket_is_in_the_folder_of_the_run_and_gone_with_it(writing: Running, ansible: Ansible) -> None:
    assert sockets_below(ansible.folder) == [writing.socket]
    folder = writing.socket.parent
    assert folder.name.startswith("ansible-local-")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert writing.wait() == 0
    assert not folder.exists()


def test_the_time_limit_of_a_task_begins_no_further_step_and_tells_the_effect(ansible: Ansible, lab: Lab) -> None:
    lab.fault("slow", match={"method": "POST", "path": "/user/users"}, seconds=SLOW)
    tasks = """
- name: Write
  telephony.pbx.jade_user: {username: bob, password: long-enough-Pa55word}
  timeout: 2
  ignore_errors: true
  register: late
- name: It is known as such
  ansible.builtin.assert: {that: late.timedout.period == 2}
"""
    run = ansible.play(tasks)
    failed = run.failure("Write")
    assert (failed["error"]["kind"], failed["error"]["effect"], failed["changed"]) == ("timeout", "unknown", False)
    assert "time limit of the task" in failed["msg"]
    run.must_succeed()
    assert lab.calls() == [LOGIN, READ, WRITE, LOGOUT]


def test_a_pipe_ends_with_the_run(ansible: Ansible, lab: Lab) -> None:
    file = ansible.write("piped.yml", PLAY)
    (ansible.folder / "home").mkdir()
    command = f"{PROGRAMS / 'ansible-playbook'} {file} | cat; echo the pipe has ended"
    done = subprocess.run(
        command, shell=True, cwd=ansible.folder, env=ansible.variables, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.endswith("the pipe has ended\n")
    assert lab.calls()[-1] == LOGOUT


KINDS = """
- name: Test
  hosts: all
  gather_facts: false
  connection: local
  strategy: {strategy}
  serial: 3
  vars:
    ansible_python_interpreter: "{{{{ ansible_playbook_python }}}}"
    jade_api_url: "{{{{ lookup('ansible.builtin.env', 'JADE_URL') }}}}"  # one for all
  handlers:
    - name: Ask at the end
      telephony.pbx.jade_system_info:
  tasks:
    - name: Ask once
      telephony.pbx.jade_system_info:
      run_once: true
    - name: Ask one after the other
      telephony.pbx.jade_system_info:
      throttle: 1
    - name: Ask in a loop
      telephony.pbx.jade_system_info:
      loop: [1, 2]
    - name: Ask for another
      telephony.pbx.jade_system_info:
      delegate_to: elsewhere
      changed_when: true
      notify: Ask at the end
    - name: Ask in included tasks
      ansible.builtin.include_tasks: included.yml
      loop: [1, 2]
    - name: Ask in a lookup
      ansible.builtin.debug:
        msg: "{{{{ query('telephony.pbx.jade', 'systems') | length }}}}"
    - name: Ask after a failure
      block:
        - ansible.builtin.fail:
      rescue:
        - telephony.pbx.jade_system_info:
"""


@pytest.mark.parametrize("strategy", ["linear", "free", "host_pinned"])
def test_one_login_and_one_logout_whatever_a_play_is_made_of(strategy: str, ansible: Ansible, lab: Lab) -> None:
    ansible.write("included.yml", "- telephony.pbx.jade_system_info:\n")
    file = ansible.write("kinds.yml", KINDS.format(strategy=strategy))
    ansible.playbook(str(file), "-i", "a,b,c,d,e,").must_succeed()
    calls = lab.calls()
    assert (calls.count(LOGIN), calls.count(LOGOUT)) == (1, 1)
    assert calls[-1] == LOGOUT
    assert calls.count("GET /v1/admin/core/systems") >= 5 * 8


def test_a_command_on_the_command_line_logs_in_and_out(ansible: Ansible, lab: Lab) -> None:
    ansible.run("ansible", "localhost", "-m", "telephony.pbx.jade_system_info").must_succeed()
    assert lab.calls() == [LOGIN, "GET /v1/admin/core/systems", LOGOUT]


def test_the_folder_of_the_run_may_have_a_long_name(ansible: Ansible, lab: Lab) -> None:
    """A socket's own name may have some hundred bytes."""
    long = ansible.folder / ("x" * 120)
    ansible.play("- telephony.pbx.jade_system_info:", variables={"ANSIBLE_LOCAL_TEMP": str(long)}).must_succeed()
    assert lab.calls() == [LOGIN, "GET /v1/admin/core/systems", LOGOUT]
