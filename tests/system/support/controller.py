# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the API of AWX, as far as it is documented. It knows nothing of the role that is tested against it."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from tests.system.support.controller_checks import ENCRYPTED, Object, Refusal, check_credential_type, checked_survey, wrong

TOKEN = "awx-T0ken-of-the-tests"
USERNAME, PASSWORD = "admin", "awx-Pa55word-of-the-tests"
PAGE = 25
# Of each list: its fields with their defaults. Fields that a client sends besides are ignored, as AWX does.
FIELDS: dict[str, Object] = {
    "organizations": {"name": "", "description": ""},
    "execution_environments": {"name": "", "image": ""},
    "instance_groups": {"name": ""},
    "credential_types": {"name": "", "description": "", "kind": "", "managed": False, "inputs": {}, "injectors": {}},
    "credentials": {"name": "", "description": "", "organization": None, "credential_type": None, "inputs": {}},
    "projects": {
        "name": "", "description": "", "organization": None, "scm_type": "", "scm_url": "", "scm_branch": "",
        "credential": None, "allow_override": False,
    },
    "inventories": {"name": "", "description": "", "organization": None, "kind": "", "variables": ""},
    "inventory_sources": {
        "name": "", "inventory": None, "source": "", "source_project": None, "source_path": "", "source_vars": "",
        "credential": None, "enabled_var": "", "enabled_value": "", "overwrite": False, "overwrite_vars": False,
        "update_on_launch": False, "update_cache_timeout": 0,
    },
    "job_templates": {
        "name": "", "description": "", "job_type": "run", "inventory": None, "project": None, "playbook": "",
        "execution_environment": None, "forks": 0, "limit": "", "extra_vars": "", "diff_mode": False,
        "allow_simultaneous": False, "job_slice_count": 1, "survey_enabled": False, "ask_limit_on_launch": False,
        "ask_job_type_on_launch": False, "ask_diff_mode_on_launch": False, "ask_variables_on_launch": False,
    },
}  # fmt: skip
RELATED = {
    "organization": "organizations", "credential_type": "credential_types", "credential": "credentials",
    "project": "projects", "source_project": "projects", "inventory": "inventories",
    "execution_environment": "execution_environments",
}  # fmt: skip
UNIQUE = {
    "credential_types": ("name", "kind"), "credentials": ("organization", "name", "credential_type"),
    "projects": ("name", "organization"), "inventories": ("name", "organization"),
    "inventory_sources": ("name", "inventory"), "job_templates": ("name", "organization"),
}  # fmt: skip


