#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/park.py
# - dev/examples/jade_parking_lot.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_parking_lot
short_description: Manage parking lots
version_added: 0.1.0
description:
  - Creates, changes and removes parking lots in Jade's file C(jade.res_parking.conf).
  - Jade replaces a section as a whole. The module reads it first and sends it back with the change, so
    that settings that aren't given stay.
  - Afterwards Asterisk reloads its parking module, and the module waits until the running parking lot
    shows it.
author:
  - telephony.pbx authors (@telephony-pbx)
options:
  name:
    description:
      - Name of the parking lot.
    type: str
    required: true
  parkext:
    description:
      - Extension to dial to park a call.
    type: str
  parkext_exclusive:
    description:
      - Whether C(parkext) may be used by this lot alone.
    type: bool
  parkpos:
    description:
      - Parking spaces, as first and last one.
    type: str
  context:
    description:
      - Dialplan context of the parking spaces.
    type: str
  parkinghints:
    description:
      - Whether hints are made for the parking spaces.
    type: bool
  parkingtime:
    description:
      - Seconds that a call stays parked.
    type: int
  findslot:
    description:
      - 'Which space comes next: the V(first) free one, or the V(next) one round and round.'
    type: str
    choices:
      - first
      - next
  parkedmusicclass:
    description:
      - Class of the music on hold.
    type: str
  comebacktoorigin:
    description:
      - Whether a call that nobody fetched goes back to who parked it, rather than to C(comebackcontext).
    type: bool
  comebackdialtime:
    description:
      - Seconds for which it then rings there.
    type: int
  comebackcontext:
    description:
      - Dialplan context for calls that nobody fetched.
    type: str
  courtesytone:
    description:
      - Sound that is played when a call is fetched.
    type: str
  parkedplay:
    description:
      - Who hears C(courtesytone).
    type: str
    choices:
      - caller
      - callee
      - parked
      - both
      - 'no'
  parkedcalltransfers:
    description:
      - 'DTMF transfers of a call that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
    type: str
    choices:
      - 'no'
      - caller
      - callee
      - both
  parkedcallreparking:
    description:
      - 'Parking a call again that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
    type: str
    choices:
      - 'no'
      - caller
      - callee
      - both
  parkedcallhangup:
    description:
      - 'Hanging up by DTMF a call that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
    type: str
    choices:
      - 'no'
      - caller
      - callee
      - both
  parkedcallrecording:
    description:
      - 'Recording by DTMF of a call that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
    type: str
    choices:
      - 'no'
      - caller
      - callee
      - both
  settings:
    description:
      - All other settings of the section, by their names in C(res_parking.conf).
      - Those that aren't named stay as they are. V(null) removes one. A list repeats the setting.
    type: dict
  state:
    description:
      - V(present) makes the parking lot exist with the settings that are given; others stay as they are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
  reload:
    description:
      - Whether to make Asterisk take over what has been written, and to wait until it shows.
      - Without it the change is stored, but isn't in force before the next reload.
    type: bool
    default: true
  endpoint:
    description:
      - Which part of Jade's API to use.
      - V(cfg_parkinglots) works on the file, on servers from 2018 on.
      - V(parkinglots) is for older servers, which let a running parking lot be changed and removed, but
        not created. They show no more than the parking spaces and the parking time, so that a change
        in other settings alone isn't noticed; these are sent along whenever one of the two differs.
    type: str
    choices:
      - cfg_parkinglots
      - parkinglots
    default: cfg_parkinglots
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - Jade can't keep C(;), C(#) and line breaks in a value, nor quotes around it; such values are refused
    up front.
  - Each write makes Jade read and write the whole file. Where another section of it would lose something,
    the task warns.
  - The newest published Jade dies when a parking lot is created. The module then says what is there.
    An empty section of that name, put into C(jade.res_parking.conf) by hand, lets the module do the rest.
seealso:
  - module: telephony.pbx.jade_parking_lot_config_info
"""

EXAMPLES = r"""
- name: Give the sales department more parking spaces
  telephony.pbx.jade_parking_lot:
    name: sales
    parkpos: 801-850
    context: sales_park
    findslot: next

- name: Change one setting, and keep the others
  telephony.pbx.jade_parking_lot:
    name: sales
    parkingtime: 90
    settings:
      dynamic_parking_hint: "yes"

- name: Remove a parking lot
  telephony.pbx.jade_parking_lot:
    name: summer_event
    state: absent
"""

RETURN = r"""
parking_lot:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    name:
      description:
        - Name of the parking lot.
      type: str
      returned: success
      sample: edvina
    parkext:
      description:
        - Extension to dial to park a call.
      type: str
      returned: success
      sample: '800'
    parkext_exclusive:
      description:
        - Whether C(parkext) may be used by this lot alone.
      type: bool
      returned: success
    parkpos:
      description:
        - Parking spaces, as first and last one.
      type: str
      returned: success
      sample: 801-850
    context:
      description:
        - Dialplan context of the parking spaces.
      type: str
      returned: success
      sample: edvina_park
    parkinghints:
      description:
        - Whether hints are made for the parking spaces.
      type: bool
      returned: success
    parkingtime:
      description:
        - Seconds that a call stays parked.
      type: int
      returned: success
      sample: 45
    findslot:
      description:
        - 'Which space comes next: the V(first) free one, or the V(next) one round and round.'
      type: str
      returned: success
      sample: next
    parkedmusicclass:
      description:
        - Class of the music on hold.
      type: str
      returned: success
      sample: edvina
    comebacktoorigin:
      description:
        - Whether a call that nobody fetched goes back to who parked it, rather than to C(comebackcontext).
      type: bool
      returned: success
      sample: false
    comebackdialtime:
      description:
        - Seconds for which it then rings there.
      type: int
      returned: success
      sample: 90
    comebackcontext:
      description:
        - Dialplan context for calls that nobody fetched.
      type: str
      returned: success
      sample: edvinapark-timeout
    courtesytone:
      description:
        - Sound that is played when a call is fetched.
      type: str
      returned: success
      sample: beep
    parkedplay:
      description:
        - Who hears C(courtesytone).
      type: str
      returned: success
      sample: caller
    parkedcalltransfers:
      description:
        - 'DTMF transfers of a call that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
      type: str
      returned: success
      sample: 'no'
    parkedcallreparking:
      description:
        - 'Parking a call again that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
      type: str
      returned: success
      sample: 'no'
    parkedcallhangup:
      description:
        - 'Hanging up by DTMF a call that was fetched. Who may do so: V(no), V(caller), V(callee) or V(both).'
      type: str
      returned: success
      sample: 'no'
    parkedcallrecording:
      description:
        - 'Recording by DTMF of a call that was fetched. Who may do so: V(no), V(caller), V(callee) or
          V(both).'
      type: str
      returned: success
      sample: 'no'
    settings:
      description:
        - All other settings of the section, by their names in C(res_parking.conf).
        - Those that aren't named stay as they are. V(null) removes one. A list repeats the setting.
      type: dict
      returned: success
      sample: {}
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
running:
  description:
    - Whether the running system does what is stored.
    - V(as stored) where that was seen (in check mode, will be), otherwise V(not compared) with the reason.
  type: str
  returned: success
  sample: as stored
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
    run_module("jade_parking_lot")


if __name__ == "__main__":
    main()
