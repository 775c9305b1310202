# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/ycm/cloud_pbx.py
# - dev/examples/lookup_ycm.yml
# - dev/generator/templates/plugins/lookup/system.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
name: ycm
short_description: Find objects of Yeastar Central Management
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Returns objects of Yeastar Central Management, all of a kind or those with the given keys, in the
    same shape as the modules.
  - 'Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.'
requirements:
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(cloud_pbxs).'
      - Then any number of keys, or lists of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for cloud_pbxs V(id), V(name), V(sn). The first is the
        default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: for cloud_pbxs V(search), V(sort).'
    type: dict
  query:
    description:
      - JMESPath expression that is applied to the list. Its result is returned.
      - Needs the Python library C(jmespath).
    type: str
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
notes:
  - A key that isn't found is an error. With C(errors='warn') or C(errors='ignore') in the call, any error
    gives an empty list in place of a result, even if other keys would be found.
seealso:
  - module: telephony.pbx.ycm_cloud_pbx_info
extends_documentation_fragment:
  - telephony.pbx.ycm
"""

EXAMPLES = r"""
- name: Show the serial numbers of all Cloud PBXs
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.ycm', 'cloud_pbxs') | map(attribute='sn') | list }}"

- name: Show the address of one of them
  ansible.builtin.debug:
    msg: "https://{{ lookup('telephony.pbx.ycm', 'cloud_pbx', 7738).url }}"

- name: Let the server search
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.ycm', 'cloud_pbxs', filters={'search': 'PBX2'}) | map(attribute='name') | list }}"
"""

RETURN = r"""
_raw:
  description:
    - The objects; or what O(query) makes of them. See the modules for their fields.
  type: list
  elements: dict
"""

from ..plugin_utils.lookup import ResourceLookup


class LookupModule(ResourceLookup):
    """Objects of Yeastar Central Management."""

    system = "ycm"
