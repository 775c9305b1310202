#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/legacy.py
# - dev/examples/jade_peer_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_peer_info
short_description: List peers of Jade
version_added: 0.1.0
description:
  - The peers of C(chan_sip), on servers from before December 2017.
  - Newer servers don't have them, and the task fails saying so; see M(telephony.pbx.jade_pjsip_endpoint_info).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  peer:
    description:
      - Return only the peer with this peer.
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
  - Jade lists names only. What it knows of each is one more call, several of them at once (O(api_concurrency)).
"""

EXAMPLES = r"""
- name: List the peers of a server from before December 2017
  telephony.pbx.jade_peer_info:

- name: Find one peer
  telephony.pbx.jade_peer_info:
    peer: SIP/agent-01

- name: Which peers are registered, and where?
  telephony.pbx.jade_peer_info:
    query: "[?status=='Registered'].[peer, address, monitor_status]"
"""

RETURN = r"""
peers:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    peer:
      description:
        - Technology and name of the peer, as in V(SIP/agent-01).
      type: str
      returned: success
      sample: SIP/agent-01
    status:
      description:
        - Whether it is registered, as Asterisk names it.
      type: str
      returned: success
      sample: Registered
    address:
      description:
        - Address and port at which it is registered.
      type: str
      returned: success
      sample: 192.168.200.1:5060
    monitor_status:
      description:
        - Whether it answered when Asterisk last asked (qualify), and how fast.
      type: str
      returned: success
      sample: OK (22 ms)
    channel_type:
      description:
        - Technology of its channels.
      type: str
      returned: success
      sample: SIP
    chan_object_type:
      description:
        - 'What the object is to Asterisk: V(peer), V(user) or V(friend).'
      type: str
      returned: success
      sample: peer
    dynamic:
      description:
        - Whether it registers itself.
      type: bool
      returned: success
      sample: false
    auto_comedia:
      description:
        - Whether symmetric media is switched on where it is needed.
      type: bool
      returned: success
      sample: false
    auto_force_port:
      description:
        - Whether answering to the port of origin is switched on where it is needed.
      type: bool
      returned: success
      sample: false
    acl:
      description:
        - Whether it has an access list.
      type: bool
      returned: success
      sample: false
    comedia:
      description:
        - Whether media is sent to where it comes from.
      type: bool
      returned: success
      sample: false
    description:
      description:
        - Description from the configuration.
      type: str
      returned: success
      sample: ''
    force_port:
      description:
        - Whether answers go to the port of origin.
      type: bool
      returned: success
      sample: false
    realtime_device:
      description:
        - Whether it comes from a database.
      type: bool
      returned: success
      sample: false
    text_support:
      description:
        - Whether it may use text.
      type: bool
      returned: success
      sample: false
    video_support:
      description:
        - Whether it may use video.
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
    run_module("jade_peer_info")


if __name__ == "__main__":
    main()
