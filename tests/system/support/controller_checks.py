# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX checks of credential types and surveys, and how it hands credentials to a job. Written from its documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

Object = dict[str, Any]
ENCRYPTED = "$encrypted$"
VARIABLE = re.compile(r"[a-zA-Z_]+[a-zA-Z0-9_]*")
QUESTION_TYPES = {
    **dict.fromkeys(("text", "textarea", "password", "multiplechoice", "multiselect"), str),
    "integer": int,
    "float": (float, int),
}
INPUT_KEYS = {"id", "label", "type", "help_text", "secret", "multiline", "choices", "default", "format"}
NO_VARIABLES = {"PATH", "HOME", "PYTHONPATH", "LD_PRELOAD", "INVENTORY_ID", "JOB_ID", "VIRTUAL_ENV"}


class Refusal(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(str(body))
        self.status, self.body = status, body


def wrong(**errors: str) -> Refusal:
    """A validation error."""
    return Refusal(400, {name: [text] for name, text in errors.items()})


def check_credential_type(row: Object) -> None:
    """Refuse what AWX refuses: unknown keys, reserved variables, templates that use what no field defines."""
    if row["kind"] not in ("cloud", "net"):
        raise wrong(kind=f"Must be 'cloud' or 'net', not {row['kind']}")
    names = []
    for field in row["inputs"].get("fields", []):
        if unknown := set(field) - INPUT_KEYS:
            raise wrong(inputs=f"Additional properties are not allowed ({unknown.pop()!r} was unexpected)")
        if not {"id", "label"} <= set(field) or not VARIABLE.fullmatch(field["id"]) or field["id"] == "tower":
            raise wrong(inputs=f"{field.get('id')} is an invalid variable name")
        if field["type"] == "string" and not isinstance(field.get("default", ""), str):
            raise wrong(inputs=f"{field['default']} is not a string")
        names.append(field["id"])
    if len(names) != len(set(names)) or not set(row["inputs"].get("required", [])) <= set(names):
        raise wrong(inputs="field IDs must be unique")
    if unknown := set(row["injectors"]) - {"file", "env", "extra_vars"}:
        raise wrong(injectors=f"Additional properties are not allowed ({unknown.pop()!r} was unexpected)")
    files = row["injectors"].get("file", {})
    if bad := [name for name in files if not re.fullmatch(r"template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?", name)]:
        raise wrong(injectors=f"{bad[0]!r} does not match any of the regexes")
    filename = {name.partition(".")[2]: "EXAMPLE_FILENAME" for name in files}
    space = {**dict.fromkeys(names, "EXAMPLE"), "tower": {"filename": filename}}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for name, template in {**files, **row["injectors"].get("env", {})}.items():
        if name.startswith("ANSIBLE_") or name in NO_VARIABLES:
            raise wrong(injectors=f"Environment variable {name} is not allowed to be used in credentials.")
        try:
            environment.from_string(template).render(space)
        except UndefinedError as error:
            raise wrong(injectors=f"{name} uses an undefined field ({error})") from None


def checked_survey(spec: Object) -> Object:
    """The survey as AWX keeps it, or a refusal."""
    for name, kind in (("name", str), ("description", str), ("spec", list)):
        if not isinstance(spec.get(name), kind):
            raise Refusal(400, {"error": f"Field '{name}' is missing from survey spec."})
    seen = set()
    for number, question in enumerate(spec["spec"]):
        for name, kind in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
            if not isinstance(question.get(name), kind):
                raise Refusal(400, {"error": f"'{name}' missing from survey question {number}"})
        if question["variable"] in seen:
            raise Refusal(400, {"error": f"'variable' '{question['variable']}' duplicated in survey question {number}."})
        seen.add(question["variable"])
        _check_question(number, question)
    return spec


def _check_question(number: int, question: Object) -> None:
    if question["type"] not in QUESTION_TYPES:
        raise Refusal(400, {"error": f"'{question['type']}' in survey question {number} is not one of the allowed ones."})
    default = question.get("default", "")
    if default != "" and not isinstance(default, QUESTION_TYPES[question["type"]]):
        raise Refusal(400, {"error": f"Default value {default} in survey question {number} expected to be {question['type']}."})
    for name in ("min", "max"):
        if question.get(name) is not None and not isinstance(question[name], int):
            raise Refusal(400, {"error": f"The {name} limit in survey question {number} expected to be integer."})
    if question["type"].startswith("multi"):
        choices = question["choices"].splitlines()
        if any(choice not in choices for choice in default.splitlines()):
            raise Refusal(400, {"error": "Default choice must be answered from the choices listed."})
    if question["type"] == "password" and "default" in question:
        question["default"] = ENCRYPTED


def inject(kind: Object, inputs: dict[str, str], folder: Path) -> dict[str, str]:
    """The environment that a job gets from a credential: empty inputs are undefined, and each file is written."""
    folder.mkdir()
    filename: dict[str, str] = {}
    space: Object = {name: value for name, value in inputs.items() if value}
    space["tower"] = {"filename": filename}
    environment = ImmutableSandboxedEnvironment()
    for label, template in kind["injectors"].get("file", {}).items():
        file = folder / f"tmp_{label}"
        file.write_text(environment.from_string(template).render(space), encoding="utf-8")
        filename[label.partition(".")[2]] = str(file)
    return {name: environment.from_string(template).render(space) for name, template in kind["injectors"]["env"].items()}
