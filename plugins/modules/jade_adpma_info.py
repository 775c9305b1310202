#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/adpma.py
# - dev/examples/jade_adpma_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_adpma_info
short_description: List adpmas of Jade
version_added: 0.1.0
description:
  - 'The masters of asynchronous dialplans (adpmas): each holds the steps of one dialplan.'
  - A call runs a master where Asterisk's dialplan calls C(AGI) with C(agi:async,jade_dialplan,) and the
    ID of the master. Jade then sends the commands of the steps to Asterisk, in the order of their C(sequence).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the dialplan master with this name.
    type: str
  uuid:
    description:
      - Return only the dialplan master with this uuid.
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
  - For the steps of a master see M(telephony.pbx.jade_adp_info).
  - Newer servers always have the master C(Default originate call to device), by which Jade itself places
    calls.
seealso:
  - module: telephony.pbx.jade_adpma
"""

EXAMPLES = r"""
- name: List all masters of asynchronous dialplans
  telephony.pbx.jade_adpma_info:

- name: Find a master by its name
  telephony.pbx.jade_adpma_info:
    name: test dpma
  register: found

- name: Show what the dialplan has to call to run it
  ansible.builtin.debug:
    msg: AGI(agi:async,jade_dialplan,{{ found.adpmas[0].uuid }})

- name: List the masters by their names alone
  telephony.pbx.jade_adpma_info:
    query: "sort([?name].name)"
"""

RETURN = r"""
adpmas:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_adpma_info")


if __name__ == "__main__":
    main()
