# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles that bring a PBX to what a list says: the options of an entry are those of the module.

Where one module does it all, the whole role is written; the others have tasks of their own, written by hand.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.telephony.pbx.plugins.module_utils._engine.state import RELOAD, UPDATE_PASSWORD, State
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import options
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from generator.text import LICENSE, Doc, dump, option_doc

SOURCE = "# Written by dev/generate.py from the description of {modules}. Change it there.\n---\n"
PURGE_LIMIT = 5
NEW_PASSWORD = "new_password"
_MARKUP = re.compile(r"\b(?:O|RV)\(([^)]*)\)")


@dataclass(frozen=True)
class Role:
    """``modules``: those whose options an entry may have. ``title``: what the list holds, in sentences."""

    name: str
    modules: tuple[str, ...]
    title: str
    purges: bool = True
    own_tasks: bool = False
    keep: bool = False  # accounts that purging has to spare

    @property
    def state(self) -> State:
        """The module that decides what its entries look like."""
        return t.cast(State, MODULES[self.modules[0]])

    @property
    def key(self) -> str:
        """The option that names an entry."""
        return self.state.resource.key

    @property
    def extras(self) -> tuple[Field, ...]:
        """Options that may be given once for the whole list."""
        found = {field.name for module in self.modules for field in options(module)}
        return tuple(extra for extra in (RELOAD, UPDATE_PASSWORD) if extra.name in found)

    @property
    def has_password(self) -> bool:
        """Whether entries may have a password."""
        return UPDATE_PASSWORD in self.extras


ROLES = (
    Role("jade_modules", ("jade_module",), "modules of Asterisk", purges=False, own_tasks=True),
    Role("jade_parking_lots", ("jade_parking_lot",), "parking lots"),
    Role("jade_queues", ("jade_queue",), "queues"),
    Role("jade_trunks", ("jade_trunk",), "trunks"),
    Role("jade_users", ("jade_manager_user", "jade_user"), "accounts", own_tasks=True, keep=True),
)

TASKS = """\
- name: Check the list
  ansible.builtin.import_role:
    name: telephony.pbx.jade_list
    tasks_from: check
  vars:
    jade_list_option: ROLE_list
    jade_list_names: "{{ ROLE_names }}"
  tags: [ROLE]

- name: See which TITLE there are
  telephony.pbx.INFO:
  register: ROLE_found
  when: ROLE_purge | bool
  tags: [ROLE, ROLE_purge]

- name: Refuse to remove too many
  ansible.builtin.import_role:
    name: telephony.pbx.jade_list
    tasks_from: purge
  vars:
    jade_list_option: ROLE_purge_limit
    jade_list_limit: "{{ ROLE_purge_limit }}"
    jade_list_surplus: "{{ ROLE_surplus }}"
  when: ROLE_purge | bool
  tags: [ROLE, ROLE_purge]

- name: Change TITLE, and sum up whatever happens
  tags: [ROLE]
  block:
    - name: Create, change and remove TITLE
      telephony.pbx.MODULE:
        KEY: "{{ ROLE_name }}"
      # All that an entry holds becomes options of the module.
      module_defaults:
        telephony.pbx.MODULE: "{{ OPTIONS }}"
      # Ansible prints what it loops over: names only, never an entry with its secrets.
      loop: "{{ ROLE_names }}"
      loop_control:
        loop_var: ROLE_name
        index_var: ROLE_position
      register: ROLE_changed

    - name: Remove TITLE that are not listed
      telephony.pbx.MODULE:
        KEY: "{{ ROLE_name }}"
        state: absent
      loop: "{{ ROLE_surplus if ROLE_purge | bool else [] }}"
      loop_control:
        loop_var: ROLE_name
      register: ROLE_removed
      tags: [ROLE_purge]
  always:
    - name: Sum up
      ansible.builtin.import_role:
        name: telephony.pbx.jade_list
        tasks_from: summary
      vars:
        jade_list_title: TITLE
        jade_list_results: "{{ ROLE_changed.results | default([]) + ROLE_removed.results | default([]) }}"
"""
VARS = """\
ROLE_names: "{{ ROLE_list | map(attribute='KEY') }}"
ROLE_surplus: "{{ ROLE_found.PLURAL | map(attribute='KEY') | difference(ROLE_names) | sort }}"
ROLE_defaults: "{{ DEFAULTS }}"
"""
# Entries that log in, but have no password of their own, are created with this one.
INITIAL = """\
ROLE_initial: "{{ {'password': ROLE_new_password, 'update_password': 'on_create'} if ROLE_new_password else {} }}"
ROLE_needing: "{{ ROLE_list | selectattr('username', 'defined') | rejectattr('password', 'defined') | map(attribute='KEY') }}"
ROLE_options: >-
  {{ ROLE_defaults | combine(ROLE_initial if ROLE_name in ROLE_needing else {}, ROLE_list[ROLE_position]) }}
"""


