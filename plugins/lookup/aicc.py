# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/aicc/softphone.py
# - dev/examples/lookup_aicc.yml
# - dev/generator/templates/plugins/lookup/system.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
name: aicc
short_description: Find objects of Huawei AICC
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Returns objects of Huawei AICC, all of a kind or those with the given keys, in the same shape as the
    modules.
  - 'Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.'
requirements:
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(softphones).'
      - Then any number of keys, or lists of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for softphones V(number). The first is the default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: nothing on these servers.'
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
  - module: telephony.pbx.aicc_softphone_info
extends_documentation_fragment:
  - telephony.pbx.aicc
"""

EXAMPLES = r"""
- name: Show the numbers of all softphones
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.aicc', 'softphones') | map(attribute='number') | list }}"

- name: Show where one of them registers
  ansible.builtin.debug:
    msg: "{{ lookup('telephony.pbx.aicc', 'softphone', '88881196').servers[0].address }}"

- name: Show the numbers that are suspended
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.aicc', 'softphones', query='[?registered==`false`].number') }}"

- name: Skip a number that has not been allocated
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.aicc', 'softphone', '12345678', errors='ignore') }}"
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
    """Objects of Huawei AICC."""

    system = "aicc"
