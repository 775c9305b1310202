# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/admin/user: users, contacts and permissions, with the real server's wrong wiring."""

from __future__ import annotations

from typing import Any

from telephony_lab.faults import raw_reply
from telephony_lab.jade import envelope
from telephony_lab.jade.account import name_and_password
from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.dialplan import DatabaseRows
from telephony_lab.jade.envelope import Failure
from telephony_lab.jade.rows import present


class Users(Resource):
    """/admin/user/users."""

    view = "users"

    def index(self, call: Call) -> Any:
        """List all users, passwords included."""
        return {"list": self.pbx.tables["users"].listed(self.view)}

    def show(self, call: Call) -> Any:
        """Show one user."""
        return self.pbx.tables["users"].shown(call.detail, self.view)

    def create(self, call: Call) -> None:
        """Add a user without any permission; unknown keys are ignored."""
        data, users = call.data, self.pbx.tables["users"]
        username = data.get("username")
        if not isinstance(username, str) or users.taken(self.view, username=username):
            raise Failure(500)
        users.insert({"username": username, "password": "", "name": "", **name_and_password(data)})

    def update(self, call: Call) -> None:
        """Change name and password; anything else is ignored."""
        users = self.pbx.tables["users"]
        users.update(users.by_key(call.detail, status=500), name_and_password(call.data))

    def remove(self, call: Call) -> None:
        """Remove the user, and leave permissions, contacts and PJSIP account behind."""
        self.pbx.tables["users"].remove(call.detail)


class Miswired(Resource):
    """A resource whose list is that of the contacts, and whose POST creates a user and answers twice."""

    def index(self, call: Call) -> Any:
        """List all contacts."""
        return {"list": self.pbx.tables["contacts"].listed()}

    def create(self, call: Call) -> None:
        """Create a user from whatever the body holds."""
        Users(self.pbx).create(call)
        call.exchange.second_reply = raw_reply(envelope.success())


class RealContacts(Miswired):
    """/admin/user/contacts at f31439d."""

    def show(self, call: Call) -> Any:
        """Show one contact."""
        return self.pbx.tables["contacts"].shown(call.detail)

    def update(self, call: Call) -> None:
        """Change the contact that the body names; the path isn't looked at."""
        data, contacts = call.data, self.pbx.tables["contacts"]
        if not isinstance(data.get("uuid"), str):
            raise Failure(500)
        contacts.update(contacts.by_key(data["uuid"], status=500), data)

    def remove(self, call: Call) -> None:
        """Remove a contact; a missing one is fine."""
        self.pbx.tables["contacts"].remove_where(uuid=call.detail)


class RealPermissions(Miswired):
    """/admin/user/permissions at f31439d."""

    def show(self, call: Call) -> Any:
        """Show one permission."""
        row = self.pbx.tables["permissions"].by_key(call.detail)
        return {name: row[name] for name in ("uuid", "user_uuid", "permission")}

    def remove(self, call: Call) -> None:
        """Take a permission away."""
        self.pbx.tables["permissions"].remove(call.detail)


class Contacts(DatabaseRows):
    """/admin/user/contacts as the document names it."""

    table = "contacts"


class Permissions(Resource):
    """/admin/user/permissions as the document names it."""

    def index(self, call: Call) -> Any:
        """List all permissions."""
        return {"list": [present(row, "list") for row in self.pbx.tables["permissions"]]}

    def show(self, call: Call) -> Any:
        """Show one permission."""
        return self.pbx.tables["permissions"].shown(call.detail)

    def create(self, call: Call) -> None:
        """Give a user a permission."""
        data = call.data
        wanted = {name: data.get(name) for name in ("user_uuid", "permission")}
        if not all(isinstance(value, str) for value in wanted.values()):
            raise Failure(500)
        self.pbx.tables["permissions"].insert(wanted)

    def remove(self, call: Call) -> None:
        """Take a permission away."""
        self.pbx.tables["permissions"].remove(call.detail)
