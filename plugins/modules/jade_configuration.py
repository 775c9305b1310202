#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/configuration.py
# - dev/examples/jade_configuration.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_configuration
short_description: Manage whole configuration files and their backups
version_added: 0.1.0
description:
  - Replaces a whole configuration file of Asterisk, and removes backups that Jade has made of it.
  - Jade puts a C(#include) for each of its own files into these files. Without them everything that Jade
    manages drops out of Asterisk at the next reload. So the module keeps them, or refuses.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  subsystem:
    description:
      - 'Which file: V(dialplan) is C(extensions.conf), V(park) is C(res_parking.conf), V(pjsip) is C(pjsip.conf),
        V(queue) is C(queues.conf).'
    type: str
    required: true
    choices:
      - dialplan
      - park
      - pjsip
      - queue
  data:
    description:
      - The whole text that the file is to have.
      - If not given, the file stays as it is.
    type: str
  state:
    description:
      - V(present) makes the file have the text that is given, and no more backups than asked for.
    type: str
    choices:
      - present
    default: present
  includes:
    description:
      - What to do if O(data) lacks a C(#include) of a file of Jade's that the file has now.
      - V(keep) puts it at the end, as Jade does. V(refuse) fails.
    type: str
    choices:
      - keep
      - refuse
    default: keep
  keep_backups:
    description:
      - Remove all backups but this many of the newest. The one that a change makes counts.
    type: int
  max_backup_age:
    description:
      - Remove backups that are older than this many days.
    type: int
  reload:
    description:
      - Whether to make Asterisk take over what has been written, and to wait until it shows.
      - Without it the change is stored, but isn't in force before the next reload.
    type: bool
    default: true
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Jade makes a backup before each write, and never removes one.
  - Backups of Jade's own files (C(jade.*.conf)) are shown nowhere and can't be removed over the API.
  - 'If a task is killed after the write and before the reload, nothing shows that the reload is still
    due: run M(telephony.pbx.jade_module) with C(state: reloaded).'
seealso:
  - module: telephony.pbx.jade_configuration_info
"""

EXAMPLES = r"""
- name: Replace a configuration file, keep what Jade includes in it, and no more than five backups
  telephony.pbx.jade_configuration:
    subsystem: park
    data: |
      [general]
      parkeddynamic = yes

      [default]
      parkext => 700
      parkpos => 701-720
      context => parkedcalls
    keep_backups: 5

- name: Read the dialplan
  telephony.pbx.jade_configuration_info:
    subsystem: dialplan
    name: extensions.conf
  register: dialplan

- name: Change one line of it
  telephony.pbx.jade_configuration:
    subsystem: dialplan
    data: "{{ dialplan.configurations[0].data | regex_replace('(?m)^writeprotect *=.*$', 'writeprotect=yes') }}"
    includes: refuse

- name: Remove backups that are older than three months, and all but the ten newest
  telephony.pbx.jade_configuration:
    subsystem: "{{ item }}"
    max_backup_age: 90
    keep_backups: 10
  loop:
    - dialplan
    - park
    - pjsip
    - queue
"""

RETURN = r"""
configuration:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    subsystem:
      description:
        - Part of Jade's API that the file belongs to.
      type: str
      returned: success
      sample: park
    name:
      description:
        - Name of the file.
      type: str
      returned: success
      sample: res_parking.conf
    data:
      description:
        - The whole text that the file is to have.
        - If not given, the file stays as it is.
        - 'Secrets in it: always masked.'
      type: str
      returned: success
      sample: '[general]

        '
    backups:
      description:
        - Names of the backups, oldest first. The one that a change makes isn't foretold.
      type: list
      elements: str
      returned: success
      sample:
        - res_parking.conf.2018-05-21T08:49:27.783332067Z
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
running:
  description:
    - Whether the running system does what is stored.
    - V(as stored) where that was seen (in check mode, will be), otherwise V(not compared) with the reason.
  type: str
  returned: success
  sample: as stored
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
    run_module("jade_configuration")


if __name__ == "__main__":
    main()
