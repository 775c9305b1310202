# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Module files: full documentation, and five lines of code."""

from __future__ import annotations

import typing as t

from ansible_collections.telephony.pbx.plugins.module_utils._engine.state import State
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import (
    INCLUDE_SECRETS,
    RAW_MODULE,
    connection_options,
    options,
)
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import COMMON
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, REGISTERED
from generator.text import AUTHOR, LICENSE, REQUIREMENTS, Doc, connection_doc, dump, option_doc, return_doc

CODE = '''#!/usr/bin/python
{license}# Written by dev/generate.py from {source}. Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
{documentation}"""

EXAMPLES = r"""
{examples}"""

RETURN = r"""
{returned}"""

from ..module_utils._faces.module import run_module


def main():
    run_module("{name}")


if __name__ == "__main__":
    main()
'''
RAW_DESCRIPTION = (
    "Sends any call of a system's API, for what has no module of its own yet.",
    "Login, base path, paging, repeats, time-outs, TLS and the masking of secrets are those of the other modules.",
)
RUNNING = {
    "description": [
        "Whether the running system does what is stored.",
        "V(as stored) where that was seen (in check mode, will be), otherwise V(not compared) with the reason.",
    ],
    "type": "str",
    "returned": "success",
    "sample": "as stored",
}
ERROR = {
    "description": ["What went wrong, for programs. RV(ignore:msg) says the same in one line."],
    "type": "dict",
    "returned": "failure",
    "contains": {
        "kind": {
            "description": [
                "V(bad_input), V(connection), V(tls), V(protocol), V(authentication), V(permission), V(not_found),"
                " V(unsupported), V(conflict), V(rate_limit), V(server), V(ambiguous_write) or V(not_applied)."
            ],
            "type": "str",
            "returned": "failure",
            "sample": "authentication",
        },
        "effect": {
            "description": [
                "What the task has done to the system all the same. V(none): nothing. V(partial): a part of it, which the"
                " message names. V(done): all of it, but it isn't in force. V(unknown): that can't be told.",
                "RV(ignore:changed) is true where it is V(partial) or V(done).",
            ],
            "type": "str",
            "returned": "failure",
            "sample": "none",
        },
        **{
            name: {"description": [text], "type": kind, "returned": "when known", "sample": sample}
            for name, text, kind, sample in (
                ("message", "The cause.", "str", "user name or password is wrong"),
                ("system", "Which system.", "str", "Jade at https://pbx.example.com:8081"),
                ("method", "HTTP method of the call.", "str", "POST"),
                ("path", "Path of the call, without its query.", "str", "/v1/admin/login"),
                ("status", "HTTP status of the answer.", "int", 404),
                ("code", "The server's own error code.", "raw", 10004),
                ("text", "The server's own words.", "str", "TOKEN EXPIRED"),
                ("request_id", "The server's ID of the request.", "str", "5ed01d8b-44f2-44a7-a868-2c7ba3a090d4"),
                ("hint", "What to try.", "str", "Check api_username and api_password"),
            )
        },
    },
}


SHORT_ERROR = {
    "description": [
        "What went wrong, for programs, with the parts that M(telephony.pbx.api) describes.",
        "RV(ignore:msg) says the same in one line.",
    ],
    "type": "dict",
    "returned": "failure",
    "sample": {"kind": "authentication", "effect": "none", "message": "user name or password is wrong", "status": 401},
}


def module_file(name: str, examples: str) -> str:
    """The text of one module file."""
    item = None if name == RAW_MODULE else MODULES[name]
    return CODE.format(
        license=LICENSE,
        source=_source(item),
        documentation=dump(_documentation(name, item)),
        examples=examples,
        returned=dump(_returned(item)),
        name=name,
    )


def _source(item: Resource | State | None) -> str:
    if item is None:
        return "module_utils/_engine/raw.py"
    system = (item if isinstance(item, Resource) else item.resource).system
    return f"the description in module_utils/_systems ({system})"


def _documentation(name: str, item: Resource | State | None) -> Doc:
    doc: Doc = {"module": name, "short_description": _title(item)}
    doc["version_added"] = item.since if item else "0.1.0"
    doc["description"] = list(item.description if item else RAW_DESCRIPTION)
    doc["author"] = AUTHOR
    if _attributes(item):
        doc["attributes"] = _attributes(item)
    requirements = [*(REQUIREMENTS if item is None else []), *(["jmespath, for O(query)"] if _has_query(name) else [])]
    if requirements:
        doc["requirements"] = requirements
    doc["options"] = {field.name: option_doc(field) for field in options(name)}
    if item is None:
        for option_name, (option, systems) in connection_options(name).items():
            doc["options"][option_name] = connection_doc(option, systems, plugin=False)
            if option in COMMON and option.default is not None:
                doc["options"][option_name]["description"].append(f"Otherwise V({str(option.default).lower()}).")
    doc["extends_documentation_fragment"] = [
        *([f"telephony.pbx.{_system(item)}"] if item else []),
        f"telephony.pbx.attributes.{'info' if isinstance(item, Resource) else 'state'}",
    ]
    if item and item.notes:
        doc["notes"] = list(item.notes)
    seealso = _seealso(item)
    if seealso:
        doc["seealso"] = [{"module": f"telephony.pbx.{module}"} for module in seealso]
    return doc


