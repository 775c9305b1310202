#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/pjsip.py
# - dev/examples/jade_pjsip_aor_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_pjsip_aor_info
short_description: List pjsip aors of Jade
version_added: 0.1.0
description:
  - The PJSIP addresses of record (AORs) that run in Asterisk now.
  - An address of record knows at which contacts an endpoint can be reached.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the PJSIP AOR with this name.
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
"""

EXAMPLES = r"""
- name: List all addresses of record
  telephony.pbx.jade_pjsip_aor_info:

- name: Find one
  telephony.pbx.jade_pjsip_aor_info:
    name: pjagent-01
  register: aor

- name: Say where the phone can be reached
  ansible.builtin.debug:
    msg: "{{ aor.pjsip_aors[0].contacts }}"

- name: Which phones aren't registered?
  telephony.pbx.jade_pjsip_aor_info:
    query: "[?total_contacts==`0`].name"
"""

RETURN = r"""
pjsip_aors:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the address of record, which phones register with.
      type: str
      returned: success
      sample: pjagent-01
    object_type:
      description:
        - Type that Asterisk gives the object; always V(aor).
      type: str
      returned: success
      sample: aor
    endpoint_name:
      description:
        - Endpoint that it belongs to.
      type: str
      returned: success
      sample: pjagent-01
    contacts:
      description:
        - Its contacts, each as address of record and SIP URI.
      type: list
      elements: str
      returned: success
      sample:
        - pjagent-01/sip:35740219@10.12.118.159:49027
    total_contacts:
      description:
        - Number of contacts, whether registered or permanent.
      type: int
      returned: success
      sample: 1
    contacts_registered:
      description:
        - Number of contacts that a phone has registered.
      type: int
      returned: success
      sample: 1
    max_contacts:
      description:
        - Most contacts that may be registered at a time; 0 allows none.
      type: int
      returned: success
      sample: 1
    remove_existing:
      description:
        - Whether a new registration beyond C(max_contacts) pushes out old ones.
      type: bool
      returned: success
      sample: true
    default_expiration:
      description:
        - Lifetime in seconds of a registration that doesn't ask for one.
      type: int
      returned: success
      sample: 3600
    minimum_expiration:
      description:
        - Shortest lifetime that a registration gets, in seconds.
      type: int
      returned: success
      sample: 60
    maximum_expiration:
      description:
        - Longest lifetime that a registration gets, in seconds.
      type: int
      returned: success
      sample: 7200
    qualify_frequency:
      description:
        - Seconds between checks whether contacts can be reached; 0 is never.
      type: int
      returned: success
      sample: 60
    qualify_timeout:
      description:
        - Seconds to wait for the answer to such a check. Jade drops the fraction.
      type: int
      returned: success
      sample: 3
    authenticate_qualify:
      description:
        - Whether Asterisk logs in when a contact asks for it in such a check.
      type: bool
      returned: success
      sample: false
    mailboxes:
      description:
        - Mailboxes that phones get told of when they subscribe to voicemail.
      type: list
      elements: str
      returned: success
      sample:
        - pjagent-01@vm-demo
    voicemail_extension:
      description:
        - Extension for listening to voicemail, which notifications tell the phone.
      type: str
      returned: success
      sample: '*97'
    outbound_proxy:
      description:
        - SIP URI of the proxy that checks of contacts go through.
      type: str
      returned: success
      sample: sip:proxy.example.com
    support_path:
      description:
        - Whether the Path of a registration is kept, and requests to the contact routed by it.
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
    run_module("jade_pjsip_aor_info")


if __name__ == "__main__":
    main()
