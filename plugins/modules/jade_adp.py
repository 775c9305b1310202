#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/adp.py
# - dev/examples/jade_adp.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_adp
short_description: Manage steps of asynchronous dialplans
version_added: 0.1.0
description:
  - Creates, changes and removes steps of asynchronous dialplans (adps).
  - A step is known by its master and its place (O(sequence)), which Jade keeps unique. To move a step,
    remove it and create another one.
  - A call runs a master where Asterisk's dialplan calls C(AGI) with C(agi:async,jade_dialplan,) and the
    ID of the master. Jade then sends the commands of the steps to Asterisk, in the order of their C(sequence).
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  adpma:
    description:
      - Name of the master. Either this or O(dpma_uuid) has to be given.
    type: str
  dpma_uuid:
    description:
      - ID of the master. Either this or O(adpma) has to be given.
      - With it the steps that a removed master has left behind can still be changed and removed.
    type: str
  sequence:
    description:
      - Place among the steps of the master, from 1. Places may be left free.
    type: int
    required: true
  name:
    description:
      - Name of the step.
    type: str
  detail:
    description:
      - What it is for.
    type: str
  command:
    description:
      - AGI command that Asterisk runs, for example V(ANSWER), V(EXEC Playback hello-world) or V(HANGUP).
      - A step without a command does nothing.
    type: str
  state:
    description:
      - V(present) makes the dialplan step exist with the settings that are given; others stay as they
        are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Jade can't store a single quote in any of the values; such values are refused up front.
  - 'The newest published Jade can''t change a step: it always answers 500. The module then removes the
    step and creates it again, which gives it a new ID, and warns of it. Should the step not come back,
    the module puts the old one back, or tells in full what is lost.'
  - If the task is killed between the removal and the creation, the step is gone. So right before the
    removal a warning shows all values of the step as options of this module, from which it can be created
    again. There is no such warning with C(no_log), or where the task doesn't run in the controller (another
    connection than local, C(become), C(async)).
  - A step is only created for a master that exists, since Jade itself doesn't look. So in check mode
    the master has to be there already, too.
seealso:
  - module: telephony.pbx.jade_adp_info
"""

EXAMPLES = r"""
- name: Have a master for the steps
  telephony.pbx.jade_adpma:
    name: Closed

- name: Say that the office is closed, then hang up
  telephony.pbx.jade_adp:
    adpma: Closed
    sequence: "{{ item.sequence }}"
    name: "{{ item.name }}"
    command: "{{ item.command }}"
  loop:
    - {sequence: 10, name: Answer, command: ANSWER}
    - {sequence: 20, name: Announcement, command: EXEC Playback office-closed}
    - {sequence: 30, name: End, command: HANGUP}
  loop_control:
    label: "{{ item.name }}"

- name: Play something else, and keep the step's name
  telephony.pbx.jade_adp:
    adpma: Closed
    sequence: 20
    command: EXEC Playback office-closed-holidays

- name: Remove a step
  telephony.pbx.jade_adp:
    adpma: Closed
    sequence: 15
    state: absent

- name: Remove the steps that a removed master has left behind, by its ID
  telephony.pbx.jade_adp:
    dpma_uuid: 5b0c1d0e-3f0a-4a62-9d3c-0d8f1a7e6b21
    sequence: "{{ item }}"
    state: absent
  loop: [10, 20, 30]
"""

RETURN = r"""
adp:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the step.
      type: str
      returned: success
      sample: abde9ef2-7255-4e64-acbe-a6edb964c442
    dpma_uuid:
      description:
        - ID of the master.
      type: str
      returned: success
      sample: 1d47735d-2265-463c-908a-d37dea085c21
    sequence:
      description:
        - Place among the steps of the master, from 1. Places may be left free.
      type: int
      returned: success
      sample: 10
    name:
      description:
        - Name of the step.
      type: str
      returned: success
      sample: Greeting
    detail:
      description:
        - What it is for.
      type: str
      returned: success
      sample: Says that the office is closed
    command:
      description:
        - AGI command that Asterisk runs, for example V(ANSWER), V(EXEC Playback hello-world) or V(HANGUP).
        - A step without a command does nothing.
      type: str
      returned: success
      sample: EXEC Playback hello-world
    tm_create:
      description:
        - When it was created. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-04-28T05:03:36.560694725Z'
    tm_update:
      description:
        - When Jade last saw it change. UTC, ISO 8601 with nanoseconds.
      type: str
      returned: success
      sample: '2018-05-22T13:24:14.979704248Z'
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
error:
  description:
    - What went wrong, for programs, with the parts that M(telephony.pbx.api) describes.
    - RV(ignore:msg) says the same in one line.
  type: dict
  returned: failure
  sample:
    kind: authentication
    effect: none
    message: user name or password is wrong
    status: 401
"""

from ..module_utils._faces.module import run_module


def main():
    run_module("jade_adp")


if __name__ == "__main__":
    main()
