# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/me: a user's own contacts, buddies, chats and messages."""

from __future__ import annotations

import json
import uuid
from typing import Any

from telephony_lab.jade.account import MeInfo
from telephony_lab.jade.call import Call, Resource
from telephony_lab.jade.envelope import Failure, timestamp
from telephony_lab.jade.rows import Row, Table, present


def as_kept(message: Any) -> Any:
    """A message as the database gives it back: numbers and switches as text, a text that is JSON as what it says.

    A quote within a plain text ends in a failure of the SQL, as everywhere; lists and objects are written with care.
    """
    if isinstance(message, (bool, int, float)):
        return json.dumps(message)
    if not isinstance(message, str):
        return message
    if "'" in message:
        raise Failure(500)
    try:
        read = json.loads(message)
    except ValueError:
        return message
    return read if isinstance(read, (str, list, dict)) else message


class Own(Resource):
    """Something of the caller's."""

    table = ""

    def me(self, call: Call) -> str:
        """The caller's uuid."""
        assert call.user is not None
        return self.pbx.me(call.user)["uuid"]

    def rows(self) -> Table:
        """The table."""
        return self.pbx.tables[self.table]

    def listed(self, rows: list[Row]) -> Any:
        """A list in the form of the profile."""
        return rows if self.pbx.profile.bare_me_lists else {"list": rows}


class Mine(Own):
    """Rows that belong to the caller."""

    def mine(self, call: Call, status: int) -> Row:
        """The caller's row that the path names."""
        row = self.rows().find(uuid=call.detail, owner=self.me(call))
        if row is None:
            raise Failure(status)
        return row

    def index(self, call: Call) -> Any:
        """List the caller's rows."""
        owner = self.me(call)
        return self.listed([self.shown(row) for row in self.rows().listed() if row["owner"] == owner])

    def show(self, call: Call) -> Any:
        """Show one row."""
        return self.shown(self.mine(call, 404))

    def update(self, call: Call) -> None:
        """Change name and detail."""
        changes = {name: call.data[name] for name in ("name", "detail") if name in call.data}
        self.rows().update(self.mine(call, 500), changes)

    def remove(self, call: Call) -> None:
        """Remove a row."""
        self.rows().remove(self.mine(call, 500)["uuid"])

    def shown(self, row: Row) -> Row:
        """A row as the API shows it."""
        return {name: value for name, value in present(row, "detail").items() if name != "owner"}


class Buddies(Mine):
    """/me/buddies. The document knows the list alone: no path of a single buddy, so no change and no removal."""

    table = "buddies"

    def mine(self, call: Call, status: int) -> Row:
        """The caller's row that the path names."""
        if self.pbx.profile.as_written:
            raise Failure(404, empty=True)
        return super().mine(call, status)

    def create(self, call: Call) -> None:
        """Add a buddy, who must be a user."""
        data, owner = call.data, self.me(call)
        if self.pbx.tables["users"].find(uuid=data.get("uuid_user")) is None or "owner" in data:
            raise Failure(500)
        known = self.rows().find(owner=owner, uuid_user=data["uuid_user"])
        if known is not None and not self.pbx.profile.as_written:
            raise Failure(500)
        self.rows().insert({**data, "owner": owner})


class Chats(Mine):
    """/me/chats: a user's view of a room."""

    table = "chats"

    def shown(self, row: Row) -> Row:
        """A chat with its room."""
        room = dict(self.pbx.tables["rooms"].by_key(row["uuid_room"]))
        if not self.pbx.profile.as_written:
            # Members who have no account (any more) are left out.
            room["members"] = [member for member in map(self._member, room["members"]) if member["username"]]
        shown = {name: value for name, value in super().shown(row).items() if name != "uuid_room"}
        return {**shown, "room": room}

    def create(self, call: Call) -> None:
        """Open a chat; name and detail are ignored, and the same people can't have two of one type."""
        data, owner = call.data, self.me(call)
        members = data.get("members")
        if not isinstance(members, list) or not all(isinstance(key, str) for key in members):
            raise Failure(500)
        rooms = self.pbx.tables["rooms"]
        kind, everyone = data.get("type"), sorted({*members, owner})
        if not isinstance(kind, int) or not kind:
            raise Failure(500)
        known = any(room["type"] == kind and sorted(room["members"]) == everyone for room in rooms)
        if known and not self.pbx.profile.as_written:
            raise Failure(500)
        room = rooms.insert({"type": kind, "uuid_creator": owner, "uuid_owner": owner, "members": everyone})
        for member in everyone:
            others = [self._member(key)["username"] for key in everyone if key != member]
            self.rows().insert({"owner": member, "uuid_room": room["uuid"], "detail": None,
                                "name": "Chatting with " + ", ".join(others)})

    def _member(self, key: str) -> Row:
        user = self.pbx.tables["users"].find(uuid=key) or {}
        return {"uuid": key, "username": user.get("username", ""), "name": user.get("name", "")}


