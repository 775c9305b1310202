#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from the description in module_utils/_systems (jade). Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
module: jade_trunk
short_description: Manage trunks
version_added: 0.1.0
description:
  - Creates, changes and removes trunks to providers.
  - Jade replaces a trunk as a whole. The module reads it first and sends it back with the change, so
    that all that isn't given stays, the password too.
  - Jade makes Asterisk reload by itself; the module waits until the running endpoint and registration
    show the trunk.
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
  name:
    description:
      - Name of the trunk, and of its PJSIP objects.
    type: str
    required: true
  server_uri:
    description:
      - SIP URI of the registrar.
    type: str
  client_uri:
    description:
      - SIP URI that is registered.
    type: str
  username:
    description:
      - Name to log in with at the provider.
    type: str
  password:
    description:
      - Password at the provider.
    type: str
  contact:
    description:
      - SIP URI that calls are sent to.
    type: str
  context:
    description:
      - Dialplan context of calls that come in.
    type: str
  hostname:
    description:
      - Host name or address by which calls of the provider are recognized.
    type: str
  state:
    description:
      - V(present) makes the trunk exist with the settings that are given; others stay as they are.
      - V(absent) removes it.
    type: str
    choices:
      - present
      - absent
    default: present
  update_password:
    description:
      - V(always) sets the password wherever it differs.
      - V(on_create) sets it on new objects only, and leaves the password of those that exist alone.
    type: str
    choices:
      - always
      - on_create
    default: always
extends_documentation_fragment:
  - telephony.pbx.jade
notes:
  - Jade can't keep C(;) in a value, so that a SIP URI with C(;transport=tcp) is refused up front; likewise
    C(#), line breaks and surrounding quotes.
  - Jade answers 500 where the name belongs to any other PJSIP object of its own, such as the phone of
    an account.
seealso:
  - module: telephony.pbx.jade_trunk_info
"""

EXAMPLES = r"""
- name: Example
  telephony.pbx.jade_trunk:
"""

RETURN = r"""
trunk:
  description:
    - The object as it is after the task; V(null) if it doesn't exist.
    - In check mode as it would be. Fields that only the server can know are then V(null) or as before.
  type: dict
  returned: success
  contains:
    name:
      description:
        - Name of the trunk, and of its PJSIP objects.
      type: str
      returned: success
      sample: provider
    server_uri:
      description:
        - SIP URI of the registrar.
      type: str
      returned: success
      sample: sip:sip.example.com
    client_uri:
      description:
        - SIP URI that is registered.
      type: str
      returned: success
      sample: sip:100@sip.example.com
    username:
      description:
        - Name to log in with at the provider.
      type: str
      returned: success
      sample: '100'
    password:
      description:
        - Password at the provider.
        - Always masked.
      type: str
      returned: success
      sample: '********'
    contact:
      description:
        - SIP URI that calls are sent to.
      type: str
      returned: success
      sample: sip:sip.example.com:5060
    context:
      description:
        - Dialplan context of calls that come in.
      type: str
      returned: success
      sample: from-provider
    hostname:
      description:
        - Host name or address by which calls of the provider are recognized.
      type: str
      returned: success
      sample: sip.example.com
    status:
      description:
        - State of the registration, as Asterisk tells it.
      type: str
      returned: success
      sample: Registered
action:
  description:
    - 'What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep).'
  type: str
  returned: success
  sample: update
running:
  description:
    - Whether the running system does what is stored.
    - V(as stored) where that was seen (in check mode, will be), otherwise V(not compared) with the reason.
  type: str
  returned: success
  sample: as stored
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
    run_module("jade_trunk")


if __name__ == "__main__":
    main()