class Controller:
    """Its state, and what tests may set."""

    def __init__(self, repository: Path, api_path: str = "/api/v2") -> None:
        self.repository = repository  # what an update of the project finds
        self.api_path = api_path
        self.url = ""
        self.log: list[tuple[str, str, Any]] = []
        self.superuser = True
        self.update_error = ""  # what git says
        self.tables: dict[str, dict[int, Object]] = {name: {} for name in FIELDS}
        self.updates: dict[int, Object] = {}
        self.playbooks: dict[int, list[str]] = {}
        self.surveys: dict[int, Object] = {}
        self.members: dict[tuple[int, str], list[int]] = {}
        self._number = 0
        for name in ("Default", "Other"):
            self.add("organizations", name=name)
        for name in ("edge", "core"):
            self.add("instance_groups", name=name)
        self.add("execution_environments", name="telephony", image="registry.example.com/telephony:1")

    def add(self, table: str, /, **fields: Any) -> int:
        """Put an object there, past all validation."""
        self._number += 1
        self.tables[table][self._number] = {"id": self._number, **FIELDS[table], **fields}
        return self._number

    def named(self, kind: str, name: str) -> Object:
        """An object by name."""
        found = [row for row in self.tables[kind].values() if row["name"] == name]
        assert len(found) == 1, (kind, name, self.tables[kind])
        return found[0]

    @property
    def writes(self) -> list[str]:
        """Calls that were made to change something."""
        return [f"{method} {path}" for method, path, dummy in self.log if method != "GET"]

    # The API

    def answer(self, method: str, path: str, query: Object, body: Any) -> tuple[int, Any]:
        """Status and body."""
        if not path.startswith(self.api_path + "/"):
            return 404, {"detail": "The requested resource could not be found."}
        parts = path[len(self.api_path) :].strip("/").split("/")
        try:
            if parts[0] == "project_updates":
                return 200, self._update(int(parts[1]), parts[2:])
            if parts[0] not in self.tables:
                raise Refusal(404, {"detail": "The requested resource could not be found."})
            if len(parts) == 1:
                return self._list(parts[0], query) if method == "GET" else (201, self._create(parts[0], body))
            row = self.tables[parts[0]].get(int(parts[1]))
            if row is None:
                raise Refusal(404, {"detail": "Not found."})
            if len(parts) == 2:
                return 200, self._shown(parts[0], row if method == "GET" else self._change(parts[0], row, body))
            return self._part(method, parts[0], row, parts[2], body)
        except Refusal as refusal:
            return refusal.status, refusal.body

    def _list(self, kind: str, query: Object) -> tuple[int, Object]:
        if unknown := set(query) - {*FIELDS[kind], "page", "page_size", "organization"}:
            raise Refusal(400, {"detail": f"{unknown.pop()} is not a valid field"})
        rows = list(self.tables[kind].values())
        for name, value in query.items():
            if name not in ("page", "page_size"):
                rows = [row for row in rows if str(self._field(kind, row, name)) == value]
        size, page = int(query.get("page_size", PAGE)), int(query.get("page", 1))
        shown = [self._shown(kind, row) for row in rows[size * (page - 1) : size * page]]
        return 200, {"count": len(rows), "next": None, "previous": None, "results": shown}

    def _field(self, kind: str, row: Object, name: str) -> Any:
        if kind == "job_templates" and name == "organization":
            return self.tables["projects"][row["project"]]["organization"]
        return row[name]

    def _create(self, kind: str, body: Object) -> Object:
        row = {**FIELDS[kind], **{name: value for name, value in body.items() if name in FIELDS[kind]}}
        self._check(kind, row, None)
        number = self.add(kind, **row)
        if kind == "projects":
            self._start_update(number)
        return self._shown(kind, self.tables[kind][number])

    def _change(self, kind: str, row: Object, body: Object) -> Object:
        new = {**row, **{name: value for name, value in body.items() if name in FIELDS[kind]}}
        if kind == "inventory_sources":
            new["inventory"] = row["inventory"]  # can't be changed
        if kind == "credentials":
            new["inputs"] = {
                name: row["inputs"].get(name) if value == ENCRYPTED else value for name, value in new["inputs"].items()
            }
        self._check(kind, new, row)
        moved = kind == "projects" and any(new[name] != row[name] for name in ("scm_type", "scm_url", "scm_branch"))
        row.update(new)
        if moved:
            self._start_update(row["id"])
        return row

    def _check(self, kind: str, row: Object, old: Object | None) -> None:
        if not str(row["name"]).strip():
            raise wrong(name="This field may not be blank.")
        for name, table in RELATED.items():
            if row.get(name) is not None and row[name] not in self.tables[table]:
                raise wrong(**{name: f'Invalid pk "{row[name]}" - object does not exist.'})
        for name, default in FIELDS[kind].items():
            if default is not None and not isinstance(row[name], type(default)):
                raise wrong(**{name: f"Not a valid {type(default).__name__}."})
        checks: dict[str, Callable[[Object, Object | None], None]] = {
            "credential_types": self._check_type, "credentials": self._check_credential, "job_templates": self._check_template,
            "inventory_sources": self._check_source, "projects": self._check_owned, "inventories": self._check_owned,
        }  # fmt: skip
        checks[kind](row, old)
        keys = UNIQUE[kind]
        for other in self.tables[kind].values():
            if other is not old and all(self._field(kind, other, key) == self._field(kind, row, key) for key in keys):
                raise wrong(__all__=f"{kind} with this {' and '.join(keys)} already exists.")

    @staticmethod
    def _check_owned(row: Object, old: Object | None) -> None:
        if row["organization"] is None:
            raise wrong(organization="This field is required.")

    def _check_type(self, row: Object, old: Object | None) -> None:
        if not self.superuser:
            raise Refusal(403, {"detail": "You do not have permission to perform this action."})
        in_use = old and any(entry["credential_type"] == old["id"] for entry in self.tables["credentials"].values())
        if old and in_use and row["inputs"] != old["inputs"]:
            raise Refusal(403, {"detail": "Modifications to inputs are not allowed for credential types that are in use"})
        check_credential_type(row)

    def _check_credential(self, row: Object, old: Object | None) -> None:
        if row["credential_type"] is None:
            raise wrong(credential_type="This field is required.")
        if row["organization"] is None:
            raise Refusal(400, {"detail": "Missing 'user', 'team', or 'organization'."})
        fields = {field["id"]: field for field in self.tables["credential_types"][row["credential_type"]]["inputs"]["fields"]}
        for name, value in row["inputs"].items():
            if name not in fields:
                allowed = f"Additional properties are not allowed ('{name}' was unexpected)"
                raise wrong(inputs=allowed)
            if not isinstance(value, str):
                raise Refusal(400, {"inputs": {name: [f"{value!r} is not of type 'string'"]}})
            if value == ENCRYPTED:
                raise wrong(inputs=f"$encrypted$ is a reserved keyword, and cannot be used for {name}.")
            if value not in fields[name].get("choices", [value]):
                raise Refusal(400, {"inputs": {name: [f"{value!r} is not one of {fields[name]['choices']!r}"]}})

    def _check_source(self, row: Object, old: Object | None) -> None:
        if row["inventory"] is None:
            raise wrong(inventory="This field is required.")
        if row["source"] != "scm":
            raise wrong(source=f'"{row["source"]}" is not a valid choice.')
        if row["source_project"] is None:
            raise wrong(source_project="Project required for scm type sources.")

    def _check_template(self, row: Object, old: Object | None) -> None:
        if row["project"] is None:
            raise wrong(project="This field is required.")
        if row["playbook"] not in self.playbooks.get(row["project"], []):
            raise wrong(playbook="Playbook not found for project.")
        if row["inventory"] is None:
            raise wrong(inventory="You must either set a default value or ask to prompt on launch.")
        if row["job_slice_count"] < 1:
            raise wrong(job_slice_count="Ensure this value is greater than or equal to 1.")

    def _shown(self, kind: str, row: Object) -> Object:
        shown = {**row, "url": f"{self.api_path}/{kind}/{row['id']}/", "related": {}, "summary_fields": {}}
        if kind == "credentials":
            fields = self.tables["credential_types"][row["credential_type"]]["inputs"]["fields"]
            secret = {field["id"] for field in fields if field.get("secret")}
            hidden = {name: ENCRYPTED if name in secret and value else value for name, value in row["inputs"].items()}
            shown["inputs"] = hidden
        if kind == "projects":
            last = [number for number, update in self.updates.items() if update["project"] == row["id"]]
            shown["status"] = self.updates[last[-1]]["status"] if last else "never updated"
            if last:
                shown["related"]["last_update"] = f"{self.api_path}/project_updates/{last[-1]}/"
                self._go_on(last[-1])
        return shown

    # Updates of projects

    def _start_update(self, project: int) -> None:
        self._number += 1
        self.updates[self._number] = {"id": self._number, "project": project, "status": "pending", "job_explanation": ""}

    def _go_on(self, number: int) -> None:
        """Each look at a project finds its update a step further."""
        update = self.updates[number]
        last = "failed" if self.update_error else "successful"
        update["status"] = {"pending": "running", "running": last}.get(update["status"], update["status"])
        if update["status"] == "successful":
            self.playbooks[update["project"]] = sorted(file.name for file in self.repository.glob("*.yml"))

    def _update(self, number: int, rest: list[str]) -> Any:
        if rest == ["stdout"]:
            result = json.dumps({"changed": False, "msg": self.update_error})
            return f"TASK [update project using git] ***\nfatal: [localhost]: FAILED! => {result}\n\nPLAY RECAP ***\n"
        return self.updates[number]

    # What belongs to one object

    def _part(self, method: str, kind: str, row: Object, part: str, body: Any) -> tuple[int, Any]:
        if (kind, part) == ("projects", "playbooks"):
            return 200, self.playbooks.get(row["id"], [])
        if (kind, part, method) == ("projects", "update", "POST"):
            self._start_update(row["id"])
            return 202, {"project_update": self._number}
        if kind != "job_templates" or part not in ("survey_spec", "credentials", "instance_groups"):
            raise Refusal(404, {"detail": "Not found."})
        if part == "survey_spec":
            if method == "GET":
                return 200, self.surveys.get(row["id"], {})
            self.surveys[row["id"]] = checked_survey(body)
            return 200, None
        members = self.members.setdefault((row["id"], part), [])
        if method == "GET":
            shown = [self._shown(part, self.tables[part][number]) for number in members]
            return 200, {"count": len(shown), "next": None, "previous": None, "results": shown}
        return self._associate(part, members, body)

    def _associate(self, part: str, members: list[int], body: Object) -> tuple[int, Any]:
        number = body.get("id")
        if number not in self.tables[part]:
            raise Refusal(404, {"detail": "Not found."})
        if body.get("disassociate"):
            members.remove(number)
            return 204, None
        if part == "credentials":
            kinds = {self.tables[part][member]["credential_type"] for member in members}
            kind = self.tables[part][number]["credential_type"]
            if kind in kinds:
                name = self.tables["credential_types"][kind]["name"]
                raise Refusal(400, {"error": f"Cannot assign multiple {name} credentials."})
        members.append(number)
        return 204, None


