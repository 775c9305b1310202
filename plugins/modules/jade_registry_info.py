#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/legacy.py
# - dev/examples/jade_registry_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_registry_info
short_description: List registries of Jade
version_added: 0.1.0
description:
  - The outbound registrations of C(chan_sip), on servers from before December 2017.
  - Newer servers don't have them, and the task fails saying so; see M(telephony.pbx.jade_pjsip_registration_outbound_info).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  account:
    description:
      - Return only the registry with this account.
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
- name: List the registrations of a server from before December 2017
  telephony.pbx.jade_registry_info:

- name: Find one registration
  telephony.pbx.jade_registry_info:
    account: 2345@sip_proxy:5060

- name: Which registrations don't stand?
  telephony.pbx.jade_registry_info:
    query: "[?state!='Registered'].[account, state]"
"""

RETURN = r"""
registries:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    account:
      description:
        - 'The account: user, registrar, and its port.'
      type: str
      returned: success
      sample: 2345@sip_proxy:5060
    state:
      description:
        - State as Asterisk names it, such as V(Registered), V(Request Sent) or V(Rejected).
      type: str
      returned: success
      sample: Registered
    username:
      description:
        - Name to log in with.
      type: str
      returned: success
      sample: '2345'
    domain:
      description:
        - SIP domain of the account.
      type: str
      returned: success
      sample: sip_proxy
    domain_port:
      description:
        - Port in that domain.
      type: int
      returned: success
      sample: 5060
    host:
      description:
        - Host that the registration is sent to.
      type: str
      returned: success
      sample: sip_proxy
    port:
      description:
        - Port of that host.
      type: int
      returned: success
      sample: 5060
    refresh:
      description:
        - Seconds from one registration to the next.
      type: int
      returned: success
      sample: 120
    registration_time:
      description:
        - When it was registered last. UTC, ISO 8601. C(null) for never.
      type: str
      returned: success
      sample: '2017-03-12T00:17:22Z'
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
    run_module("jade_registry_info")


if __name__ == "__main__":
    main()
