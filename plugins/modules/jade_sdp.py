#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/dialplan.py
# - dev/examples/jade_sdp.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_sdp
short_description: Manage static dialplans by the endpoint for administrators
version_added: 0.1.0
description:
  - Creates, changes and removes contexts in Jade's file C(jade.extensions.conf).
  - M(telephony.pbx.jade_sdialplan) does the same by an endpoint that makes Asterisk reload by itself.
    This one reloads it afterwards, or leaves that to you with O(reload=false).
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the context.
    type: str
    required: true
  lines:
    description:
      - 'The lines of the context, in order, as in C(extensions.conf): a list, or one text with line breaks.'
      - 'The lines are the whole truth: those that aren''t given are taken away.'
      - Blanks that mean nothing, and C(=) in place of C(=>), are no difference. Blank lines and lines
        that are only a comment are left out, since Jade doesn't keep any.
    type: raw
  state:
    description:
      - V(present) makes the static dialplan exist with the settings that are given; others stay as they
        are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
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
  - Jade can't keep C(;), C(#), line breaks, and more than 511 bytes in a line; such lines are refused
    up front.
  - Each write makes Jade read and write the whole file. Where another context of it would lose something,
    the task warns.
  - Jade has no view of the dialplan that runs. The module makes sure that Asterisk has its reader loaded,
    and RV(running) says that it couldn't see more.
  - 'If a task is killed after the write and before the reload, nothing shows that the reload is still
    due: run M(telephony.pbx.jade_module) with C(state: reloaded).'
seealso:
  - module: telephony.pbx.jade_sdp_info
"""

EXAMPLES = r"""
- name: Let callers be parked under 700
  telephony.pbx.jade_sdp:
    name: parking
    lines:
      - exten => 700,1,Park()
      - exten => _70X,1,ParkedCall(default,${EXTEN})
      - include => sales

- name: Store two contexts, and have Asterisk reload once
  telephony.pbx.jade_sdp:
    name: "{{ item.name }}"
    lines: "{{ item.lines }}"
    reload: "{{ item.name == 'night' }}"
  loop:
    - name: day
      lines: ["exten => s,1,Queue(sales_1)"]
    - name: night
      lines: ["exten => s,1,Playback(vm-goodbye)", "same => n,Hangup()"]
  loop_control:
    label: "{{ item.name }}"

- name: Remove a context
  telephony.pbx.jade_sdp:
    name: summer_event
    state: absent
"""

RETURN = r"""
sdp:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    name:
      description:
        - Name of the context.
      type: str
      returned: success
      sample: sales
    lines:
      description:
        - 'The lines of the context, in order, as in C(extensions.conf): a list, or one text with line
          breaks.'
        - 'The lines are the whole truth: those that aren''t given are taken away.'
        - Blanks that mean nothing, and C(=) in place of C(=>), are no difference. Blank lines and lines
          that are only a comment are left out, since Jade doesn't keep any.
      type: list
      elements: str
      returned: success
      sample:
        - exten => 100,1,NoOp()
        - same => n,Hangup()
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
    run_module("jade_sdp")


if __name__ == "__main__":
    main()
