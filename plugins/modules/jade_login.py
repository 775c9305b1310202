#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/jade/login.py
# - dev/examples/jade_login.yml
# - dev/generator/templates/plugins/modules/state.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_login
short_description: Log in to Jade, and revoke a token
version_added: 0.1.0
description:
  - Gets a token for calls that are made by other means, or revokes one.
  - The other modules of this collection log in by themselves and don't need it.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  idempotent:
    support: partial
    details:
      - Each run with V(state=present) gets a new token, and so does each task that runs elsewhere.
options:
  state:
    description:
      - V(present) returns a token that Jade accepts; one that is still good is used again.
      - V(absent) revokes O(api_token), or else the token that the tasks of this run share for these credentials.
    type: str
    choices:
      - present
      - absent
    default: present
  area:
    description:
      - 'Which of Jade''s three logins to use. Their tokens are worth the same: what counts is the account''s
        permissions.'
    type: str
    choices:
      - admin
      - manager
      - me
    default: admin
extends_documentation_fragment:
  - telephony.pbx.jade
  - telephony.pbx.attributes.state
notes:
  - 'The token is returned in clear text, since it is what was asked for. Use C(no_log: true) on the task.'
  - In the controller the token is the one that the other tasks of the run use. Revoking it costs them
    one new login.
  - Other tokens are revoked when the run ends. One that this module has returned stays good until it
    is revoked, or an hour after it was last used.
"""

EXAMPLES = r"""
- name: Get a token for calls by other means
  telephony.pbx.jade_login:
  register: session
  no_log: true

- name: Revoke it
  telephony.pbx.jade_login:
    api_token: "{{ session.login.token }}"
    state: absent
"""

RETURN = r"""
login:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    token:
      description:
        - The token. Jade takes it as query parameter C(authtoken).
        - C(null) in check mode, and when revoked.
      type: str
      returned: success
      sample: 4e3773f5-8d63-4004-b0ec-c12cd9c505c5
    valid:
      description:
        - Whether Jade accepts the token.
      type: bool
      returned: success
      sample: true
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
    run_module("jade_login")


if __name__ == "__main__":
    main()
