#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/ycm/cloud_pbx_state.py
# - dev/examples/ycm_cloud_pbx.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: ycm_cloud_pbx
short_description: Manage Cloud PBXs of Yeastar Central Management
version_added: 0.1.0
description:
  - Starts, stops, changes, resizes, creates and deletes Cloud PBXs.
  - The central management replaces what it is sent. The module reads the PBX first and sends it back
    with the change, so that settings that aren't given stay.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  id:
    description:
      - ID of the Cloud PBX. One of this, O(sn) and O(name) has to be given.
    type: int
  sn:
    description:
      - Serial number of the Cloud PBX, in place of O(id).
    type: str
  name:
    description:
      - Name of the Cloud PBX. With O(id) or O(sn) it is the name that the PBX is to have.
    type: str
  state:
    description:
      - V(present) makes the PBX exist with the settings that are given; others stay as they are.
      - V(started) and V(stopped) do the same for a PBX that exists, and start or stop it.
      - V(absent) deletes it with all its data.
    type: str
    choices:
      - present
      - started
      - stopped
      - absent
    default: present
  upgrade_in_pbx:
    description:
      - Whether its firmware can be upgraded on the PBX itself.
      - Needed for a new Cloud PBX.
    type: bool
  im:
    description:
      - Whether internal chat is on.
      - Needed for a new Cloud PBX.
      - Needs firmware 84.12.0.32 or later.
    type: bool
  passwordless_login:
    description:
      - Whether one can log in to it without a password.
      - Needed for a new Cloud PBX.
    type: bool
  allow_superior_passwordless_login:
    description:
      - Whether the superior account can log in to it without a password.
      - If not given, it is off for a new Cloud PBX.
      - Has no effect unless O(passwordless_login) is on.
    type: bool
  provisioning_via_template:
    description:
      - Whether it can be provisioned by a template.
      - If not given, it is off for a new Cloud PBX.
    type: bool
  extension_capacity:
    description:
      - Extensions that it may have.
      - Needed for a new Cloud PBX.
    type: int
  concurrent_call_capacity:
    description:
      - Calls that it may carry at once.
      - Needed for a new Cloud PBX.
    type: int
  recording_enabled:
    description:
      - Whether calls can be recorded.
      - Needed for a new Cloud PBX.
    type: bool
  recording_capacity:
    description:
      - Minutes of recordings that it may keep.
      - Needed for a new Cloud PBX.
      - It can't be lowered. With V(0) the server switches O(recording_enabled) off.
    type: int
  plan:
    description:
      - The plan to subscribe to.
      - Needed for a new Cloud PBX, and only then used.
    type: str
    choices:
      - Enterprise Plan
      - Ultimate Plan
  type:
    description:
      - Whether it is for a trial or for good.
      - Needed for a new Cloud PBX, and only then used.
    type: str
    choices:
      - Trial
      - Commercial
  region_id:
    description:
      - ID of the region; the call C(/v1/cluster/regions) lists them.
      - Needed for a new Cloud PBX, and only then used.
    type: int
  domain_id:
    description:
      - ID of the domain; the call C(/v1/cluster/domains) lists those of a region.
      - Needed for a new Cloud PBX, and only then used.
    type: int
  sub_domain:
    description:
      - 'First part of its host name: letters, digits and hyphens.'
      - Needed for a new Cloud PBX, and only then used.
    type: str
  version_id:
    description:
      - ID of the firmware; the call C(/v1/firmware) lists those of a region.
      - Needed for a new Cloud PBX, and only then used.
    type: int
  customer_ids:
    description:
      - IDs of the customers that it belongs to.
      - Needed for a new Cloud PBX, and only then used.
    type: list
    elements: int
  expiration_date:
    description:
      - When it ends, such as V(2027-01-31T23:59:59Z), in UTC. If not given, it doesn't end.
      - Used for a new Cloud PBX only.
    type: str
  allow_run_after_expiration_date:
    description:
      - Whether it may go on running then. Needed with O(expiration_date).
      - Used for a new Cloud PBX only.
    type: bool
  transcription_capacity:
    description:
      - Minutes of transcription beyond those of the plan. Needs firmware 84.19.0.110 or later.
      - Used for a new Cloud PBX only.
    type: int
  wait:
    description:
      - Whether to wait until it has started or stopped, and until the plan of a new one is in force.
      - Without it the result shows what the PBX was doing right after the call.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for it. The task fails if it isn't there by then.
    type: int
    default: 600
extends_documentation_fragment:
  - telephony.pbx.ycm
  - telephony.pbx.attributes.state
notes:
  - Renewing, switching plans, upgrading firmware and backups aren't documented for this API, and so have
    no option.
  - A PBX that is being provisioned, upgraded or restored can be neither started nor stopped. With O(wait)
    the task first waits for that to end, in check mode too, since only then it can be told what is left
    to do. Without it, it fails.
  - The API doesn't tell the IDs of region, domain, firmware and customers that a PBX was created with.
    So these options can't be compared with a PBX that exists.
  - Where requests are limited, the task waits for minutes until it may go on, unless O(api_retries) is
    0.
  - A new PBX has to be provisioned before it runs. To wait for that, add a task with O(state=started).
seealso:
  - module: telephony.pbx.ycm_cloud_pbx_info
"""

EXAMPLES = r"""
- name: Stop a Cloud PBX, and wait until it has stopped
  telephony.pbx.ycm_cloud_pbx:
    id: 7738
    state: stopped

- name: Start it again, without waiting
  telephony.pbx.ycm_cloud_pbx:
    id: 7738
    state: started
    wait: false

- name: Which regions are there, and which domains and firmware has one of them?
  telephony.pbx.api:
    system: ycm
    path: "{{ item }}"
    parameters: "{{ {'regionIds': 2, 'type': 'pbx'} if item != '/v1/cluster/regions' else {} }}"
  loop:
    - /v1/cluster/regions
    - /v1/cluster/domains
    - /v1/firmware

- name: Create a Cloud PBX for a branch
  telephony.pbx.ycm_cloud_pbx:
    name: Branch Berlin
    plan: Ultimate Plan
    type: Commercial
    region_id: 2
    domain_id: 3
    sub_domain: branch-berlin
    version_id: 764
    customer_ids: [50329411]
    extension_capacity: 20
    concurrent_call_capacity: 10
    recording_enabled: true
    recording_capacity: 500
    upgrade_in_pbx: true
    im: true
    passwordless_login: false

- name: Wait until it has been provisioned and runs
  telephony.pbx.ycm_cloud_pbx:
    name: Branch Berlin
    state: started
    wait_timeout: 900

- name: Give it more extensions, and keep all else
  telephony.pbx.ycm_cloud_pbx:
    name: Branch Berlin
    extension_capacity: 50

- name: Delete a trial with all its data
  telephony.pbx.ycm_cloud_pbx:
    name: Trial of Example Inc.
    state: absent
"""

RETURN = r"""
cloud_pbx:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
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
    run_module("ycm_cloud_pbx")


if __name__ == "__main__":
    main()
