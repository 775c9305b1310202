#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/yeastar/onsite_proxy_state.py
# - dev/examples/yeastar_onsite_proxy.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: yeastar_onsite_proxy
short_description: Manage onsite proxies of a Yeastar P-Series PBX
version_added: 0.1.0
description:
  - Creates, renames and deletes onsite proxies, and switches their audio RTP passthrough.
  - The PBX is said to switch the passthrough off in every change that doesn't name it. So the module
    always sends it, as it is or as it should be.
  - Needs firmware 84.23 (Cloud Edition) or 83.23 (Software Edition) or later.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the proxy, up to 128 characters.
      - It finds the proxy. With O(id) or O(uuid) it is the name that the proxy is to have instead.
      - One of this, O(id) and O(uuid) has to be given.
    type: str
  id:
    description:
      - ID of a proxy that exists, to rename it or to tell it from another one of that name.
    type: int
  uuid:
    description:
      - UUID of a proxy that exists, in place of O(id).
    type: str
  audio_rtp_passthrough:
    description:
      - Whether audio between phones behind this proxy goes from phone to phone, past the proxy and the
        PBX.
      - If not given, it stays as it is, and is off for a new proxy.
      - Where it is on, the PBX sets the DTMF mode of these extensions to Info, and feature codes need
        a C(#) behind them. Calls that are recorded or monitored go through the PBX all the same.
    type: bool
  state:
    description:
      - V(present) makes the onsite proxy exist with the settings that are given; others stay as they
        are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
extends_documentation_fragment:
  - telephony.pbx.yeastar
  - telephony.pbx.attributes.state
notes:
  - A new proxy still has to be installed at its site, with the command that the PBX's web interface shows.
  - 'The PBX deletes by a GET request. The collection treats it as any other change: not in check mode,
    and never twice.'
  - The API can neither restart nor upgrade a proxy.
seealso:
  - module: telephony.pbx.yeastar_onsite_proxy_info
"""

EXAMPLES = r"""
- name: Create a proxy for a branch, whose phones talk to each other directly
  telephony.pbx.yeastar_onsite_proxy:
    name: Branch Berlin
    audio_rtp_passthrough: true
  register: branch

- name: Rename it by its ID, and keep the passthrough as it is
  telephony.pbx.yeastar_onsite_proxy:
    id: "{{ branch.onsite_proxy.id }}"
    name: Branch Berlin-Mitte

- name: Switch the passthrough off, for example where calls have to be recorded
  telephony.pbx.yeastar_onsite_proxy:
    name: Branch Berlin-Mitte
    audio_rtp_passthrough: false

- name: Delete the proxy of a branch that has closed
  telephony.pbx.yeastar_onsite_proxy:
    name: Branch Bremen
    state: absent
"""

RETURN = r"""
onsite_proxy:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    id:
      description:
        - ID of the proxy, unique on its PBX.
      type: int
      returned: success
      sample: 47
    uuid:
      description:
        - UUID of the proxy.
      type: str
      returned: success
      sample: 67XXX-XXXX-XXXX-XXXX-XXXXXXXXXf42
    name:
      description:
        - Name of the proxy.
      type: str
      returned: success
      sample: Proxy_033
    platform:
      description:
        - Operating system that it runs on; always V(linux) up to now.
      type: str
      returned: success
      sample: linux
    version:
      description:
        - Version of the proxy; empty before it has first connected.
      type: str
      returned: success
      sample: 99.0.0.9
    intranet_ip:
      description:
        - Its private address, in the local network.
      type: str
      returned: success
      sample: 172.17.0.19
    public_ip:
      description:
        - Its address on the Internet.
      type: str
      returned: success
      sample: 192.0.2.10
    audio_rtp_passthrough:
      description:
        - Whether audio between phones behind this proxy goes from phone to phone, past the proxy and
          the PBX.
      type: bool
      returned: success
      sample: true
    status:
      description:
        - 'V(connected), V(disconnected), or V(abnormal): more than 85 % of its CPU or memory, or 95 %
          of its disk, is in use.'
      type: str
      returned: success
      sample: connected
    phone_count:
      description:
        - 'IP phones that belong to it: those that it has found itself and those that are set to register
          through it.'
      type: int
      returned: success
      sample: 2
    online_phone_count:
      description:
        - How many of them are registered through it.
      type: int
      returned: success
      sample: 1
    intranet_port:
      description:
        - Its port in the local network; V(null) unless it was asked for by its ID.
      type: int
      returned: success
      sample: 443
    create_time:
      description:
        - When it was created. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2026-01-30T06:06:50Z'
    update_time:
      description:
        - When its data was last changed; phone counts don't count. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2026-03-02T03:42:23Z'
    status_update_time:
      description:
        - When its status last changed; V(null) unless it was asked for by its ID. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2026-03-02T03:42:23Z'
    connection_url:
      description:
        - Address of the PBX that proxies connect to, the same for all; V(null) if it was asked for by
          its ID.
      type: str
      returned: success
      sample: 198.51.100.10
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
    effect: none
    message: user name or password is wrong
    status: 401
"""

from ..module_utils._faces.module import run_module


def main():
    run_module("yeastar_onsite_proxy")


if __name__ == "__main__":
    main()
