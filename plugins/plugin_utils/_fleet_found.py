# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is made of: objects of an inventory's hosts, and of results of info modules."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Data = t.Dict[str, t.Any]
READ, FAILED, NOT_CONFIGURED = "read", "failed", "not configured"
# The variable of a host that holds an object, and the list in the result of the info module.
KINDS = {
    "cloud_pbx": "cloud_pbxs",
    "onsite_proxy": "onsite_proxies",
    "sip_phone": "sip_phones",
    "softphone": "softphones",
    "system": "systems",
    "trunk": "pjsip_registration_outbounds",
}
# Systems in the order of the report, with what is read of each.
SYSTEMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ycm": ("Yeastar Central Management", ("cloud_pbx",)),
    "yeastar": ("Yeastar P-Series", ("onsite_proxy",)),
    "telecomx": ("TelecomX", ("sip_phone",)),
    "aicc": ("Huawei AICC", ("softphone",)),
    "jade": ("Jade", ("system", "trunk")),
}
OF_HOSTS = ("cloud_pbx", "onsite_proxy", "sip_phone", "softphone")
ERROR = "pbx_error"  # why the inventory could not ask a Cloud PBX for its proxies
PARENT = "cloud_pbx_host"


@dataclass
class Found:
    """One object. ``host``: its name; ``parent``: the name of the Cloud PBX that it belongs to."""

    host: str
    object: Data
    parent: str = ""
    error: str = ""


@dataclass
class Fleet:
    """All objects by their kind, and of each system whether it could be read."""

    found: dict[str, list[Found]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    systems: list[Data] = field(default_factory=list)


def plain(value: t.Any) -> t.Any:
    """The same as ordinary dicts, lists and text: Ansible passes containers of its own, which JSON can't take."""
    if isinstance(value, t.Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return str.__str__(value)
    return value


def gather(hostvars: t.Mapping[str, t.Any], results: t.Iterable[t.Mapping[str, t.Any]]) -> Fleet:
    """The objects of all hosts and results. Raises ValueError."""
    if not isinstance(hostvars, t.Mapping):
        raise ValueError("it takes variables of hosts, such as hostvars")
    fleet = Fleet()
    get = _reader(hostvars)
    for host in hostvars:
        variables = get(host)
        for kind in OF_HOSTS:
            value = variables.get(kind)
            if isinstance(value, t.Mapping):
                more = str(variables.get(PARENT) or ""), str(variables.get(ERROR) or "")
                fleet.found[kind].append(Found(str(host), dict(value), *more))
    answers = list(results)
    for name, (title, kinds) in SYSTEMS.items():
        own = [one["result"] for one in answers if one.get("system") == name and not one["result"].get("skipped")]
        fleet.systems.append(_system(fleet, title, kinds, own))
    return fleet


def _reader(hostvars: t.Mapping[str, t.Any]) -> t.Callable[[str], t.Mapping[str, t.Any]]:
    """How to read the variables of a host as its inventory has set them, never as templates.

    By way of hostvars Ansible gathers all that may be known of a host: milliseconds for each, minutes for a large fleet.
    """
    find = getattr(getattr(hostvars, "_inventory", None), "get_host", None)
    if find is None:
        return getattr(hostvars, "raw_get", hostvars.__getitem__)
    return lambda host: getattr(find(host), "vars", {})


def _system(fleet: Fleet, title: str, kinds: tuple[str, ...], results: list[t.Mapping[str, t.Any]]) -> Data:
    """Add what was read of a system, and say how that went. What hosts of the inventory show isn't counted twice."""
    count = sum(len(fleet.found[kind]) for kind in kinds)
    said: Data = {"system": title, "state": READ if count else NOT_CONFIGURED, "source": "inventory" if count else "", "text": ""}
    if count:
        return {**said, "objects": count}
    for result in results:
        kind = next((kind for kind in kinds if KINDS[kind] in result), None)
        if kind is None:
            said.update(state=FAILED, text=" ".join(str(result.get("msg") or "no reason was given").split()))
            continue
        fleet.found[kind] += [Found(_name(one), dict(one)) for one in result[KINDS[kind]]]
        count += len(result[KINDS[kind]])
        said.update(source="API", state=said["state"] if said["state"] == FAILED else READ)
    return {**said, "objects": count}


def _name(found: t.Mapping[str, t.Any]) -> str:
    return str(found.get("name") or found.get("id") or "")
