#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

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
attributes:
  check_mode:
    description: Can run in check mode and tell what it would change.
    support: full
    details:
      - Changes nothing in any mode.
  diff_mode:
    description: Shows what changes, with secrets masked.
    support: N/A
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
notes:
  - Passwords within the text are masked unless asked for with O(include_secrets=true).
seealso:
  - module: telephony.pbx.jade_configuration
"""

EXAMPLES = r"""
- name: List all
  telephony.pbx.jade_configuration_info:
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
    run_module("jade_configuration_info")


if __name__ == "__main__":
    main()
