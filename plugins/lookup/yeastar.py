# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/yeastar/onsite_proxy.py
# - dev/examples/lookup_yeastar.yml
# - dev/generator/templates/plugins/lookup/system.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
name: yeastar
short_description: Find objects of Yeastar P-Series
version_added: 0.1.0
author:
  - telephony.pbx authors (@telephony-pbx)
description:
  - Returns objects of Yeastar P-Series, all of a kind or those with the given keys, in the same shape
    as the modules.
  - 'Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.'
requirements:
  - jmespath, for O(query)
options:
  _terms:
    description:
      - 'What to find, singular or plural: V(onsite_proxies).'
      - Then any number of keys, or lists of keys.
    type: list
    elements: str
    required: true
  by:
    description:
      - 'Field that the keys are looked up by: for onsite_proxies V(id), V(name), V(uuid). The first is
        the default.'
    type: str
  filters:
    description:
      - 'What the server itself is to filter and sort by: for onsite_proxies V(search), V(search_name),
        V(search_intranet_ip), V(sort_by), V(order_by).'
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
  - With several hosts in the play, the address has to be in the call or in C(yeastar_api_url). That of
    E(YEASTAR_URL) would be the same for all of them, and is refused even if the task is C(run_once),
    which a lookup can't see.
seealso:
  - module: telephony.pbx.yeastar_onsite_proxy_info
extends_documentation_fragment:
  - telephony.pbx.yeastar
"""

EXAMPLES = r"""
- name: Show the addresses of the proxies that are not connected
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.yeastar', 'onsite_proxies', query='[?status!=`connected`].public_ip') }}"

- name: Find a proxy by its name
  ansible.builtin.debug:
    msg: "{{ lookup('telephony.pbx.yeastar', 'onsite_proxy', 'Proxy_033', by='name').public_ip }}"

- name: Let the PBX search and sort
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.yeastar', 'onsite_proxies', filters={'search_name': 'Proxy_03', 'sort_by': 'name'}) }}"

- name: Go on without a proxy that may not be there
  ansible.builtin.debug:
    msg: "{{ query('telephony.pbx.yeastar', 'onsite_proxy', 999, errors='ignore') }}"
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
    """Objects of Yeastar P-Series."""

    system = "yeastar"
