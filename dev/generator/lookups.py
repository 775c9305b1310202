# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookup files: documentation, and the name of the system."""

from __future__ import annotations

from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import INCLUDE_SECRETS, QUERY
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import REGISTERED
from generator.text import AUTHOR, LICENSE, dump, option_doc

FILE = '''{license}# Written by dev/generate.py from the descriptions in module_utils/_systems. Change it there.

from __future__ import annotations

DOCUMENTATION = r"""
{documentation}"""

EXAMPLES = r"""
{examples}"""

RETURN = r"""
{returned}"""

from ..plugin_utils.lookup import ResourceLookup


class LookupModule(ResourceLookup):
    """Objects of {title}."""

    system = "{name}"
'''


def lookup_file(name: str, examples: str) -> str:
    """The text of one lookup file."""
    entry = REGISTERED[name]
    title = entry.system.title
    documentation = {
        "name": name,
        "short_description": f"Find objects of {title}",
        "version_added": "0.1.0",
        "author": AUTHOR,
        "description": [
            f"Returns objects of {title}, all of a kind or those with the given keys, in the same shape as the modules.",
            "Runs in the controller. Results are a list: use C(query), or C(lookup) for one object.",
        ],
        "requirements": ["jmespath, for O(query)"],
        "options": {
            "_terms": {
                "description": [
                    "What to find, singular or plural: " + _names(name) + ".",
                    "Then any number of keys, or lists of keys.",
                ],
                "type": "list",
                "elements": "str",
                "required": True,
            },
            "by": {
                "description": ["Field that the keys are looked up by: " + _keys(name) + ". The first is the default."],
                "type": "str",
            },
            "filters": {
                "description": ["What the server itself is to filter and sort by: " + _filters(name) + "."],
                "type": "dict",
            },
            **{field.name: option_doc(_plain(field)) for field in (QUERY, INCLUDE_SECRETS)},
        },
        "notes": [
            "A key that isn't found is an error. With C(errors='warn') or C(errors='ignore') in the call, any error gives an"
            " empty list in place of a result, even if other keys would be found."
        ],
        "seealso": [{"module": f"telephony.pbx.{resource.info_module}"} for resource in entry.resources],
        "extends_documentation_fragment": [f"telephony.pbx.{name}.plugin"],
    }
    returned = {
        "_raw": {
            "description": ["The objects; or what O(query) makes of them. See the modules for their fields."],
            "type": "list",
            "elements": "dict",
        }
    }
    return FILE.format(
        license=LICENSE,
        documentation=dump(documentation),
        examples=examples,
        returned=dump(returned),
        title=title,
        name=name,
    )


def _plain(field):
    """A module's option, in words that fit a lookup."""
    if field is not QUERY:
        return field
    return type(field)(
        field.name,
        ("JMESPath expression that is applied to the list. Its result is returned.", "Needs the Python library C(jmespath)."),
    )


def _names(name: str) -> str:
    return ", ".join(f"V({resource.plural})" for resource in REGISTERED[name].resources)


def _keys(name: str) -> str:
    found = [(r.plural, r.keys) for r in REGISTERED[name].resources if r.keys]
    return "; ".join(f"for {plural} V({'), V('.join(keys)})" for plural, keys in found)


def _filters(name: str) -> str:
    found = [(r.plural, [field.name for field in (*r.scope, *r.filters)]) for r in REGISTERED[name].resources]
    named = [f"for {plural} V({'), V('.join(names)})" for plural, names in found if names]
    return "; ".join(named) or "nothing on these servers"
