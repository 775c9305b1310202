#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/asterisk.py
# - dev/examples/jade_system_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_system_info
short_description: List systems of Jade
version_added: 0.1.0
description:
  - Version, start-up and reload times, calls and limits of the Asterisk that Jade serves.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the system with this id.
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
"""

EXAMPLES = r"""
- name: Which Asterisk is this, and since when is it up?
  telephony.pbx.jade_system_info:
    api_url: "{{ lookup('ansible.builtin.env', 'JADE_URL') }}"
  register: pbx

- name: Show it
  ansible.builtin.debug:
    msg: "Asterisk {{ pbx.systems[0].ast_version }}, up since {{ pbx.systems[0].startup_date }}"
"""

RETURN = r"""
systems:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - The system's ID; a Jade server has one, V(1).
      type: str
      returned: success
      sample: '1'
    system_name:
      description:
        - Name of the system as set in C(asterisk.conf).
      type: str
      returned: success
      sample: ''
    ast_version:
      description:
        - Version of Asterisk.
      type: str
      returned: success
      sample: 16.28.0
    ami_version:
      description:
        - Version of the Asterisk Manager Interface.
      type: str
      returned: success
      sample: 5.0.4
    startup_date:
      description:
        - Date of the last start, as Asterisk tells it.
      type: str
      returned: success
      sample: '2026-11-22'
    startup_time:
      description:
        - Time of the last start.
      type: str
      returned: success
      sample: '12:01:35'
    reload_date:
      description:
        - Date of the last reload.
      type: str
      returned: success
      sample: '2026-11-22'
    reload_time:
      description:
        - Time of the last reload.
      type: str
      returned: success
      sample: '12:01:47'
    current_calls:
      description:
        - Calls under way.
      type: int
      returned: success
      sample: 0
    max_calls:
      description:
        - Most calls that are allowed at once; 0 is no limit.
      type: int
      returned: success
      sample: 0
    max_load_avg:
      description:
        - Load average above which no call is taken; 0 is no limit.
      type: float
      returned: success
      sample: 0.0
    max_file_handles:
      description:
        - Limit of open files; 0 is the system's own.
      type: int
      returned: success
      sample: 0
    run_user:
      description:
        - User that Asterisk runs as; empty is the one that started it.
      type: str
      returned: success
      sample: ''
    run_group:
      description:
        - Group that Asterisk runs as.
      type: str
      returned: success
      sample: ''
    real_time_enabled:
      description:
        - Whether settings come from a database.
      type: bool
      returned: success
      sample: false
    cdr_enabled:
      description:
        - Whether call detail records are written.
      type: bool
      returned: success
      sample: true
    http_enabled:
      description:
        - Whether Asterisk's own HTTP server is on.
      type: bool
      returned: success
      sample: false
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
    run_module("jade_system_info")


if __name__ == "__main__":
    main()
