# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A resource with a field of every kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._model import converters
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import values

SECRETS = ("password", "pin", "phones.password", "auth.token")

THING = Resource(
    system="toy",
    noun="thing",
    plural="things",
    title="thing",
    description=("Things.",),
    list_path="/things",
    detail_path="/things/{name}",
    alternate_keys=("uuid",),
    fields=(
        Field("name", "Name.", required=True),
        Field("uuid", "ID.", assigned=True),
        Field("password", "Password.", secret=True, write=True),
        Field("pin", "PIN.", secret=True, api="data.vmPin", write=True),
        Field("size", "Size.", type="int", write=True),
        Field("load", "Load.", type="float"),
        Field("active", "Active.", type="bool", api="isActive", write=True),
        Field("stop_space", "Space.", old=("stop_spcae", "stopp")),
        Field("created", "Time.", convert=converters.epoch),
        Field("tags", "Tags.", type="list", elements="str", unordered=True, write=True),
        Field("order", "Codecs.", type="list", elements="str", write=True),
        Field("context", "Context.", api="data.context", write=True, convert=values.file_text),
        Field("settings", "The rest.", type="dict", api="data.*", convert=values.file_value, write=True),
        Field(
            "auth",
            "Login.",
            type="dict",
            fields=(Field("user", "User.", api="userName"), Field("token", "Token.", secret=True, old=("tkn",))),
        ),
        Field(
            "phones",
            "Phones.",
            type="list",
            elements="dict",
            fields=(Field("mac", "MAC."), Field("password", "Password.", secret=True)),
        ),
    ),
)

FULL: dict[str, Any] = {
    "name": "edvina",
    "uuid": "u1",
    "password": "Hidden1",
    "data": {"vmPin": "Hidden2", "context": "> demo", "musicclass": "default", "member": ["b", "a"]},
    "size": "5",
    "load": 0.5,
    "isActive": "1",
    "stop_spcae": "720",
    "created": 1769753210,
    "tags": ["x", "y"],
    "order": ["ulaw", "alaw"],
    "auth": {"userName": "bob", "tkn": "Hidden3"},
    "phones": [{"mac": "aa", "password": "Hidden4"}, {"mac": "bb", "password": ""}],
    "unknown": {"password": "Hidden5", "deep": [{"vmPin": "Hidden6"}]},
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
WIRE_NAMES = sorted({field.path[0] for field in THING.fields} | {"stop_spcae", "stopp", "tkn", "vmPin", "unknown", "x"})
RAW = st.dictionaries(
    st.sampled_from(WIRE_NAMES), JSON | st.dictionaries(st.sampled_from(WIRE_NAMES), JSON, max_size=4), max_size=12
)
