# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library requests, which can be imported from here even where it is missing: using it then fails in one line."""

from __future__ import annotations

import typing as t

from .errors import missing_library

try:
    import requests
    import urllib3
    from requests import Session
    from requests.adapters import HTTPAdapter
except ImportError:
    requests = urllib3 = t.cast(t.Any, None)
    Session = HTTPAdapter = t.cast(t.Any, object)  # type: ignore[misc]

__all__ = ["HTTPAdapter", "Session", "check_library", "requests", "urllib3"]


def check_library() -> None:
    """Raise BadInput where requests is missing or too old."""
    if requests is None:
        raise missing_library("requests")
    if getattr(urllib3, "__version__", "").startswith("1."):  # checks no certificate of a server that is called by its address
        raise missing_library("urllib3 2.0 or newer", reason="which requests uses")
