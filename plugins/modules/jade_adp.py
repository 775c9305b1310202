#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_adp
short_description: Manage steps of asynchronous dialplans
version_added: 0.1.0
description:
  - Creates, changes and removes steps of asynchronous dialplans.
  - A step is known by its master and its place (O(sequence)), which Jade keeps unique.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - urllib3
options:
  adpma:
    description:
      - Name of the master. Either this or O(dpma_uuid) has to be given.
    type: str
  dpma_uuid:
    description:
      - ID of the master.
    type: str
  sequence:
    description:
      - Place among the steps of the master, from 1.
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
      - Application of Asterisk that is run.
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
    step and creates it again, which gives it a new ID, and warns of it.'
seealso:
  - module: telephony.pbx.jade_adp_info
"""

EXAMPLES = r"""
- name: Example
  telephony.pbx.jade_adp:
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
        - Place among the steps of the master, from 1.
      type: int
      returned: success
      sample: 1
    name:
      description:
        - Name of the step.
      type: str
      returned: success
      sample: answer
    detail:
      description:
        - What it is for.
      type: str
      returned: success
      sample: Take the call
    command:
      description:
        - Application of Asterisk that is run.
      type: str
      returned: success
      sample: Answer()
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_adp")


if __name__ == "__main__":
    main()
