# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credential types for AWX: how to reach a system, and as whom to log in."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._model.option import Option
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import System
from generator.facts import CONNECTION_SOURCE, SYSTEMS
from generator.rendering import File
from generator.sources import defining_file

# Options that are paths here are texts there: AWX writes them to files for the time of a job.
FILES = {"ca_path": "ca", "client_cert": "client_cert", "client_key": "client_key"}
# One credential may serve many servers of these systems; then the hosts of the inventory have the addresses.
MANY_SERVERS = ("jade", "yeastar")
# AWX takes one credential for an inventory source, but this inventory logs in to two systems.
PBX_CLIENT = (
    Option("pbx_client_id", ("Client ID for the API of the Cloud PBXs, for an inventory with their onsite proxies.",)),
    Option("pbx_client_secret", ("Client secret that belongs to it.",), secret=True),
)
MORE = {"ycm": PBX_CLIENT}
LABELS = {
    "url": "URL", "username": "User name", "ca": "CA certificates", "auth_url": "URL for tokens", "client_id": "Client ID",
    "pbx_client_id": "Client ID for Cloud PBXs", "pbx_client_secret": "Client secret for Cloud PBXs",
    "client_cert": "Client certificate", "client_key": "Key of the client certificate", "proxy": "HTTP proxy",
    "validate_certs": "Check certificates", "timeout": "Timeout in seconds", "concurrency": "Concurrent requests",
}  # fmt: skip
HELP = {
    "ca_path": "CA certificates to trust, in PEM format: the contents of the file, not its name.",
    "client_cert": "Client certificate to present, in PEM format; it may hold the key too.",
    "client_key": "Private key of the client certificate, in PEM format.",
}
OWN_URL = "Leave it empty if the hosts of the inventory have addresses of their own."
_OPTION = re.compile(r"O\(api_(\w+)\)")
_MARKUP = re.compile(r"\b[CVEOM]\(([^)]*)\)")
SWITCH = ("true", "false")


@dataclass(frozen=True)
class Input:
    """One input of a credential type. ``variable``: the environment variable that jobs get."""

    name: str
    label: str
    help: str
    variable: str
    secret: bool
    is_file: bool
    choices: tuple[str, ...]


def files() -> t.Iterator[File]:
    """One for each system."""
    for name, system in SYSTEMS.items():
        inputs = [_input(system, option) for option in (*system.options, *MORE.get(name, ()))]
        data = {"system": system, "inputs": inputs, "required": [] if name in MANY_SERVERS else ["url"]}
        path = "playbooks/files/awx/credential_types"
        sources = (defining_file(system), CONNECTION_SOURCE, "dev/generator/credential_types.py")
        yield File(f"{path}/{name}.yml", f"{path}/system.yml", sources, data)


def _input(system: System, option: Option) -> Input:
    name = FILES.get(option.name, option.name)
    return Input(
        name=name,
        label=_label(name),
        help=_help(system, option),
        variable=system.env(option),
        secret=option.secret or option.name == "client_key",
        is_file=option.name in FILES,
        # AWX takes the first for what isn't chosen. A boolean that isn't given would arrive as False.
        choices=() if option.type != "bool" else SWITCH if option.default else SWITCH[::-1],
    )


def _label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def _within_a_sentence(label: str) -> str:
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def _help(system: System, option: Option) -> str:
    text = HELP.get(option.name) or " ".join(option.description)
    text = _OPTION.sub(lambda match: f"the {_within_a_sentence(_label(match[1]))}", text)
    text = _MARKUP.sub(lambda match: match[1], text)
    if option.name == "url" and system.name in MANY_SERVERS:
        text = f"{text} {OWN_URL}"
    if option.default is not None and option.type != "bool":
        text = f"{text} {option.default:g} if empty."
    return text
