# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks: each runs one role over the PBXs of the inventory, with short names for its variables."""

from __future__ import annotations

from dataclasses import dataclass

from generator.roles import NEW_PASSWORD, PURGE_LIMIT, ROLES, Role
from generator.text import LICENSE

PLAYBOOK = """\
# Written by dev/generate.py. Change it there.
#
# {does} on each PBX.
#
#   ansible-playbook telephony.pbx.{name} {example} --check --diff
#
{help}
#
# Variables of a host: pbx_api_url, pbx_api_username, pbx_api_password, pbx_api_ca_path. What a host lacks comes from the
# environment: JADE_URL, JADE_USERNAME, JADE_PASSWORD, JADE_CA_PATH.
---
- name: {title}
  hosts: "{{{{ pbx_hosts | default('all' if groups['all'] else 'localhost', true) }}}}"
  connection: local
  gather_facts: false
  module_defaults:
    group/telephony.pbx.jade:
      api_url: "{{{{ pbx_api_url | default(omit) }}}}"
      api_username: "{{{{ pbx_api_username | default(omit) }}}}"
      api_password: "{{{{ pbx_api_password | default(omit) }}}}"
      api_ca_path: "{{{{ pbx_api_ca_path | default(omit) }}}}"
  vars:
    # A survey of AWX, or -e name=value, can give a list only as text.
    entries: "{{{{ {variable} | from_yaml if {variable} is string else {variable} }}}}"
  tasks:
    - name: Check the variables
      ansible.builtin.import_tasks: tasks/variables.yml
      vars:
        variables_role: {role}
        variables_list: {variable}
        variables_given:
{given}

    - name: {title}
      ansible.builtin.import_role:
        name: telephony.pbx.{role}
      vars:
        {role}_list: "{{{{ entries }}}}"
{passed}
"""


@dataclass(frozen=True)
class Playbook:
    """``variable``: what its users call the role's list."""

    name: str
    role: Role
    variable: str
    does: str
    entries: tuple[str, ...]
    example: str = ""
    with_secrets: bool = False

    @property
    def title(self) -> str:
        """What its play is called."""
        return self.name.replace("_", " ").capitalize()


BY_NAME = {role.name: role for role in ROLES}
PLAYBOOKS = (
    Playbook(
        "edit_parking_lots",
        BY_NAME["jade_parking_lots"],
        "parking_lots",
        "Creates, changes and removes parking lots",
        (
            "a list of entries with name, and any other option of telephony.pbx.jade_parking_lot,",
            "such as parkpos, context, parkingtime, settings and state (present or absent).",
        ),
    ),
    Playbook(
        "edit_queues",
        BY_NAME["jade_queues"],
        "queues",
        "Creates, changes and removes queues",
        (
            "a list of entries with name, and any other option of telephony.pbx.jade_queue,",
            "such as strategy, members, maxlen, settings and state (present or absent).",
        ),
    ),
    Playbook(
        "edit_trunks",
        BY_NAME["jade_trunks"],
        "trunks",
        "Creates, changes and removes trunks",
        (
            "a list of entries with name, and any other option of telephony.pbx.jade_trunk,",
            "such as server_uri, client_uri, username, password and state (present or absent).",
        ),
        with_secrets=True,
    ),
    Playbook(
        "load_modules",
        BY_NAME["jade_modules"],
        "modules",
        "Loads, reloads and unloads modules of Asterisk, in the order given,",
        (
            "a list of names, or of entries with name and state (loaded, reloaded or unloaded).",
            "A name alone, or several with commas between, will do too: -e modules=app_queue.so",
        ),
        example="-e '{\"modules\": [\"app_queue.so\"]}'",
    ),
    Playbook(
        "manage_users",
        BY_NAME["jade_users"],
        "users",
        "Creates, changes and removes accounts of Jade",
        (
            "a list of entries with username, password, name, context, permissions and state",
            "(present or absent). With context or permissions the account gets a phone",
            "(telephony.pbx.jade_manager_user), without them it gets none (telephony.pbx.jade_user).",
        ),
        with_secrets=True,
    ),
)


def files() -> dict[str, str]:
    """Name and text of each playbook."""
    return {f"{playbook.name}.yml": LICENSE + "#\n" + _text(playbook) for playbook in PLAYBOOKS}


def _text(playbook: Playbook) -> str:
    role = playbook.role
    # A question of a survey that is left empty gives an empty text.
    given = [f'          {playbook.variable}: "{{{{ entries if {playbook.variable} is defined else omit }}}}"']
    given += [f'          {name}: "{{{{ {name} if {_is_given(name)} else omit }}}}"' for name, dummy in settings(role)]
    passed = [
        f'        {role.name}_{name}: "{{{{ {name} if {_is_given(name)} else {default} }}}}"'
        for name, default in settings(role)
    ]
    return PLAYBOOK.format(
        does=playbook.does, name=playbook.name, title=playbook.title, role=role.name, variable=playbook.variable,
        example=playbook.example or f"-e @{playbook.variable}.yml", help=_help(playbook),
        given="\n".join(given), passed="\n".join(passed),
    ).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"  # fmt: skip


def _is_given(name: str) -> str:
    return f"{name} | default('') != ''"


def settings(role: Role) -> list[tuple[str, str]]:
    """The role's other variables, without its prefix, each with its default as an expression."""
    found = [(extra.name, repr(extra.default).lower() if isinstance(extra.default, bool) else repr(extra.default))
             for extra in role.extras]  # fmt: skip
    if role.has_password:
        found.append((NEW_PASSWORD, "''"))
    if role.purges:
        found += [("purge", "false"), ("purge_limit", str(PURGE_LIMIT))]
    if role.keep:
        found.append(("purge_keep", "['admin']"))
    return found


def _help(playbook: Playbook) -> str:
    texts = {playbook.variable: _of_the_list(playbook)}
    texts.update({name: _HELP[name] for name, dummy in settings(playbook.role)})
    texts["pbx_hosts"] = (
        "Which hosts of the inventory. All by default; without an inventory, the one PBX of JADE_URL.",
    )
    width = max(map(len, texts))
    lines = []
    for name, text in texts.items():
        lines.append(f"# {name.ljust(width)}  {text[0]}")
        lines += [f"# {''.ljust(width)}  {more}" for more in text[1:]]
    return "\n".join(lines)


def _of_the_list(playbook: Playbook) -> tuple[str, ...]:
    first = (f"What there should be: {playbook.entries[0]}", *playbook.entries[1:])
    last = "Keep the file in a vault: it holds passwords." if playbook.with_secrets else ""
    return (*first, f"Required; may be empty. {last}".strip())


_HELP: dict[str, tuple[str, ...]] = {
    "reload": ("Whether Asterisk takes over each change at once. True by default.",),
    "update_password": ("always (the default), or on_create, which leaves the passwords of those that exist alone.",),
    NEW_PASSWORD: (
        "Password for those that are created without one of their own in the list.",
        "A survey of AWX asks for it without showing it.",
    ),
    "purge": ("Whether to remove what isn't listed. False by default.",),
    "purge_limit": (f"How many purge may remove; if there are more, nothing is changed. {PURGE_LIMIT} by default.",),
    "purge_keep": ("Accounts that purge spares, besides the one that is logged in. By default admin.",),
}
