# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of one Jade PBX: database, files, runtime, tokens."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path
from typing import Any

from telephony_lab.jade.conf import Files
from telephony_lab.jade.modules import Modules
from telephony_lab.jade.profiles import Profile
from telephony_lab.jade.rows import Row, Table
from telephony_lab.jade.runtime import Runtime
from telephony_lab.jade.tokens import Tokens
from telephony_lab.options import Options

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
# The supervisor needs this long to bring a killed server back.
RESTART_SECONDS = 1.0
COLUMNS = {
    "users": ("username", "password", "name"),
    "permissions": ("user_uuid", "permission"),
    "contacts": ("user_uuid", "type", "target", "name", "detail"),
    "adps": ("dpma_uuid", "sequence", "name", "detail", "command"),
    "adpmas": ("name", "detail"),
    "buddies": ("owner", "uuid_user", "name", "detail"),
    "chats": ("owner", "uuid_room", "name", "detail"),
    "rooms": ("type", "uuid_creator", "uuid_owner", "members"),
    "messages": ("uuid_room", "uuid_owner", "message"),
}
# The file of sections behind each kind of settings, and the module that reads it.
SECTION_FILES = {
    "cfg_parkinglots": ("jade.res_parking.conf", "res_parking"),
    "cfg_queues": ("jade.queues.conf", "app_queue"),
    "sdps": ("jade.extensions.conf", "pbx_config"),
}
LIMITED_USER = {"username": "limited", "password": "limited", "name": "Limited"}


@cache
def read_seed(name: str) -> dict[str, Any]:
    """A seed file; what is made of it is always a copy."""
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


class Pbx:
    """One PBX; ``reset`` brings it back to its first state."""

    def __init__(self, profile: Profile, options: Options) -> None:
        """Build the first state."""
        self.profile = profile
        self.options = options
        self.reset()

    def reset(self) -> None:
        """Forget everything that happened."""
        seed = read_seed(self.profile.seed)
        self.tables = {name: Table(seed[name], columns=columns) for name, columns in COLUMNS.items()}
        self.files = Files(seed["files"], seed["backups"])
        self.runtime = Runtime(self.files, seed["runtime"], self.profile, self.options.pjsip_lag)
        self.modules = Modules(self.runtime["modules"], self.runtime, self.profile.module_suffix)
        self.tokens = Tokens(self.tables["users"], self.tables["permissions"])
        self.park_post_works = self.profile.as_written or self.options.park_post_works
        self.down_until = 0.0
        self._me = seed["me"]
        for user in self.tables["users"]:
            if user["username"] == "admin":
                user["password"] = self.options.jade_password
        if self.options.extra_users:
            self.add_limited_user()
        if self.options.park_sections:
            self.set_sections("cfg_parkinglots", self.options.park_sections)

    def add_limited_user(self) -> None:
        """Add a user who lacks the permission admin."""
        if self.tables["users"].find(username=LIMITED_USER["username"]) is None:
            user = self.tables["users"].insert(dict(LIMITED_USER))
            self.tables["permissions"].insert({"user_uuid": user["uuid"], "permission": "user"})

    def set_sections(self, kind: str, sections: dict[str, Any]) -> None:
        """Have a section file hold just these sections, and Asterisk know them already."""
        name, module = SECTION_FILES[kind]
        if kind == "sdps":
            pairs = {section: [pair for entry in data for pair in entry.items()] for section, data in sections.items()}
            self.files.write_pairs(name, pairs)
        else:
            self.files.write_objects(name, sections)
        self.files.backups = {
            backup: text for backup, text in self.files.backups.items() if not backup.startswith(name + ".")
        }
        self.runtime.reload(module)

    def me(self, user: Row) -> Row:
        """The account that /me shows; in the document's examples admin is another one there."""
        return self.tables["users"].find(uuid=self._me.get(user["username"])) or user

    def kill(self) -> None:
        """Die, and be away until the supervisor has restarted the server."""
        self.down_until = time.monotonic() + RESTART_SECONDS

    @property
    def is_down(self) -> bool:
        """Whether the server is being restarted."""
        return time.monotonic() < self.down_until
