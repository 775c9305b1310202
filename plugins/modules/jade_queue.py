#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/queue_config.py
# - dev/examples/jade_queue.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue
short_description: Manage queues
version_added: 0.1.0
description:
  - Creates, changes and removes queues in Jade's file C(jade.queues.conf), with their static members.
  - Jade replaces a section as a whole. The module reads it first and sends it back with the change, so
    that settings that aren't given stay.
  - Afterwards Asterisk reloads its queues, and the module waits until the running queue shows the change.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the queue.
    type: str
    required: true
  members:
    description:
      - 'The static members, each as in C(queues.conf): C(interface[,penalty[,name[,state interface]]]).'
      - 'The list is the whole truth: members that aren''t in it are taken away.'
      - The order of a list that differs is written as given. Order alone is no difference, since Jade
        doesn't keep it for certain.
    type: list
    elements: str
  strategy:
    description:
      - How calls are given to members.
      - Asterisk changes a queue that runs to V(linear) only when it restarts.
    type: str
    choices:
      - ringall
      - leastrecent
      - fewestcalls
      - random
      - rrmemory
      - linear
      - wrandom
      - rrordered
  timeout:
    description:
      - Seconds for which a member's phone rings.
    type: int
  retry:
    description:
      - Seconds until the members are tried again.
    type: int
  wrapuptime:
    description:
      - Seconds of rest for a member after a call.
    type: int
  maxlen:
    description:
      - Most calls that may wait; 0 is no limit.
    type: int
  weight:
    description:
      - Priority over other queues with the same members.
    type: int
  servicelevel:
    description:
      - Seconds within which a call should be answered.
    type: int
  musicclass:
    description:
      - Class of the music on hold.
    type: str
  announce:
    description:
      - Sound that the member hears before a call.
    type: str
  context:
    description:
      - Dialplan context of single digits with which a caller leaves the queue.
    type: str
  announce_frequency:
    description:
      - Seconds between announcements of the position; 0 is never.
    type: int
  announce_holdtime:
    description:
      - Whether the expected time of waiting is announced.
    type: str
    choices:
      - 'yes'
      - 'no'
      - once
  announce_position:
    description:
      - Whether the position is announced, and to whom.
    type: str
    choices:
      - 'yes'
      - 'no'
      - limit
      - more
  joinempty:
    description:
      - 'Whether callers may join when no member can answer: V(yes), V(no), or conditions such as V(paused,invalid).'
    type: str
  leavewhenempty:
    description:
      - Whether callers are sent away when no member can answer; as joinempty.
    type: str
  ringinuse:
    description:
      - Whether members who talk are called too.
    type: bool
  autofill:
    description:
      - Whether several calls are given out at once.
    type: bool
  autopause:
    description:
      - Whether a member who doesn't answer is paused; V(all) in all queues.
    type: str
    choices:
      - 'yes'
      - 'no'
      - all
  settings:
    description:
      - All other settings of the section, by their names in C(queues.conf).
      - Those that aren't named stay as they are. V(null) removes one. A list repeats the setting.
    type: dict
  state:
    description:
      - V(present) makes the queue exist with the settings that are given; others stay as they are.
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
  - Jade can't keep C(;), C(#) and line breaks in a value, nor quotes around it; such values are refused
    up front.
  - Each write makes Jade read and write the whole file. Where another section of it would lose something,
    the task warns.
  - For members that come and go see M(telephony.pbx.jade_queue_member).
seealso:
  - module: telephony.pbx.jade_queue_config_info
"""

EXAMPLES = r"""
- name: Make a queue with two members
  telephony.pbx.jade_queue:
    name: support
    strategy: rrmemory
    timeout: 15
    maxlen: 20
    servicelevel: 30
    members:
      - PJSIP/100,0,Alice
      - PJSIP/101,1,Bob

- name: Change one setting, and keep the others
  telephony.pbx.jade_queue:
    name: support
    wrapuptime: 10
    settings:
      periodic-announce-frequency: 60

- name: Store a change now, and leave the reload to a quiet hour
  telephony.pbx.jade_queue:
    name: support
    weight: 5
    reload: false

- name: Remove a queue
  telephony.pbx.jade_queue:
    name: summer_event
    state: absent
"""

RETURN = r"""
queue:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    name:
      description:
        - Name of the queue.
      type: str
      returned: success
      sample: sales_1
    members:
      description:
        - 'The static members, each as in C(queues.conf): C(interface[,penalty[,name[,state interface]]]).'
        - 'The list is the whole truth: members that aren''t in it are taken away.'
        - The order of a list that differs is written as given. Order alone is no difference, since Jade
          doesn't keep it for certain.
      type: list
      elements: str
      returned: success
      sample:
        - PJSIP/100,0,Alice
    strategy:
      description:
        - How calls are given to members.
        - Asterisk changes a queue that runs to V(linear) only when it restarts.
      type: str
      returned: success
      sample: rrmemory
    timeout:
      description:
        - Seconds for which a member's phone rings.
      type: int
      returned: success
      sample: 15
    retry:
      description:
        - Seconds until the members are tried again.
      type: int
      returned: success
      sample: 5
    wrapuptime:
      description:
        - Seconds of rest for a member after a call.
      type: int
      returned: success
      sample: 10
    maxlen:
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
    servicelevel:
      description:
        - Seconds within which a call should be answered.
      type: int
      returned: success
      sample: 20
    musicclass:
      description:
        - Class of the music on hold.
      type: str
      returned: success
      sample: default
    announce:
      description:
        - Sound that the member hears before a call.
      type: str
      returned: success
      sample: queue-markq
    context:
      description:
        - Dialplan context of single digits with which a caller leaves the queue.
      type: str
      returned: success
      sample: queue-out
    announce_frequency:
      description:
        - Seconds between announcements of the position; 0 is never.
      type: int
      returned: success
      sample: 90
    announce_holdtime:
      description:
        - Whether the expected time of waiting is announced.
      type: str
      returned: success
      sample: 'no'
    announce_position:
      description:
        - Whether the position is announced, and to whom.
      type: str
      returned: success
      sample: 'yes'
    joinempty:
      description:
        - 'Whether callers may join when no member can answer: V(yes), V(no), or conditions such as V(paused,invalid).'
      type: str
      returned: success
      sample: 'yes'
    leavewhenempty:
      description:
        - Whether callers are sent away when no member can answer; as joinempty.
      type: str
      returned: success
      sample: 'no'
    ringinuse:
      description:
        - Whether members who talk are called too.
      type: bool
      returned: success
      sample: false
    autofill:
      description:
        - Whether several calls are given out at once.
      type: bool
      returned: success
      sample: true
    autopause:
      description:
        - Whether a member who doesn't answer is paused; V(all) in all queues.
      type: str
      returned: success
      sample: 'no'
    settings:
      description:
        - All other settings of the section, by their names in C(queues.conf).
        - Those that aren't named stay as they are. V(null) removes one. A list repeats the setting.
      type: dict
      returned: success
      sample: {}
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
    run_module("jade_queue")


if __name__ == "__main__":
    main()
