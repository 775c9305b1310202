#!/usr/bin/python
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_engine/raw.py
# - plugins/module_utils/_model/options.py
# - dev/examples/api.yml
# - dev/generator/templates/plugins/modules/raw.py.j2

from __future__ import annotations

DOCUMENTATION = r"""
module: api
short_description: Call any method and path of a telephony system's API
version_added: 0.1.0
description:
  - Sends any call of a system's API, for what has no module of its own yet.
  - Login, base path, paging, repeats, time-outs, TLS and the masking of secrets are those of the other
    modules.
author:
  - telephony.pbx authors (@telephony-pbx)
attributes:
  diff_mode:
    support: none
  idempotent:
    support: none
    details:
      - It does what it is told, each time.
  check_mode:
    details:
      - A call that changes something isn't sent. See O(changes).
requirements:
  - requests 2.31 or newer with urllib3 2.0 or newer
  - PySocks, for SOCKS proxies
  - jmespath, for O(query)
options:
  system:
    description:
      - Which system to call.
    type: str
    required: true
    choices:
      - jade
      - yeastar
      - ycm
      - telecomx
      - aicc
  method:
    description:
      - HTTP method.
    type: str
    choices:
      - GET
      - POST
      - PUT
      - DELETE
      - PATCH
    default: GET
  path:
    description:
      - Path as the API's document has it, for example V(/admin/core/channels), V(/onsiteproxy/list) or
        V(/v2/cloud_pbx/instances). The system's base path is put in front where it is missing.
      - Has to be percent-encoded where it holds special characters; the filter P(ansible.builtin.urlencode#filter)
        does that.
    type: str
    required: true
  parameters:
    description:
      - Query parameters.
    type: dict
    default: {}
  body:
    description:
      - What to send as JSON.
    type: raw
  changes:
    description:
      - Whether the call changes anything. Such a call isn't sent in check mode.
      - Without this option C(GET) doesn't and the others do, except that a C(GET) whose path ends in
        C(/delete), C(/del_token) or C(/configreload) does.
    type: bool
  repeatable:
    description:
      - 'Whether the call may be sent again after a lost connection. Without this option: if it changes
        nothing.'
    type: bool
  all_pages:
    description:
      - Whether to fetch all pages of a list; RV(result) is then the list of all rows.
    type: bool
    default: false
  key:
    description:
      - With O(all_pages), the name of what makes a row unique.
    type: str
    default: id
  query:
    description:
      - JMESPath expression that is applied to the result, which then comes as RV(query_result).
      - Needs the Python library C(jmespath).
    type: str
  include_secrets:
    description:
      - Whether to return passwords and other secrets. Otherwise they are masked.
    type: bool
    default: false
  api_url:
    description:
      - Address of the Jade server, for example V(https://pbx.example.com:8081); with or without C(/v1).
      - If not given, the host's variable C(jade_api_url), C(yeastar_api_url), C(ycm_api_url), C(telecomx_api_url),
        C(aicc_api_url) counts, then the environment variable E(JADE_URL), E(YEASTAR_URL), E(YCM_URL),
        E(TELECOMX_URL), E(AICC_URL).
    type: str
  api_username:
    description:
      - Name of the account to log in with.
      - If not given, the host's variable C(jade_api_username), C(telecomx_api_username) counts, then
        the environment variable E(JADE_USERNAME), E(TELECOMX_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - If not given, the host's variable C(jade_api_password), C(telecomx_api_password) counts, then
        the environment variable E(JADE_PASSWORD), E(TELECOMX_PASSWORD).
    type: str
  api_token:
    description:
      - Token of an earlier login, instead of O(api_username) and O(api_password).
      - If not given, the host's variable C(jade_api_token), C(yeastar_api_token), C(ycm_api_token), C(telecomx_api_token),
        C(aicc_api_token) counts, then the environment variable E(JADE_TOKEN), E(YEASTAR_TOKEN), E(YCM_TOKEN),
        E(TELECOMX_TOKEN), E(AICC_TOKEN).
    type: str
  api_validate_certs:
    description:
      - Whether to check the server's TLS certificate.
      - Switch it off only on a network that you trust.
      - If not given, the host's variable C(jade_api_validate_certs), C(yeastar_api_validate_certs), C(ycm_api_validate_certs),
        C(telecomx_api_validate_certs), C(aicc_api_validate_certs) counts, then the environment variable
        E(JADE_VALIDATE_CERTS), E(YEASTAR_VALIDATE_CERTS), E(YCM_VALIDATE_CERTS), E(TELECOMX_VALIDATE_CERTS),
        E(AICC_VALIDATE_CERTS).
      - The default is V(true).
      - Otherwise V(true).
    type: bool
  api_ca_path:
    description:
      - File or directory with the CA certificates to trust, in PEM format. No others are trusted then.
      - Without it the first of E(SSL_CERT_FILE), E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) that is
        set counts, and without these the system's certificates.
      - If not given, the host's variable C(jade_api_ca_path), C(yeastar_api_ca_path), C(ycm_api_ca_path),
        C(telecomx_api_ca_path), C(aicc_api_ca_path) counts, then the environment variable E(JADE_CA_PATH),
        E(YEASTAR_CA_PATH), E(YCM_CA_PATH), E(TELECOMX_CA_PATH), E(AICC_CA_PATH).
    type: path
  api_client_cert:
    description:
      - Client certificate to present, a PEM file; it may hold the key too.
      - If not given, the host's variable C(jade_api_client_cert), C(yeastar_api_client_cert), C(ycm_api_client_cert),
        C(telecomx_api_client_cert), C(aicc_api_client_cert) counts, then the environment variable E(JADE_CLIENT_CERT),
        E(YEASTAR_CLIENT_CERT), E(YCM_CLIENT_CERT), E(TELECOMX_CLIENT_CERT), E(AICC_CLIENT_CERT).
    type: path
  api_client_key:
    description:
      - Private key of O(api_client_cert), a PEM file.
      - If not given, the host's variable C(jade_api_client_key), C(yeastar_api_client_key), C(ycm_api_client_key),
        C(telecomx_api_client_key), C(aicc_api_client_key) counts, then the environment variable E(JADE_CLIENT_KEY),
        E(YEASTAR_CLIENT_KEY), E(YCM_CLIENT_KEY), E(TELECOMX_CLIENT_KEY), E(AICC_CLIENT_KEY).
    type: path
  api_timeout:
    description:
      - Seconds to wait for a connection, and again for each part of the answer.
      - If not given, the host's variable C(jade_api_timeout), C(yeastar_api_timeout), C(ycm_api_timeout),
        C(telecomx_api_timeout), C(aicc_api_timeout) counts, then the environment variable E(JADE_TIMEOUT),
        E(YEASTAR_TIMEOUT), E(YCM_TIMEOUT), E(TELECOMX_TIMEOUT), E(AICC_TIMEOUT).
      - The default is V(30.0).
      - Otherwise V(30.0).
    type: float
  api_retries:
    description:
      - 'How often a call is repeated that can be repeated without harm: after a lost connection, a server
        that is busy or restarting, or one that asks to wait.'
      - A write is repeated only if the server cannot have seen it.
      - If not given, the host's variable C(jade_api_retries), C(yeastar_api_retries), C(ycm_api_retries),
        C(telecomx_api_retries), C(aicc_api_retries) counts, then the environment variable E(JADE_RETRIES),
        E(YEASTAR_RETRIES), E(YCM_RETRIES), E(TELECOMX_RETRIES), E(AICC_RETRIES).
      - The default is V(3).
      - Otherwise V(3).
    type: int
  api_proxy:
    description:
      - Proxy to use, for example V(http://proxy.example.com:3128). Its address begins with C(http://),
        C(https://), C(socks5://), or C(socks5h://), where the proxy looks up the server's name. SOCKS
        needs the Python library C(PySocks).
      - Without it the usual variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count.
        The last holds names, suffixes of names, addresses and IPv4 networks; IPv6 networks and brackets,
        as in C([::1]), have no effect.
      - If not given, the host's variable C(jade_api_proxy), C(yeastar_api_proxy), C(ycm_api_proxy), C(telecomx_api_proxy),
        C(aicc_api_proxy) counts, then the environment variable E(JADE_PROXY), E(YEASTAR_PROXY), E(YCM_PROXY),
        E(TELECOMX_PROXY), E(AICC_PROXY).
    type: str
  api_concurrency:
    description:
      - How many requests may be under way at once where a list has several pages.
      - If not given, the host's variable C(jade_api_concurrency), C(yeastar_api_concurrency), C(ycm_api_concurrency),
        C(telecomx_api_concurrency), C(aicc_api_concurrency) counts, then the environment variable E(JADE_CONCURRENCY),
        E(YEASTAR_CONCURRENCY), E(YCM_CONCURRENCY), E(TELECOMX_CONCURRENCY), E(AICC_CONCURRENCY).
      - The default is V(8).
      - Otherwise V(8).
    type: int
  api_client_id:
    description:
      - Client ID of the API access.
      - If not given, the host's variable C(yeastar_api_client_id), C(ycm_api_client_id) counts, then
        the environment variable E(YEASTAR_CLIENT_ID), E(YCM_CLIENT_ID).
    type: str
  api_client_secret:
    description:
      - Client secret that belongs to O(api_client_id).
      - If not given, the host's variable C(yeastar_api_client_secret), C(ycm_api_client_secret) counts,
        then the environment variable E(YEASTAR_CLIENT_SECRET), E(YCM_CLIENT_SECRET).
    type: str
  api_app_key:
    description:
      - App key that the operator has given out.
      - If not given, the host's variable C(aicc_api_app_key) counts, then the environment variable E(AICC_APP_KEY).
    type: str
  api_app_secret:
    description:
      - App secret that belongs to O(api_app_key).
      - If not given, the host's variable C(aicc_api_app_secret) counts, then the environment variable
        E(AICC_APP_SECRET).
    type: str
  api_auth_url:
    description:
      - Address that tokens come from, if it isn't O(api_url); some operators use another port, for example
        V(https://service.besclouds.com:28070).
      - If not given, the host's variable C(aicc_api_auth_url) counts, then the environment variable E(AICC_AUTH_URL).
    type: str
extends_documentation_fragment:
  - telephony.pbx.attributes.state
"""

