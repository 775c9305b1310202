# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of Jade as two views show them. Documents: /admin/user/users and /manager/users; facts/jade.md 4 and 5."""

from __future__ import annotations

import typing as t

from ..._model.resource import Field, Resource
from .fields import TM_CREATE, TM_UPDATE

UUID = Field(
    "uuid", "Jade's own ID of the account.", sample="303f1faa-c5ac-49f3-965e-a0316e39a0ac", assigned=True
)
ACCOUNT_FIELDS = (
    UUID,
    Field(
        "username",
        ("Name to log in with; unique.", "Jade can't change it later on: another name is another account."),
        sample="alice",
        required=True,
        write=True,
    ),
    Field("password", "Password of the account.", sample="********", secret=True, write=True),
    Field("name", "Name of the person.", sample="Alice Smith", write=True),
    TM_CREATE,
    TM_UPDATE,
)

USER = Resource(
    system="jade",
    noun="user",
    plural="users",
    title="user",
    description=("The accounts that may log in to Jade.",),
    list_path="/admin/user/users",
    detail_path="/admin/user/users/{uuid}",
    key="username",
    alternate_keys=("uuid",),
    fields=ACCOUNT_FIELDS,
    notes=("Jade stores passwords in clear text; they are returned only with O(include_secrets=true).",),
)


def permissions_of(value: t.Any) -> list[str]:
    """Sent as [{"permission": "user"}, ...]."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError("not a list of permissions")
    return sorted(str(item.get("permission", "")) for item in value)


MANAGER_USER = Resource(
    system="jade",
    noun="manager_user",
    plural="manager_users",
    title="user",
    description=(
        "The accounts that may log in to Jade, with their permissions and the dialplan context of their phone.",
    ),
    list_path="/manager/users",
    detail_path="/manager/users/{uuid}",
    key="username",
    alternate_keys=("uuid",),
    fields=(
        *ACCOUNT_FIELDS[:4],
        Field(
            "permissions",
            (
                "What the account may do. Jade itself knows V(admin), for everything under C(/admin) and C(/manager), and"
                " V(user), for everything under C(/me); it keeps any other text too.",
                "The list is the whole truth: permissions that aren't in it are taken away. Their order doesn't count.",
            ),
            type="list",
            elements="str",
            convert=permissions_of,
            unordered=True,
            write=True,
            sample=["user"],
        ),
        Field(
            "context",
            (
                "Dialplan context of the account's phone, in which its calls begin.",
                "As Asterisk runs it. Empty for accounts that have no phone, such as those of M(telephony.pbx.jade_user).",
            ),
            sample="demo",
            write=True,
        ),
        *ACCOUNT_FIELDS[4:],
    ),
    notes=USER.notes,
)
