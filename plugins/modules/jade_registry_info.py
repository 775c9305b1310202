#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_registry_info
short_description: List registries of Jade
version_added: 0.1.0
description:
  - The outbound registrations of C(chan_sip), on servers from before December 2017.
  - Newer ones have none; see M(telephony.pbx.jade_pjsip_registration_outbound_info).
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - urllib3
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
"""

EXAMPLES = r"""
- name: List all
  telephony.pbx.jade_registry_info:
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
        - The account, as user and registrar.
      type: str
      returned: success
      sample: 2345@sip_proxy:5060
    state:
      description:
        - State as Asterisk names it.
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
        - Domain that is registered at.
      type: str
      returned: success
      sample: sip_proxy
    domain_port:
      description:
        - Its port.
      type: int
      returned: success
      sample: 5060
    host:
      description:
        - Host that is registered at.
      type: str
      returned: success
      sample: sip_proxy
    port:
      description:
        - Its port.
      type: int
      returned: success
      sample: 5060
    refresh:
      description:
        - Seconds until it is registered again.
      type: int
      returned: success
      sample: 120
    registration_time:
      description:
        - When it was registered last. UTC, ISO 8601.
      type: str
      returned: success
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_registry_info")


if __name__ == "__main__":
    main()
