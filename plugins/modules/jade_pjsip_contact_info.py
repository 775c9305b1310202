#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/pjsip.py
# - dev/examples/jade_pjsip_contact_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_pjsip_contact_info
short_description: List pjsip contacts of Jade
version_added: 0.1.0
description:
  - 'The PJSIP contacts that Asterisk knows now: where registered phones and trunks can be reached.'
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the PJSIP contact with this id.
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
- name: List all contacts
  telephony.pbx.jade_pjsip_contact_info:

- name: Find one
  telephony.pbx.jade_pjsip_contact_info:
    id: pjagent-01;@116e48d167ff94856cbc9009cdc735b2

- name: Which phones register with which software?
  telephony.pbx.jade_pjsip_contact_info:
    query: "[].[endpoint_name, user_agent, via_address]"

- name: Which contacts don't answer, or do so slowly?
  telephony.pbx.jade_pjsip_contact_info:
    query: "[?status=='Unreachable' || round_trip_usec > `200000`].[endpoint_name, uri, status]"
"""

RETURN = r"""
pjsip_contacts:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - Asterisk's ID of the contact.
      type: str
      returned: success
      sample: pjagent-01;@116e48d167ff94856cbc9009cdc735b2
    uri:
      description:
        - SIP URI that calls are sent to.
      type: str
      returned: success
      sample: sip:35740219@10.12.118.159:49027
    aor:
      description:
        - Address of record that it belongs to.
      type: str
      returned: success
      sample: pjagent-01
    endpoint_name:
      description:
        - Endpoint that it belongs to.
      type: str
      returned: success
      sample: pjagent-01
    status:
      description:
        - 'Whether it could be reached: V(Reachable) or V(Unreachable); V(NonQualified) isn''t checked,
          V(Unknown) not yet.'
      type: str
      returned: success
      sample: Reachable
    round_trip_usec:
      description:
        - Time that the last check took, in microseconds; C(null) before there was one.
      type: int
      returned: success
      sample: 24180
    reg_expire:
      description:
        - When the registration ends. UTC, ISO 8601. C(null) for a contact that is permanent.
      type: str
      returned: success
      sample: '2017-12-19T20:11:05Z'
    qualify_frequency:
      description:
        - Seconds between checks whether it can be reached; 0 is never.
      type: int
      returned: success
      sample: 60
    qualify_timeout:
      description:
        - Seconds to wait for its answer. Jade drops the fraction.
      type: int
      returned: success
      sample: 3
    authentication_qualify:
      description:
        - Whether Asterisk logs in when the contact asks for it in a check.
      type: bool
      returned: success
      sample: false
    user_agent:
      description:
        - Name and version of the phone, as it told when registering.
      type: str
      returned: success
      sample: Blink 3.0.3 (Linux)
    via_address:
      description:
        - Address in the last Via header of the registration.
      type: str
      returned: success
      sample: 10.12.118.159:49027
    call_id:
      description:
        - Call-ID of the registration.
      type: str
      returned: success
      sample: c67ef58c-3b65-44cd-a9a8-784e2af542d3
    path:
      description:
        - 'Path header of the registration: the proxies on the way to the contact.'
      type: str
      returned: success
      sample: <sip:proxy.example.com;lr>
    outbound_proxy:
      description:
        - SIP URI of the proxy that checks of it go through.
      type: str
      returned: success
      sample: sip:proxy.example.com
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
    run_module("jade_pjsip_contact_info")


if __name__ == "__main__":
    main()