def _system(item: Resource | State) -> str:
    return item.system if isinstance(item, Resource) else item.resource.system


def _has_query(name: str) -> bool:
    return any(field.name == "query" for field in options(name))


def _title(item: Resource | State | None) -> str:
    if item is None:
        return "Call any method and path of a telephony system's API"
    if isinstance(item, State):
        return item.title
    system = REGISTERED[item.system].system
    return f"List {item.plural.replace('_', ' ').replace('pbxs', 'PBXs')} of {system.title}"


def _attributes(item: Resource | State | None) -> Doc:
    """What is not as the fragment says it for all modules of the kind."""
    if item is None:
        return {
            "diff_mode": {"support": "none"},
            "idempotent": {"support": "none", "details": ["It does what it is told, each time."]},
            "check_mode": {"details": ["A call that changes something isn't sent. See O(changes)."]},
        }
    if isinstance(item, State) and item.idempotent != "full":
        return {"idempotent": {"support": item.idempotent, "details": [item.idempotent_details]}}
    return {}


def _seealso(item: Resource | State | None) -> list[str]:
    """The other modules for the same object."""
    if item is None:
        return []
    if isinstance(item, Resource):
        return [s.module for s in REGISTERED[item.system].states if s.resource.list_path == item.list_path]
    registered = REGISTERED[item.resource.system].resources
    return [resource.info_module for resource in registered if resource.list_path == item.resource.list_path]


def _returned(item: Resource | State | None) -> Doc:
    if item is None:
        found = _raw_return()
    elif isinstance(item, Resource):
        found = _info_return(item)
    else:
        found = _state_return(item)
    return {**found, "error": ERROR if item is None else SHORT_ERROR}


def _contains(fields: t.Iterable[Field], always_masked: bool) -> Doc:
    masked = "Always masked." if always_masked else f"Masked unless asked for with O({INCLUDE_SECRETS.name}=true)."
    return {field.name: return_doc(field, masked) for field in fields}


def _info_return(item: Resource) -> Doc:
    doc: Doc = {
        item.plural: {
            "description": ["What was found, in the order of the server. Nothing is an empty list."],
            "type": "list",
            "elements": "dict",
            "returned": "success",
            "contains": _contains(item.fields, always_masked=False),
        },
        "count": {"description": ["How many."], "type": "int", "returned": "success", "sample": 1},
        "query_result": {
            "description": ["What O(query) makes of the list."],
            "type": "raw",
            "returned": "when O(query) is given",
        },
        "raw": {
            "description": ["The same objects as the server sent them."],
            "type": "list",
            "elements": "dict",
            "returned": "when O(raw) is true",
        },
    }
    return doc


def _state_return(item: State) -> Doc:
    return {
        item.noun: {
            "description": [
                "The object as it is after the task; V(null) if it doesn't exist.",
                "In check mode as it would be. Fields that only the server can know are then V(null) or as before.",
            ],
            "type": "dict",
            "returned": "success",
            "contains": _contains(item.resource.fields, always_masked=True),
        },
        "action": {
            "description": ["What was done, or would be in check mode: V(create), V(update), V(delete) or V(keep)."],
            "type": "str",
            "returned": "success",
            "sample": "update",
        },
        **({"running": RUNNING} if item.has_runtime else {}),
    }


def _raw_return() -> Doc:
    return {
        "result": {
            "description": [
                "The answer without the system's envelope: what Jade has under C(result), Yeastar Central Management under"
                " C(data), AICC under C(result), and the whole answer of a Yeastar P-Series and of TelecomX.",
                "V(null) for a call that isn't sent because of check mode.",
                f"Values that are called a password, token or secret are masked unless O({INCLUDE_SECRETS.name}=true).",
            ],
            "type": "raw",
            "returned": "success",
        },
        "status": {"description": ["HTTP status of the answer."], "type": "int", "returned": "success", "sample": 200},
        "query_result": {
            "description": ["What O(query) makes of RV(result)."],
            "type": "raw",
            "returned": "when O(query) is given",
        },
    }
