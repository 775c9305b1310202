#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/adpma.py
# - dev/examples/jade_adpma.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_adpma
short_description: Manage masters of asynchronous dialplans
version_added: 0.1.0
description:
  - Creates, changes and removes masters of asynchronous dialplans (adpmas).
  - A call runs a master where Asterisk's dialplan calls C(AGI) with C(agi:async,jade_dialplan,) and the
    ID of the master. Jade then sends the commands of the steps to Asterisk, in the order of their C(sequence).
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the master.
      - Jade lets several masters have the same name. The task fails where it can't tell which one is
        meant, unless O(uuid) says so.
    type: str
    required: true
  uuid:
    description:
      - ID of a master that exists, to rename it to O(name), or to tell it from others of that name.
      - With O(state=absent) it alone counts, whatever the name of the master.
    type: str
  detail:
    description:
      - What it is for.
    type: str
  state:
    description:
      - V(present) makes the dialplan master exist with the settings that are given; others stay as they
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
  - Jade doesn't remove the steps of a master with it; the task warns where it leaves some behind. So
    remove them first, with M(telephony.pbx.jade_adp).
seealso:
  - module: telephony.pbx.jade_adpma_info
"""

EXAMPLES = r"""
- name: Create a master for the calls at night
  telephony.pbx.jade_adpma:
    name: Night service
    detail: Takes the calls after six
  register: night

- name: Let calls run it, by its ID
  telephony.pbx.jade_sdialplan:
    name: night_service
    lines: |
      exten => s,1,AGI(agi:async,jade_dialplan,{{ night.adpma.uuid }})
      same => n,Hangup()

- name: Give it another name, and keep all else
  telephony.pbx.jade_adpma:
    uuid: "{{ night.adpma.uuid }}"
    name: Evening and night service

- name: Remove a master that is no longer used
  telephony.pbx.jade_adpma:
    name: Day service
    state: absent
"""

RETURN = r"""
adpma:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the master.
      type: str
      returned: success
      sample: 1d47735d-2265-463c-908a-d37dea085c21
    name:
      description:
        - Name of the master.
        - Jade lets several masters have the same name.
      type: str
      returned: success
      sample: Night service
    detail:
      description:
        - What it is for.
      type: str
      returned: success
      sample: Takes the calls after six
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
    run_module("jade_adpma")


if __name__ == "__main__":
    main()
