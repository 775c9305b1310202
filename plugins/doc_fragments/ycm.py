# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by dev/generate.py from these files. Make changes there, then run make generate:
# - plugins/module_utils/_systems/ycm/client.py
# - plugins/module_utils/_model/options.py
# - dev/generator/templates/plugins/doc_fragments/system.py.j2

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of Yeastar Central Management."""

    DOCUMENTATION = r"""
requirements:
  - requests 2.31 or newer with urllib3 2.0 or newer
  - PySocks, for SOCKS proxies
options:
  api_url:
    description:
      - Address of the central management, for example V(https://ycm.yeastar.com).
      - If not given, the host's variable C(ycm_api_url) counts, then the environment variable E(YCM_URL).
    type: str
  api_client_id:
    description:
      - Client ID of the API access.
      - If not given, the host's variable C(ycm_api_client_id) counts, then the environment variable E(YCM_CLIENT_ID).
    type: str
  api_client_secret:
    description:
      - Client secret that belongs to O(api_client_id).
      - If not given, the host's variable C(ycm_api_client_secret) counts, then the environment variable
        E(YCM_CLIENT_SECRET).
    type: str
  api_token:
    description:
      - Access token of an earlier login, instead of O(api_client_id) and O(api_client_secret).
      - If not given, the host's variable C(ycm_api_token) counts, then the environment variable E(YCM_TOKEN).
    type: str
  api_validate_certs:
    description:
      - Whether to check the server's TLS certificate.
      - Switch it off only on a network that you trust.
      - If not given, the host's variable C(ycm_api_validate_certs) counts, then the environment variable
        E(YCM_VALIDATE_CERTS).
      - The default is V(true).
    type: bool
  api_ca_path:
    description:
      - File or directory with the CA certificates to trust, in PEM format. No others are trusted then.
      - Without it the first of E(SSL_CERT_FILE), E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) that is
        set counts, and without these the system's certificates.
      - If not given, the host's variable C(ycm_api_ca_path) counts, then the environment variable E(YCM_CA_PATH).
    type: path
  api_client_cert:
    description:
      - Client certificate to present, a PEM file; it may hold the key too.
      - If not given, the host's variable C(ycm_api_client_cert) counts, then the environment variable
        E(YCM_CLIENT_CERT).
    type: path
  api_client_key:
    description:
      - Private key of O(api_client_cert), a PEM file.
      - If not given, the host's variable C(ycm_api_client_key) counts, then the environment variable
        E(YCM_CLIENT_KEY).
    type: path
  api_timeout:
    description:
      - Seconds to wait for a connection, and again for each part of the answer.
      - If not given, the host's variable C(ycm_api_timeout) counts, then the environment variable E(YCM_TIMEOUT).
      - The default is V(30.0).
    type: float
  api_retries:
    description:
      - 'How often a call is repeated that can be repeated without harm: after a lost connection, a server
        that is busy or restarting, or one that asks to wait.'
      - A write is repeated only if the server cannot have seen it.
      - If not given, the host's variable C(ycm_api_retries) counts, then the environment variable E(YCM_RETRIES).
      - The default is V(3).
    type: int
  api_proxy:
    description:
      - Proxy to use, for example V(http://proxy.example.com:3128). Its address begins with C(http://),
        C(https://), C(socks5://), or C(socks5h://), where the proxy looks up the server's name. SOCKS
        needs the Python library C(PySocks).
      - Without it the usual variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count.
        The last holds names, suffixes of names, addresses and IPv4 networks; IPv6 networks and brackets,
        as in C([::1]), have no effect.
      - If not given, the host's variable C(ycm_api_proxy) counts, then the environment variable E(YCM_PROXY).
    type: str
  api_concurrency:
    description:
      - How many requests may be under way at once where a list has several pages.
      - If not given, the host's variable C(ycm_api_concurrency) counts, then the environment variable
        E(YCM_CONCURRENCY).
      - The default is V(8).
    type: int
"""

    PLUGIN = r"""
requirements:
  - requests 2.31 or newer with urllib3 2.0 or newer
  - PySocks, for SOCKS proxies
options:
  api_url:
    description:
      - Address of the central management, for example V(https://ycm.yeastar.com).
    type: str
    env:
      - name: YCM_URL
  api_client_id:
    description:
      - Client ID of the API access.
    type: str
    env:
      - name: YCM_CLIENT_ID
  api_client_secret:
    description:
      - Client secret that belongs to O(api_client_id).
    type: str
    env:
      - name: YCM_CLIENT_SECRET
  api_token:
    description:
      - Access token of an earlier login, instead of O(api_client_id) and O(api_client_secret).
    type: str
    env:
      - name: YCM_TOKEN
  api_validate_certs:
    description:
      - Whether to check the server's TLS certificate.
      - Switch it off only on a network that you trust.
    type: bool
    env:
      - name: YCM_VALIDATE_CERTS
    default: true
  api_ca_path:
    description:
      - File or directory with the CA certificates to trust, in PEM format. No others are trusted then.
      - Without it the first of E(SSL_CERT_FILE), E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) that is
        set counts, and without these the system's certificates.
    type: path
    env:
      - name: YCM_CA_PATH
  api_client_cert:
    description:
      - Client certificate to present, a PEM file; it may hold the key too.
    type: path
    env:
      - name: YCM_CLIENT_CERT
  api_client_key:
    description:
      - Private key of O(api_client_cert), a PEM file.
    type: path
    env:
      - name: YCM_CLIENT_KEY
  api_timeout:
    description:
      - Seconds to wait for a connection, and again for each part of the answer.
    type: float
    env:
      - name: YCM_TIMEOUT
    default: 30.0
  api_retries:
    description:
      - 'How often a call is repeated that can be repeated without harm: after a lost connection, a server
        that is busy or restarting, or one that asks to wait.'
      - A write is repeated only if the server cannot have seen it.
    type: int
    env:
      - name: YCM_RETRIES
    default: 3
  api_proxy:
    description:
      - Proxy to use, for example V(http://proxy.example.com:3128). Its address begins with C(http://),
        C(https://), C(socks5://), or C(socks5h://), where the proxy looks up the server's name. SOCKS
        needs the Python library C(PySocks).
      - Without it the usual variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count.
        The last holds names, suffixes of names, addresses and IPv4 networks; IPv6 networks and brackets,
        as in C([::1]), have no effect.
    type: str
    env:
      - name: YCM_PROXY
  api_concurrency:
    description:
      - How many requests may be under way at once where a list has several pages.
    type: int
    env:
      - name: YCM_CONCURRENCY
    default: 8
"""
