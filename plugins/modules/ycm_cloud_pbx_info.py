#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/ycm/cloud_pbx.py
# - dev/examples/ycm_cloud_pbx_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: ycm_cloud_pbx_info
short_description: List cloud PBXs of Yeastar Central Management
version_added: 0.1.0
description:
  - The Cloud PBXs of a Yeastar Central Management, with their status, plan, capacity and usage.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  id:
    description:
      - Return only the Cloud PBX with this id.
    type: int
  name:
    description:
      - Return only the Cloud PBX with this name.
    type: str
  sn:
    description:
      - Return only the Cloud PBX with this sn.
    type: str
  search:
    description:
      - Text to search for; the server decides in which fields.
    type: str
  sort:
    description:
      - Field to sort by, as the server names it; with a minus the other way round.
    type: str
    choices:
      - cloudPbxId
      - -cloudPbxId
      - createTime
      - -createTime
    default: cloudPbxId
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
  - telephony.pbx.ycm
  - telephony.pbx.attributes.info
notes:
  - Where requests are limited, the task waits for minutes until it may go on, unless O(api_retries) is
    0.
  - Fields without a value are V(null); the server leaves them out.
seealso:
  - module: telephony.pbx.ycm_cloud_pbx
"""

EXAMPLES = r"""
- name: List all Cloud PBXs
  telephony.pbx.ycm_cloud_pbx_info:
  register: fleet

- name: Find one by its ID
  telephony.pbx.ycm_cloud_pbx_info:
    id: 7738

- name: Find one by its name
  telephony.pbx.ycm_cloud_pbx_info:
    name: Yeastar P-Series Cloud PBX2

- name: Which Cloud PBXs are stopped?
  telephony.pbx.ycm_cloud_pbx_info:
    query: "[?status=='Stopped'].{name: name, sn: sn}"
  register: stopped

- name: Which Cloud PBXs have no firmware of 84.23?
  telephony.pbx.ycm_cloud_pbx_info:
    query: "[?!starts_with(version, '84.23.')].{name: name, version: version}"

- name: Let the server search, the newest first
  telephony.pbx.ycm_cloud_pbx_info:
    search: Cloud PBX
    sort: -createTime
"""

RETURN = r"""
cloud_pbxs:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description:
        - ID of the Cloud PBX.
      type: int
      returned: success
      sample: 7738
    name:
      description:
        - Name of the Cloud PBX.
      type: str
      returned: success
      sample: Yeastar P-Series Cloud PBX2
    sn:
      description:
        - Serial number.
      type: str
      returned: success
      sample: 3658B431119XXXXX
    status:
      description:
        - V(Stopped), V(Starting), V(Running), V(Upgrading), V(Restoring) or V(Provisioning).
      type: str
      returned: success
      sample: Running
    activation_status:
      description:
        - V(Activated) or V(Unactivated).
      type: str
      returned: success
      sample: Activated
    plan:
      description:
        - V(Enterprise Plan) or V(Ultimate Plan).
        - V(Upgrading to Ultimate Plan) while the central management switches it.
      type: str
      returned: success
      sample: Ultimate Plan
    plan_expiration_date:
      description:
        - When the plan ends. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2021-12-02T06:47:12Z'
    extension_capacity:
      description:
        - Extensions that it may have.
      type: int
      returned: success
      sample: 15
    concurrent_call_capacity:
      description:
        - Calls that it may carry at once.
      type: int
      returned: success
      sample: 15
    recording_enabled:
      description:
        - Whether calls can be recorded.
      type: bool
      returned: success
      sample: false
    recording_capacity:
      description:
        - Minutes of recordings that it may keep.
      type: int
      returned: success
      sample: 500
    region:
      description:
        - Where it runs.
      type: str
      returned: success
      sample: China(GuangDong)
    url:
      description:
        - Its address, without C(https://).
      type: str
      returned: success
      sample: cloud2.example.yeastarcloud.com
    type:
      description:
        - V(Trial) or V(Commercial).
      type: str
      returned: success
      sample: Commercial
    expiration_date:
      description:
        - When it ends; V(null) if never. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2021-12-02T06:47:12Z'
    version:
      description:
        - Version of its firmware.
      type: str
      returned: success
      sample: 84.8.0.25
    group:
      description:
        - Group that it belongs to.
      type: str
      returned: success
      sample: commercial PCE
    creator:
      description:
        - Who created it.
      type: dict
      returned: success
      contains:
        first_name:
          description:
            - First name.
          type: str
          returned: success
          sample: Jane
        last_name:
          description:
            - Last name.
          type: str
          returned: success
          sample: Smith
        email:
          description:
            - E-mail address.
          type: str
          returned: success
          sample: jane@example.com
    create_time:
      description:
        - When it was created. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2021-11-01T06:47:16Z'
    initial_start_up_time:
      description:
        - When it was first started. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2021-11-01T06:47:16Z'
    upgrade_in_pbx:
      description:
        - Whether its firmware can be upgraded on the PBX itself.
      type: bool
      returned: success
      sample: false
    im:
      description:
        - Whether internal chat is on.
      type: bool
      returned: success
      sample: false
    passwordless_login:
      description:
        - Whether one can log in to it without a password.
      type: bool
      returned: success
      sample: false
    allow_superior_passwordless_login:
      description:
        - Whether the superior account can log in to it without a password.
      type: bool
      returned: success
      sample: false
    provisioning_via_template:
      description:
        - Whether it can be provisioned by a template.
      type: bool
      returned: success
      sample: false
    last_used_template:
      description:
        - Template that it was last provisioned with.
      type: str
      returned: success
      sample: PCE-Provision-Template
    last_used_time:
      description:
        - When that was. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2023-03-30T06:14:46Z'
    active_calls:
      description:
        - Calls under way.
      type: int
      returned: success
      sample: 10
    used_extensions:
      description:
        - Extensions that it has.
      type: int
      returned: success
      sample: 10
    used_recording:
      description:
        - Minutes of recordings that it keeps.
      type: int
      returned: success
      sample: 150
    last_backup_time:
      description:
        - When the central management last made a backup of it. ISO 8601, UTC.
      type: str
      returned: success
      sample: '2024-10-24T16:19:08Z'
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
    run_module("ycm_cloud_pbx_info")


if __name__ == "__main__":
    main()
