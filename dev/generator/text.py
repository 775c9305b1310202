# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as people write it, and the pieces of documentation that several files share."""

from __future__ import annotations

import typing as t

import yaml

from ansible_collections.telephony.pbx.plugins.module_utils._model.options import Option, System
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field

LICENSE = """\
# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""
REQUIREMENTS = ["requests 2.31 or newer with urllib3 2.0 or newer", "PySocks, for SOCKS proxies"]
AUTHOR = ["telephony.pbx authors (@telephony-pbx)"]
Doc = t.Dict[str, t.Any]


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def dump(data: t.Any) -> str:
    """YAML text."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=100, allow_unicode=True, default_flow_style=False)


def option_doc(field: Field) -> Doc:
    """Documentation of one option."""
    doc: Doc = {"description": list(field.lines), "type": field.given_as or field.type}
    if field.elements and not field.given_as:
        doc["elements"] = field.elements
    if field.required:
        doc["required"] = True
    if field.choices:
        doc["choices"] = list(field.choices)
    if field.default is not None:
        doc["default"] = field.default
    return doc


def return_doc(field: Field, masked: str) -> Doc:
    """Documentation of one field of a result. ``masked``: what to say of secrets."""
    doc: Doc = {"description": list(field.lines), "type": field.type}
    if field.secret or field.secrets_inside:
        doc["description"].append(masked if field.secret else f"Secrets in it: {masked[0].lower()}{masked[1:]}")
    if field.elements:
        doc["elements"] = field.elements
    doc["returned"] = "success"
    if field.sample is not None:
        doc["sample"] = field.sample
    if field.fields:
        doc["contains"] = {inner.name: return_doc(inner, masked) for inner in field.fields}
    return doc


def connection_doc(option: Option, systems: tuple[System, ...], plugin: bool) -> Doc:
    """Documentation of one connection option; plugins name its variable under C(env), modules in the text."""
    variables = [system.env(option) for system in systems]
    lines = list(option.description)
    if not plugin:
        names = ", ".join(f"E({variable})" for variable in variables)
        lines.append(f"If not given, the environment variable {names} counts.")
    doc: Doc = {"description": lines, "type": option.type}
    if option.default is not None and len(systems) == 1:
        doc["default"] = option.default
    if plugin:
        doc["env"] = [{"name": variable} for variable in variables]
    return doc
