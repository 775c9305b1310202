# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks of the collection in this process, by its action plugin and without Ansible's executor."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from unittest import mock

import yaml

from ansible_collections.telephony.pbx.plugins.action.api import ActionModule
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.plugins.plugin_utils.session import door
from ansible_collections.telephony.pbx.plugins.plugin_utils.session.server import House
from tests.system.support.runner import COLLECTION, Ansible, Record, Run
from tests.unit.support.sessions import Tasks

Task = dict[str, Any]
KEYWORDS = {"name", "ignore_errors"}
LOCAL = {
    "connection": SimpleNamespace(transport="local", _shell=SimpleNamespace(tmpdir=None)),
    "play_context": SimpleNamespace(become=False),
}
TEMPLATES = ("{{", "{%")
FAILED = 2  # what ansible-playbook ends with then


class Direct:
    """Takes tasks and gives results as ``Ansible.play`` does, in a fraction of the time."""

    def __init__(self, ansible: Ansible) -> None:
        """``ansible``: whose environment variables the tasks see."""
        self._ansible = ansible

    def play(self, tasks: str, *arguments: str, variables: Mapping[str, str] | None = None, at_once: bool = False) -> Run:
        """One run with these tasks (YAML), whose logins end with it. ``arguments``: --check and --diff, which is always on.

        ``at_once``: as if each task had a host of its own. Raises ValueError for what only Ansible itself can do: other keywords
        and arguments, templates, other modules.
        """
        if not set(arguments) <= {"--check", "--diff"} or any(mark in tasks for mark in TEMPLATES):
            raise ValueError(f"only Ansible can do this: {arguments} {tasks}")
        found, check = yaml.safe_load(tasks), "--check" in arguments
        with session_process({**self._ansible.variables, **(variables or {})}):
            records = _at_once(found, check) if at_once else _one_by_one(found, check)
        code = FAILED if any(_ends(record) for record in records) else 0
        return Run(("tasks", *arguments), code, "", _shown_warnings(records), tuple(records))


@contextlib.contextmanager
def session_process(variables: Mapping[str, str]) -> Iterator[None]:
    """A thread of this process takes the place of the run's session process. At its end it logs out."""
    house = House()
    sessions = mock.patch.object(door, "connect", Tasks(house, remote=True).connect)
    with mock.patch.dict(os.environ, variables, clear=True), sessions:
        try:
            yield
        finally:
            house.close()


def _one_by_one(tasks: list[Task], check: bool) -> list[Record]:
    """Until one fails, unless that is to be ignored."""
    records: list[Record] = []
    for task in tasks:
        records.append(_record(task, check))
        if _ends(records[-1]):
            break
    return records


def _at_once(tasks: list[Task], check: bool) -> list[Record]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(lambda task: _record(task, check), tasks))


def _ends(record: Record) -> bool:
    """Whether the host takes no further part in the run."""
    return record.status == "failed" and not record.ignored


def _record(task: Task, check: bool) -> Record:
    """What the recorder would write of a task."""
    (action,) = task.keys() - KEYWORDS
    if action.removeprefix(COLLECTION) not in MODULES:
        raise ValueError(f"no module of the collection: {action}")
    given = SimpleNamespace(
        action=action, args=task[action] or {}, check_mode=check, async_val=0, environment=None, no_log=False, timeout=0,
        run_once=False
    )
    plugin = ActionModule(task=given, **LOCAL, loader=None, templar=None, shared_loader_obj=None)
    result = json.loads(json.dumps({"changed": False, "failed": False, **plugin.run(task_vars={})}))
    return Record(
        playbook=0,
        status="failed" if result["failed"] else "ok",
        host="localhost",
        task=task.get("name", action),
        action=action,
        ignored=bool(task.get("ignore_errors")) and result["failed"],
        is_item=False,
        is_loop=False,
        result=result,
    )


def _shown_warnings(records: list[Record]) -> str:
    """As Ansible shows them: each text once in a run."""
    texts = [text for record in records for text in record.result.get("warnings", ())]
    return "\n".join(f"[WARNING]: {text}" for text in dict.fromkeys(texts))
