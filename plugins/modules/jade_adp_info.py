#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/adpma.py
# - dev/examples/jade_adp_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_adp_info
short_description: List adps of Jade
version_added: 0.1.0
description:
  - The steps of asynchronous dialplans (adps), each of which belongs to a master.
  - A call runs a master where Asterisk's dialplan calls C(AGI) with C(agi:async,jade_dialplan,) and the
    ID of the master. Jade then sends the commands of the steps to Asterisk, in the order of their C(sequence).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  uuid:
    description:
      - Return only the dialplan step with this uuid.
    type: str
  query:
    description:
      - JMESPath expression that is applied to the result, which then comes as RV(query_result).
      - Needs the Python library C(jmespath).
    type: str
  raw:
    description:
      - Whether to return what the server sent as well, as RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.info
notes:
  - For the masters see M(telephony.pbx.jade_adpma_info).
  - Jade lists the steps of all masters, in no order. O(query) can pick those of one and sort them.
seealso:
  - module: telephony.pbx.jade_adp
"""

EXAMPLES = r"""
- name: List all steps of asynchronous dialplans
  telephony.pbx.jade_adp_info:

- name: List the steps of one master in the order in which calls run them
  telephony.pbx.jade_adp_info:
    query: "sort_by([?dpma_uuid=='1d47735d-2265-463c-908a-d37dea085c21'], &sequence)[].[sequence, name, command]"

- name: Find the steps that do nothing
  telephony.pbx.jade_adp_info:
    query: "[?!command].{master: dpma_uuid, sequence: sequence, name: name}"

- name: Find a step by its ID
  telephony.pbx.jade_adp_info:
    uuid: abde9ef2-7255-4e64-acbe-a6edb964c442
"""

RETURN = r"""
adps:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
count:
  description:
    - How many.
  type: int
  returned: success
  sample: 1
query_result:
  description:
    - What O(query) makes of the list.
  type: raw
  returned: when O(query) is given
raw:
  description:
    - The same objects as the server sent them.
  type: list
  elements: dict
  returned: when O(raw) is true
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
    run_module("jade_adp_info")


if __name__ == "__main__":
    main()
