# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may log in to TelecomX, and what they may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from telephony_lab.telecomx.directory import CUSTOMER, identifier

WRITERS = ("MANAGER", "OWNER", "RESELLER", "ADMIN")
ALL_CUSTOMERS = ("RESELLER", "ADMIN")


@dataclass(frozen=True)
class Account:
    """An employee with a login."""

    username: str
    level: str
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def may_write(self) -> bool:
        """Whether the access level is high enough to change something."""
        return self.level in WRITERS

    def may_see(self, customer: str) -> bool:
        """Whether the phones of a customer are this account's business."""
        return customer == CUSTOMER or self.level in ALL_CUSTOMERS

    def described(self) -> dict[str, Any]:
        """What login and validation tell of the account."""
        return {"employee": identifier(f"account {self.username}"), "customer": CUSTOMER, "accessLevel": self.level}


class Accounts:
    """The two accounts, and a token of the first one that never ends."""

    def __init__(self) -> None:
        """Make passwords and the token."""
        self.main = Account("lab@telecomx.example", "RESELLER")
        self.viewer = Account("viewer@telecomx.example", "VIEWER")
        self.machine_token = secrets.token_hex(20)

    def find(self, username: Any, password: Any) -> Account | None:
        """The account with these credentials."""
        found = (one for one in (self.main, self.viewer) if (one.username, one.password) == (username, password))
        return next(found, None)