class _Application:
    """The ASGI application around a controller."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Response one request."""
        body, more = b"", True
        while more:
            event = await receive()
            body += event.get("body", b"")
            more = event.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        given = json.loads(body) if body else None
        status, answer = 401, {"detail": "Authentication credentials were not provided."}
        if self._knows(headers.get("authorization", "")):
            path = scope["path"]
            self._controller.log.append((scope["method"], path, given))
            query = dict(parse_qsl(scope["query_string"].decode()))
            query.pop("format", None)
            status, answer = self._controller.answer(scope["method"], path, query, given)
        kind, data = "application/json", b"" if answer is None else json.dumps(answer).encode()
        if isinstance(answer, str):
            kind, data = "text/plain", answer.encode()
        lines = [(b"content-type", kind.encode()), (b"content-length", str(len(data)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": lines})
        await send({"type": "http.response.body", "body": data})

    @staticmethod
    def _knows(authorization: str) -> bool:
        basic = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        return authorization in (f"Bearer {TOKEN}", f"Basic {basic}")


@contextmanager
def serving(controller: Controller) -> Iterator[Controller]:
    """Serve it on loopback, over plain HTTP."""
    listener = socket.create_server(("127.0.0.1", 0))
    controller.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(_Application(controller), lifespan="off", log_level="warning", access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield controller
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        listener.close()
