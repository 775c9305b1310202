#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/pjsip.py
# - dev/examples/jade_pjsip_registration_outbound_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_pjsip_registration_outbound_info
short_description: List pjsip registration outbounds of Jade
version_added: 0.1.0
description:
  - The registrations that Asterisk itself keeps with other servers, such as those of providers.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the PJSIP outbound registration with this name.
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
  - Jade reads these objects anew when Asterisk reloads PJSIP. A change shows after about a second, and
    for an instant before that the list may be empty.
  - For the trunks behind these registrations see M(telephony.pbx.jade_trunk_info).
"""

EXAMPLES = r"""
- name: List all outbound registrations
  telephony.pbx.jade_pjsip_registration_outbound_info:

- name: Find one
  telephony.pbx.jade_pjsip_registration_outbound_info:
    name: provider

- name: Which registrations don't stand?
  telephony.pbx.jade_pjsip_registration_outbound_info:
    query: "[?status!='Registered'].[name, server_uri, status]"
"""

RETURN = r"""
pjsip_registration_outbounds:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the registration.
      type: str
      returned: success
      sample: provider
    object_type:
      description:
        - Type that Asterisk gives the object; always V(registration).
      type: str
      returned: success
      sample: registration
    status:
      description:
        - 'State: V(Registered), V(Unregistered), V(Rejected), V(Stopping) or V(Stopped).'
      type: str
      returned: success
      sample: Registered
    next_reg:
      description:
        - Seconds until it is renewed or tried again, as of C(tm_update).
      type: int
      returned: success
      sample: 3420
    server_uri:
      description:
        - SIP URI of the registrar.
      type: str
      returned: success
      sample: sip:sip.example.com
    client_uri:
      description:
        - SIP URI that is registered.
      type: str
      returned: success
      sample: sip:100@sip.example.com
    contact_user:
      description:
        - User part of the contact, which calls are then sent to; if empty, V(s).
      type: str
      returned: success
      sample: '100'
    expiration:
      description:
        - Lifetime in seconds that is asked for.
      type: int
      returned: success
      sample: 3600
    max_retries:
      description:
        - Attempts after which Asterisk gives up.
      type: int
      returned: success
      sample: 10
    retry_interval:
      description:
        - Seconds between attempts.
      type: int
      returned: success
      sample: 60
    fatal_retry_interval:
      description:
        - Seconds until another attempt after a final refusal; 0 is no other.
      type: int
      returned: success
      sample: 0
    forbidden_retry_interval:
      description:
        - Seconds until another attempt after a 403; 0 is no other.
      type: int
      returned: success
      sample: 0
    auth_rejection_permanent:
      description:
        - Whether Asterisk gives up as soon as the password is refused.
      type: bool
      returned: success
      sample: true
    line:
      description:
        - Whether calls are assigned to C(endpoint) by a mark in the contact, which the provider sends
          back.
      type: bool
      returned: success
      sample: true
    endpoint:
      description:
        - Endpoint that such calls are assigned to.
      type: str
      returned: success
      sample: provider
    outbound_auth:
      description:
        - Authentications to log in with.
      type: list
      elements: str
      returned: success
      sample:
        - provider
    outbound_proxy:
      description:
        - SIP URI of the proxy that the registration goes through.
      type: str
      returned: success
      sample: sip:proxy.example.com
    transport:
      description:
        - Transport that it takes; if empty, the first that fits.
      type: str
      returned: success
      sample: jade-transport-udp
    support_path:
      description:
        - Whether proxies on the way may add themselves to the Path.
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
    run_module("jade_pjsip_registration_outbound_info")


if __name__ == "__main__":
    main()
