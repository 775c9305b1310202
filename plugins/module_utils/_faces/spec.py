# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs, derived from the descriptions. The generator writes the documentation from the same."""

from __future__ import annotations

import functools
import re
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._model.option import Option
from .._model.options import System
from .._model.resource import Field
from .._systems.registry import MODULES, REGISTERED

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:  # ansible-core before 2.22
    register_secrets = None

# From 2.22 on, Ansible blanks each value of a no_log option in all output of the run, a PIN in each number that holds it. So it
# is told of none; results are masked by their fields, and what is long enough for a search is registered (register_login).
MASKS_ALL_OUTPUT = register_secrets is not None
REGISTERED_FROM = 8  # characters
_LOOKS_SECRET = re.compile(r"pass|token|secret|key")
Spec = t.Dict[str, t.Any]


@functools.cache
def options(name: str) -> tuple[Field, ...]:
    """All options of a module but those of the connection."""
    return MODULES[name].options


def systems_of(name: str) -> tuple[System, ...]:
    """The systems that a module can talk to."""
    return tuple(REGISTERED[system].system for system in MODULES[name].systems)


def system_of(name: str, params: t.Mapping[str, t.Any]) -> System | None:
    """The system that a task is for; None where its option C(system) is wrong or missing."""
    module = MODULES[name]
    chosen = module.systems[0] if len(module.systems) == 1 else params.get("system")
    return REGISTERED[chosen].system if chosen in module.systems else None


def connection_options(name: str) -> dict[str, tuple[Option, tuple[System, ...]]]:
    """The connection options of a module, each with the systems that have it."""
    found: dict[str, tuple[Option, tuple[System, ...]]] = {}
    for system in systems_of(name):
        for option in system.options:
            known = found.get(option.option, (option, ()))
            found[option.option] = (known[0], (*known[1], system))
    return found


@functools.cache
def secret_options(name: str) -> frozenset[str]:
    """The options of a module that are secrets as a whole."""
    login = {option_name for option_name, (option, dummy) in connection_options(name).items() if option.secret}
    return frozenset({field.name for field in options(name) if field.secret} | login)


@functools.cache
def module_spec(name: str) -> Spec:
    """What AnsibleModule takes: C(argument_spec), C(mutually_exclusive), C(supports_check_mode).

    Connection options have neither default nor fallback: what isn't given has to be told apart (C(resolve) fills it in).
    """
    spec = {field.name: _field_spec(field) for field in options(name)}
    for option_name, (option, dummy) in connection_options(name).items():
        spec[option_name] = _no_log({"type": option.type}, option_name, option.secret)
    exclusive = [list(group) for group in MODULES[name].exclusive]
    return {"argument_spec": spec, "mutually_exclusive": exclusive, "supports_check_mode": True}


def validated(name: str, arguments: t.Mapping[str, t.Any]) -> t.Any:
    """Ansible's ValidationResult for a module's arguments, with their defaults."""
    return validator(name).validate(arguments)


@functools.cache
def validator(name: str) -> t.Any:
    """Ansible's check of a module's arguments, which takes any number of them one after the other."""
    spec = module_spec(name)
    return ArgumentSpecValidator(spec["argument_spec"], mutually_exclusive=spec["mutually_exclusive"])


def _field_spec(field: Field) -> Spec:
    spec: Spec = {"type": field.given_as or field.type}
    if field.required:
        spec["required"] = True
    if field.choices:
        spec["choices"] = list(field.choices)
    if field.elements and not field.given_as:
        spec["elements"] = field.elements
    if field.default is not None:
        spec["default"] = field.default
    return _no_log(spec, field.name, field.secret)


def _no_log(spec: Spec, name: str, secret: bool) -> Spec:
    """Said in so many words where Ansible would guess from the name."""
    if secret or _LOOKS_SECRET.search(name):
        spec["no_log"] = secret and not MASKS_ALL_OUTPUT
    return spec


def register_login(secrets: t.Iterable[str]) -> None:
    """Let Ansible mask the secrets of a login in all output of the run, where it can; there is no way back."""
    if register_secrets is not None:
        register_secrets([secret for secret in secrets if len(secret) >= REGISTERED_FROM])
