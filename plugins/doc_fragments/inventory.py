# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that the inventories of all systems have."""

from __future__ import annotations


class ModuleDocFragment:
    """Names, choice of hosts, constructed features and cache."""

    DOCUMENTATION = r"""
options:
  hostnames:
    description:
      - What to name the hosts after. A field of the object, or a template over the host's variables.
      - The first that gives a text counts. The default is the object's name.
    type: list
    elements: str
  on_host_clash:
    description:
      - What to do if two objects get the same name.
      - V(error) stops and names both.
      - V(suffix) puts the object's ID behind the name of each of them.
    type: str
    choices: [error, suffix]
    default: error
  include:
    description:
      - JMESPath expressions over the object. If given, only objects that match at least one of them become hosts.
      - Needs the Python library C(jmespath).
    type: list
    elements: str
  exclude:
    description: JMESPath expressions over the object. Objects that match any of them don't become hosts.
    type: list
    elements: str
  filters:
    description:
      - What the server itself is to filter and sort by, which saves fetching the rest.
      - The names are those of the options of the info module. Where the server can't filter, giving any is an error.
    type: dict
  stale_if_error:
    description:
      - Whether to use what was cached earlier, however old, if the system can't be read now. A warning tells so.
      - Cache plugins that remove what has expired, such as those of databases, leave nothing to be used.
      - Has no effect unless O(cache) is on.
    type: bool
    default: false
requirements:
  - jmespath, for O(include) and O(exclude)
notes:
  - Each host has the variables C(pbx_system), C(pbx_id), which is stable and unique, and C(pbx_enabled). In AWX, they serve as
    instance ID variable and enabled variable.
  - The cache holds no secrets. It has another record for each address, account, and set of options that changes what is read,
    such as O(filters); it is written as soon as everything is read.
  - In O(keyed_groups) a key must be text, a list or a dictionary. Make text of numbers and switches, for example with
    C(cloud_pbx.id | string) or C(pbx_enabled | ternary('enabled', 'disabled')).
"""
