# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's documentation of options and results, as data, from the descriptions of fields and connection options."""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._model.option import Option
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import System
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field

Doc = t.Dict[str, t.Any]


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


def option_docs(fields: t.Iterable[Field]) -> Doc:
    """Documentation of options, by name."""
    return {field.name: option_doc(field) for field in fields}


def return_docs(fields: t.Iterable[Field], masked: str) -> Doc:
    """Documentation of the fields of a result, by name. ``masked``: a sentence for those that are secret."""
    return {field.name: _return_doc(field, masked) for field in fields}


def _return_doc(field: Field, masked: str) -> Doc:
    doc: Doc = {"description": list(field.lines), "type": field.type}
    if field.secret or field.secrets_inside:
        doc["description"].append(masked if field.secret else f"Secrets in it: {masked[0].lower()}{masked[1:]}")
    if field.elements:
        doc["elements"] = field.elements
    doc["returned"] = "success"
    if field.sample is not None:
        doc["sample"] = field.sample
    if field.fields:
        doc["contains"] = return_docs(field.fields, masked)
    return doc


def connection_docs(system: System, plugin: bool = False) -> Doc:
    """Documentation of the connection options of one system, by name."""
    return {option.option: connection_doc(option, (system,), plugin) for option in system.options}


def connection_doc(option: Option, systems: tuple[System, ...], plugin: bool = False) -> Doc:
    """Documentation of one connection option: for inventories with its variable and default as data, else in the text.

    The argument spec of a module has no default: it couldn't tell it from what a task gives.
    """
    variables = [system.env(option) for system in systems]
    lines = list(option.description)
    if plugin:
        doc: Doc = {"description": lines, "type": option.type, "env": [{"name": variable} for variable in variables]}
        return doc if option.default is None else {**doc, "default": option.default}
    of_host = ", ".join(f"C({system.variable(option)})" for system in systems)
    of_environment = ", ".join(f"E({variable})" for variable in variables)
    lines.append(f"If not given, the host's variable {of_host} counts, then the environment variable {of_environment}.")
    if option.default is not None:
        lines.append(f"The default is V({str(option.default).lower() if option.type == 'bool' else option.default}).")
    return {"description": lines, "type": option.type}
