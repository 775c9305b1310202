#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/aicc/softphone.py
# - dev/examples/aicc_softphone_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: aicc_softphone_info
short_description: List softphones of Huawei AICC
version_added: 0.1.0
description:
  - The softphone numbers that the operator has allocated to a tenant, with the servers where they register.
  - Version 2 of the query is asked for, and version 1 where a server has no version 2.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  number:
    description:
      - Return only the softphone with this number.
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
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
extends_documentation_fragment:
  - telephony.pbx.aicc
  - telephony.pbx.attributes.info
notes:
  - 'The API has no call that allocates, changes or releases numbers: that is the operator''s work.'
  - The operator's gateway refuses machines whose address isn't on its list, with HTTP status 403.
  - The API can neither search nor sort. O(query) does so here.
"""

EXAMPLES = r"""
- name: List the softphones of a tenant, and the servers where they register
  telephony.pbx.aicc_softphone_info:
  register: softphones

- name: Which softphones are suspended?
  telephony.pbx.aicc_softphone_info:
    query: "[?registered==`false`].{number: number, remark: remark}"

- name: Find one by its number
  telephony.pbx.aicc_softphone_info:
    number: "88881196"

- name: Get its password, to set up the phone
  telephony.pbx.aicc_softphone_info:
    number: "88881196"
    include_secrets: true
  register: with_password
  no_log: true

- name: Ask an operator who gives out tokens at another port
  telephony.pbx.aicc_softphone_info:
    api_auth_url: "{{ aicc_auth_url | default(omit) }}" # such as https://service.besclouds.com:28070
"""

RETURN = r"""
softphones:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    number:
      description:
        - Number of the softphone.
      type: str
      returned: success
      sample: '88881196'
    password:
      description:
        - Password that the softphone registers with. Masked unless O(include_secrets) is set.
        - Masked unless asked for with O(include_secrets=true).
      type: str
      returned: success
      sample: '********'
    id:
      description:
        - ID of its configuration; V(null) if the server doesn't send it.
      type: int
      returned: success
      sample: 12
    registered:
      description:
        - V(true) is registered, V(false) is suspended, V(null) means that the server doesn't say.
      type: bool
      returned: success
      sample: true
    remark:
      description:
        - Remarks of the operator.
      type: str
      returned: success
      sample: Reception
    tenant_id:
      description:
        - ID of the tenant space.
      type: str
      returned: success
      sample: '202109175821'
    partition_id:
      description:
        - ID of the partition.
      type: str
      returned: success
      sample: '1'
    servers:
      description:
        - 'Where the softphone registers: one server, or the nodes of a pool. It is the same for all of
          a tenant.'
      type: list
      elements: dict
      returned: success
      contains:
        node:
          description:
            - Node of the pool; C(null) outside of one.
          type: str
          returned: success
          sample: node1
        address:
          description:
            - Address to register at.
          type: str
          returned: success
          sample: 10.162.98.43
        port:
          description:
            - Port to register at.
          type: int
          returned: success
          sample: 5060
        service_address:
          description:
            - Address of the SIP service.
          type: str
          returned: success
          sample: 10.162.98.44
        service_port:
          description:
            - Port of the SIP service.
          type: int
          returned: success
          sample: 5061
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
    run_module("aicc_softphone_info")


if __name__ == "__main__":
    main()
