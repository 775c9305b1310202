# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lab can be told when it starts."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROFILES = ("documented", "f31439d")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Options:
    """The settings of one lab."""

    dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    jade: dict[str, str] = field(default_factory=lambda: {"doc": "documented", "real": "f31439d"})
    jade_password: str = "admin"
    park_sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    park_post_works: bool = False
    extra_users: bool = False
    pjsip_lag: float = 0.9
    cloud_pbxs: int = 30
    dead_every: int = 100
    proxies: int = 3
    sip_phones: int = 25
    softphones: int = 2
    latency: float = 0.0
    token_seconds: int = 1800


def loopback(value: str) -> str:
    """Refuse any address that other machines could reach: the lab has well-known passwords."""
    if value not in LOOPBACK:
        raise argparse.ArgumentTypeError(f"{value} is not a loopback address (use one of {', '.join(LOOPBACK)})")
    return value


def jade_profile(value: str) -> tuple[str, str]:
    """Read NAME=PROFILE."""
    name, dummy, profile = value.partition("=")
    if not name or "/" in name or profile not in PROFILES:
        raise argparse.ArgumentTypeError(f"{value} is not NAME=PROFILE with a profile of {', '.join(PROFILES)}")
    return name, profile


def sections_file(value: str) -> dict[str, dict[str, Any]]:
    """Read a JSON file that maps section names to their options."""
    try:
        sections = json.loads(Path(value).read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise argparse.ArgumentTypeError(f"{value} can't be read as JSON: {exc}") from exc
    if not isinstance(sections, dict) or not all(isinstance(entry, dict) for entry in sections.values()):
        raise argparse.ArgumentTypeError(f"{value} must hold an object of objects: section name to options")
    return sections


def add_dir(parser: argparse.ArgumentParser) -> None:
    """Add the one option that every verb needs."""
    parser.add_argument("--dir", required=True, type=Path, help="state directory of the lab")


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``run`` and ``start``."""
    parser.add_argument("--host", type=loopback, default="127.0.0.1", help="loopback address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 picks a free one")
    parser.add_argument("--jade", type=jade_profile, action="append", metavar="NAME=PROFILE",
                        help="a Jade PBX and its profile; repeatable (default: doc=documented and real=f31439d)")
    parser.add_argument("--jade-password", default="admin", help="password of the Jade account admin")
    parser.add_argument("--park-sections", type=sections_file, default={}, metavar="FILE",
                        help="JSON file of parking lot sections that the Jade PBXs start with")
    parser.add_argument("--park-post-works", action="store_true",
                        help="let POST cfg_parkinglots work in profile f31439d, where it kills the server")
    parser.add_argument("--extra-users", action="store_true",
                        help="seed a Jade user limited/limited that has only the permission user")
    parser.add_argument("--pjsip-lag", type=float, default=0.9, help="seconds until a PJSIP change shows")
    parser.add_argument("--cloud-pbxs", type=int, default=30, help="how many Cloud PBXs YCM has")
    parser.add_argument("--dead-every", type=int, default=100,
                        help="of how many running Cloud PBXs one doesn't answer; 0: all answer")
    parser.add_argument("--proxies", type=int, default=3, help="Onsite Proxies of each generated Cloud PBX")
    parser.add_argument("--sip-phones", type=int, default=25, help="how many SIP phones TelecomX has")
    parser.add_argument("--softphones", type=int, default=2, help="how many softphone numbers AICC has")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every API answer")
    parser.add_argument("--token-seconds", type=int, default=1800, help="lifetime of YCM and Yeastar access tokens")


def from_arguments(arguments: argparse.Namespace) -> Options:
    """Turn parsed arguments into options."""
    values = {name: getattr(arguments, name) for name in Options.__dataclass_fields__}
    values["jade"] = dict(arguments.jade or [("doc", "documented"), ("real", "f31439d")])
    return Options(**values)
