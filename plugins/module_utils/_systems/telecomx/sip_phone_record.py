# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SIP phone as the module for changes knows it: its options, and how they are written."""

from __future__ import annotations

import typing as t

from ..._http.errors import BadInput
from ..._model import converters
from ..._model.resource import Field, Object, Resource
from .sip_phone import SIP_PHONE
from .sip_phone_settings import SETTINGS, typed
from .values import as_address

# Option, name on the wire, what it is, an example
PLAIN = (
    ("model", "sipPhoneModel._id", "ID of the model. A new phone needs it.", "0123456789abcdef0123aaaa"),
    ("extension", "extension._id", "ID of the extension that the phone belongs to; empty for none.", "0123456789abcdef0123cccc"),
    (
        "customer",
        "customer",
        "ID of the customer that it belongs to, for accounts of resellers. The account's own customer if not given. A phone that"
        " exists can't be given to another one.",
        "0123456789abcdef01234567",
    ),
    ("serial", "serial", "Serial number; Grandstream devices need it.", "20EZ1234567890AB"),
    ("product", "product", "ID of the product that it is sold as.", None),
    ("notes", "notes", "Notes.", "Meeting room"),
)
READ_ONLY = ("_id", "username", "password", "handsetIndex", "status", "online", "employee")
NEVER_NULL = ("notes",)  # TelecomX has an empty text for none; elsewhere it has null
ASSIGNED_IF_NOT_GIVEN = "customer"
DEFAULTS: Object = {"pbx_cluster": 1}  # of a new phone, as documented


def _text_or_none(value: t.Any) -> str | None:
    return converters.text(value) or None


PHONE_SETTINGS = Resource(
    system="telecomx",
    noun="sip_phone",
    plural="sip_phones",
    title="SIP phone",
    description=(),
    list_path=SIP_PHONE.list_path,
    detail_path=SIP_PHONE.detail_path,
    key="id",
    reshape=SIP_PHONE.reshape,
    fields=(
        Field("id", "ID of the phone.", api="_id", assigned=True, sample="0123456789abcdef01234567"),
        Field(
            "mac_address",
            "MAC address of the phone: 12 characters in capitals.",
            api="macAddress",
            convert=as_address,
            write=True,
            sample="4EE8A34B56F3",
        ),
        Field(
            "handset_address",
            "Address of the handset of a base.",
            api="handsetAddress",
            convert=as_address,
            write=True,
            sample="02ABC00005",
        ),
        *(
            Field(
                name, text, api=api, write=True, sample=sample, convert=_text_or_none, assigned=name == ASSIGNED_IF_NOT_GIVEN
            )
            for name, api, text, sample in PLAIN
        ),
        Field(
            "pbx_cluster",
            "Cluster that it is on: 1 production, 2 development. A new phone is on 1 if nothing is said.",
            type="int",
            api="pbxCluster",
            write=True,
            sample=1,
        ),
        Field(
            "custom_config",
            "Text that is put into its configuration. TelecomX advises against it unless there is no other way.",
            api="customConfig",
            secret=True,
            write=True,
        ),
        Field(
            "settings",
            "The settings that the task names, without those that are empty.",
            type="dict",
            write=True,
            fields=SETTINGS,
            sample={"ip": {"mode": "LOCKED", "address": "213.83.176.134"}},
        ),
    ),
)


def names_of(fields: tuple[Field, ...]) -> str:
    """The names of settings, with what is inside of each, for the documentation."""

    def written(field: Field) -> str:
        inner = ", ".join(one.name for one in field.fields)
        return f"C({field.name})" + (f" ({inner})" if inner else "")

    return ", ".join(written(field) for field in fields)


OPTIONS = (
    Field("id", "ID of a phone that exists. Either this or O(mac_address) has to be given."),
    Field(
        "mac_address",
        (
            "MAC address of the phone, with or without separators, in small letters or capitals.",
            "With O(id) as well, the phone gets this address.",
        ),
    ),
    Field(
        "handset_address",
        "Address of the handset, which tells apart the handsets of a base; they share its MAC address.",
    ),
    *(PHONE_SETTINGS.field(name) for name, *dummy in PLAIN),
    PHONE_SETTINGS.field("pbx_cluster"),
    PHONE_SETTINGS.field("custom_config"),
    Field(
        "settings",
        (
            "Any other settings, by their names in the API document: " + names_of(SETTINGS) + ".",
            "Within an object those that aren't named stay; a list, such as C(softkeys), is the whole truth.",
        ),
        type="dict",
        fields=SETTINGS,
    ),
)


def check_settings(settings: Object) -> None:
    """Refuse what can't be set, or not in this way. Raises BadInput that names it."""
    own = {field.path[0]: field.name for field in PHONE_SETTINGS.fields if field.name != "settings"}
    for name in settings:
        if name in READ_ONLY:
            raise BadInput(f"settings holds {name}, which can't be set")
        if name in own:
            raise BadInput(f"settings holds {name}, which is an option of its own: {own[name]}")
    typed(settings)


def shaped(raw: Object) -> Object:
    """A phone as sent, in one shape."""
    return dict(PHONE_SETTINGS.reshape(raw)) if PHONE_SETTINGS.reshape else raw


def foretold(after: Object, new: bool) -> Object:
    """The phone as it will show: no text that is empty, and on a new one what TelecomX sets if nothing is said."""
    shown = {name: None if value == "" else value for name, value in after.items()}
    if new:
        shown.update({name: value for name, value in DEFAULTS.items() if shown[name] is None})
    return shown


def body_of(after: Object, names: t.Iterable[str]) -> Object:
    """The fields on the wire: models and extensions are sent as their IDs."""
    by_name = {field.name: field.path[0] for field in PHONE_SETTINGS.fields}
    empty = dict.fromkeys(NEVER_NULL, "")
    return {by_name[name]: empty.get(name) if after[name] is None else after[name] for name in names if name != "settings"}


def option_named(text: str | None) -> str:
    """The option for a name in the API document; "" if it is none."""
    first = (text or "").partition(".")[0]
    if first == "extensionId":
        return "extension"
    for field in PHONE_SETTINGS.fields:
        if field.write and field.path[0] == first:
            return field.name
    return f"settings.{text}" if first in {field.name for field in SETTINGS} else ""
