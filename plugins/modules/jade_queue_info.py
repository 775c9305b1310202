#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/queue.py
# - dev/examples/jade_queue_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_info
short_description: List queues of Jade
version_added: 0.1.0
description:
  - The queues that run in Asterisk now, with their figures.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the queue with this name.
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
  - For the settings behind a queue see M(telephony.pbx.jade_queue_config_info).
"""

EXAMPLES = r"""
- name: Look at one queue
  telephony.pbx.jade_queue_info:
    name: sales_1
  register: sales

- name: Where do callers wait now?
  telephony.pbx.jade_queue_info:
    query: "[?calls > `0`].{queue: name, waiting: calls, average: hold_time}"
"""

RETURN = r"""
queues:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the queue.
      type: str
      returned: success
      sample: sales_1
    strategy:
      description:
        - How calls are given to members.
      type: str
      returned: success
      sample: ringall
    max:
      description:
        - Most calls that may wait; 0 is no limit.
      type: int
      returned: success
      sample: 0
    weight:
      description:
        - Priority over other queues with the same members.
      type: int
      returned: success
      sample: 0
    calls:
      description:
        - Calls that wait now.
      type: int
      returned: success
      sample: 0
    completed:
      description:
        - Calls that were answered by a member.
      type: int
      returned: success
      sample: 12
    abandoned:
      description:
        - Calls that were given up by the caller.
      type: int
      returned: success
      sample: 2
    hold_time:
      description:
        - Average time of waiting, in seconds.
      type: int
      returned: success
      sample: 18
    talk_time:
      description:
        - Average time of talking, in seconds.
      type: int
      returned: success
      sample: 140
    service_level:
      description:
        - Seconds within which a call should be answered.
      type: int
      returned: success
      sample: 5
    service_level_perf:
      description:
        - Share of calls that were, in percent.
      type: float
      returned: success
      sample: 0.0
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
    run_module("jade_queue_info")


if __name__ == "__main__":
    main()
