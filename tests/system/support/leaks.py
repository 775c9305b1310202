# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canary secrets: one for each credential and each secret field, and the tasks that carry them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import options, secret_options
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, RAW, REGISTERED

ODD = '/+&% "\\ä'  # what one encoding or another writes in another way
IN_HEADER = "/+&%\"\\'~="  # of it, what a header can carry
IN_FILE = "/+&%"  # what Jade keeps in its files as it is
IN_URL = "+%"


def canary(name: str, marks: str = ODD) -> str:
    """A secret of its own for each name, the same in each run: marks between pieces that occur nowhere else."""
    digest = hashlib.sha512(name.encode()).hexdigest()
    pieces = [f"C{digest[number * 7 : number * 7 + 7]}" for number in range(len(marks) + 1)]
    return "".join(piece + mark for piece, mark in zip(pieces, marks + " ")).rstrip()


MADE = re.compile(r"C[0-9a-f]{7}(?:[^\n]C[0-9a-f]{7})+")


def canaries(value: Any) -> list[str]:
    """The canaries that are in it, at any depth."""
    if isinstance(value, str):
        return [match.group() for match in MADE.finditer(value)]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for item in inner for found in canaries(item)]


def pieces(secret: str) -> list[str]:
    """The parts of a canary that have no marks: where one of them shows, a mark has split what should be hidden as a whole."""
    return re.findall(r"C[0-9a-f]{7}", secret)


# Credentials


CREDENTIALS = {
    f"{name}.{option.option}": canary(f"{name}.{option.option}", ODD if option.name != "token" else IN_HEADER)
    for name, entry in REGISTERED.items()
    for option in entry.system.options
    if option.secret
}
"""Each secret among the connection options of each system. Lab and front know the passwords; proxy and token are wrong ones."""


# Fields


def spots(fields: Iterable[Field], prefix: str = "") -> Iterator[str]:
    """The places in an object that hold secrets, from the collection's own descriptions."""
    for field in fields:
        if field.secret or field.secrets_inside:
            yield prefix + field.name
        yield from spots(field.fields, f"{prefix}{field.name}.")


def option_spots(module: str) -> set[str]:
    """The same for the options of a module, by its argument spec as well as by the descriptions."""
    connection = {option.option for entry in REGISTERED.values() for option in entry.system.options}
    by_spec = secret_options(module) - connection
    return {*spots(options(module)), *by_spec, *MODULES[module].opaque}


def result_spots(module: str) -> set[str]:
    """The same for what an info module returns."""
    item = MODULES.get(module)
    return set(spots(item.resource.fields)) if isinstance(item, InfoModule) else set()


def at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a place, in each item of the lists on the way."""
    name, _dot, rest = path.partition(".")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and name in item:
            yield from at(item[name], rest) if rest else [item[name]]


def of_option(module: str, spot: str) -> str:
    """The canary of an option of a module."""
    narrow = {"jade_trunk": IN_FILE, "jade_configuration": IN_FILE, "telecomx_sip_phone": IN_URL}
    marks = ODD if spot == "custom_config" else narrow.get(module, ODD)
    return canary(f"{module}.{spot}", marks)


def _picture(spot: str) -> str:
    return f"https://robot:{of_option('telecomx_sip_phone', spot)}@pictures.example.com/logo.png"


# The options of each module that takes secrets. What is in it besides makes it succeed.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "jade_user": {"username": "leaky", "password": of_option("jade_user", "password"), "name": "Leaky"},
    "jade_manager_user": {
        "username": "leaky_phone", "password": of_option("jade_manager_user", "password"), "name": "Leaky", "context": "demo",
        "permissions": ["user"],
    },
    "jade_trunk": {
        "name": "leaky", "server_uri": "sip:sip.example.com", "client_uri": "sip:1@sip.example.com", "context": "in",
        "username": "1", "password": of_option("jade_trunk", "password"),
    },
    # The account that all other tasks log in with: only whether the password would change is asked.
    "jade_account": {"password": of_option("jade_account", "password")},
    "jade_configuration": {
        "subsystem": "pjsip", "includes": "keep", "reload": False,
        "data": f"[leaky_file]\ntype = auth\nusername = 1\npassword = {of_option('jade_configuration', 'data')}\n",
    },
    "telecomx_sip_phone": {
        "mac_address": "000413000003", "custom_config": of_option("telecomx_sip_phone", "custom_config"), "update_by": "put",
        "settings": {
            "displayBackground": _picture("settings.displayBackground"),
            "softkeys": [{"index": 0, "function": "URL", "value": _picture("settings.softkeys.value"), "label": "Door"}],
        },
    },
    RAW.name: {
        "system": "jade", "method": "PUT", "path": "/admin/user/users/none",
        "body": {"name": "x", "inner": [{"password": of_option(RAW.name, "body")}]},
        "parameters": {"access_token": of_option(RAW.name, "parameters")},
    },
}  # fmt: skip
# Of these a success would change what other tasks need, or takes more than a lab.
ONLY_CHECKED = {"jade_account"}
MAY_FAIL = {RAW.name}
RETURNS_SECRETS = {"jade_login"}  # what it is for

READING = {"telecomx_sip_phone_info": {"full": True}, "jade_account_info": {"area": "me"}}  # to see all that there is


def wanted_options(module: str) -> dict[str, Any]:
    """Options for any module: those of above, or else something for each that is required."""
    if module in ARGUMENTS:
        return ARGUMENTS[module]
    if module in READING:
        return READING[module]
    required = (field for field in options(module) if field.required)
    return {field.name: field.choices[0] if field.choices else 1 if field.type == "int" else "leaky" for field in required}
