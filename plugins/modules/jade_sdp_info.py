#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/dialplan.py
# - dev/examples/jade_sdp_info.yml
# - dev/generator/templates/plugins/modules/info.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_sdp_info
short_description: List sdps of Jade
version_added: 0.1.0
description:
  - The static dialplans that are configured through Jade, in its file C(jade.extensions.conf), by the
    endpoint for administrators.
  - Contexts from Asterisk's own C(extensions.conf) aren't among them.
author:
  - telephony.pbx authors (@telephony-pbx)
requirements:
  - jmespath, for O(query)
options:
  name:
    description:
      - Return only the static dialplan with this name.
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
seealso:
  - module: telephony.pbx.jade_sdp
"""

EXAMPLES = r"""
- name: List the contexts that are configured through Jade
  telephony.pbx.jade_sdp_info:
  register: contexts

- name: Get the lines of one of them as one text
  telephony.pbx.jade_sdp_info:
    name: jade_demo
    query: "[0].lines | join('\n', @)"
  register: demo
"""

RETURN = r"""
sdps:
  description:
    - What was found, in the order of the server. Nothing is an empty list.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description:
        - Name of the context.
      type: str
      returned: success
      sample: sales
    lines:
      description:
        - 'The lines of the context, in order, as in C(extensions.conf): a list, or one text with line
          breaks.'
        - 'The lines are the whole truth: those that aren''t given are taken away.'
        - Blanks that mean nothing, and C(=) in place of C(=>), are no difference. Blank lines and lines
          that are only a comment are left out, since Jade doesn't keep any.
      type: list
      elements: str
      returned: success
      sample:
        - exten => 100,1,NoOp()
        - same => n,Hangup()
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
    run_module("jade_sdp_info")


if __name__ == "__main__":
    main()
