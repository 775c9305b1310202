# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options that a task's host has as variables, and the refusal to let several hosts share an address by chance."""

from __future__ import annotations

import typing as t

from ..module_utils._http.errors import BadInput
from ..module_utils._model.option import Option, typed
from ..module_utils._model.options import System, open_options
from .untrusted import may_be_template, trust_as_template

try:
    from ansible.errors import AnsibleValueOmittedError as OMITTED
except ImportError:  # ansible-core before 2.19, where omit is a text
    OMITTED = ()
# Before ansible-core 2.19 a password such as [a] would become a list; what needs a type gets it here anyway.
AS_TEXT: dict[str, t.Any] = {} if trust_as_template else {"convert_data": False}
Variables = t.Mapping[str, t.Any]


def host_options(system: System, given: Variables, variables: Variables, templar: t.Any) -> dict[str, t.Any]:
    """What the variables of the host add to the options that are given, by the options' names and with their types.

    ``variables``: those of C(inventory_hostname), not yet templated. Text that is marked as unsafe, or that isn't trusted,
    stays as it is. Raises BadInput that names the variable, and doesn't show what may be a secret.
    """
    found: dict[str, t.Any] = {}
    for option in open_options(system, given):
        name = system.variable(option)
        value = _templated(name, option, variables.get(name), variables, templar)
        if value is not None:
            found[option.option] = typed(option, value, name)
    return found


def refuse_shared_address(system: System, given: Variables, variables: Variables, run_once: bool | None) -> None:
    """Raise BadInput where the environment's address would stand for several hosts that each are a system of their own.

    ``given``: the options of the task and of its host. ``run_once``: whether the task is; None for a lookup, which can't know.
    What is evaluated for no host, such as the C(hosts) of a play, is evaluated once.
    """
    if not system.per_host or given.get("api_url") is not None or run_once or "inventory_hostname" not in variables:
        return
    # A variable that is read by hostvars knows nothing of the play.
    hosts, where = variables.get("ansible_play_hosts_all"), "this play"
    if hosts is None:
        hosts, where = variables.get("groups", {}).get("all", ()), "the inventory"
    if len(hosts) < 2:
        return
    address = system.url
    raise BadInput(
        f"{variables['inventory_hostname']} has no variable {system.variable(address)}, and all {len(hosts)} hosts of {where}"
        f" would share the address that is in the environment variable {system.env(address)}",
        system=system.title,
        hint="Set the variable for each host. If one PBX is meant for all of them, set it in the vars of the play"
        + (" or in those of a group" if run_once is None else ", set api_url in module_defaults, or use run_once"),
    )


def _templated(name: str, option: Option, value: t.Any, variables: Variables, templar: t.Any) -> t.Any:
    """The value of a variable; None for one that is left out by C(omit). What is vaulted is no template."""
    if not may_be_template(value):
        return value
    try:
        value = templar.template(value, **AS_TEXT)
    except OMITTED:
        return None
    except Exception as error:  # what the template calls may raise anything
        why = "" if option.secret else f": {error}"
        failure = BadInput(f"the variable {name} is a template that fails{why}")
    else:
        return None if value == variables.get("omit") else value
    raise failure from None
