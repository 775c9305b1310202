#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_user_permission
short_description: Give permissions to accounts, and take them away
version_added: 0.1.0
description:
  - Gives an account a permission, or takes it away. Its other permissions stay.
  - Where Jade's own endpoint for permissions is wired wrongly, the account is changed as managers do
    it, as a whole.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  check_mode:
    description: Can run in check mode and tell what it would change.
    support: full
  diff_mode:
    description: Shows what changes, with secrets masked.
    support: full
  idempotent:
    description: Run again, it changes nothing.
    support: full
  action:
    description: Runs in the controller's own process, which saves starting Python for each task.
    support: full
    details:
      - With another connection than C(local), with C(become), C(async) or C(environment), it runs as
        an ordinary module on the host of the task, which then needs the required Python libraries.
requirements:
  - urllib3
options:
  username:
    description:
      - Name of the account.
    type: str
    required: true
  permission:
    description:
      - The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and
        V(user), for everything under C(/me).
    type: str
    required: true
  state:
    description:
      - V(present) makes the permission exist with the settings that are given; others stay as they are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
extends_documentation_fragment:
  - telephony.pbx.jade
notes:
  - On the newest published Jade accounts without a phone, such as the first C(admin), can't be changed.
seealso:
  - module: telephony.pbx.jade_user_permission_info
"""

EXAMPLES = r"""
- name: Example
  telephony.pbx.jade_user_permission:
"""

RETURN = r"""
user_permission:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    uuid:
      description:
        - Jade's own ID of the permission, where it is shown.
      type: str
      returned: success
    user_uuid:
      description:
        - ID of the account.
      type: str
      returned: success
      sample: 59e3a7d5-b05f-43cd-abdf-db7009eed6cf
    username:
      description:
        - Name of the account.
      type: str
      returned: success
      sample: alice
    permission:
      description:
        - The permission. Jade itself knows V(admin), for everything under C(/admin) and C(/manager),
          and V(user), for everything under C(/me).
      type: str
      returned: success
      sample: user
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
error:
  description:
    - What went wrong, for programs. RV(ignore:msg) says the same in one line.
  type: dict
  returned: failure
  contains:
    kind:
      description:
        - V(bad_input), V(connection), V(tls), V(protocol), V(authentication), V(permission), V(not_found),
          V(unsupported), V(conflict), V(rate_limit), V(server), V(ambiguous_write) or V(not_applied).
      type: str
      returned: failure
      sample: authentication
    message:
      description:
        - The cause.
      type: str
      returned: when known
      sample: user name or password is wrong
    system:
      description:
        - Which system.
      type: str
      returned: when known
      sample: Jade at https://pbx.example.com:8081
    method:
      description:
        - HTTP method of the call.
      type: str
      returned: when known
      sample: POST
    path:
      description:
        - Path of the call, without its query.
      type: str
      returned: when known
      sample: /v1/admin/login
    status:
      description:
        - HTTP status of the answer.
      type: int
      returned: when known
      sample: 404
    code:
      description:
        - The server's own error code.
      type: raw
      returned: when known
      sample: 10004
    text:
      description:
        - The server's own words.
      type: str
      returned: when known
      sample: TOKEN EXPIRED
    request_id:
      description:
        - The server's ID of the request.
      type: str
      returned: when known
      sample: 5ed01d8b-44f2-44a7-a868-2c7ba3a090d4
    hint:
      description:
        - What to try.
      type: str
      returned: when known
      sample: Check api_username and api_password
"""

from ansible_collections.telephony.pbx.plugins.module_utils._faces.module import run_module


def main():
    run_module("jade_user_permission")


if __name__ == "__main__":
    main()
