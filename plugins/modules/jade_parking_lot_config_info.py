#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/park.py
# - dev/examples/jade_parking_lot_config_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_parking_lot_config_info
short_description: List parking lot configs of Jade
version_added: 0.1.0
description:
  - The parking lots that are configured through Jade, in its file C(jade.res_parking.conf).
  - Lots from Asterisk's own C(res_parking.conf), such as V(default), aren't among them.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the parking lot with this name.
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
  - For the parking lots as they run now see M(telephony.pbx.jade_parking_lot_info).
seealso:
  - module: telephony.pbx.jade_parking_lot
"""

EXAMPLES = r"""
- name: List the parking lots that are configured through Jade
  telephony.pbx.jade_parking_lot_config_info:
  register: configured

- name: Which of them have music of their own?
  telephony.pbx.jade_parking_lot_config_info:
    query: "[?parkedmusicclass].name"
"""

RETURN = r"""
parking_lot_configs:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
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
    run_module("jade_parking_lot_config_info")


if __name__ == "__main__":
    main()
