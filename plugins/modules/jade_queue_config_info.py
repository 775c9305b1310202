#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/queue_config.py
# - dev/examples/jade_queue_config_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_queue_config_info
short_description: List queue configs of Jade
version_added: 0.1.0
description:
  - The queues that are configured through Jade, in its file C(jade.queues.conf).
  - Queues from Asterisk's own C(queues.conf) aren't among them.
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
  - For the queues as they run now see M(telephony.pbx.jade_queue_info).
seealso:
  - module: telephony.pbx.jade_queue
"""

EXAMPLES = r"""
- name: List the queues that are configured through Jade
  telephony.pbx.jade_queue_config_info:
  register: configured

- name: Which of them have no members of their own?
  telephony.pbx.jade_queue_config_info:
    query: "[?!members].name"

- name: Find one of them
  telephony.pbx.jade_queue_config_info:
    name: support
"""

RETURN = r"""
queue_configs:
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
    run_module("jade_queue_config_info")


if __name__ == "__main__":
    main()
