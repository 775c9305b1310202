# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for AWX: credential types, surveys, and the project's playbooks."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._model.options import Option, System
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from generator.playbooks import NEW_PASSWORD, PLAYBOOKS, Playbook, settings
from generator.roles import PURGE_LIMIT
from generator.text import LICENSE, Doc, dump

SOURCE = "# Written by dev/generate.py{origin}. Change it there.\n---\n"
LEFT_OUT = ("token_cache",)  # a job runs in a container of its own, where the default directory is a fresh one
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


def files() -> dict[str, str]:
    """Path below playbooks/files/awx and text of each file."""
    found = {}
    for entry in REGISTERED.values():
        origin = " from module_utils/_model/options.py"
        found[f"credential_types/{entry.system.name}.yml"] = _headed(dump(credential_type(entry.system)), origin)
    for playbook in PLAYBOOKS:
        found[f"surveys/{playbook.name}.yml"] = _headed(dump(survey(playbook)))
        found[f"project/{playbook.name}.yml"] = _headed(_imported(playbook))
    return found


def _headed(text: str, origin: str = "") -> str:
    return LICENSE + SOURCE.format(origin=origin) + text


def _imported(playbook: Playbook) -> str:
    return f"- name: {playbook.title}\n  ansible.builtin.import_playbook: telephony.pbx.{playbook.name}\n"


def credential_type(system: System) -> Doc:
    """As AWX takes it. An input that isn't given is undefined in its templates, and an empty variable counts as not given."""
    options = [option for option in system.options if option.name not in LEFT_OUT]
    options += MORE.get(system.name, ())
    environment, written = {}, {}
    for option in options:
        name = FILES.get(option.name, option.name)
        value = f'{{{{ {name} | default("") }}}}'
        if option.name in FILES:
            written[f"template.{name}"] = value
            value = f'{{{{ tower.filename.{name} if {name} | default("") else "" }}}}'
        environment[system.env(option)] = value
    return {
        "name": f"telephony.pbx {system.title}",
        "description": f"How to reach {system.title}, and as whom to log in",
        "kind": "cloud",
        "inputs": {
            "fields": [_input(system, option) for option in options],
            "required": [] if system.name in MANY_SERVERS else ["url"],
        },
        "injectors": {"file": written, "env": environment},
    }


def _input(system: System, option: Option) -> Doc:
    name = FILES.get(option.name, option.name)
    found: Doc = {"id": name, "label": _label(name), "type": "string", "help_text": _help(system, option)}
    if option.secret or option.name == "client_key":
        found["secret"] = True
    if option.name in FILES:
        found["multiline"] = True
    if option.type == "bool":
        # AWX takes the first for what isn't chosen. A boolean that isn't given would arrive as False.
        found["choices"] = list(SWITCH if option.default else SWITCH[::-1])
        found["default"] = found["choices"][0]
    return found


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


def survey(playbook: Playbook) -> Doc:
    """As AWX takes it. Choices are lines of one text, which all versions of its interface can show."""
    questions = [_entries(playbook)]
    questions += [_QUESTIONS[name]() for name, dummy in settings(playbook.role)]
    questions.append(_which_hosts())
    return {"name": "", "description": "", "spec": questions}


def _question(variable: str, kind: str, name: str, description: str, **more: t.Any) -> Doc:
    question = {
        "variable": variable, "question_name": name, "question_description": description, "type": kind,
        "required": True, "min": None, "max": None, "default": "", "choices": "",
    }  # fmt: skip
    return {**question, **more}


def _entries(playbook: Playbook) -> Doc:
    text = f"YAML: {' '.join(playbook.entries)}"
    if playbook.with_secrets:
        text += " Without passwords, which this field shows; there is a question for them below."
    name = playbook.variable.replace("_", " ").capitalize()
    return _question(playbook.variable, "textarea", name, text, min=0, max=100000)


def _choice(variable: str, name: str, description: str, *choices: str) -> Doc:
    return _question(variable, "multiplechoice", name, description, choices="\n".join(choices), default=choices[0])


def _which_hosts() -> Doc:
    text = "Names or groups of the inventory, with commas between. All of them if empty."
    return _question("pbx_hosts", "text", "Which PBXs", text, required=False, min=0, max=1024)


def _how_many() -> Doc:
    text = "How many may be removed for not being listed. If there are more, nothing at all is changed."
    return _question("purge_limit", "integer", "Limit of removals", text, min=0, max=100000, default=PURGE_LIMIT)


def _password() -> Doc:
    text = "For those that are created without a password of their own in the list. Existing ones keep theirs."
    question = _question(NEW_PASSWORD, "password", "Password of new ones", text, required=False, min=0, max=1024)
    del question["default"]  # AWX would encrypt it and never show it again, so that no comparison held
    return question


def _spared() -> Doc:
    text = "Accounts that are kept although they aren't listed, with commas between."
    return _question("purge_keep", "text", "Accounts to keep", text, required=False, min=0, max=1024, default="admin")


_QUESTIONS: dict[str, t.Callable[[], Doc]] = {
    "reload": lambda: _choice("reload", "Reload", "Whether Asterisk takes over each change at once.", *SWITCH),
    "update_password": lambda: _choice(
        "update_password", "Passwords in the list", "Whether they are set always, or only for what is created.",
        "always", "on_create",
    ),
    NEW_PASSWORD: _password,
    "purge": lambda: _choice("purge", "Remove what isn't listed", "The list is then all there is.", *SWITCH[::-1]),
    "purge_limit": _how_many,
    "purge_keep": _spared,
}  # fmt: skip
