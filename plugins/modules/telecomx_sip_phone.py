#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (telecomx). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: telecomx_sip_phone
short_description: Manage SIP phones of TelecomX
version_added: 0.1.0
description:
  - Creates and deletes SIP phones, changes their settings, and makes them load their configuration again.
  - TelecomX's page for the call that changes a phone contradicts itself. A change is therefore only made
    with O(update_by), which says how it is to be sent, and fails if the phone doesn't show it afterwards.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - V(state=reloaded) makes the phone load its configuration each time. All else is idempotent.
requirements:
  - urllib3
options:
  id:
    description:
      - ID of a phone that exists. Either this or O(mac_address) has to be given.
    type: str
  mac_address:
    description:
      - MAC address of the phone, in any of the usual forms.
    type: str
  handset_address:
    description:
      - Address of the handset, for phones with several.
    type: str
  model:
    description:
      - ID of the model.
    type: str
  extension:
    description:
      - ID of the extension that the phone belongs to.
    type: str
  customer:
    description:
      - ID of the customer that it belongs to.
    type: str
  serial:
    description:
      - Serial number; Grandstream devices need it.
    type: str
  notes:
    description:
      - Notes.
    type: str
  pbx_cluster:
    description:
      - 'Cluster that it is on: 1 production, 2 development.'
    type: int
  product:
    description:
      - ID of the product, for a new phone.
    type: str
  custom_config:
    description:
      - Text that is put into its configuration.
    type: str
  settings:
    description:
      - Any other settings, by their names in the API document (C(ringer), C(volume), C(softkeys), C(codec),
        C(network), C(callWaiting)...).
      - Within an object those that aren't named stay; a list is the whole truth.
    type: dict
  state:
    description:
      - V(present) makes the phone exist with the settings that are given; others stay as they are.
      - V(absent) deletes it.
      - V(reloaded) makes a phone that exists load its configuration again.
    type: str
    choices:
      - present
      - absent
      - reloaded
    default: present
  update_by:
    description:
      - How to send a change of a phone that exists. V(put) and V(post) use that method on C(/pbx/sipphone/ID).
      - V(refuse) fails instead.
    type: str
    choices:
      - refuse
      - post
      - put
    default: refuse
extends_documentation_fragment:
  - telephony.pbx.telecomx
  - telephony.pbx.attributes.state
notes:
  - Needs the access level MANAGER.
  - SIP user name and password are made by the server and can't be set. They are never returned by this
    module.
seealso:
  - module: telephony.pbx.telecomx_sip_phone_info
"""

EXAMPLES = r"""
- name: List all
  telephony.pbx.telecomx_sip_phone:
"""

RETURN = r"""
sip_phone:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    id:
      description:
        - ID of the phone.
      type: str
      returned: success
      sample: 0123456789abcdef01234567
    mac_address:
      description:
        - MAC address of the phone.
      type: str
      returned: success
      sample: 4EE8A34B56F3
    handset_address:
      description:
        - Address of the handset of a base.
      type: str
      returned: success
    model:
      description:
        - ID of the model.
      type: str
      returned: success
    extension:
      description:
        - ID of the extension that the phone belongs to.
      type: str
      returned: success
    customer:
      description:
        - ID of the customer that it belongs to.
      type: str
      returned: success
    serial:
      description:
        - Serial number; Grandstream devices need it.
      type: str
      returned: success
    notes:
      description:
        - Notes.
      type: str
      returned: success
    pbx_cluster:
      description:
        - 'Cluster that it is on: 1 production, 2 development.'
      type: int
      returned: success
    custom_config:
      description:
        - Text that is put into its configuration.
        - Always masked.
      type: str
      returned: success
    settings:
      description:
        - The settings that the task names.
      type: dict
      returned: success
      sample: {}
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
    message: user name or password is wrong
    status: 404
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("telecomx_sip_phone")


if __name__ == "__main__":
    main()
