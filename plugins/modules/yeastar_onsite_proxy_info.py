#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/yeastar/onsite_proxy.py
# - dev/examples/yeastar_onsite_proxy_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: yeastar_onsite_proxy_info
short_description: List onsite proxies of Yeastar P-Series
version_added: 0.1.0
description:
  - The onsite proxies of a Yeastar P-Series PBX, with their connection status and the phones behind them.
  - An onsite proxy is a host at a customer's site, through which the phones there reach the PBX.
  - Needs firmware 84.23 (Cloud Edition) or 83.23 (Software Edition) or later.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the onsite proxy with this id.
    type: int
  name:
    description:
      - Return only the onsite proxy with this name.
    type: str
  uuid:
    description:
      - Return only the onsite proxy with this uuid.
    type: str
  search:
    description:
      - Text to search for; the PBX decides in which fields.
    type: str
  search_name:
    description:
      - Text to search for in names. O(name) has to be the whole name.
    type: str
  search_intranet_ip:
    description:
      - Text to search for in private addresses.
    type: str
  sort_by:
    description:
      - Field to sort by. Without it the PBX decides.
    type: str
    choices:
      - status
      - name
      - platform
      - version
      - intranet_ip
      - public_ip
      - phone_count
      - online_phone_count
      - audio_rtp_passthrough
      - status_update_time
  order_by:
    description:
      - Direction of O(sort_by).
    type: str
    choices:
      - asc
      - desc
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
  - telephony.pbx.yeastar
  - telephony.pbx.attributes.info
seealso:
  - module: telephony.pbx.yeastar_onsite_proxy
"""

EXAMPLES = r"""
- name: List the onsite proxies of a PBX, those in trouble first
  telephony.pbx.yeastar_onsite_proxy_info:
    sort_by: status
  register: proxies

- name: Which proxies are in trouble?
  telephony.pbx.yeastar_onsite_proxy_info:
    query: "[?status!='connected'].{name: name, status: status, since: update_time}"

- name: Which proxies have phones that are offline?
  telephony.pbx.yeastar_onsite_proxy_info:
    query: "[?online_phone_count < phone_count].name"

- name: Find one by its name
  telephony.pbx.yeastar_onsite_proxy_info:
    name: Proxy_033
  register: proxy

- name: Find it by its ID, which tells its port and when its status last changed too
  telephony.pbx.yeastar_onsite_proxy_info:
    id: "{{ proxy.onsite_proxies[0].id }}"

- name: Let the PBX search for a part of the name, and of the private address
  telephony.pbx.yeastar_onsite_proxy_info:
    search_name: Proxy_0
    search_intranet_ip: 172.17.0.
"""

RETURN = r"""
onsite_proxies:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("yeastar_onsite_proxy_info")


if __name__ == "__main__":
    main()