def files() -> dict[str, str]:
    """Path below roles/ and text of each file that follows from the descriptions."""
    found = {}
    for role in ROLES:
        found[f"{role.name}/meta/argument_specs.yml"] = _headed(role, dump({"argument_specs": {"main": _spec(role)}}))
        found[f"{role.name}/meta/main.yml"] = _headed(role, dump(_meta(role)))
        found[f"{role.name}/defaults/main.yml"] = _headed(role, dump(_defaults(role)))
        if not role.own_tasks:
            options_of_one = "ROLE_options" if role.has_password else "ROLE_defaults | combine(ROLE_list[ROLE_position])"
            found[f"{role.name}/tasks/main.yml"] = _headed(role, _filled(role, TASKS.replace("OPTIONS", options_of_one)))
            found[f"{role.name}/vars/main.yml"] = _headed(role, _filled(role, VARS + INITIAL if role.has_password else VARS))
    return found


def _headed(role: Role, text: str) -> str:
    return LICENSE + SOURCE.format(modules=" and ".join(role.modules)) + text


def _filled(role: Role, template: str) -> str:
    resource = role.state.resource
    passed = ", ".join(f"'{extra.name}': {role.name}_{extra.name}" for extra in role.extras)
    words = {
        "ROLE": role.name, "TITLE": role.title, "MODULE": role.modules[0], "INFO": resource.info_module, "KEY": role.key,
        "PLURAL": resource.plural, "DEFAULTS": f"{{{passed}}}",
    }  # fmt: skip
    return re.sub("|".join(words), lambda match: words[match[0]], template)


def _meta(role: Role) -> Doc:
    info = {
        "author": "the telephony.pbx authors",
        "description": f"Bring the {role.title} of a Jade PBX to what a list says",
        "license": "GPL-3.0-or-later",
        "min_ansible_version": "2.16",
        "platforms": [{"name": "GenericLinux", "versions": ["all"]}],
        "galaxy_tags": ["telephony", "pbx", "asterisk"],
    }
    return {"galaxy_info": info, "dependencies": []}


def _defaults(role: Role) -> Doc:
    found: Doc = {f"{role.name}_{extra.name}": extra.default for extra in role.extras}
    if role.has_password:
        found[f"{role.name}_{NEW_PASSWORD}"] = ""
    if role.purges:
        found.update({f"{role.name}_purge": False, f"{role.name}_purge_limit": PURGE_LIMIT})
    if role.keep:
        found[f"{role.name}_purge_keep"] = ["admin"]
    return found


def _spec(role: Role) -> Doc:
    return {
        "short_description": f"Bring the {role.title} of a Jade PBX to what a list says",
        "description": [
            f"Creates, changes and removes {role.title}, one after the other, and sums up what it did.",
            "Where to find the PBX and as whom to log in comes from C(module_defaults) of the play, or from the environment.",
        ],
        "options": dict(_role_options(role)),
    }


def _role_options(role: Role) -> t.Iterator[tuple[str, Doc]]:
    entries = "names, or of entries with these options" if role.name == "jade_modules" else "entries with these options"
    entry: Doc = {
        "type": "list",
        "required": True,
        "description": [f"The {role.title}: a list of {entries}. It may be empty."],
    }
    if role.name == "jade_modules":
        yield f"{role.name}_list", {**entry, "elements": "raw"}
    else:
        yield f"{role.name}_list", {**entry, "elements": "dict", "options": _entry_options(role)}
    for extra in role.extras:
        yield f"{role.name}_{extra.name}", {**_plain(option_doc(extra))}
    if role.has_password:
        yield (
            f"{role.name}_{NEW_PASSWORD}",
            {
                "type": "str",
                "default": "",
                "no_log": True,
                "description": [
                    f"Password for {role.title} that are created with a user name, but without a password in the list.",
                    "Those that exist keep theirs. If empty, they get none from here.",
                ],
            },
        )
    if not role.purges:
        return
    yield (
        f"{role.name}_purge",
        {
            "type": "bool",
            "default": False,
            "description": [
                f"Whether to remove the {role.title} that are not listed, so that the list is all there is.",
                "Nothing is removed if a listed one fails.",
            ],
        },
    )
    yield (
        f"{role.name}_purge_limit",
        {
            "type": "int",
            "default": PURGE_LIMIT,
            "description": [
                "How many may be removed for not being listed. If there are more, nothing at all is changed.",
                "It guards against a list that was cut off, or is meant for another PBX.",
            ],
        },
    )
    if role.keep:
        yield (
            f"{role.name}_purge_keep",
            {
                "type": "list",
                "elements": "str",
                "default": ["admin"],
                "description": ["Accounts that are kept although they aren't listed, besides the one that is logged in."],
            },
        )


def _entry_options(role: Role) -> Doc:
    """Options of all its modules, as far as they can be given for one entry."""
    found: Doc = {}
    for module in role.modules:
        for field in options(module):
            doc = _plain(option_doc(field))
            doc.pop("default", None)  # the module's own counts
            if field.name == role.key:
                doc["required"] = True
            if field.secret:
                doc["no_log"] = True
            found.setdefault(field.name, doc)
    return found


def _plain(doc: Doc) -> Doc:
    """Without references to options, which are a module's own and would be looked for among the role's."""
    return {**doc, "description": [_MARKUP.sub(lambda match: f"C({match[1]})", text) for text in doc["description"]]}