class Messages(Own):
    """/me/chats/<uuid>/messages."""

    table = "messages"

    def room(self, call: Call, status: int) -> str:
        """The room of the chat that the path names."""
        chat = (call.path_parameters or {})["chat"]
        row = self.pbx.tables["chats"].find(uuid=chat, owner=self.me(call))
        if row is None:
            raise Failure(status)
        return row["uuid_room"]

    def index(self, call: Call) -> Any:
        """List messages before a time, newest first."""
        room, before = self.room(call, 404), call.query.get("timestamp") or timestamp()
        count = call.query.get("count", "30")
        if not count.isdigit():
            raise Failure(400)
        # Compared as text although the timestamps aren't padded: now and then that misses one, as in the real server.
        found = [row for row in self.rows() if row["uuid_room"] == room and row["tm_create"] < before]
        wanted = ("message", "tm_create", "uuid", "uuid_owner")
        newest = sorted(found, key=lambda row: row["tm_create"], reverse=True)[:int(count)]
        return self.listed([{name: row[name] for name in wanted} for row in newest])

    def create(self, call: Call) -> None:
        """Say something; any JSON value is a message."""
        message = as_kept(call.json)
        values = {"uuid_room": self.room(call, 500), "uuid_owner": self.me(call), "message": message}
        self.rows().rows.append({"uuid": str(uuid.uuid4()), **values, "tm_create": timestamp()})


class MyContacts(Own):
    """/me/contacts: only those whose endpoint exists at run time."""

    table = "contacts"

    def index(self, call: Call) -> Any:
        """List the caller's contacts."""
        return {"list": self.contacts(call, "list")}

    def contacts(self, call: Call, view: str) -> list[Row]:
        """The caller's contacts as one view shows them."""
        owner = self.me(call)
        shown = [self._with_info(present(row, view)) for row in self.rows() if row["user_uuid"] == owner]
        return [row for row in shown if row is not None]

    def _with_info(self, row: Row) -> Row | None:
        target = row["target"]
        auth = self.pbx.runtime["auths"].find(object_name=target)
        if self.pbx.runtime["endpoints"].find(object_name=target) is None or auth is None:
            return None
        host = "192.168.200.10" if self.pbx.profile.as_written else "127.0.0.1"
        info = {"realm": "localhost", "id": target, "password": auth["password"], "public_url": f"sip:{target}@{host}"}
        return {**row, "info": info}


class DocumentedMeInfo(MeInfo):
    """/me/info with chats and contacts inside."""

    def index(self, call: Call) -> Any:
        """Show the account with what belongs to it."""
        chats, contacts = Chats(self.pbx), MyContacts(self.pbx)
        return {**super().index(call), "chats": chats.index(call), "contacts": contacts.contacts(call, "me_info")}


class Calls(Resource):
    """/me/calls: originate a call to a user who can be reached."""

    def index(self, call: Call) -> Any:
        """List the caller's calls."""
        return {"list": []}

    def create(self, call: Call) -> None:
        """Call a user; 404 when that fails."""
        data = call.data
        contact = self.pbx.tables["contacts"].find(user_uuid=data.get("destination"))
        if data.get("destination_type") != "user" or contact is None:
            raise Failure(404)


class Search(Resource):
    """/me/search: a user by exact username."""

    def index(self, call: Call) -> Any:
        """Find users."""
        if "filter" not in call.query or "type" not in call.query:
            raise Failure(400)
        user = self.pbx.tables["users"].find(username=call.query["filter"])
        if call.query["type"] != "username" or user is None:
            raise Failure(404)
        return {"list": [{name: user[name] for name in ("uuid", "username", "name")}]}
