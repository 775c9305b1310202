# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server's certificate is checked against."""

from __future__ import annotations

import functools
import glob
import os
import ssl

from .connection import Trusted
from .errors import BadInput
from .library import requests


@functools.lru_cache(maxsize=64)
def tls_context(trusted: Trusted | None, client_cert: str | None, client_key: str | None) -> ssl.SSLContext:
    """A TLS context; ``trusted``: see trusted_cas, None = don't check. Making one costs more than a request.

    Raises BadInput for bad files.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if trusted is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.hostname_checks_common_name = False  # as browsers do: only the alternative names count
        _load_cas(context, trusted)
    if client_cert:
        context.post_handshake_auth = True  # some servers ask for it only once they know the path
        try:
            context.load_cert_chain(client_cert, client_key, password=_no_password)
        except OSError:
            raise BadInput(
                "api_client_cert and api_client_key can't be used",
                hint="They must be PEM files that belong together, the key without a password",
            ) from None
    return context


def _load_cas(context: ssl.SSLContext, trusted: Trusted) -> None:
    name, path = trusted
    try:
        if not path:
            _load_system_cas(context)
        elif os.path.isdir(path):
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except OSError:
        raise BadInput(f"{path} ({name}) holds no CA certificates in PEM format that can be read") from None


def _load_system_cas(context: ssl.SSLContext) -> None:
    """The system's CAs; where Python finds none (its own builds, macOS, slim images), those of certifi, which requests brings."""
    context.load_default_certs()
    directory = ssl.get_default_verify_paths().capath
    if not context.get_ca_certs() and not (directory and glob.glob(f"{directory}/*")):
        context.load_verify_locations(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)


def _no_password() -> str:
    """OpenSSL would ask at the terminal otherwise."""
    raise OSError("the private key is protected by a password, which can't be given")
