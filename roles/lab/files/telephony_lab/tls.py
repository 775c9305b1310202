# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's own certificate authority and server certificate, new at each start."""

from __future__ import annotations

import os
from pathlib import Path

import trustme


def write_certificates(directory: Path) -> tuple[Path, Path, Path]:
    """Write ca.pem, server.crt and server.key into a directory and return their paths."""
    authority = trustme.CA(organization_name="telephony.pbx lab")
    server = authority.issue_cert("localhost", "127.0.0.1", "::1")
    ca, certificate, key = directory / "ca.pem", directory / "server.crt", directory / "server.key"
    authority.cert_pem.write_to_path(str(ca))
    certificate.write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(server.private_key_pem.bytes())
    return ca, certificate, key
