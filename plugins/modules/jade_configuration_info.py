#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/configuration.py
# - dev/examples/jade_configuration_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_configuration_info
short_description: List configurations of Jade
version_added: 0.1.0
description:
  - Whole configuration files of Asterisk, and the backups that Jade has made of them.
  - These are Asterisk's own files. What the other modules manage is in files of Jade's, which these include.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  subsystem:
    description:
      - 'Which file: V(dialplan) is C(extensions.conf), V(park) is C(res_parking.conf), V(pjsip) is C(pjsip.conf),
        V(queue) is C(queues.conf).'
    type: str
    choices:
      - dialplan
      - park
      - pjsip
      - queue
  name:
    description:
      - Return only the configuration file with this name.
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
  - telephony.pbx.jade
  - telephony.pbx.attributes.info
notes:
  - Passwords within the text are masked unless asked for with O(include_secrets=true).
seealso:
  - module: telephony.pbx.jade_configuration
"""

EXAMPLES = r"""
- name: Read all configuration files and backups
  telephony.pbx.jade_configuration_info:

- name: Read the configuration of PJSIP, without its passwords
  telephony.pbx.jade_configuration_info:
    subsystem: pjsip
    name: pjsip.conf

- name: List the backups of the dialplan, the newest first
  telephony.pbx.jade_configuration_info:
    subsystem: dialplan
    query: "[?backup_time] | sort_by(@, &backup_time) | reverse(@) | [].name"
"""

RETURN = r"""
configurations:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    subsystem:
      description:
        - 'Which file: V(dialplan) is C(extensions.conf), V(park) is C(res_parking.conf), V(pjsip) is
          C(pjsip.conf), V(queue) is C(queues.conf).'
      type: str
      returned: success
      sample: park
    name:
      description:
        - Name of the file; a backup has the time of its making at its end.
      type: str
      returned: success
      sample: res_parking.conf
    data:
      description:
        - The text of the file.
        - 'Secrets in it: masked unless asked for with O(include_secrets=true).'
      type: str
      returned: success
      sample: '[general]

        '
    backup_time:
      description:
        - When the backup was made, UTC, ISO 8601; C(null) for the file itself.
      type: str
      returned: success
      sample: '2018-05-21T08:49:27.783332067Z'
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
    run_module("jade_configuration_info")


if __name__ == "__main__":
    main()