EXAMPLES = r"""
- name: What Jade knows about its channels
  telephony.pbx.api:
    system: jade
    path: /admin/core/channels
  register: channels

- name: All Cloud PBXs, over all pages, as the server sends them
  telephony.pbx.api:
    system: ycm
    path: /v2/cloud_pbx/instances
    all_pages: true
    key: cloudPbxId
    query: "[?pbxStatus=='Running'].name"
  register: running

- name: Make Asterisk read its queues again
  telephony.pbx.api:
    system: jade
    method: PUT
    path: /admin/core/modules/app_queue.so
"""

RETURN = r"""
result:
  description:
    - 'The answer without the system''s envelope: what Jade has under C(result), Yeastar Central Management
      under C(data), AICC under C(result), and the whole answer of a Yeastar P-Series and of TelecomX.'
    - V(null) for a call that isn't sent because of check mode.
    - Values that are called a password, token or secret are masked unless O(include_secrets=true).
  type: raw
  returned: success
status:
  description:
    - HTTP status of the answer.
  type: int
  returned: success
  sample: 200
query_result:
  description:
    - What O(query) makes of RV(result).
  type: raw
  returned: when O(query) is given
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
    effect:
      description:
        - 'What the task has done to the system all the same. V(none): nothing. V(partial): a part of
          it, which the message names. V(done): all of it, but it isn''t in force. V(unknown): that can''t
          be told.'
        - RV(ignore:changed) is true where it is V(partial) or V(done).
      type: str
      returned: failure
      sample: none
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

from ..module_utils._faces.module import run_module


def main():
    run_module("api")


if __name__ == "__main__":
    main()
